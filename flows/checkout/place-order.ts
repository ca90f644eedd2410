import { claimsOf, codesOf, shelvesFor, supplyOf } from '#flows/sourcing'
import type { Tx } from '#kernel/gate'
import { addDays } from '#kernel/time'
import { carts, customers, fulfilment, orders, payments, pricing, stock } from './rooms.ts'
import { quoteOf } from './prepare.ts'

export type PlaceOrder = { cart: string; expects: number }
export type Placed = { order: number; total: number; payment: string; pay_by: string | null }

/**
 * Turns a cart into an order: prices frozen, stock held, money owed, or nothing at all.
 * Payment is asked for after the commit: a bank may take days, a shelf may not be locked that long.
 */
export async function placeOrder(tx: Tx, ask: PlaceOrder): Promise<Placed> {
  const cart = await carts.openCart(tx, ask.cart)
  if (cart.card === null || cart.person === null) throw carts.CartUnready({ missing: ['address'] })
  const { quote, answer, skus, shop, rules } = await quoteOf(tx, cart)
  if (quote.total !== ask.expects) throw pricing.PriceChanged({ total: quote.total })

  const needs = quote.lines.flatMap((l, i) => fulfilment.splitLine(l.line, skus[i]!, l.quantity))
  let plan = fulfilment.choose(needs, await supplyOf(tx, await shelvesFor(tx, needs, stock.shelvesLately)))
  if (plan.missing.length) plan = fulfilment.choose(needs, await supplyOf(tx, await shelvesFor(tx, needs)))
  const code = await codesOf(tx, needs, skus)
  if (plan.missing.length)
    throw stock.OutOfStock({
      short: plan.missing.map((m) => ({ sku: code(m.sku), wanted: needed(needs, m.sku), left: m.left })),
    })

  const payBy = answer.payment === 'bank_transfer' ? addDays(tx.now, rules.transfer_days) : null
  const buyer = cart.member ?? cart.person
  const order = orders.place(tx, {
    shop: shop.id,
    entity: shop.entity,
    brand: shop.brand,
    seller: shop.entity,
    channel: 'web',
    external_id: null,
    cart: cart.id,
    buyer,
    payer: buyer,
    currency: shop.currency,
    goods: quote.goods,
    shipping: quote.shipping,
    fee: quote.fee,
    discount: quote.discount,
    points: quote.points,
    total: quote.total,
    taxes: quote.taxes,
    payment: answer.payment,
    pay_by: payBy,
    terms: answer.terms,
    placed_at: tx.now,
    destinations: [{ no: 1, card: cart.card, person: cart.person, prefecture: cart.prefecture, place: null }],
    lines: quote.lines.map((l) => ({
      line: l.line,
      destination: 1,
      sku: l.sku,
      quantity: l.quantity,
      unit_price: l.unit_price,
      amount: l.amount,
      tax_class: l.tax_class,
      rate: l.rate,
      trace: l.trace,
    })),
  })
  if (cart.member === null)
    customers.identify(tx, { id: cart.person, kind: 'guest', source: 'web', shop: shop.id })
  stock.hold(tx, { order, lines: claimsOf(tx, order, plan.picks, code) })
  payments.owe(tx, { order, shop: shop.id, currency: shop.currency, amount: quote.total })
  carts.close(tx, cart, order)
  return { order, total: quote.total, payment: answer.payment, pay_by: payBy?.toISOString() ?? null }
}

const needed = (needs: readonly fulfilment.Need[], sku: number) =>
  needs.reduce((n, x) => (x.sku === sku ? n + x.quantity : n), 0)
