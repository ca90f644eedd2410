import type { Tx } from '#kernel/gate'
import type { Picture } from './picture.ts'
import { fulfilment, stock } from './rooms.ts'

/** Numbers read off the goods, by SKU: of a set, those of its parts. */
export type Serials = readonly { sku: string; serials: readonly string[] }[]
type Taken = readonly { allocation: fulfilment.Allocated; quantity: number }[]

/** The very units behind what is moved, by SKU: as many numbers as units of each that is kept by them, and none of any other. */
export async function namedUnits(
  tx: Tx,
  p: Picture,
  taken: Taken,
  told: Serials | undefined,
): Promise<Map<number, stock.Named>> {
  const quantities = new Map<number, number>()
  for (const { allocation: a, quantity } of taken)
    quantities.set(a.sku, (quantities.get(a.sku) ?? 0) + quantity)
  const codes = new Set([...quantities.keys()].map((sku) => p.code(sku)))
  const stray = told?.find((s) => !codes.has(s.sku))
  if (stray) throw stock.SerialsNotKept({ sku: stray.sku })
  const named = new Map<number, stock.Named>()
  for (const [id, quantity] of quantities) {
    const sku = p.sku(id)
    const serials = told?.flatMap((s) => (s.sku === sku.code ? s.serials : [])) ?? []
    const units = await stock.unitsFor(tx, { sku, serials, quantity })
    if (units) named.set(id, units)
  }
  return named
}
/** Which of them leave with which claim: those that stand on its shelf. */
export function byClaim(named: ReadonlyMap<number, stock.Named>, taken: Taken) {
  const by = new Map<Taken[number], stock.Named>()
  for (const [sku, units] of named) {
    const mine = taken.filter((t) => t.allocation.sku === sku)
    const divided = stock.unitsOn(
      units,
      mine.map((t) => ({ shelf: t.allocation.shelf, quantity: t.quantity })),
    )
    mine.forEach((t, i) => divided[i] && by.set(t, divided[i]))
  }
  return by
}
/** How many units of each SKU the order has that nobody said the number of: sold at a till whose books knew no such unit. */
export async function leftWithout(
  tx: Tx,
  p: Picture,
  named: ReadonlyMap<number, stock.Named>,
): Promise<Map<number, number>> {
  if (named.size === 0) return new Map()
  const sold = await stock.serialsSoldOn(tx, p.order.id)
  return new Map(
    [...named.keys()].map((sku) => {
      const mine = p.allocations.filter((a) => a.sku === sku)
      const out = mine.reduce((n, a) => n + a.shipped, 0)
      return [sku, out - sold.filter((s) => mine.some((a) => a.id === s.allocation)).length]
    }),
  )
}
