import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import { NoteMissing } from './refusals.ts'

type Row = {
  id: number
  identity: number
  note: string
  staff: number
  written_at: Date
  removed_at: Date | null
}
const noteTable = table<Row>('customers.note', {
  id: 'bigint',
  identity: 'bigint',
  note: 'uuid',
  staff: 'bigint',
  written_at: 'timestamptz',
  removed_at: 'timestamptz',
})
const byId = reader<number, Row & { version: number }>(
  'id',
  (ids) =>
    sql`select id, version, identity, note, staff, written_at, removed_at from customers.note where id = any(${ids}::bigint[])`,
)
export const NoteWritten = event(
  'customers.note_written',
  Type.Object({ identity: Type.Integer(), note: Type.Integer() }),
)
export const NoteRemoved = event(
  'customers.note_removed',
  Type.Object({ identity: Type.Integer(), note: Type.Integer() }),
)

/** `note`: the words, sealed with the other data of the person. */
export function keepNote(tx: Tx, ask: { identity: number; note: string; staff: number }): { note: number } {
  const id = tx.number()
  tx.insert(noteTable, { id, ...ask, written_at: tx.now, removed_at: null })
  append(tx, NoteWritten, {
    subject: `identity:${ask.identity}`,
    body: { identity: ask.identity, note: id },
  })
  return { note: id }
}
/** Out of sight, and back: `removed` false takes a removal back. */
export async function removeNote(
  tx: Tx,
  ask: { identity: number; note: number; removed: boolean },
): Promise<{ note: number; removed: boolean }> {
  const row = await byId.guard(tx, noteTable, ask.note)
  if (!row || row.identity !== ask.identity) throw NoteMissing({ note: ask.note })
  if ((row.removed_at !== null) !== ask.removed) {
    tx.update(noteTable, row, { removed_at: ask.removed ? tx.now : null })
    if (ask.removed)
      append(tx, NoteRemoved, {
        subject: `identity:${ask.identity}`,
        body: { identity: ask.identity, note: ask.note },
      })
  }
  return { note: ask.note, removed: ask.removed }
}
export const notesOf = (identity: number) => sql`
  select id, note, staff, written_at from customers.note where identity = ${identity}::bigint and removed_at is null order by id desc limit 200`
