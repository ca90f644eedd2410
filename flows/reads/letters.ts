import { sql, type Statement } from '#kernel/db'

/** What a letter to a buyer tells beside its order: the event, the goods it names, whether any is sold to adults only. */
export const letterFacts = (s: { epoch: number; xid: string; seq: number }, order: number): Statement => sql`
  select e.kind, e.body, e.happened_at,
    (select coalesce(jsonb_agg(distinct p.name), '[]') from jsonb_array_elements(case when e.kind like 'orders.%cancelled' then coalesce(e.body->'skus', '[]') else '[]' end) x
      join catalog.sku k on k.id = x::bigint join catalog.product p on p.id = k.product) as given_up,
    exists (select from orders.line l join catalog.sku k on k.id = l.sku join catalog.product p on p.id = k.product where l."order" = ${order}::bigint and p.age is not null) as adults
  from kernel.event e where e.epoch = ${s.epoch}::int and e.xid = ${s.xid}::xid8 and e.seq = ${s.seq}::bigint`
