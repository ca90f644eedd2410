import pg from 'pg'
import { databaseDirectory, secretKey, type Config } from '#kernel/config'
import { appConfig, migrations } from '#kernel/db'
import { keepRunning, startEmbedded, type Embedded } from '#kernel/embedded'
import { notMigrated, unreachable } from './problems.ts'

export type Database = {
  readonly owner: pg.ClientConfig
  readonly app: pg.ClientConfig
  close(): Promise<void>
}

/** The database of this installation: the merchant's own by DATABASE_URL, else the embedded one, started or adopted. */
export async function openDatabase(config: Config, log: (line: string) => void): Promise<Database> {
  // Before the database: where one exists, its key must be there; where none does, the key comes first.
  secretKey(config)
  if (config.databaseUrl !== undefined) {
    const owner = ownerOf(config.databaseUrl)
    await tryLogin(owner)
    return { owner, app: appConfig(owner), close: async () => {} }
  }
  const ask = { directory: databaseDirectory(config), log, detached: true }
  const server = await startEmbedded(ask)
  if (server.adopted)
    log('動いていたデータベースを引き継ぎます / adopting the database server that is running')
  const kept = keepRunning(server, ask)
  const owner = { ...server.config }
  return { owner, app: appConfig(owner), close: async () => leave(await kept.letGo(), log) }
}

/** Fields, not a URL: the application's login is made from the owner's by exchanging name and password. */
function ownerOf(url: string): pg.ClientConfig {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url })
  return {
    host,
    port,
    ssl,
    ...(user && { user }),
    ...(password && { password }),
    ...(database && { database }),
  }
}

async function tryLogin(owner: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw unreachable(`${owner.host}:${owner.port}/${owner.database}`, error)
  }
  await client.end()
}

/** Stops the embedded server, unless another process of this installation works with it: then that one stops it. */
async function leave(server: Embedded, log: (line: string) => void): Promise<void> {
  const others = await sessions(server.config)
  if (others === 0) return server.stop()
  log(
    `データベースは他の ${others} 接続が使用中のため動かしておきます / ${others} other sessions use the database: it stays`,
  )
}

async function sessions(config: pg.ClientConfig): Promise<number> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  try {
    await client.connect()
    // Our own sessions may take a moment to be gone after they were closed.
    for (let left = 20; ; left--) {
      const { rows } = await client.query(
        `select count(*)::int as count from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      )
      if (rows[0].count === 0 || left === 0) return rows[0].count
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  } catch {
    return 0 // it is going down already
  } finally {
    await client.end().catch(() => {})
  }
}

/** Refuses a database that lacks a migration of this version: serving it would fail in the middle of a sale. */
export async function demandMigrated(owner: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(owner)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows: there } = await client.query(`select to_regclass('kernel.migration') is not null as there`)
    const done = there[0].there ? (await client.query('select room, name from kernel.migration')).rows : []
    const known = new Set(done.map(({ room, name }) => `${room}/${name}`))
    const missing = migrations().filter(({ room, name }) => !known.has(`${room}/${name}`))
    if (missing.length > 0) throw notMigrated(missing.length)
  } finally {
    await client.end()
  }
}
