import type { Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { level, move, post } from '#kernel/ledger'
import { difference, onHand, openingStock, skusOf, supplier, type Goods } from './accounts.ts'
import { StockCounted, StockReceived } from './events.ts'
import { tooFew } from './refusals.ts'
import { shelve, unshelve, type Named } from './serials.ts'

export type Onto = Goods & { shelf: number; quantity: number; serials?: Named }

/** Goods came in from a supplier. A fact. */
export function receive(
  tx: Tx,
  ask: { place: number; lines: readonly Onto[]; ref?: number; happenedAt?: Date },
): void {
  post(tx, {
    moves: ask.lines.map((l) => move(supplier(l), onHand(l.shelf, l), l.quantity)),
    reason: 'stock.received',
    ...when(ask),
  })
  for (const l of ask.lines) if (l.serials) shelve(tx, l.serials, l.shelf, l.lot)
  append(tx, StockReceived, {
    subject: `place:${ask.place}`,
    body: { place: ask.place, skus: skusOf(ask.lines), reason: 'received' },
    ...happened(ask),
  })
}
/** Goods came back, and which sale they belong to is not known. A fact. */
export function takeIn(
  tx: Tx,
  ask: { place: number; lines: readonly Onto[]; ref: number; happenedAt: Date },
): void {
  post(tx, {
    moves: ask.lines.map((l) => move(difference(l), onHand(l.shelf, l), l.quantity)),
    reason: 'stock.returned_unlinked',
    ...when(ask),
  })
  append(tx, StockReceived, {
    subject: `place:${ask.place}`,
    body: { place: ask.place, skus: skusOf(ask.lines), reason: 'returned_unlinked' },
    ...happened(ask),
  })
}
/** What was there when the books began. */
export function opening(tx: Tx, ask: { place: number; lines: readonly Onto[] }): void {
  post(tx, {
    moves: ask.lines.map((l) => move(openingStock(l), onHand(l.shelf, l), l.quantity)),
    reason: 'stock.opening',
  })
  for (const l of ask.lines) if (l.serials) shelve(tx, l.serials, l.shelf, l.lot)
  append(tx, StockReceived, {
    subject: `place:${ask.place}`,
    body: { place: ask.place, skus: skusOf(ask.lines), reason: 'opening' },
  })
}
/** Somebody counted: a fact, whatever the books said. What is held has left the shelf already and is not counted with it. */
export function count(tx: Tx, ask: { place: number; lines: readonly Onto[]; happenedAt?: Date }): void {
  post(tx, {
    moves: ask.lines.map((l) => level(onHand(l.shelf, l), l.quantity, difference(l))),
    reason: 'stock.counted',
    ...when(ask),
  })
  append(tx, StockCounted, {
    subject: `place:${ask.place}`,
    body: { place: ask.place, skus: skusOf(ask.lines) },
    ...happened(ask),
  })
}
/** Found, broken or lost: by so many, with the reason that the caller gives. */
export function adjust(
  tx: Tx,
  ask: Goods & {
    shelf: number
    by: number
    code: string
    reason: string
    serials?: Named
    happenedAt?: Date
  },
): void {
  const shelf = onHand(ask.shelf, ask)
  const m = ask.by > 0 ? move(difference(ask), shelf, ask.by) : move(shelf, difference(ask), -ask.by)
  post(tx, {
    moves: [m],
    reason: `stock.adjusted:${ask.reason}`,
    ...happened(ask),
    no: tooFew([ask]),
  })
  if (ask.serials && ask.by > 0) shelve(tx, ask.serials, ask.shelf, ask.lot)
  else if (ask.serials) unshelve(tx, ask.serials, ask.shelf, 'gone')
  append(tx, StockCounted, {
    subject: `place:${ask.place}`,
    body: { place: ask.place, skus: [ask.sku] },
    ...happened(ask),
  })
}
const when = (ask: { ref?: number; happenedAt?: Date }) => ({
  ...(ask.ref !== undefined && { ref: ask.ref }),
  ...happened(ask),
})
const happened = (ask: { happenedAt?: Date }) => (ask.happenedAt ? { happenedAt: ask.happenedAt } : {})
