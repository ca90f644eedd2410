import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import {
  keepRunning,
  SetupProblem,
  startEmbedded,
  type Embedded,
  type EmbeddedConfig,
} from '#kernel/embedded'

const small = { shared_buffers: '16MB', max_connections: '20' }
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-embedded-'))
// As root the server runs as nobody, who must be able to pass through.
fs.chmodSync(home, 0o755)
const running = new Set<Embedded>()
const start = async (ask: Parameters<typeof startEmbedded>[0]) => {
  const server = await startEmbedded({ settings: small, ...ask })
  running.add(server)
  return server
}
after(async () => {
  for (const server of running) await server.stop('immediate')
  fs.rmSync(home, { recursive: true, force: true })
})

async function ask(config: EmbeddedConfig, sql: string): Promise<unknown> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}
const refusal = (code: string) => (error: unknown) => {
  assert.ok(error instanceof SetupProblem, String(error))
  assert.equal(error.code, code)
  for (const words of [error.ja, error.en, error.todo.ja, error.todo.en]) assert.ok(words.length > 10)
  return true
}

const main = path.join(home, 'main')

test('a new directory becomes a UTF-8 database with default durability, closed to other users and to the network', async () => {
  const server = await start({ directory: main })
  assert.equal(server.adopted, false)
  assert.equal(await ask(server.config, "select current_setting('server_encoding')"), 'UTF8')
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes'])
    assert.equal(await ask(server.config, `show ${name}`), 'on')
  assert.equal(await ask(server.config, 'show listen_addresses'), '')
  assert.equal(
    await ask(
      server.config,
      `select datlocprovider::text || datlocale from pg_database where datname = 'postgres'`,
    ),
    'bC.UTF-8',
  )
  assert.equal(fs.statSync(main).mode & 0o077, 0)
  await ask(server.config, 'create table kept (number int)')
})

test('a second start on a running directory adopts the server, and either handle stops it', async () => {
  const [first] = running
  const second = await start({ directory: main })
  assert.equal(second.adopted, true)
  assert.equal(second.pid, first!.pid)
  await second.stop()
  await assert.rejects(ask(second.config, 'select 1'))
  assert.equal(fs.existsSync(path.join(main, 'postmaster.pid')), false)
})

test('after kill -9 of the server the next start works and what was committed is there', async () => {
  const server = await start({ directory: main })
  const client = new pg.Client(server.config) // a session that is open at the kill keeps the dead server's lock for a while
  client.on('error', () => {})
  await client.connect()
  await client.query('insert into kept values (42)')
  process.kill(server.pid, 'SIGKILL')
  const again = await start({ directory: main })
  assert.notEqual(again.pid, server.pid)
  assert.equal(await ask(again.config, 'select number from kept'), 42)
  await client.end().catch(() => {})
})

test('a server that ended by itself is started again at the same address, and what was committed is there', async () => {
  const server = await start({ directory: main })
  const lines: string[] = []
  const kept = keepRunning(server, { directory: main, settings: small, log: (line) => lines.push(line) }, 50)
  for (const round of [1, 2]) {
    process.kill(Number(fs.readFileSync(path.join(main, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT')
    while (lines.filter((line) => line.includes('runs again')).length < round)
      await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(await ask(server.config, 'select number from kept'), 42)
  }
  const now = await kept.letGo()
  running.add(now)
  assert.notEqual(now.pid, server.pid)
  assert.deepEqual(now.config, server.config)
  await now.stop()
  await new Promise((resolve) => setTimeout(resolve, 300))
  await assert.rejects(ask(server.config, 'select 1'), 'let go, it stays down')
  assert.equal(lines.filter((line) => line.includes('has ended')).length, 2)
})

test('a server whose Node process was killed -9 lives on and is adopted', async () => {
  const directory = path.join(home, 'orphan')
  const script = `import { startEmbedded } from '#kernel/embedded'
    const server = await startEmbedded({ directory: process.argv[1], settings: ${JSON.stringify(small)} })
    console.log(server.pid)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, directory], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [pid] = await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const server = await start({ directory })
  assert.deepEqual([server.adopted, server.pid], [true, Number(pid)])
})

test('two starts at once on a new directory end as one server', async () => {
  const directory = path.join(home, 'twice')
  const script = `import { startEmbedded } from '#kernel/embedded'
    const server = await startEmbedded({ directory: process.argv[1], settings: ${JSON.stringify(small)}, detached: true })
    console.log(server.pid)`
  const one = () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, directory], {
      cwd: path.resolve(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    return Promise.all([once(child.stdout, 'data'), once(child, 'exit')])
  }
  const [[[left], [leftCode]], [[right], [rightCode]]] = await Promise.all([one(), one()])
  assert.deepEqual([leftCode, rightCode], [0, 0])
  assert.equal(String(left), String(right))
  running.add(await startEmbedded({ directory }))
  assert.deepEqual(
    fs.readdirSync(home).filter((name) => name.includes('making')),
    [],
  )
})

test('where a socket path would be too long, loopback with a password serves', async () => {
  const directory = path.join(home, 'd'.repeat(100))
  const server = await start({ directory })
  assert.equal(server.config.host, '127.0.0.1')
  assert.equal(fs.statSync(path.join(directory, 'akinai-superuser-password')).mode & 0o077, 0)
  assert.equal(await ask(server.config, 'select 1'), 1)
  await assert.rejects(ask({ ...server.config, password: 'guess' }, 'select 1'), { code: '28P01' })
  assert.equal((await start({ directory })).adopted, true)
})

test('data of another version is refused in words and left alone', async () => {
  const directory = path.join(home, 'old')
  fs.mkdirSync(directory)
  fs.writeFileSync(path.join(directory, 'PG_VERSION'), '15\n')
  await assert.rejects(start({ directory }), refusal('data_of_another_version'))
  assert.deepEqual(fs.readdirSync(directory), ['PG_VERSION'])
})

test('a directory with other files is refused and left alone', async () => {
  const directory = path.join(home, 'photos')
  fs.mkdirSync(directory)
  fs.writeFileSync(path.join(directory, 'cat.jpg'), 'meow')
  await assert.rejects(start({ directory }), refusal('directory_not_empty'))
  assert.deepEqual(fs.readdirSync(directory), ['cat.jpg'])
})

test('a place that cannot be written is refused in words', async () => {
  fs.writeFileSync(path.join(home, 'file'), '')
  await assert.rejects(start({ directory: path.join(home, 'file', 'data') }), refusal('directory_unwritable'))
  // Root may write almost everywhere; a kernel's own tree refuses even root.
  const closed = process.getuid?.() === 0 ? '/sys/akinai' : path.join(home, 'closed')
  if (closed !== '/sys/akinai') fs.mkdirSync(closed, { mode: 0o500 })
  await assert.rejects(start({ directory: path.join(closed, 'data') }), refusal('directory_unwritable'))
})

test('a taken port is refused in words', async () => {
  const squatter = net.createServer()
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
  const { port } = squatter.address() as net.AddressInfo
  await assert.rejects(start({ directory: path.join(home, 'port'), port }), refusal('database_port_taken'))
  squatter.close()
})

const canMount = process.platform === 'linux' && process.getuid?.() === 0

test(
  'a full disk is refused in words, before and while starting',
  { skip: !canMount && 'needs root to mount a small disk' },
  async (t) => {
    const disk = path.join(home, 'disk')
    fs.mkdirSync(disk)
    const mount = (size: string, more: string[] = []) =>
      spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755${more.join('')}`, 'none', disk])
        .status === 0
    if (!mount('100m')) return t.skip('this machine does not let us mount a small disk')
    try {
      await assert.rejects(start({ directory: path.join(disk, 'data') }), refusal('disk_full'))
      spawnSync('mount', ['-o', 'remount,size=400m', disk])
      const server = await start({ directory: path.join(disk, 'data') })
      await server.stop('immediate')
      spawnSync('dd', ['if=/dev/zero', `of=${path.join(disk, 'fill')}`, 'bs=1M'])
      await assert.rejects(start({ directory: path.join(disk, 'data') }), refusal('disk_full'))
      fs.rmSync(path.join(disk, 'fill'))
      await (await start({ directory: path.join(disk, 'data') })).stop()
    } finally {
      spawnSync('umount', ['-l', disk])
    }
  },
)

test(
  'root whose directory nobody may enter is served inside a user namespace',
  { skip: !canMount && 'needs root' },
  async () => {
    const closed = path.join(home, 'root-only')
    fs.mkdirSync(closed, { mode: 0o700 })
    const directory = path.join(closed, 'data')
    const server = await start({ directory })
    assert.equal(await ask(server.config, 'select 1'), 1)
    assert.equal(fs.statSync(directory).uid, 0)
    await server.stop()
  },
)
