/** Where an order's goods may be taken from: what web orders, malls and tills look up before they choose. */
import * as catalog from '#domains/catalog'
import * as fulfilment from '#domains/fulfilment'
import * as places from '#domains/places'
import * as stock from '#domains/stock'
import type { Tx } from '#kernel/gate'

type Needs = readonly fulfilment.Need[]
const skusOf = (needs: Needs) => [...new Set(needs.map((n) => n.sku))]

/** Every shelf of each SKU needed; `read` says how old an answer may be. */
export async function shelvesFor(
  tx: Tx,
  needs: Needs,
  read = stock.shelvesOf,
): Promise<Map<number, readonly stock.Shelf[]>> {
  return new Map(await Promise.all(skusOf(needs).map(async (sku) => [sku, await read(tx, sku)] as const)))
}
/** May be sold to anybody: undamaged, and our own. */
export const sellable = (s: stock.Shelf): boolean => s.condition === stock.condition.sellable && s.owner === 0

/** The shelves orders from afar may be served from, with what is free on them. */
export async function supplyOf(
  tx: Tx,
  shelves: ReadonlyMap<number, readonly stock.Shelf[]>,
): Promise<fulfilment.Supply[]> {
  const all = await places.allPlaces(tx)
  const open = new Map(all.filter((p) => p.sells_web).map((p) => [p.id, p.priority]))
  return [...shelves.values()].flat().flatMap((s) => {
    const priority = open.get(s.place)
    return priority === undefined || !sellable(s)
      ? []
      : [{ sku: s.sku, shelf: s.id, place: s.place, priority, free: s.on_hand }]
  })
}

/** Codes for words; the parts of a set are not among the SKUs that were asked for. */
export async function codesOf(
  tx: Tx,
  needs: Needs,
  skus: readonly { id: number; code: string }[],
): Promise<(sku: number) => string> {
  const known = new Map(skus.map((s) => [s.id, s.code]))
  const parts = skusOf(needs).filter((s) => !known.has(s))
  for (const part of await catalog.skusById(tx, parts)) known.set(part.id, part.code)
  return (sku) => known.get(sku)!
}

/** What was chosen, as claims on shelves, each with an allocation of its own. */
export const claimsOf = (
  tx: Tx,
  order: number,
  picks: fulfilment.Plan['picks'],
  code: (sku: number) => string,
) =>
  picks.map(({ line, sku, shelf, place, quantity, perLine }) => ({
    sku,
    place,
    shelf,
    quantity,
    code: code(sku),
    allocation: fulfilment.allocate(tx, { order, line, sku, shelf, place, perLine }),
  }))
