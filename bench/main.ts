/** `npm run bench`: see README.md beside this file. */
import { fork, spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { buildApps } from '#doors/apps'
import { prooves } from '#flows/reads'
import { loadConfig, secretKey } from '#kernel/config'
import { appConfig, migrate } from '#kernel/db'
import { startEmbedded } from '#kernel/embedded'
import { prove } from '#kernel/ledger'
import { fill } from './fill.ts'
import { fillOrders } from './orders.ts'
import { printJudged } from './judged/judge.ts'
import { printPhone } from './phone.ts'

const { values: o, positionals: only } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '4' },
    at: { type: 'string', default: '1,16,64' },
    products: { type: 'string', default: '10000' },
    orders: { type: 'string', default: '0' },
    home: { type: 'string' },
    profile: { type: 'boolean' },
    statements: { type: 'boolean' },
    minutes: { type: 'string' },
    judged: { type: 'boolean' },
    phone: { type: 'boolean' },
  },
})
if (o.judged) {
  printJudged()
  process.exit(0)
}
const seconds = Number(o.seconds),
  products = Number(o.products),
  levels = o.at.split(',').map(Number)
const past = Number(o.orders)
// A home that is named is kept, and filled only when it is empty: a million orders take a while.
const home = o.home ? path.resolve(o.home) : fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-bench-'))
fs.mkdirSync(home, { recursive: true })
fs.chmodSync(home, 0o755)
const filled = path.join(home, 'filled')
const isFilled = fs.existsSync(filled)
await buildApps((l) => console.log(l)).catch((e) => console.log(String(e).slice(0, 80)))
const config = loadConfig({ AKINAI_DATA: home }, home)
secretKey(config) // made before the database: later it would be a lost one
const database = await startEmbedded({
  directory: path.join(home, 'postgres'),
  ...(o.statements && { settings: { shared_preload_libraries: 'pg_stat_statements' } }),
})
const owner = { ...database.config }
await migrate(owner)
const app = appConfig(owner)
let t = performance.now()
if (!isFilled) await fill(config, app, products)
console.log(
  `${products} products, 5 places: filled in ${((performance.now() - t) / 1000).toFixed(1)} s · ${os.cpus().length} cores · node ${process.version}`,
)
if (past > 0 && !isFilled) {
  t = performance.now()
  await fillOrders(config, app, products, past)
  console.log(`${past} orders: ${((performance.now() - t) / 1000).toFixed(0)} s`)
}
if (o.home) fs.writeFileSync(filled, `${products} products, ${past} orders\n`)
const db = new pg.Client(owner)
await db.connect()
await db.query('vacuum analyze')
if (o.statements) await db.query('create extension if not exists pg_stat_statements')

const flags = [
  '--expose-gc',
  ...(process.env['AKINAI_SERVER_NODE']?.split(' ') ?? []),
  ...(o.profile ? ['--cpu-prof', `--cpu-prof-dir=${path.join(process.cwd(), '.cache/profiles')}`] : []),
]
async function serve(): Promise<{ child: ChildProcess; url: string; ms: number }> {
  const began = performance.now()
  const child = fork(
    path.join(import.meta.dirname, 'server.ts'),
    [home, JSON.stringify(owner), JSON.stringify(app)],
    { execArgv: flags, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  const { url } = await new Promise<{ url: string }>((ok, no) => {
    child.once('message', (m) => ok(m as never))
    child.once('exit', (c) => no(new Error(`server exited ${c}`)))
  })
  const r = await fetch(`${url}/store/v1/products?limit=20`)
  if (((await r.json()) as { items: unknown[] }).items.length !== 20)
    throw new Error('first answer is not a list')
  return { child, url, ms: performance.now() - began }
}
const stop = async (s: { child: ChildProcess }) => {
  s.child.send('stop')
  await new Promise((r) => s.child.once('exit', r))
}
const memory = (s: { child: ChildProcess }) =>
  new Promise<{ rss: number; heap: number; total: number; external: number }>((ok) => {
    s.child.once('message', (m) => ok(m as never))
    s.child.send('memory')
  })
function postgresMemory(): number {
  let kb = 0
  const all = fs.readdirSync('/proc').filter((p) => /^\d+$/.test(p))
  for (const p of all)
    try {
      const stat = fs.readFileSync(`/proc/${p}/stat`, 'latin1')
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
      if (Number(p) === database.pid || parent === String(database.pid))
        kb += Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${p}/smaps_rollup`, 'latin1'))?.[1] ?? 0)
    } catch {
      /* gone meanwhile */
    }
  return kb / 1024
}
function ticks(root: number): number {
  let sum = 0
  for (const p of fs.readdirSync('/proc'))
    if (/^\d+$/.test(p))
      try {
        const f = fs.readFileSync(`/proc/${p}/stat`, 'latin1'),
          v = f.slice(f.lastIndexOf(')') + 2).split(' ')
        if (v[1] === String(root) || p === String(root)) sum += Number(v[11]) + Number(v[12])
      } catch {
        /* gone meanwhile */
      }
  return sum * 10_000
}
async function metrics(url: string) {
  const text = await (await fetch(`${url}/metrics`)).text()
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
  return {
    cpu: (value('process_cpu_user_seconds_total') + value('process_cpu_system_seconds_total')) * 1e6,
    statements: value('akinai_sql_statements_total'),
    splits: value('akinai_gate_splits_total'),
    commits: value('akinai_gate_commits_total'),
  }
}
const wal = async () =>
  (await db.query('select wal_bytes::float8 as bytes, wal_fpi::float8 as pages from pg_stat_wal'))
    .rows[0] as {
    bytes: number
    pages: number
  }
/** What the database did for each request, by statement. */
async function topStatements(requests: number) {
  const { rows } = await db.query(
    `select calls::int, total_exec_time as ms, rows::int, wal_bytes::float8 as wal, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as query from pg_stat_statements where calls > 5 order by total_exec_time desc limit 40`,
  )
  for (const q of rows)
    console.log(
      `  ${((q.ms * 1000) / requests).toFixed(1).padStart(7)} µs each ${String(q.calls).padStart(7)} calls ${(q.ms / q.calls).toFixed(3)} ms ${(q.rows / requests).toFixed(2)} rows ${(q.wal / requests / 1000).toFixed(2)} kB  ${q.query}`,
    )
}
type Result = {
  n: number
  seconds: number
  p50: number
  p99: number
  cpu: number
  checked: number
  parsed: number
  outcomes: { accepted: number; refused: number }
}
async function load(ask: object, between: () => Promise<void>): Promise<Result> {
  const child = fork(path.join(import.meta.dirname, 'load.ts'), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const next = () =>
    new Promise<never>((ok, no) => {
      child.once('message', (m: { error?: string }) => (m.error ? no(new Error(m.error)) : ok(m as never)))
    })
  child.send(ask)
  await next()
  await between()
  child.send('go')
  const result: Result = await next()
  child.kill()
  return result
}

let s = await serve()
const signIn = async () => {
  const r = await fetch(`${s.url}/admin/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'bench@example.jp', password: 'bench-password' }),
  })
  return r.headers
    .getSetCookie()
    .find((c) => c.startsWith('akinai_staff='))!
    .split(';')[0]!
}
const cookie = await signIn()
if (past > 0) {
  // What follows the journal has read all of it before anything is measured.
  const began = performance.now()
  const behind = async () =>
    Number(
      (
        await db.query(
          `select count(*) as n from kernel.follower where state = 'live' and (horizon_epoch, horizon) < (select epoch, xid from kernel.event order by epoch desc, kernel.event.xid desc limit 1)`,
        )
      ).rows[0].n,
    )
  for (;;) {
    const n = await behind()
    if (n === 0) break
    await new Promise((r) => setTimeout(r, 2000))
  }
  console.log(`followers caught up in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  await db.query('vacuum analyze')
}
// The search reads its products between requests: what is measured begins when it has read the last one.
for (const began = performance.now(); ; await new Promise((r) => setTimeout(r, 500))) {
  const r = await fetch(`${s.url}/store/v1/products?limit=1&q=SKU-${products}`)
  const { items } = (await r.json()) as { items: { code: string }[] }
  if (items[0]?.code === `product-${products}`) {
    console.log(`search ready ${((performance.now() - began) / 1000).toFixed(1)} s after the first answer`)
    break
  }
}
const idle = await memory(s)
const admin = (method: string, at: string, body: object) =>
  fetch(s.url + at, {
    method,
    headers: { 'content-type': 'application/json', cookie, 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  }).then(async (r) => {
    if (!r.ok) throw new Error(`${at} ${r.status} ${await r.text()}`)
  })

// Beside other work on the machine an hour of load is slow, which is no fault of it.
const seen_ms_max = o.minutes ? 60_000 : 5000
/** A hundred stock and ten price changes a second, and now and then a look at how soon they are seen. */
function change() {
  let on = true,
    changes = 0
  const ages: number[] = []
  const until = async (
    at: string,
    seen: (b: { price_min: number; variants: { stores: { quantity: number }[] }[] }) => boolean,
  ) => {
    const began = performance.now()
    for (;;) {
      if (seen((await (await fetch(s.url + at)).json()) as never)) return ages.push(performance.now() - began)
      if (performance.now() - began > seen_ms_max)
        throw new Error(`a change was not seen within ${seen_ms_max / 1000} s: ${at}`)
      await new Promise((r) => setTimeout(r, 20))
    }
  }
  const work = (async () => {
    for (let i = 0; on; i++) {
      const began = performance.now()
      const asks = Array.from({ length: 10 }, () =>
        admin('POST', '/admin/v1/stock/counts', {
          place: 'p1',
          lines: [
            {
              sku: `SKU-${2 + Math.floor(Math.random() * (products - 2))}`,
              quantity: 900_000 + Math.floor(Math.random() * 1000),
            },
          ],
        }),
      )
      asks.push(
        admin('PUT', '/admin/v1/prices', {
          lines: [
            {
              sku: `SKU-${2 + Math.floor(Math.random() * (products - 2))}`,
              price: 500 + Math.floor(Math.random() * 20_000),
            },
          ],
        }),
      )
      await Promise.all(asks)
      changes += 11
      if (i % 10 === 5) {
        const price = 400 + i,
          quantity = 1000 + i
        await admin('PUT', '/admin/v1/prices', { lines: [{ sku: 'SKU-1', price }] })
        const a = until('/store/v1/products/product-1', (b) => b.price_min === price)
        await admin('POST', '/admin/v1/stock/counts', { place: 'p3', lines: [{ sku: 'SKU-1', quantity }] })
        await Promise.all([
          a,
          until('/store/v1/products/product-1', (b) => b.variants[0]!.stores[0]!.quantity === quantity),
        ])
      }
      await new Promise((r) => setTimeout(r, Math.max(0, 100 - (performance.now() - began))))
    }
  })()
  return async () => {
    on = false
    await work
    return { changes, oldest: Math.max(...ages) }
  }
}

const floors = new Map<string, number>()
async function floorOf(name: string, bytes: Buffer): Promise<number> {
  if (!floors.has(name)) {
    const script = `const b=Buffer.from(process.argv[1],'base64');require('http').createServer((q,r)=>{r.writeHead(200,{'content-type':'application/json','content-length':b.length});r.end(b)}).listen(0,'127.0.0.1',function(){process.send(this.address().port)})`
    const child = spawn(process.execPath, ['-e', script, bytes.toString('base64')], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const port = await new Promise<number>((ok) => child.once('message', (p) => ok(p as number)))
    const r = await load(
      { url: `http://127.0.0.1:${port}`, scenario: 'floor', at: 64, seconds: 2, products, cookie: '' },
      async () => {},
    )
    child.kill()
    floors.set(name, r.n / r.seconds)
  }
  return floors.get(name)!
}
function syncFloor(): number {
  const fd = fs.openSync(path.join(home, 'sync'), 'w'),
    page = Buffer.alloc(8192)
  const until = performance.now() + 1000
  let n = 0
  while (performance.now() < until) {
    fs.writeSync(fd, page, 0, 8192, (n % 1000) * 8192)
    fs.fdatasyncSync(fd)
    n++
  }
  fs.closeSync(fd)
  return n
}
const bytesOf = async (at: string) =>
  Buffer.from(await (await fetch(s.url + at, { headers: { cookie } })).arrayBuffer())
const sync = syncFloor()
console.log(`floor: ${sync} fdatasync of 8 kB a second\n`)
console.log(
  'scenario          c    req/s     p50 ms   p99 ms   server µs  postgres µs  generator µs  SQL/req   of floor',
)

if (o.phone) await printPhone(s.url, products)
if (o.minutes) {
  // Mixed load for long: does memory stay flat, do tables bloat?
  const sizes = async () =>
    (
      await db.query(
        `select relid::regclass::text as name, pg_total_relation_size(relid) as bytes, pg_indexes_size(relid) as indexes, n_live_tup as live, n_dead_tup as dead, autovacuum_count as vacuums from pg_stat_user_tables where n_live_tup > 0 order by 2 desc limit 16`,
      )
    ).rows
  console.log(`mixed load for ${o.minutes} minutes`)
  for (let minute = 1; minute <= Number(o.minutes); minute++) {
    const settle = change()
    const r = await load(
      { url: s.url, scenario: 'mixed', at: 16, seconds: 59, products, cookie, hot: false, stirred: true },
      async () => {},
    )
    const { changes } = await settle()
    const m = await memory(s)
    console.log(
      `minute ${minute}: ${(r.n / r.seconds).toFixed(0)} visits/s (${r.outcomes.accepted} orders), p99 ${r.p99.toFixed(0)} ms, ${changes} changes, server ${(m.rss / 1e6).toFixed(0)} MB (heap ${(m.heap / 1e6).toFixed(0)} of ${(m.total / 1e6).toFixed(0)}, external ${(m.external / 1e6).toFixed(0)}), PostgreSQL ${postgresMemory().toFixed(0)} MB`,
    )
    if (minute % 10 === 0 || minute === Number(o.minutes))
      for (const t of await sizes())
        console.log(
          `  ${t.name.padEnd(28)} ${(t.bytes / 1e6).toFixed(1).padStart(8)} MB (indexes ${(t.indexes / 1e6).toFixed(1)})  ${t.live} rows, ${t.dead} dead, vacuumed ${t.vacuums} times`,
        )
  }
}
const goals: Record<string, number> = {
  list: 8000,
  html: 3000,
  detail: 8000,
  // Search has goals by size: 1,500 at ten thousand products, 300 at a hundred thousand.
  search: products > 50_000 ? 300 : 1500,
  suggest: products > 50_000 ? 300 : 1500,
  checkout: 1500,
  checkout2: 1500,
  orders: 1500,
  count: 3000,
  counts: 50,
}
const summary: string[] = []
for (const scenario of Object.keys(goals)) {
  if (o.minutes || o.phone) break
  if (only.length && !only.includes(scenario)) continue
  const stir = ['list', 'html', 'detail', 'search'].includes(scenario)
  for (const at of levels) {
    let before!: Awaited<ReturnType<typeof metrics>>,
      w0!: Awaited<ReturnType<typeof wal>>,
      p0 = 0
    const done = stir ? change() : undefined
    await db.query('checkpoint')
    const r = await load({ url: s.url, scenario, at, seconds, products, cookie, hot: false }, async () => {
      before = await metrics(s.url)
      w0 = await wal()
      if (o.statements) await db.query('select pg_stat_statements_reset()')
      p0 = ticks(database.pid)
    })
    const after = await metrics(s.url),
      p1 = ticks(database.pid),
      w1 = await wal()
    if (o.statements) await topStatements(r.n)
    const stirred = await done?.()
    const sample =
      scenario === 'list'
        ? '/store/v1/products?limit=20'
        : scenario === 'html'
          ? '/c/c1'
          : scenario === 'detail'
            ? '/store/v1/products/product-1'
            : scenario === 'orders'
              ? '/admin/v1/orders?limit=50'
              : undefined
    const floor = sample && at === 64 ? await floorOf(scenario, await bytesOf(sample)) : undefined
    const rate = r.n / r.seconds
    const f = (x: number, d = 0) => x.toFixed(d)
    console.log(
      `${scenario.padEnd(16)} ${String(at).padStart(3)} ${f(rate).padStart(8)} ${f(r.p50, 1).padStart(9)} ${f(r.p99, 1).padStart(8)} ${f((after.cpu - before.cpu) / r.n).padStart(10)} ${f((p1 - p0) / r.n).padStart(11)} ${f(r.cpu).padStart(12)} ${f((after.statements - before.statements) / r.n, 2).padStart(9)}   ${floor ? `${f((100 * rate) / floor)} % of node:http (${f(floor)}/s)` : ['checkout', 'checkout2', 'count', 'counts'].includes(scenario) ? `${f((after.commits - before.commits) / r.seconds)} commits/s of ${sync} · WAL ${f((w1.bytes - w0.bytes) / r.n / 1000, 1)} kB each, ${f((w1.pages - w0.pages) / r.n, 2)} whole pages` : ''}${stirred ? `  · ${stirred.changes} changes, seen within ${f(stirred.oldest)} ms` : ''}${scenario.startsWith('checkout') ? `  · ${scenario === 'checkout' ? 3 : 2} calls each` : scenario === 'counts' ? `  · ${f(rate * 1000)} rows/s` : ''}${after.splits ? `  · splits ${after.splits}` : ''}`,
    )
    if (at === Math.max(...levels))
      summary.push(
        `${scenario}: ${f(rate)}/s at c${at}, goal ${goals[scenario]}${rate >= goals[scenario]! ? '' : '  ← short'}`,
      )
  }
}

if (!o.minutes && !o.phone && (!only.length || only.includes('hot'))) {
  for (const p of ['p1', 'p2', 'p3', 'p4', 'p5'])
    await admin('POST', '/admin/v1/stock/counts', {
      place: p,
      lines: [{ sku: 'SKU-1', quantity: p === 'p1' ? 5000 : 0 }],
    })
  const r = await load(
    { url: s.url, scenario: 'hot', at: 64, seconds: 120, products, cookie, hot: true, attempts: 20_000 },
    async () => {},
  )
  console.log(
    `hot               64 ${(r.n / r.seconds).toFixed(0).padStart(8)} ${r.p50.toFixed(1).padStart(9)} ${r.p99.toFixed(1).padStart(8)}   accepted ${r.outcomes.accepted} of 5,000 units, refused ${r.outcomes.refused}, attempts ${r.n}`,
  )
  summary.push(
    `hot: ${(r.n / r.seconds).toFixed(0)}/s, accepted exactly ${r.outcomes.accepted}, goal 1500 and 5000${r.outcomes.accepted === 5000 ? '' : '  ← WRONG'}`,
  )
}
const peak = await memory(s)
await new Promise((r) => setTimeout(r, 15_000))
const busy = await memory(s)
await stop(s)
s = await serve()
console.log(
  `\nmemory: server idle ${(idle.rss / 1e6).toFixed(0)} MB, right after load ${(peak.rss / 1e6).toFixed(0)}, fifteen seconds later ${(busy.rss / 1e6).toFixed(0)} MB (heap ${(busy.heap / 1e6).toFixed(0)} of ${(busy.total / 1e6).toFixed(0)}, external ${(busy.external / 1e6).toFixed(0)}); PostgreSQL ${postgresMemory().toFixed(0)} MB · restart to first answer ${s.ms.toFixed(0)} ms`,
)
await new Promise((r) => setTimeout(r, 2500)) // let the followers finish before the books are proven
t = performance.now()
const proof = await prove(db, prooves)
console.log(
  `proof: ${proof.transfers} transfers, ${proof.accounts} accounts, ${proof.events} events, ${proof.differences.length} differences in ${((performance.now() - t) / 1000).toFixed(1)} s`,
)
for (const d of proof.differences.slice(0, 5)) console.log('  ', JSON.stringify(d))
console.log(`\n${summary.join('\n')}`)
await stop(s)
await db.end()
await database.stop()
if (!o.home) fs.rmSync(home, { recursive: true, force: true })
process.exit(proof.differences.length ? 1 : 0)
