import type { Tx } from '#kernel/gate'
import { LineUnknown, MoreThanHeld, NotPaidYet } from './refusals.ts'
import { mallClock } from './mall-clock.ts'
import { merged, pictureOf, takeOff, unitsOf } from './picture.ts'
import { fulfilment, orders, stock } from './rooms.ts'
import { byClaim, namedUnits, type Serials } from './serials.ts'

export type ShipOrder = {
  order: number
  lines?: readonly { line: number; quantity: number }[]
  /** Of goods that bear numbers, those that leave. */
  serials?: Serials
  carrier?: string
  tracking?: string
  shipped_at?: string
  within?: number
}
/** What is physically there for a line: held, less what is only owed to it. */
const there = (a: fulfilment.Allocated) => a.held - a.short

/**
 * Held goods leave the house: all that is there, or the lines named. What is short stays behind and is shipped later.
 * An order to be paid in advance is not shipped before its money is in.
 */
export async function shipOrder(
  tx: Tx,
  ask: ShipOrder,
): Promise<{ shipment: number; lines: { line: number; quantity: number }[] }> {
  const p = await pictureOf(tx, ask.order, ask.within)
  if (p.order.state !== 'open') throw orders.OrderNotOpen({ order: ask.order, state: p.order.state })
  if (p.order.payment === 'bank_transfer' && p.owed > 0) throw NotPaidYet({ order: ask.order, owed: p.owed })
  const mine = ask.within === undefined ? p.allocations : p.allocations.filter((a) => a.place === ask.within)
  const wanted =
    (ask.lines && merged(ask.lines)) ??
    p.lines
      .map((l) => ({ line: l.line, quantity: unitsOf(mine, l.line, there) }))
      .filter((l) => l.quantity > 0)
  const taken = wanted.flatMap((w) => {
    if (!p.lines.some((l) => l.line === w.line)) throw LineUnknown({ order: ask.order, line: w.line })
    const can = unitsOf(mine, w.line, there)
    if (w.quantity > can) throw MoreThanHeld({ line: w.line, held: can, wanted: w.quantity })
    return takeOff(mine, w.line, w.quantity, there)
  })
  if (taken.length === 0) throw stock.NothingHeld({ order: ask.order })
  const units = byClaim(await namedUnits(tx, p, taken, ask.serials), taken)
  const at = ask.shipped_at ? new Date(ask.shipped_at) : tx.now
  const setClock = await mallClock(tx, p)
  const shipment = fulfilment.recordShipment(tx, {
    order: ask.order,
    carrier: ask.carrier ?? null,
    tracking: ask.tracking ?? null,
    shipped_at: at,
    lines: taken.map((t) => ({ line: t.allocation.line, sku: t.allocation.sku, quantity: t.quantity })),
  })
  stock.ship(tx, {
    order: ask.order,
    shipment,
    happenedAt: at,
    lines: taken
      .map((t) => ({ t, a: t.allocation, serials: units.get(t) }))
      .map(({ t: { quantity }, a, serials }) => ({
        allocation: a.id,
        sku: a.sku,
        place: a.place,
        shelf: a.shelf,
        quantity,
        code: p.code(a.sku),
        ...(serials && { serials }),
      })),
  })
  const all = p.allocations.every((a) => a.held === (taken.find((t) => t.allocation === a)?.quantity ?? 0))
  if (all) setClock(at)
  if (all && p.owed === 0) orders.closed(tx, p.order)
  else orders.touch(tx, p.order)
  return { shipment, lines: [...wanted] }
}
