import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import type { Role } from './matrix.ts'
import { LastOwner } from './refusals.ts'

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
}
const staffTable = table<Staff & { created_at: Date }>('access.staff', {
  id: 'bigint',
  role: 'text',
  shops: 'jsonb',
  place: 'integer',
  password: 'text',
  pin: 'text',
  created_at: 'timestamptz',
})
const deviceTable = table<Device>('access.device', {
  id: 'bigint',
  code: 'text',
  place: 'integer',
  shop: 'integer',
  key_hash: 'text',
})

/** `id` is the person's number; their name and address are with the other persons. */
export const addStaff = (tx: Tx, s: Staff): void =>
  void tx.insert(staffTable, {
    id: s.id,
    role: s.role,
    shops: s.shops,
    place: s.place,
    password: s.password,
    pin: s.pin,
    created_at: tx.now,
  })
const byId = reader<number, Omit<Staff, 'password' | 'pin'> & { version: number }>(
  'id',
  (ids) =>
    sql`select id, version, role, shops, place from access.staff where id = any(${ids}::bigint[]) and disabled_at is null`,
)
/** Owners who reach every shop. */
const ownersOfAll = reader<string, { role: string; id: number; version: number }>(
  'role',
  (roles) =>
    sql`select role, id, version from access.staff where role = any(${roles}::text[]) and shops is null and disabled_at is null order by id`,
)
/** Which shops somebody works for from now on. One owner of every shop stays, whoever changes another at the same moment. Answers false where nobody of that number is staff. */
export async function workFor(tx: Tx, ask: { staff: number; shops: number[] | null }): Promise<boolean> {
  const row = await byId.guard(tx, staffTable, ask.staff)
  if (!row) return false
  if (ask.shops !== null && row.role === 'owner' && row.shops === null) {
    const owners = await ownersOfAll.guardAll(tx, staffTable, 'owner')
    if (owners.every((o) => o.id === ask.staff)) throw LastOwner({})
  }
  tx.update(staffTable, row, { shops: ask.shops })
  return true
}
export const addDevice = (tx: Tx, d: Device): void =>
  void tx.insert(deviceTable, { id: d.id, code: d.code, place: d.place, shop: d.shop, key_hash: d.key_hash })

/** Who may open a till of a shop at a place: PINs are personal, so every one is tried. */
export const staffAt = (place: number, shop: number) =>
  sql`select id, role, shops, place, password, pin from access.staff where pin is not null and disabled_at is null and (place = ${place}::int or role = 'owner') and (shops is null or shops @> to_jsonb(${shop}::int)) order by id limit 100`
export const staffById = (id: number) =>
  sql`select id, role, shops, place, password, pin from access.staff where id = ${id}::bigint and disabled_at is null`
export const deviceByCode = (code: string) =>
  sql`select id, code, place, shop, key_hash from access.device where code = ${code}::text and disabled_at is null`

// Sessions are the door's own bookkeeping, written at once and outside the gate: they count nothing and nothing follows from them.
export const startSession = (
  hash: string,
  s: { staff: number; kind: 'console' | 'till'; device: number | null; hours: number },
) => sql`
  insert into access.session (id, staff, kind, device, expires_at) values (${hash}::text, ${s.staff}::bigint, ${s.kind}::text, ${s.device}::bigint, now() + make_interval(hours => ${s.hours}::int))`
export const sessionOf = (hash: string) => sql`
  select x.staff, s.role, s.place, s.shops, x.kind, x.device, d.code as device_code, d.place as device_place, d.shop as device_shop
  from access.session x join access.staff s on s.id = x.staff left join access.device d on d.id = x.device
  where x.id = ${hash}::text and x.expires_at > now() and x.ended_at is null and s.disabled_at is null and (x.device is null or d.disabled_at is null and (s.shops is null or s.shops @> to_jsonb(d.shop)))`
export const endSession = (hash: string) =>
  sql`update access.session set ended_at = now() where id = ${hash}::text and ended_at is null`
/** Whoever had come in with the old password, or while it was known, comes in anew: one statement, so that no session outlives the change. */
export const changePassword = (ask: { staff: number; from: string; to: string; keep: string }) => sql`
  with changed as (update access.staff set password = ${ask.to}::text, version = version + 1 where id = ${ask.staff}::bigint and password = ${ask.from}::text returning id),
    ended as (update access.session x set ended_at = now() from changed where x.staff = changed.id and x.ended_at is null and x.expires_at > now() and x.id <> ${ask.keep}::text returning x.id)
  select (select count(*)::int from changed) as changed, (select coalesce(array_agg(id), '{}') from ended) as ended`
export const sweepSessions = sql`delete from access.session where expires_at < now() - interval '30 days'`
