import type { Answers } from '@akinai/client'
import {
  ConfirmDialog,
  Field,
  formatMoney,
  formatNumber,
  Select,
  TextInput,
  useText,
  useToast,
  type MenuItem,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Problem } from '@akinai/client'
import { api, useKeeper } from './api.ts'
import { BulkBar, pickedMost } from './bulk-bar.tsx'
import { bulkWords } from './bulk-words.ts'
import { Download } from './download.tsx'
import { Refused } from './failure.tsx'
import { useMay, useMe } from './me.tsx'
import { reasons } from './order-actions.tsx'
import type { Selection } from './selection.ts'

type Sums = Answers['bulk.orders']
type Kind = 'ship' | 'capture' | 'cancel'
const of = { ship: 'total', capture: 'owed', cancel: 'captured' } as const
const permissions = { ship: 'orders.ship', capture: 'orders.capture', cancel: 'orders.cancel' } as const
const kinds = ['ship', 'capture', 'cancel'] as const
type Target = NonNullable<Parameters<typeof api.bulkOrders>[0]>

/** What can be done with many orders: confirmed with how many there are and what they come to, for all of them and not the page. */
export function BulkOrders(is: {
  selection: Selection
  filter: Target['filter']
  onBegun: (run: string) => void
}) {
  const t = useText(bulkWords)
  const may = useMay()
  const toast = useToast()
  const { selection } = is
  const [asked, setAsked] = useState<{ kind: Kind; target: Target; sums: Sums }>()
  const isSome = selection.all || selection.ids.size > 0
  const counted = useQuery({
    queryKey: ['bulk orders', is.filter],
    queryFn: () => api.bulkOrders({ filter: is.filter }),
    enabled: isSome,
    staleTime: 10_000,
  })
  const target: Target = selection.all ? { filter: is.filter } : { ids: [...selection.ids].map(Number) }
  async function begin(kind: Kind) {
    try {
      setAsked({ kind, target, sums: await api.bulkOrders(target) })
    } catch (error) {
      const said = error instanceof Problem ? error.fields : undefined
      toast({ title: said?.title ?? String(error), tone: 'error', ...(said?.todo && { words: said.todo }) })
    }
  }
  const items: MenuItem[] = kinds
    .filter((kind) => may(permissions[kind]))
    .map((kind) => ({ label: t.kind[kind], danger: kind === 'cancel', onSelect: () => void begin(kind) }))
  const query = new URLSearchParams(
    selection.all
      ? Object.entries(is.filter ?? {}).map(([name, value]) => [name, String(value)])
      : { ids: [...selection.ids].slice(0, pickedMost).join(',') },
  )
  return (
    <>
      <BulkBar selection={selection} count={counted.data?.count} items={items}>
        <Download href={`/admin/v1/exports/orders?${query}`}>{t.download}</Download>
      </BulkBar>
      {asked ? (
        <Confirm
          {...asked}
          onSums={(sums) => setAsked({ ...asked, sums })}
          onClose={() => setAsked(undefined)}
          onBegun={(run) => {
            selection.clear()
            is.onBegun(run)
          }}
        />
      ) : null}
    </>
  )
}

function Confirm(is: {
  kind: Kind
  target: Target
  sums: Sums
  onSums: (sums: Sums) => void
  onClose: () => void
  onBegun: (run: string) => void
}) {
  const t = useText(bulkWords)
  const why = useText(reasons)
  const keep = useKeeper()
  const { kind, sums } = is
  const [reason, setReason] = useState<keyof typeof why>('customer')
  const [pin, setPin] = useState('')
  const amount = sums.sums.reduce((sum, one) => sum + one[of[kind]], 0)
  const yen = sums.sums.find((one) => one.currency === 'JPY')?.[of[kind]] ?? 0
  const foreign = sums.sums.filter((one) => one.currency !== 'JPY' && one[of[kind]] > 0)
  const { role } = useMe()
  const asksPin = kind === 'cancel' && role === 'store' && amount > 0
  async function go() {
    const input = { ...is.target, expects: { count: sums.count, amount } }
    try {
      const run = await keep({ kind, ...input, reason, pin }, (key) =>
        kind === 'ship'
          ? api.bulkShip(input, { key })
          : kind === 'capture'
            ? api.bulkCapture(input, { key })
            : api.bulkCancelOrders({ ...input, reason, ...(pin && { pin }) }, { key }),
      )
      is.onBegun(run.bulk)
    } catch (error) {
      // What is confirmed next is what there is now.
      if (error instanceof Problem && error.code === 'bulk.matches_changed')
        is.onSums(await api.bulkOrders(is.target))
      throw error
    }
  }
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
            <dd key={one.currency}>{formatMoney(one[of[kind]], 'staff', 'ja', one.currency)}</dd>
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
