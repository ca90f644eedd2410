import { createHash, createHmac } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { backfill, inBatches } from './backfill.ts'

export type Migration = {
  readonly room: string
  readonly name: string
  readonly text: string
  readonly checksum: string
}

/** The database cannot carry the house: too old, no right to make the role, a changed migration, a table that somebody holds. Words are made by the caller from `code`. */
export class Unfit extends Error {
  readonly code: 'too_old' | 'role' | 'changed' | 'newer' | 'held'
  constructor(code: Unfit['code'], message: string) {
    super(message)
    this.code = code
  }
}

const root = path.resolve(import.meta.dirname, '../..')

/** Every migration of the tree, kernel first, then by room and number. */
export function migrations(directory = root): Migration[] {
  const files = ['kernel', 'domains', 'flows', 'extensions'].flatMap((floor) =>
    existsSync(path.join(directory, floor))
      ? globSync(`${floor}/*/migrations/*.sql`, { cwd: directory }).toSorted()
      : [],
  )
  return files.map((file) => {
    const text = readFileSync(path.join(directory, file), 'utf8')
    const room = path.dirname(path.dirname(file)).replaceAll('\\', '/')
    return {
      room,
      name: path.basename(file),
      text,
      checksum: createHash('sha256').update(text).digest('hex'),
    }
  })
}

/** The application's own role owns nothing. Its password follows from the owner's, so that every process of an installation knows it and none stores it. */
export function appConfig(owner: pg.ClientConfig): pg.ClientConfig {
  const secret = typeof owner.password === 'string' ? owner.password : ''
  const { connectionString: _, ...rest } = owner
  return {
    ...rest,
    user: 'akinai_app',
    password: createHmac('sha256', secret).update('akinai_app').digest('base64url'),
  }
}

/** Brings the database to the tree's schema: forward only, a transaction a file, under a lock, as the owner. Safe to repeat and to run from two processes. */
export async function migrate(
  owner: pg.ClientConfig,
  log: (line: string) => void = () => {},
  files = migrations(),
): Promise<void> {
  const client = new pg.Client(owner)
  client.on('error', () => {})
  await client.connect()
  try {
    const version = Number((await client.query('show server_version_num')).rows[0].server_version_num)
    if (version < 150_000) throw new Unfit('too_old', `PostgreSQL ${Math.floor(version / 10_000)}`)
    await client.query(`select pg_advisory_lock(hashtext('akinai migrate'))`)
    await makeRole(client, appConfig(owner).password as string)
    await client.query(`create schema if not exists kernel`)
    await client.query(
      `create table if not exists kernel.migration (room text not null, name text not null, checksum text not null, at timestamptz not null default now(), primary key (room, name))`,
    )
    const done = new Map(
      (await client.query('select room, name, checksum from kernel.migration')).rows.map((r) => [
        `${r.room}/${r.name}`,
        r.checksum,
      ]),
    )
    const missing = files.filter((m) => {
      const known = done.get(`${m.room}/${m.name}`)
      if (known !== undefined && known !== m.checksum)
        throw new Unfit('changed', `${m.room}/migrations/${m.name}`)
      return known === undefined
    })
    for (const m of missing) {
      log(`${m.room}/${m.name}`)
      await apply(client, m, log)
    }
    if (missing.length) await grant(client, schemas(files))
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, m: Migration, log: (line: string) => void): Promise<void> {
  const record = {
    text: 'insert into kernel.migration (room, name, checksum) values ($1, $2, $3)',
    values: [m.room, m.name, m.checksum],
  }
  const batches = inBatches(m.text)
  if (batches) {
    await backfill(client, m, batches, log)
    await client.query(record)
    return
  }
  if (m.text.startsWith('-- outside transaction')) {
    // One statement: `create index concurrently` refuses to share a transaction, and may be left half-made by whatever ended it.
    if (!(await indexIsThere(client, m.text))) await client.query(m.text)
    await client.query(record)
    return
  }
  for (let tries = 1; ; tries++) {
    try {
      await client.query('begin')
      await client.query(`set local lock_timeout = '2s'`) // a long reader must not make everybody behind us wait
      await client.query(m.text)
      await client.query(record)
      const done = await client.query('commit')
      if (done.command !== 'COMMIT') throw new Error(`${m.room}/${m.name}: commit answered ${done.command}`)
      return
    } catch (e) {
      await client.query('rollback')
      if ((e as { code?: string }).code !== '55P03') throw e
      if (tries === 5) throw new Unfit('held', `${m.room}/${m.name}`)
      log(`${m.room}/${m.name}: somebody holds the table; trying again (${tries})`)
      await sleep(500 * tries) // whoever waited behind us goes on meanwhile
    }
  }
}

/** Whether the index of a `create index concurrently` is there and whole; a half-made one is taken away. */
async function indexIsThere(client: pg.Client, text: string): Promise<boolean> {
  const said = /create (?:unique )?index concurrently (?:if not exists )?(\w+) on (\w+)\./i.exec(text)
  if (!said) return false
  const name = `${said[2]}.${said[1]}`
  const { rows } = await client.query(
    'select indisvalid as whole from pg_index where indexrelid = to_regclass($1)',
    [name],
  )
  if (rows.length === 0) return false
  if (rows[0].whole) return true
  await client.query(`drop index concurrently ${name}`)
  return false
}

async function makeRole(client: pg.Client, password: string): Promise<void> {
  const literal = `'${password.replaceAll(`'`, `''`)}'`
  try {
    const known = await client.query(
      `select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = 'akinai_app'`,
    )
    const role = known.rows[0]
    if (!role)
      await client.query(
        `create role akinai_app login nosuperuser nocreatedb nocreaterole noinherit password ${literal}`,
      )
    else if (role.rolsuper || role.rolcreaterole || role.rolcreatedb)
      throw new Unfit('role', 'akinai_app has more rights than it may have')
    else await client.query(`alter role akinai_app login password ${literal}`)
  } catch (e) {
    // Two processes of one server may both make the role or both set the same password; the second has nothing left to do.
    if (['42710', '23505', 'XX000'].includes((e as { code?: string }).code ?? '')) return
    if (e instanceof Unfit) throw e
    throw new Unfit('role', (e as Error).message)
  }
}

/** The schemas that are ours: of each room that has tables, the kernel's, and the jobs'. What else is in the database is somebody else's. */
export const schemas = (files: readonly Migration[] = migrations()): string[] => [
  ...new Set(['kernel', 'pgboss', ...files.map((m) => m.room.slice(m.room.lastIndexOf('/') + 1))]),
]
/** What the application may do: everything with rows, except in tables whose comment begins with "append-only", where it may only add and read. */
async function grant(client: pg.Client, own: readonly string[]): Promise<void> {
  const tables = (
    await client.query(
      `select n.nspname as schema, c.relname as name, coalesce(obj_description(c.oid), '') like 'append-only%' as fixed
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v') and n.nspname = any($1)`,
      [own],
    )
  ).rows as { schema: string; name: string; fixed: boolean }[]
  const statements = [...new Set(tables.map((t) => t.schema))].flatMap((s) => [
    `grant usage on schema "${s}" to akinai_app`,
    `grant usage, select on all sequences in schema "${s}" to akinai_app`,
    `grant execute on all functions in schema "${s}" to akinai_app`,
  ])
  for (const t of tables) {
    statements.push(`revoke all on "${t.schema}"."${t.name}" from akinai_app`)
    const rights =
      t.schema === 'kernel' && (t.name === 'migration' || t.name === 'backfill')
        ? 'select'
        : t.fixed
          ? 'select, insert'
          : 'select, insert, update, delete'
    statements.push(`grant ${rights} on "${t.schema}"."${t.name}" to akinai_app`)
  }
  statements.push(
    'revoke create on schema public from public',
    'revoke create on schema public from akinai_app',
  )
  await client.query(statements.join(';'))
}
