import { sql, type Statement } from '#kernel/db'
import { reader, type Guarded, type Tx } from '#kernel/gate'
import { ImportBusy, ImportMissing, ImportStopped } from './refusals.ts'
import {
  batchTable,
  runTable,
  touchedTable,
  undoneTable,
  type BatchRow,
  type Counts,
  type Fault,
  type RunRow,
  type Touched,
} from './tables.ts'

export type Run = RunRow & { version: number }
const runs = reader<number, Run>(
  'id',
  (ids) => sql`
  select id, version, file, terms, attempt, name, encoding, shop, list, headings, prices_from, discontinue, state, rows, staff, started_at, ended_at, undone_at
  from imports.run where id = any(${ids}::bigint[])`,
)
const attempts = reader<string, Run & { key: string }>(
  'key',
  (keys) => sql`
  select r.file || ' ' || r.terms as key, r.id, r.version, r.file, r.terms, r.attempt, r.name, r.encoding, r.shop, r.list, r.headings, r.prices_from, r.discontinue, r.state, r.rows, r.staff, r.started_at, r.ended_at, r.undone_at
  from unnest(${keys}::text[]) k(key) join imports.run r on r.file = split_part(k.key, ' ', 1) and r.terms = split_part(k.key, ' ', 2)
    and r.attempt = (select max(attempt) from imports.run l where l.file = r.file and l.terms = r.terms)`,
)
const batches = reader<string, { key: string } & Counts & { rows: number; faults: Fault[] }>(
  'key',
  (keys) => sql`
  select k.key, b.rows, b.created, b.changed, b.unchanged, b.discontinued, b.prices, b.faulty, b.faults
  from unnest(${keys}::text[]) k(key) join imports.batch b on b.run = split_part(k.key, ' ', 1)::bigint and b.line = split_part(k.key, ' ', 2)::bigint`,
)
type Begin = Omit<
  RunRow,
  'id' | 'attempt' | 'state' | 'rows' | 'started_at' | 'ended_at' | 'undone_at' | 'staff'
>
/**
 * The run of a file under these terms. What was under way or cancelled goes on; what is done is answered as it is, unless
 * it is asked for again; what was taken back begins anew.
 */
export async function beginRun(tx: Tx, ask: Begin & { again: boolean }): Promise<Run> {
  const found = await attempts.one(tx, `${ask.file} ${ask.terms}`)
  const { again, ...row } = ask
  if (found && (found.state === 'running' || (found.state === 'done' && !again))) return found
  if (found?.state === 'undoing') throw ImportBusy({ run: found.id })
  if (found?.state === 'cancelled') {
    const before = (await runs.guard(tx, runTable, found.id))!
    tx.update(runTable, before, { state: 'running', ended_at: null })
    return { ...before, state: 'running', ended_at: null }
  }
  const made: RunRow = {
    ...row,
    id: tx.number(),
    attempt: (found?.attempt ?? 0) + 1,
    state: 'running',
    rows: 0,
    staff: tx.actor.id,
    started_at: tx.now,
    ended_at: null,
    undone_at: null,
  }
  tx.insert(runTable, made)
  return { ...made, version: 1 }
}
/** The run, if it may go on; guarded, so that a cancelled one has no more batches. */
export async function runUnderWay(
  tx: Tx,
  id: number,
  state: 'running' | 'undoing',
): Promise<Guarded<Run> & Run> {
  const run = await runs.guard(tx, runTable, id)
  if (!run) throw ImportMissing({ run: id })
  if (run.state !== state) throw ImportStopped({ run: id, state: run.state })
  return run
}
export async function runToChange(tx: Tx, id: number): Promise<Guarded<Run> & Run> {
  const run = await runs.guard(tx, runTable, id)
  if (!run) throw ImportMissing({ run: id })
  return run
}
export const setRun = (
  tx: Tx,
  run: Guarded<Run>,
  to: Partial<Pick<RunRow, 'state' | 'rows' | 'ended_at' | 'undone_at'>>,
): void => tx.update(runTable, run, to)

export const batchAt = (tx: Tx, run: number, line: number) => batches.one(tx, `${run} ${line}`)
export const recordBatch = (tx: Tx, b: Omit<BatchRow, 'recorded_at'>): void =>
  void tx.insert(batchTable, { ...b, recorded_at: tx.now })
export const recordTouched = (tx: Tx, t: Touched): void => void tx.insert(touchedTable, t)

/** Products of the list's latest run before this one, that this one has not touched: page by page. */
export const missingFrom = (
  tx: Tx,
  ask: { run: number; shop: number; list: string; after: number; limit: number },
): Promise<{ product: number }[]> =>
  tx.list(sql`
  select distinct t.product from imports.touched t
  where t.run = (select id from imports.run where shop = ${ask.shop}::int and list = ${ask.list}::text and state = 'done' and id <> ${ask.run}::bigint order by started_at desc limit 1)
    and t.kind <> 'discontinued' and t.product > ${ask.after}::bigint
    and not exists (select from imports.touched n where n.run = ${ask.run}::bigint and n.product = t.product)
  order by t.product limit ${ask.limit}::int`)

/** What a run touched and nobody has taken back yet, the last first. */
export const toUndo = (tx: Tx, run: number, limit: number): Promise<Touched[]> =>
  tx.list(sql`
  select run, line, product, kind, after, before, prices from imports.touched t where run = ${run}::bigint and (kind <> 'unchanged' or prices <> '[]')
    and not exists (select from imports.undone u where u.run = t.run and u.product = t.product) order by product desc limit ${limit}::int`)
export const recordUndone = (
  tx: Tx,
  u: {
    run: number
    line: number
    product: number
    outcome: 'restored' | 'archived' | 'kept'
    why: string | null
  },
): void => void tx.insert(undoneTable, { ...u, recorded_at: tx.now })

/** Runs, the latest first, with what became of their rows. */
export const runList = (ask: { shop: number; run?: number; limit: number }): Statement => sql`
  select r.id as run, r.name, r.list, r.encoding, r.state, r.rows, r.discontinue, r.prices_from, r.started_at, r.ended_at, r.undone_at, r.attempt,
    b.read, b.created, b.changed, b.unchanged, b.discontinued, b.prices, b.faulty, u.restored, u.kept
  from (select * from imports.run where shop = ${ask.shop}::int and (${ask.run ?? null}::bigint is null or id = ${ask.run ?? null}::bigint) order by started_at desc limit ${ask.limit}::int) r
  cross join lateral (select coalesce(sum(rows) filter (where line > 0), 0)::bigint as read, coalesce(sum(created), 0)::bigint as created, coalesce(sum(changed), 0)::bigint as changed, coalesce(sum(unchanged), 0)::bigint as unchanged,
    coalesce(sum(discontinued), 0)::bigint as discontinued, coalesce(sum(prices), 0)::bigint as prices, coalesce(sum(faulty), 0)::bigint as faulty from imports.batch where run = r.id) b
  cross join lateral (select count(*) filter (where outcome <> 'kept')::bigint as restored, count(*) filter (where outcome = 'kept')::bigint as kept from imports.undone where run = r.id) u
  order by r.started_at desc`
export const headingsOf = (run: number): Statement =>
  sql`select headings from imports.run where id = ${run}::bigint`
export const faultsOf = (run: number, limit: number): Statement => sql`
  select f.fault from imports.batch b cross join lateral jsonb_array_elements(b.faults) f(fault) where b.run = ${run}::bigint and b.faulty > 0 order by b.line limit ${limit}::int`
/** The faulty rows of the next batches behind a line, and what is wrong with each. */
export const failedAfter = (run: number, line: number): Statement => sql`
  select line, failed, faults from imports.batch where run = ${run}::bigint and line > ${line}::bigint and faulty > 0 order by line limit 20`
type TakenBack = { product: number; kind: Touched['kind']; after: number; skus: number[] | null }
const takenBacks = reader<number, TakenBack>(
  'product',
  (products) => sql`
  select u.product, t.kind, t.after, (select jsonb_agg(s->'id') from jsonb_array_elements(t.before->'skus') s) as skus
  from imports.undone u join imports.touched t on t.run = u.run and t.product = u.product
  where u.product = any(${products}::bigint[]) and u.outcome <> 'kept'`,
)
/** What taking an import back put out of sale and nobody has touched since: the product itself, or the SKUs the import had added to it. */
export async function takenBack(
  tx: Tx,
  product: { id: number; version: number },
): Promise<{ whole: boolean; isAdded: (sku: number) => boolean }> {
  const all = await takenBacks.all(tx, product.id)
  // Taking back is one version of the product.
  const last = all.find((u) => u.after + 1 === product.version)
  const { skus } = last ?? { skus: null }
  return { whole: last?.kind === 'new', isAdded: (sku) => skus !== null && !skus.includes(sku) }
}
export const keptOf = (tx: Tx, run: number): Promise<{ line: number; why: string; product: number }[]> =>
  tx.list(sql`
  select u.line, u.why, t.product from imports.undone u join imports.touched t on t.run = u.run and t.product = u.product where u.run = ${run}::bigint and u.outcome = 'kept' order by u.line limit 1000`)
