/**
 * Followers read the journal, each with its own cursor, and lose nothing: they read by (epoch, xid, seq) and only what is
 * older than the oldest transaction still under way, so that an event whose transaction commits late is not passed over.
 */
import { hash } from 'node:crypto'
import pg from 'pg'
import { byKey, lost, type ClientConfig } from '#kernel/db'
import { Bell } from '#kernel/time'
import { events as known } from './event.ts'

export type Happened<B = object> = {
  readonly epoch: number
  readonly xid: string
  readonly seq: number
  readonly key: string
  readonly kind: string
  readonly subject: string
  readonly shop: number | null
  readonly actor: number
  readonly body: B
  readonly happened_at: Date
  readonly recorded_at: Date
}
export type Cursor = { readonly epoch: number; readonly xid: string; readonly seq: number }
export type Position = { readonly epoch: number; readonly xid: string }

export type Follower = {
  readonly name: string
  /** Which events; all when absent. */
  readonly kinds?: readonly string[]
  /** A projection: its writes and its cursor commit together. Rows bear the generation they were built for. */
  readonly project?: (
    client: pg.ClientBase,
    happened: readonly Happened[],
    generation: number,
  ) => Promise<void>
  /** Removes a generation that is no longer read. */
  readonly discard?: (client: pg.ClientBase, generation: number) => Promise<void>
  /** A reaction: runs commands whose keys follow from the event, so that doing it again changes nothing. */
  readonly react?: (happened: readonly Happened[]) => Promise<void>
  readonly batch?: number
}
export type Standing = {
  name: string
  generation: number
  state: string
  behind: number
  behind_seconds: number
  failures: number
  failure: string | null
  failed_at: Date | null
  moved_at: Date
}

/** What a message quotes may be somebody's: a parser repeats what it could not read. */
const withoutQuotes = (message: string) => message.replace(/(["'`“「]).*?(["'`”」]|$)/gs, '…').slice(0, 200)
const isAfter = (p: Position, epoch: number, horizon: string) =>
  p.epoch > epoch || (p.epoch === epoch && BigInt(p.xid) >= BigInt(horizon))

/** The next events after a cursor, with the horizon up to which nothing is missing. */
export async function readEvents(
  client: pg.ClientBase,
  after: Cursor,
  kinds: readonly string[] | undefined,
  limit: number,
): Promise<{ happened: Happened[]; horizon: Position }> {
  // The horizon is taken before the events are read: what commits in between is read next time.
  const bound = (
    await client.query({
      name: 'horizon',
      text: 'select pg_snapshot_xmin(pg_current_snapshot())::text as xid, (select max(epoch) from kernel.epoch) as epoch',
    })
  ).rows[0] as Position
  const { rows } = await client.query({
    name: kinds ? 'events of kinds' : 'events',
    // Named by their table: a bare 'order by xid' would mean the answer's text, in which 10 comes before 9.
    text: `select epoch, xid::text as xid, seq, key, kind, version, subject, shop, actor, body, happened_at, recorded_at from kernel.event e
      where (epoch, xid, seq) > ($1, $2::xid8, $3) and (epoch < $4 or xid < $5::xid8) ${kinds ? 'and kind = any($7::text[])' : ''}
      order by e.epoch, e.xid, e.seq limit $6`,
    values: [after.epoch, after.xid, after.seq, bound.epoch, bound.xid, limit, ...(kinds ? [kinds] : [])],
  })
  for (const r of rows) {
    const kind = known.get(r.kind)
    if (kind) r.body = kind.read(r.version, r.body)
  }
  const last = rows.at(-1)
  return { happened: rows, horizon: rows.length < limit ? bound : { epoch: last.epoch, xid: last.xid } }
}

const later = (a: Cursor, b: Cursor): Cursor =>
  isAfter(b, a.epoch, a.xid) && (b.epoch > a.epoch || b.xid !== a.xid) ? b : a

export class Followers {
  readonly #config: ClientConfig
  readonly #followers: readonly Follower[]
  readonly #runs: Promise<void>[] = []
  readonly #horizons = new Map<string, Position>()
  readonly #alarm: (name: string, error: unknown) => void
  /** Something was committed; it is rung at the end, too. */
  readonly #news = new Bell()
  readonly #end = new Bell()
  #stopping = false
  constructor(
    config: ClientConfig,
    followers: readonly Follower[],
    alarm: (name: string, error: unknown) => void = () => {},
  ) {
    this.#config = config
    this.#followers = followers
    this.#alarm = alarm
  }
  start(): void {
    for (const f of this.#followers) this.#runs.push(this.#run(f))
  }
  async stop(): Promise<void> {
    this.#stopping = true
    this.#end.ring()
    this.#news.ring()
    await Promise.all(this.#runs)
  }
  /** Something was committed: look now rather than at the next round. */
  wake(): void {
    this.#news.ring()
  }

  /** Works on one follower as long as this process runs. Only one process at a time holds it; the others stand by. */
  async #run(f: Follower): Promise<void> {
    let failures = 0
    while (!this.#stopping) {
      const client = new pg.Client({ ...this.#config, application_name: `akinai follower ${f.name}` })
      client.on('error', () => {})
      try {
        await client.connect()
        // What a crash takes from a follower it takes whole, effect and cursor, and it is done again: no need to wait for the disk.
        await client.query(`set synchronous_commit = off; ${byKey}`)
        while (!(await this.#hold(client, f.name))) {
          await this.#end.wait(1000, 0)
          if (this.#stopping) return
        }
        while (!this.#stopping) {
          const seen = this.#news.rung
          const moved = await this.#round(client, f)
          failures = 0
          await this.#idle(moved, seen)
        }
      } catch (e) {
        failures++
        this.#horizons.delete(f.name)
        if (!lost(e)) {
          this.#alarm(f.name, e)
          await this.#note(f.name, e).catch(() => {})
        }
        await this.#end.wait(Math.min(30_000, 100 * 2 ** Math.min(failures, 9)), 0)
      } finally {
        await client.end().catch(() => {})
      }
    }
  }
  /** Until something is committed, or a second has passed (other processes commit too); then a moment more, so that a burst is one round. */
  async #idle(moved: boolean, seen: number) {
    if (!moved) await this.#news.wait(1000, seen)
    await this.#end.wait(10, 0)
  }
  async #hold(client: pg.Client, name: string): Promise<boolean> {
    await client.query('insert into kernel.follower (name) values ($1) on conflict do nothing', [name])
    return (
      await client.query('select pg_try_advisory_lock($1, $2) as held', [
        0x616b69,
        hash('sha256', name, 'buffer').readInt32BE(),
      ])
    ).rows[0].held
  }

  /** One page for each generation. Answers whether there was anything to do. */
  async #round(client: pg.Client, f: Follower): Promise<boolean> {
    const { rows } = await client.query(
      `select name, generation, state, epoch, xid::text as xid, seq from kernel.follower
        where name = $1 and (state <> 'retired' or moved_at < now() - interval '10 seconds') order by generation`,
      [f.name],
    )
    let moved = false
    for (const row of rows)
      if (row.state === 'retired') await this.#discard(client, f, row.generation)
      else moved = (await this.#page(client, f, row)) || moved
    return moved
  }
  /** Ten seconds after the swap, so that whoever had looked up the old generation has read it. */
  async #discard(client: pg.Client, f: Follower, generation: number) {
    await client.query('begin')
    try {
      await f.discard?.(client, generation)
      await client.query('delete from kernel.follower where name = $1 and generation = $2', [
        f.name,
        generation,
      ])
      await client.query('commit')
    } catch (e) {
      await client.query('rollback').catch(() => {})
      throw e
    }
  }
  async #page(
    client: pg.Client,
    f: Follower,
    at: Cursor & { generation: number; state: string },
  ): Promise<boolean> {
    const limit = f.batch ?? 500
    const { happened, horizon } = await readEvents(client, at, f.kinds, limit)
    // Nothing more below the horizon: the next page begins there, not at the last event of our kinds, which may be long past.
    const last: Cursor = happened.length < limit ? later(at, { ...horizon, seq: 0 }) : happened.at(-1)!
    if (f.react && happened.length) await f.react(happened)
    await client.query('begin')
    try {
      if (f.project && happened.length) await f.project(client, happened, at.generation)
      const caughtUp = happened.length < limit
      const moved = await client.query({
        name: 'move follower',
        text: `update kernel.follower set epoch = $3, xid = $4::xid8, seq = $5, horizon_epoch = $6, horizon = $7::xid8, moved_at = now(), failures = 0, failure = null, failed_at = null
          where name = $1 and generation = $2 and (epoch, xid, seq) = ($8, $9::xid8, $10)`,
        values: [
          f.name,
          at.generation,
          last.epoch,
          last.xid,
          last.seq,
          horizon.epoch,
          horizon.xid,
          at.epoch,
          at.xid,
          at.seq,
        ],
      })
      if (moved.rowCount !== 1) throw new Error(`the cursor of ${f.name} was moved by somebody else`)
      // The new generation has caught up: it takes the live one's place in the same commit.
      if (at.state === 'building' && caughtUp) {
        await client.query(
          `update kernel.follower set state = 'retired', moved_at = now() where name = $1 and state = 'live'`,
          [f.name],
        )
        await client.query(`update kernel.follower set state = 'live' where name = $1 and generation = $2`, [
          f.name,
          at.generation,
        ])
      }
      const done = await client.query('commit')
      if (done.command !== 'COMMIT') throw new Error(`commit answered ${done.command}`)
    } catch (e) {
      await client.query('rollback').catch(() => {})
      throw e
    }
    if (at.state === 'live') this.#horizons.set(f.name, horizon)
    return happened.length > 0 || at.state === 'building'
  }
  async #note(name: string, e: unknown) {
    const { code, message } = e as { code?: string; message: string }
    const client = new pg.Client(this.#config)
    client.on('error', () => {})
    await client.connect()
    try {
      // A database error's detail may quote a row; its code and our own messages do not.
      await client.query(
        `update kernel.follower set failures = failures + 1, failed_at = now(), failure = $2 where name = $1 and state <> 'retired'`,
        [name, code ? `database error ${code}` : withoutQuotes(message)],
      )
    } finally {
      await client.end()
    }
  }

  /** Waits until a follower has handled everything up to a position; answers whether it did within `ms`. */
  async reached(
    client: pg.ClientBase | pg.Pool,
    name: string,
    position: Position,
    ms: number,
  ): Promise<boolean> {
    const until = performance.now() + ms
    for (;;) {
      const mine = this.#horizons.get(name)
      if (mine && !isAfter(position, mine.epoch, mine.xid)) return true
      const row = (
        await client.query({
          name: 'follower horizon',
          text: `select horizon_epoch as epoch, horizon::text as xid from kernel.follower where name = $1 and state = 'live'`,
          values: [name],
        })
      ).rows[0]
      if (row && !isAfter(position, row.epoch, row.xid)) return true
      if (performance.now() > until) return false
      this.wake()
      await new Promise((r) => setTimeout(r, 10))
    }
  }
}

/** Begins to build a projection anew, beside the live one, which goes on being read until the new one has caught up. */
export async function rebuild(client: pg.ClientBase, name: string): Promise<number> {
  // One that has never run has a first generation, too.
  await client.query('insert into kernel.follower (name) values ($1) on conflict do nothing', [name])
  const { rows } = await client.query(
    `insert into kernel.follower (name, generation, state) select $1, max(generation) + 1, 'building' from kernel.follower where name = $1 returning generation`,
    [name],
  )
  return rows[0].generation
}

/** Where each follower stands. */
export async function standings(client: pg.ClientBase | pg.Pool): Promise<Standing[]> {
  const { rows } = await client.query(
    `select f.name, f.generation, f.state, f.failures, f.failure, f.failed_at, f.moved_at,
       (select count(*) from (select from kernel.event e where (e.epoch, e.xid, e.seq) > (f.epoch, f.xid, f.seq) and (e.epoch, e.xid) >= (f.horizon_epoch, f.horizon) limit 100000) b) as behind,
       coalesce(extract(epoch from now() - (select e.recorded_at from kernel.event e where (e.epoch, e.xid, e.seq) > (f.epoch, f.xid, f.seq) and (e.epoch, e.xid) >= (f.horizon_epoch, f.horizon) order by e.epoch, e.xid, e.seq limit 1))::int, 0) as behind_seconds
     from kernel.follower f where f.state <> 'retired' order by f.name, f.generation`,
  )
  return rows
}
