/**
 * P19: sqlmap over every route (path, query and body), wapiti over the shop's pages and the readable routes, signed in as an
 * owner, with canaries that they must find: three true SQL injections and a reflected script, in this process only. The tools
 * speak through a small proxy, which signs in, mints the keys of commands and counts.
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import fc from 'fast-check'
import type { TSchema } from 'typebox'
import { buildApps } from '#doors/apps'
import { pool } from '#kernel/db'
import { prooves } from '#flows/reads'
import { buy, of, openShop, proveBooks, type Client, type FreshDatabase, type Shop } from '#testing'
import type { Schema } from './fuzz.campaign.ts'
import { routes } from './index.ts'
import type { Route } from './route.ts'

const minutes = Number(process.env.AKINAI_P19_MINUTES ?? 25)

export default async (database: FreshDatabase): Promise<string> => {
  const missing = ['sqlmap', 'wapiti'].filter((name) => spawnSync('which', [name]).status !== 0)
  if (missing.length > 0)
    throw new Error(
      `${missing.join(' and ')} must be installed: apt-get install -y ${missing.join(' ')} (Debian, as root).`,
    )
  await buildApps(() => {})
  const shop = await openShop({ database, work: true, settings: { AKINAI_LOG_LEVEL: 'error' } })
  // Guessing is not what is tried here: nobody is told to wait.
  shop.services.limits.take = () => 0
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-injection-'))
  const db = pool(database.app, 4)
  const front = await openFront(shop, db)
  try {
    const known = await knownOf(shop, front.owner, front.tokens)
    const wanted = process.env.AKINAI_P19_ROUTES
    const chosen = wanted === undefined ? routes : routes.filter((r) => r.name.startsWith(wanted))
    const targets = [...canaries, ...chosen.flatMap((r) => targetsOf(r, known(r.name)))]
    // As they are, without anything written into them: so many reach what they ask for.
    const plain = new Map<string, number>()
    for (const t of targets) plain.set(t.name, await front.ask(t))
    if (process.env.AKINAI_P19_PLAIN)
      return [...plain].map(([name, status]) => `${name} ${status}`).join('\n')
    const until = performance.now() + minutes * 60_000
    const [swept, crawled] = await Promise.all([
      sweep(targets, front.address, home, until),
      crawl(front.url, targets, home, until),
    ])
    assert.equal(
      swept.late.length,
      0,
      `${swept.late.length} routes were not tried to the end within ${minutes} minutes (AKINAI_P19_MINUTES): ${swept.late.slice(0, 5).join('; ')}`,
    )
    assert.deepEqual(
      swept.found.toSorted((a, b) => a.localeCompare(b)),
      canaries.map((c) => c.name).toSorted((a, b) => a.localeCompare(b)),
      'sqlmap finds the canaries, and nothing else',
    )
    const { control, shop: pages } = crawled
    assert.ok(
      control.found.some((f) => f.startsWith('Cross Site Scripting: /canary/hello')),
      `wapiti does not find the canary: ${control.found.join('; ')}`,
    )
    const ours = pages.found.filter((f) => !f.includes('/canary/'))
    assert.deepEqual(ours, [], 'wapiti finds nothing of ours')
    assert.deepEqual(front.faults(), [], 'no request broke anything')
    await proveBooks(database.owner, prooves)
    const { requests, byTool, good } = front.counts()
    assert.ok(good.size > chosen.length * 0.6, `only ${good.size} routes ever answered well`)
    return `${chosen.length} routes (asked in ${targets.length - canaries.length} ways) and the shop's pages, ${requests} requests (${[...byTool].map(([t, n]) => `${t} ${n}`).join(', ')}), ${good.size} routes answered well at least once; sqlmap: ${swept.found.length} of ${canaries.length} canaries, 0 findings of ours in ${swept.parameters} places; wapiti: the canaries alone (${control.found.join('; ')}), 0 findings of ours${pages.cutShort.length ? `, cut short after two minutes each: ${pages.cutShort.join(', ')}` : ''}; 0 faults; books proven`
  } finally {
    front.close()
    await db.end()
    await shop.close()
    fs.rmSync(home, { recursive: true, force: true })
  }
}

type Target = { name: string; method: string; path: string; body: object | undefined }
/** Places where the tools may write: sqlmap's own mark. */
const mark = '*'
const canaries: Target[] = [
  { name: 'canary.query', method: 'GET', path: `/canary/query?code=MUG-WHITE${mark}`, body: undefined },
  { name: 'canary.body', method: 'POST', path: '/canary/body', body: { code: `MUG-WHITE${mark}` } },
  { name: 'canary.path', method: 'GET', path: `/canary/path/MUG-WHITE${mark}`, body: undefined },
]

/** True holes: what somebody sends is spliced into a statement, and into a page. */
async function canary(
  db: pg.Pool,
  url: URL,
  body: string,
): Promise<{ status: number; type: string; text: string }> {
  const json = 'application/json'
  if (url.pathname === '/canary/hello')
    return {
      status: 200,
      type: 'text/html',
      text: `<html><body><p>Hello ${url.searchParams.get('name') ?? ''}</p></body></html>`,
    }
  if (url.pathname === '/canary/')
    return {
      status: 200,
      type: 'text/html',
      text: '<a href="/canary/hello?name=you">hello</a> <a href="/canary/query?code=MUG-WHITE">query</a>',
    }
  try {
    const code =
      url.searchParams.get('code') ??
      (body
        ? String((JSON.parse(body) as { code?: unknown }).code)
        : decodeURIComponent(url.pathname.split('/')[3] ?? ''))
    const { rows } = await db.query(`select code from catalog.sku where code = '${code}'`)
    return { status: 200, type: json, text: JSON.stringify(rows) }
  } catch (e) {
    return { status: 500, type: json, text: String(e) }
  }
}

/** What the tools speak with: passes on to the shop, signed in, with a new key for each command. */
async function openFront(shop: Shop, db: pg.Pool) {
  const address = new URL(shop.server.local)
  let owner = await shop.staff('owner')
  const till = shop.client()
  const signIn = { device: 'kyoto-1', key: 'sample-till-kyoto-1', pin: '1600' }
  assert.equal((await till('POST', '/till/v1/sessions', signIn)).status, 200)
  const counts = { requests: 0, byTool: new Map<string, number>(), good: new Set<string>() }
  const faults: string[] = []
  const tokens: [string, string][] = []
  let renewing: Promise<unknown> | undefined
  const renew = () =>
    (renewing ??= Promise.all([
      shop.staff('owner').then((o) => (owner = o)),
      till('POST', '/till/v1/sessions', signIn),
    ])
      .catch(() => {})
      .finally(() => (renewing = undefined)))
  const server = http.createServer((request, reply) => {
    const chunks: Buffer[] = []
    request.on('data', (c: Buffer) => chunks.push(c))
    request.on('end', () => void pass(request, Buffer.concat(chunks), reply))
  })
  const pass = async (request: http.IncomingMessage, body: Buffer, reply: http.ServerResponse) => {
    const tool = /sqlmap/i.test(String(request.headers['user-agent'])) ? 'sqlmap' : 'wapiti'
    counts.requests++
    counts.byTool.set(tool, (counts.byTool.get(tool) ?? 0) + 1)
    const at = request.url ?? '/'
    if (at.startsWith('/canary/')) {
      const said = await canary(db, new URL(at, 'http://canary'), body.toString())
      return void reply.writeHead(said.status, { 'content-type': said.type }).end(said.text)
    }
    await renewing
    const program = /^\/(admin|store|till|connect)\/v1\//.exec(at)?.[1]
    // A sign-in or a sign-out of the tools' ends nobody's session.
    const signing = at.includes('/v1/sessions')
    const own = program === 'till' ? till.cookie : program === 'admin' ? owner.cookie : request.headers.cookie
    const held = signing ? undefined : own
    const type = request.headers['content-type']
    const outgoing = http.request(
      {
        host: address.hostname,
        port: address.port,
        path: at,
        method: request.method,
        headers: {
          host: address.host,
          'content-length': body.length,
          ...(type !== undefined && { 'content-type': type }),
          ...(held && { cookie: held }),
          'idempotency-key': crypto.randomUUID(),
          ...(program === 'store' && {
            'akinai-cart-token': tokens.find(([cart]) => `${at}${String(body)}`.includes(cart))?.[1] ?? '',
          }),
        },
      },
      (answer) => {
        const { statusCode: status = 0 } = answer
        const route = String(request.headers['x-route'] ?? '')
        if (status < 300 && route) counts.good.add(route)
        if (status === 401 && program && !signing) void renew()
        if (status >= 500 && status !== 503)
          faults.push(`${request.method} ${at.slice(0, 300)} ${body.toString().slice(0, 300)} → ${status}`)
        const { 'content-type': kind = 'text/plain', location, 'set-cookie': cookies } = answer.headers
        reply.writeHead(status, {
          'content-type': kind,
          ...(location !== undefined && { location }),
          ...(cookies && !program && { 'set-cookie': cookies }),
        })
        answer.on('error', () => reply.end())
        // A stream that never ends is cut at its first words.
        if (kind.startsWith('text/event-stream'))
          answer.once('data', (words) => {
            reply.end(words)
            answer.destroy()
          })
        else answer.pipe(reply)
      },
    )
    outgoing.on('error', () => reply.destroy())
    outgoing.end(body)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    address: `127.0.0.1:${port}`,
    owner,
    /** Carts whose token is known, so that a request about them is let in. */
    tokens,
    async ask(t: Target): Promise<number> {
      const answer = await fetch(`http://127.0.0.1:${port}${t.path.replaceAll(mark, '')}`, {
        method: t.method,
        redirect: 'manual',
        headers: { 'x-route': t.name, ...(t.body && { 'content-type': 'application/json' }) },
        ...(t.body && { body: JSON.stringify(t.body).replaceAll(mark, '') }),
      })
      const said = await answer.text()
      if (process.env.AKINAI_P19_PLAIN && answer.status >= 400)
        console.log(t.name, answer.status, said.slice(0, 300))
      return answer.status
    },
    counts: () => counts,
    faults: () => faults.slice(0, 10),
    close: () => server.close(),
  }
}

type Known = Record<string, string | number>
/** Numbers and codes of what is there, so that a request reaches its statement; some by the route that asks. */
async function knownOf(shop: Shop, owner: Client, tokens: [string, string][]) {
  const guest = shop.client()
  const lines = [{ sku: 'MUG-WHITE', quantity: 1 }]
  const cart = async () => {
    const { cart: id, token } = of<{ cart: string; token: string }>(
      await guest('POST', '/store/v1/carts', { lines }),
    )
    tokens.push([id, token])
    return id
  }
  const bought = async () => of<{ order: number }>(await buy(guest, lines)).order
  const identity = async (order: number) =>
    of<{ buyer: { identity: number } }>(await owner('GET', `/admin/v1/orders/${order}`)).buyer.identity
  const contact = { family: '山田', given: '花子', email: 'canary@example.jp', phone: '090-0000-0000' }
  const { member } = of<{ member: number }>(
    await owner('POST', '/admin/v1/customers', { code: '2900000000049', contact }),
  )
  const { items: products } = of<{ items: { product: number }[] }>(await owner('GET', '/admin/v1/products'))
  const nowhere = 'http://127.0.0.1:9'
  await owner('PUT', '/admin/v1/connectors/outside', {
    connector: 'amazon',
    active: false,
    settings: { endpoint: nowhere, tokens_endpoint: nowhere },
    secrets: { client_secret: 'a', refresh_token: 'b' },
  })
  const order = await bought()
  const general: Known = {
    order,
    cart: await cart(),
    product: products[0]!.product,
    staff: 2,
    person: member,
    identity: await identity(order),
    other: await identity(await bought()),
    sku: 'MUG-WHITE',
    place: 'east',
    from: 'east',
    to: 'kyoto',
    code: 'asanagi-mug',
    name: 'order-rows',
    email: 'hanako@example.jp',
    postal: '150-0001',
    prefecture: 13,
    q: 'mug',
    kind: 'on_hand',
    kinds: 'orders.placed',
    connection: 'outside',
    connector: 'amazon',
    url: 'https://example.com/',
    jan: '4900000000009',
    expects: 1,
  }
  const own: Record<string, Known> = {
    member: { code: '2900000000018' },
    'till.member': { code: '2900000000018' },
    'order.place': { cart: await cart() },
    'order.cancel': { order: await bought() },
    'order.ship': { order: await bought() },
  }
  return (route: string): Known => ({ ...general, ...own[route] })
}

/** What only fits together with something else is left out of the first request, and tried in one of its own when it is in the address. */
const apart = new Set(['cursor', 'after'])
const leftOut = new Set(['serials', 'pin', 'birth_date', 'price_from'])

function targetsOf(r: Route, known: Known): Target[] {
  const properties = (s: TSchema | undefined) =>
    Object.entries((s as { properties?: Record<string, Schema> } | undefined)?.properties ?? {})
  const named = Object.fromEntries(properties(r.input.params))
  const at = r.path.replace(
    /:(\w+)/g,
    (_, name: string) => `${encodeURIComponent(String(exampleOf(named[name] ?? {}, name, known)))}${mark}`,
  )
  const query = properties(r.input.query).map(
    ([name, s]) => [name, `${name}=${encodeURIComponent(String(exampleOf(s, name, known)))}${mark}`] as const,
  )
  const body = r.input.body && (exampleOf(r.input.body as Schema, 'body', known, true) as object)
  const together = query.filter(([name]) => !apart.has(name)).map(([, text]) => text)
  const target = (name: string, texts: string[]): Target => ({
    name,
    method: r.method,
    path: at + (texts.length ? `?${texts.join('&')}` : ''),
    body: r.method === 'GET' ? undefined : (body ?? {}),
  })
  return [
    target(r.name, together),
    ...query.filter(([name]) => apart.has(name)).map(([name, text]) => target(`${r.name} ${name}`, [text])),
  ]
}
/** A value of a shape; texts bear the mark, for those are what can carry anything. */
function exampleOf(s: Schema, name: string, known: Known, marked = false): unknown {
  const text = (value: unknown) => (marked ? `${String(value)}${mark}` : String(value))
  if (s.const !== undefined) return s.const
  if (s.enum) return typeof s.enum[0] === 'string' ? text(s.enum[0]) : s.enum[0]
  if (s.anyOf) return exampleOf(s.anyOf.find((o) => o.type !== 'null') ?? s.anyOf[0]!, name, known, marked)
  if (s.type === 'object')
    return Object.fromEntries(
      Object.entries(s.properties ?? {})
        .filter(([n]) => !leftOut.has(n) || s.required?.includes(n))
        .map(([n, p]) => [n, exampleOf(p, n, known, marked)]),
    )
  if (s.type === 'array')
    return Array.from({ length: Math.max(1, s.minItems ?? 1) }, () =>
      exampleOf(s.items ?? {}, name, known, marked),
    )
  if (s.type === 'integer' || s.type === 'number')
    return Number(known[name] ?? Math.max(1, s.minimum ?? 1)) || 1
  if (s.type === 'boolean') return false
  const fits = (value: unknown) =>
    (!s.pattern || new RegExp(s.pattern, 'u').test(String(value))) &&
    String(value).length <= (s.maxLength ?? 5000) &&
    String(value).length >= (s.minLength ?? 0)
  const made = s.pattern
    ? fc.sample(fc.stringMatching(new RegExp(s.pattern, 'u')), { numRuns: 20, seed: 7 })
    : []
  const choices = [
    known[name],
    'x'.repeat(Math.max(1, s.minLength ?? 1)),
    '2026-11-22T10:00:00+09:00',
    ...made,
  ]
  return text(choices.find((v) => v !== undefined && fits(v)) ?? 'x')
}

/** sqlmap over each target, two at a time. */
async function sweep(targets: Target[], address: string, home: string, until: number) {
  const found: string[] = []
  const late: string[] = []
  let parameters = 0
  const queue = [...targets]
  const work = async () => {
    for (let t = queue.shift(); t; t = queue.shift()) {
      if (performance.now() > until) {
        late.push(t.name)
        continue
      }
      const file = path.join(home, `${t.name}.request`)
      const text = t.body === undefined ? '' : JSON.stringify(t.body)
      const places = `${t.path}${text}`.split(mark).length - 1
      if (places === 0) continue
      parameters += places
      fs.writeFileSync(
        file,
        [
          `${t.method} ${t.path} HTTP/1.1`,
          `Host: ${address}`,
          'User-Agent: sqlmap',
          `X-Route: ${t.name}`,
          ...(text ? ['Content-Type: application/json'] : []),
          '',
          text,
        ].join('\r\n'),
      )
      const said = await run(
        'sqlmap',
        [
          '-r',
          file,
          '--batch',
          '--disable-coloring',
          '--level=1',
          '--risk=1',
          '--technique=BEUSTQ',
          '--time-sec=3',
          '--dbms=PostgreSQL',
          '--skip-waf',
          '--ignore-stdin',
          '--timeout=20',
          '--retries=1',
          '--ignore-code=400,401,403,404,409,413,415,422,429,500,503',
          `--output-dir=${path.join(home, 'out', t.name)}`,
          '--answers=quit=N,follow=N',
        ],
        home,
        Math.max(20_000, Math.min(240_000, until - performance.now())),
      )
      if (/identified the following injection point/.test(said)) found.push(t.name)
      else if (!/do not appear to be injectable/.test(said))
        late.push(`${t.name}: ${said.slice(-120).trim()}`)
    }
  }
  await Promise.all([work(), work()])
  return { found, late, parameters }
}

type Crawled = { found: string[]; cutShort: string[] }
/** wapiti from the shop's first page on, and from each readable route; before that the same tool on the canaries alone. */
async function crawl(url: string, targets: Target[], home: string, until: number) {
  const canary = ['/canary/hello?name=you', '/canary/query?code=MUG-WHITE'].map((at) => url + at)
  const starts = targets
    .filter((t) => t.method === 'GET' && t.path.includes('?'))
    .map((t) => url + t.path.replaceAll(mark, ''))
  const control = await wapiti(`${url}/canary/`, canary, 'folder', path.join(home, 'control'), until)
  const shop = await wapiti(`${url}/`, [...canary, ...starts], 'domain', path.join(home, 'shop'), until)
  return { control, shop }
}
async function wapiti(
  url: string,
  starts: string[],
  scope: string,
  home: string,
  until: number,
): Promise<Crawled> {
  fs.mkdirSync(home)
  const report = path.join(home, 'report.json')
  const options = {
    '-m': 'xss,permanentxss,sql,exec,file,redirect,crlf',
    '--scope': scope,
    '-d': '2',
    '--max-links-per-page': '25',
    '--max-files-per-dir': '25',
    '--max-scan-time': '90',
    '--max-attack-time': '120',
    '-l': '1',
    '-t': '20',
    '--store-session': home,
    '--store-config': home,
    '-f': 'json',
    '-o': report,
    '-v': '0',
  }
  const said = await run(
    'wapiti',
    [
      ...['-u', url, ...starts.flatMap((s) => ['-s', s])],
      ...Object.entries(options).flat(),
      ...['--flush-session', '--no-bugreport'],
    ],
    home,
    until - performance.now(),
  )
  assert.ok(
    fs.existsSync(report),
    `wapiti did not come to its end within ${minutes} minutes (AKINAI_P19_MINUTES)`,
  )
  const { vulnerabilities } = JSON.parse(fs.readFileSync(report, 'utf8')) as {
    vulnerabilities: Record<string, { path: string; parameter: string }[]>
  }
  // What pages say of themselves in headers (flags of cookies, policies) is not an injection, and is judged by its own tests.
  const judged = /Injection|Scripting|Execution|File|Redirect|CRLF/
  return {
    found: Object.entries(vulnerabilities)
      .filter(([kind]) => judged.test(kind))
      .flatMap(([kind, list]) => list.map((f) => `${kind}: ${f.path} (${f.parameter})`)),
    cutShort: [...said.matchAll(/attack time was reached for module (\w+)/g)].map(([, name]) => name!),
  }
}

async function run(program: string, words: string[], home: string, ms: number): Promise<string> {
  const child = spawn(program, words, {
    cwd: home,
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-200_000)))
  const late = setTimeout(() => child.kill('SIGTERM'), ms)
  await once(child, 'close')
  clearTimeout(late)
  return said
}
