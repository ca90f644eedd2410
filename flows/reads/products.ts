import { raw, sql, type Statement } from '#kernel/db'

const inForce = (sku: string, shop: string) =>
  `select unit_price from pricing.price where sku = ${sku} and shop = ${shop} and valid_from <= now() order by valid_from desc, recorded_at desc, id desc limit 1`

export type ProductFilter = {
  state: 'live' | 'archived' | 'all'
  q?: string
  /** Of these alone. */
  ids?: readonly number[]
}
function whereOf(ask: ProductFilter, values: unknown[]): string {
  const where = [
    ...(ask.state === 'live' ? ['and p.archived_at is null'] : []),
    ...(ask.state === 'archived' ? ['and p.archived_at is not null'] : []),
  ]
  if (ask.q !== undefined) {
    // Kana of either kind and of any width.
    const plain = ask.q.normalize('NFKC')
    const kana = [
      plain.replace(/[ぁ-ゖ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60)),
      plain.replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60)),
    ].map((text) => `%${text}%`)
    values.push(ask.q, kana)
    const [at, said] = [`$${values.length - 1}`, `$${values.length}::text[]`]
    where.push(
      `and (p.code ilike '%' || ${at} || '%' or p.name->>'ja' ilike any(${said}) or p.name->>'ja' ilike '%' || ${at} || '%' or p.name->>'en' ilike '%' || ${at} || '%' or p.kana ilike any(${said})
        or exists (select from catalog.sku s where s.product = p.id and (s.code ilike '%' || ${at} || '%' or s.jan = ${at})))`,
    )
  }
  if (ask.ids) {
    values.push(ask.ids)
    where.push(`and p.id = any($${values.length}::bigint[])`)
  }
  return where.join(' ')
}
/** Products of a shop for whoever looks after them, newest first, also those no longer sold; prices in ten-thousandths. */
export function productList(
  ask: ProductFilter & { shop: number; before?: number; limit: number },
): Statement {
  const values: unknown[] = [ask.shop, ask.before ?? Number.MAX_SAFE_INTEGER, ask.limit]
  const where = whereOf(ask, values)
  return raw(
    `product list ${where}`,
    `select p.id as product, p.version, p.code, p.name, p.brand, p.picture, p.archived_at is not null as archived, k.skus, k.price_min, k.price_max
     from (select * from catalog.product p where p.id < $2 ${where} order by p.id desc limit $3) p
     cross join lateral (
       select count(*)::int as skus, min(f.unit_price) as price_min, max(f.unit_price) as price_max
       from catalog.sku s left join lateral (${inForce('s.id', '$1')}) f on true where s.product = p.id and s.archived_at is null) k
     order by p.id desc`,
    values,
  )
}
/** All that fit, the oldest first. */
export function productMatches(ask: ProductFilter, limit: number): Statement {
  const values: unknown[] = [limit]
  const where = whereOf(ask, values)
  return raw(
    `product matches ${where}`,
    `select p.id as product from catalog.product p where true ${where} order by p.id limit $1`,
    values,
  )
}
/** What products are called by whoever looks after them. */
export const productCodes = (products: readonly number[]): Statement => sql`
  select id as product, code from catalog.product where id = any(${[...products]}::bigint[])`

/** One product with its SKUs, what each costs now, and what it will cost from when. */
export const productDetail = (product: number, shop: number): Statement => sql`
  select p.id as product, p.version, p.code, p.brand, p.name, p.kana, p.summary, p.description, case when p.next_tax_from <= now() then p.next_tax_class else p.tax_class end as tax_class,
    case when p.next_tax_from > now() then jsonb_build_object('tax_class', p.next_tax_class, 'from', p.next_tax_from) end as tax_change, p.age, p.picture, p.pictures, p.options, p.extension, p.created_at, p.archived_at,
    (select coalesce(jsonb_agg(c.code order by o.n), '[]') from jsonb_array_elements_text(p.categories) with ordinality o(id, n) join catalog.category c on c.id = o.id::int) as categories,
    (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code, 'jan', s.jan, 'options', s.options, 'unit', s.unit, 'decimals', s.decimals, 'case_pack', s.case_pack,
        'weight_grams', s.weight_grams, 'lot_kept', s.lot_kept, 'serial_kept', s.serial_kept, 'archived', s.archived_at is not null,
        'components', (select jsonb_agg(jsonb_build_object('sku', k.code, 'quantity', (x->>'quantity')::bigint)) from jsonb_array_elements(s.components) x join catalog.sku k on k.id = (x->>'sku')::bigint),
        'price', (select unit_price from pricing.price where sku = s.id and shop = ${shop}::int and valid_from <= now() order by valid_from desc, recorded_at desc, id desc limit 1),
        'prices_to_come', (select coalesce(jsonb_agg(jsonb_build_object('price', f.unit_price, 'from', f.valid_from) order by f.valid_from), '[]')
          from (select distinct on (valid_from) valid_from, unit_price, rule from pricing.price where sku = s.id and shop = ${shop}::int and valid_from > now() order by valid_from, recorded_at desc, id desc limit 50) f where f.rule <> 'withdrawn')
      ) order by s.position, s.id), '[]') from catalog.sku s where s.product = p.id) as skus
  from catalog.product p where p.id = ${product}::bigint`

/** What a product can be put under and taxed as. */
export const categoryList = sql`
  select c.code, u.code as parent, c.name from catalog.category c left join catalog.category u on u.id = c.parent where c.archived_at is null order by c.position, c.id limit 2000`
export const taxClasses = sql`
  select distinct on (class) class, rate from pricing.tax_rate where valid_from <= (now() at time zone 'Asia/Tokyo')::date order by class, valid_from desc`
