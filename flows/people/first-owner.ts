import {
  addStaff,
  FounderThere,
  invited,
  join,
  memberAt,
  setInvitation,
  StaffKnown,
  type KnownMember,
} from '#domains/access'
import { keyFor, markOf, PersonUnknown, record, remember, type Vault } from '#domains/persons'
import { anyStaffByMark, ownerAwaited, staffIn } from '#flows/reads'
import type { Tx } from '#kernel/gate'
import { addDays } from '#kernel/time'
import type { Who } from './members.ts'

/** The link lets in for a day; the next start shows another. */
const days = 1

/** Whoever starts an installation without staff is given a link that makes the first owner. One link at a time. */
export const awaitOwner = (vault: Vault, hash: string) =>
  async function awaitFirstOwner(tx: Tx) {
    const [someone] = await tx.list<{ id: number }>(staffIn)
    if (someone) throw FounderThere({})
    const until = addDays(tx.now, days)
    const [awaited] = await tx.list<{ id: number }>(ownerAwaited)
    const member = awaited && (await memberAt(tx, { staff: awaited.id }))
    if (member) setInvitation(tx, member, { hash, until })
    else {
      const key = remember(tx, vault, { source: 'staff' })
      addStaff(tx, {
        id: key.id,
        role: 'owner',
        shops: null,
        place: null,
        password: null,
        pin: null,
        invitation: hash,
        invited_until: until,
      })
    }
    return { until: until.toISOString() }
  }
/** The first owner comes in and says who they are. As soon as anybody else is in, the link opens nothing. */
export const acceptFirst = (
  vault: Vault,
  person: Who,
  given: {
    hash: string
    password: string | null
    more?: ((tx: Tx, member: KnownMember) => Promise<() => void>) | undefined
  },
) =>
  async function acceptAsFirstOwner(tx: Tx, _: { said: unknown }) {
    const [someone] = await tx.list<{ id: number }>(staffIn)
    if (someone) throw FounderThere({})
    const member = await invited(tx, given.hash)
    const [known] = await tx.list<{ id: number }>(anyStaffByMark(markOf(vault, 'email', person.email)))
    if (known) throw StaffKnown({ staff: known.id })
    const key = await keyFor(tx, vault, member.id)
    if (!key) throw PersonUnknown({ person: member.id })
    const write = await given.more?.(tx, member)
    record(tx, key, person, { marks: vault })
    join(tx, member, given.password)
    write?.()
    return { staff: member.id }
  }
