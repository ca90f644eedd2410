import type { Vault } from '#domains/persons'
import type { Tx } from '#kernel/gate'
import { LineUnknown, MoreThanShipped } from './refusals.ts'
import { demandWhole, merged, pictureOf, takeOff, pointsOn, unitsOf, worth } from './picture.ts'
import { orders, payments, persons, points, returns, shops, stock } from './rooms.ts'
import { demandRefundable, refundLimit } from './refundable.ts'
import { leftWithout, namedUnits, type Serials } from './serials.ts'

export type ReturnGoods = {
  order: number
  lines: readonly { line: number; quantity: number }[]
  place: number
  condition: 'sellable' | 'quarantine'
  /** The worth of the lines when not told, for those who may give back anything; nothing for others. */
  refund?: number
  pin?: boolean
  /** Of goods that bear numbers, those that came back. */
  serials?: Serials
  note: string
  within?: number
}

/** Goods came back: onto a shelf in the condition they are in, linked to the lines they were sold on, with the money and the points that belonged to them. */
export const returnGoods = (vault: Vault) =>
  async function returnGoods(
    tx: Tx,
    ask: ReturnGoods,
  ): Promise<{ record: number; refunded: number; points_taken: number }> {
    const p = await pictureOf(tx, ask.order, ask.within)
    demandWhole(p, ask.within)
    const lines = merged(ask.lines)
    const out = new Map(p.lines.map((l) => [l.line, unitsOf(p.allocations, l.line, (a) => a.shipped)]))
    const taken = lines.flatMap((w) => {
      const can = out.get(w.line)
      if (can === undefined) throw LineUnknown({ order: ask.order, line: w.line })
      if (w.quantity > can) throw MoreThanShipped({ line: w.line, shipped: can, wanted: w.quantity })
      return takeOff(p.allocations, w.line, w.quantity, (a) => a.shipped)
    })
    /** What the units that come back are of all that is out, in yen or in points spent. */
    const shareOf = (part: typeof worth) =>
      lines.reduce((sum, w) => {
        const line = p.lines.find((l) => l.line === w.line)!
        return sum + part(line, w.quantity, line.quantity - out.get(w.line)!)
      }, 0)
    const value = shareOf(worth)
    const allOut = p.lines.reduce(
      (sum, l) => sum + worth(l, out.get(l.line)!, l.quantity - out.get(l.line)!),
      0,
    )
    const refund = ask.refund ?? ((await refundLimit(tx, p)) === null ? Math.min(value, p.captured) : 0)
    await demandRefundable(tx, p, { amount: refund, pin: ask.pin })
    const shelves = new Map(
      await Promise.all(
        [...new Set(taken.map((t) => t.allocation.sku))].map(
          async (sku) => [sku, await stock.shelvesOf(tx, sku)] as const,
        ),
      ),
    )
    const rules = await shops.settings(tx, p.order.shop)
    const earned = await points.earnedFor(tx, ask.order)
    // What stays with the buyer keeps its points: the rest goes, to the last one with the last unit.
    const lost = earned - (allOut > 0 ? Math.floor((earned * (allOut - value)) / allOut) : 0)
    const spentBack = shareOf(pointsOn)
    const takeBack =
      rules.points_per_100 > 0 && lost > 0
        ? await points.takeBack(tx, { member: p.order.buyer, order: ask.order, amount: lost })
        : undefined

    const named = await namedUnits(tx, p, taken, ask.serials)
    const unnamed = await leftWithout(tx, p, named)
    const note = await persons.noteOn(tx, vault, { person: p.order.buyer, words: ask.note })

    const condition = stock.condition[ask.condition]
    const record = returns.recordReturn(tx, {
      order: ask.order,
      lines,
      place: ask.place,
      condition,
      refund,
      note: note(),
    })
    const opened = new Map<number, number>()
    const shelf = (sku: number) => {
      if (!opened.has(sku))
        opened.set(sku, stock.shelfFor(tx, shelves.get(sku)!, { sku, place: ask.place, condition }))
      return opened.get(sku)!
    }
    stock.giveBack(tx, {
      order: ask.order,
      record,
      lines: taken.map(({ allocation: a, quantity }) => ({
        allocation: a.id,
        sku: a.sku,
        place: ask.place,
        condition,
        shelf: shelf(a.sku),
        quantity,
        code: p.code(a.sku),
      })),
      units: [...named].map(([sku, units]) => ({
        named: units,
        shelf: shelf(sku),
        unnamed: unnamed.get(sku)!,
      })),
    })
    payments.refund(tx, { ...p.debt, amount: refund, method: p.order.payment, reason: 'returned' })
    takeBack?.()
    points.giveBackSpent(tx, { member: p.order.buyer, order: ask.order, amount: spentBack })
    orders.touch(tx, p.order)
    return { record, refunded: refund, points_taken: takeBack ? lost : 0 }
  }
