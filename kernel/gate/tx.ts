import type { Statement } from '#kernel/db'
import { uuid } from '#kernel/ids'
import { isCounter, type Account, type Post } from '#kernel/ledger'
import type { Lookup, Reads } from './reads.ts'
import type { Guarded, Id, Table } from './table.ts'

/** Who asks. 0 is the house itself. */
export type Actor = { readonly id: number; readonly name: string }
export type EventDraft = {
  kind: string
  version: number
  subject: string
  shop: number | undefined
  body: object
  happenedAt: Date | undefined
}
type Changed = { table: Table<never>; id: Id; set: Record<string, unknown> }

/**
 * One request's road to the database: what it read (guards, balances seen) and what it wants written.
 * Read, decide, record: a read of a table already written, and a record after the end, are faults.
 */
export class Tx {
  readonly posts: Post[] = []
  readonly inserts = new Map<Table<never>, object[]>()
  readonly updates: Changed[] = []
  readonly deletes: { table: Table<never>; id: Id }[] = []
  readonly guards: { table: Table<never>; id: Id; version: number }[] = []
  readonly events: EventDraft[] = []
  readonly seen = new Map<number, number>()
  /** Rows this request will write: batches are limited by them. */
  rows = 1
  readonly #written = new Set<string>()
  #open = true
  readonly #reads: Reads
  readonly #number: () => number
  readonly key: string
  readonly actor: Actor
  /** The time of this request. The clock is not read anywhere else. */
  readonly now: Date
  /** An earlier run of the same request found that what it had read has changed: nothing kept is used this time. */
  readonly again: boolean
  constructor(reads: Reads, number: () => number, key: string, actor: Actor, now: Date, again = false) {
    this.#reads = reads
    this.#number = number
    this.key = key
    this.actor = actor
    this.now = now
    this.again = again
  }
  readonly id = uuid
  /** A number never given before or after, in no order that means anything across processes, with gaps. */
  number(): number {
    return this.#number()
  }

  read(lookup: Lookup, key: string | number, fresh = this.again): Promise<unknown[]> {
    this.#unwritten((lookup.tables ??= lookup.ask([]).tables))
    return this.#reads.load(lookup, key, fresh)
  }
  /** A list, for one request alone. It has a limit of its own; what must still hold at commit is guarded besides. */
  list<R>(statement: Statement): Promise<R[]> {
    this.#unwritten(statement.tables)
    return this.#reads.ask(statement) as Promise<R[]>
  }
  #unwritten(tables: readonly string[]) {
    if (!this.#open) throw new Error('a read after the flow had ended: an await is missing')
    for (const t of tables)
      if (this.#written.has(t))
        throw new Error(`read of ${t} after this request has written to it: read, decide, record`)
  }
  async balance(a: Account): Promise<number> {
    if (isCounter(a))
      throw new Error(`${a.kind.name} is a counter: it is summed in reports, not planned with`)
    const rows = (await this.read(balances, a.id)) as { balance: number }[]
    const found = rows[0]?.balance ?? 0
    this.saw(a, found)
    return found
  }
  /** A balance that a domain's own read brought along counts as seen. */
  saw(a: Account, balance: number): void {
    this.seen.set(a.id, balance)
  }

  guard(table: Table<never>, id: Id, version: number): void {
    this.guards.push({ table, id, version })
  }
  insert<R extends object>(table: Table<R>, row: NoInfer<R>): R {
    this.#recording(table.name)
    const rows = this.inserts.get(table as Table<never>)
    if (rows) rows.push(row)
    else this.inserts.set(table as Table<never>, [row])
    this.rows++
    return row
  }
  update<R extends object>(table: Table<R>, row: Guarded<unknown>, set: NoInfer<Partial<R>>): void {
    this.#recording(table.name)
    this.#guarded(table as Table<never>, row.id)
    const before = this.updates.find((u) => u.table === (table as Table<never>) && u.id === row.id)
    if (before) Object.assign(before.set, set)
    else this.updates.push({ table: table as Table<never>, id: row.id, set: { ...set } })
    this.rows++
  }
  delete<R extends object>(table: Table<R>, row: Guarded<unknown>): void {
    this.#recording(table.name)
    this.#guarded(table as Table<never>, row.id)
    this.deletes.push({ table: table as Table<never>, id: row.id })
    this.rows++
  }
  /** A row of another table bears an id, too. */
  #guarded(table: Table<never>, id: Id) {
    if (!this.guards.some((g) => g.table === table && g.id === id))
      throw new Error(`${table.name} ${id} is changed without having been guarded`)
  }
  post(p: Post): void {
    this.#recording('ledger.account')
    this.posts.push(p)
    this.rows += p.moves.length
  }
  append(e: EventDraft): void {
    this.#recording()
    this.events.push(e)
    this.rows++
  }
  #recording(table?: string) {
    if (!this.#open) throw new Error('recorded after the flow had ended: an await is missing')
    if (table) this.#written.add(table)
  }
  close(): void {
    this.#open = false
  }
}

const balances: Lookup = {
  by: 'id',
  keep_ms: 0,
  ask: (ids) => ({
    name: 'balances',
    text: 'select id, balance from ledger.account where id = any($1::bigint[])',
    values: [ids],
    tables: ['ledger.account'],
  }),
}
