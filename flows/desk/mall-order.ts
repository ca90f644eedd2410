import type { Card, Vault } from '#domains/persons'
import { claimsOf, codesOf, shelvesFor, supplyOf } from '#flows/sourcing'
import type { Tx } from '#kernel/gate'
import { dueByRate, lineAmount, split, type Rounding } from '#kernel/money'
import { addDays } from '#kernel/time'
import { keptUnshipped } from './mall-clock.ts'
import {
  catalog,
  customers,
  fulfilment,
  orders,
  payments,
  persons,
  places,
  pricing,
  shops,
  stock,
} from './rooms.ts'

export type MallOrder = {
  shop: number
  channel: string
  external_id: string
  placed_at: string
  lines: readonly { sku: string; quantity: number; unit_price: number }[]
  shipping: number
  fee: number
  discount: number
  total: number
  paid: boolean
  destination: Card & { prefecture_code?: number }
  /** Under whose key the buyer's data are sealed already, where the order was kept before it was read. */
  buyer?: number
}

/**
 * A mall has sold: a fact, recorded whatever our shelves say. What they have is held; what is missing is short, with an
 * owner, a deadline and a next step. The same order sent again answers the same and changes nothing.
 */
export const recordMallOrder = (vault: Vault) =>
  async function recordMallOrder(
    tx: Tx,
    ask: MallOrder,
  ): Promise<{ order: number; short: { sku: string; quantity: number }[]; already: boolean }> {
    const channel = `mall:${ask.channel}`
    const before = await orders.orderByExternal(tx, channel, ask.external_id)
    if (before) return { order: before.id, short: [], already: true }
    const [shop, rules, all, skus] = await Promise.all([
      shops.shopById(tx, ask.shop),
      shops.settings(tx, ask.shop),
      places.allPlaces(tx),
      catalog.skusOrUnknown(
        tx,
        ask.lines.map((l) => l.sku),
      ),
    ])
    const [rates, serviceRate] = await Promise.all([
      Promise.all(skus.map((s) => pricing.rateOf(tx, s.tax_class))),
      pricing.rateOf(tx, 'standard'),
    ])
    const needs = ask.lines.flatMap((l, i) => fulfilment.splitLine(i + 1, skus[i]!, l.quantity))
    const shelves = await shelvesFor(tx, needs)
    const code = await codesOf(tx, needs, skus)
    const plan = fulfilment.choose(needs, await supplyOf(tx, shelves))
    const home = all.find((p) => p.sells_web) ?? all[0]!

    const held = ask.buyer === undefined ? undefined : await persons.keyFor(tx, vault, ask.buyer)

    for (const s of new Set(skus)) s.unknown?.()
    const key =
      held ??
      persons.remember(tx, vault, {
        source: channel,
        eraseAt: addDays(new Date(ask.placed_at), keptUnshipped),
      })
    const { prefecture_code: prefecture, ...card } = ask.destination
    const cardId = persons.record(tx, key, card, { hints: vault })
    customers.identify(tx, { id: key.id, kind: 'mall', source: channel, shop: shop.id })
    const amounts = ask.lines.map((l, i) =>
      lineAmount(l.unit_price * 10_000, l.quantity, skus[i]!.decimals, shop.rounding),
    )
    const { shares, rest, ...sums } = sumsOf(ask, { amounts, rates, serviceRate, rounding: shop.rounding })
    const placedAt = new Date(ask.placed_at)
    const order = orders.place(tx, {
      shop: shop.id,
      entity: shop.entity,
      brand: shop.brand,
      seller: shop.entity,
      channel,
      external_id: ask.external_id,
      cart: null,
      buyer: key.id,
      payer: key.id,
      currency: shop.currency,
      ...sums,
      points: 0,
      total: ask.total,
      payment: ask.paid ? 'mall' : 'mall_unpaid',
      pay_by: null,
      terms: rest === 0 ? null : { told_total: ask.total, unexplained: rest },
      placed_at: placedAt,
      destinations: [{ no: 1, card: cardId, person: key.id, prefecture: prefecture ?? null, place: null }],
      lines: ask.lines.map((l, i) => ({
        line: i + 1,
        destination: 1,
        sku: skus[i]!.id,
        quantity: l.quantity,
        unit_price: l.unit_price * 10_000,
        amount: amounts[i]!,
        tax_class: skus[i]!.tax_class,
        rate: rates[i]!,
        trace: { rule: 'told', rounding: shop.rounding, discount: shares[i]!, points: 0 },
      })),
    })
    if (plan.picks.length)
      stock.hold(tx, { order, happenedAt: placedAt, lines: claimsOf(tx, order, plan.picks, code) })
    // The same SKU may be missing on two lines: its shelf is opened once.
    const opened = new Map<number, number>()
    const missing = plan.missing.map((m) => {
      const place = home.id
      const shelf = opened.get(m.sku) ?? stock.shelfFor(tx, shelves.get(m.sku)!, { sku: m.sku, place })
      opened.set(m.sku, shelf)
      return {
        ...m,
        place,
        allocation: fulfilment.allocate(tx, {
          order,
          line: m.line,
          sku: m.sku,
          shelf,
          place,
          perLine: m.perLine,
        }),
        code: code(m.sku),
      }
    })
    if (missing.length)
      stock.lack(tx, {
        order,
        happenedAt: placedAt,
        lines: missing.map((m) => ({
          sku: m.sku,
          place: m.place,
          quantity: m.quantity,
          allocation: m.allocation,
          code: m.code,
        })),
      })
    for (const m of missing)
      fulfilment.openShortage(tx, {
        allocation: m.allocation,
        order,
        line: m.line,
        sku: m.sku,
        place: m.place,
        quantity: m.quantity,
        owner: 'warehouse',
        deadline: addDays(tx.now, rules.shortage_days),
        next_step: skus.some((s) => s.unknown && s.id === m.sku) ? 'register_sku' : 'find_or_buy',
      })
    payments.owe(tx, {
      order,
      shop: shop.id,
      currency: shop.currency,
      amount: ask.total,
      happenedAt: placedAt,
    })
    if (ask.paid)
      payments.capture(tx, {
        order,
        shop: shop.id,
        currency: shop.currency,
        amount: ask.total,
        method: channel,
        happenedAt: placedAt,
      })
    return { order, short: missing.map((m) => ({ sku: m.code, quantity: m.quantity })), already: false }
  }

/**
 * What a mall's order comes to. The mall's total is what was paid: where its parts do not sum to it, the rest is booked as
 * a discount or a fee, and kept. `shares`: of the discount, for each line.
 */
function sumsOf(
  ask: Pick<MallOrder, 'shipping' | 'fee' | 'discount' | 'total'>,
  by: { amounts: readonly number[]; rates: readonly number[]; serviceRate: number; rounding: Rounding },
) {
  const { amounts, rates, serviceRate } = by
  const goods = amounts.reduce((s, a) => s + a, 0)
  const rest = ask.total - (goods + ask.shipping + ask.fee - ask.discount)
  const discount = Math.min(goods, ask.discount + Math.max(0, -rest))
  const services = ask.total - goods + discount
  const shipping = Math.min(ask.shipping, Math.max(0, services))
  const shares = goods > 0 ? split(discount, amounts) : amounts.map(() => 0)
  const byRate = new Map<number, number>()
  amounts.forEach((a, i) => byRate.set(rates[i]!, (byRate.get(rates[i]!) ?? 0) + a - shares[i]!))
  if (services !== 0) byRate.set(serviceRate, (byRate.get(serviceRate) ?? 0) + services)
  const taxes = dueByRate(byRate, 0, by.rounding)
  return { goods, shipping, fee: services - shipping, discount, taxes, shares, rest }
}
