/**
 * What a SKU cost, costs and will cost, as moments: each row holds until the next one. A price for a while (`sale`) is two
 * rows, for whoever asks for the price in force needs to know of one only: its own, and an `end` that costs what is paid
 * without it. What is taken back stays as evidence and is followed by a row of its moment (`withdrawn`) that costs what
 * is paid without it. Both are put right whenever what they follow changes. Pure.
 */
import type { UnitPrice } from '#kernel/money'

export type Rule = 'list' | 'sale' | 'end' | 'withdrawn'
export type Moment = { unit_price: UnitPrice; from: Date; until: Date | null; rule: Rule }

/** Rows whose price follows from others and is not what it should be by now. */
export function corrections(rows: readonly Moment[]): Moment[] {
  const wrong: Moment[] = []
  let base: UnitPrice | undefined
  let sale: { unit_price: UnitPrice; until: Date } | undefined
  for (const row of rows.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    if (sale && sale.until <= row.from) sale = undefined
    if (row.rule === 'list') {
      base = row.unit_price
      sale = undefined
    } else if (row.rule === 'sale') sale = { unit_price: row.unit_price, until: row.until! }
    else {
      if (row.rule === 'end') sale = undefined
      const due = sale?.unit_price ?? base
      if (due !== undefined && due !== row.unit_price) wrong.push({ ...row, unit_price: due })
    }
  }
  return wrong
}
/** The moments with these put in, each taking the place of one at the same moment. */
export const together = (rows: readonly Moment[], more: readonly Moment[]): Moment[] => {
  const at = new Map(rows.map((r) => [r.from.getTime(), r]))
  for (const row of more) at.set(row.from.getTime(), row)
  return [...at.values()].toSorted((a, b) => a.from.getTime() - b.from.getTime())
}
/** What is paid without a price for a while; undefined where nothing was ever said. */
export function baseAt(rows: readonly Moment[], at: Date): UnitPrice | undefined {
  return rows.findLast((r) => r.rule === 'list' && r.from <= at)?.unit_price
}
const isPlanned = (r: Moment) => r.rule === 'list' || r.rule === 'sale'
/** A planned price that stands in the way of one from `from` until `until`. */
export function inTheWay(rows: readonly Moment[], from: Date, until: Date | null): Moment | undefined {
  return rows.find((r) => {
    if (!isPlanned(r)) return false
    if (r.rule === 'sale' && r.from < (until ?? from) && r.until! > from) return true
    if (r.rule === 'sale' && until === null) return r.from <= from && r.until! > from
    return until !== null && r.from > from && r.from < until
  })
}

const day = 86_400_000
/**
 * The price that may stand beside a lower one as the usual price (二重価格) at a moment: paid for more than half of the eight
 * weeks before it (or of the time it has been sold, if that is less), for two weeks at least, and last not over two weeks ago.
 * Source: the Consumer Affairs Agency's guideline on price indications, part 4.2(1)a. To be confirmed by the merchant's counsel.
 */
export function usualPrice(rows: readonly Moment[], at: Date): UnitPrice | undefined {
  const end = at.getTime()
  const first = rows[0]?.from.getTime()
  if (first === undefined || first >= end) return undefined
  const start = Math.max(first, end - 56 * day)
  const paid = new Map<UnitPrice, { time: number; last: number }>()
  rows.forEach((row, n) => {
    const from = Math.max(row.from.getTime(), start)
    const to = Math.min(rows[n + 1]?.from.getTime() ?? Infinity, end)
    if (to <= from) return
    const known = paid.get(row.unit_price)
    paid.set(row.unit_price, { time: (known?.time ?? 0) + to - from, last: to })
  })
  for (const [price, { time, last }] of paid)
    if (time * 2 > end - start && time >= 14 * day && end - last <= 14 * day) return price
  return undefined
}
