import { sql } from '#kernel/db'
import type { Tx } from '#kernel/gate'
import { cancelOrder } from './cancel-order.ts'
import { pictureOf } from './picture.ts'

/** Orders whose payment should have been in by now. */
export const overdueOrders = (limit: number) =>
  sql`select id from orders.header where state = 'open' and pay_by < now() order by pay_by limit ${limit}::int`

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
  await cancelOrder(tx, { order: ask.order, reason: 'unpaid' })
  return { expired: true }
}
