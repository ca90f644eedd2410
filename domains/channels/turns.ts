import { sql } from '#kernel/db'

type Turn = { connection: number; operation: string; rate: number; burst: number; pace: number }
/**
 * Takes a turn in one statement and answers the wait in ms; no row when it would come later than `within_ms`, and then none
 * is taken. An allowance of `burst` that comes back at `rate` is empty when it is `burst / rate` away from being whole.
 * The database's clock is the one that all processes share.
 */
export const takeTurn = (t: Turn & { within_ms: number }) => sql`
  insert into channels.turn as b (connection, operation, full_at)
  values (${t.connection}::int, ${t.operation}, clock_timestamp() + make_interval(secs => 1 / (${t.rate}::float8 * ${t.pace}::float8)))
  on conflict (connection, operation) do update
    set full_at = greatest(b.full_at, clock_timestamp()) + make_interval(secs => 1 / (coalesce(b.rate, ${t.rate}::float8) * ${t.pace}::float8))
    where b.full_at - make_interval(secs => (${t.burst}::float8 - 1) / (coalesce(b.rate, ${t.rate}::float8) * ${t.pace}::float8))
      <= clock_timestamp() + make_interval(secs => ${t.within_ms}::float8 / 1000)
  returning greatest(0, extract(epoch from b.full_at - clock_timestamp())::float8 - ${t.burst}::float8 / (coalesce(b.rate, ${t.rate}::float8) * ${t.pace}::float8)) * 1000 as wait_ms`
/** The outside says that nothing is left, whatever was counted. */
export const turnsOver = (t: Turn) => sql`
  update channels.turn b set full_at = greatest(full_at, clock_timestamp() + make_interval(secs => ${t.burst}::float8 / (coalesce(b.rate, ${t.rate}::float8) * ${t.pace}::float8)))
  where connection = ${t.connection}::int and operation = ${t.operation}`
/** The outside says how fast it may be asked: what is used up stays used up, and comes back at the new rate. */
export const turnsTold = (t: Turn & { told: number }) => sql`
  update channels.turn b set rate = ${t.told}::float8,
    full_at = clock_timestamp() + greatest(interval '0', full_at - clock_timestamp()) * (coalesce(b.rate, ${t.rate}::float8) / ${t.told}::float8)
  where connection = ${t.connection}::int and operation = ${t.operation} and coalesce(b.rate, ${t.rate}::float8) <> ${t.told}::float8`
/** For people: what each operation has used up, in seconds until it is whole again. */
export const turnsOf = (connection: number) => sql`
  select operation, rate, greatest(0, extract(epoch from full_at - clock_timestamp()))::float8 as seconds from channels.turn where connection = ${connection}::int`
export type TurnSeen = { operation: string; rate: number | null; seconds: number }
