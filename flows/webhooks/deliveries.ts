import { sql, type Statement } from '#kernel/db'
import type { Follower } from '#kernel/journal'

/** Each event becomes one delivery for each endpoint that wants it, in the commit that moves the cursor: none is lost, none is made twice. */
export const toWebhooks: Follower = {
  name: 'webhooks',
  batch: 1000,
  async project(client, happened) {
    await client.query({
      name: 'webhook deliveries',
      text: `
      insert into webhooks.delivery (endpoint, epoch, xid, seq, kind, state, next_at)
      select e.id, h.epoch, h.xid, h.seq, h.kind, 'pending', now()
      from unnest($1::int[], $2::xid8[], $3::bigint[], $4::text[], $5::int[]) h(epoch, xid, seq, kind, shop)
      join webhooks.endpoint e on e.state <> 'off' and (e.kinds is null or e.kinds ? h.kind) and (e.shop is null or h.shop is null or e.shop = h.shop)
      where h.kind <> 'webhooks.endpoint_changed'
      on conflict do nothing`,
      values: [
        happened.map((h) => h.epoch),
        happened.map((h) => h.xid),
        happened.map((h) => h.seq),
        happened.map((h) => h.kind),
        happened.map((h) => h.shop),
      ],
    })
  },
  // What has been sent is no projection: it is not made anew.
  async discard() {},
}

/** Takes what is due, a few for each endpoint so that a slow one holds up nobody else, and puts it off while it is tried. */
export const takeDue = (
  now: Date,
  each: number,
  busy: readonly number[],
  leaseSeconds: number,
): Statement => sql`
  with due as (
    select d.endpoint, d.epoch, d.xid, d.seq from webhooks.endpoint e
    cross join lateral (
      select * from webhooks.delivery w where w.endpoint = e.id and w.state = 'pending' and w.next_at <= ${now}::timestamptz
      order by w.next_at limit ${each}::int for update skip locked) d
    where e.state = 'on' and e.id <> all (${busy}::bigint[]))
  update webhooks.delivery d set attempts = d.attempts + 1, next_at = ${now}::timestamptz + make_interval(secs => ${leaseSeconds}::int)
  from due, webhooks.endpoint e, kernel.event v
  where (d.endpoint, d.epoch, d.xid, d.seq) = (due.endpoint, due.epoch, due.xid, due.seq) and e.id = d.endpoint
    and (v.epoch, v.xid, v.seq) = (d.epoch, d.xid, d.seq)
  returning d.endpoint, d.epoch, d.xid::text as xid, d.seq, d.attempts, e.url, e.secret, e.secret_before, e.before_until, e.failing_since,
    v.kind, v.version, v.subject, v.shop, v.body, v.happened_at, v.recorded_at`

type Spot = { endpoint: number; epoch: number; xid: string; seq: number }
export const delivered = (d: Spot, now: Date, status: number): Statement => sql`
  with done as (update webhooks.delivery set state = 'done', status = ${status}::int, failure = null, done_at = ${now}::timestamptz
    where endpoint = ${d.endpoint}::bigint and epoch = ${d.epoch}::int and xid = ${d.xid}::xid8 and seq = ${d.seq}::bigint)
  update webhooks.endpoint set failing_since = null where id = ${d.endpoint}::bigint and failing_since is not null`
export const failed = (
  d: Spot,
  now: Date,
  o: { next: Date | undefined; status: number | undefined; failure: string },
): Statement => sql`
  with put_off as (update webhooks.delivery set state = case when ${o.next ?? null}::timestamptz is null then 'dead' else 'pending' end,
      next_at = coalesce(${o.next ?? null}::timestamptz, next_at), status = ${o.status ?? null}::int, failure = ${o.failure}
    where endpoint = ${d.endpoint}::bigint and epoch = ${d.epoch}::int and xid = ${d.xid}::xid8 and seq = ${d.seq}::bigint)
  update webhooks.endpoint set failing_since = coalesce(failing_since, ${now}::timestamptz) where id = ${d.endpoint}::bigint`

export const endpoints = sql`
  select e.id as endpoint, e.version, e.url, e.shop, e.kinds, e.state, e.failing_since, e.created_at,
    case when e.before_until > now() then e.before_until end as before_until,
    (select max(d.done_at) from webhooks.delivery d where d.endpoint = e.id and d.state = 'done') as delivered_at, w.waiting, w.retrying,
    (select count(*)::int from (select 1 from webhooks.delivery d where d.endpoint = e.id and d.state = 'dead' limit 10001) x) as dead
  from webhooks.endpoint e
  cross join lateral (select count(*)::int as waiting, (count(*) filter (where attempts > 0))::int as retrying
    from (select attempts from webhooks.delivery d where d.endpoint = e.id and d.state = 'pending' limit 10001) x) w
  where e.archived_at is null order by e.id`
export const deliveries = (
  endpoint: number,
  state: string | undefined,
  before: Spot | undefined,
  limit: number,
): Statement => sql`
  select epoch, xid::text as xid, seq, kind, state, attempts, next_at, status, failure, done_at, created_at from webhooks.delivery d
  where endpoint = ${endpoint}::bigint and (${state ?? null}::text is null or state = ${state ?? null}::text)
    and (${before?.epoch ?? null}::int is null or (epoch, xid, seq) < (${before?.epoch ?? null}::int, ${before?.xid ?? null}::xid8, ${before?.seq ?? null}::bigint))
  order by d.epoch desc, d.xid desc, d.seq desc limit ${limit}::int`
/** Sent once more: some by their place in the journal, or all that is dead, or everything after a place. Also what had arrived: the receiver knows its number. */
export const replaySome = (
  endpoint: number,
  spots: readonly Omit<Spot, 'endpoint'>[],
  now: Date,
): Statement => sql`
  update webhooks.delivery d set state = 'pending', attempts = 0, next_at = ${now}::timestamptz, failure = null
  from unnest(${spots.map((s) => s.epoch)}::int[], ${spots.map((s) => s.xid)}::xid8[], ${spots.map((s) => s.seq)}::bigint[]) s(epoch, xid, seq)
  where d.endpoint = ${endpoint}::bigint and (d.epoch, d.xid, d.seq) = (s.epoch, s.xid, s.seq) returning 1`
export const replayDead = (endpoint: number, now: Date): Statement => sql`
  update webhooks.delivery set state = 'pending', attempts = 0, next_at = ${now}::timestamptz, failure = null
  where endpoint = ${endpoint}::bigint and state = 'dead' returning 1`
/** From a place in the journal to another, also what this endpoint never had: made or switched off at the time. */
export const replayRange = (
  endpoint: number,
  from: Omit<Spot, 'endpoint'>,
  to: Omit<Spot, 'endpoint'>,
  now: Date,
): Statement => sql`
  insert into webhooks.delivery (endpoint, epoch, xid, seq, kind, state, next_at)
  select e.id, v.epoch, v.xid, v.seq, v.kind, 'pending', ${now}::timestamptz from webhooks.endpoint e
  join kernel.event v on (v.epoch, v.xid, v.seq) >= (${from.epoch}::int, ${from.xid}::xid8, ${from.seq}::bigint) and (v.epoch, v.xid, v.seq) <= (${to.epoch}::int, ${to.xid}::xid8, ${to.seq}::bigint)
    and (v.epoch, v.xid) < ((select max(epoch) from kernel.epoch), pg_snapshot_xmin(pg_current_snapshot()))
  where e.id = ${endpoint}::bigint and (e.kinds is null or e.kinds ? v.kind) and (e.shop is null or v.shop is null or e.shop = v.shop) and v.kind <> 'webhooks.endpoint_changed'
  on conflict (endpoint, epoch, xid, seq) do update set state = 'pending', attempts = 0, next_at = excluded.next_at, failure = null returning 1`
/** What has arrived is kept for a while, to be looked at; so is what an archived endpoint never got. */
export const sweepDeliveries = sql`
  delete from webhooks.delivery d where (state = 'done' and done_at < now() - interval '30 days')
    or exists (select from webhooks.endpoint e where e.id = d.endpoint and e.archived_at < now() - interval '30 days')`
