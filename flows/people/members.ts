import {
  addStaff,
  changeMember,
  invited,
  join as joinAs,
  memberAt,
  NotSelf,
  resetPasskeys,
  setInvitation,
  StaffKnown,
  tellStaff,
  type KnownMember,
  type Role,
} from '#domains/access'
import { markOf, PersonUnknown, record, remember, type Vault } from '#domains/persons'
import { placeById } from '#domains/places'
import { anyStaffByMark } from '#flows/reads'
import type { Tx } from '#kernel/gate'
import { addDays } from '#kernel/time'

/** A link lets in for a week. */
const days = 7
export type Who = { family: string; given: string; email: string; lang: 'ja' | 'en' }
type Work = { role: Role; place: number | null; shops: number[] | null }

/** A place that is there, and an address that nobody of the staff has. */
async function demandNew(tx: Tx, vault: Vault, email: string, place: number | null): Promise<void> {
  if (place !== null) await placeById(tx, place)
  const [known] = await tx.list<{ id: number }>(anyStaffByMark(markOf(vault, 'email', email)))
  if (known) throw StaffKnown({ staff: known.id })
}
/** Somebody who comes in by a password of theirs; `hashed` is all that is kept of it and of their PIN. */
export const add = (
  vault: Vault,
  person: Omit<Who, 'lang'>,
  hashed: { password: string; pin: string | null },
) =>
  async function addMember(tx: Tx, ask: Work & { said: unknown }) {
    await demandNew(tx, vault, person.email, ask.place)
    const key = remember(tx, vault, { source: 'staff' })
    record(tx, key, person, { marks: vault })
    addStaff(tx, { id: key.id, role: ask.role, shops: ask.shops, place: ask.place, ...hashed })
    return { id: key.id }
  }
/** Somebody who may come in once they have opened their link. `hash` is all that is kept of it; `said` belongs to the request. */
export const invite = (vault: Vault, person: Who, hash: string) =>
  async function inviteMember(tx: Tx, ask: Work & { said: unknown }) {
    await demandNew(tx, vault, person.email, ask.place)
    const until = addDays(tx.now, days)
    const key = remember(tx, vault, { source: 'staff' })
    record(tx, key, person, { marks: vault })
    addStaff(tx, {
      id: key.id,
      role: ask.role,
      shops: ask.shops,
      place: ask.place,
      password: null,
      pin: null,
      invitation: hash,
      invited_until: until,
    })
    tellStaff(tx, key.id, 'invited')
    return { staff: key.id, until: until.toISOString() }
  }
async function known(tx: Tx, staff: number, version?: number): Promise<KnownMember> {
  const member = await memberAt(tx, { staff, version })
  if (!member) throw PersonUnknown({ person: staff })
  return member
}
/** A new link; the one before it opens nothing any more. For somebody who has come already it sets a new password. */
export const inviteAgain = (hash: string) =>
  async function inviteMemberAgain(tx: Tx, ask: { staff: number }) {
    const member = await known(tx, ask.staff)
    if (member.disabled_at) throw PersonUnknown({ person: ask.staff })
    const until = addDays(tx.now, days)
    setInvitation(tx, member, { hash, until })
    return { staff: ask.staff, until: until.toISOString() }
  }
export async function uninvite(tx: Tx, ask: { staff: number }) {
  setInvitation(tx, await known(tx, ask.staff), null)
  return ask
}
/** Whoever has the link comes in, once; with a password, with what else `more` records, or both. */
export const accept = (
  hash: string,
  password: string | null,
  more?: (tx: Tx, member: KnownMember) => Promise<() => void>,
) =>
  async function acceptInvitation(tx: Tx, _: { said: string }) {
    const member = await invited(tx, hash)
    const record_ = await more?.(tx, member)
    joinAs(tx, member, password)
    record_?.()
    return { staff: member.id }
  }
export async function change(tx: Tx, ask: Work & { staff: number; version: number }) {
  const member = await known(tx, ask.staff, ask.version)
  if (ask.place !== null) await placeById(tx, ask.place)
  const write = await changeMember(tx, member, ask)
  write()
  return { staff: ask.staff }
}
export async function disable(tx: Tx, ask: { staff: number }) {
  if (ask.staff === tx.actor.id) throw NotSelf({})
  const write = await changeMember(tx, await known(tx, ask.staff), { disabled: true })
  write()
  return ask
}
export async function enable(tx: Tx, ask: { staff: number }) {
  const write = await changeMember(tx, await known(tx, ask.staff), { disabled: false })
  write()
  return ask
}
/** Another's second factor and passkeys: their device is lost. */
export async function resetFactors(tx: Tx, ask: { staff: number }) {
  if (ask.staff === tx.actor.id) throw NotSelf({})
  const write = await resetPasskeys(tx, await known(tx, ask.staff))
  write()
  return ask
}
