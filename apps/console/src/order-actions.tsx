import type { Order } from '@akinai/client'
import {
  Actions,
  Button,
  ConfirmDialog,
  createText,
  Field,
  formatMoney,
  formatNumber,
  NumberInput,
  RadioGroup,
  Select,
  TextInput,
  useText,
  useToast,
} from '@akinai/ui'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { useErrand } from './errands.ts'
import { Refused } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { labels, useName } from './labels.ts'
import { useMay, useMe } from './me.tsx'
import { orderWords } from './order-words.ts'
import { usePlaces } from './places.ts'
import { SerialsField, useSerials } from './serials.tsx'

type Act = 'ship' | 'capture' | 'cancel' | 'refund' | 'return'
type Props = { order: Order; onClose: () => void }
export const reasons = createText({
  ja: {
    customer: 'お客様のご都合',
    mistake: '注文内容の誤り',
    stock: '在庫を用意できないため',
    faulty: '商品の不良',
  },
  en: {
    customer: 'The customer changed their mind',
    mistake: 'A mistake in the order',
    stock: 'No stock',
    faulty: 'Faulty goods',
  },
})

/** Only what this order and this person's role allow; the server decides in the end. */
export function OrderActions({ order }: { order: Order }) {
  const t = useText(orderWords)
  const may = useMay()
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  const isHeld = order.lines.some((line) => line.held > 0)
  const canShip = order.lines.some((line) => line.held - line.short > 0) && may('orders.ship')
  const canCapture = order.owed > 0 && may('orders.capture')
  const canCancel = order.state === 'open' && isHeld && may('orders.cancel')
  useErrand(`orders/${order.order}/ship`, () => canShip && setAct('ship'))
  useErrand(`orders/${order.order}/capture`, () => canCapture && setAct('capture'))
  useErrand(`orders/${order.order}/cancel`, () => canCancel && setAct('cancel'))
  const canTakeBack = order.lines.some((line) => line.shipped > 0) && may('orders.return')
  return (
    <>
      <Actions>
        {canCancel ? <Button onClick={() => setAct('cancel')}>{t.cancel}</Button> : null}
        {order.captured > 0 && may('orders.refund') ? (
          <Button onClick={() => setAct('refund')}>{t.refund_}</Button>
        ) : null}
        {canTakeBack ? <Button onClick={() => setAct('return')}>{t.takeBack}</Button> : null}
        {canCapture ? <Button onClick={() => setAct('capture')}>{t.record}</Button> : null}
        {canShip ? (
          <Button variant="primary" onClick={() => setAct('ship')}>
            {t.ship}
          </Button>
        ) : null}
      </Actions>
      {act === 'ship' ? <Ship order={order} onClose={close} /> : null}
      {act === 'capture' ? <Capture order={order} onClose={close} /> : null}
      {act === 'cancel' ? <Cancel order={order} onClose={close} /> : null}
      {act === 'refund' ? <Refund order={order} onClose={close} /> : null}
      {act === 'return' ? <TakeBack order={order} onClose={close} /> : null}
    </>
  )
}

const moneyOf = (order: Order, amount: number) => formatMoney(amount, order.currency)
/** What an amount is typed in: yen, or the smallest coin of another currency, as 1,980 for £19.80. */
const coin = (order: Order) => (order.currency === 'JPY' ? '¥' : `${order.currency} 1/100`)
type Pick = { line: number; name: string; most: number; wanted: number | null }
function Picks({ picks, onChange }: { picks: Pick[]; onChange: (picks: Pick[]) => void }) {
  const t = useText(orderWords)
  return picks.map((pick, at) => (
    <Field key={pick.line} label={pick.name} hint={t.of(formatNumber(pick.most))}>
      <NumberInput
        min={0}
        max={pick.most}
        value={pick.wanted}
        onChange={(wanted) => onChange(picks.with(at, { ...pick, wanted }))}
      />
    </Field>
  ))
}
const wantedOf = (picks: readonly Pick[]) =>
  picks.flatMap(({ line, wanted }) => (wanted ? [{ line, quantity: wanted }] : []))

function usePicks(order: Order, most: (line: Order['lines'][number]) => number, all: boolean) {
  const t = useText(orderWords)
  const name = useName()
  return useState<Pick[]>(() =>
    order.lines
      .filter((line) => most(line) > 0)
      .map((line) => ({
        line: line.line,
        name: t.called(name(line.name), line.code),
        most: most(line),
        wanted: all ? most(line) : 0,
      })),
  )
}

const carriers = ['yamato', 'sagawa', 'japan_post', 'other'] as const
function Ship({ order, onClose }: Props) {
  const t = useText(orderWords)
  const label = useText(labels)
  const toast = useToast()
  const keep = useKeeper()
  const [picks, setPicks] = usePicks(order, (line) => line.held - line.short, true)
  const [carrier, setCarrier] = useState<string>('')
  const [tracking, setTracking] = useState('')
  const serials = useSerials(order, wantedOf(picks))
  const isAll = picks.every((pick) => pick.wanted === pick.most)
  async function ship() {
    const chosen = carriers.find((one) => one === carrier)
    const input = {
      order: order.order,
      ...(isAll ? {} : { lines: wantedOf(picks) }),
      ...(chosen ? { carrier: chosen } : {}),
      ...(tracking ? { tracking } : {}),
      ...serials.input,
    }
    await keep(input, (key) => api.orderShip(input, { key }))
    toast({ title: t.shipped_ })
    await refresh()
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.ship}
      description={t.shipLead}
      submit={t.ship}
      onSubmit={ship}
      disabled={wantedOf(picks).length === 0 || !serials.isWhole}
    >
      <Picks picks={picks} onChange={setPicks} />
      {serials.fields.map(({ sold: _, ...field }) => (
        <SerialsField key={field.sku} {...field} />
      ))}
      <Field label={t.carrier}>
        <Select
          options={[
            { value: '', label: t.noCarrier },
            ...carriers.map((value) => ({ value: value as string, label: label.carrier[value] })),
          ]}
          value={carrier}
          onChange={setCarrier}
        />
      </Field>
      <Field label={t.tracking} hint={t.trackingHint} mark="optional">
        <TextInput
          value={tracking}
          onChange={(typed) => setTracking(typed.normalize('NFKC'))}
          maxLength={40}
        />
      </Field>
    </FormDialog>
  )
}

function Capture({ order, onClose }: Props) {
  const t = useText(orderWords)
  const toast = useToast()
  const keep = useKeeper()
  const [amount, setAmount] = useState<number | null>(order.owed)
  const [reference, setReference] = useState('')
  async function capture() {
    const input = { order: order.order, amount: amount ?? 0, ...(reference ? { reference } : {}) }
    await keep(input, (key) => api.orderCapture(input, { key }))
    toast({ title: t.recorded })
    await refresh()
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.record}
      description={t.recordLead}
      submit={t.record}
      onSubmit={capture}
      disabled={!amount}
    >
      <Field label={t.amount}>
        <NumberInput min={0} before={coin(order)} value={amount} onChange={setAmount} />
      </Field>
      <Field label={t.reference} mark="optional">
        <TextInput value={reference} onChange={setReference} maxLength={60} />
      </Field>
    </FormDialog>
  )
}

function Reason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const t = useText(orderWords)
  const words = useText(reasons)
  return (
    <Field label={t.reason}>
      <Select
        options={Object.values(words).map((one) => ({ value: one, label: one }))}
        value={value}
        onChange={onChange}
      />
    </Field>
  )
}

/** In a store money is given back with one's own PIN. */
function Pin({ value, onChange }: { value: string; onChange: (pin: string) => void }) {
  const t = useText(orderWords)
  return (
    <Field label={t.pin} hint={t.pinHint}>
      <TextInput
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={value}
        onChange={onChange}
      />
    </Field>
  )
}

function Cancel({ order, onClose }: Props) {
  const t = useText(orderWords)
  const toast = useToast()
  const keep = useKeeper()
  const [reason, setReason] = useState(useText(reasons).customer)
  const [pin, setPin] = useState('')
  const asksPin = useMe().role === 'store' && order.captured > 0
  const units = order.lines.reduce((sum, line) => sum + line.held, 0)
  const isWhole = order.lines.every((line) => line.shipped === 0 && line.returned === 0)
  async function cancel() {
    const input = { order: order.order, reason, ...(pin ? { pin } : {}) }
    const done = await keep(input, (key) => api.orderCancel(input, { key }))
    toast({
      title: t.cancelled_,
      words: t.cancelledWords(formatNumber(done.released), moneyOf(order, done.refunded)),
    })
    await refresh()
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t.cancel}
      description={t.cancelLead}
      count={{ value: units, noun: t.units }}
      {...(isWhole ? { amount: order.owed + order.captured, currency: order.currency } : {})}
      confirm={t.cancel}
      onConfirm={cancel}
      explain={(error) => <Refused error={error} />}
    >
      <Reason value={reason} onChange={setReason} />
      {asksPin ? <Pin value={pin} onChange={setPin} /> : null}
    </ConfirmDialog>
  )
}

function Refund({ order, onClose }: Props) {
  const t = useText(orderWords)
  const toast = useToast()
  const keep = useKeeper()
  const [amount, setAmount] = useState<number | null>(null)
  const [reason, setReason] = useState(useText(reasons).customer)
  const [pin, setPin] = useState('')
  const asksPin = useMe().role === 'store'
  async function refund() {
    const input = { order: order.order, amount: amount ?? 0, reason, ...(pin ? { pin } : {}) }
    await keep(input, (key) => api.orderRefund(input, { key }))
    toast({ title: t.refundDone })
    await refresh()
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t.refund_}
      description={t.refundLead(moneyOf(order, order.captured))}
      amount={amount ?? 0}
      currency={order.currency}
      confirm={t.refund_}
      onConfirm={refund}
      explain={(error) => <Refused error={error} />}
    >
      <Field label={t.refundAmount}>
        <NumberInput min={0} before={coin(order)} value={amount} onChange={setAmount} />
      </Field>
      <Reason value={reason} onChange={setReason} />
      {asksPin ? <Pin value={pin} onChange={setPin} /> : null}
    </ConfirmDialog>
  )
}

/** What a line cost the customer, discounts and points apart. */
function worth(order: Order, picks: readonly Pick[]): number {
  const sum = wantedOf(picks).reduce((all, pick) => {
    const line = order.lines.find((one) => one.line === pick.line)
    if (!line) return all
    const { discount, points } = line.trace
    return all + Math.floor(((line.amount - discount - points) * pick.quantity) / line.quantity)
  }, 0)
  return Math.min(sum, order.captured)
}

function TakeBack({ order, onClose }: Props) {
  const t = useText(orderWords)
  const may = useMay()
  const me = useMe()
  const toast = useToast()
  const keep = useKeeper()
  const name = useName()
  const places = usePlaces()
  const [picks, setPicks] = usePicks(order, (line) => line.shipped, false)
  const [told, setTold] = useState<string | null>(null)
  const [condition, setCondition] = useState<'sellable' | 'quarantine'>('sellable')
  const [reason, setReason] = useState(useText(reasons).customer)
  const [typed, setTyped] = useState<number | null | undefined>(undefined)
  const place = told ?? places.find((one) => one.place === me.place)?.code ?? places[0]?.code ?? ''
  const refund = typed === undefined ? worth(order, picks) : (typed ?? 0)
  const mayRefund = may('orders.refund')
  const serials = useSerials(order, wantedOf(picks))
  const [pin, setPin] = useState('')
  const asksPin = me.role === 'store' && mayRefund && refund > 0
  async function takeBack() {
    const input = {
      order: order.order,
      lines: wantedOf(picks),
      place,
      condition,
      reason,
      ...serials.input,
      ...(mayRefund ? { refund } : {}),
      ...(asksPin && pin ? { pin } : {}),
    }
    const done = await keep(input, (key) => api.orderReturn(input, { key }))
    toast({
      title: t.takenBack,
      words: t.takenBackWords(moneyOf(order, done.refunded), formatNumber(done.points_taken)),
    })
    await refresh()
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.takeBack}
      description={t.takeBackLead}
      submit={t.takeBack}
      onSubmit={takeBack}
      disabled={wantedOf(picks).length === 0 || !serials.isWhole}
    >
      <Picks picks={picks} onChange={setPicks} />
      {serials.fields.map((field) => (
        <SerialsField key={field.sku} {...field} />
      ))}
      <Field label={t.placeBack}>
        <Select
          options={places.map((one) => ({ value: one.code, label: name(one.name) }))}
          value={place}
          onChange={setTold}
        />
      </Field>
      <RadioGroup
        label={t.condition}
        value={condition}
        onChange={setCondition}
        options={[
          { value: 'sellable', label: t.sellable },
          { value: 'quarantine', label: t.quarantine },
        ]}
      />
      {mayRefund ? (
        <Field label={t.refundAmount} hint={t.refundLead(moneyOf(order, order.captured))}>
          <NumberInput min={0} before={coin(order)} value={refund} onChange={setTyped} />
        </Field>
      ) : (
        <p className="quiet">{t.noRefund}</p>
      )}
      <Reason value={reason} onChange={setReason} />
      {asksPin ? <Pin value={pin} onChange={setPin} /> : null}
    </FormDialog>
  )
}
