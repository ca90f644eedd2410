import type { Tx } from '#kernel/gate'
import { sql } from '#kernel/db'
import { amountOf, toldOf, type Document, type Goods, type Service } from './documents.ts'
import { catalog, customers, fulfilment, history, orders, payments, places, shops, stock } from './rooms.ts'

export type PastSale = Document & {
  readonly goods: readonly Goods[]
  /** Carriage and fees; what is negative is a discount. */
  readonly services: readonly (Service & { readonly carriage: boolean })[]
}
export type Sold = { order: number; owed: number; state: string; goods: boolean }

/**
 * A sale of the past, placed on its day: what was sold is held and owed, in its own currency, without tax of ours. Money and
 * parcel follow by the same commands as for any order. Taken in before, it answers what became of it.
 */
export async function recordPastSale(tx: Tx, ask: PastSale): Promise<Sold> {
  const before = await history.documentAt(tx, ask, 'sale')
  if (before) {
    const order = await orders.orderById(tx, before.ref!)
    return { order: order.id, owed: order.total, state: order.state, goods: ask.goods.length > 0 }
  }
  const [shop, place, buyer, skus, taken] = await Promise.all([
    shops.shopById(tx, ask.shop),
    places.placeByCode(tx, ask.place),
    customers.identityByCode(tx, ask.buyer),
    catalog.skusByCode(
      tx,
      ask.goods.map((g) => g.sku),
    ),
    orders.orderByExternal(tx, ask.channel, ask.number),
  ])
  const shelves = await Promise.all(skus.map((s) => stock.shelfNumbers(tx, s.id)))
  const amounts = ask.goods.map((g) => amountOf(g, shop.rounding))
  const goods = amounts.reduce((a, b) => a + b, 0)
  const services = ask.services.map((s) => ({ ...s, amount: amountOf(s, shop.rounding) }))
  const sum = (of: (s: (typeof services)[number]) => boolean) =>
    services.filter(of).reduce((n, s) => n + s.amount, 0)
  const shipping = sum((s) => s.carriage && s.amount > 0)
  const fee = sum((s) => !s.carriage && s.amount > 0)
  const discount = -sum((s) => s.amount < 0)
  const total = goods + shipping + fee - discount
  const at = new Date(ask.at)
  const order = orders.place(tx, {
    shop: shop.id,
    entity: shop.entity,
    brand: shop.brand,
    seller: shop.entity,
    channel: ask.channel,
    external_id: taken ? `${ask.number}@${ask.file.slice(0, 8)}:${ask.line}` : ask.number,
    cart: null,
    buyer: buyer.id,
    payer: buyer.id,
    currency: ask.currency,
    goods,
    shipping,
    fee,
    discount,
    points: 0,
    total,
    taxes: [{ rate: 0, due: total, tax: 0 }],
    payment: 'history',
    pay_by: null,
    terms: { services: services.map(({ code, amount }) => ({ code, amount })) },
    placed_at: at,
    destinations: [{ no: 1, card: null, person: null, prefecture: null, place: null }],
    lines: ask.goods.map((g, i) => ({
      line: i + 1,
      destination: 1,
      sku: skus[i]!.id,
      quantity: g.quantity,
      unit_price: g.unit_price,
      amount: amounts[i]!,
      tax_class: 'zero',
      rate: 0,
      trace: { rule: 'told', rounding: shop.rounding, discount: 0, points: 0 },
    })),
  })
  if (ask.goods.length)
    stock.hold(tx, {
      order,
      happenedAt: at,
      lines: ask.goods.map((g, i) => {
        const sku = skus[i]!.id
        const shelf = stock.shelfFor(tx, shelves[i]!, { sku, place: place.id })
        return {
          sku,
          place: place.id,
          shelf,
          quantity: g.quantity,
          code: g.sku,
          allocation: fulfilment.allocate(tx, {
            order,
            line: i + 1,
            sku,
            shelf,
            place: place.id,
            perLine: 1,
          }),
        }
      }),
    })
  payments.owe(tx, { order, shop: shop.id, currency: ask.currency, amount: total, happenedAt: at })
  history.recordDocument(tx, ask, {
    kind: 'sale',
    ref: order,
    told: toldOf([...ask.goods, ...ask.services]),
    units: ask.goods.reduce((n, g) => n + g.quantity, 0),
    amount: total,
  })
  return { order, owed: total, state: 'open', goods: ask.goods.length > 0 }
}

export type PastAdjustment = Document & {
  readonly reason: 'found' | 'lost'
  readonly goods: readonly Goods[]
}
/** Units that appeared or vanished, with nobody buying them. */
export async function recordPastAdjustment(tx: Tx, ask: PastAdjustment): Promise<{ units: number }> {
  const units = ask.goods.reduce((n, g) => n + g.quantity, 0)
  if (await history.documentAt(tx, ask, 'adjustment')) return { units }
  const [place, skus] = await Promise.all([
    places.placeByCode(tx, ask.place),
    catalog.skusByCode(
      tx,
      ask.goods.map((g) => g.sku),
    ),
  ])
  const shelves = await Promise.all(skus.map((s) => stock.shelfNumbers(tx, s.id)))
  ask.goods.forEach((g, i) => {
    const sku = skus[i]!.id
    stock.adjust(tx, {
      sku,
      place: place.id,
      shelf: stock.shelfFor(tx, shelves[i]!, { sku, place: place.id }),
      by: ask.reason === 'found' ? g.quantity : -g.quantity,
      code: g.sku,
      reason: ask.reason,
      happenedAt: new Date(ask.at),
    })
  })
  history.recordDocument(tx, ask, { kind: 'adjustment', units: ask.reason === 'found' ? units : -units })
  return { units }
}

/** What a file has become, by kind of document: what `import orders` sets beside the file's own totals. */
export const takenIn = (file: string) => sql`
  select kind, count(*)::int as documents, sum(told)::bigint as told, sum(units)::bigint as units, sum(amount)::bigint as amount, sum(refunded)::bigint as refunded, sum(unlinked_units)::bigint as unlinked_units, sum(credited)::bigint as credited
  from history.document where file = ${file} group by kind`
