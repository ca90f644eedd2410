import {
  addPasskey as add,
  memberAt,
  removePasskey as remove,
  SignInFirst,
  type KnownMember,
  type Passkey,
} from '#domains/access'
import { noteOn, type Vault } from '#domains/persons'
import type { Tx } from '#kernel/gate'

type Credential = Pick<Passkey, 'id' | 'public_key' | 'counter' | 'transports'>

/** What somebody calls their passkey is a word about them. */
export const passkeyOf =
  (vault: Vault, credential: Credential, name: string) => async (tx: Tx, member: KnownMember) => {
    const note = await noteOn(tx, vault, { person: member.id, words: name })
    return () => add(tx, member, { ...credential, note: note() })
  }
export const addPasskey = (vault: Vault, credential: Credential, name: string) =>
  async function addOwnPasskey(tx: Tx, ask: { staff: number; passkey: string }) {
    const member = await memberAt(tx, ask)
    if (!member) throw SignInFirst({})
    const write = await passkeyOf(vault, credential, name)(tx, member)
    write()
    return { passkey: ask.passkey }
  }
export async function removePasskey(tx: Tx, ask: { staff: number; passkey: string }) {
  const member = await memberAt(tx, { staff: ask.staff })
  const write = member && (await remove(tx, member, ask.passkey))
  write?.()
  return { passkey: ask.passkey }
}
