import { sql } from '#kernel/db'
import { balance } from '#kernel/ledger'
import type { Tx } from '#kernel/gate'
import { split, type Rounding } from '#kernel/money'
import { amountOf, toldOf, type Document, type Goods, type Service } from './documents.ts'
import {
  catalog,
  customers,
  fulfilment,
  history,
  orders,
  payments,
  places,
  returns,
  shops,
  stock,
} from './rooms.ts'

export type PastCredit = Document & {
  /** False where the file does not say who it was: then no sale can be theirs. */
  readonly known: boolean
  readonly goods: readonly Goods[]
  readonly services: readonly Service[]
}
type Bought = { order: number; line: number; sku: number; unit_price: number; left: number }
type Charged = { order: number; code: string; amount: number }
type Part = { goods: Goods; sku: number; order: number; line: number; quantity: number; worth: number }

/**
 * Goods and money given back in the past. Each line is taken off what the same buyer had been sent of the same SKU before:
 * first where the price was the same, the latest first; a line may go back to several orders. What no order explains comes
 * back onto the shelf as found in the file, and its money is a credit without a sale.
 */
export async function recordPastCredit(
  tx: Tx,
  ask: PastCredit,
): Promise<{ linked: number; unlinked: number }> {
  const before = await history.documentAt(tx, ask, 'credit')
  if (before) return { linked: 0, unlinked: 0 }
  const at = new Date(ask.at)
  const [shop, place, buyer, skus] = await Promise.all([
    shops.shopById(tx, ask.shop),
    places.placeByCode(tx, ask.place),
    customers.identityByCode(tx, ask.buyer),
    catalog.skusByCode(
      tx,
      ask.goods.map((g) => g.sku),
    ),
  ])
  const [bought, charged] = ask.known
    ? await Promise.all([
        ask.goods.length
          ? tx.list<Bought>(
              boughtBefore(
                ask.channel,
                buyer.id,
                at,
                skus.map((s) => s.id),
              ),
            )
          : [],
        ask.services.length
          ? tx.list<Charged>(
              chargedBefore(
                ask.channel,
                buyer.id,
                at,
                ask.services.map((s) => s.code),
              ),
            )
          : [],
      ])
    : [[], []]

  const { parts, rest, charges } = explained(
    ask,
    skus.map((s) => s.id),
    { bought, charged },
    shop.rounding,
  )

  // Those orders as they are now: whoever changes one meanwhile makes this run again.
  const numbers = [...new Set([...parts.map((p) => p.order), ...charges.flatMap((c) => c.order ?? [])])]
  const touched = new Map(
    await Promise.all(
      numbers.map(async (id) => {
        const order = await orders.orderById(tx, id)
        const debt = { order: id, shop: order.shop, currency: order.currency }
        const [allocations, captured] = await Promise.all([
          fulfilment.allocationsOf(tx, id),
          balance(tx, payments.captured(debt)),
        ])
        return [id, { order, debt, captured, allocations: allocations.map((a) => ({ ...a })) }] as const
      }),
    ),
  )
  const shelves = await Promise.all(
    [...new Set(rest.map((r) => r.sku))].map(
      async (sku) => [sku, await stock.shelfNumbers(tx, sku)] as const,
    ),
  )
  const shelvesOf = new Map(shelves)

  const document = tx.number()
  let credited = 0
  let refunded = 0
  for (const [id, o] of touched) {
    const back = parts.filter((p) => p.order === id)
    const money =
      back.reduce((n, p) => n + p.worth, 0) +
      charges.filter((c) => c.order === id).reduce((n, c) => n + c.amount, 0)
    const refund = Math.min(money, o.captured)
    credited += money - refund
    refunded += refund
    if (back.length) {
      const record = returns.recordReturn(tx, {
        order: id,
        lines: back.map((p) => ({ line: p.line, quantity: p.quantity })),
        place: place.id,
        condition: stock.condition.sellable,
        refund,
        happenedAt: at,
      })
      stock.giveBack(tx, {
        order: id,
        record,
        happenedAt: at,
        lines: back.flatMap((p) => {
          let left = p.quantity
          return o.allocations.flatMap((a) => {
            const quantity = a.line === p.line ? Math.min(left, a.shipped) : 0
            if (quantity === 0) return []
            a.shipped -= quantity
            left -= quantity
            const { sku, place: where, shelf } = a
            return [{ allocation: a.id, sku, place: where, shelf, quantity, code: p.goods.sku }]
          })
        }),
      })
    }
    payments.refund(tx, {
      ...o.debt,
      amount: refund,
      method: 'history',
      reason: back.length ? 'returned' : 'desk',
      happenedAt: at,
    })
    orders.touch(tx, o.order)
  }
  if (rest.length)
    stock.takeIn(tx, {
      place: place.id,
      ref: document,
      happenedAt: at,
      lines: rest.map((r) => ({
        sku: r.sku,
        place: place.id,
        shelf: stock.shelfFor(tx, shelvesOf.get(r.sku)!, { sku: r.sku, place: place.id }),
        quantity: r.quantity,
      })),
    })
  credited += rest.reduce((n, r) => n + r.worth, 0)
  credited += charges.filter((c) => c.order === undefined).reduce((n, c) => n + c.amount, 0)
  payments.credit(tx, { document, shop: shop.id, currency: ask.currency, amount: credited, happenedAt: at })
  const unlinked = rest.reduce((n, r) => n + r.quantity, 0)
  const units = ask.goods.reduce((n, g) => n + g.quantity, 0)
  history.recordDocument(tx, ask, {
    kind: 'credit',
    ref: document,
    told: -toldOf([...ask.goods, ...ask.services]),
    units: -units,
    refunded,
    unlinked_units: unlinked,
    credited,
  })
  return { linked: units - unlinked, unlinked }
}

/** Which order explains which part of which line, and which charge. Takes what it uses off `before`. */
function explained(
  ask: Pick<PastCredit, 'goods' | 'services'>,
  skus: readonly number[],
  before: { bought: readonly Bought[]; charged: readonly Charged[] },
  rounding: Rounding,
) {
  const parts: Part[] = []
  const rest: { goods: Goods; sku: number; quantity: number; worth: number }[] = []
  ask.goods.forEach((goods, i) => {
    const sku = skus[i]!
    const mine = before.bought.filter((b) => b.sku === sku && b.left > 0)
    const inTurn = [
      ...mine.filter((b) => b.unit_price === goods.unit_price),
      ...mine.filter((b) => b.unit_price !== goods.unit_price),
    ]
    const takes: { from: Bought; quantity: number }[] = []
    let left = goods.quantity
    for (const from of inTurn) {
      const quantity = Math.min(left, from.left)
      if (quantity === 0) continue
      from.left -= quantity
      left -= quantity
      takes.push({ from, quantity })
    }
    const worths = split(amountOf(goods, rounding), [...takes.map((t) => t.quantity), left])
    takes.forEach(({ from, quantity }, n) =>
      parts.push({ goods, sku, order: from.order, line: from.line, quantity, worth: worths[n]! }),
    )
    if (left > 0) rest.push({ goods, sku, quantity: left, worth: worths.at(-1)! })
  })
  const charges = ask.services.map((s) => {
    const amount = amountOf(s, rounding)
    const from = before.charged.find((c) => c.code === s.code && c.amount >= amount)
    if (from) from.amount -= amount
    return { amount, order: from?.order }
  })
  return { parts, rest, charges }
}

/** What a buyer has been sent of some SKUs and not yet brought back, the latest first. Kind 5 is shipped. */
const boughtBefore = (channel: string, buyer: number, at: Date, skus: number[]) => sql`
  select l."order", l.line, l.sku, l.unit_price,
    (select coalesce(sum(d.balance), 0)::bigint from fulfilment.allocation f join ledger.account d on d.id = (5::bigint << 44) + f.id where f."order" = l."order" and f.line = l.line) as left
  from orders.header h join orders.line l on l."order" = h.id
  where h.buyer = ${buyer} and h.placed_at <= ${at}::timestamptz and h.channel = ${channel} and l.sku = any(${skus}::bigint[])
  order by h.placed_at desc, l."order" desc, l.line limit 2000`
/** What a buyer was charged for carriage and the like. */
const chargedBefore = (channel: string, buyer: number, at: Date, codes: string[]) => sql`
  select h.id as "order", s->>'code' as code, (s->>'amount')::bigint as amount
  from orders.header h cross join lateral jsonb_array_elements(h.terms->'services') s
  where h.buyer = ${buyer} and h.placed_at <= ${at}::timestamptz and h.channel = ${channel} and s->>'code' = any(${codes}::text[])
  order by h.placed_at desc, h.id desc limit 500`
