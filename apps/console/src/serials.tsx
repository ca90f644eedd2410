import type { Answers, Order } from '@akinai/client'
import {
  Badge,
  createText,
  Dialog,
  EmptyState,
  Field,
  formatNumber,
  Pager,
  Table,
  Textarea,
  useListed,
  useText,
  type Column,
} from '@akinai/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './api.ts'
import { unread } from './failure.tsx'
import { useName } from './labels.ts'

const words = createText({
  ja: {
    serials: 'シリアル番号',
    of: (sku: string) => `${sku} のシリアル番号`,
    hint: (told: string, wanted: string) => `1行に1つ。${wanted}件のうち${told}件を入力済み`,
    sold: (counted: string, serials: string) => `${counted}。この注文の番号：${serials}`,
    lead: '番号で管理している商品が、いまどこにあるかの一覧です。',
    number: '番号',
    state: '状態',
    where: '場所',
    on_shelf: '棚',
    quarantine: '隔離',
    in_transit: '移動中',
    sold_: '販売済み',
    gone: '紛失・廃棄',
    order: (number: string) => `注文 ${number}`,
    transfer: (number: string) => `移動 ${number}`,
    empty: 'まだ入荷していません。',
  },
  en: {
    serials: 'Serial numbers',
    of: (sku) => `Serial numbers of ${sku}`,
    hint: (told, wanted) => `One a line. ${told} of ${wanted} given`,
    sold: (counted, serials) => `${counted}. This order has ${serials}`,
    lead: 'Where each unit that bears a number is now.',
    number: 'Number',
    state: 'State',
    where: 'Where',
    on_shelf: 'On a shelf',
    quarantine: 'Quarantine',
    in_transit: 'On its way',
    sold_: 'Sold',
    gone: 'Lost or broken',
    order: (number) => `Order ${number}`,
    transfer: (number) => `Transfer ${number}`,
    empty: 'None has come in yet.',
  },
})

/** As typed or scanned, one after another. */
export const serialsOf = (typed: string): string[] =>
  typed
    .normalize('NFKC')
    .split(/[\s,、]+/)
    .filter(Boolean)

export function SerialsField({
  sku,
  wanted,
  sold,
  value,
  onChange,
}: {
  sku?: string
  wanted: number
  /** Those that this order has: what comes back is among them. */
  sold?: readonly string[]
  value: string
  onChange: (typed: string) => void
}) {
  const t = useText(words)
  const listed = useListed()
  const counted = t.hint(formatNumber(serialsOf(value).length), formatNumber(wanted))
  return (
    <Field
      label={sku === undefined ? t.serials : t.of(sku)}
      hint={sold?.length ? t.sold(counted, listed(sold)) : counted}
    >
      <Textarea rows={3} value={value} onChange={onChange} spellCheck={false} autoCapitalize="off" />
    </Field>
  )
}

type Wanted = readonly { line: number; quantity: number }[]
/** The goods among these lines that bear numbers: how many of each, and which the order has. A set names its parts. */
function numberedOf(order: Order, wanted: Wanted) {
  const found = new Map<string, { sku: string; quantity: number; sold: string[] }>()
  for (const { line, quantity } of wanted) {
    const of = order.lines.find((one) => one.line === line)
    const seen = new Set<string>()
    for (const one of of?.allocations ?? []) {
      if (!one.serial_kept) continue
      const known = found.get(one.sku) ?? { sku: one.sku, quantity: 0, sold: [] }
      if (!seen.has(one.sku)) known.quantity += quantity * one.per_line
      known.sold.push(...one.serials)
      seen.add(one.sku)
      found.set(one.sku, known)
    }
  }
  return [...found.values()]
}

/** The numbers asked for in a dialog about an order; `isWhole` once there are as many as units. */
export function useSerials(order: Order, wanted: Wanted) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const numbered = numberedOf(order, wanted)
  const told = numbered.map(({ sku }) => ({ sku, serials: serialsOf(typed[sku] ?? '') }))
  return {
    input: told.length > 0 ? { serials: told } : {},
    isWhole: numbered.every((one, at) => told[at]?.serials.length === one.quantity),
    fields: numbered.map(({ sku, quantity, sold }) => ({
      sku,
      wanted: quantity,
      sold,
      value: typed[sku] ?? '',
      onChange: (text: string) => setTyped({ ...typed, [sku]: text }),
    })),
  }
}

type Row = Answers['serials']['items'][number]

/** Every unit of a SKU that bears numbers, and where it is. */
export function Serials({ sku, onClose }: { sku: string; onClose: () => void }) {
  const t = useText(words)
  return (
    <Dialog open wide onClose={onClose} title={t.of(sku)} description={t.lead}>
      <SerialList sku={sku} />
    </Dialog>
  )
}

function SerialList({ sku }: { sku: string }) {
  const t = useText(words)
  const name = useName()
  const [trail, setTrail] = useState<string[]>([])
  const found = useQuery({
    queryKey: ['serials', sku, trail],
    queryFn: () => api.serials({ sku, limit: 100, cursor: trail.at(-1) }),
    placeholderData: keepPreviousData,
  })
  const next = found.data?.next
  const state = (row: Row) =>
    row.state === 'on_shelf' ? (
      <Badge tone={row.condition === 1 ? 'warn' : 'ok'}>
        {row.condition === 1 ? t.quarantine : t.on_shelf}
      </Badge>
    ) : row.state === 'in_transit' ? (
      <Badge tone="accent">{t.in_transit}</Badge>
    ) : (
      <Badge>{row.state === 'sold' ? t.sold_ : t.gone}</Badge>
    )
  const columns: Column<Row>[] = [
    { key: 'number', head: t.number, narrow: true, cell: (row) => <code>{row.serial}</code> },
    { key: 'state', head: t.state, narrow: true, cell: state },
    {
      key: 'where',
      head: t.where,
      cell: (row) =>
        row.order !== null ? (
          <Link to="/orders/$order" params={{ order: String(row.order) }}>
            {t.order(String(row.order))}
          </Link>
        ) : row.transfer !== null ? (
          t.transfer(String(row.transfer))
        ) : (
          name(row.place_name)
        ),
    },
  ]
  return (
    <>
      <Table
        label={t.of(sku)}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.id)}
        empty={<EmptyState title={t.empty} />}
        error={unread(found)}
        maxHeight="60vh"
      />
      <Pager
        busy={found.isPlaceholderData}
        onPrevious={trail.length > 0 ? () => setTrail(trail.slice(0, -1)) : undefined}
        onNext={next ? () => setTrail([...trail, next]) : undefined}
      />
    </>
  )
}
