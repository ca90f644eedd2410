import type { Tx } from '#kernel/gate'
import { split } from '#kernel/money'
import { balance } from '#kernel/ledger'
import { ElsewhereOnly } from './refusals.ts'
import { catalog, fulfilment, orders, payments } from './rooms.ts'

/** An order as every desk flow needs it: what was agreed, and what the ledger says has become of it. The order's row is guarded: whoever changes it too, runs again. */
export async function pictureOf(tx: Tx, id: number, within?: number) {
  const order = await orders.orderById(tx, id)
  const debt = { order: id, shop: order.shop, currency: order.currency }
  const [lines, allocations, owed, captured] = await Promise.all([
    orders.linesOf(tx, id),
    fulfilment.allocationsOf(tx, id),
    balance(tx, payments.owed(debt)),
    balance(tx, payments.captured(debt)),
  ])
  // Somebody of one place works on the orders of that place only.
  if (within !== undefined && !allocations.some((a) => a.place === within))
    throw ElsewhereOnly({ place: String(within) })
  const skus = new Map(
    (
      await catalog.skusById(tx, [...new Set([...lines.map((l) => l.sku), ...allocations.map((a) => a.sku)])])
    ).map((s) => [s.id, s]),
  )
  const sku = (id: number) => skus.get(id)!
  return { order, debt, lines, allocations, owed, captured, sku, code: (id: number) => sku(id).code }
}
/** What concerns the order as a whole is no single place's, unless all of it is there. */
export function demandWhole(
  p: { allocations: readonly fulfilment.Allocated[] },
  within: number | undefined,
): void {
  if (within !== undefined && p.allocations.some((a) => a.place !== within))
    throw ElsewhereOnly({ place: String(within) })
}
export type Picture = Awaited<ReturnType<typeof pictureOf>>

/** How many whole units of a line a number on its allocations makes up: of a set, the least of its parts. */
export function unitsOf(
  allocations: readonly fulfilment.Allocated[],
  line: number,
  of: (a: fulfilment.Allocated) => number,
): number {
  const bySku = new Map<number, { n: number; per: number }>()
  for (const a of allocations) {
    if (a.line !== line) continue
    const x = bySku.get(a.sku)
    if (x) x.n += of(a)
    else bySku.set(a.sku, { n: of(a), per: a.per_line })
  }
  return bySku.size === 0 ? 0 : Math.min(...[...bySku.values()].map((x) => Math.floor(x.n / x.per)))
}

/** A line named twice is one line. */
export function merged(
  lines: readonly { line: number; quantity: number }[],
): { line: number; quantity: number }[] {
  const sums = new Map<number, number>()
  for (const l of lines) sums.set(l.line, (sums.get(l.line) ?? 0) + l.quantity)
  return [...sums].map(([line, quantity]) => ({ line, quantity }))
}

/** Takes `units` of a line off its allocations, in their order, as far as `of` allows. */
export function takeOff(
  allocations: readonly fulfilment.Allocated[],
  line: number,
  units: number,
  of: (a: fulfilment.Allocated) => number,
): { allocation: fulfilment.Allocated; quantity: number }[] {
  const left = new Map<number, number>()
  const taken: { allocation: fulfilment.Allocated; quantity: number }[] = []
  for (const a of allocations) {
    if (a.line !== line) continue
    const want = left.get(a.sku) ?? units * a.per_line
    const quantity = Math.min(want, of(a))
    left.set(a.sku, want - quantity)
    if (quantity > 0) taken.push({ allocation: a, quantity })
  }
  return taken
}

/** What a part of a line was sold for, after its shares of discount and points; the parts of a line sum to the line. */
export function worth(line: orders.Line, units: number, before: number): number {
  const { discount = 0, points = 0 } = line.trace as { discount?: number; points?: number }
  return part(line, line.amount - discount - points, units, before)
}
/** The points that paid for a part of a line. */
export const pointsOn = (line: orders.Line, units: number, before: number): number =>
  part(line, (line.trace as { points?: number }).points ?? 0, units, before)
const part = (line: orders.Line, whole: number, units: number, before: number): number =>
  split(whole, [before, units, line.quantity - before - units])[1]!
