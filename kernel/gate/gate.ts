/**
 * Written for one, run for many. A flow runs alone and unlocked: it reads (coalesced with its neighbours), decides, records.
 * What it recorded is an intent. Intents that finish while the last commit is under way are committed together:
 *   trip 1  begin · lock guarded rows (table order, id order) · lock accounts (id order) · which keys are known
 *   decide  in arrival order, without an await: key known? guards unchanged? balances sufficient?
 *   trip 2  insert, update, delete, transfers, balances, events, outcomes · commit
 * Nothing is locked while a flow thinks, so a slow flow delays nobody and no lock order can be wrong.
 */
import { hash } from 'node:crypto'
import {
  byKey,
  Line,
  lost,
  outage,
  raw,
  sendAll,
  sql,
  type ClientConfig,
  type Outage,
  type Statement,
} from '#kernel/db'
import { isUuid, uuid } from '#kernel/ids'
import { openEpoch } from '#kernel/journal'
import { decide, isCounter, kinds, type Account, type Entry, type Held } from '#kernel/ledger'
import { Busy, KeyReused, Refusal, type Detail } from '#kernel/refusal'
import { Reads, type Away } from './reads.ts'
import { clashOf, type Id, type Table } from './table.ts'
import { Tx, type Actor } from './tx.ts'
import { writes, type Kept } from './write.ts'

export type Flow<A, T> = (tx: Tx, ask: A) => Promise<T>
/** Where in the journal a command's events stand: a reader that has passed it has seen them. */
export type Position = { readonly epoch: number; readonly xid: string }
export type Answer<T> = { readonly value: T; readonly position: Position }
type Outcome = { ok: unknown } | { no: { code: string; detail: Detail } }
type Pending = {
  readonly key: string
  readonly digest: string
  readonly name: string
  readonly actor: Actor
  readonly run: (tx: Tx) => Promise<unknown>
  readonly answer: PromiseWithResolvers<Answer<unknown>>
  tx: Tx
  outcome: Outcome
  /** What the batch under way will answer: decided anew at every try, for a neighbour may be gone. */
  said: Outcome
  /** The flow broke. It is told so unless its key is known: a repetition is answered from memory, whatever the flow finds now. */
  fault: unknown
  entries: readonly Entry[]
  tries: number
  release: (() => void) | undefined
}
export type GateOptions = {
  /** Most requests in one commit. */
  batch?: number
  /** Most rows in one commit, so that one huge request does not hold the others' answers. */
  rows?: number
  lanes?: number
  /** Requests under way before the next is told to come back later. */
  inFlight?: number
  readers?: number
  /** One statement for everybody who asks for the same kind of row at once. `batch: 1, coalesce: false` is a transaction a request. */
  coalesce?: boolean
  /** How long a lost database is waited for, in ms. */
  patience?: number
  /** Keys the digest of remembered bodies, which may hold a name or an address. */
  secret?: string
  clock?: () => Date
}

const laneSetup = `set lock_timeout = '5s'; set idle_in_transaction_session_timeout = '30s'; ${byKey}`
type Failure = { code?: string; constraint?: string; table?: string; schema?: string }
/**
 * Worth another try of the same intents. A twin in another process that took our key first is found by its key then, and an
 * account that another process opened meanwhile is found by its lock.
 */
const again = (e: Failure) =>
  e.constraint === 'request_pkey' || e.constraint === 'account_pkey' || /^(40|55P03)/.test(e.code ?? '')
const house: Actor = { id: 0, name: 'house' }

export class Gate {
  readonly stats = {
    commits: 0,
    requests: 0,
    refused: 0,
    repeated: 0,
    conflicts: 0,
    replans: 0,
    splits: 0,
    reruns: 0,
    rows: 0,
  }
  readonly epoch: number
  readonly reads: Reads
  readonly #queue: Pending[] = []
  readonly #lanes: { line: Line; busy: boolean }[]
  readonly #inFlight = new Map<string, Pending>()
  readonly #turns = new Map<string, Promise<void>>()
  readonly #max: Required<GateOptions>
  readonly #after: ((position: Position) => void)[] = []
  #soon = false
  readonly #numbers = {
    blocks: [] as { next: number; end: number }[],
    left: 0,
    more: undefined as Promise<void> | undefined,
  }
  readonly #away: Away = { since: undefined }
  #trouble: { what: Outage; since: number } | undefined
  readonly #troubles: ((what: Outage | undefined) => void)[] = []

  private constructor(config: ClientConfig, o: GateOptions, epoch: number) {
    this.#max = {
      batch: 256,
      rows: 8_000,
      lanes: 1,
      inFlight: 5000,
      readers: 2,
      coalesce: true,
      patience: 15_000,
      secret: '',
      clock: () => new Date(),
      ...o,
    }
    this.epoch = epoch
    this.#lanes = Array.from({ length: this.#max.lanes }, () => ({
      line: new Line(config, laneSetup),
      busy: false,
    }))
    this.reads = new Reads(config, this.#max.readers, this.#max.coalesce, this.#max.patience, this.#away)
  }
  /** Opens the gate on a migrated database, as the application's role. */
  static async open(config: ClientConfig, o: GateOptions = {}): Promise<Gate> {
    const line = new Line(config)
    try {
      const client = await line.client()
      const epoch = await openEpoch(client)
      const k = [...kinds.values()]
      await client.query(
        `insert into ledger.kind (kind, name, book, floor, counter, ephemeral) select * from unnest($1::smallint[], $2::text[], $3::text[], $4::bigint[], $5::boolean[], $6::boolean[]) on conflict (kind) do nothing`,
        [
          k.map((x) => x.number),
          k.map((x) => x.name),
          k.map((x) => x.book),
          k.map((x) => x.floor),
          k.map((x) => x.counter),
          k.map((x) => x.ephemeral),
        ],
      )
      return new Gate(config, o, epoch)
    } finally {
      await line.close()
    }
  }
  async close(): Promise<void> {
    while (this.#inFlight.size)
      await Promise.allSettled([...this.#inFlight.values()].map((p) => p.answer.promise))
    await Promise.all([...this.#lanes.map((l) => l.line.close()), this.reads.close()])
  }
  /** Called after each commit, with its position. Must be quick. */
  onCommit(listener: (position: Position) => void): void {
    this.#after.push(listener)
  }
  get inFlight(): number {
    return this.#inFlight.size
  }
  /** Why nothing can be written, as the last commit found it. */
  get trouble(): Outage | undefined {
    return this.#trouble?.what
  }
  /** Called when an outage begins or becomes another, and with nothing when it has ended. Must be quick. */
  onTrouble(listener: (what: Outage | undefined) => void): void {
    this.#troubles.push(listener)
  }
  #stands(what: Outage | undefined) {
    this.#away.since = what === 'away' ? (this.#away.since ?? performance.now()) : undefined
    if (this.#trouble?.what === what) return
    this.#trouble = what && { what, since: this.#trouble?.since ?? this.#away.since ?? performance.now() }
    for (const listener of this.#troubles) listener(what)
  }

  /** Runs a command and answers its value. The same key answers the same, also a refusal; with another body it is a conflict. */
  async run<A, T>(
    flow: Flow<A, T>,
    ask: A,
    o: { key?: string; actor?: Actor; name?: string } = {},
  ): Promise<T> {
    return (await this.command(flow, ask, o)).value
  }
  /** The same, with the position in the journal. */
  command<A, T>(
    flow: Flow<A, T>,
    ask: A,
    o: { key?: string; actor?: Actor; name?: string } = {},
  ): Promise<Answer<T>> {
    const key = o.key ?? uuid()
    if (!isUuid(key)) return Promise.reject(new TypeError('a key is a lower-case UUID'))
    const name = o.name ?? flow.name
    const digest = hash('sha256', `${this.#max.secret}\n${JSON.stringify([name, ask])}`, 'base64url').slice(
      0,
      27,
    )
    const twin = this.#inFlight.get(key)
    if (twin)
      return twin.digest === digest
        ? (twin.answer.promise as Promise<Answer<T>>)
        : Promise.reject(new KeyReused(key))
    if (this.#inFlight.size >= this.#max.inFlight)
      return Promise.reject(new Busy('too many requests in flight'))
    const p: Pending = {
      key,
      digest,
      name,
      actor: o.actor ?? house,
      run: (tx) => flow(tx, ask),
      answer: Promise.withResolvers(),
      tx: undefined as never,
      outcome: undefined as never,
      said: undefined as never,
      fault: undefined,
      entries: [],
      tries: 0,
      release: undefined,
    }
    this.#inFlight.set(key, p)
    void this.#attempt(p)
    return p.answer.promise as Promise<Answer<T>>
  }
  /** Runs a flow that only reads, with the coalesced reads of commands; what it would record is refused. */
  async read<A, T>(flow: Flow<A, T>, ask: A, actor: Actor = house): Promise<T> {
    const tx = new Tx(this.reads, () => this.#number(), uuid(), actor, this.#max.clock())
    try {
      const value = await flow(tx, ask)
      if (tx.rows > 1) throw new Error(`${flow.name} records: run it as a command`)
      return value
    } finally {
      tx.close()
    }
  }
  async #attempt(p: Pending) {
    try {
      while (this.#numbers.left < 5000 + 16 * this.#inFlight.size) await this.#moreNumbers()
      p.tx = new Tx(this.reads, () => this.#number(), p.key, p.actor, this.#max.clock(), p.tries > 0)
      p.outcome = { ok: await p.run(p.tx) }
    } catch (e) {
      if (!p.tx || lost(e as Failure)) return this.#end(p, () => p.answer.reject(e))
      if (e instanceof Refusal) p.outcome = { no: { code: e.code, detail: e.detail } }
      else {
        p.outcome = { no: { code: 'fault', detail: {} } } // nothing to lock and nothing to write
        p.fault = e ?? new Error('a flow threw nothing')
      }
    }
    p.tx.close()
    this.#queue.push(p)
    this.#wake()
  }
  #end(p: Pending, say: () => void) {
    p.tx?.close()
    this.#inFlight.delete(p.key)
    p.release?.()
    say()
  }
  /** What was committed is committed: a listener that throws is a fault of its own, not of the batch. */
  #tell(position: Position) {
    for (const listener of this.#after)
      try {
        listener(position)
      } catch (e) {
        queueMicrotask(() => {
          throw e
        })
      }
  }
  #say(p: Pending, o: Outcome, position: Position) {
    this.#end(p, () =>
      'no' in o // a flow that answers nothing is remembered as an empty outcome
        ? p.answer.reject(Object.assign(new Refusal(o.no.code, o.no.detail), { position }))
        : p.answer.resolve({ value: o.ok, position }),
    )
  }

  #number(): number {
    const n = this.#numbers
    while (n.blocks.length && n.blocks[0]!.next === n.blocks[0]!.end) n.blocks.shift()
    const block = n.blocks[0]
    if (!block) throw new Error('numbers ran out within one request')
    n.left--
    return block.next++
  }
  /** Numbers come in blocks of 10,000 from a sequence, so the gate need not ask for each; what is in stock grows with the crowd. */
  #moreNumbers(): Promise<void> {
    const n = this.#numbers
    return (n.more ??= this.reads
      .ask(sql`select nextval('kernel.number')::bigint as n`)
      .then(([row]) => {
        const next = row!.n as number
        n.blocks.push({ next, end: next + 10_000 })
        n.left += 10_000
      })
      .finally(() => {
        n.more = undefined
      }))
  }

  #wake() {
    if (this.#soon || !this.#queue.length) return
    const lane = this.#lanes.find((l) => !l.busy)
    if (!lane) return
    this.#soon = true
    setImmediate(() => {
      this.#soon = false
      lane.busy = true
      void this.#pump(lane)
      this.#wake()
    })
  }
  async #pump(lane: { line: Line; busy: boolean }) {
    while (this.#queue.length) await this.#settle(lane.line, this.#nextBatch())
    lane.busy = false
  }
  #nextBatch(): Pending[] {
    let n = 0
    for (let rows = 0; n < this.#queue.length && n < this.#max.batch; n++) {
      rows += this.#queue[n]!.tx.rows
      if (rows > this.#max.rows && n > 0) break
    }
    return this.#queue.splice(0, n)
  }

  /** Commits; a flush that fails for good is halved until the culprit stands alone. */
  async #settle(line: Line, batch: Pending[]): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await this.#commit(line, batch)
        this.#stands(undefined)
        return
      } catch (e) {
        const error = e as Failure
        // Nobody's intent is at fault when the database is away or full.
        const out = outage(error)
        this.#stands(out)
        // A lost server is waited for, by everybody together; whether the lost commit took place is told by the keys.
        const patient = out
          ? performance.now() - this.#trouble!.since < this.#max.patience
          : again(error) && tries < 6
        if (patient) {
          this.stats.reruns++
          await new Promise((r) => setTimeout(r, Math.min(20 * tries, 400) + 30 * Math.random()))
          continue
        }
        // Nobody in the batch is to blame for an outage: halving would only make everybody wait again.
        if (out) return batch.forEach((p) => this.#end(p, () => p.answer.reject(e)))
        if (batch.length === 1) return this.#culprit(batch[0]!, error)
        this.stats.splits++
        const middle = batch.length >> 1
        await this.#settle(line, batch.slice(0, middle))
        return this.#settle(line, batch.slice(middle))
      }
    }
  }
  #culprit(p: Pending, e: Failure) {
    const name = `${e.schema}.${e.table}`
    const clash = e.code === '23505' && e.constraint ? clashOf(name, e.constraint) : undefined
    if (clash === 'rerun') return this.#later(p, undefined, false)
    if (!clash) return this.#end(p, () => p.answer.reject(e))
    const inserted = [...p.tx.inserts].find(([t]) => t.name === name)
    try {
      const no = clash(
        (inserted?.[1].at(-1) ?? p.tx.updates.find((u) => u.table.name === name)?.set) as never,
      )
      p.outcome = { no: { code: no.code, detail: no.detail } }
    } catch (fault) {
      return this.#end(p, () => p.answer.reject(fault))
    }
    this.#queue.push(p) // to be remembered like any refusal
    this.#wake()
  }

  async #commit(line: Line, batch: Pending[]): Promise<void> {
    const client = await line.client()
    const accounts = new Map<number, Account>()
    const guards = new Map<Table<never>, Set<Id>>()
    const wanted = (a: Account) => {
      if (!isCounter(a)) accounts.set(a.id, a)
    }
    for (const { tx, outcome } of batch) {
      if ('no' in outcome) continue
      for (const p of tx.posts)
        for (const m of p.moves) {
          wanted('level' in m ? m.level : m.from)
          wanted('level' in m ? m.against : m.to)
        }
      for (const g of tx.guards) {
        let ids = guards.get(g.table)
        if (!ids) guards.set(g.table, (ids = new Set()))
        ids.add(g.id)
      }
    }
    const guardTables = [...guards.keys()].sort((a, b) => a.rank - b.rank)
    const first: (Statement | string)[] = [
      'begin',
      ...guardTables.map((t) => lockRows(t, [...guards.get(t)!])),
    ]
    if (accounts.size)
      first.push(
        raw(
          'lock accounts',
          'select id, balance, unit from ledger.account where id = any($1::bigint[]) order by id for no key update',
          [`{${[...accounts.keys()].join()}}`],
        ),
      )
    // Last, that is after any wait for a lock: a twin in another process has committed by then, or will be found by the unique key.
    first.push(
      raw(
        'known',
        'select key, digest, outcome, epoch, xid::text as xid from kernel.request where key = any($1::uuid[])',
        [batch.map((p) => p.key)],
      ),
      'select pg_current_xact_id()::text as xid',
    )
    try {
      const got = await sendAll(client, first)
      const position: Position = { epoch: this.epoch, xid: got.at(-1)!.rows[0].xid }
      const known = new Map(
        (
          got.at(-2)!.rows as { key: string; digest: string; outcome: Outcome; epoch: number; xid: string }[]
        ).map((r) => [r.key, r]),
      )
      const versions = new Map<string, number>()
      guardTables.forEach((t, i) => {
        for (const r of got[1 + i]!.rows) versions.set(`${t.rank} ${r.id}`, r.version)
      })
      const held = new Map<number, Held>()
      if (accounts.size)
        for (const r of got.at(-3)!.rows) {
          const a = accounts.get(r.id)!
          if (a.of.unit !== r.unit)
            throw new Error(`${a.kind.name} ${a.owner} counts ${r.unit}, not ${a.of.unit}`)
          held.set(r.id, { account: a, balance: r.balance, fresh: false, delta: 0 })
        }
      for (const [id, account] of accounts)
        if (!held.has(id)) held.set(id, { account, balance: 0, fresh: true, delta: 0 })

      const verdict = this.#decide(batch, known, versions, held)
      const { kept } = verdict
      if (kept.length) {
        const done = (await sendAll(client, [...writes(kept.map(asKept), held, this.epoch), 'commit'])).at(
          -1,
        )!
        if (done.command !== 'COMMIT') throw new Error(`commit answered ${done.command}`)
      } else await client.query('rollback')
      this.stats.commits++
      this.stats.requests += kept.length
      const written = new Set<string>()
      for (const { tx, said } of kept) {
        if ('no' in said) continue
        for (const t of tx.inserts.keys()) written.add(t.name)
        for (const c of tx.updates) written.add(c.table.name)
        for (const c of tx.deletes) written.add(c.table.name)
      }
      this.reads.forget(written)
      for (const p of kept) this.#say(p, p.said, position)
      if (kept.length) this.#tell(position)
      for (const [p, before] of verdict.answered)
        this.#say(p, p.said, { epoch: before.epoch, xid: before.xid })
      for (const [p, error] of verdict.failed) this.#end(p, () => p.answer.reject(error))
      for (const [p, row, elsewhere] of verdict.again) this.#later(p, row, elsewhere)
    } catch (e) {
      await client.query('rollback').catch(() => {})
      throw e
    }
  }

  /** In arrival order, in memory: who is answered from memory, who starts over, who is refused, who is kept. */
  #decide(
    batch: Pending[],
    known: ReadonlyMap<string, { digest: string; outcome: Outcome; epoch: number; xid: string }>,
    versions: Map<string, number>,
    held: Map<number, Held>,
  ) {
    const kept: Pending[] = []
    const answered: [Pending, { epoch: number; xid: string }][] = []
    const failed: [Pending, unknown][] = []
    const again: [Pending, string | undefined, boolean][] = []
    const made = new Set<string>()
    for (const p of batch) {
      p.said = p.outcome
      p.entries = []
      const before = known.get(p.key)
      if (before) {
        if (before.digest === p.digest) {
          p.said = before.outcome
          answered.push([p, before])
          this.stats.repeated++
        } else failed.push([p, new KeyReused(p.key)])
        continue
      }
      if (p.fault !== undefined) {
        failed.push([p, p.fault])
        continue
      }
      if ('ok' in p.outcome) {
        const moved = p.tx.guards.find((g) => versions.get(`${g.table.rank} ${g.id}`) !== g.version)
        if (moved) {
          const row = `${moved.table.rank} ${moved.id}`
          again.push([p, row, !versions.has(row)])
          continue
        }
        const unique = uniqueRows(p.tx)
        if (unique.some((row) => made.has(row))) {
          again.push([p, undefined, false])
          continue
        }
        let verdict
        try {
          verdict = decide(p.tx.posts, held)
        } catch (e) {
          failed.push([p, e])
          continue
        }
        if ('refusal' in verdict) {
          if (
            verdict.short.some((s) => p.tx.seen.has(s.account.id) && p.tx.seen.get(s.account.id) !== s.stood)
          ) {
            this.stats.replans++
            again.push([p, undefined, false])
            continue
          }
          p.said = { no: { code: verdict.refusal.code, detail: verdict.refusal.detail } }
        } else {
          p.entries = verdict.entries
          for (const row of unique) made.add(row)
          for (const u of [...p.tx.updates, ...p.tx.deletes]) {
            const row = `${u.table.rank} ${u.id}`
            versions.set(row, versions.get(row)! + 1)
          }
        }
      }
      if ('no' in p.said) this.stats.refused++
      else this.stats.rows += p.tx.rows
      kept.push(p)
    }
    return { kept, answered, failed, again }
  }

  /** A request whose guarded row has changed starts over, in turn with others that want the same row. */
  #later(p: Pending, row: string | undefined, elsewhere: boolean) {
    this.stats.conflicts++
    p.release?.()
    p.release = undefined
    if (++p.tries > 50) return this.#end(p, () => p.answer.reject(new Busy('too much contention')))
    if (row === undefined) return void this.#attempt(p) // a plan made from balances that have moved: plan again
    const before = this.#turns.get(row)
    const mine = Promise.withResolvers<void>()
    this.#turns.set(row, mine.promise)
    p.release = () => {
      mine.resolve()
      if (this.#turns.get(row) === mine.promise) this.#turns.delete(row)
    }
    // A row somebody outside has locked was skipped, not waited for: a batch never stands still for one request.
    const pause = elsewhere
      ? new Promise((r) => setTimeout(r, Math.min(200, 4 << Math.min(p.tries, 10))))
      : undefined
    void Promise.all([before, pause]).then(() => this.#attempt(p))
  }
}

/** The rows of a request that no other request of its batch may make, too. */
function uniqueRows(tx: Tx): string[] {
  const found: string[] = []
  for (const [t, rows] of tx.inserts)
    if (t.same) for (const r of rows) found.push(`${t.rank} ${t.same(r as never)}`)
  return found
}

const lockTexts = new Map<string, string>()
function lockRows(t: Table<never>, ids: Id[]): Statement {
  let text = lockTexts.get(t.name)
  if (!text) {
    const type = (t.columns as Record<string, string>).id
    lockTexts.set(
      t.name,
      (text = `select id, version from ${t.name} where id = any($1::${type}[]) order by id for no key update skip locked`),
    )
  }
  return raw(`lock ${t.name}`, text, [ids])
}
const asKept = (p: Pending): Kept => ({
  key: p.key,
  digest: p.digest,
  said: p.said,
  ok: 'ok' in p.said,
  tx: p.tx,
  entries: p.entries,
})
