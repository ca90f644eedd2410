import assert from 'node:assert/strict'

/** Integer minor units of a currency: yen, pence. Never a fraction, never a float. */
export type Money = { readonly amount: number; readonly currency: Currency }
export type Currency = 'JPY' | 'GBP' | 'USD' | 'EUR' | 'CNY' | 'KRW' | 'TWD'
/** Whole yen: the zero-decimal case, and the unit of every amount whose name says nothing else. */
export type Yen = number
/** Ten-thousandths of a minor unit: 単価 may have four decimals (7.5 円 is 75,000) and is kept exact. */
export type UnitPrice = number & { readonly unitPrice?: unique symbol }
/** How a merchant rounds. Japan leaves the choice; down is the usual one. */
export type Rounding = 'down' | 'half_up' | 'up'

export function yen(amount: number): Yen {
  assert(Number.isSafeInteger(amount), `not whole yen: ${amount}`)
  return amount
}

/** Reads `7.5` or `1980`; more than four decimals, signs, exponents and blanks are no price. */
export function unitPrice(text: string): UnitPrice | undefined {
  const m = /^(\d{1,11})(?:\.(\d{1,4}))?$/.exec(text)
  return m ? Number(m[1]) * 10_000 + Number((m[2] ?? '').padEnd(4, '0')) : undefined
}
export function unitPriceText(price: UnitPrice): string {
  const decimals = String(price % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${Math.floor(price / 10_000)}${decimals && `.${decimals}`}`
}

function divide(numerator: bigint, denominator: bigint, rounding: Rounding): number {
  assert(denominator > 0n)
  // Rounding is towards and away from zero, so that a refund mirrors its sale.
  const negative = numerator < 0n
  const n = negative ? -numerator : numerator
  const whole = n / denominator
  const rest = n % denominator
  const up = rounding === 'up' ? rest > 0n : rounding === 'half_up' ? rest * 2n >= denominator : false
  const result = Number(up ? whole + 1n : whole)
  assert(Number.isSafeInteger(result), 'amount out of range')
  return negative && result !== 0 ? -result : result
}

/** Unit price × quantity, rounded once for the line. `quantity` is in the SKU's smallest unit, `decimals` of them to one priced unit. */
export function lineAmount(
  price: UnitPrice,
  quantity: number,
  decimals = 0,
  rounding: Rounding = 'down',
): number {
  assert(Number.isSafeInteger(price) && Number.isSafeInteger(quantity))
  return divide(BigInt(price) * BigInt(quantity), 10_000n * 10n ** BigInt(decimals), rounding)
}

/** The tax contained in a tax-included amount. `rate` in ten-thousandths: 10 % is 1000. */
export function taxInside(amount: number, rate: number, rounding: Rounding = 'down'): number {
  return divide(BigInt(amount) * BigInt(rate), 10_000n + BigInt(rate), rounding)
}

/**
 * Divides a whole amount by weights so that the parts sum exactly to it (largest remainder; ties to the earlier part).
 * Weights are whole and not negative, at least one positive, unless the total is 0.
 */
export function split(total: number, weights: readonly number[]): number[] {
  assert(Number.isSafeInteger(total), `cannot split ${total}`)
  for (const w of weights) assert(Number.isSafeInteger(w) && w >= 0, `weight ${w}`)
  const sum = weights.reduce((a, w) => a + BigInt(w), 0n)
  if (total === 0) return weights.map(() => 0)
  assert(sum > 0n, 'nothing to split over')
  const sign = total < 0 ? -1 : 1
  const whole = BigInt(Math.abs(total))
  const parts = weights.map((w) => Number((whole * BigInt(w)) / sum))
  const rests = weights.map((w) => (whole * BigInt(w)) % sum)
  let left = Math.abs(total) - parts.reduce((a, p) => a + p, 0)
  const order = rests
    .map((_, i) => i)
    .sort((a, b) => (rests[a] === rests[b] ? a - b : rests[a]! > rests[b]! ? -1 : 1))
  for (const i of order) {
    if (left === 0) break
    parts[i]!++
    left--
  }
  return parts.map((p) => p * sign || 0)
}

/**
 * What is due per tax rate, and the tax inside, rounded once per rate for the whole invoice (消費税法: 適格請求書).
 * A deduction (coupon, points) is apportioned over the rates so that the parts sum exactly to what is paid.
 */
export function dueByRate(
  goods: ReadonlyMap<number, number>,
  deduction: number,
  rounding: Rounding = 'down',
): { rate: number; due: number; tax: number }[] {
  const rates = [...goods].sort((a, b) => b[0] - a[0])
  const off = split(
    deduction,
    rates.map(([, amount]) => amount),
  )
  return rates.map(([rate, amount], i) => {
    const due = amount - off[i]!
    return { rate, due, tax: taxInside(due, rate, rounding) }
  })
}
