import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { OrderCancelled, OrderClosed, OrderPartCancelled, OrderPlaced } from './events.ts'
import { OrderMissing } from './refusals.ts'

type Header = {
  id: number
  shop: number
  entity: number
  brand: number
  seller: number
  channel: string
  external_id: string | null
  cart: string | null
  buyer: number
  payer: number
  state: 'open' | 'closed' | 'cancelled'
  currency: string
  goods: number
  shipping: number
  fee: number
  discount: number
  points: number
  total: number
  taxes: readonly { rate: number; due: number; tax: number }[]
  payment: string
  pay_by: Date | null
  terms: object | null
  placed_at: Date
  recorded_at: Date
}
export type Line = {
  order: number
  line: number
  destination: number
  sku: number
  quantity: number
  unit_price: number
  amount: number
  tax_class: string
  rate: number
  trace: object
  original_order: number | null
  original_line: number | null
}
type Destination = {
  order: number
  no: number
  card: string | null
  person: number | null
  prefecture: number | null
  place: number | null
}
type Known = Pick<
  Header,
  | 'id'
  | 'shop'
  | 'entity'
  | 'seller'
  | 'channel'
  | 'buyer'
  | 'state'
  | 'currency'
  | 'goods'
  | 'points'
  | 'total'
  | 'payment'
  | 'pay_by'
> & { version: number }
export type OpenOrder = Guarded<Known> & Known
export type Draft = Omit<Header, 'id' | 'state' | 'recorded_at'> & {
  id?: number
  lines: readonly Omit<Line, 'order' | 'original_order' | 'original_line'>[]
  destinations: readonly Omit<Destination, 'order'>[]
}

const headerTable = table<Header>(
  'orders.header',
  {
    id: 'bigint',
    shop: 'integer',
    entity: 'integer',
    brand: 'integer',
    seller: 'integer',
    channel: 'text',
    external_id: 'text',
    cart: 'uuid',
    buyer: 'bigint',
    payer: 'bigint',
    state: 'text',
    currency: 'text',
    goods: 'bigint',
    shipping: 'bigint',
    fee: 'bigint',
    discount: 'bigint',
    points: 'bigint',
    total: 'bigint',
    taxes: 'jsonb',
    payment: 'text',
    pay_by: 'timestamptz',
    terms: 'jsonb',
    placed_at: 'timestamptz',
    recorded_at: 'timestamptz',
  },
  // The same mall order sent twice at once: the second finds the first and answers it.
  { header_external: 'rerun' },
  (r) => `${r.channel} ${r.external_id ?? r.id}`,
)
const destinationTable = table<Destination>('orders.destination', {
  order: 'bigint',
  no: 'smallint',
  card: 'uuid',
  person: 'bigint',
  prefecture: 'smallint',
  place: 'integer',
})
const lineTable = table<Line>('orders.line', {
  order: 'bigint',
  line: 'smallint',
  destination: 'smallint',
  sku: 'bigint',
  quantity: 'bigint',
  unit_price: 'bigint',
  amount: 'bigint',
  tax_class: 'text',
  rate: 'integer',
  trace: 'jsonb',
  original_order: 'bigint',
  original_line: 'smallint',
})

const byId = reader<number, Known>(
  'id',
  (ids) =>
    sql`select id, version, shop, entity, seller, channel, buyer, state, currency, goods, points, total, payment, pay_by from orders.header where id = any(${ids}::bigint[])`,
)
const byOrder = reader<number, Line>(
  'order',
  (ids) => sql`
  select "order", line, destination, sku, quantity, unit_price, amount, tax_class, rate, trace, original_order, original_line from orders.line where "order" = any(${ids}::bigint[]) order by "order", line`,
)
const byExternal = reader<string, { key: string; id: number; total: number }>(
  'key',
  (keys) => sql`
  select k.key, h.id, h.total from unnest(${keys}::text[]) k(key) join orders.header h on h.channel = split_part(k.key, chr(10), 1) and h.external_id = split_part(k.key, chr(10), 2)`,
)

/** Opens an order: what was agreed, frozen. Says so. */
export function place(tx: Tx, d: Draft): number {
  const id = d.id ?? tx.number()
  tx.insert(headerTable, {
    id,
    shop: d.shop,
    entity: d.entity,
    brand: d.brand,
    seller: d.seller,
    channel: d.channel,
    external_id: d.external_id,
    cart: d.cart,
    buyer: d.buyer,
    payer: d.payer,
    state: 'open',
    currency: d.currency,
    goods: d.goods,
    shipping: d.shipping,
    fee: d.fee,
    discount: d.discount,
    points: d.points,
    total: d.total,
    taxes: d.taxes,
    payment: d.payment,
    pay_by: d.pay_by,
    terms: d.terms,
    placed_at: d.placed_at,
    recorded_at: tx.now,
  })
  for (const x of d.destinations)
    tx.insert(destinationTable, {
      order: id,
      no: x.no,
      card: x.card,
      person: x.person,
      prefecture: x.prefecture,
      place: x.place,
    })
  for (const l of d.lines)
    tx.insert(lineTable, {
      order: id,
      line: l.line,
      destination: l.destination,
      sku: l.sku,
      quantity: l.quantity,
      unit_price: l.unit_price,
      amount: l.amount,
      tax_class: l.tax_class,
      rate: l.rate,
      trace: l.trace,
      original_order: null,
      original_line: null,
    })
  append(tx, OrderPlaced, {
    subject: `order:${id}`,
    shop: d.shop,
    happenedAt: d.placed_at,
    body: {
      order: id,
      shop: d.shop,
      channel: d.channel,
      buyer: d.buyer,
      total: d.total,
      payment: d.payment,
      lines: d.lines.map((l) => ({ line: l.line, sku: l.sku, quantity: l.quantity })),
      skus: [...new Set(d.lines.map((l) => l.sku))],
    },
  })
  return id
}
/** Any order, in any state; the request depends on its staying as it is. */
export async function orderById(tx: Tx, id: number): Promise<OpenOrder> {
  const order = await byId.guard(tx, headerTable, id)
  if (!order) throw OrderMissing({ order: id })
  return order
}
export const orderByExternal = (tx: Tx, channel: string, externalId: string) =>
  byExternal.one(tx, `${channel}\n${externalId}`)
export const linesOf = (tx: Tx, order: number): Promise<readonly Line[]> => byOrder.all(tx, order)
/** Something about the order moved (shipped, paid): whoever decided on the old picture decides again. */
export const touch = (tx: Tx, order: OpenOrder): void => tx.update(headerTable, order, {})
export type Cancelled = { reason: 'desk' | 'unpaid'; note: string | null; skus: number[] }
export function cancelled(tx: Tx, order: OpenOrder, ask: Cancelled): void {
  tx.update(headerTable, order, { state: 'cancelled', pay_by: null })
  append(tx, OrderCancelled, announced(order, ask))
}
/** Says that a part was given up. */
export const partCancelled = (tx: Tx, order: OpenOrder, ask: Cancelled): void =>
  append(tx, OrderPartCancelled, announced(order, ask))
const announced = (order: OpenOrder, ask: Cancelled) => ({
  subject: `order:${order.id}`,
  shop: order.shop,
  body: { order: order.id, reason: ask.reason, note: ask.note, skus: ask.skus },
})
export function closed(tx: Tx, order: OpenOrder): void {
  tx.update(headerTable, order, { state: 'closed', pay_by: null })
  append(tx, OrderClosed, { subject: `order:${order.id}`, shop: order.shop, body: { order: order.id } })
}
