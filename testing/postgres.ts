import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { startEmbedded, type Embedded, type EmbeddedConfig } from '#kernel/embedded'

/** How to reach the test server, and the mark by which it is known to be ours. */
export type TestPostgres = { readonly config: EmbeddedConfig; readonly mark: string }

/** Durability stays on: a test that passes only without fsync proves nothing. */
const settings = (mark: string) => ({
  shared_buffers: '128MB',
  max_connections: '300',
  'akinai.test_server': mark,
})

/** One server for a whole run, in a directory of its own; the runner hands it to the test files by environment. */
export async function startTestPostgres(
  log?: (line: string) => void,
): Promise<{ server: Embedded; env: string; remove(): Promise<void> }> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-run-'))
  fs.chmodSync(home, 0o755) // as root the server runs as nobody, who must pass through; the cluster itself is 0700
  const mark = randomBytes(12).toString('hex')
  const server = await startEmbedded({
    directory: path.join(home, 'postgres'),
    settings: settings(mark),
    ...(log && { log }),
  })
  const remove = async () => {
    await server.stop('immediate')
    fs.rmSync(home, { recursive: true, force: true })
  }
  return { server, env: JSON.stringify({ config: server.config, mark } satisfies TestPostgres), remove }
}

let known: Promise<TestPostgres> | undefined

/** The run's server; for a file run by hand a server that is shared by this checkout, left running and adopted next time. */
export function testPostgres(): Promise<TestPostgres> {
  return (known ??= find())
}

async function find(): Promise<TestPostgres> {
  const handed = process.env.AKINAI_TEST_PG
  const found: TestPostgres = handed ? JSON.parse(handed) : await shared()
  await proveOurs(found)
  return found
}

async function shared(): Promise<TestPostgres> {
  const checkout = path.resolve(import.meta.dirname, '..')
  const mark = createHash('sha256').update(`${os.userInfo().uid}:${checkout}`).digest('hex').slice(0, 24)
  const home = path.join(os.tmpdir(), `akinai-test-${mark.slice(0, 8)}`)
  fs.mkdirSync(home, { recursive: true })
  const { config } = await startEmbedded({
    directory: path.join(home, 'postgres'),
    settings: settings(mark),
    detached: true,
  })
  return { config, mark }
}

/** Throws unless the server bears our mark. Tests drop databases: that must never happen to anyone else's. */
export async function proveOurs(ask: TestPostgres): Promise<void> {
  const [found] = await query(ask.config, "select current_setting('akinai.test_server', true) as mark")
  if (found?.mark !== ask.mark)
    throw new Error('This PostgreSQL is not the one our tests started: nothing is touched.')
}

/** One statement on a connection of its own. */
export async function query(
  config: pg.ClientConfig,
  text: string,
  values?: unknown[],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(config)
  client.on('error', () => {}) // a server that goes away shows in the query itself
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}
