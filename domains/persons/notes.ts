import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { addDays } from '#kernel/time'
import type { Vault } from './card.ts'
import { keyFor, remember, seal, unseal, type PersonKey, type Sealed } from './persons.ts'

const noteTable = table<{ id: string; person: number; box: Buffer; created_at: Date }>('persons.note', {
  id: 'uuid',
  person: 'bigint',
  box: 'bytea',
  created_at: 'timestamptz',
})
const erasureOf = reader<number, { person: number }>(
  'person',
  (ids) => sql`select person from persons.erasure where person = any(${ids}::bigint[])`,
)

export const isErased = async (tx: Tx, person: number): Promise<boolean> =>
  (await erasureOf.one(tx, person)) !== undefined

/**
 * Words about somebody, to be sealed under their key. Reads now; what it answers records the note and gives its id.
 * A customer without a name gets a key with the first note, under their own number, so that they can be erased like
 * anybody. Somebody erased stays so: what is written later has a key of its own, destroyed after thirty days.
 */
export async function noteOn(
  tx: Tx,
  vault: Vault,
  ask: { person: number; words: string },
): Promise<() => string> {
  const known = await keyFor(tx, vault, ask.person)
  const gone = known ? undefined : await erasureOf.one(tx, ask.person)
  return () => {
    const key =
      known ??
      remember(tx, vault, {
        source: 'note',
        ...(gone ? { eraseAt: addDays(tx.now, 30) } : { id: ask.person }),
      })
    return noteUnder(tx, key, ask.words)
  }
}
/** The same under a key at hand. */
export function noteUnder(tx: Tx, key: PersonKey, words: string): string {
  const id = tx.id()
  tx.insert(noteTable, {
    id,
    person: key.id,
    box: seal(key.secret, `note ${id}`, Buffer.from(words)),
    created_at: tx.now,
  })
  return id
}

/** For readers outside a command: the boxes of some notes, to be opened with `openNote`. */
export const readNotes = (notes: readonly string[]) => sql`
  select n.id, n.person, n.box, k.wrapped from persons.note n join persons.key k on k.id = n.person where n.id = any(${notes}::uuid[])`
export const openNote = (vault: Vault, row: Sealed): string =>
  unseal(unseal(vault.seal, `key ${row.person}`, row.wrapped), `note ${row.id}`, row.box).toString()
