import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
type Row = {
  id: number
  order: number
  carrier: string | null
  tracking: string | null
  lines: { line: number; sku: number; quantity: number }[]
  shipped_at: Date
  recorded_at: Date
}
const shipmentTable = table<Row>('fulfilment.shipment', {
  id: 'bigint',
  order: 'bigint',
  carrier: 'text',
  tracking: 'text',
  lines: 'jsonb',
  shipped_at: 'timestamptz',
  recorded_at: 'timestamptz',
})
/** The paper of a parcel. What was shipped stands in the ledger. */
export const recordShipment = (tx: Tx, s: Omit<Row, 'id' | 'recorded_at'>): number =>
  tx.insert(shipmentTable, {
    id: tx.number(),
    order: s.order,
    carrier: s.carrier,
    tracking: s.tracking,
    lines: s.lines,
    shipped_at: s.shipped_at,
    recorded_at: tx.now,
  }).id
const byId = reader<number, Row>(
  'id',
  (ids) =>
    sql`select id, "order", carrier, tracking, lines, shipped_at, recorded_at from fulfilment.shipment where id = any(${ids}::bigint[])`,
)
export const shipmentById = (tx: Tx, id: number): Promise<Readonly<Row> | undefined> => byId.one(tx, id)
const lastByOrder = reader<number, { order: number; at: Date }>(
  'order',
  (ids) =>
    sql`select "order", max(shipped_at) as at from fulfilment.shipment where "order" = any(${ids}::bigint[]) group by "order"`,
)
/** When the last parcel of an order left. */
export const lastShipped = async (tx: Tx, order: number): Promise<Date | undefined> =>
  (await lastByOrder.one(tx, order))?.at
