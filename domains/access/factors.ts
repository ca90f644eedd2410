import { createHash, randomBytes } from 'node:crypto'
import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { tellStaff, touchMember, type KnownMember } from './people.ts'
import { LastWay } from './refusals.ts'
import { base32 } from './totp.ts'

export type Passkey = {
  id: string
  staff: number
  public_key: Buffer
  counter: number
  transports: string[] | null
  note: string | null
  created_at: Date
}
const passkeyTable = table<Passkey>('access.passkey', {
  id: 'text',
  staff: 'bigint',
  public_key: 'bytea',
  counter: 'bigint',
  transports: 'jsonb',
  note: 'uuid',
  created_at: 'timestamptz',
})
const passkeysByStaff = reader<number, { id: string; version: number; staff: number }>(
  'staff',
  (ids) => sql`select id, version, staff from access.passkey where staff = any(${ids}::bigint[])`,
)
/** A way in of its own; the row of its owner changes with it. */
export function addPasskey(tx: Tx, member: KnownMember, p: Omit<Passkey, 'staff' | 'created_at'>): void {
  touchMember(tx, member)
  tx.insert(passkeyTable, {
    id: p.id,
    staff: member.id,
    public_key: p.public_key,
    counter: p.counter,
    transports: p.transports,
    note: p.note,
    created_at: tx.now,
  })
  tellStaff(tx, member.id, 'passkey_added')
}
/** Refused where it is the last way in; undefined where it is not theirs. What it answers records it. */
export async function removePasskey(
  tx: Tx,
  member: KnownMember,
  passkey: string,
): Promise<(() => void) | undefined> {
  const mine = await passkeysByStaff.guardAll(tx, passkeyTable, member.id)
  const one = mine.find((p) => p.id === passkey)
  if (!one) return undefined
  if (member.password === null && mine.length === 1) throw LastWay({})
  return () => {
    touchMember(tx, member)
    tx.delete(passkeyTable, one)
    tellStaff(tx, member.id, 'passkey_removed')
  }
}
/** Somebody has lost what they prove themselves with: what is left is their password, or a new link. */
export async function resetPasskeys(tx: Tx, member: KnownMember): Promise<() => void> {
  const all = await passkeysByStaff.guardAll(tx, passkeyTable, member.id)
  return () => {
    touchMember(tx, member)
    for (const one of all) tx.delete(passkeyTable, one)
    tellStaff(tx, member.id, 'second_factor_reset')
  }
}

// What follows is the door's own bookkeeping, like sessions: each is one statement that decides and writes.
export const passkeysOf = (staff: number) => sql`
  select id, staff, public_key, counter, transports, note, created_at, used_at from access.passkey where staff = ${staff}::bigint order by created_at limit 100`
export const passkeyById = (id: string) => sql`
  select p.id, p.staff, p.public_key, p.counter, p.transports from access.passkey p join access.staff s on s.id = p.staff where p.id = ${id}::text and s.disabled_at is null`
/** A counter that did not move on is somebody else's copy, or an authenticator that keeps none. */
export const usePasskey = (id: string, counter: number) => sql`
  update access.passkey set counter = ${counter}::bigint, used_at = now() where id = ${id}::text and (counter < ${counter}::bigint or counter = 0 and ${counter}::bigint = 0) returning id`
export const namePasskey = (ask: { staff: number; passkey: string; note: string }) => sql`
  update access.passkey set note = ${ask.note}::uuid where staff = ${ask.staff}::bigint and id = ${ask.passkey}::text returning id`

/** A secret that is not confirmed yet takes the place of an earlier such one, never of one in force. */
export const beginTotp = (staff: number, box: Buffer) => sql`
  insert into access.totp (staff, box) values (${staff}::bigint, ${box}::bytea)
  on conflict (staff) do update set box = excluded.box, created_at = now(), step = 0 where access.totp.confirmed_at is null returning staff`
export const totpOf = (staff: number) =>
  sql`select box, confirmed_at, created_at from access.totp where staff = ${staff}::bigint`
export const confirmTotp = (staff: number, step: number) => sql`
  update access.totp set confirmed_at = now(), step = ${step}::bigint where staff = ${staff}::bigint and confirmed_at is null and created_at > now() - interval '1 hour' returning staff`
/** Each step once: a code that somebody has seen being typed opens nothing. */
export const useStep = (staff: number, step: number) => sql`
  update access.totp set step = ${step}::bigint where staff = ${staff}::bigint and confirmed_at is not null and step < ${step}::bigint returning staff`
export const dropTotp = (staff: number) => sql`
  with gone as (delete from access.recovery where staff = ${staff}::bigint) delete from access.totp where staff = ${staff}::bigint returning staff`
export const setRecovery = (staff: number, hashes: readonly string[]) => sql`
  with gone as (delete from access.recovery where staff = ${staff}::bigint)
  insert into access.recovery (staff, hash) select ${staff}::bigint, h from unnest(${[...hashes]}::text[]) h`
export const useRecovery = (staff: number, hash: string) => sql`
  update access.recovery set used_at = now() where staff = ${staff}::bigint and hash = ${hash}::text and used_at is null returning staff`
export const recoveryLeft = (staff: number) =>
  sql`select count(*)::int as left from access.recovery where staff = ${staff}::bigint and used_at is null`

/** Ten codes of eighty bits, each good once. */
export const newRecovery = (): string[] =>
  Array.from({ length: 10 }, () => base32(randomBytes(10)).replace(/(.{4})(?=.)/g, '$1-'))
export const recoveryHash = (typed: string): string =>
  createHash('sha256')
    .update(
      typed
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^A-Z2-7]/g, ''),
    )
    .digest('base64url')

export const keepChallenge = (ask: { hash: string; purpose: string; staff: number | null }) => sql`
  with old as (delete from access.challenge where expires_at < now())
  insert into access.challenge (hash, purpose, staff, expires_at) values (${ask.hash}::text, ${ask.purpose}::text, ${ask.staff}::bigint, now() + interval '5 minutes')`
/** Taken by the first answer, whatever becomes of it. */
export const takeChallenge = (ask: { hash: string; purpose: string; staff: number | null }) => sql`
  delete from access.challenge where hash = ${ask.hash}::text and purpose = ${ask.purpose}::text and staff is not distinct from ${ask.staff}::bigint and expires_at > now() returning hash`
