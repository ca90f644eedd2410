import { sql } from '#kernel/db'
import type { Tx } from '#kernel/gate'
import { giveUp } from './cancel-order.ts'
import { pictureOf } from './picture.ts'

/** Orders of which nothing has been paid by their deadline. Those that were paid, or paid in part, are not in the way of the others. */
export const overdueOrders = (limit: number) =>
  sql`select h.id from orders.header h join ledger.account o on o.id = (21::bigint << 44) + h.id left join ledger.account c on c.id = (22::bigint << 44) + h.id
    where h.state = 'open' and h.pay_by < now() and o.balance > 0 and coalesce(c.balance, 0) = 0 order by h.pay_by limit ${limit}::int`

/** A hold ends with the payment's deadline. Nothing happens when the money has come meanwhile. */
export async function expireHold(tx: Tx, ask: { order: number }): Promise<{ expired: boolean }> {
  const p = await pictureOf(tx, ask.order)
  if (
    p.order.state !== 'open' ||
    p.owed === 0 ||
    p.order.pay_by === null ||
    p.order.pay_by > tx.now ||
    p.captured > 0
  )
    return { expired: false }
  await giveUp(tx, p, { reason: 'unpaid' })
  return { expired: true }
}
