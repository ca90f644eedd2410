import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import type { Role } from './matrix.ts'
import { TillCodeTaken, TillMissing } from './refusals.ts'

export type Staff = {
  id: number
  role: Role
  /** Those they work for; null: every one. */
  shops: number[] | null
  place: number | null
  password: string | null
  pin: string | null
}
export type Device = { id: number; code: string; place: number; shop: number; key_hash: string }
export type Session = {
  staff: number
  role: Role
  place: number | null
  shops: number[] | null
  kind: 'console' | 'till'
  device: number | null
  device_code: string | null
  device_place: number | null
  device_shop: number | null
  /** What a session is called, to whoever holds it and in the audit log; it opens nothing. */
  id: string
  /** How long ago its holder last proved who they are. */
  proven_seconds: number
}
const deviceTable = table<Device & { disabled_at: Date | null }>(
  'access.device',
  {
    id: 'bigint',
    code: 'text',
    place: 'integer',
    shop: 'integer',
    key_hash: 'text',
    disabled_at: 'timestamptz',
  },
  { device_code_key: (row) => TillCodeTaken({ code: row.code }) },
)
const changes = ['added', 'disabled', 'enabled', 'renewed'] as const
/** A till may be opened from now on, no more, again, or with another key only. */
export const TillChanged = event(
  'access.till_changed',
  Type.Object({ till: Type.Integer(), change: Type.Enum([...changes]) }),
)
const say = (tx: Tx, d: Pick<Device, 'id' | 'shop'>, change: (typeof changes)[number]): void =>
  append(tx, TillChanged, { subject: `till:${d.id}`, shop: d.shop, body: { till: d.id, change } })

export function addDevice(tx: Tx, d: Device): void {
  tx.insert(deviceTable, {
    id: d.id,
    code: d.code,
    place: d.place,
    shop: d.shop,
    key_hash: d.key_hash,
    disabled_at: null,
  })
  say(tx, d, 'added')
}
type Till = Device & { version: number; disabled_at: Date | null }
type KnownTill = Guarded<Till> & Till
const tillById = reader<number, Till>(
  'id',
  (ids) =>
    sql`select id, version, code, place, shop, key_hash, disabled_at from access.device where id = any(${ids}::bigint[])`,
)
export async function tillAt(tx: Tx, id: number): Promise<KnownTill> {
  const found = await tillById.guard(tx, deviceTable, id)
  if (!found) throw TillMissing({ till: id })
  return found
}
/** Another key, of which only the hash is kept: the one before opens nothing any more. */
export function renewTill(tx: Tx, till: KnownTill, hash: string): void {
  tx.update(deviceTable, till, { key_hash: hash })
  say(tx, till, 'renewed')
}
export function switchTill(tx: Tx, till: KnownTill, to: 'on' | 'off'): void {
  tx.update(deviceTable, till, { disabled_at: to === 'on' ? null : tx.now })
  say(tx, till, to === 'on' ? 'enabled' : 'disabled')
}
export const keyOfTill = (till: number) => sql`select key_hash from access.device where id = ${till}::bigint`
export const shopOfTill = (till: number) => sql`select shop from access.device where id = ${till}::bigint`
/** Every till, with when it was last opened. */
export const tillList = sql`
  select d.id as till, d.code, d.place, d.shop, d.disabled_at, (select max(x.created_at) from access.session x where x.device = d.id) as opened_at
  from access.device d order by d.disabled_at is not null, d.place, d.code limit 1000`

/** Who may open a till of a shop at a place: PINs are personal, so every one is tried. */
export const staffAt = (place: number, shop: number) =>
  sql`select id, role, shops, place, password, pin from access.staff where pin is not null and disabled_at is null and (place = ${place}::int or role = 'owner') and (shops is null or shops @> to_jsonb(${shop}::int)) order by id limit 100`
export const staffById = (id: number) =>
  sql`select id, role, shops, place, password, pin from access.staff where id = ${id}::bigint and disabled_at is null`
export const deviceByCode = (code: string) =>
  sql`select id, code, place, shop, key_hash from access.device where code = ${code}::text and disabled_at is null`
