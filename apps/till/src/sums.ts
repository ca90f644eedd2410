export type Item = {
  sku: string
  jan: string | null
  name: { ja: string; en: string }
  /** Absent of goods that were kept before there were any. */
  kana?: string | null
  serial_kept?: boolean
  variant?: { ja: string; en: string }
  options: Readonly<Record<string, string>>
  price: number
  rate: number
  age: number | null
  picture: string | null
  available: number
}
/** `serials` as they were read off the goods: at most as many as units, for a sale happens without them, too. */
export type Line = { item: Item; quantity: number; serials?: readonly string[] }
export type Due = { rate: number; due: number; tax: number }

/** Shares that sum exactly: rounded down, the rest to the largest remainders. The server does the same. */
export function split(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (total === 0 || sum === 0) return weights.map(() => 0)
  const parts = weights.map((weight) => Math.floor((total * weight) / sum))
  const rests = weights.map((weight) => (total * weight) % sum)
  const left = total - parts.reduce((all, part) => all + part, 0)
  const order = rests.map((_, at) => at).sort((a, b) => (rests[b] ?? 0) - (rests[a] ?? 0) || a - b)
  for (const at of order.slice(0, left)) parts[at] = (parts[at] ?? 0) + 1
  return parts
}

type Rounding = 'down' | 'half_up' | 'up'
/** The tax contained in what is due. The server does the same. */
function taxIn(due: number, rate: number, rounding: Rounding): number {
  const tax = due * rate
  const part = 10_000 + rate
  if (rounding === 'up') return Math.ceil(tax / part)
  return rounding === 'half_up' ? Math.floor((2 * tax + part) / (2 * part)) : Math.floor(tax / part)
}

export const amountOf = (line: Line) => line.item.price * line.quantity

/** Prices include tax; points lower what is due, each rate by its share; tax is rounded once per rate, as the shop rounds. */
export function sumsOf(lines: readonly Line[], wantedPoints: number, rounding: Rounding = 'down') {
  const amounts = lines.map(amountOf)
  const goods = amounts.reduce((all, amount) => all + amount, 0)
  const points = Math.min(wantedPoints, goods)
  const shares = split(points, amounts)
  const byRate = new Map<number, number>()
  lines.forEach((line, at) => {
    const due = (amounts[at] ?? 0) - (shares[at] ?? 0)
    byRate.set(line.item.rate, (byRate.get(line.item.rate) ?? 0) + due)
  })
  const taxes: Due[] = [...byRate]
    .sort((a, b) => b[0] - a[0])
    .map(([rate, due]) => ({ rate, due, tax: taxIn(due, rate, rounding) }))
  return {
    goods,
    points,
    total: goods - points,
    taxes,
    count: lines.reduce((all, line) => all + line.quantity, 0),
  }
}

/** What a customer is likely to hand over: exactly, to the next thousand, or a note of five or ten thousand. */
export function quickAmounts(total: number): number[] {
  const notes = [1000, 5000, 10_000].map((note) => Math.ceil(total / note) * note)
  return [...new Set([total, ...notes])]
}
