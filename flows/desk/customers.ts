import { IdentityMissing, identityById, keepNote } from '#domains/customers'
import * as persons from '#domains/persons'
import * as points from '#domains/points'
import type { Tx } from '#kernel/gate'

type Who = { identity: number }
async function demand(tx: Tx, ask: Who): Promise<void> {
  if (!(await identityById(tx, ask.identity))) throw IdentityMissing(ask)
}

/** What a customer is called and where they are found. Orders keep the address they were placed with. */
export const changeContact = (vault: persons.Vault) =>
  async function changeContact(tx: Tx, ask: Who & { card: persons.Card }): Promise<{ identity: number }> {
    await demand(tx, ask)
    const change = await persons.recordAnew(tx, vault, ask.identity, ask.card)
    if (change) change()
    else {
      // A card without a name becomes somebody's; whoever was erased stays so.
      const erased = await persons.isErased(tx, ask.identity)
      if (erased) throw persons.PersonUnknown({ person: ask.identity })
      const key = persons.remember(tx, vault, { source: 'member', id: ask.identity })
      persons.record(tx, key, ask.card, { marks: vault, hints: vault })
    }
    return { identity: ask.identity }
  }
/** Words about a customer, for colleagues: sealed with the customer's other data. */
export const writeNote = (vault: persons.Vault) =>
  async function writeNote(tx: Tx, ask: Who & { words: string; staff: number }): Promise<{ note: number }> {
    await demand(tx, ask)
    const seal = await persons.noteOn(tx, vault, { person: ask.identity, words: ask.words })
    return keepNote(tx, { identity: ask.identity, note: seal(), staff: ask.staff })
  }
/** Points given or taken by hand. */
export async function adjustPoints(
  tx: Tx,
  ask: Who & { amount: number; reason: (typeof points.adjustReasons)[number] },
): Promise<{ identity: number; amount: number }> {
  await demand(tx, ask)
  points.adjust(tx, { member: ask.identity, amount: ask.amount, reason: ask.reason })
  return { identity: ask.identity, amount: ask.amount }
}
