import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { isRunning } from './is-running.ts'
import { proveOurs, query, testPostgres, type TestPostgres } from './postgres.ts'

export type FreshDatabase = {
  readonly owner: pg.ClientConfig
  readonly app: pg.ClientConfig
  readonly name: string
  drop(): Promise<void>
}

let count = 0

/** A database of its own for a test file, migrated and empty: a copy of a template that is made once per set of migrations. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = await testPostgres()
  const template = await ensureTemplate(server)
  const name = `t_${process.pid}_${++count}`
  await query(server.config, `create database ${name} template ${template}`)
  const { appConfig } = await import('#kernel/db')
  const owner = { ...server.config, database: name }
  return {
    owner,
    app: appConfig(owner),
    name,
    async drop() {
      await proveOurs(server)
      await query(server.config, `drop database if exists ${name} with (force)`)
    },
  }
}

let ready: Promise<string> | undefined
const ensureTemplate = (server: TestPostgres) => (ready ??= makeTemplate(server))

async function makeTemplate(server: TestPostgres): Promise<string> {
  const { migrate, migrations } = await import('#kernel/db')
  const template = `template_${fingerprint(migrations())}`
  const client = new pg.Client(server.config)
  client.on('error', () => {})
  await client.connect()
  try {
    // Test files run beside each other: the first makes the template, the others wait for it.
    await client.query("select pg_advisory_lock(hashtext('akinai test template'))")
    const { rows } = await client.query('select datname as name from pg_database')
    const names: string[] = rows.map((row) => row.name)
    if (!names.includes(template)) {
      await sweep(client, server, names)
      const making = `making_${process.pid}`
      await client.query(`create database ${making} template template0`)
      await migrate({ ...server.config, database: making })
      await client.query(`alter database ${making} rename to ${template}`)
    }
    return template
  } finally {
    await client.end()
  }
}

/** Removes templates of other migrations and databases whose test process is gone. */
async function sweep(client: pg.Client, server: TestPostgres, names: string[]): Promise<void> {
  await proveOurs(server)
  for (const name of names) {
    const pid = /^(?:t|making)_(\d+)/.exec(name)?.[1]
    if (pid ? isRunning(Number(pid)) : !name.startsWith('template_')) continue
    await client.query(`drop database if exists ${name} with (force)`)
  }
}

/** Changes with any migration and with the code that applies them. */
function fingerprint(files: readonly { room: string; name: string; checksum: string }[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file.room}/${file.name} ${file.checksum}\n`)
  hash.update(fs.readFileSync(path.resolve(import.meta.dirname, '../kernel/db/migrate.ts')))
  return hash.digest('hex').slice(0, 16)
}
