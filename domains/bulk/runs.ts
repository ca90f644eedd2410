import { sql } from '#kernel/db'
import type { Kind, RunRow, RunState } from './tables.ts'

/** Most rows one run touches. */
export const most = 100_000
/** Seconds without a word after which whoever walked a run is taken to be dead. */
const patience = 15

type Opened = Pick<
  RunRow,
  | 'id'
  | 'digest'
  | 'shop'
  | 'kind'
  | 'how'
  | 'filter'
  | 'lang'
  | 'staff'
  | 'session'
  | 'origin'
  | 'pin'
  | 'amount'
>
/** The run and all of its rows, or none of it; there already, nothing. */
export const openRun = (r: Opened, items: readonly { item: number; amount: number | null }[]) => sql`
  with made as (
    insert into bulk.run (id, digest, shop, kind, how, filter, lang, staff, session, origin, pin, matched, amount, state)
    values (${r.id}::uuid, ${r.digest}, ${r.shop}::int, ${r.kind}, ${JSON.stringify(r.how)}::jsonb, ${JSON.stringify(r.filter)}::jsonb, ${r.lang}, ${r.staff}::bigint,
      ${r.session}::text, ${r.origin}::text, ${r.pin}::boolean, ${items.length}::int, ${r.amount}::bigint, 'running')
    on conflict do nothing returning id)
  insert into bulk.item (run, n, item, amount)
  select m.id, x.n, x.item, x.amount from made m cross join unnest(${items.map((i) => i.item)}::bigint[], ${items.map((i) => i.amount)}::bigint[]) with ordinality x(item, amount, n)`
export const digestOf = (id: string) => sql`select digest from bulk.run where id = ${id}::uuid`

/** The oldest run that wants somebody and has nobody. */
export const takeRun = (process: string) => sql`
  update bulk.run set process = ${process}::uuid, seen_at = clock_timestamp()
  where id = (select id from bulk.run where state in ('running', 'undoing') and (process is null or seen_at < clock_timestamp() - make_interval(secs => ${patience}::int))
    order by started_at limit 1 for update skip locked)
  returning id, version, kind, staff, undo_staff, state, ending`
export type Taken = Pick<RunRow, 'id' | 'kind' | 'staff' | 'undo_staff' | 'state' | 'ending'> & {
  version: number
}

export const countsOf = (id: string) => sql`
  select (select count(*) from bulk.outcome where run = ${id}::uuid and outcome = 'done')::int as done, (select count(*) from bulk.outcome where run = ${id}::uuid and outcome = 'same')::int as same,
    (select count(*) from bulk.outcome where run = ${id}::uuid and outcome = 'refused')::int as refused, (select count(*) from bulk.returned where run = ${id}::uuid and outcome = 'undone')::int as undone,
    (select count(*) from bulk.returned where run = ${id}::uuid and outcome = 'kept')::int as kept`
export type Counts = Pick<RunRow, 'done' | 'same' | 'refused' | 'undone' | 'kept'>
type Mine = { id: string; process: string; counts: Counts }
/** Whoever walks it lives, and is so far; answers whether it is to end. No row: it is another's by now. */
export const seeRun = (r: Mine) => sql`
  update bulk.run set seen_at = clock_timestamp(), done = ${r.counts.done}::int, same = ${r.counts.same}::int, refused = ${r.counts.refused}::int, undone = ${r.counts.undone}::int, kept = ${r.counts.kept}::int
  where id = ${r.id}::uuid and process = ${r.process}::uuid and state in ('running', 'undoing') returning ending`
/** Its end, whatever it was. */
export const endRun = (r: Mine & { from: RunState; state: RunState; why: string | null }) => sql`
  update bulk.run set state = ${r.state}, why = ${r.why}::text, version = version + 1, process = null, ending = false,
    done = ${r.counts.done}::int, same = ${r.counts.same}::int, refused = ${r.counts.refused}::int, undone = ${r.counts.undone}::int, kept = ${r.counts.kept}::int,
    ended_at = coalesce(ended_at, clock_timestamp()), undone_at = case when ${r.state}::text = 'undone' then clock_timestamp() else undone_at end
  where id = ${r.id}::uuid and process = ${r.process}::uuid and state = ${r.from}`
/** Left for another process to go on with at once. */
export const leaveRun = (id: string, process: string) =>
  sql`update bulk.run set process = null where id = ${id}::uuid and process = ${process}::uuid`
/** Rows that are done stay; where nobody walks it, it has ended by this. */
export const cancelRun = (id: string) => sql`
  update bulk.run set ending = true, version = version + 1,
    state = case when process is null or seen_at < clock_timestamp() - make_interval(secs => ${patience}::int) then 'cancelled' else state end,
    ended_at = case when process is null or seen_at < clock_timestamp() - make_interval(secs => ${patience}::int) then clock_timestamp() else ended_at end
  where id = ${id}::uuid and state = 'running'`
/** From now on it is taken back. */
export const undoRun = (r: {
  id: string
  staff: number
  session: string | null
  origin: string | null
}) => sql`
  update bulk.run set state = 'undoing', version = version + 1, ending = false, process = null, undo_staff = ${r.staff}::bigint, undo_session = ${r.session}::text, undo_origin = ${r.origin}::text
  where id = ${r.id}::uuid and state in ('finished', 'cancelled', 'failed') returning id`

export type Item = { n: number; item: number; amount: number | null }
/** The next rows that nothing has become of yet. */
export const itemsAfter = (run: string, n: number, limit: number) => sql`
  select i.n, i.item, i.amount from bulk.item i where i.run = ${run}::uuid and i.n > ${n}::int
    and not exists (select from bulk.outcome o where o.run = i.run and o.item = i.item) order by i.n limit ${limit}::int`
/** The next rows that are to be set back. */
export const doneAfter = (run: string, item: number, limit: number) => sql`
  select o.item, 0 as n, null::bigint as amount from bulk.outcome o where o.run = ${run}::uuid and o.outcome = 'done' and o.item > ${item}::bigint
    and not exists (select from bulk.returned r where r.run = o.run and r.item = o.item) order by o.item limit ${limit}::int`

/** Runs of these kinds, the latest first; `staff`: what one person asked for. */
export const runList = (ask: {
  shop: number
  kinds: readonly Kind[]
  staff: number | null
  id: string | null
  limit: number
}) => sql`
  select id, shop, kind, how, staff, matched, amount, done, same, refused, undone, kept, state, why, ending, started_at, ended_at, undone_at from bulk.run
  where shop = ${ask.shop}::int and kind = any(${[...ask.kinds]}::text[]) and (${ask.staff}::bigint is null or staff = ${ask.staff}::bigint) and (${ask.id}::uuid is null or id = ${ask.id}::uuid)
  order by started_at desc limit ${ask.limit}::int`
export type Listed = Pick<
  RunRow,
  | 'id'
  | 'shop'
  | 'kind'
  | 'how'
  | 'staff'
  | 'matched'
  | 'amount'
  | 'done'
  | 'same'
  | 'refused'
  | 'undone'
  | 'kept'
  | 'state'
  | 'why'
  | 'ending'
  | 'started_at'
  | 'ended_at'
  | 'undone_at'
>
export type Refused = { item: number; code: string; detail: Record<string, unknown> }
/** Rows that were refused, or left as they were when the run was taken back. */
export const refusedAfter = (run: string, after: number, limit: number) => sql`
  select item, code, coalesce(detail, '{}') as detail from bulk.outcome where run = ${run}::uuid and outcome = 'refused' and item > ${after}::bigint order by item limit ${limit}::int`
export const keptAfter = (run: string, after: number, limit: number) => sql`
  select item, code, coalesce(detail, '{}') as detail from bulk.returned where run = ${run}::uuid and outcome = 'kept' and item > ${after}::bigint order by item limit ${limit}::int`
/** After ninety days nobody asks any more. */
export const sweepRuns = sql`
  with old as (delete from bulk.run where state not in ('running', 'undoing') and started_at < now() - interval '90 days' returning id),
    items as (delete from bulk.item where run in (select id from old)), outcomes as (delete from bulk.outcome where run in (select id from old))
  delete from bulk.returned where run in (select id from old)`
