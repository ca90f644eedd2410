import { account, kind, type Account } from '#kernel/ledger'

/** What a stock account holds, and where. */
export type Goods = {
  readonly sku: number
  readonly place: number
  readonly condition?: number
  readonly lot?: number
  readonly owner?: number
}
export const condition = { sellable: 0, quarantine: 1, used: 2 } as const
export type Condition = keyof typeof condition

const onHandKind = kind({ number: 1, name: 'stock.on_hand', book: 'stock' })
const heldKind = kind({ number: 2, name: 'stock.held', book: 'stock', ephemeral: true })
const transitKind = kind({ number: 3, name: 'stock.in_transit', book: 'stock', ephemeral: true })
const shortKind = kind({ number: 4, name: 'stock.short', book: 'stock', floor: null, ephemeral: true })
const shippedKind = kind({ number: 5, name: 'stock.shipped', book: 'stock' })
const supplierKind = kind({ number: 101, name: 'stock.supplier', book: 'stock', counter: true })
const differenceKind = kind({ number: 102, name: 'stock.difference', book: 'stock', counter: true })
const openingKind = kind({ number: 103, name: 'stock.opening', book: 'stock', counter: true })

const of = (g: Goods) => ({
  unit: g.sku,
  place: g.place,
  condition: g.condition ?? 0,
  lot: g.lot ?? 0,
  stockOwner: g.owner ?? 0,
})
/** Free to sell, when the condition is sellable. */
export const onHand = (shelf: number, g: Goods): Account => account(onHandKind, shelf, of(g))
/** Set aside for one allocation. */
export const heldFor = (allocation: number, g: Goods): Account => account(heldKind, allocation, of(g))
/** Promised by a fact, and not there: zero or below. */
export const shortOf = (allocation: number, g: Goods): Account => account(shortKind, allocation, of(g))
/** At the buyer's. */
export const shippedOn = (allocation: number, g: Goods): Account => account(shippedKind, allocation, of(g))
/** On the way; `line` is a number of its own for each SKU of a journey. */
export const inTransit = (line: number, g: Goods): Account => account(transitKind, line, of(g))
export const supplier = (g: Goods): Account => account(supplierKind, g.place, of(g))
export const difference = (g: Goods): Account => account(differenceKind, g.place, of(g))
export const openingStock = (g: Goods): Account => account(openingKind, g.place, of(g))
/** Which SKUs it is about, each once. */
export const skusOf = (lines: readonly { sku: number }[]): number[] => [...new Set(lines.map((l) => l.sku))]
