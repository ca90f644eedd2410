import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { Unfit } from '#kernel/db'
import { SetupProblem } from '#kernel/embedded'
import { freshDatabase, query, testPostgres } from '#testing'
import { asSetupProblem } from './problems.ts'

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-cli-'))
fs.chmodSync(home, 0o755)
const running = new Set<ChildProcess>()
after(() => {
  for (const child of running) child.kill('SIGKILL')
  for (const file of fs.globSync(`${home}/**/postmaster.pid`))
    process.kill(Number(fs.readFileSync(file, 'utf8').split('\n')[0]), 'SIGQUIT')
  fs.rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

function akinai(words: string[], env: Record<string, string> = {}, cwd = home) {
  const { DATABASE_URL: _, ...rest } = process.env
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), ...words], {
    cwd,
    env: { ...rest, AKINAI_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const seen = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (seen.err += text))
  const done = once(child, 'close').then(([code]) => {
    running.delete(child)
    return { code: Number(code), ...seen }
  })
  return { child, seen, done }
}
const run = (...ask: Parameters<typeof akinai>) => akinai(...ask).done

test('every command explains itself in both languages, and an unknown one is refused', async () => {
  const overview = await run(['--help'])
  const names = [...overview.out.matchAll(/^ {2}(\w+) {2,}/gm)].map((match) => match[1]!)
  assert.ok(names.length >= 7, overview.out)
  for (const name of names) {
    const { code, out } = await run([name, '--help'])
    assert.equal(code, 0)
    assert.ok(out.startsWith(`akinai ${name}`) && /[ぁ-ん]/.test(out), out)
  }
  assert.equal((await run(['sell'])).code, 2)
  const misused = await run(['config', '--loud'])
  assert.equal(misused.code, 1)
  assert.match(misused.err, /--loud/)
})

test('a number that is none, a currency and a zone that nobody knows are refused before anything is done', async () => {
  for (const words of [
    ['export', 'products', 'out.csv', '--shop', 'first'],
    ['import', 'products', 'in.csv', '--shop', '1.5'],
    ['import', 'products', '--undo', 'last'],
    ['import', 'products', '--failed', 'last', 'out.csv'],
    ['import', 'orders', 'in.csv', '--currency', 'pounds'],
    ['import', 'orders', 'in.csv', '--zone', 'London'],
    ['simulate', 'amazon', '--port', 'any'],
  ]) {
    const { code, err } = await run(words)
    assert.equal(code, 1, words.join(' '))
    assert.ok(err.includes(words.find((w) => w.startsWith('--'))!) && /--help/.test(err), err)
    assert.doesNotMatch(err, /\n\s+at /, 'no stack')
  }
  assert.ok(!fs.existsSync(path.join(home, 'data')))
})

test('version names the three programs', async () => {
  assert.match((await run(['version'])).out, /^akinai \d.*\nnode 26\..*\npostgresql 18\./)
})

test('a wrong setting is refused in words, and its default can still be listed', async () => {
  const wrong = await run(['config'], { AKINAI_PORT: 'http' })
  assert.equal(wrong.code, 1)
  assert.match(wrong.err, /AKINAI_PORT/)
  assert.doesNotMatch(wrong.err, /\n\s+at /, 'words, not a stack')
  assert.match((await run(['config', '--defaults'], { AKINAI_PORT: 'http' })).out, /port = 3000/)
})

test('migrate makes a database in ./data, is safe to repeat, and prove finds the books balanced', async () => {
  const first = await run(['migrate'])
  assert.equal(first.code, 0, first.err)
  assert.doesNotMatch(first.out, /^0 /)
  assert.match((await run(['migrate'])).out, /^0 /)
  const proof = await run(['prove', '--json'])
  assert.equal(proof.code, 0, proof.err)
  assert.deepEqual(JSON.parse(proof.out).differences, [])
  assert.equal(
    fs.existsSync(path.join(home, 'data/postgres/postmaster.pid')),
    false,
    'the server was stopped',
  )
})

test('prove and serve refuse a database that was not migrated', async () => {
  const cwd = fs.mkdtempSync(path.join(home, 'bare-'))
  fs.chmodSync(cwd, 0o755)
  for (const command of ['prove', 'serve']) {
    const { code, err } = await run([command], {}, cwd)
    assert.equal(code, 1)
    assert.match(err, /akinai migrate/)
  }
})

test('a DATABASE_URL that nobody answers is refused in words, without its password', async () => {
  const { code, err } = await run(['migrate'], { DATABASE_URL: 'postgres://owner:hunter2@127.0.0.1:1/shop' })
  assert.equal(code, 1)
  assert.match(err, /127\.0\.0\.1:1\/shop/)
  assert.match(err, /DATABASE_URL/)
  assert.doesNotMatch(err, /hunter2|\n\s+at /)
})

test('an owner who may not make the role akinai_app is refused in words', async () => {
  const { config } = await testPostgres()
  const { name, drop } = await freshDatabase()
  const login = `limited_${process.pid}`
  await query(config, `create role ${login} login`)
  await query({ ...config, database: name }, `grant all on database ${name} to ${login}`)
  const address = `postgres://${login}@localhost/${name}?host=${encodeURIComponent(config.host)}&port=${config.port}`
  const { code, err } = await run(['migrate'], { DATABASE_URL: address })
  assert.equal(code, 1)
  assert.match(err, /akinai_app/)
  assert.doesNotMatch(err, /\n\s+at /)
  await drop()
  await query(config, `drop role ${login}`)
})

test('a database that is too old, newer or altered is told apart in words', () => {
  for (const code of ['too_old', 'newer', 'changed', 'role', 'held'] as const) {
    const problem = asSetupProblem(new Unfit(code, 'PostgreSQL 14'))
    assert.ok(
      problem instanceof SetupProblem &&
        problem.en.includes('PostgreSQL 14') &&
        problem.ja.includes('PostgreSQL 14'),
    )
  }
})

test('restore without the key of the shop that was backed up is refused, and makes no key of its own', async () => {
  const directory = path.join(home, 'keyless')
  const { code, err } = await run(['restore', 'any.backup'], { AKINAI_DATA: directory })
  assert.equal(code, 1)
  assert.match(err, /鍵.*secret\.key/)
  assert.match(err, /AKINAI_SECRET_KEY_FILE/)
  assert.equal(fs.existsSync(directory), false)
})

test('a simulator whose port is taken names another', async () => {
  const other = net.createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as net.AddressInfo
  const { code, err } = await run(['simulate', 'amazon', '--port', String(port)])
  other.close()
  assert.equal(code, 1)
  assert.match(err, new RegExp(`--port ${port + 1}`))
})

test('a taken port is refused before anything is done', async () => {
  const squatter = net.createServer()
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
  const { port } = squatter.address() as net.AddressInfo
  const cwd = fs.mkdtempSync(path.join(home, 'port-'))
  const { code, err } = await run(['start'], { AKINAI_PORT: String(port) }, cwd)
  squatter.close()
  assert.equal(code, 1)
  assert.match(err, new RegExp(`AKINAI_PORT=${port + 1}`))
  assert.deepEqual(fs.readdirSync(cwd), [])
})

async function opened(shop: ReturnType<typeof akinai>): Promise<string> {
  for (;;) {
    const url = /(http:\/\/[\w.]+:\d+)\//.exec(shop.seen.out)?.[1]
    if (url) return url
    assert.equal(shop.child.exitCode, null, shop.seen.err)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('start opens the shop; Ctrl-C closes it and its database; kill -9 and start again works', async () => {
  const cwd = fs.mkdtempSync(path.join(home, 'shop-'))
  fs.chmodSync(cwd, 0o755)
  const lock = path.join(cwd, 'data/postgres/postmaster.pid')
  const first = akinai(['start'], {}, cwd)
  assert.equal((await fetch(`${await opened(first)}/healthz`)).status, 200)
  first.child.kill('SIGINT')
  first.child.kill('SIGINT') // npm and the terminal each pass one on: not impatience
  assert.equal((await first.done).code, 0)
  assert.equal(fs.existsSync(lock), false)

  const second = akinai(['start'], {}, cwd)
  await opened(second)
  second.child.kill('SIGKILL')
  await second.done
  const orphan = fs.readFileSync(lock, 'utf8').split('\n')[0]

  const third = akinai(['start'], {}, cwd)
  assert.equal((await fetch(`${await opened(third)}/healthz`)).status, 200)
  assert.equal(fs.readFileSync(lock, 'utf8').split('\n')[0], orphan, 'the living database was adopted')
  third.child.kill('SIGTERM')
  assert.equal((await third.done).code, 0)
  assert.equal(fs.existsSync(lock), false)
})
