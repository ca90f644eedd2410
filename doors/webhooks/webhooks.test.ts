/** I10, moonshot 4: the journal goes out, each event at least once, signed as Standard Webhooks says, and never to where it must not. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import type net from 'node:net'
import { after, before, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import pg from 'pg'
import { buy, of, openShop, type Client, type Shop } from '#testing'
import { Deliveries, fit, pauses, send, signatureOf, Unfit } from './index.ts'

let shop: Shop, db: pg.Client, owner: Client
before(async () => {
  shop = await openShop({ work: false, settings: { AKINAI_WEBHOOK_NETWORKS: '127.0.0.0/8' } })
  db = new pg.Client(shop.database.owner)
  await db.connect()
  owner = await shop.staff('owner')
  shop.services.followers.start()
})
after(async () => {
  await db?.end()
  await shop?.close()
})

type Got = { headers: http.IncomingHttpHeaders; body: string }
/** Somebody else's server: what it was sent, and what it answers. */
async function receiver(answer: (n: number) => number | { status: number; location: string } = () => 200) {
  const got: Got[] = []
  const server = http.createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (t: string) => (body += t))
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      const a = answer(got.length)
      if (typeof a === 'number') response.writeHead(a).end('whatever')
      else response.writeHead(a.status, { location: a.location }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  return { got, url: `http://127.0.0.1:${port}/hook`, close: () => server.close() }
}
const buyer = async (lines: { sku: string; quantity: number }[]) => {
  const bought = await buy(shop.client(), lines)
  assert.equal(bought.status, 200, JSON.stringify(bought.body))
  return of<{ order: number }>(bought)
}
/** A clock that is set by hand. */
const clock = { now: new Date('2026-11-22T00:00:00Z') }
const later = (seconds: number) => (clock.now = new Date(clock.now.getTime() + seconds * 1000))
const deliverer = (more: object = {}) =>
  new Deliveries({
    gate: shop.services.gate,
    pool: shop.services.pool,
    vault: shop.services.vault,
    allowed: ['127.0.0.0/8'],
    clock: () => clock.now,
    ...more,
  })
async function seen() {
  const { rows } = await db.query('select pg_snapshot_xmax(pg_current_snapshot())::text as xid')
  const position = { epoch: shop.services.gate.epoch, xid: String(BigInt(rows[0].xid) - 1n) }
  assert.ok(await shop.services.followers.reached(shop.services.pool, 'webhooks', position, 10_000))
}
async function all(d: Deliveries) {
  await seen()
  while ((await d.round()) > 0);
  await new Promise((r) => setTimeout(r, 50))
}
async function endpoint(url: string, kinds: string[] | null = null) {
  const made = await owner('POST', '/admin/v1/webhooks', { url, kinds, shop: null })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const { endpoint: id, secret } = of<{ endpoint: number; secret: string }>(made)
  // The clock of this file is by hand, the database's is not.
  clock.now = new Date(Date.now() + 1000)
  return { id, secret }
}
const off = async (id: number) => {
  const item = of<{ items: { endpoint: number; version: number; url: string }[] }>(
    await owner('GET', '/admin/v1/webhooks'),
  ).items.find((e) => e.endpoint === id)!
  const { url, version } = item
  assert.equal(
    (await owner('PUT', `/admin/v1/webhooks/${id}`, { url, version, kinds: null, shop: null, state: 'off' }))
      .status,
    200,
  )
}

test('the vector of Standard Webhooks, and a real receiver of theirs', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const body = '{"test": 2432232314}'
  const made = signatureOf([secret], 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, body)
  assert.equal(made, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  const seconds = Math.floor(Date.now() / 1000)
  const verify = (o: { id?: string; at?: number; body?: string; signature?: string }) =>
    new Webhook(secret).verify(o.body ?? body, {
      'webhook-id': o.id ?? 'msg_1',
      'webhook-timestamp': String(o.at ?? seconds),
      'webhook-signature': o.signature ?? signatureOf([secret], 'msg_1', seconds, body),
    })
  assert.ok(verify({}))
  const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  assert.ok(verify({ signature: signatureOf([other, secret], 'msg_1', seconds, body) }), 'any of several')
  for (const wrong of [
    { id: 'msg_2' },
    { body: '{"test": 1}' },
    { at: seconds - 301 },
    { at: seconds + 301 },
    { signature: '' },
    { signature: signatureOf([other], 'msg_1', seconds, body) },
  ])
    assert.throws(() => verify(wrong))
})

test('addresses: the open internet by https, every spelling of anything else is refused', async () => {
  const refused = {
    https: ['http://93.184.215.14/'],
    private: [
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://0x7f000001/',
      'https://0177.0.0.1/',
      'https://127.1/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::ffff:7f00:1]/',
      'https://[64:ff9b::7f00:1]/',
      'https://[2002:7f00:1::]/',
      'https://[fe80::1]/',
      'https://[fd00::1]/',
      'https://10.0.0.1/',
      'https://100.64.0.1/',
      'https://169.254.169.254/latest/meta-data/',
      'https://172.16.0.1/',
      'https://192.168.1.1/',
      'https://0.0.0.0/',
      'https://224.0.0.1/',
      'https://255.255.255.255/',
      'https://both.example/',
    ],
    login: ['https://user:pass@93.184.215.14/'],
    url: ['nonsense', ''],
    name: ['https://nowhere.example/'],
    port: ['https://93.184.215.14:22/'],
  }
  const resolve = async (host: string) => {
    if (host === 'both.example')
      return [
        { address: '93.184.215.14', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]
    if (host === 'nowhere.example') throw new Error('ENOTFOUND')
    return [{ address: '2606:2800:220:1:248:1893:25c8:1946', family: 6 }]
  }
  let count = 0
  for (const [why, urls] of Object.entries(refused))
    for (const url of urls) {
      await assert.rejects(fit(url, { resolve }), (e: unknown) => e instanceof Unfit && e.why === why, url)
      count++
    }
  for (const url of ['https://93.184.215.14/x', 'https://example.com/x', 'https://example.com:8443/x'])
    assert.ok((await fit(url, { resolve })).address)
  // A merchant's own network, where it is allowed: also without TLS.
  assert.ok((await fit('http://10.1.2.3:8080/x', { allowed: ['10.1.0.0/16'] })).address)
  await assert.rejects(fit('http://10.2.2.3/x', { allowed: ['10.1.0.0/16'] }))
  const no = await owner('POST', '/admin/v1/webhooks', {
    url: 'https://169.254.169.254/',
    kinds: null,
    shop: null,
  })
  assert.deepEqual([no.status, of<{ code: string }>(no).code], [400, 'webhooks.address'])
  console.log(`# ${count} addresses refused`)
})

test('a redirect to a closed address is not followed, a pinned name cannot be bent afterwards', async () => {
  const inner = await receiver()
  const outer = await receiver((n) => ({
    status: n === 1 ? 307 : 308,
    location: n === 1 ? 'http://10.9.9.9/' : inner.url,
  }))
  const o = { allowed: ['127.0.0.0/8'], timeout: 2000 }
  assert.deepEqual(await send(outer.url, {}, '{}', o), { failure: 'address_private' })
  assert.equal(inner.got.length, 0)
  assert.deepEqual(await send(outer.url, {}, '{}', o), { status: 200 }, 'where it is allowed, it is')
  const loop = await receiver(() => ({ status: 307, location: loop.url }))
  assert.equal((await send(loop.url, {}, '{}', o)).failure, 'status_307')
  assert.equal(loop.got.length, 4)
  // Rebinding: the second answer of the name is somewhere else; the connection goes to what was checked.
  let asked = 0
  const port = new URL(inner.url).port
  const bend = async () => [{ address: ++asked === 1 ? '127.0.0.1' : '10.9.9.9', family: 4 }]
  const before = inner.got.length
  assert.deepEqual(await send(`http://bend.example:${port}/`, {}, '{}', { ...o, resolve: bend }), {
    status: 200,
  })
  assert.deepEqual([asked, inner.got.length], [1, before + 1])
  for (const r of [inner, outer, loop]) r.close()
})

test('every event arrives, verified by a receiver of theirs, once, in the shape of the API; nobody is named', async () => {
  const r = await receiver()
  const { id, secret } = await endpoint(r.url)
  const d = deliverer()
  const { order } = await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await all(d)
  const messages = r.got.map(
    (g) =>
      new Webhook(secret).verify(g.body, {
        ...(g.headers as Record<string, string>),
        // The file's clock is a second ahead of the receiver's at most.
      }) as { type: string; data: { id: string; subject: string } },
  )
  assert.ok(messages.some((m) => m.type === 'orders.placed' && m.data.subject === `order:${order}`))
  assert.equal(new Set(messages.map((m) => m.data.id)).size, messages.length)
  assert.deepEqual(
    r.got.map((g) => g.headers['webhook-id']),
    messages.map((m) => m.data.id),
  )
  const listed = of<{ items: { data: { id: string } }[] }>(
    await owner('GET', '/admin/v1/events?limit=1000'),
  ).items
  for (const m of messages)
    assert.deepEqual(
      listed.find((e) => e.data.id === m.data.id),
      m,
    )
  const said = r.got.map((g) => g.body).join('\n')
  for (const person of ['山田', 'hanako', '090-']) assert.ok(!said.includes(person))
  await off(id)
  r.close()
})

test('only the events that were asked for; switched off, nothing is kept for it', async () => {
  const r = await receiver()
  const { id } = await endpoint(r.url, ['orders.placed'])
  const d = deliverer()
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await all(d)
  assert.deepEqual(
    r.got.map((g) => JSON.parse(g.body).type),
    ['orders.placed'],
  )
  await off(id)
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await all(d)
  assert.equal(r.got.length, 1)
  const bad = await owner('POST', '/admin/v1/webhooks', { url: r.url, kinds: ['orders.no_such'], shop: null })
  assert.equal(bad.status, 400)
  r.close()
})

test('failures are tried again with growing pauses, then dead; sent again by hand they arrive; nothing is lost', async () => {
  let up = false
  const r = await receiver(() => (up ? 200 : 503))
  const { id } = await endpoint(r.url, ['orders.placed'])
  const d = deliverer()
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await all(d)
  assert.equal(r.got.length, 1)
  later(1)
  await all(d)
  assert.equal(r.got.length, 1, 'not before its time')
  for (const pause of pauses.slice(0, 6)) {
    later(pause * 1.2 + 1)
    await all(d)
  }
  assert.equal(r.got.length, 7)
  assert.equal(new Set(r.got.map((g) => g.headers['webhook-id'])).size, 1, 'under the same number')
  await db.query(`update webhooks.delivery set attempts = $2 where endpoint = $1 and state = 'pending'`, [
    id,
    pauses.length,
  ])
  later(90_000)
  await all(d)
  const listed = async (state: string) =>
    of<{ items: { event: string; failure: string; status: number }[] }>(
      await owner('GET', `/admin/v1/webhooks/${id}/deliveries?state=${state}`),
    ).items
  const [dead] = await listed('dead')
  assert.deepEqual([dead?.status, dead?.failure], [503, 'status_503'])
  up = true
  const again = await owner('POST', `/admin/v1/webhooks/${id}/replay`, { dead: true })
  assert.deepEqual(again.body, { again: 1 })
  later(1)
  await all(d)
  assert.equal((await listed('done')).length, 1)
  // By its number, and from one event to another.
  assert.deepEqual((await owner('POST', `/admin/v1/webhooks/${id}/replay`, { events: [dead!.event] })).body, {
    again: 1,
  })
  later(1)
  await all(d)
  const range = await owner('POST', `/admin/v1/webhooks/${id}/replay`, { from: 'evt_0_0_0', to: dead!.event })
  assert.ok(of<{ again: number }>(range).again >= 2, 'also what was before the endpoint')
  later(1)
  const had = r.got.length
  await all(d)
  assert.equal(r.got.length, had + of<{ again: number }>(range).again)
  await off(id)
  r.close()
})

test('an endpoint that fails for three days, or says it is gone, is given up with an alarm; switched on, it gets what waited', async () => {
  let status = 500
  const r = await receiver(() => status)
  const alarms: number[] = []
  const { id } = await endpoint(r.url, ['orders.placed'])
  const d = deliverer({ alarm: (e: number) => alarms.push(e) })
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await all(d)
  later(73 * 3600)
  await all(d)
  assert.deepEqual(alarms, [id])
  const item = async () =>
    of<{ items: { endpoint: number; version: number; state: string; waiting: number }[] }>(
      await owner('GET', '/admin/v1/webhooks'),
    ).items.find((e) => e.endpoint === id)!
  assert.equal((await item()).state, 'broken')
  const told = await db.query(
    `select body from kernel.event where kind = 'webhooks.endpoint_changed' and subject = $1 order by seq desc limit 1`,
    [`webhook:${id}`],
  )
  assert.deepEqual(told.rows[0].body, { endpoint: id, state: 'broken' })
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  const had = r.got.length
  later(100_000)
  await all(d)
  assert.equal(r.got.length, had, 'left alone')
  status = 200
  const { version, waiting } = await item()
  assert.equal(waiting, 2)
  const body = { url: r.url, kinds: ['orders.placed'], shop: null, version, state: 'on' }
  assert.equal((await owner('PUT', `/admin/v1/webhooks/${id}`, body)).status, 200)
  assert.equal((await owner('PUT', `/admin/v1/webhooks/${id}`, body)).status, 409, 'changed meanwhile')
  later(100_000)
  await all(d)
  assert.equal(r.got.length, had + 2)
  status = 410
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await all(d)
  assert.equal((await item()).state, 'broken')
  r.close()
})

test('a new secret: for a day both sign, then the new one alone; neither is told twice', async () => {
  const r = await receiver()
  const { id, secret } = await endpoint(r.url, ['orders.placed'])
  const key = crypto.randomUUID()
  const turned = await owner('POST', `/admin/v1/webhooks/${id}/secret`, {}, { key })
  const fresh = of<{ secret: string }>(turned).secret
  assert.notEqual(fresh, secret)
  assert.equal(
    of<{ secret: null }>(await owner('POST', `/admin/v1/webhooks/${id}/secret`, {}, { key })).secret,
    null,
  )
  const d = deliverer()
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await all(d)
  const check = (s: string, g: Got) => new Webhook(s).verify(g.body, g.headers as Record<string, string>)
  assert.ok(check(secret, r.got[0]!) && check(fresh, r.got[0]!))
  later(86_400 + 60)
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await all(d)
  const last = r.got.at(-1)!
  assert.equal(String(last.headers['webhook-signature']).split(' ').length, 1)
  const at = Number(last.headers['webhook-timestamp'])
  assert.equal(
    last.headers['webhook-signature'],
    signatureOf([fresh], String(last.headers['webhook-id']), at, last.body),
  )
  // No secret is readable in the database.
  const { rows } = await db.query('select secret from webhooks.endpoint where id = $1', [id])
  assert.ok(!rows[0].secret.toString('latin1').includes('whsec'))
  await off(id)
  r.close()
})

test('a sender that died in the middle: another takes its messages over, under the same numbers', async () => {
  const hung = http.createServer(() => {})
  hung.listen(0, '127.0.0.1')
  await once(hung, 'listening')
  const { port } = hung.address() as net.AddressInfo
  const { id } = await endpoint(`http://127.0.0.1:${port}/`, ['orders.placed'])
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await seen()
  void deliverer({ timeout: 60_000 }).round() // never comes back
  await new Promise((r) => setTimeout(r, 400))
  hung.closeAllConnections()
  hung.close()
  await once(hung, 'close')
  const r = await receiver()
  await db.query('update webhooks.endpoint set url = $2 where id = $1', [id, r.url])
  later(300)
  await all(deliverer())
  assert.equal(r.got.length, 1)
  const { rows } = await db.query('select state, attempts from webhooks.delivery where endpoint = $1', [id])
  assert.equal(rows[0].state, 'done')
  await off(id)
  r.close()
})

test('a fault on our side is told, and keeps no other message from leaving', async () => {
  const receiving = await receiver()
  const { id } = await endpoint(receiving.url, ['orders.placed'])
  const { id: broken } = await endpoint(receiving.url, ['orders.placed'])
  // Sealed with a key that nobody holds.
  await db.query(`update webhooks.endpoint set secret = '\\x00' where id = $1`, [broken])
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  const faults: unknown[] = []
  await all(deliverer({ fault: (e: unknown) => faults.push(e) }))
  assert.equal(receiving.got.length, 1)
  assert.equal(faults.length, 1)
  const { rows } = await db.query('select endpoint, state from webhooks.delivery where endpoint = any($1)', [
    [id, broken],
  ])
  assert.deepEqual(
    new Map(rows.map((r) => [Number(r.endpoint), r.state])),
    new Map([
      [id, 'done'],
      [broken, 'pending'],
    ]),
  )
  await Promise.all([off(id), off(broken)])
  receiving.close()
})
test('what is being sent when the sender is stopped is noted down first', async () => {
  const receiving = await receiver()
  const { id } = await endpoint(receiving.url, ['orders.placed'])
  await buyer([{ sku: 'MUG-WHITE', quantity: 1 }])
  await seen()
  const held = Promise.withResolvers<void>()
  const slow = deliverer({
    resolve: async () => (await held.promise, [{ address: '127.0.0.1', family: 4 }]),
  })
  await db.query('update webhooks.endpoint set url = $2 where id = $1', [
    id,
    receiving.url.replace('127.0.0.1', 'hook.example'),
  ])
  await slow.round()
  const stopped = slow.stop()
  held.resolve()
  await stopped
  const { rows } = await db.query('select state from webhooks.delivery where endpoint = $1', [id])
  assert.deepEqual(rows, [{ state: 'done' }])
  await db.query('update webhooks.endpoint set url = $2 where id = $1', [id, receiving.url])
  await off(id)
  receiving.close()
})
test('one slow endpoint holds up nobody else', async () => {
  const slow = http.createServer(() => {})
  slow.listen(0, '127.0.0.1')
  await once(slow, 'listening')
  const { port } = slow.address() as net.AddressInfo
  const quick = await receiver()
  const a = await endpoint(`http://127.0.0.1:${port}/`, ['orders.placed'])
  const b = await endpoint(quick.url, ['orders.placed'])
  for (let n = 0; n < 6; n++) await buyer([{ sku: 'TEE-WHITE-M', quantity: 1 }])
  await seen()
  const d = deliverer({ timeout: 30_000 })
  const began = performance.now()
  while (quick.got.length < 6 && performance.now() - began < 20_000) await d.round()
  assert.equal(quick.got.length, 6, 'while the slow one is still waited for')
  slow.closeAllConnections()
  slow.close()
  await off(a.id)
  await off(b.id)
  quick.close()
})

test('events by page are the whole journal in order; as they happen, from where a line broke', async () => {
  const everything: string[] = []
  let at: string | null = null
  for (;;) {
    const page: { items: { data: { id: string } }[]; next: string | null; more: boolean } = of(
      await owner('GET', `/admin/v1/events?limit=37${at ? `&after=${at}` : ''}`),
    )
    everything.push(...page.items.map((i) => i.data.id))
    at = page.next
    if (!page.more) break
  }
  const { rows } = await db.query(
    `select 'evt_' || epoch || '_' || xid || '_' || seq as id from kernel.event order by epoch, xid, seq`,
  )
  assert.deepEqual(
    everything,
    rows.map((r) => r.id),
  )

  const middle = everything.at(-3)!
  const read = async (headers: Record<string, string>, want: number) => {
    const stop = new AbortController()
    const response = await fetch(`${shop.url}/admin/v1/events/stream`, {
      headers: { cookie: owner.cookie, ...headers },
      signal: stop.signal,
    })
    assert.match(response.headers.get('content-type') ?? '', /text\/event-stream/)
    const ids: string[] = []
    let text = ''
    const done = (async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk
        ids.splice(0, ids.length, ...[...text.matchAll(/^id: (\S+)$/gm)].map((m) => m[1]!))
        if (ids.length >= want) break
      }
    })()
    return { ids, done, stop: () => stop.abort() }
  }
  const resumed = await read({ 'last-event-id': middle }, 2)
  await resumed.done
  assert.deepEqual(resumed.ids, everything.slice(-2))
  resumed.stop()
  const live = await read({}, 1)
  await buyer([{ sku: 'TEE-WHITE-M', quantity: 1 }])
  await live.done
  assert.ok(!everything.includes(live.ids[0]!))
  live.stop()
  assert.equal((await owner('GET', '/admin/v1/events?kinds=no.such')).status, 400)
  const some = of<{ items: { type: string }[] }>(
    await owner('GET', '/admin/v1/events?kinds=orders.placed&limit=5'),
  )
  assert.ok(some.items.length > 0 && some.items.every((i) => i.type === 'orders.placed'))
})
