import type { Tx } from '#kernel/gate'
import type { Picture } from './picture.ts'
import { OverLimit, PinNeeded } from './refusals.ts'
import { access, payments, shops } from './rooms.ts'

/** The most of one order that whoever asks may give back; null is no limit. The door names an actor by their role. */
export async function refundLimit(tx: Tx, p: Picture): Promise<number | null> {
  const role = access.roles.find((r) => r === tx.actor.name)
  if (!role || !access.allows(role, 'orders.refund')) return 0
  const most = (await shops.settings(tx, p.order.shop)).refund_limits[role]
  return most === undefined ? 0 : most
}

/** Money goes back up to a limit, above which somebody else is asked. The limit is the order's, so that many small refunds are no way around it. */
export async function demandRefundable(
  tx: Tx,
  p: Picture,
  ask: { amount: number; pin: boolean | undefined },
): Promise<void> {
  if (ask.amount === 0) return
  const most = await refundLimit(tx, p)
  if (most === 0) throw access.NotAllowed({ permission: 'orders.refund' })
  if (access.needsPin(tx.actor.name) && !ask.pin) throw PinNeeded({})
  if (most === null) return
  const before = await payments.refundedBy(tx, { order: p.order.id, actor: tx.actor.id })
  if (ask.amount + before > most) throw OverLimit({ most })
}
