import { sql } from '#kernel/db'

/** Something moved: each offer of these SKUs is told anew, once, however often it moved. */
export const markMoved = (skus: readonly number[]) => sql`
  update channels.listing set moved_at = clock_timestamp() where sku = any(${[...skus]}::bigint[])`
/** `item`: what an offer is to be made of, in the outside's own numbers; null where the offer is there. */
type Listing = { sku: number; external_sku: string; product_type: string; item?: string | null }
/** All of them or none. */
export const saveListings = (connection: number, lines: readonly Listing[]) => sql`
  insert into channels.listing (connection, sku, external_sku, product_type, item)
  select ${connection}::int, * from unnest(${lines.map((l) => l.sku)}::bigint[], ${lines.map((l) => l.external_sku)}::text[], ${lines.map((l) => l.product_type)}::text[], ${lines.map((l) => l.item ?? null)}::text[])
  on conflict (connection, sku) do update set external_sku = excluded.external_sku, product_type = excluded.product_type, item = excluded.item, moved_at = clock_timestamp(), told = null,
    told_at = null, next_at = null, failure = null, said = null, look_at = null,
    made_at = case when listing.external_sku = excluded.external_sku and listing.item is not distinct from excluded.item then listing.made_at end`
export const saveListing = ({ connection, ...line }: Listing & { connection: number }) =>
  saveListings(connection, [line])
export const dropListings = (connection: number, skus: readonly number[]) =>
  sql`delete from channels.listing where connection = ${connection}::int and sku = any(${[...skus]}::bigint[])`
/** Codes of the outside that stand for another SKU already, of which the link does not end with this. */
export const takenListings = (
  connection: number,
  lines: readonly Pick<Listing, 'sku' | 'external_sku'>[],
  ended: readonly number[],
) => sql`
  select l.external_sku, l.sku from channels.listing l join unnest(${lines.map((l) => l.sku)}::bigint[], ${lines.map((l) => l.external_sku)}::text[]) w(sku, code)
    on l.external_sku = w.code and l.sku <> w.sku where l.connection = ${connection}::int and l.sku <> all(${[...ended]}::bigint[]) limit 1`
/** Every offer is held against what is so, and told where it differs. */
export const lookAgain = (connection: number) =>
  sql`update channels.listing set moved_at = clock_timestamp() where connection = ${connection}::int`
/** What is to be told: moved since it was told, never told, or a price of it begins. Text, for a moment of the database is finer than one of ours. */
export const untold = (connection: number, limit: number) => sql`
  select l.sku, l.external_sku, l.product_type, l.told, l.said, case when l.made_at is null then l.item end as item, l.moved_at::text as moved_at from channels.listing l
  where l.connection = ${connection}::int and (l.told_at is null or l.moved_at > l.told_at or l.look_at <= now()) and (l.next_at is null or l.next_at <= now())
    and not exists (select from channels.feed f where f.connection = l.connection and f.state = 'open' and f.lines @> jsonb_build_array(jsonb_build_object('sku', l.sku)))
  order by l.moved_at limit ${limit}::int`
/** What was last said of an offer besides its quantity: its price in whole yen, and the mark of its words. */
export type Said = { price?: number; words?: string }
export type Untold = {
  sku: number
  external_sku: string
  product_type: string
  told: number | null
  said: Said | null
  /** What an offer is to be made of; null where it is there. */
  item: string | null
  moved_at: string
}
/** What is said of one listing. `said`: besides its quantity; `look_at`: when its next price begins; `makes`: the offer itself. */
export type FeedLine = {
  sku: number
  quantity: number
  moved_at: string
  external_sku: string
  said?: Said
  look_at?: string | null
  makes?: boolean
}
export const toldListing = (connection: number, l: FeedLine) => sql`
  update channels.listing set told = ${l.quantity}::int, told_at = ${l.moved_at}::timestamptz, tries = 0, next_at = null, failure = null,
    said = coalesce(said, '{}') || ${JSON.stringify(l.said ?? {})}::jsonb, look_at = ${l.look_at ?? null}::timestamptz,
    made_at = case when ${l.makes ?? false}::boolean then now() else made_at end
  where connection = ${connection}::int and sku = ${l.sku}::bigint and external_sku = ${l.external_sku}`
export const notTold = (l: { connection: number; sku: number; failure: string; waitSeconds: number }) => sql`
  update channels.listing set tries = tries + 1, failure = ${l.failure}, next_at = now() + make_interval(secs => ${l.waitSeconds}::int)
  where connection = ${l.connection}::int and sku = ${l.sku}::bigint`
export const handOver = (f: { connection: number; external_id: string; lines: readonly FeedLine[] }) => sql`
  insert into channels.feed (connection, external_id, lines) values (${f.connection}::int, ${f.external_id}, ${JSON.stringify(f.lines)}::jsonb) on conflict do nothing`
export const openFeeds = (connection: number) => sql`
  select external_id, lines, at from channels.feed where connection = ${connection}::int and state = 'open' order by at limit 20`
export const closeFeed = (connection: number, external: string, state: 'done' | 'failed') => sql`
  update channels.feed set state = ${state} where connection = ${connection}::int and external_id = ${external}`
export const sweepFeeds = sql`delete from channels.feed where at < now() - interval '30 days' and state <> 'open'`

export const recordExchange = (
  connection: number,
  e: Omit<ExchangeSeen, 'id' | 'at'> & { asked: unknown; answered: unknown },
) => sql`
  insert into channels.exchange (connection, operation, method, path, status, outage, ms, tries, asked, answered)
  values (${connection}::int, ${e.operation}, ${e.method}, ${e.path}, ${e.status}::int, ${e.outage}, ${e.ms}::int, ${e.tries}::int, ${JSON.stringify(e.asked ?? null)}::jsonb, ${JSON.stringify(e.answered ?? null)}::jsonb)`
export const sweepExchanges = sql`delete from channels.exchange where at < now() - interval '14 days'`

export const certify = (c: {
  connection: number
  external_id: string
  order: number | null
  last_parcel_at: Date | null
  erased_at: Date
  found: object
}) => sql`
  insert into channels.certificate (connection, external_id, "order", last_parcel_at, erased_at, days_after_parcel, found)
  values (${c.connection}::int, ${c.external_id}, ${c.order}::bigint, ${c.last_parcel_at}::timestamptz, ${c.erased_at}::timestamptz,
    floor(extract(epoch from ${c.erased_at}::timestamptz - ${c.last_parcel_at}::timestamptz) / 86400)::int, ${JSON.stringify(c.found)}::jsonb) on conflict do nothing`

export const exchangesOf = (connection: number) => sql`
  select id, at, operation, method, path, status, outage, ms, tries from channels.exchange where connection = ${connection}::int order by id desc limit 20`
export type ExchangeSeen = {
  id: number
  at: Date
  operation: string
  method: string
  path: string
  status: number | null
  outage: string | null
  ms: number
  tries: number
}
export const certificatesOf = (connection: number, limit: number) => sql`
  select external_id, "order", last_parcel_at, erased_at, days_after_parcel, found, checked_at from channels.certificate where connection = ${connection}::int order by erased_at desc, external_id limit ${limit}::int`
export type Certificate = {
  external_id: string
  order: number | null
  last_parcel_at: Date | null
  erased_at: Date
  days_after_parcel: number | null
  found: Record<string, number>
  checked_at: Date
}
