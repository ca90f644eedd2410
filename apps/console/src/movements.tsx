import type { OrderMovement, StockMovement } from '@akinai/client'
import {
  createText,
  DateTime,
  Dialog,
  EmptyState,
  formatMoney,
  formatNumber,
  Pager,
  Table,
  useText,
  type Column,
} from '@akinai/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './api.ts'
import { Failure } from './failure.tsx'
import { labels, say } from './labels.ts'

const words = createText({
  ja: {
    lead: '帳簿にある動きのすべてです。新しいものから並んでいます。',
    leadOrder: 'この注文が起こした動きのすべてです。',
    leadFigure: 'この数のもとになった動きです。古いものから並んでいます。',
    at: '日時',
    what: '動き',
    way: '移り先',
    by: '増減',
    after: '残り',
    cause: '元になったもの',
    order: (number: string) => `注文 ${number}`,
    transfer: (number: string) => `移動 ${number}`,
    empty: '動きはまだありません。',
    sku: '商品コード',
    later: '記録',
  },
  en: {
    lead: 'Every movement in the books, newest first.',
    leadOrder: 'Every movement this order caused.',
    leadFigure: 'The movements that this number is the sum of, oldest first.',
    at: 'When',
    what: 'What',
    way: 'From → to',
    by: 'By',
    after: 'After',
    cause: 'Because of',
    order: (number) => `Order ${number}`,
    transfer: (number) => `Transfer ${number}`,
    empty: 'Nothing has moved yet.',
    sku: 'SKU',
    later: 'recorded',
  },
})

const signed = (by: number, yen = false) =>
  `${by > 0 ? '+' : by < 0 ? '−' : ''}${yen ? formatMoney(Math.abs(by)) : formatNumber(Math.abs(by))}`
type Told = { happened_at: string; recorded_at: string }
/** When it happened; a fact that arrived much later says so. */
function When({ row }: { row: Told }) {
  const t = useText(words)
  const isLate = Date.parse(row.recorded_at) - Date.parse(row.happened_at) > 60_000
  return (
    <>
      <DateTime at={row.happened_at} />
      {isLate ? (
        <small className="quiet">
          {' '}
          {t.later} <DateTime at={row.recorded_at} />
        </small>
      ) : null}
    </>
  )
}

export type StockFigure = {
  sku: string
  place: string
  kind: 'on_hand' | 'held' | 'short' | 'quarantine' | 'in_transit'
  value: number
  title: string
}

/** The movements behind one number of the stock screen; each row says what remained after it. */
export function StockMovements({ of, onClose }: { of: StockFigure | null; onClose: () => void }) {
  const t = useText(words)
  return (
    <Dialog open={of !== null} onClose={onClose} title={of?.title ?? ''} description={t.lead} wide>
      {of ? <StockRows of={of} /> : null}
    </Dialog>
  )
}

/** Newest first: what was left after each. */
function withRest(rows: readonly StockMovement[], newest: number) {
  const told: (StockMovement & { after: number })[] = []
  let rest = newest
  for (const row of rows) {
    told.push({ ...row, after: rest })
    rest -= row.amount
  }
  return told
}

function StockRows({ of }: { of: StockFigure }) {
  const t = useText(words)
  const label = useText(labels)
  const [at, setAt] = useState(0)
  const found = useInfiniteQuery({
    queryKey: ['stock movements', of.sku, of.place, of.kind],
    queryFn: ({ pageParam }) =>
      api.stockMovements({ sku: of.sku, place: of.place, kind: of.kind, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const all = found.data?.pages.map((page) => page.items)
  const before = all?.slice(0, at).flat() ?? []
  const first = of.value - before.reduce((sum, row) => sum + row.amount, 0)
  const rows = all?.[at] && withRest(all[at], first)
  const columns: Column<StockMovement & { after: number }>[] = [
    { key: 'at', head: t.at, narrow: true, cell: (row) => <When row={row} /> },
    { key: 'what', head: t.what, cell: (row) => say(label.reason, row.reason) },
    {
      key: 'way',
      head: t.way,
      cell: (row) => `${say(label.kind, row.from ?? '')} → ${say(label.kind, row.to ?? '')}`,
    },
    {
      key: 'by',
      head: t.by,
      numeric: true,
      cell: (row) => <span className="signed">{signed(row.amount)}</span>,
    },
    { key: 'after', head: t.after, numeric: true, cell: (row) => formatNumber(row.after) },
    { key: 'cause', head: t.cause, narrow: true, cell: (row) => <Cause row={row} /> },
  ]
  async function next() {
    if (all && at + 1 >= all.length && (await found.fetchNextPage()).isError) return
    setAt(at + 1)
  }
  return (
    <>
      <Table
        label={of.title}
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.seq)}
        empty={<EmptyState title={t.empty} />}
        error={found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : undefined}
        maxHeight="60vh"
      />
      <Pager
        busy={found.isFetchingNextPage}
        onPrevious={at > 0 ? () => setAt(at - 1) : undefined}
        onNext={all && (at + 1 < all.length || found.hasNextPage) ? () => void next() : undefined}
      />
    </>
  )
}

const byTransfer = new Set(['stock.sent', 'stock.arrived'])
const byOrder = new Set([
  'stock.held',
  'stock.released',
  'stock.shipped',
  'stock.sold',
  'stock.short',
  'stock.short_dropped',
  'stock.covered',
  'stock.covered_elsewhere',
  'stock.returned',
])
function Cause({ row }: { row: StockMovement }) {
  const t = useText(words)
  if (row.ref === null || row.ref === 0) return null
  if (byTransfer.has(row.reason)) return t.transfer(String(row.ref))
  if (!byOrder.has(row.reason)) return null
  return (
    <Link to="/orders/$order" params={{ order: String(row.ref) }}>
      {t.order(String(row.ref))}
    </Link>
  )
}

/** Which of an order's movements a number is the sum of. */
export type OrderFigure = {
  title: string
  kind: string | null
  line?: number
  reasons?: readonly string[]
  yen?: boolean
  inverted?: boolean
}

export function OrderMovements({
  order,
  of,
  onClose,
}: {
  order: number
  of: OrderFigure | null
  onClose: () => void
}) {
  const t = useText(words)
  return (
    <Dialog
      open={of !== null}
      onClose={onClose}
      title={of?.title ?? ''}
      description={of && (of.kind !== null || of.reasons) ? t.leadFigure : t.leadOrder}
      wide
    >
      {of ? <OrderRows order={order} of={of} /> : null}
    </Dialog>
  )
}

async function allOf(order: number): Promise<OrderMovement[]> {
  const rows: OrderMovement[] = []
  let cursor: string | undefined
  do {
    const page = await api.orderMovements({ order, limit: 200, cursor })
    rows.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return rows
}

/** What a movement did to one kind of account: into it is more, out of it is less. */
function effect(row: OrderMovement, of: OrderFigure): number {
  if (of.kind === null) return row.amount
  const way = row.to_kind === of.kind ? 1 : row.from_kind === of.kind ? -1 : 0
  return way * row.amount * (of.inverted ? -1 : 1)
}

/** Oldest first: the movements that make the number up, and what it came to after each. */
function withSum(all: readonly OrderMovement[], of: OrderFigure) {
  const rows: (OrderMovement & { by: number; after: number })[] = []
  let sum = 0
  for (const row of all) {
    const isOfKind =
      of.kind === null
        ? (of.reasons?.includes(row.reason) ?? true)
        : row.to_kind === of.kind || row.from_kind === of.kind
    if (!isOfKind || (of.line !== undefined && row.line !== of.line)) continue
    const by = effect(row, of)
    sum += by
    rows.push({ ...row, by, after: sum })
  }
  return rows
}

function OrderRows({ order, of }: { order: number; of: OrderFigure }) {
  const t = useText(words)
  const label = useText(labels)
  const found = useQuery({ queryKey: ['order movements', order], queryFn: () => allOf(order) })
  const rows = found.data && withSum(found.data, of)
  type Row = NonNullable<typeof rows>[number]
  const isYen = (row: Row) => row.book === 'money'
  const columns: Column<Row>[] = [
    { key: 'at', head: t.at, narrow: true, cell: (row) => <When row={row} /> },
    { key: 'what', head: t.what, cell: (row) => say(label.reason, row.reason) },
    ...(of.yen ? [] : [{ key: 'sku', head: t.sku, narrow: true, cell: (row: Row) => row.sku ?? '' }]),
    {
      key: 'way',
      head: t.way,
      cell: (row) => `${say(label.kind, row.from_kind ?? '')} → ${say(label.kind, row.to_kind ?? '')}`,
    },
    {
      key: 'by',
      head: t.by,
      numeric: true,
      cell: (row) => (
        <span className="signed">
          {of.kind === null && !of.reasons
            ? isYen(row)
              ? formatMoney(row.amount)
              : formatNumber(row.amount)
            : signed(row.by, isYen(row))}
        </span>
      ),
    },
    ...(of.kind === null && !of.reasons
      ? []
      : [
          {
            key: 'after',
            head: t.after,
            numeric: true,
            cell: (row: Row) => (isYen(row) ? formatMoney(row.after) : formatNumber(row.after)),
          },
        ]),
  ]
  return (
    <Table
      label={of.title}
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.seq)}
      empty={<EmptyState title={t.empty} />}
      error={found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : undefined}
      maxHeight="60vh"
    />
  )
}
