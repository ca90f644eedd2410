/**
 * P14: the disk runs full under the database while buyers buy. A whole shop, as `akinai start` opens it, on a small disk of
 * its own. Until there is room again every command is answered 503 with words, the window stays open, and PostgreSQL may
 * end itself as often as it likes; afterwards everything that was begun is done once, and the books balance.
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { prooves } from '#flows/reads'
import { clientOf, isRunning, of, proveBooks, signIn, type Answer } from '#testing'

export default () => fullDisk({ rounds: 3, buyers: 12, hold_ms: 25_000 })

const root = path.resolve(import.meta.dirname, '../..')
const percentile = (of: number[], p: number) =>
  of.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(of.length * p) - 1)] ?? 0

export async function fullDisk(ask: { rounds: number; buyers: number; hold_ms: number }): Promise<string> {
  const disk = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=700m,mode=755', 'none', disk]).status === 0
  if (!mounted)
    throw new Error(
      'This campaign mounts a small disk, which needs Linux and root: run it with `sudo npm run campaign full-disk`, or in a container started with --cap-add SYS_ADMIN.',
    )
  try {
    return await onDisk(disk, ask)
  } finally {
    spawnSync('umount', ['-l', disk])
    fs.rmSync(disk, { recursive: true, force: true })
  }
}

async function openOn(disk: string) {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(process.execPath, [path.join(root, 'doors/cli/main.ts'), 'start'], {
    cwd: disk,
    env: {
      ...env,
      AKINAI_DATA: path.join(disk, 'data'),
      AKINAI_PORT: '0',
      AKINAI_COMMANDS_PER_SECOND: '100000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  for (;;) {
    const url = /(http:\/\/[\w.]+:\d+)\//.exec(said)?.[1]
    if (url) return { child, url, said: () => said }
    assert.equal(child.exitCode, null, said)
    await sleep(50)
  }
}

/** Fills what room there is, to the last block; what is freed meanwhile is filled, too. */
function ballast(disk: string) {
  const file = fs.openSync(path.join(disk, 'ballast'), 'w')
  const block = Buffer.alloc(1 << 20)
  let bytes = 0
  const fill = () => {
    for (const size of [block.length, 4096])
      for (;;)
        try {
          bytes += fs.writeSync(file, block, 0, size)
        } catch (e) {
          assert.equal((e as NodeJS.ErrnoException).code, 'ENOSPC')
          break
        }
  }
  fill()
  const timer = setInterval(fill, 100)
  return {
    bytes: () => bytes,
    lift() {
      clearInterval(timer)
      fs.closeSync(file)
      fs.rmSync(path.join(disk, 'ballast'))
    },
  }
}

async function onDisk(disk: string, ask: { rounds: number; buyers: number; hold_ms: number }) {
  const shop = await openOn(disk)
  const directory = path.join(disk, 'data/postgres')
  const config = { host: directory, port: 5432, user: 'postgres', database: 'postgres' }
  try {
    const owner = await signIn(shop.url, 'owner')
    const received = await owner('POST', '/admin/v1/stock/receipts', {
      place: 'east',
      lines: [{ sku: 'TEE-WHITE-M', quantity: 1_000_000 }],
    })
    assert.equal(received.status, 200, JSON.stringify(received.body))

    const seen = new Map<string, number>()
    const waits: number[] = []
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
    const live = { on: true, shelves: 0, good: 0 }
    const placed: number[] = []
    /** Sends a command until it is done, always with the same key; what comes in between must be a clean 503. */
    const until = async (lang: 'ja' | 'en', command: () => Promise<Answer>) => {
      for (;;) {
        const began = performance.now()
        const answer = await command()
        if (answer.status === 200) {
          live.good++
          return answer
        }
        waits.push(performance.now() - began)
        const { code, title, todo } = answer.body as { code?: string; title?: string; todo?: string }
        assert.equal(answer.status, 503, `${answer.status} ${JSON.stringify(answer.body)}`)
        assert.match(String(code), /^http\.(full|away|busy)$/)
        assert.ok(title && todo)
        assert.equal(/[ぁ-ん]/.test(title + todo), lang === 'ja', `${lang}: ${title}`)
        assert.ok(Number(answer.headers.get('retry-after')) > 0)
        count(String(code))
        await sleep(200)
      }
    }
    const buyer = async (n: number) => {
      const lang = n % 2 ? 'ja' : 'en'
      const client = clientOf(shop.url)
      const send = (method: string, at: string, body: object, token?: string) => {
        const key = crypto.randomUUID()
        const headers = {
          'accept-language': lang,
          ...(token !== undefined && { 'akinai-cart-token': token }),
        }
        return until(lang, () => client(method, at, body, { key, headers }))
      }
      while (live.on) {
        const lines = [{ sku: 'TEE-WHITE-M', quantity: 1 }]
        const cart = of<{ cart: string; token: string }>(await send('POST', '/store/v1/carts', { lines }))
        const quote = of<{ total: number }>(
          await send(
            'PUT',
            `/store/v1/carts/${cart.cart}/checkout`,
            {
              contact: { family: '山田', given: '花子', email: 'hanako@example.jp', phone: '090-0000-0000' },
              address: { postal: '150-0001', prefecture: 13, city: '渋谷区', line1: '神宮前1-1' },
              payment: 'cod',
            },
            cart.token,
          ),
        )
        const order = of<{ order: number }>(
          await send('POST', '/store/v1/orders', { cart: cart.cart, expects: quote.total }, cart.token),
        )
        placed.push(order.order)
      }
    }
    const first = await clientOf(shop.url)('GET', '/store/v1/products?limit=50')
    const cards = of<{ items: object[] }>(first).items.length
    assert.ok(cards > 5, `${cards} products in the window`)
    const window = async () => {
      const client = clientOf(shop.url)
      while (live.on) {
        const [list, page] = await Promise.all([
          client('GET', '/store/v1/products?limit=50'),
          client('GET', '/'),
        ])
        assert.deepEqual([list.status, page.status], [200, 200])
        assert.equal(of<{ items: object[] }>(list).items.length, cards, 'the window stays whole')
        live.shelves += 2
        await sleep(100)
      }
    }
    const health = async () => {
      while (live.on) {
        const answer = await fetch(`${shop.url}/readyz`)
        const { trouble } = (await answer.json()) as { trouble: string | null }
        count(`readyz ${answer.status} ${trouble}`)
        await sleep(250)
      }
    }
    const work = Promise.all([...Array.from({ length: ask.buyers }, (_, n) => buyer(n)), window(), health()])
    void work.catch(() => (live.on = false))

    const recoveries: number[] = []
    const told: number[] = []
    let bytes = 0
    let ended = 0
    for (let round = 0; round < ask.rounds && live.on; round++) {
      await sleep(3000)
      const weight = ballast(disk)
      const began = performance.now()
      const before = seen.get('http.full') ?? 0
      // Full for the commands, and so long that PostgreSQL's log needs a new file: then nobody gets in any more.
      const postmaster = Number(/^\d+/.exec(readOr(path.join(directory, 'postmaster.pid')))?.[0])
      let open = true
      while (live.on && open) {
        await sleep(500)
        if (performance.now() - began > ask.hold_ms) open = await burn(config)
        assert.ok(performance.now() - began < 180_000, 'PostgreSQL goes on for ever on a full disk')
      }
      assert.ok((seen.get('http.full') ?? 0) > before)
      // Who asks first waits as long as the gate is patient; when the outage has lasted, a no is said at once.
      await sleep(18_000)
      const late = waits.length
      await sleep(4000)
      if (!isRunning(postmaster)) ended++
      assert.ok(waits.length > late, 'they go on asking')
      told.push(percentile(waits.slice(late), 0.95))
      bytes = weight.bytes()
      const done = live.good
      weight.lift()
      const free = performance.now()
      while (live.on && live.good < done + ask.buyers) {
        assert.ok(performance.now() - free < 60_000, `no command was done within a minute\n${shop.said()}`)
        await sleep(20)
      }
      recoveries.push((performance.now() - free) / 1000)
    }
    await sleep(2000)
    live.on = false
    await work
    assert.ok((seen.get('http.full') ?? 0) > 0, 'the full disk was met')
    assert.ok((seen.get('http.away') ?? 0) > 0, 'the database had ended itself')
    assert.ok(
      [...seen].some(([what]) => /^readyz \d+ (full|away)$/.test(what)),
      'health shows it',
    )
    assert.doesNotMatch(shop.said(), /"fault"/)
    assert.equal(shop.child.exitCode, null)
    const restarts = shop.said().split('the database runs again').length - 1
    assert.ok(restarts >= ended, `ended ${ended} times, started again ${restarts} times`)

    const client = new pg.Client(config)
    await client.connect()
    try {
      const rows = (await client.query('select id from orders.header where channel = $1', ['web'])).rows
      const known = new Set(rows.map((r) => Number(r.id)))
      const lost = placed.filter((id) => !known.has(id)).length
      assert.equal(new Set(placed).size, placed.length)
      const sold = Number(
        (await client.query(`select count(*) as n from orders.line where "order" = any($1)`, [placed]))
          .rows[0].n,
      )
      assert.deepEqual([lost, sold], [0, placed.length], 'each order is there, with its line')
    } finally {
      await client.end()
    }
    await proveBooks(config, prooves)
    const parts = [...seen].toSorted(([a], [b]) => a.localeCompare(b)).map(([what, n]) => `${n} × ${what}`)
    return `${ask.rounds} times full (${(bytes / 1e6).toFixed(0)} MB of ballast), PostgreSQL let nobody in each time, ended itself ${ended} times and was started again ${restarts} times; ${parts.join(', ')}; ${live.shelves} pages and lists whole meanwhile; ${placed.length} orders, 0 lost, 0 doubled; p95 of a 503 late in the outage ${told.map((t) => t.toFixed(0)).join(', ')} ms; recovered after ${recoveries.map((s) => s.toFixed(1)).join(', ')} s; books proven`
  } finally {
    if (shop.child.exitCode === null) {
      shop.child.kill('SIGTERM')
      const late = setTimeout(() => shop.child.kill('SIGKILL'), 20_000)
      await once(shop.child, 'exit')
      clearTimeout(late)
    }
    const pid = Number(/^\d+/.exec(readOr(path.join(directory, 'postmaster.pid')))?.[0])
    if (pid > 0) spawnSync('kill', ['-QUIT', String(pid)])
  }
}
const readOr = (file: string) => {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
/** Uses up what is left of the log's current file, as a night of traffic would. Answers whether the server still lets anybody in. */
async function burn(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch {
    return false
  }
  // It may end under this: that is what is wanted here.
  await client.query(`select pg_logical_emit_message(false, 'burn', repeat('x', 4000000))`).catch(() => {})
  await client.end().catch(() => {})
  return true
}
