import type { Vault } from '#domains/persons'
import type { Tx } from '#kernel/gate'
import { NothingToCancel } from './refusals.ts'
import { mallClock } from './mall-clock.ts'
import { demandWhole, pictureOf, unitsOf, worth, type Picture } from './picture.ts'
import { fulfilment, orders, payments, persons, points, stock } from './rooms.ts'
import { demandRefundable } from './refundable.ts'

export type CancelOrder = { order: number; note: string; within?: number; pin?: boolean }
type GivenUp = { released: number; waived: number; refunded: number; cancelled: boolean }

/** Somebody at the desk gives up what has not been shipped, and says why. */
export const cancelOrder = (vault: Vault) =>
  async function cancelOrder(tx: Tx, ask: CancelOrder): Promise<GivenUp> {
    const p = await pictureOf(tx, ask.order, ask.within)
    demandWhole(p, ask.within)
    const note = await persons.noteOn(tx, vault, { person: p.order.buyer, words: ask.note })
    return giveUp(tx, p, { reason: 'desk', note, pin: ask.pin })
  }

/**
 * What has not been shipped is given up: its goods go back to their shelves, its shortages end, and its price is waived
 * or, where it was paid, refunded. An order of which nothing was shipped is cancelled as a whole, with shipping and fees.
 */
export async function giveUp(
  tx: Tx,
  p: Picture,
  ask: { reason: orders.Cancelled['reason']; note?: () => string; pin?: boolean | undefined },
): Promise<GivenUp> {
  const order = p.order.id
  if (p.order.state !== 'open') throw orders.OrderNotOpen({ order, state: p.order.state })
  const [shortages, setClock] = await Promise.all([fulfilment.shortagesOf(tx, order), mallClock(tx, p)])
  const back = p.allocations.filter((a) => a.held > 0)
  if (back.length === 0) throw NothingToCancel({ order })
  const whole = p.allocations.every((a) => a.shipped === 0)
  const value = whole
    ? p.owed + p.captured
    : p.lines.reduce((sum, l) => {
        const held = unitsOf(p.allocations, l.line, (a) => a.held)
        return sum + (held > 0 ? worth(l, held, l.quantity - held) : 0)
      }, 0)
  const waived = Math.min(p.owed, value)
  const refunded = Math.min(p.captured, value - waived)
  await demandRefundable(tx, p, { amount: refunded, pin: ask.pin })

  const claim = (a: fulfilment.Allocated, quantity: number) => ({
    allocation: a.id,
    sku: a.sku,
    place: a.place,
    shelf: a.shelf,
    quantity,
    code: p.code(a.sku),
  })
  // What was owed to a hold was never on a shelf: it is dropped, not given back.
  stock.releaseShort(tx, {
    order,
    lines: back.filter((a) => a.short > 0).map((a) => claim(a, a.short)),
  })
  stock.release(tx, {
    order,
    lines: back.filter((a) => a.held > a.short).map((a) => claim(a, a.held - a.short)),
  })
  for (const s of shortages) fulfilment.closeShortage(tx, s, 'cancelled')
  payments.waive(tx, { ...p.debt, amount: waived })
  payments.refund(tx, { ...p.debt, amount: refunded, method: p.order.payment, reason: 'cancelled' })
  if (whole && p.order.points > 0)
    points.giveBackSpent(tx, { member: p.order.buyer, order, amount: p.order.points })
  setClock()
  const said = {
    reason: ask.reason,
    note: ask.note?.() ?? null,
    skus: [...new Set(back.map((a) => a.sku))],
  }
  if (whole) orders.cancelled(tx, p.order, said)
  else {
    orders.partCancelled(tx, p.order, said)
    if (p.owed === waived) orders.closed(tx, p.order)
    else orders.touch(tx, p.order)
  }
  return { released: back.reduce((n, a) => n + a.held - a.short, 0), waived, refunded, cancelled: whole }
}
