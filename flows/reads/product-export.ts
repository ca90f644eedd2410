import { sql, type Statement } from '#kernel/db'

/** Products with their SKUs and what each costs now, by code, those that are no sets first: a page of them. */
export const productExport = (ask: {
  shop: number
  sets: boolean
  after: string
  limit: number
}): Statement => sql`
  select p.code, p.brand, p.name, p.kana, p.summary, p.description, case when p.next_tax_from <= now() then p.next_tax_class else p.tax_class end as tax_class, p.age, p.picture, p.options, p.extension, p.archived_at is not null as archived,
    (select coalesce(jsonb_agg(c.code order by o.n), '[]') from jsonb_array_elements_text(p.categories) with ordinality o(id, n) join catalog.category c on c.id = o.id::int) as categories,
    (select coalesce(jsonb_agg(jsonb_build_object('code', s.code, 'jan', s.jan, 'options', s.options, 'unit', s.unit, 'decimals', s.decimals, 'case_pack', s.case_pack,
        'weight_grams', s.weight_grams, 'lot_kept', s.lot_kept, 'serial_kept', s.serial_kept, 'archived', s.archived_at is not null,
        'components', (select jsonb_agg(jsonb_build_object('sku', k.code, 'quantity', (x->>'quantity')::bigint) order by n) from jsonb_array_elements(s.components) with ordinality e(x, n) join catalog.sku k on k.id = (x->>'sku')::bigint),
        'price', f.unit_price, 'from', f.valid_from) order by s.position, s.id), '[]')
      from catalog.sku s left join lateral (select unit_price, valid_from from pricing.price where sku = s.id and shop = ${ask.shop}::int and valid_from <= now() order by valid_from desc, recorded_at desc, id desc limit 1) f on true
      where s.product = p.id) as skus
  from catalog.product p
  where p.code > ${ask.after}::text and exists (select from catalog.sku s where s.product = p.id and s.components is not null) = ${ask.sets}::boolean
  order by p.code limit ${ask.limit}::int`
