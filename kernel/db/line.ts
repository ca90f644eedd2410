import pg from 'pg'
import type { Statement } from './sql.ts'

// bigint as number: every amount, id and count of ours stays below 2^53, and one that does not must not pass quietly.
pg.types.setTypeParser(20, (text) => {
  const n = Number(text)
  if (!Number.isSafeInteger(n)) throw new RangeError(`bigint out of range: ${text}`)
  return n
})
// A calendar day is not a moment: left as text.
pg.types.setTypeParser(1082, (text) => text)

export const counters = { statements: 0 }

/** The connection went away, or the server is stopping or starting: worth another try. Says nothing about whether a commit took place. */
export function lost(e: unknown): boolean {
  const { code, message } = (e ?? {}) as { code?: string; message?: string }
  if (code)
    return /^(08|57P|25P03|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|ENOENT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ERR_STREAM)/.test(
      code,
    )
  return /Connection terminated|Client has encountered a connection error|not queryable|Client was closed|timeout expired|timeout exceeded/.test(
    message ?? '',
  )
}

/** What keeps everybody from the database, and nobody in particular: it is not there, or its disk has no room. */
export type Outage = 'away' | 'full'
export function outage(e: unknown): Outage | undefined {
  const { code = '', syscall } = (e ?? {}) as { code?: string; syscall?: string }
  if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT') return 'full'
  // A file of ours that is missing is a fault; a socket that is missing is a database that is down.
  if (code === 'ENOENT' && syscall !== undefined && syscall !== 'connect') return undefined
  return lost(e) || code.startsWith('53') || code === '58030' ? 'away' : undefined
}

/** One pipelined connection that reopens itself after a loss. */
export class Line {
  readonly #config: pg.ClientConfig
  readonly #setup: string | undefined
  #client: Promise<pg.Client> | undefined
  #current: pg.Client | undefined
  /** Statements sent and not yet answered. */
  waiting = 0
  constructor(config: pg.ClientConfig, setup?: string) {
    this.#config = config
    this.#setup = setup
  }
  async #open(): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.#config,
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    } as pg.ClientConfig)
    // A late 'end' of an old client must not throw away its successor.
    const forget = () => {
      if (this.#current === client) this.#client = undefined
    }
    client.on('error', forget)
    client.on('end', forget)
    this.#current = client
    try {
      await client.connect()
      if (this.#setup) await client.query(this.#setup)
    } catch (e) {
      forget()
      throw e
    }
    return client
  }
  client(): Promise<pg.Client> {
    return (this.#client ??= this.#open())
  }
  async ask(s: Statement): Promise<pg.QueryResult> {
    this.waiting++
    try {
      const client = await this.client()
      counters.statements++
      return await client.query(s as pg.QueryConfig)
    } finally {
      this.waiting--
    }
  }
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined)
    this.#client = undefined
    await client?.end()
  }
}

/**
 * For connections that ask by key and nothing else: the gate's and the followers'. Plans are made once a statement, and never walk a table: a plan made while a table was
 * empty (also the one inside a foreign key's check) would go on walking it when it has a million rows. Measured on checkout: 483/s without.
 */
export const byKey = `set enable_seqscan = off; set plan_cache_mode = force_generic_plan; set jit = off`

/** Sends statements in one go on one connection, waits for all of them, then throws the first error. */
export async function sendAll(
  client: pg.Client,
  statements: readonly (Statement | string)[],
): Promise<pg.QueryResult[]> {
  counters.statements += statements.length
  // One packet for the batch: on a busy machine a system call a statement costs more than the statement's own work.
  const { stream } = client.connection
  stream.cork()
  const sent = statements.map((s) => client.query(s as pg.QueryConfig))
  process.nextTick(() => stream.uncork())
  const settled = await Promise.allSettled(sent)
  const bad = settled.find((x) => x.status === 'rejected')
  if (bad) throw bad.reason
  return settled.map((x) => (x as PromiseFulfilledResult<pg.QueryResult>).value)
}

/** Connections for lists and reports, beside the gate's own. */
export function pool(config: pg.ClientConfig, max = 8): pg.Pool {
  const p = new pg.Pool({ ...config, max })
  p.on('error', () => {}) // an idle connection was lost: the next query opens another
  p.on('connect', (client) => void client.on('error', () => {})) // one that is lent out: its next query says so
  return p
}

/** A row whose columns the caller names: a value of any column fits where it is used. */
export type Row = Record<string, never>
/** One statement on a pool or client, outside the gate: for reads, and for a door's own bookkeeping. */
export async function ask<R = Row>(on: pg.Pool | pg.ClientBase, s: Statement): Promise<R[]> {
  counters.statements++
  return (await on.query(s as pg.QueryConfig)).rows as R[]
}
