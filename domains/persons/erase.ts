import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { table, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import { refusal } from '#kernel/refusal'
import { keyById, keyTable } from './persons.ts'

/** Why somebody was erased: a code, for words would outlive them. */
export const reasons = ['asked', 'due', 'mistake', 'other'] as const
export type Reason = (typeof reasons)[number]
export const PersonErased = event(
  'persons.erased',
  Type.Object({ person: Type.Integer(), reason: Type.Enum([...reasons]) }),
  // Version 1 bore words.
  [(b: { reason: string }) => ({ ...b, reason: b.reason === 'due' ? 'due' : 'other' })],
)
export const PersonUnknown = refusal<{ person: number }>(
  'persons.unknown',
  'missing',
  () => [
    '該当する方の情報はありません。すでに消去されている場合があります。',
    '番号をご確認ください。消去された情報は元に戻せません。',
  ],
  () => [
    'There are no data of this person. They may have been erased already.',
    'Check the number. What was erased does not come back.',
  ],
)
const erasureTable = table<{ person: number; source: string; reason: string; at: Date }>('persons.erasure', {
  person: 'bigint',
  source: 'text',
  reason: 'text',
  at: 'timestamptz',
})

/** Destroys a person's key: what was sealed under it, here and in every copy, can never be read again. Orders and books stay, without a person. */
export async function erase(tx: Tx, ask: { person: number; reason: Reason }): Promise<void> {
  const key = await keyById.guard(tx, keyTable, ask.person)
  if (!key) throw PersonUnknown({ person: ask.person })
  tx.delete(keyTable, key)
  tx.insert(erasureTable, { person: key.id, source: key.source, reason: ask.reason, at: tx.now })
  append(tx, PersonErased, { subject: `person:${key.id}`, body: { person: key.id, reason: ask.reason } })
}
/** The rows that a destroyed key has made unreadable, removed in its wake; also what a restore brought back. */
export const erased = `
  with gone as (delete from persons.key k using persons.erasure e where e.person = k.id returning k.id),
    marks as (delete from persons.mark m where not exists (select from persons.key k where k.id = m.person) and m.person in (select person from persons.erasure) returning 1),
    notes as (delete from persons.note n where n.person in (select person from persons.erasure) returning 1)
  delete from persons.card c where c.person in (select person from persons.erasure)`
/** After a restore: somebody who was erased since the backup. */
export const erasedSince = (e: { person: number; reason: string; at: string }) => sql`
  insert into persons.erasure (person, source, reason, at) values (${e.person}::bigint, 'restore', ${e.reason}, ${e.at}::timestamptz) on conflict (person) do nothing returning person`
/** Without their keys nothing of them can be read, whatever schema the rest is still in. */
export const keysOfErased = 'delete from persons.key k using persons.erasure e where e.person = k.id'
