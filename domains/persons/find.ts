import { sql } from '#kernel/db'
import { hintsOf } from './hints.ts'
import type { Vault } from './card.ts'
import { open, type Sealed } from './persons.ts'

export type Hinted = Sealed & { readonly newest: boolean }
/** For readers outside a command: cards that may be meant, newest first; before one of them, the next. Never of staff. */
export const cardsHinted = (hint: number, before: string | null, limit: number) => sql`
  select c.id, c.person, c.box, k.wrapped, not exists (select from persons.card n where n.person = c.person and n.created_at > c.created_at) as newest
  from persons.card c join persons.key k on k.id = c.person
  where c.hints @> ${String(hint)}::jsonb and (${before}::uuid is null or c.id < ${before}::uuid) and k.source <> 'staff'
  order by c.id desc limit ${limit}::int`

/** Cards of an earlier version, which made no hints. */
export const unhinted = (limit: number) => sql`
  select c.id, c.person, c.box, k.wrapped, k.source from persons.card c join persons.key k on k.id = c.person
  where c.hints is null order by c.person limit ${limit}::int`
export type Unhinted = Sealed & { readonly source: string }
/** Their hints. Whoever was erased in between has no card left to write on. */
export const hint = (vault: Vault, rows: readonly Unhinted[]) => {
  const made = rows.map((r) => ({
    card: r.id,
    hints: r.source === 'staff' ? [] : hintsOf(vault, open(vault, r)),
  }))
  return sql`
    update persons.card c set hints = x.hints from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as x(card uuid, hints jsonb)
    where c.id = x.card and c.hints is null`
}
