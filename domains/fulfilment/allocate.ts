import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import type { Need } from './choose.ts'
export type { Need } from './choose.ts'

type Row = {
  id: number
  order: number
  line: number
  sku: number
  shelf: number
  place: number
  per_line: number
}
/** A claim on a shelf with what the ledger says of it. */
export type Allocated = Row & { held: number; short: number; shipped: number }
const allocationTable = table<Row>('fulfilment.allocation', {
  id: 'bigint',
  order: 'bigint',
  line: 'smallint',
  sku: 'bigint',
  shelf: 'bigint',
  place: 'integer',
  per_line: 'integer',
})
// Kinds 2, 4 and 5 are held, short and shipped: their accounts bear the allocation's number.
const byOrder = reader<number, Allocated>(
  'order',
  (ids) => sql`
  select f.id, f."order", f.line, f.sku, f.shelf, f.place, f.per_line,
    coalesce(h.balance, 0) as held, -coalesce(s.balance, 0) as short, coalesce(d.balance, 0) as shipped
  from fulfilment.allocation f
  left join ledger.account h on h.id = (2::bigint << 44) + f.id
  left join ledger.account s on s.id = (4::bigint << 44) + f.id
  left join ledger.account d on d.id = (5::bigint << 44) + f.id
  where f."order" = any(${ids}::bigint[]) order by f."order", f.line, f.id`,
)

/** Says which shelf serves a line. How many is a matter of the ledger, under the number answered here. */
export const allocate = (
  tx: Tx,
  a: { order: number; line: number; sku: number; shelf: number; place: number; perLine: number },
): number =>
  tx.insert(allocationTable, {
    id: tx.number(),
    order: a.order,
    line: a.line,
    sku: a.sku,
    shelf: a.shelf,
    place: a.place,
    per_line: a.perLine,
  }).id
export const allocationsOf = (tx: Tx, order: number): Promise<readonly Allocated[]> => byOrder.all(tx, order)

/** A set is served by its parts; any other line by itself. */
export function splitLine(
  line: number,
  sku: { id: number; components: readonly { sku: number; quantity: number }[] | null },
  quantity: number,
): Need[] {
  if (!sku.components) return [{ line, sku: sku.id, quantity, perLine: 1 }]
  return sku.components.map((c) => ({
    line,
    sku: c.sku,
    quantity: quantity * c.quantity,
    perLine: c.quantity,
  }))
}
