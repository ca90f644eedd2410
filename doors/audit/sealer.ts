import type pg from 'pg'
import {
  addLinks,
  deedsSeen,
  firstHash,
  hashOfEntry,
  lastLink,
  unlinked,
  type Entry,
  type Link,
} from '#domains/access'
import { ask } from '#kernel/db'
import { Rounds } from '#kernel/time'

const batch = 500
/** "akinai audit" as a lock's number: one process writes the chain at a time. */
const lock = 0x616b6164

/**
 * Chains the audit log's entries in the order in which they are seen, behind the requests that made them. An entry whose commit
 * comes late is linked late: the floor below which nothing is looked for rises only when every transaction of its time has ended.
 */
export class Sealer {
  readonly #pool: pg.Pool
  readonly #rounds: Rounds
  #floor = 0
  #next: { last: number; xmax: bigint } | undefined
  constructor(pool: pg.Pool, alarm?: (e: unknown) => void) {
    this.#pool = pool
    // All there is is linked in one round; the next begins with the next second.
    this.#rounds = new Rounds({ round: () => this.round().then(() => false), pause_ms: 1000, alarm })
  }
  start(): void {
    this.#rounds.start()
  }
  stop(): Promise<void> {
    return this.#rounds.stop()
  }
  /** Links whatever is committed by now; answers how many entries that were, or nothing while another process is at it. */
  async round(): Promise<number | undefined> {
    const client = await this.#pool.connect()
    let count = 0
    try {
      const [seen] = await ask<{ last: number; xmin: string; xmax: string }>(client, deedsSeen)
      for (;;) {
        await client.query('begin')
        const held = await client.query('select pg_try_advisory_xact_lock($1) as held', [lock])
        const linked = held.rows[0].held ? await this.#link(client) : undefined
        await client.query('commit')
        if (linked === undefined) return undefined
        count += linked
        if (linked < batch) break
      }
      this.#raise(seen!)
      return count
    } catch (e) {
      await client.query('rollback').catch(() => {})
      throw e
    } finally {
      client.release()
    }
  }
  async #link(client: pg.ClientBase): Promise<number> {
    const entries = await ask<Entry>(client, unlinked(this.#floor, batch))
    if (entries.length === 0) return 0
    const [last] = await ask<Link>(client, lastLink)
    let { no, hash } = last ?? { no: 0, hash: firstHash }
    const links = entries.map((e) => {
      hash = hashOfEntry(hash, ++no, e)
      return { no, deed: e.id, hash }
    })
    await ask(client, addLinks(links))
    return links.length
  }
  #raise(seen: { last: number; xmin: string; xmax: string }) {
    if (this.#next && BigInt(seen.xmin) < this.#next.xmax) return
    if (this.#next) this.#floor = this.#next.last
    this.#next = { last: seen.last, xmax: BigInt(seen.xmax) }
  }
}
