import { sql } from '#kernel/db'

/** What of ours is offered in an outside system, under which code, and what was last said there about it. By SKU. */
export const listingList = (a: {
  connection: number
  q: string | null
  failed: boolean
  after: number
  limit: number
}) => sql`
  select l.sku as id, s.code as sku, p.name, l.external_sku, l.product_type, l.item, l.told, (l.said->>'price')::bigint as told_price, l.told_at, l.failure
  from channels.listing l join catalog.sku s on s.id = l.sku join catalog.product p on p.id = s.product
  where l.connection = ${a.connection}::int and l.sku > ${a.after}::bigint and (not ${a.failed}::boolean or l.failure is not null)
    and (${a.q}::text is null or s.code ilike '%' || ${a.q} || '%' or l.external_sku ilike '%' || ${a.q} || '%' or p.name->>'ja' ilike '%' || ${a.q} || '%' or p.name->>'en' ilike '%' || ${a.q} || '%')
  order by l.sku limit ${a.limit}::int`
