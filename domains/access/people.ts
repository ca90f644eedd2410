import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import type { Role } from './matrix.ts'
import { InvitationGone, LastOwner, PinTaken, StaffOutdated } from './refusals.ts'
import { matches } from './secrets.ts'
import type { Staff } from './staff.ts'

type Row = Staff & {
  created_at: Date
  disabled_at: Date | null
  invitation: string | null
  invited_until: Date | null
}
export type Member = Omit<Row, 'pin' | 'created_at'> & { version: number }
export type KnownMember = Guarded<Member> & Member
export const staffTable = table<Row>('access.staff', {
  id: 'bigint',
  role: 'text',
  shops: 'jsonb',
  place: 'integer',
  password: 'text',
  pin: 'text',
  created_at: 'timestamptz',
  disabled_at: 'timestamptz',
  invitation: 'text',
  invited_until: 'timestamptz',
})
const changes = [
  'invited',
  'uninvited',
  'joined',
  'changed',
  'disabled',
  'enabled',
  'second_factor_reset',
  'passkey_added',
  'passkey_removed',
] as const
/** Something about who may come in, and as what. */
export const StaffChanged = event(
  'access.staff_changed',
  Type.Object({ staff: Type.Integer(), change: Type.Enum([...changes]) }),
)
export const tellStaff = (tx: Tx, staff: number, change: (typeof changes)[number]): void =>
  append(tx, StaffChanged, { subject: `staff:${staff}`, body: { staff, change } })

/** `id` is the person's number; their name and address are with the other persons. */
export const addStaff = (
  tx: Tx,
  s: Staff & { invitation?: string | null; invited_until?: Date | null },
): void =>
  void tx.insert(staffTable, {
    id: s.id,
    role: s.role,
    shops: s.shops,
    place: s.place,
    password: s.password,
    pin: s.pin,
    created_at: tx.now,
    disabled_at: null,
    invitation: s.invitation ?? null,
    invited_until: s.invited_until ?? null,
  })

const byId = reader<number, Member>(
  'id',
  (ids) =>
    sql`select id, version, role, shops, place, password, disabled_at, invitation, invited_until from access.staff where id = any(${ids}::bigint[])`,
)
const byInvitation = reader<string, Member>(
  'invitation',
  (hashes) =>
    sql`select id, version, role, shops, place, password, disabled_at, invitation, invited_until from access.staff where invitation = any(${hashes}::text[])`,
)
/** Owners who reach every shop and can come in: one who was invited and has not come yet helps nobody. */
const ownersOfAll = reader<string, { role: string; id: number; version: number }>(
  'role',
  (roles) => sql`
    select s.role, s.id, s.version from access.staff s where s.role = any(${roles}::text[]) and s.shops is null and s.disabled_at is null
      and (s.password is not null or exists (select from access.passkey p where p.staff = s.id)) order by s.id`,
)

/** Somebody of the staff as they were seen, disabled or not; undefined where nobody has that number. */
export async function memberAt(
  tx: Tx,
  ask: { staff: number; version?: number | undefined },
): Promise<KnownMember | undefined> {
  const found = await byId.guard(tx, staffTable, ask.staff)
  if (found && ask.version !== undefined && ask.version !== found.version)
    throw StaffOutdated({ version: found.version })
  return found
}
/** What somebody does from now on. One owner of every shop stays, whoever changes another at the same moment. */
export async function changeMember(
  tx: Tx,
  member: KnownMember,
  to: { role?: Role; shops?: number[] | null; place?: number | null; disabled?: boolean },
): Promise<() => void> {
  const role = to.role ?? member.role
  const shops = to.shops === undefined ? member.shops : to.shops
  const disabledAt = to.disabled === undefined ? member.disabled_at : to.disabled ? tx.now : null
  const wasOne = member.role === 'owner' && member.shops === null && member.disabled_at === null
  if (wasOne && (role !== 'owner' || shops !== null || disabledAt !== null)) {
    const owners = await ownersOfAll.guardAll(tx, staffTable, 'owner')
    if (owners.every((o) => o.id === member.id)) throw LastOwner({})
  }
  return () => {
    tx.update(staffTable, member, {
      role,
      shops,
      place: to.place === undefined ? member.place : to.place,
      disabled_at: disabledAt,
      ...(disabledAt && { invitation: null, invited_until: null }),
    })
    tellStaff(tx, member.id, to.disabled === undefined ? 'changed' : to.disabled ? 'disabled' : 'enabled')
  }
}
/** Which shops somebody works for from now on. Answers false where nobody of that number is staff. */
export async function workFor(tx: Tx, ask: { staff: number; shops: number[] | null }): Promise<boolean> {
  const member = await memberAt(tx, ask)
  if (!member || member.disabled_at) return false
  const change = await changeMember(tx, member, { shops: ask.shops })
  change()
  return true
}
/** A new link instead of the one before; none takes it back. */
export function setInvitation(tx: Tx, member: KnownMember, link: { hash: string; until: Date } | null): void {
  tx.update(staffTable, member, { invitation: link?.hash ?? null, invited_until: link?.until ?? null })
  tellStaff(tx, member.id, link ? 'invited' : 'uninvited')
}
/** Whom a link lets in, once. */
export async function invited(tx: Tx, hash: string): Promise<KnownMember> {
  const member = await byInvitation.guard(tx, staffTable, hash)
  if (!member?.invited_until || member.disabled_at || member.invited_until <= tx.now) throw InvitationGone({})
  return member
}
export function join(tx: Tx, member: KnownMember, password: string | null): void {
  tx.update(staffTable, member, {
    invitation: null,
    invited_until: null,
    ...(password !== null && { password }),
  })
  tellStaff(tx, member.id, 'joined')
}
/** Nobody else has these digits. */
export async function demandFreePin(
  all: readonly { id: number; pin: string }[],
  pin: string,
  but?: number,
): Promise<void> {
  for (const other of all) if (other.id !== but && (await matches(pin, other.pin))) throw PinTaken({})
}
/** What somebody opens a till with; the digits are kept as a hash alone. */
export function setPin(tx: Tx, member: KnownMember, pin: string): void {
  tx.update(staffTable, member, { pin })
  tellStaff(tx, member.id, 'changed')
}
/** The children of somebody's row changed: whoever decides by the row decides anew. */
export const touchMember = (tx: Tx, member: KnownMember): void => tx.update(staffTable, member, {})
