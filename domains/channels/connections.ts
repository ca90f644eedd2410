import { raw, sql } from '#kernel/db'

export type Connection = {
  id: number
  code: string
  connector: string
  shop: number
  active: boolean
  settings: Record<string, string>
  secrets: Buffer | null
  tried_at: Date | null
  worked_at: Date | null
  next_at: Date | null
  failures: number
  failure: Failure | null
  reconciled_at: Date | null
}
/** Why a round came to nothing: a code for words, the operation, the status that was answered. */
export type Failure = { code: string; operation: string; status: number | null }

// What a connection does is a door's own bookkeeping: it counts nothing, and what follows from it goes through the gate.
const shown =
  'id, code, connector, shop, active, settings, secrets, tried_at, worked_at, next_at, failures, failure, reconciled_at'
export const allConnections = raw(
  'connections',
  `select ${shown} from channels.connection order by id limit 200`,
  [],
)
export const connectionBy = (code: string) =>
  raw('connection by code', `select ${shown} from channels.connection where code = $1`, [code])
/** Sets up a connection, or changes it; secrets stay as they are when none are given. */
export const saveConnection = (c: {
  code: string
  connector: string
  shop: number
  active: boolean
  settings: Record<string, string>
  secrets: Buffer | null
}) => sql`
  insert into channels.connection as c (code, connector, shop, active, settings, secrets)
  values (${c.code}, ${c.connector}, ${c.shop}::int, ${c.active}::boolean, ${JSON.stringify(c.settings)}::jsonb, ${c.secrets}::bytea)
  on conflict (code) do update set active = excluded.active, settings = excluded.settings, secrets = coalesce(excluded.secrets, c.secrets), changed_at = now(), next_at = null, failures = 0, again = true
  where c.connector = excluded.connector and c.shop = excluded.shop
  returning id`
/** Takes a connection for a round: nobody else works on it until the time is up or it is let go. */
export const lease = (id: number, seconds: number) => sql`
  update channels.connection set busy_until = now() + make_interval(secs => ${seconds}::int), tried_at = now(), again = false
  where id = ${id}::int and (busy_until is null or busy_until < now()) returning id`
/** Whoever holds it goes round once more. */
export const askAgain = (id: number) =>
  sql`update channels.connection set again = true where id = ${id}::int and busy_until >= now()`
export const letGo = (id: number, failure: Failure | null, waitSeconds: number) => sql`
  update channels.connection set busy_until = null, failure = ${failure === null ? null : JSON.stringify(failure)}::jsonb,
    failures = case when ${failure === null}::boolean then 0 else failures + 1 end,
    worked_at = case when ${failure === null}::boolean then now() else worked_at end,
    next_at = now() + make_interval(secs => case when again then 0 else ${waitSeconds}::int end), again = false
  where id = ${id}::int`
export const reconciled = (id: number) =>
  sql`update channels.connection set reconciled_at = now() where id = ${id}::int`
