import type { Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { move, post } from '#kernel/ledger'
import { heldFor, onHand, shortOf, skusOf, type Goods } from './accounts.ts'
import { StockCovered, StockReleased } from './events.ts'
import { OutOfStock, tooFew } from './refusals.ts'
import { unshelve, type Named } from './serials.ts'

/** An order line's claim on a shelf. `quantity` in the SKU's smallest units. */
export type Claim = Goods & {
  allocation: number
  shelf: number
  quantity: number
  code: string
  /** The very units, where they bear numbers of their own. */
  serials?: Named
}

/** Sets units aside for an order. Refuses, naming every short line, when a shelf has fewer. */
export function hold(tx: Tx, ask: { order: number; lines: readonly Claim[]; happenedAt?: Date }): void {
  post(tx, {
    moves: ask.lines.map((l) => move(onHand(l.shelf, l), heldFor(l.allocation, l), l.quantity)),
    reason: 'stock.held',
    ref: ask.order,
    ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
    no: (short) =>
      OutOfStock({
        short: short.map((s) => {
          const line = ask.lines.find((l) => l.sku === s.account.of.unit)!
          return { sku: line.code, wanted: line.quantity, left: s.has }
        }),
      }),
  })
}
/** Books what a fact promised and no shelf has: it is held, and owed by `short` until it is covered. Never refused. */
export function lack(
  tx: Tx,
  ask: { order: number; lines: readonly Omit<Claim, 'shelf'>[]; happenedAt?: Date },
): void {
  post(tx, {
    moves: ask.lines.map((l) => move(shortOf(l.allocation, l), heldFor(l.allocation, l), l.quantity)),
    reason: 'stock.short',
    ref: ask.order,
    ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
  })
}
/** Goods were found for a shortage. */
export function cover(tx: Tx, ask: { order: number; shortage: number; claim: Claim }): void {
  const c = ask.claim
  post(tx, {
    moves: [move(onHand(c.shelf, c), shortOf(c.allocation, c), c.quantity)],
    reason: 'stock.covered',
    ref: ask.order,
    no: tooFew([c]),
  })
  // They have left already: what is found out now is which ones.
  if (c.serials) unshelve(tx, c.serials, c.shelf, { order: ask.order, allocation: c.allocation })
  covered(tx, { order: ask.order, shortage: ask.shortage, sku: c.sku })
}
/** The same from another shelf: the order is served from there, and what the first one owed is owed no more. */
export function coverElsewhere(
  tx: Tx,
  ask: { order: number; shortage: number; owing: Omit<Claim, 'shelf'>; claim: Claim },
): void {
  const { owing: o, claim: c } = ask
  post(tx, {
    moves: [
      move(onHand(c.shelf, c), heldFor(c.allocation, c), c.quantity),
      move(heldFor(o.allocation, o), shortOf(o.allocation, o), o.quantity),
    ],
    reason: 'stock.covered_elsewhere',
    ref: ask.order,
    no: tooFew([c]),
  })
  covered(tx, { order: ask.order, shortage: ask.shortage, sku: c.sku })
}
/** Says that a shortage has goods now. */
const covered = (tx: Tx, ask: { order: number; shortage: number; sku: number }): void =>
  append(tx, StockCovered, {
    subject: `order:${ask.order}`,
    body: { order: ask.order, shortage: ask.shortage, skus: [ask.sku] },
  })
/** Gives held units back to their shelf: the order does not want them any more. */
export function release(tx: Tx, ask: { order: number; lines: readonly Claim[] }): void {
  if (ask.lines.length === 0) return
  post(tx, {
    moves: ask.lines.map((l) => move(heldFor(l.allocation, l), onHand(l.shelf, l), l.quantity)),
    reason: 'stock.released',
    ref: ask.order,
    no: tooFew(ask.lines),
  })
  append(tx, StockReleased, {
    subject: `order:${ask.order}`,
    body: { order: ask.order, skus: skusOf(ask.lines) },
  })
}
/** Units that were never there need not be given back: what was owed to the hold is written off against it. */
export function releaseShort(tx: Tx, ask: { order: number; lines: readonly Claim[] }): void {
  if (ask.lines.length === 0) return
  post(tx, {
    moves: ask.lines.map((l) => move(heldFor(l.allocation, l), shortOf(l.allocation, l), l.quantity)),
    reason: 'stock.short_dropped',
    ref: ask.order,
    no: tooFew(ask.lines),
  })
}
