import { hash } from 'node:crypto'
import { sql } from '#kernel/db'

type Text = Readonly<Record<string, string>>
export type OfferFacts = {
  sku: number
  /** Whole yen, tax included: what the SKU costs in the shop now. A part of a yen counts as one. */
  price: number | null
  /** When the next price of it begins. Text, for a moment of the database is finer than one of ours. */
  look_at: string | null
  archived: boolean
  name: Text
  description: Text | null
  options: { code: string; values: { code: string; name: Text }[] }[]
  chosen: Record<string, string>
}
/** What is so of these SKUs in a shop, besides what lies free. */
export const offerFacts = (shop: number, skus: readonly number[]) => sql`
  select s.id as sku, s.archived_at is not null or p.archived_at is not null as archived,
    (select ceil(x.unit_price / 10000.0)::bigint from pricing.price x where x.sku = s.id and x.shop = ${shop}::int and x.valid_from <= now() order by x.valid_from desc, x.recorded_at desc, x.id desc limit 1) as price,
    (select min(x.valid_from)::text from pricing.price x where x.sku = s.id and x.shop = ${shop}::int and x.valid_from > now()) as look_at,
    p.name, p.description, p.options, s.options as chosen
  from catalog.sku s join catalog.product p on p.id = s.product where s.id = any(${[...skus]}::bigint[])`

/** How a SKU is called elsewhere: its product, and what was chosen of it. `mark` tells two wordings apart. */
export function offerWords(f: OfferFacts): { name: string; description: string; mark: string } {
  const values = f.options.flatMap((o) => {
    const name = o.values.find((v) => v.code === f.chosen[o.code])?.name
    return name ? [name.ja ?? name.en ?? ''] : []
  })
  const name = [f.name.ja ?? f.name.en ?? '', ...values].join(' ').trim().slice(0, 200)
  const description = (f.description?.ja ?? f.description?.en ?? '').slice(0, 2000)
  return { name, description, mark: hash('sha256', `${name}\n${description}`, 'base64url').slice(0, 27) }
}
