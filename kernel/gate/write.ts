/** What a batch of intents becomes: one statement per table and kind of change, whatever the number of requests. */
import { arrayOf, raw, type Statement } from '#kernel/db'
import type { Entry, Held } from '#kernel/ledger'
import type { Table } from './table.ts'
import type { Tx } from './tx.ts'

const texts = new Map<string, string>()
const once = (name: string, make: () => string): string => {
  let text = texts.get(name)
  if (text === undefined) texts.set(name, (text = make()))
  return text
}
const unnest = (types: readonly string[]) => types.map((t, i) => `$${i + 1}::${t}[]`).join(', ')
type Row = Record<string, unknown>

function insertRows(
  name: string,
  table: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly Row[],
): Statement {
  const names = Object.keys(columns)
  const text = once(
    name,
    () =>
      `insert into ${table} (${names.map((n) => `"${n}"`).join(', ')}) select * from unnest(${unnest(Object.values(columns))})`,
  )
  return raw(
    name,
    text,
    names.map((n) => arrayOf(columns[n]!, rows, (r) => r[n])),
  )
}
const insertMany = (t: Table<never>, rows: readonly Row[]): Statement =>
  insertRows(`insert ${t.name}`, t.name, t.columns, rows)

function updateMany(t: Table<never>, columns: readonly string[], rows: Tx['updates']): Statement {
  const types = t.columns as Record<string, string>
  const name = `update ${t.name} ${columns.join()}`
  const text = once(
    name,
    () => `update ${t.name} t set ${columns.map((c) => `"${c}" = u."${c}", `).join('')}version = t.version + 1
      from unnest(${unnest(['id', ...columns].map((c) => types[c]!))}) u(${['id', ...columns].map((c) => `"${c}"`).join(', ')}) where t.id = u.id`,
  )
  return raw(name, text, [
    arrayOf(types['id']!, rows, (r) => r.id),
    ...columns.map((c) => arrayOf(types[c]!, rows, (r) => r.set[c])),
  ])
}

function deleteMany(t: Table<never>, ids: readonly unknown[]): Statement {
  const name = `delete ${t.name}`
  const type = (t.columns as Record<string, string>).id!
  return raw(
    name,
    once(name, () => `delete from ${t.name} where id = any($1::${type}[])`),
    [arrayOf(type, ids, (id) => id)],
  )
}

export type Kept = {
  readonly key: string
  readonly digest: string
  readonly said: object
  readonly ok: boolean
  readonly tx: Tx
  readonly entries: readonly Entry[]
}

/** Everything the kept requests want written, parents before children, keys in order so that two processes cannot wait for each other in a circle. */
export function* writes(
  kept: readonly Kept[],
  held: ReadonlyMap<number, Held>,
  epoch: number,
): Generator<Statement> {
  const inserts = new Map<Table<never>, object[]>()
  const updates = new Map<string, Tx['updates']>()
  const deletes = new Map<Table<never>, unknown[]>()
  const moved = kept.filter((k) => k.ok)
  for (const { tx } of moved) {
    for (const [t, rows] of tx.inserts) {
      const all = inserts.get(t)
      if (all) for (const r of rows) all.push(r)
      else inserts.set(t, [...rows])
    }
    // A row is changed by one request of a batch at most: a second one's guard fails. So one statement per set of columns is enough.
    for (const u of tx.updates) {
      const k = `${u.table.rank} ${Object.keys(u.set).join()}`
      const all = updates.get(k)
      if (all) all.push(u)
      else updates.set(k, [u])
    }
    for (const d of tx.deletes) {
      const all = deletes.get(d.table)
      if (all) all.push(d.id)
      else deletes.set(d.table, [d.id])
    }
  }
  // First, and in the order of their keys: a twin in another process waits here, before it could wait for us anywhere else.
  yield remember(
    [...kept].sort((a, b) => (a.key < b.key ? -1 : 1)),
    epoch,
  )
  for (const [t, rows] of [...inserts].sort((a, b) => a[0].rank - b[0].rank))
    yield insertMany(t, rows as Row[])
  for (const [, rows] of updates) yield updateMany(rows[0]!.table, Object.keys(rows[0]!.set), rows)
  for (const [t, ids] of [...deletes].sort((a, b) => b[0].rank - a[0].rank)) yield deleteMany(t, ids)
  yield* books(moved, held)
  yield* journal(moved, epoch)
}

/** How much a request wrote is remembered with it, so that a row that is taken away or added later is noticed. */
const remember = (kept: readonly Kept[], epoch: number): Statement =>
  raw(
    'remember',
    'insert into kernel.request (key, digest, outcome, epoch, transfers, moved, events) select k, d, o, $4, t, m, e from unnest($1::uuid[], $2::text[], $3::jsonb[], $5::integer[], $6::numeric[], $7::integer[]) u(k, d, o, t, m, e)',
    [
      arrayOf('uuid', kept, (p) => p.key),
      arrayOf('text', kept, (p) => p.digest),
      arrayOf('jsonb', kept, (p) => p.said),
      epoch,
      arrayOf('integer', kept, (p) => p.entries.length),
      arrayOf('numeric', kept, (p) => p.entries.reduce((sum, e) => sum + BigInt(e.amount), 0n)),
      arrayOf('integer', kept, (p) => (p.ok ? p.tx.events.length : 0)),
    ],
  )

const transferColumns = {
  key: 'uuid',
  line: 'smallint',
  debit: 'bigint',
  credit: 'bigint',
  amount: 'bigint',
  book: 'text',
  unit: 'bigint',
  currency: 'text',
  reason: 'text',
  ref: 'bigint',
  actor: 'bigint',
  shop: 'integer',
  happened_at: 'timestamptz',
  recorded_at: 'timestamptz',
}
function* books(moved: readonly Kept[], held: ReadonlyMap<number, Held>): Generator<Statement> {
  const rows: Record<keyof typeof transferColumns, unknown>[] = []
  for (const k of moved) {
    let line = 0
    for (const e of k.entries)
      rows.push({
        key: k.key,
        line: line++,
        debit: e.debit.id,
        credit: e.credit.id,
        amount: e.amount,
        book: e.debit.kind.book,
        unit: e.debit.of.unit,
        currency: e.debit.of.currency,
        reason: e.post.reason,
        ref: e.post.ref,
        actor: k.tx.actor.id,
        shop: e.debit.of.shop ?? e.credit.of.shop,
        happened_at: e.post.happenedAt ?? k.tx.now,
        recorded_at: k.tx.now,
      })
  }
  if (!rows.length) return
  yield insertRows('transfers', 'ledger.transfer', transferColumns, rows)
  const old: Held[] = [],
    fresh: Held[] = [],
    gone: number[] = []
  for (const h of held.values()) {
    if (h.delta === 0) continue
    if (h.fresh) fresh.push(h)
    else if (h.account.kind.ephemeral && h.balance === 0) gone.push(h.account.id)
    else old.push(h)
  }
  if (old.length)
    yield raw(
      'balances',
      'update ledger.account a set balance = a.balance + u.d from unnest($1::bigint[], $2::bigint[]) u(id, d) where a.id = u.id',
      [arrayOf('bigint', old, (h) => h.account.id), arrayOf('bigint', old, (h) => h.delta)],
    )
  if (gone.length)
    yield raw('closed accounts', 'delete from ledger.account where id = any($1::bigint[])', [
      arrayOf('bigint', gone, (id) => id),
    ])
  if (fresh.length) yield openAccounts(fresh.sort((a, b) => a.account.id - b.account.id))
}

const accountColumns = {
  id: 'bigint',
  book: 'text',
  kind: 'smallint',
  owner: 'bigint',
  unit: 'bigint',
  currency: 'text',
  place: 'integer',
  condition: 'smallint',
  lot: 'bigint',
  stock_owner: 'integer',
  shop: 'integer',
  balance: 'bigint',
  floor: 'bigint',
}
/**
 * An account that another process opened in the meantime is a unique violation, and the batch is decided again: adding to it
 * unseen would let two counts both add their difference.
 */
const openAccounts = (fresh: readonly Held[]): Statement =>
  insertRows(
    'new accounts',
    'ledger.account',
    accountColumns,
    fresh.map(({ account: { id, kind, owner, of }, delta }) => ({
      id,
      book: kind.book,
      kind: kind.number,
      owner,
      unit: of.unit,
      currency: of.currency,
      place: of.place,
      condition: of.condition,
      lot: of.lot,
      stock_owner: of.stockOwner,
      shop: of.shop,
      balance: delta,
      floor: kind.floor,
    })),
  )

const eventColumns = {
  epoch: 'integer',
  key: 'uuid',
  kind: 'text',
  version: 'smallint',
  subject: 'text',
  shop: 'integer',
  actor: 'bigint',
  body: 'jsonb',
  happened_at: 'timestamptz',
  recorded_at: 'timestamptz',
}
function* journal(moved: readonly Kept[], epoch: number): Generator<Statement> {
  const rows: Record<keyof typeof eventColumns, unknown>[] = []
  for (const k of moved)
    for (const e of k.tx.events)
      rows.push({
        epoch,
        key: k.key,
        kind: e.kind,
        version: e.version,
        subject: e.subject,
        shop: e.shop,
        actor: k.tx.actor.id,
        body: e.body,
        happened_at: e.happenedAt ?? k.tx.now,
        recorded_at: k.tx.now,
      })
  if (rows.length) yield insertRows('events', 'kernel.event', eventColumns, rows)
}
