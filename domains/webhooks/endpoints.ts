import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import { EndpointChanged, EndpointMissing } from './refusals.ts'

export type State = 'on' | 'off' | 'broken'
type Row = {
  id: number
  url: string
  shop: number | null
  kinds: string[] | null
  secret: Buffer
  secret_before: Buffer | null
  before_until: Date | null
  state: State
  failing_since: Date | null
  created_at: Date
  archived_at: Date | null
}
export type Endpoint = Row & { version: number }
const endpointTable = table<Row>('webhooks.endpoint', {
  id: 'bigint',
  url: 'text',
  shop: 'integer',
  kinds: 'jsonb',
  secret: 'bytea',
  secret_before: 'bytea',
  before_until: 'timestamptz',
  state: 'text',
  failing_since: 'timestamptz',
  created_at: 'timestamptz',
  archived_at: 'timestamptz',
})
const byId = reader<number, Endpoint>(
  'id',
  (ids) =>
    sql`select id, version, url, shop, kinds, secret, secret_before, before_until, state, failing_since, created_at, archived_at from webhooks.endpoint where id = any(${ids}::bigint[])`,
)
/** An endpoint was made, changed, or given up because it had failed for long: the last is an alarm. */
export const EndpointMoved = event(
  'webhooks.endpoint_changed',
  Type.Object({ endpoint: Type.Integer(), state: Type.Enum(['on', 'off', 'broken']) }),
)
const say = (tx: Tx, endpoint: number, state: State) =>
  append(tx, EndpointMoved, { subject: `webhook:${endpoint}`, body: { endpoint, state } })

export function addEndpoint(
  tx: Tx,
  e: { id: number; url: string; shop: number | null; kinds: string[] | null; secret: Buffer },
): void {
  tx.insert(endpointTable, {
    ...e,
    secret_before: null,
    before_until: null,
    state: 'on',
    failing_since: null,
    created_at: tx.now,
    archived_at: null,
  })
  say(tx, e.id, 'on')
}
export type Known = Guarded<Endpoint> & Endpoint
/** The endpoint as somebody saw it; refused when another has changed it since. */
export async function endpointAt(tx: Tx, ask: { endpoint: number; version?: number }): Promise<Known> {
  const found = await byId.guard(tx, endpointTable, ask.endpoint)
  if (!found || found.archived_at) throw EndpointMissing({ endpoint: ask.endpoint })
  if (ask.version !== undefined && ask.version !== found.version)
    throw EndpointChanged({ version: found.version })
  return found
}
export function changeEndpoint(
  tx: Tx,
  e: Known,
  to: Partial<
    Pick<
      Row,
      | 'url'
      | 'kinds'
      | 'shop'
      | 'state'
      | 'secret'
      | 'secret_before'
      | 'before_until'
      | 'failing_since'
      | 'archived_at'
    >
  >,
): void {
  tx.update(endpointTable, e, to)
  say(tx, e.id, to.state ?? e.state)
}
