import { sql } from '#kernel/db'
import { table, type Tx } from '#kernel/gate'
import type { Role } from './matrix.ts'

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
const deviceTable = table<Device>('access.device', {
  id: 'bigint',
  code: 'text',
  place: 'integer',
  shop: 'integer',
  key_hash: 'text',
})

export const addDevice = (tx: Tx, d: Device): void =>
  void tx.insert(deviceTable, { id: d.id, code: d.code, place: d.place, shop: d.shop, key_hash: d.key_hash })

/** Who may open a till of a shop at a place: PINs are personal, so every one is tried. */
export const staffAt = (place: number, shop: number) =>
  sql`select id, role, shops, place, password, pin from access.staff where pin is not null and disabled_at is null and (place = ${place}::int or role = 'owner') and (shops is null or shops @> to_jsonb(${shop}::int)) order by id limit 100`
export const staffById = (id: number) =>
  sql`select id, role, shops, place, password, pin from access.staff where id = ${id}::bigint and disabled_at is null`
export const deviceByCode = (code: string) =>
  sql`select id, code, place, shop, key_hash from access.device where code = ${code}::text and disabled_at is null`
