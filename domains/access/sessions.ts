import { sql } from '#kernel/db'

// Sessions are the door's own bookkeeping, written at once and outside the gate: they count nothing and nothing follows from them.
export const startSession = (
  hash: string,
  s: {
    staff: number
    kind: 'console' | 'till'
    device: number | null
    hours: number
    /** The kind of browser, in two words. */
    agent?: string | null
  },
) => sql`
  insert into access.session (id, staff, kind, device, expires_at, agent, proven_at) values (${hash}::text, ${s.staff}::bigint, ${s.kind}::text, ${s.device}::bigint, now() + make_interval(hours => ${s.hours}::int), ${s.agent ?? null}::text, now())`
export const sessionOf = (hash: string) => sql`
  select left(x.id, 16) as id, x.staff, s.role, s.place, s.shops, x.kind, x.device, d.code as device_code, d.place as device_place, d.shop as device_shop,
    greatest(extract(epoch from now() - coalesce(x.proven_at, x.created_at))::int, 0) as proven_seconds
  from access.session x join access.staff s on s.id = x.staff left join access.device d on d.id = x.device
  where x.id = ${hash}::text and x.expires_at > now() and x.ended_at is null and s.disabled_at is null and (x.device is null or d.disabled_at is null and (s.shops is null or s.shops @> to_jsonb(d.shop)))`
export const endSession = (hash: string) =>
  sql`update access.session set ended_at = now() where id = ${hash}::text and ended_at is null`
/** Its holder has proved anew who they are. */
export const proveSession = (hash: string) =>
  sql`update access.session set proven_at = now() where id = ${hash}::text and ended_at is null`
/** Those of somebody that go on, the latest first. */
export const sessionsOf = (staff: number) => sql`
  select left(x.id, 16) as id, x.kind, d.code as device, x.agent, x.created_at, x.expires_at from access.session x left join access.device d on d.id = x.device
  where x.staff = ${staff}::bigint and x.expires_at > now() and x.ended_at is null order by x.created_at desc limit 200`
/** One of somebody's sessions, or all but the one that is kept. */
export const endSessionsOf = (ask: { staff: number; only?: string; keep?: string }) => sql`
  update access.session set ended_at = now() where staff = ${ask.staff}::bigint and ended_at is null and expires_at > now()
    and (${ask.only ?? null}::text is null or left(id, 16) = ${ask.only ?? null}::text) and (${ask.keep ?? null}::text is null or id <> ${ask.keep ?? null}::text) returning id`
/** Whoever had come in with the old password, or while it was known, comes in anew: one statement, so that no session outlives the change. */
export const changePassword = (ask: { staff: number; from: string | null; to: string; keep: string }) => sql`
  with changed as (update access.staff set password = ${ask.to}::text, version = version + 1 where id = ${ask.staff}::bigint and password is not distinct from ${ask.from}::text returning id),
    ended as (update access.session x set ended_at = now() from changed where x.staff = changed.id and x.ended_at is null and x.expires_at > now() and x.id <> ${ask.keep}::text returning x.id)
  select (select count(*)::int from changed) as changed, (select coalesce(array_agg(id), '{}') from ended) as ended`
/** Those that a till was opened with. */
export const endSessionsOfTill = (till: number) => sql`
  update access.session set ended_at = now() where device = ${till}::bigint and ended_at is null and expires_at > now() returning id`
export const sweepSessions = sql`delete from access.session where expires_at < now() - interval '30 days'`
