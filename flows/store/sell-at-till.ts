import * as catalog from '#domains/catalog'
import * as customers from '#domains/customers'
import * as fulfilment from '#domains/fulfilment'
import * as orders from '#domains/orders'
import * as payments from '#domains/payments'
import * as points from '#domains/points'
import * as pricing from '#domains/pricing'
import * as shops from '#domains/shops'
import * as stock from '#domains/stock'
import { codesOf, sellable, shelvesFor } from '#flows/sourcing'
import type { Tx } from '#kernel/gate'
import { dueByRate, lineAmount, split } from '#kernel/money'
import { addDays } from '#kernel/time'

export type TillSale = {
  shop: number
  place: number
  till: number
  sale: string
  happened_at: string
  lines: readonly { sku: string; quantity: number; unit_price: number; serials?: readonly string[] }[]
  member?: string
  points: number
  tendered: number
  total: number
}
export type Sold = {
  order: number
  total: number
  change: number
  points_earned: number
  points_used: number
  short: { sku: string; quantity: number }[]
  taxes: readonly { rate: number; due: number; tax: number }[]
}

/**
 * A sale at the till has happened: goods and money have changed hands, perhaps hours ago and offline. It is recorded
 * whatever the books say, once, however often it is sent. What the shelf lacked in the books is short: somebody counts it.
 */
export async function sellAtTill(tx: Tx, ask: TillSale): Promise<Sold> {
  const channel = 'till'
  const [shop, rules, skus, member] = await Promise.all([
    shops.shopById(tx, ask.shop),
    shops.settings(tx, ask.shop),
    catalog.skusOrUnknown(
      tx,
      ask.lines.map((l) => l.sku),
    ),
    // A card that nobody knows does not undo a sale.
    ask.member ? customers.identityIfKnown(tx, ask.member) : undefined,
  ])
  const rates = await Promise.all(skus.map((s) => pricing.rateOf(tx, s.tax_class)))
  const amounts = ask.lines.map((l, i) =>
    lineAmount(l.unit_price * 10_000, l.quantity, skus[i]!.decimals, shop.rounding),
  )
  const goods = amounts.reduce((s, a) => s + a, 0)
  const used = member ? Math.min(ask.points, goods) : 0
  // The till's own total is what was paid; a difference is kept as a discount, so that the drawer ties.
  const discount = Math.min(goods - used, Math.max(0, goods - used - ask.total))
  const total = goods - used - discount
  const discounts = goods > 0 ? split(discount, amounts) : amounts.map(() => 0)
  const shares =
    goods > 0
      ? split(
          used,
          amounts.map((a, i) => a - discounts[i]!),
        )
      : amounts.map(() => 0)
  const byRate = new Map<number, number>()
  amounts.forEach((a, i) =>
    byRate.set(rates[i]!, (byRate.get(rates[i]!) ?? 0) + a - discounts[i]! - shares[i]!),
  )
  const taxes = dueByRate(byRate, 0, shop.rounding)
  const earned = member ? Math.floor((total * rules.points_per_100) / 100) : 0
  const change = Math.max(0, ask.tendered - total)
  const told = (order: number, short: Sold['short']): Sold => ({
    order,
    total,
    change,
    points_earned: earned,
    points_used: used,
    short,
    taxes,
  })

  const before = await orders.orderByExternal(tx, channel, ask.sale)
  if (before) return told(before.id, [])
  const needs = ask.lines.flatMap((l, i) => fulfilment.splitLine(i + 1, skus[i]!, l.quantity))
  const shelves = await shelvesFor(tx, needs)
  const code = await codesOf(tx, needs, skus)
  const here = [...shelves.values()].flat().filter((s) => s.place === ask.place && sellable(s))
  const units = await unitsTold(tx, ask.lines, skus)
  // Of goods that bear numbers only those that were named, and stand here, are known to have left the shelf; the rest is short until somebody says which.
  const kept = new Set(skus.flatMap((s) => (s.serial_kept ? [s.id] : [])))
  const free = (s: stock.Shelf) => {
    const named = units.get(s.sku)
    return kept.has(s.sku) ? Math.min(s.on_hand, named ? stock.standing(named, s.id) : 0) : s.on_hand
  }
  const plan = fulfilment.choose(
    needs,
    here.map((s) => ({ sku: s.sku, shelf: s.id, place: s.place, priority: 1, free: free(s) })),
  )
  const spend = member
    ? await points.spendAsFact(tx, { member: member.id, amount: used, happenedAt: new Date(ask.happened_at) })
    : undefined

  for (const s of new Set(skus)) s.unknown?.()
  const at = new Date(ask.happened_at)
  const buyer = member?.id ?? tx.number()
  if (!member) customers.identify(tx, { id: buyer, kind: 'till', source: 'till', shop: shop.id })
  const order = orders.place(tx, {
    shop: shop.id,
    entity: shop.entity,
    brand: shop.brand,
    seller: shop.entity,
    channel,
    external_id: ask.sale,
    cart: null,
    buyer,
    payer: buyer,
    currency: shop.currency,
    goods,
    shipping: 0,
    fee: 0,
    discount,
    points: used,
    total,
    taxes,
    payment: 'cash',
    pay_by: null,
    terms: { till: ask.till, tendered: ask.tendered, change },
    placed_at: at,
    destinations: [{ no: 1, card: null, person: null, prefecture: null, place: ask.place }],
    lines: ask.lines.map((l, i) => ({
      line: i + 1,
      destination: 1,
      sku: skus[i]!.id,
      quantity: l.quantity,
      unit_price: l.unit_price * 10_000,
      amount: amounts[i]!,
      tax_class: skus[i]!.tax_class,
      rate: rates[i]!,
      trace: {
        rule: 'told',
        rounding: shop.rounding,
        discount: discounts[i]!,
        points: shares[i]!,
        ...(l.serials?.length && { serials: l.serials }),
      },
    })),
  })
  const opened = new Map<number, number>()
  const shelf = (sku: number) => {
    if (!opened.has(sku)) opened.set(sku, stock.shelfFor(tx, shelves.get(sku)!, { sku, place: ask.place }))
    return opened.get(sku)!
  }
  const claim = (x: { line: number; sku: number; perLine: number }, shelfId: number) => ({
    sku: x.sku,
    place: ask.place,
    shelf: shelfId,
    code: code(x.sku),
    line: x.line,
    allocation: fulfilment.allocate(tx, {
      order,
      line: x.line,
      sku: x.sku,
      shelf: shelfId,
      place: ask.place,
      perLine: x.perLine,
    }),
  })
  const take = (p: { sku: number; shelf: number; quantity: number }) => {
    const named = units.get(p.sku)
    if (!named || !kept.has(p.sku)) return {}
    const mine = named.units.filter((u) => u.row?.shelf === p.shelf).slice(0, p.quantity)
    units.set(p.sku, { ...named, units: named.units.filter((u) => !mine.includes(u)) })
    return { serials: { ...named, units: mine } }
  }
  const lines = [
    ...plan.picks.map((p) => ({ ...claim(p, p.shelf), quantity: p.quantity, short: 0, ...take(p) })),
    ...plan.missing.map((m) => ({ ...claim(m, shelf(m.sku)), quantity: 0, short: m.quantity })),
  ]
  const shipment = fulfilment.recordShipment(tx, {
    order,
    carrier: null,
    tracking: null,
    shipped_at: at,
    lines: lines.map((l) => ({ line: l.line, sku: l.sku, quantity: l.quantity + l.short })),
  })
  stock.hand(tx, { order, shipment, lines, happenedAt: at })
  for (const l of lines)
    if (l.short > 0)
      fulfilment.openShortage(tx, {
        allocation: l.allocation,
        order,
        line: l.line,
        sku: l.sku,
        place: ask.place,
        quantity: l.short,
        owner: 'store',
        deadline: addDays(tx.now, 1),
        next_step: 'count_shelf',
      })
  payments.owe(tx, { order, shop: shop.id, currency: shop.currency, amount: total, happenedAt: at })
  payments.capture(tx, {
    order,
    shop: shop.id,
    currency: shop.currency,
    amount: total,
    method: 'cash',
    happenedAt: at,
  })
  spend?.(order)
  if (member) points.earn(tx, { member: member.id, order, amount: earned })
  return told(
    order,
    lines.filter((l) => l.short > 0).map((l) => ({ sku: l.code, quantity: l.short })),
  )
}

/** What the till read off the goods, by SKU. A number that nobody knows, or one too many, does not undo a sale. */
async function unitsTold(
  tx: Tx,
  lines: TillSale['lines'],
  skus: readonly catalog.Sku[],
): Promise<Map<number, stock.Named>> {
  const told = new Map<number, Set<string>>()
  lines.forEach((l, i) => {
    const { id, serial_kept: kept } = skus[i]!
    if (!kept || !l.serials?.length) return
    const all = told.get(id) ?? new Set()
    for (const serial of l.serials) all.add(serial)
    told.set(id, all)
  })
  const named = new Map<number, stock.Named>()
  for (const [sku, serials] of told)
    named.set(sku, await stock.nameUnits(tx, { sku, code: '', serials: [...serials] }))
  return named
}
