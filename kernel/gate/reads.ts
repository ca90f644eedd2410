import { byKey, Line, lost, type ClientConfig, type Statement } from '#kernel/db'

export type Key = string | number
export type Lookup = {
  readonly by: string
  readonly ask: (keys: never[]) => Statement
  readonly keep_ms: number
  tables?: readonly string[]
}
type Wait = PromiseWithResolvers<unknown[]>
type Load = { waiting: Map<Key, Wait>; busy: boolean }

/** Answers of one kind that are kept at most: the SKUs of a large shop, with their shelves and prices. */
const keptMost = 100_000

/** Since when the database has not been there: one clock for whoever waits for it, reading or writing. */
export type Away = { since: number | undefined }

/** The flows' reads, over a few connections: a slow one holds up its own line only. */
export class Reads {
  readonly #lines: Line[]
  readonly #loads = new Map<Lookup, Load>()
  readonly #coalesce: boolean
  readonly #patience: number
  readonly #away: Away
  readonly #kept = new Map<Lookup, { rows: Map<Key, { rows: unknown[]; until: number }>; turn: number }>()
  readonly stats = { statements: 0, asked: 0, retries: 0 }
  constructor(
    config: ClientConfig,
    connections: number,
    coalesce: boolean,
    patience: number,
    away: Away = { since: undefined },
  ) {
    this.#lines = Array.from({ length: connections }, () => new Line(config, byKey))
    this.#coalesce = coalesce
    this.#patience = patience
    this.#away = away
  }
  async close(): Promise<void> {
    await Promise.all(this.#lines.map((l) => l.close()))
  }

  /** A read has no effect, so a lost connection is tried again until patience ends: everybody's together, so that a long outage is told at once. */
  async ask(s: Statement): Promise<Record<string, unknown>[]> {
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      const line = this.#lines.reduce((a, b) => (b.waiting < a.waiting ? b : a))
      try {
        this.stats.statements++
        const { rows } = await line.ask(s)
        this.#away.since = undefined
        return rows
      } catch (e) {
        if (!lost(e)) throw e
        this.#away.since ??= performance.now()
        if (performance.now() - this.#away.since > this.#patience) throw e
        this.stats.retries++
        await new Promise((r) => setTimeout(r, pause))
      }
    }
  }

  #keptOf(lookup: Lookup) {
    let kept = this.#kept.get(lookup)
    if (!kept) this.#kept.set(lookup, (kept = { rows: new Map(), turn: 0 }))
    return kept
  }
  /** A command has written to these tables: what was kept of them is asked again, and what is on its way is not kept. */
  forget(tables: ReadonlySet<string>): void {
    for (const [lookup, kept] of this.#kept)
      if (lookup.tables?.some((t) => tables.has(t))) {
        kept.rows.clear()
        kept.turn++
      }
  }

  /** `fresh`: as it is now, whatever was kept; what comes is kept for others. */
  load(lookup: Lookup, key: Key, fresh = false): Promise<unknown[]> {
    this.stats.asked++
    if (lookup.keep_ms > 0 && !fresh) {
      const kept = this.#keptOf(lookup).rows.get(key)
      if (kept && kept.until > performance.now()) return Promise.resolve(kept.rows)
    }
    if (!this.#coalesce) return this.ask(lookup.ask([key] as never))
    let load = this.#loads.get(lookup)
    if (!load) this.#loads.set(lookup, (load = { waiting: new Map(), busy: false }))
    let wait = load.waiting.get(key)
    if (!wait) load.waiting.set(key, (wait = Promise.withResolvers<unknown[]>()))
    if (!load.busy) {
      load.busy = true
      setImmediate(() => void this.#fetch(lookup, load))
    }
    return wait.promise
  }
  async #fetch(lookup: Lookup, load: Load) {
    while (load.waiting.size) {
      const asked = load.waiting
      load.waiting = new Map()
      const kept = lookup.keep_ms > 0 ? this.#keptOf(lookup) : undefined
      const turn = kept?.turn
      try {
        const found = new Map<unknown, unknown[]>()
        for (const row of await this.ask(lookup.ask([...asked.keys()] as never))) {
          const key = row[lookup.by]
          const rows = found.get(key)
          if (rows) rows.push(row)
          else found.set(key, [row])
        }
        for (const [key, wait] of asked) {
          const rows = found.get(key) ?? []
          wait.resolve(rows)
          if (kept && kept.turn === turn && rows.length) {
            // The one that was asked for longest ago goes.
            kept.rows.delete(key)
            if (kept.rows.size >= keptMost) kept.rows.delete(kept.rows.keys().next().value!)
            kept.rows.set(key, { rows, until: performance.now() + lookup.keep_ms })
          }
        }
      } catch (e) {
        // One bad key must not fail its neighbours; a server that is gone is gone for all of them, and they have waited already.
        if (asked.size === 1 || lost(e)) for (const wait of asked.values()) wait.reject(e)
        else
          for (const [key, wait] of asked)
            this.ask(lookup.ask([key] as never)).then(wait.resolve, wait.reject)
      }
    }
    load.busy = false
  }
}
