/**
 * The one total: screen, API, document, file and ledger all use it. Pure. Each line keeps why it costs what it costs.
 * Prices are tax-included (総額表示); tax is rounded once per rate for the whole order; deductions are apportioned so
 * that the parts sum exactly to what is paid (JAPAN.md, money and tax).
 */
import assert from 'node:assert/strict'
import { dueByRate, lineAmount, split, type Rounding } from '#kernel/money'
import type { Terms } from './prices.ts'

export type QuoteLine = { readonly sku: number; readonly quantity: number; readonly decimals: number }
export type QuotedLine = QuoteLine & {
  readonly line: number
  readonly unit_price: number
  readonly amount: number
  readonly tax_class: string
  readonly rate: number
  readonly trace: { price: number; rule: string; rounding: Rounding; discount: number; points: number }
}
export type Quote = {
  readonly lines: readonly QuotedLine[]
  readonly goods: number
  readonly shipping: number
  readonly fee: number
  readonly discount: number
  readonly points: number
  readonly total: number
  readonly taxes: readonly { rate: number; due: number; tax: number }[]
}

/** `shipping` and `fee` are tax-included and taxed at `serviceRate`; `discount` and `points` may not exceed what they are taken from. */
export function quote(
  lines: readonly QuoteLine[],
  terms: Terms,
  more: {
    shipping: number
    fee: number
    discount: number
    points: number
    serviceRate: number
    rounding: Rounding
  },
): Quote {
  const priced = lines.map((l) => {
    const t = terms.get(l.sku)
    assert(t, `sku ${l.sku} has no terms`)
    return { line: l, term: t, amount: lineAmount(t.unit_price, l.quantity, l.decimals, more.rounding) }
  })
  const goods = priced.reduce((s, p) => s + p.amount, 0)
  assert(more.discount >= 0 && more.discount <= goods, 'discount exceeds goods')
  const gross = goods + more.shipping + more.fee
  assert(more.points >= 0 && more.points <= gross - more.discount, 'points exceed the total')
  const amounts = priced.map((p) => p.amount)
  const discounts = goods > 0 ? split(more.discount, amounts) : amounts.map(() => 0)
  const net = amounts.map((a, i) => a - discounts[i]!)
  const services = more.shipping + more.fee
  const points = more.points > 0 ? split(more.points, [...net, services]) : [...net.map(() => 0), 0]
  const byRate = new Map<number, number>()
  priced.forEach((p, i) => byRate.set(p.term.rate, (byRate.get(p.term.rate) ?? 0) + net[i]! - points[i]!))
  if (services > 0)
    byRate.set(more.serviceRate, (byRate.get(more.serviceRate) ?? 0) + services - points.at(-1)!)
  return {
    lines: priced.map((p, i) => ({
      sku: p.line.sku,
      quantity: p.line.quantity,
      decimals: p.line.decimals,
      line: i + 1,
      unit_price: p.term.unit_price,
      amount: p.amount,
      tax_class: p.term.tax_class,
      rate: p.term.rate,
      trace: {
        price: p.term.price_id,
        rule: p.term.rule,
        rounding: more.rounding,
        discount: discounts[i]!,
        points: points[i]!,
      },
    })),
    goods,
    shipping: more.shipping,
    fee: more.fee,
    discount: more.discount,
    points: more.points,
    total: gross - more.discount - more.points,
    taxes: dueByRate(byRate, 0, more.rounding),
  }
}
