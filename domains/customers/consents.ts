import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { table, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import { identityById } from './customers.ts'
import { IdentityMissing, NotYetSaid } from './refusals.ts'

export const channels = ['mail', 'sms', 'line', 'phone', 'post'] as const
export type Channel = (typeof channels)[number]
/** Where somebody said it. */
export const mouths = ['web', 'store', 'phone', 'paper'] as const
export type Consent = { channel: Channel; given: boolean; told_by: (typeof mouths)[number]; told_at: Date }
const consentTable = table<Consent & { id: number; identity: number; recorded_at: Date }>(
  'customers.consent',
  {
    id: 'bigint',
    identity: 'bigint',
    channel: 'text',
    given: 'boolean',
    told_by: 'text',
    told_at: 'timestamptz',
    recorded_at: 'timestamptz',
  },
)
export const ConsentTold = event(
  'customers.consent_told',
  Type.Object({ identity: Type.Integer(), channel: Type.String(), given: Type.Boolean() }),
)

/** What somebody says about being written to or called. Nothing said before is changed: the newest word about a channel holds. */
export async function tellConsent(
  tx: Tx,
  ask: { identity: number; channel: Channel; given: boolean; told_by: Consent['told_by']; told_at?: string },
): Promise<{ channel: Channel; given: boolean }> {
  const told_at = ask.told_at === undefined ? tx.now : new Date(ask.told_at)
  if (!(await identityById(tx, ask.identity))) throw IdentityMissing({ identity: ask.identity })
  if (told_at > tx.now) throw NotYetSaid({})
  const { identity, channel, given, told_by } = ask
  tx.insert(consentTable, {
    id: tx.number(),
    identity,
    channel,
    given,
    told_by,
    told_at,
    recorded_at: tx.now,
  })
  append(tx, ConsentTold, { subject: `identity:${identity}`, body: { identity, channel, given } })
  return { channel, given }
}
/** The newest word about each channel. */
export const consentsOf = (identity: number) => sql`
  select distinct on (channel) channel, given, told_by, told_at from customers.consent where identity = ${identity}::bigint order by channel, told_at desc, id desc`
