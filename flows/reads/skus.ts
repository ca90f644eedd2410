import { raw, sql, type Statement } from '#kernel/db'

/** SKUs with their products, newest product first, as a grid edits them; the price in force in ten-thousandths. */
export function skuGrid(ask: {
  shop: number
  state: 'live' | 'archived' | 'all'
  q?: string
  category?: string
  after?: { product: number; position: number; id: number }
  limit: number
}): Statement {
  const values: unknown[] = [
    ask.shop,
    ask.limit,
    ask.after?.product ?? Number.MAX_SAFE_INTEGER,
    ask.after?.position ?? -1,
    ask.after?.id ?? 0,
  ]
  const where = [
    ...(ask.state === 'live' ? ['and s.archived_at is null and p.archived_at is null'] : []),
    ...(ask.state === 'archived' ? ['and (s.archived_at is not null or p.archived_at is not null)'] : []),
  ]
  if (ask.q !== undefined) {
    values.push(ask.q)
    const n = `$${values.length}`
    where.push(
      `and (p.code ilike '%' || ${n} || '%' or p.name->>'ja' ilike '%' || ${n} || '%' or p.name->>'en' ilike '%' || ${n} || '%' or p.kana ilike '%' || ${n} || '%' or s.code ilike '%' || ${n} || '%' or s.jan = ${n})`,
    )
  }
  if (ask.category !== undefined) {
    values.push(ask.category)
    where.push(
      `and exists (
        with recursive below as (
          select id from catalog.category where code = $${values.length}
          union select c.id from catalog.category c join below b on c.parent = b.id)
        select from below where p.categories @> jsonb_build_array(below.id))`,
    )
  }
  return raw(
    `sku grid ${ask.state} ${ask.q !== undefined} ${ask.category !== undefined}`,
    `select s.id as sku, p.id as product, p.version, s.position, s.code, s.jan, s.options, s.weight_grams, s.case_pack, s.archived_at is not null as archived,
       p.code as product_code, p.name, p.brand, p.kana, p.archived_at is not null as product_archived, p.options as all_options,
       (select coalesce(jsonb_agg(c.code order by o.n), '[]') from jsonb_array_elements_text(p.categories) with ordinality o(id, n) join catalog.category c on c.id = o.id::int and c.archived_at is null) as categories,
       (select unit_price from pricing.price where sku = s.id and shop = $1 and valid_from <= now() order by valid_from desc, recorded_at desc, id desc limit 1) as price
     from catalog.sku s join catalog.product p on p.id = s.product
     where (p.id < $3 or p.id = $3 and (s.position, s.id) > ($4::int, $5::bigint)) ${where.join(' ')}
     order by p.id desc, s.position, s.id limit $2`,
    values,
  )
}

/** All that was changed of a product, the latest first. */
export const productChanges = (
  product: number,
  before: { version: number; id: number },
  limit: number,
): Statement => sql`
  select id, version, at, actor, what, before, after from catalog.change
  where product = ${product}::bigint and (what <> 'changed' or after <> '{"product": {}, "skus": {}}'::jsonb) and (version, id) < (${before.version}::int, ${before.id}::bigint) order by version desc, id desc limit ${limit}::int`
/** All that was ever said of the prices of a product's SKUs, the latest first. */
export const priceMoments = (product: number, shop: number): Statement => sql`
  select p.id, s.id as sku, s.code, s.archived_at is not null as archived, p.unit_price, p.valid_from as "from", p.valid_until as "until", p.rule, p.recorded_at, p.actor
  from catalog.sku s join pricing.price p on p.sku = s.id and p.shop = ${shop}::int where s.product = ${product}::bigint
  order by s.position, s.id, p.valid_from desc, p.recorded_at desc, p.id desc limit 5000`

/** Every category with how many products stand in it, those put away behind the others. */
export const categoryTree = sql`
  select c.id as category, c.version, c.code, c.parent, c.name, c.position, c.first, c.archived_at is not null as archived,
    (select count(*)::int from catalog.product p where p.categories @> jsonb_build_array(c.id) and p.archived_at is null) as products
  from catalog.category c order by c.archived_at is not null, c.position, c.id limit 2000`
export const categoryNames = sql`select id, code, name from catalog.category limit 5000`
/** The products of a category as the shop lists them: those that come first, then the newest. */
export const categoryProducts = (category: number, limit: number): Statement => sql`
  select p.id as product, p.code, p.name, p.picture, p.archived_at is not null as archived, f.n is not null as first
  from catalog.product p join catalog.category c on c.id = ${category}::int
  left join lateral (select min(n) as n from jsonb_array_elements_text(c.first) with ordinality x(id, n) where x.id::bigint = p.id) f on true
  where p.categories @> jsonb_build_array(c.id) order by f.n nulls last, p.id desc limit ${limit}::int`
