/**
 * A backup is one file: everything in the tables, read in one snapshot while the shop is open, as PostgreSQL's own COPY text.
 *   {"akinai":"backup", …}                  what it is, and the schema it fits: the migrations with their checksums
 *   {"table":"orders.header","columns":[…]} then its rows, then \.
 *   {"sequences":[…]}
 *   {"end":{"tables":…,"rows":…,"sha256":…}} of everything before, so that half a file is never taken for a whole one
 * The secret key is not in it: without the key personal data in it cannot be read, so the two are kept apart.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { once } from 'node:events'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { schemas, type ClientConfig } from '#kernel/db'

export type Header = {
  readonly akinai: 'backup'
  readonly format: 1
  readonly version: string
  readonly at: string
  readonly system_identifier: string
  readonly migrations: readonly { room: string; name: string; checksum: string }[]
}
export type End = { readonly tables: number; readonly rows: number; readonly sha256: string }
export type Backup = End & { readonly bytes: number; readonly at: string }

/** Relations that somebody has made: not PostgreSQL's, and not brought by an extension of it. A restore wants a database without any. */
export const isMade = `n.nspname !~ '^(pg_|information_schema|public)' and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')`
/** Of our own schemas; which these are is read from the migrations, when it is asked. */
const kept = () =>
  `${isMade} and n.nspname in (${schemas()
    .filter((name) => name !== 'pgboss')
    .map((name) => `'${name}'`)
    .join()})`
/** Our tables, parents before children. Jobs are made anew at a start; which migrations are in is for the schema to say. */
const tablesOf = () => `
  select n.nspname || '.' || c.relname as name, array_agg(a.attname::text order by a.attnum) as columns,
    (select coalesce(array_agg(distinct p.nspname || '.' || r.relname), '{}') from pg_constraint k join pg_class r on r.oid = k.confrelid join pg_namespace p on p.oid = r.relnamespace where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as parents
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind = 'r' and ${kept()} and (n.nspname, c.relname) not in (('kernel', 'migration'), ('kernel', 'backfill'))
  group by c.oid, n.nspname, c.relname order by 1`
export type Table = { name: string; columns: string[]; parents: string[] }
export async function tables(client: pg.ClientBase): Promise<Table[]> {
  const all = (await client.query(tablesOf())).rows as Table[]
  const sorted: Table[] = []
  const add = (t: Table) => {
    if (sorted.includes(t)) return
    for (const p of t.parents) add(all.find((x) => x.name === p)!)
    sorted.push(t)
  }
  all.forEach(add)
  return sorted
}
export const quoted = (name: string): string =>
  name
    .split('.')
    .map((n) => `"${n}"`)
    .join('.')

/** Writes a backup while the shop is open. The file appears under its name when it is whole. */
export async function backup(
  owner: ClientConfig,
  file: string,
  o: { version: string; at: Date; tell?: (table: string, rows: number) => void },
): Promise<Backup> {
  const client = new pg.Client({ ...owner, application_name: 'akinai backup' })
  client.on('error', () => {})
  await client.connect()
  const part = `${file}.part`
  const sum = createHash('sha256')
  const packed = createGzip({ level: 3 })
  const out = fs.createWriteStream(part, { mode: 0o600, flags: 'wx' })
  const failed = new Promise<never>((_, no) => {
    out.on('error', no)
    packed.on('error', no)
  })
  failed.catch(() => {})
  packed.pipe(out)
  const write = async (bytes: Buffer | string) => {
    sum.update(bytes)
    if (!packed.write(bytes)) await Promise.race([once(packed, 'drain'), failed])
  }
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows: migrations } = await client.query(
      'select room, name, checksum from kernel.migration order by at, room, name',
    )
    const { rows: system } = await client.query(
      'select system_identifier::text as id from pg_control_system()',
    )
    const header: Header = {
      akinai: 'backup',
      format: 1,
      version: o.version,
      at: o.at.toISOString(),
      system_identifier: system[0].id,
      migrations,
    }
    await write(`${JSON.stringify(header)}\n`)
    let rows = 0
    const all = await tables(client)
    for (const t of all) {
      await write(`${JSON.stringify({ table: t.name, columns: t.columns })}\n`)
      const stream = client.query(
        copyTo(`copy ${quoted(t.name)} (${t.columns.map(quoted).join(', ')}) to stdout`),
      )
      for await (const chunk of stream) await write(chunk as Buffer)
      await write('\\.\n')
      rows += stream.rowCount
      o.tell?.(t.name, stream.rowCount)
    }
    // Last: numbers may have been drawn meanwhile, and none may be drawn twice.
    const { rows: names } = await client.query(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${kept()} order by 1`,
    )
    const sequences: [string, string, boolean][] = []
    for (const { name } of names) {
      const { rows: at } = await client.query(`select last_value::text as v, is_called from ${quoted(name)}`)
      sequences.push([name, at[0].v, at[0].is_called])
    }
    await client.query('rollback')
    await write(`${JSON.stringify({ sequences })}\n`)
    const end: End = { tables: all.length, rows, sha256: sum.digest('hex') }
    packed.end(`${JSON.stringify({ end })}\n`)
    await Promise.race([once(out, 'close'), failed])
    const handle = fs.openSync(part, 'r+')
    fs.fsyncSync(handle)
    fs.closeSync(handle)
    fs.renameSync(part, file)
    return { ...end, bytes: fs.statSync(file).size, at: header.at }
  } catch (error) {
    packed.destroy()
    out.destroy()
    fs.rmSync(part, { force: true })
    throw error
  } finally {
    await client.end()
  }
}
