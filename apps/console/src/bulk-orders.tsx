import type { Answers } from '@akinai/client'
import {
  ConfirmDialog,
  Field,
  formatMoney,
  formatNumber,
  Select,
  TextInput,
  useText,
  type MenuItem,
} from '@akinai/ui'
import { useState } from 'react'
import { api } from './api.ts'
import { BulkList, useAsked, useBegin, type Asked } from './bulk-list.tsx'
import { bulkWords } from './bulk-words.ts'
import { Refused } from './failure.tsx'
import { useMay, useMe } from './me.tsx'
import { reasons } from './order-actions.tsx'
import type { Selection } from './selection.ts'

type Sums = Answers['bulk.orders']
type Kind = 'ship' | 'capture' | 'cancel'
const of = { ship: 'total', capture: 'owed', cancel: 'captured' } as const
const permissions = { ship: 'orders.ship', capture: 'orders.capture', cancel: 'orders.cancel' } as const
const kinds = ['ship', 'capture', 'cancel'] as const
type Filter = NonNullable<NonNullable<Parameters<typeof api.bulkOrders>[0]>['filter']>

/** What can be done with many orders: confirmed with how many there are and what they come to, for all of them and not the page. */
export function BulkOrders(is: { selection: Selection; filter: Filter; onBegun: (run: string) => void }) {
  const t = useText(bulkWords)
  const may = useMay()
  const { ask, asked } = useAsked<Kind, Filter, Sums>({ ...is, count: (target) => api.bulkOrders(target) })
  const items: MenuItem[] = kinds
    .filter((kind) => may(permissions[kind]))
    .map((kind) => ({ label: t.kind[kind], danger: kind === 'cancel', onSelect: () => ask(kind) }))
  return (
    <BulkList
      list="orders"
      selection={is.selection}
      filter={is.filter}
      href="/admin/v1/exports/orders"
      count={(filter) => api.bulkOrders({ filter })}
      items={items}
    >
      {asked ? <Confirm {...asked} /> : null}
    </BulkList>
  )
}

function Confirm(is: Asked<Kind, Filter, Sums>) {
  const t = useText(bulkWords)
  const why = useText(reasons)
  const { kind, counted: sums } = is
  const [reason, setReason] = useState<keyof typeof why>('customer')
  const [pin, setPin] = useState('')
  const amount = sums.sums.reduce((sum, one) => sum + one[of[kind]], 0)
  const yen = sums.sums.find((one) => one.currency === 'JPY')?.[of[kind]] ?? 0
  const foreign = sums.sums.filter((one) => one.currency !== 'JPY' && one[of[kind]] > 0)
  const { role } = useMe()
  const asksPin = kind === 'cancel' && role === 'store' && amount > 0
  const begin = useBegin(is, { count: sums.count, amount })
  const go = () =>
    begin({ reason, pin }, (input, key) =>
      kind === 'ship'
        ? api.bulkShip(input, { key })
        : kind === 'capture'
          ? api.bulkCapture(input, { key })
          : api.bulkCancelOrders({ ...input, reason, ...(pin && { pin }) }, { key }),
    )
  return (
    <ConfirmDialog
      open
      onClose={is.onClose}
      title={t.kind[kind]}
      description={kind === 'ship' ? t.shipWhat : kind === 'capture' ? t.captureWhat : t.cancelWhat}
      confirm={t.withCount(t.kind[kind], formatNumber(sums.count))}
      danger={kind === 'cancel'}
      onConfirm={go}
      explain={(error) => <Refused error={error} />}
    >
      <dl className="ui-facts">
        <div>
          <dt>{t.orders}</dt>
          <dd>{formatNumber(sums.count)}</dd>
        </div>
        <div>
          <dt>{kind === 'ship' ? t.totalOf : kind === 'capture' ? t.owedOf : t.capturedOf}</dt>
          <dd>{formatMoney(yen)}</dd>
          {foreign.map((one) => (
            <dd key={one.currency}>{formatMoney(one[of[kind]], one.currency)}</dd>
          ))}
        </div>
        {kind === 'cancel' ? (
          <div>
            <dt>{t.waivedOf}</dt>
            <dd>{formatMoney(sums.sums.find((one) => one.currency === 'JPY')?.owed ?? 0)}</dd>
          </div>
        ) : null}
      </dl>
      {kind === 'cancel' ? (
        <Field label={t.reason}>
          <Select
            options={(['customer', 'mistake', 'stock', 'faulty'] as const).map((value) => ({
              value,
              label: why[value],
            }))}
            value={reason}
            onChange={setReason}
          />
        </Field>
      ) : (
        <p>{t.irreversible}</p>
      )}
      {asksPin ? (
        <Field label={t.pin} hint={t.pinHint}>
          <TextInput
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={8}
            value={pin}
            onChange={setPin}
          />
        </Field>
      ) : null}
    </ConfirmDialog>
  )
}
