/** What a batch of intents becomes: one statement per table and kind of change, whatever the number of requests. */
import { raw, type Statement } from '#kernel/db'
import type { Entry, Held } from '#kernel/ledger'
import type { Table } from './table.ts'
import type { Tx } from './tx.ts'

const texts = new Map<string, string>()
const once = (name: string, make: () => string): string => {
  let text = texts.get(name)
  if (text === undefined) texts.set(name, (text = make()))
  return text
}
const unnest = (types: readonly string[], from = 1) => types.map((t, i) => `$${i + from}::${t}[]`).join(', ')
type Row = Record<string, unknown>
// pg would turn an array or object inside an array parameter into a PostgreSQL array: JSON goes as text.
const cell = (type: string, value: unknown) =>
  type === 'jsonb' && value !== null && value !== undefined ? JSON.stringify(value) : value

function insertMany(t: Table<never>, rows: readonly Row[]): Statement {
  const names = Object.keys(t.columns)
  const types = Object.values(t.columns) as string[]
  const name = `insert ${t.name}`
  const text = once(
    name,
    () =>
      `insert into ${t.name} (${names.map((n) => `"${n}"`).join(', ')}) select * from unnest(${unnest(types)})`,
  )
  return raw(
    name,
    text,
    names.map((n, i) => rows.map((r) => cell(types[i]!, r[n]))),
  )
}

function updateMany(t: Table<never>, columns: readonly string[], rows: Tx['updates']): Statement {
  const types = t.columns as Record<string, string>
  const name = `update ${t.name} ${columns.join()}`
  const text = once(
    name,
    () => `update ${t.name} t set ${columns.map((c) => `"${c}" = u."${c}", `).join('')}version = t.version + 1
      from unnest(${unnest(['id', ...columns].map((c) => types[c]!))}) u(${['id', ...columns].map((c) => `"${c}"`).join(', ')}) where t.id = u.id`,
  )
  return raw(name, text, [
    rows.map((r) => r.id),
    ...columns.map((c) => rows.map((r) => cell(types[c]!, r.set[c]))),
  ])
}

function deleteMany(t: Table<never>, ids: readonly unknown[]): Statement {
  const name = `delete ${t.name}`
  return raw(
    name,
    once(
      name,
      () => `delete from ${t.name} where id = any($1::${(t.columns as Record<string, string>).id}[])`,
    ),
    [ids],
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
      kept.map((p) => p.key),
      kept.map((p) => p.digest),
      kept.map((p) => JSON.stringify(p.said)),
      epoch,
      kept.map((p) => p.entries.length),
      kept.map((p) => p.entries.reduce((sum, e) => sum + BigInt(e.amount), 0n).toString()),
      kept.map((p) => (p.ok ? p.tx.events.length : 0)),
    ],
  )

function* books(moved: readonly Kept[], held: ReadonlyMap<number, Held>): Generator<Statement> {
  const c: unknown[][] = Array.from({ length: 14 }, () => [])
  for (const k of moved) {
    let line = 0
    for (const e of k.entries) {
      const of = e.debit.of
      const row = [
        k.key,
        line++,
        e.debit.id,
        e.credit.id,
        e.amount,
        e.debit.kind.book,
        of.unit,
        of.currency,
        e.post.reason,
        e.post.ref,
        k.tx.actor.id,
        of.shop ?? e.credit.of.shop,
        e.post.happenedAt ?? k.tx.now,
        k.tx.now,
      ]
      for (let i = 0; i < row.length; i++) c[i]!.push(row[i] ?? null)
    }
  }
  if (!c[0]!.length) return
  yield raw(
    'transfers',
    `insert into ledger.transfer (key, line, debit, credit, amount, book, unit, currency, reason, ref, actor, shop, happened_at, recorded_at) select * from unnest(${unnest(['uuid', 'smallint', 'bigint', 'bigint', 'bigint', 'text', 'bigint', 'text', 'text', 'bigint', 'bigint', 'integer', 'timestamptz', 'timestamptz'])})`,
    c,
  )
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
      [old.map((h) => h.account.id), old.map((h) => h.delta)],
    )
  if (gone.length)
    yield raw('closed accounts', 'delete from ledger.account where id = any($1::bigint[])', [gone])
  if (fresh.length) yield openAccounts(fresh.sort((a, b) => a.account.id - b.account.id))
}

/**
 * An account that another process opened in the meantime is a unique violation, and the batch is decided again: adding to it
 * unseen would let two counts both add their difference.
 */
function openAccounts(fresh: readonly Held[]): Statement {
  const a = fresh.map((h) => h.account)
  return raw(
    'new accounts',
    `insert into ledger.account (id, book, kind, owner, unit, currency, place, condition, lot, stock_owner, shop, balance, floor)
     select * from unnest(${unnest(['bigint', 'text', 'smallint', 'bigint', 'bigint', 'text', 'integer', 'smallint', 'bigint', 'integer', 'integer', 'bigint', 'bigint'])})`,
    [
      a.map((x) => x.id),
      a.map((x) => x.kind.book),
      a.map((x) => x.kind.number),
      a.map((x) => x.owner),
      a.map((x) => x.of.unit),
      a.map((x) => x.of.currency ?? null),
      a.map((x) => x.of.place ?? null),
      a.map((x) => x.of.condition ?? null),
      a.map((x) => x.of.lot ?? null),
      a.map((x) => x.of.stockOwner ?? null),
      a.map((x) => x.of.shop ?? null),
      fresh.map((h) => h.delta),
      a.map((x) => x.kind.floor),
    ],
  )
}

function* journal(moved: readonly Kept[], epoch: number): Generator<Statement> {
  const c: unknown[][] = Array.from({ length: 9 }, () => [])
  for (const k of moved)
    for (const e of k.tx.events) {
      const row = [
        k.key,
        e.kind,
        e.version,
        e.subject,
        e.shop,
        k.tx.actor.id,
        JSON.stringify(e.body),
        e.happenedAt ?? k.tx.now,
        k.tx.now,
      ]
      for (let i = 0; i < row.length; i++) c[i]!.push(row[i] ?? null)
    }
  if (!c[0]!.length) return
  yield raw(
    'events',
    `insert into kernel.event (epoch, key, kind, version, subject, shop, actor, body, happened_at, recorded_at) select $10, * from unnest(${unnest(['uuid', 'text', 'smallint', 'text', 'integer', 'bigint', 'jsonb', 'timestamptz', 'timestamptz'])})`,
    [...c, epoch],
  )
}
