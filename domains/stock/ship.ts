import type { Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { move, post } from '#kernel/ledger'
import { heldFor, onHand, shippedOn, shortOf, skusOf } from './accounts.ts'
import { StockReturned, StockShipped } from './events.ts'
import type { Claim } from './hold.ts'
import { NothingHeld, tooFew } from './refusals.ts'
import { takeBack, unshelve, type Named } from './serials.ts'

/** Held units leave the house. What is not held cannot be shipped, so nothing is shipped twice. */
export function ship(
  tx: Tx,
  ask: { order: number; shipment: number; lines: readonly Claim[]; happenedAt?: Date },
): void {
  post(tx, {
    moves: ask.lines.map((l) => move(heldFor(l.allocation, l), shippedOn(l.allocation, l), l.quantity)),
    reason: 'stock.shipped',
    ref: ask.order,
    ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
    no: () => NothingHeld({ order: ask.order }),
  })
  sold(tx, ask)
  append(tx, StockShipped, {
    subject: `order:${ask.order}`,
    body: { order: ask.order, shipment: ask.shipment, skus: skusOf(ask.lines) },
    ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
  })
}
/** The buyer has taken the goods with them (till). What the books say is not on the shelf is short: the goods were there, so the books are wrong. A fact. */
export function hand(
  tx: Tx,
  ask: { order: number; shipment: number; lines: readonly (Claim & { short: number })[]; happenedAt: Date },
): void {
  const moves = ask.lines.flatMap((l) => [
    ...(l.quantity > 0 ? [move(onHand(l.shelf, l), shippedOn(l.allocation, l), l.quantity)] : []),
    ...(l.short > 0 ? [move(shortOf(l.allocation, l), shippedOn(l.allocation, l), l.short)] : []),
  ])
  post(tx, {
    moves,
    reason: 'stock.sold',
    ref: ask.order,
    happenedAt: ask.happenedAt,
    no: tooFew(ask.lines),
  })
  sold(tx, ask)
  append(tx, StockShipped, {
    subject: `order:${ask.order}`,
    body: { order: ask.order, shipment: ask.shipment, skus: skusOf(ask.lines) },
    happenedAt: ask.happenedAt,
  })
}
/** Units that bear a number are now this order's. */
function sold(tx: Tx, ask: { order: number; lines: readonly Claim[] }): void {
  for (const l of ask.lines)
    if (l.serials) unshelve(tx, l.serials, l.shelf, { order: ask.order, allocation: l.allocation })
}
/**
 * Units came back from the buyer onto a shelf. Never more than were shipped on the line. `units` are those with a number of
 * their own, each with how many of its SKU had left without one.
 */
export function giveBack(
  tx: Tx,
  ask: {
    order: number
    record: number
    lines: readonly Claim[]
    happenedAt?: Date
    units?: readonly { named: Named; shelf: number; unnamed: number }[]
  },
): void {
  post(tx, {
    moves: ask.lines.map((l) => move(shippedOn(l.allocation, l), onHand(l.shelf, l), l.quantity)),
    reason: 'stock.returned',
    ref: ask.order,
    ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
    no: tooFew(ask.lines),
  })
  for (const u of ask.units ?? [])
    takeBack(tx, u.named, { order: ask.order, shelf: u.shelf, unnamed: u.unnamed })
  append(tx, StockReturned, {
    subject: `order:${ask.order}`,
    body: { order: ask.order, record: ask.record, skus: skusOf(ask.lines) },
    ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
  })
}
