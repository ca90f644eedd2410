import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { patienceDays, type Spot, type State } from './messages.ts'
import { LetterErased } from './refusals.ts'

type Changed = {
  id: number
  state: State
  attempts: number
  next_at: Date
  give_up_at: Date
  failure: string | null
}
/** The gate changes what is sent again; all else of a letter is written by statements, which move its version, too. */
const messageTable = table<Changed>('mail.message', {
  id: 'bigint',
  state: 'text',
  attempts: 'integer',
  next_at: 'timestamptz',
  give_up_at: 'timestamptz',
  failure: 'text',
})
type Known = Spot & { id: number; version: number; shop: number; state: State; failure: string | null }
export type LetterNow = Guarded<Known> & Known
const byId = reader<number, Known>(
  'id',
  (ids) =>
    sql`select id, version, epoch, xid::text as xid, seq, shop, state, failure from mail.message where id = any(${ids}::bigint[])`,
)
export const letterById = (tx: Tx, id: number): Promise<LetterNow | undefined> =>
  byId.guard(tx, messageTable, id)

/** Sent once more, as `sendAgain` does for one; answers whether there was anything to do: what waits goes on waiting. */
export function sendOnceMore(tx: Tx, letter: LetterNow): boolean {
  if (letter.failure === 'erased') throw LetterErased({})
  if (letter.state === 'waiting') return false
  tx.update(messageTable, letter, {
    state: 'waiting',
    attempts: 0,
    next_at: tx.now,
    give_up_at: new Date(tx.now.getTime() + patienceDays * 86_400_000),
    failure: null,
  })
  return true
}
