import type { Vault } from '#domains/persons'
import type { Tx } from '#kernel/gate'
import { NothingToCancel } from './refusals.ts'
import { mallClock } from './mall-clock.ts'
import { demandWhole, pictureOf, takeOff, unitsOf, worth, type Picture } from './picture.ts'
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
    const allow = (amount: number) => demandRefundable(tx, p, { amount, pin: ask.pin })
    return giveUp(tx, p, { reason: 'desk', note, allow })
  }

type Asked = {
  reason: orders.Cancelled['reason']
  note?: () => string
  /** Refuses a refund that whoever asks may not give. Where a mall has given the money back already, nobody is asked. */
  allow?: (refunded: number) => Promise<void>
  /** Not all of it: so many units of each line, and what the order comes to afterwards. */
  part?: { units: ReadonlyMap<number, number>; total: number }
}
/**
 * What has not been shipped is given up: its goods go back to their shelves, its shortages end, and its price is waived
 * or, where it was paid, refunded. An order of which nothing was shipped is cancelled as a whole, with shipping and fees.
 */
export async function giveUp(tx: Tx, p: Picture, ask: Asked): Promise<GivenUp> {
  const order = p.order.id
  if (p.order.state !== 'open') throw orders.OrderNotOpen({ order, state: p.order.state })
  const [shortages, setClock] = await Promise.all([fulfilment.shortagesOf(tx, order), mallClock(tx, p)])
  const back = takenBack(p, ask.part?.units)
  const isAll = p.allocations.every((a) => a.held === (back.find((b) => b.a === a)?.quantity ?? 0))
  if (back.length === 0 && !ask.part) throw NothingToCancel({ order })
  const whole = isAll && back.length > 0 && p.allocations.every((a) => a.shipped === 0)
  const value = whole
    ? p.owed + p.captured
    : ask.part
      ? Math.max(0, p.owed + p.captured - ask.part.total)
      : p.lines.reduce((sum, l) => {
          const held = unitsOf(p.allocations, l.line, (a) => a.held)
          return sum + (held > 0 ? worth(l, held, l.quantity - held) : 0)
        }, 0)
  const waived = Math.min(p.owed, value)
  const refunded = Math.min(p.captured, value - waived)
  await ask.allow?.(refunded)

  const claim = (a: fulfilment.Allocated, quantity: number) => ({
    allocation: a.id,
    sku: a.sku,
    place: a.place,
    shelf: a.shelf,
    quantity,
    code: p.code(a.sku),
  })
  // What was owed to a hold was never on a shelf: it is dropped, not given back.
  const dropped = back.map((b) => ({ ...b, short: Math.min(b.a.short, b.quantity) }))
  stock.releaseShort(tx, {
    order,
    lines: dropped.filter((d) => d.short > 0).map((d) => claim(d.a, d.short)),
  })
  const freed = dropped.filter((d) => d.quantity > d.short)
  stock.release(tx, { order, lines: freed.map((d) => claim(d.a, d.quantity - d.short)) })
  const ended = new Set(dropped.filter((d) => d.short === d.a.short).map((d) => d.a.id))
  for (const s of shortages) if (ended.has(s.allocation)) fulfilment.closeShortage(tx, s, 'cancelled')
  payments.waive(tx, { ...p.debt, amount: waived })
  payments.refund(tx, { ...p.debt, amount: refunded, method: p.order.payment, reason: 'cancelled' })
  if (whole && p.order.points > 0)
    points.giveBackSpent(tx, { member: p.order.buyer, order, amount: p.order.points })
  if (isAll) setClock()
  const said = {
    reason: ask.reason,
    note: ask.note?.() ?? null,
    skus: [...new Set(back.map((b) => b.a.sku))],
  }
  if (whole) orders.cancelled(tx, p.order, said)
  else {
    // A mall may also ask less for the same goods: what is owed has changed, and whoever follows the order is told.
    if (back.length > 0 || waived > 0) orders.partCancelled(tx, p.order, said)
    if (isAll && p.owed === waived) orders.closed(tx, p.order)
    else orders.touch(tx, p.order)
  }
  return { released: freed.reduce((n, d) => n + d.quantity - d.short, 0), waived, refunded, cancelled: whole }
}

/** All that is held, or so many units of each line: what is missing goes before what is there. */
function takenBack(p: Picture, units: ReadonlyMap<number, number> | undefined) {
  if (!units) return p.allocations.filter((a) => a.held > 0).map((a) => ({ a, quantity: a.held }))
  const missingFirst = p.allocations.toSorted((a, b) => b.short - a.short)
  return [...units].flatMap(([line, n]) =>
    takeOff(missingFirst, line, n, (a) => a.held).map((t) => ({ a: t.allocation, quantity: t.quantity })),
  )
}
