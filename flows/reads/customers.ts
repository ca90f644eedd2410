import { raw, sql, type Statement } from '#kernel/db'

/** Every identity of the customer that one of them is, with its own points and how many orders came with it. Points are kind 41. */
export const identitiesOf = (identity: number) => sql`
  with mine as (select * from customers.identity where id = ${identity}::bigint)
  select i.id as identity, i.customer, i.kind, i.source, i.shop, i.code, i.created_at,
    coalesce((select balance from ledger.account where id = (41::bigint << 44) + i.id), 0) as points,
    (select count(*)::int from reads.order_row r where r.generation = (select generation from kernel.follower where name = 'order-rows' and state = 'live') and r.buyer = i.id) as orders
  from customers.identity i, mine where i.id = mine.id or i.customer = mine.customer order by i.id limit 200`

/** Their orders, newest first, each under the identity it came with. */
export const ordersOf = (identities: readonly number[], limit: number) => sql`
  select r."order", r.buyer as identity, r.channel, r.status, r.placed_at, r.total from reads.order_row r
  where r.generation = (select generation from kernel.follower where name = 'order-rows' and state = 'live') and r.buyer = any(${identities}::bigint[]) order by r."order" desc limit ${limit}::int`

/** A row of the list. Two that are one customer are told so; one that was parted from all others is by itself. */
const shown = `i.id as identity, case when exists (select from customers.identity o where o.customer = i.customer and o.id <> i.id) then i.customer end as customer, i.kind, i.source, i.shop, i.code, i.created_at,
    coalesce((select balance from ledger.account where id = (41::bigint << 44) + i.id), 0) as points,
    (select count(*)::int from reads.order_row r where r.generation = (select generation from kernel.follower where name = 'order-rows' and state = 'live') and r.buyer = i.id) as orders`
/** Who is looked for: of one kind, of these shops, some persons or a card's number. From the first value on. */
const fits = `($1::text is null or i.kind = $1) and ($2::int[] is null or i.shop = any($2))
    and ($3::bigint[] is null and $4::text is null or i.id = any($3) or i.code = $4)`
type Sought = {
  kind: string | null
  code: string | null
  persons: readonly number[] | null
  shops: readonly number[] | null
}
const told = (a: Sought) => [a.kind, a.shops, a.persons, a.code]
/** A page of customers, newest first: of one kind, of some persons, by a card's number or one's own, or all. */
export const customerList = (a: Sought & { before: number; limit: number }): Statement =>
  raw(
    'customer list',
    `select ${shown} from customers.identity i where ${fits} and i.id < $5::bigint order by i.id desc limit $6::int`,
    [...told(a), a.before, a.limit],
  )

/** All that fit, or those of these numbers, the oldest first. */
export const customerMatches = (a: Sought & { ids: readonly number[] | null; limit: number }): Statement =>
  raw(
    'customer matches',
    `select i.id from customers.identity i where ${fits} and ($5::bigint[] is null or i.id = any($5)) order by i.id limit $6::int`,
    [...told(a), a.ids, a.limit],
  )
/** Rows of the list by their numbers, with what each said last about being written to or called. */
export const customerRowsOf = (ids: readonly number[]): Statement =>
  raw(
    'customer rows of',
    `select ${shown},
    (select coalesce(jsonb_object_agg(k.channel, k.given), '{}') from (select distinct on (c.channel) c.channel, c.given from customers.consent c where c.identity = i.id order by c.channel, c.told_at desc, c.id desc) k) as consents
  from customers.identity i where i.id = any($1::bigint[]) order by i.id`,
    [ids],
  )

/** Those they are known to be besides, with them. */
export const joinedWith = (persons: readonly number[]) => sql`
  select unnest(${[...persons]}::bigint[]) as person
  union select o.id from customers.identity i join customers.identity o on o.customer = i.customer where i.id = any(${[...persons]}::bigint[])
  limit 1000`

/** What happened to an identity's points, newest first; above zero it came to them. Points are kind 41. */
export const pointMovements = (identity: number, limit: number) => sql`
  select seq, case when credit = (41::bigint << 44) + ${identity}::bigint then amount else -amount end as amount, reason, ref as "order", actor, happened_at from ledger.transfer
  where credit = (41::bigint << 44) + ${identity}::bigint or debit = (41::bigint << 44) + ${identity}::bigint order by seq desc limit ${limit}::int`
