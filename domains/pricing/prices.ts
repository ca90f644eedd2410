import assert from 'node:assert/strict'
import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import type { UnitPrice } from '#kernel/money'
import { PriceChangedEvent } from './events.ts'
import { corrections, together, type Moment, type Rule } from './plan.ts'
import { Unpriced } from './refusals.ts'

export type Term = { price_id: number; unit_price: UnitPrice; rule: string; rate: number; tax_class: string }
/** What a request's SKUs cost and are taxed at, as of now. */
export type Terms = ReadonlyMap<number, Term>
type Row = {
  id: number
  sku: number
  shop: number
  unit_price: UnitPrice
  valid_from: Date
  rule: string
  recorded_at: Date
  actor: number | null
  valid_until: Date | null
}
const priceTable = table<Row>('pricing.price', {
  id: 'bigint',
  sku: 'bigint',
  shop: 'integer',
  unit_price: 'bigint',
  valid_from: 'timestamptz',
  rule: 'text',
  recorded_at: 'timestamptz',
  actor: 'bigint',
  valid_until: 'timestamptz',
})

// The key is shop × 2^32 + sku: one statement serves every shop.
const shopSpan = 2 ** 32
const inForce = reader<number, { key: number; id: number; unit_price: UnitPrice; rule: string }>(
  'key',
  (keys) => sql`
  select k.key, p.id, p.unit_price, p.rule from unnest(${keys}::bigint[]) k(key)
  join lateral (select id, unit_price, rule from pricing.price where sku = k.key & 4294967295 and shop = (k.key >> 32) and valid_from <= now() order by valid_from desc, recorded_at desc, id desc limit 1) p on true`,
  { keep_ms: 30_000 },
)
const rates = reader<string, { class: string; rate: number }>(
  'class',
  (classes) => sql`
  select distinct on (class) class, rate from pricing.tax_rate where class = any(${classes}::text[]) and valid_from <= (now() at time zone 'Asia/Tokyo')::date order by class, valid_from desc`,
  { keep_ms: 1000 },
)

/** The rate in force for a tax class, in ten-thousandths. */
export async function rateOf(tx: Tx, taxClass: string): Promise<number> {
  const row = await rates.one(tx, taxClass)
  assert(row, `tax class ${taxClass} has no rate`)
  return row.rate
}

export async function terms(
  tx: Tx,
  shop: number,
  skus: readonly { id: number; code: string; tax_class: string }[],
): Promise<Terms> {
  const found = await Promise.all(
    skus.map(async (s) => {
      assert(s.id < shopSpan)
      const [price, rate] = await Promise.all([
        inForce.one(tx, shop * shopSpan + s.id),
        rateOf(tx, s.tax_class),
      ])
      if (!price) throw Unpriced({ sku: s.code })
      return [
        s.id,
        { price_id: price.id, unit_price: price.unit_price, rule: price.rule, rate, tax_class: s.tax_class },
      ] as const
    }),
  )
  return new Map(found)
}

/** All moments of these SKUs, as they hold by now; read before prices are set, so that what follows from them is put right. */
export async function momentsOf(
  tx: Tx,
  shop: number,
  skus: readonly number[],
): Promise<ReadonlyMap<number, readonly Moment[]>> {
  if (skus.length === 0) return new Map()
  const rows = await tx.list<{
    sku: number
    unit_price: UnitPrice
    from: Date
    until: Date | null
    rule: Rule
  }>(sql`
    select distinct on (sku, valid_from) sku, unit_price, valid_from as "from", valid_until as "until", rule from pricing.price
    where sku = any(${skus}::bigint[]) and shop = ${shop}::int order by sku, valid_from, recorded_at desc, id desc limit 100000`)
  return Map.groupBy(rows, (r) => r.sku)
}
/**
 * A price from a moment on; the ones before stay as evidence, also one for the same moment that it puts right. `known` are
 * the moments there are: prices to come that follow from the one before them are told again.
 */
export function setPrice(
  tx: Tx,
  ask: {
    shop: number
    lines: readonly {
      sku: number
      unit_price: UnitPrice
      from?: Date
      until?: Date | null
      rule?: Rule
    }[]
    known?: ReadonlyMap<number, readonly Moment[]>
  },
): number[] {
  const lines = ask.lines.map((l) => ({
    sku: l.sku,
    unit_price: l.unit_price,
    from: l.from ?? tx.now,
    until: l.until ?? null,
    rule: l.rule ?? ('list' as const),
  }))
  const ids = lines.map(() => tx.number())
  const rows = lines.map((l, i) => ({ id: ids[i]!, ...l }))
  for (const [sku, said] of Map.groupBy(lines, (l) => l.sku))
    for (const row of corrections(together(ask.known?.get(sku) ?? [], said)))
      if (row.from > tx.now || said.some((l) => l.from.getTime() === row.from.getTime())) {
        const told = rows.find((r) => r.sku === sku && r.from.getTime() === row.from.getTime())
        if (told) told.unit_price = row.unit_price
        else rows.push({ id: tx.number(), sku, ...row })
      }
  for (const r of rows)
    tx.insert(priceTable, {
      id: r.id,
      sku: r.sku,
      shop: ask.shop,
      unit_price: r.unit_price,
      valid_from: r.from,
      valid_until: r.until,
      rule: r.rule,
      recorded_at: tx.now,
      actor: tx.actor.id,
    })
  append(tx, PriceChangedEvent, {
    subject: `shop:${ask.shop}`,
    shop: ask.shop,
    body: { shop: ask.shop, skus: [...new Set(lines.map((l) => l.sku))] },
  })
  return ids
}
/** What each SKU costs at its moment, by what is known now; absent: it has no price then. In the order asked. */
export async function pricesAt(
  tx: Tx,
  shop: number,
  asked: readonly { sku: number; at: Date }[],
): Promise<({ id: number; unit_price: UnitPrice } | undefined)[]> {
  const rows = await tx.list<{ n: number; id: number; unit_price: UnitPrice }>(sql`
    select k.n::int as n, p.id, p.unit_price from unnest(${asked.map((a) => a.sku)}::bigint[], ${asked.map((a) => a.at.toISOString())}::timestamptz[]) with ordinality k(sku, at, n)
    join lateral (select id, unit_price from pricing.price where sku = k.sku and shop = ${shop}::int and valid_from <= k.at order by valid_from desc, recorded_at desc, id desc limit 1) p on true`)
  const found = new Map(rows.map((r) => [r.n, r]))
  return asked.map((_, i) => found.get(i + 1))
}
