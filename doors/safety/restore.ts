import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { once } from 'node:events'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { erased, erasedSince, keysOfErased, opens, someKey, type Vault } from '#domains/persons'
import { ask, migrate, migrations, type ClientConfig } from '#kernel/db'
import { newEpoch, openEpoch } from '#kernel/journal'
import { checked } from '#kernel/trust'
import { isMade, quoted, tables, type End, type Header } from './backup.ts'
import { erasuresIn } from './erasures.ts'

/** Why a backup is not restored. Words are made by the caller. */
export class NotRestored extends Error {
  readonly code: 'unreadable' | 'broken' | 'newer' | 'occupied' | 'key'
  constructor(code: NotRestored['code'], message = '') {
    super(message)
    this.code = code
  }
}
export type Restored = End & { readonly at: string; readonly erased: number; readonly epoch: number }

/** Reads a backup to its end before anything is done with it: whole, of this product, and not of a version that comes after this one. */
export async function inspect(file: string): Promise<{ header: Header; end: End }> {
  const sum = createHash('sha256')
  let first = Buffer.alloc(0)
  let held = Buffer.alloc(0)
  try {
    const raw = fs.createReadStream(file)
    const bytes = createGunzip()
    raw.on('error', (e) => bytes.destroy(e))
    for await (const chunk of raw.pipe(bytes)) {
      if (!first.includes(10)) first = Buffer.concat([first, chunk as Buffer])
      // The last line is not in its own sum: the end is held back.
      held = Buffer.concat([held, chunk as Buffer])
      if (held.length > 65_536) {
        sum.update(held.subarray(0, -4096))
        held = Buffer.from(held.subarray(-4096))
      }
    }
  } catch (error) {
    throw new NotRestored('unreadable', (error as Error).message)
  }
  const at = held.lastIndexOf('{"end":')
  let header: Header, end: End
  try {
    header = JSON.parse(first.subarray(0, first.indexOf(10)).toString())
    end = JSON.parse(held.subarray(at).toString()).end
  } catch {
    throw new NotRestored('broken')
  }
  if (
    header.akinai !== 'backup' ||
    header.format !== 1 ||
    sum.update(held.subarray(0, at)).digest('hex') !== end.sha256
  )
    throw new NotRestored('broken')
  const known = new Map(migrations().map((m) => [`${m.room}/${m.name}`, m.checksum]))
  const strange = header.migrations.find((m) => known.get(`${m.room}/${m.name}`) !== m.checksum)
  if (strange) throw new NotRestored('newer', `${strange.room}/${strange.name}`)
  return { header, end }
}

/**
 * Fills an empty database: the schema as it was then, the rows, the numbers; then whoever was erased since is erased again,
 * the schema comes up to date, and a new epoch begins, so that followers go on exactly where they stood.
 */
export async function restore(
  owner: ClientConfig,
  file: string,
  o: { erasures?: string; vault?: Vault; tell?: (table: string) => void } = {},
): Promise<Restored> {
  const { header, end } = await inspect(file)
  const client = new pg.Client({ ...owner, application_name: 'akinai restore' })
  client.on('error', () => {})
  await client.connect()
  const before: string[] = []
  try {
    // Also what another program keeps in the same database: tables are emptied here.
    const { rows: there } = await client.query(
      `select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${isMade}) as there`,
    )
    if (there[0].there) throw new NotRestored('occupied')
    before.push(...(await schemasIn(client)))
    const then = new Set(header.migrations.map((m) => `${m.room}/${m.name}`))
    await migrate(
      owner,
      () => {},
      migrations().filter((m) => then.has(`${m.room}/${m.name}`)),
    )
    await client.query('begin')
    // What the migrations themselves wrote is in the backup, too.
    const all = await tables(client)
    await client.query(`truncate ${all.map((t) => quoted(t.name)).join(', ')}`)
    const rows = await load(client, file, o.tell ?? (() => {}))
    if (rows !== end.rows) throw new NotRestored('broken', `${rows} of ${end.rows} rows`)
    const [lies] = await ask<{ id: string; wrapped: Buffer }>(client, someKey)
    if (o.vault && lies && !opens(o.vault, lies)) throw new NotRestored('key')
    let again = 0
    for (const e of erasuresIn(o.erasures)) again += (await ask(client, erasedSince(e))).length
    // In the schema as it was then: without their keys nothing of them can be read.
    await client.query(keysOfErased)
    const lastEpoch = (await client.query('select max(epoch) as epoch from kernel.epoch')).rows[0].epoch
    let epoch = await openEpoch(client)
    if (epoch === lastEpoch) epoch = await newEpoch(client)
    const done = await client.query('commit')
    if (done.command !== 'COMMIT') throw new Error(`commit answered ${done.command}`)
    await migrate(owner)
    await client.query(erased)
    await client.query('analyze')
    return { ...end, at: header.at, erased: again, epoch }
  } catch (error) {
    // Nothing half: a database without a table has none again, and what else was there stays.
    if (!(error instanceof NotRestored && error.code === 'occupied')) {
      await client.query('rollback').catch(() => {})
      await empty(client, before).catch(() => {})
    }
    throw error
  } finally {
    await client.end()
  }
}
async function schemasIn(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query(
    `select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema|public)'`,
  )
  return rows.map((r) => r.name)
}
async function empty(client: pg.Client, but: readonly string[]) {
  for (const name of await schemasIn(client))
    if (!but.includes(name)) await client.query(`drop schema "${name}" cascade`)
}

/** Streams the rows into their tables; answers how many. */
async function load(client: pg.Client, file: string, tell: (table: string) => void): Promise<number> {
  let rows = 0
  let carry = Buffer.alloc(0)
  let into: ReturnType<typeof begin> | undefined
  const begin = (line: { table: string; columns: string[] }) => {
    const stream = client.query(
      copyFrom(`copy ${quoted(line.table)} (${line.columns.map(quoted).join(', ')}) from stdin`),
    )
    const failed = new Promise<never>((_, no) => stream.on('error', no))
    failed.catch(() => {})
    return { stream, failed }
  }
  const give = async (bytes: Buffer) => {
    if (bytes.length && !into!.stream.write(bytes))
      await Promise.race([once(into!.stream, 'drain'), into!.failed])
  }
  for await (const chunk of fs.createReadStream(file).pipe(createGunzip())) {
    let buffer = carry.length ? Buffer.concat([carry, chunk as Buffer]) : (chunk as Buffer)
    for (;;) {
      if (into) {
        const none = buffer.subarray(0, 3).equals(Buffer.from('\\.\n'))
        const at = none ? -1 : buffer.indexOf('\n\\.\n')
        if (!none && at < 0) {
          if (buffer.length > 4) {
            await give(buffer.subarray(0, -4))
            buffer = buffer.subarray(-4)
          }
          break
        }
        await give(buffer.subarray(0, at + 1))
        into.stream.end()
        await Promise.race([once(into.stream, 'finish'), into.failed])
        rows += into.stream.rowCount
        into = undefined
        buffer = buffer.subarray(at + 4) // of an empty table at is -1
        continue
      }
      const at = buffer.indexOf(10)
      if (at < 0) break
      const line = checked<{ table?: string; columns: string[]; sequences?: [string, string, boolean][] }>(
        JSON.parse(buffer.subarray(0, at).toString()),
      )
      buffer = buffer.subarray(at + 1)
      if (line.table) {
        tell(line.table)
        into = begin({ table: line.table, columns: line.columns })
      }
      for (const [name, value, called] of line.sequences ?? [])
        await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(name), value, called])
    }
    carry = Buffer.from(buffer)
  }
  return rows
}
