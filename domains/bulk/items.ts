import { sql } from '#kernel/db'
import { reader, type Tx } from '#kernel/gate'
import { RunStopped } from './refusals.ts'
import { outcomeTable, returnedTable, runTable, type Outcome, type Returned, type RunRow } from './tables.ts'

type Known = Pick<
  RunRow,
  | 'id'
  | 'shop'
  | 'kind'
  | 'how'
  | 'lang'
  | 'staff'
  | 'session'
  | 'origin'
  | 'pin'
  | 'undo_staff'
  | 'undo_session'
  | 'undo_origin'
  | 'state'
  | 'ending'
> & { version: number }
const runs = reader<string, Known>(
  'id',
  (ids) => sql`
  select id, version, shop, kind, how, lang, staff, session, origin, pin, undo_staff, undo_session, undo_origin, state, ending from bulk.run where id = any(${ids}::uuid[])`,
)
const outcomes = reader<string, Outcome & { key: string }>(
  'key',
  (keys) => sql`
  select k.key, o.run, o.item, o.outcome, o.code, o.detail, o.before, o.recorded_at from unnest(${keys}::text[]) k(key)
  join bulk.outcome o on o.run = split_part(k.key, ' ', 1)::uuid and o.item = split_part(k.key, ' ', 2)::bigint`,
)
const returned = reader<string, { key: string; outcome: Returned['outcome'] }>(
  'key',
  (keys) => sql`
  select k.key, r.outcome from unnest(${keys}::text[]) k(key) join bulk.returned r on r.run = split_part(k.key, ' ', 1)::uuid and r.item = split_part(k.key, ' ', 2)::bigint`,
)
/** The run, guarded: once it was cancelled, no item of it is committed any more. */
export async function runInState(tx: Tx, id: string, state: 'running' | 'undoing'): Promise<Known> {
  const run = await runs.guard(tx, runTable, id)
  if (!run || run.state !== state || run.ending) throw RunStopped({})
  return run
}
export const runNow = (tx: Tx, id: string) => runs.one(tx, id)
export const outcomeOf = (tx: Tx, run: string, item: number) => outcomes.one(tx, `${run} ${item}`)
export const returnedOf = (tx: Tx, run: string, item: number) => returned.one(tx, `${run} ${item}`)
export const recordOutcome = (tx: Tx, o: Omit<Outcome, 'recorded_at'>): void =>
  void tx.insert(outcomeTable, {
    run: o.run,
    item: o.item,
    outcome: o.outcome,
    code: o.code,
    detail: o.detail,
    before: o.before,
    recorded_at: tx.now,
  })
export const recordReturned = (tx: Tx, r: Omit<Returned, 'recorded_at'>): void =>
  void tx.insert(returnedTable, {
    run: r.run,
    item: r.item,
    outcome: r.outcome,
    code: r.code,
    detail: r.detail,
    recorded_at: tx.now,
  })
