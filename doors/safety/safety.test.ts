/** I3: a backup taken while the shop is open, restored elsewhere: the same books, nobody who was erased, followers that go on where they stood. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import type net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { openVault } from '#domains/persons'
import { startFollowers } from '#doors/worker'
import { Deliveries } from '#doors/webhooks'
import { prooves } from '#flows/reads'
import { appConfig, migrate } from '#kernel/db'
import { startEmbedded } from '#kernel/embedded'
import { buy, freshDatabase, of, openShop, proveBooks, type Shop } from '#testing'
import { backup, erasureFile, inspect, NotRestored, restore } from './index.ts'

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-safety-'))
fs.chmodSync(home, 0o755)
after(() => fs.rmSync(home, { recursive: true, force: true }))
const at = (name: string) => path.join(home, name)
const write = (shop: Shop, file: string) =>
  backup(shop.database.owner, file, { version: 'test', at: new Date() })
async function query<R>(config: pg.ClientConfig, text: string, values: unknown[] = []): Promise<R[]> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text, values)).rows as R[]
  } finally {
    await client.end()
  }
}
/** An empty database on the tests' own server. */
async function emptyDatabase() {
  const database = await freshDatabase()
  const schemas = await query<{ name: string }>(
    database.owner,
    `select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema|public)'`,
  )
  for (const { name } of schemas) await query(database.owner, `drop schema "${name}" cascade`)
  return database
}
/** What a backup holds, by table. */
function sections(file: string): Map<string, string> {
  const found = new Map<string, string>()
  const text = gunzipSync(fs.readFileSync(file)).toString()
  for (const [, name, rows] of text.matchAll(/^\{"table":"([\w.]+)","columns":[^\n]*\}\n(.*?)^\\\.$/gms))
    found.set(name!, rows!)
  return found
}

test('a backup of an open shop, restored and backed up again, is the same to the letter', async () => {
  const shop = await openShop({ work: false })
  const database = await emptyDatabase()
  try {
    // Texts that a careless format would break.
    const owner = await shop.staff('owner')
    const odd = 'a\tb\\nc\n\\.\n"quoted" 髙﨑 𠮷 \\N {"end":1}'
    await query(shop.database.owner, `update catalog.product set brand = $1 where id = 1`, [odd])
    for (let n = 0; n < 5; n++) await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }])
    assert.equal(
      (
        await owner('POST', '/admin/v1/stock/receipts', {
          place: 'east',
          lines: [{ sku: 'MUG-WHITE', quantity: 3 }],
        })
      ).status,
      200,
    )
    const first = await write(shop, at('first.gz'))
    // Under another key nobody in it could be read: nothing is left behind, and the shop's own key opens it.
    await query(database.owner, 'create schema theirs')
    await assert.rejects(
      restore(database.owner, at('first.gz'), { vault: openVault(randomBytes(32)) }),
      (e: unknown) => e instanceof NotRestored && e.code === 'key',
    )
    const [left] = await query<{ names: string[] }>(
      database.owner,
      `select array_agg(nspname::text) as names from pg_namespace where nspname !~ '^(pg_|information_schema|public)'`,
    )
    assert.deepEqual(left!.names, ['theirs'])
    const done = await restore(database.owner, at('first.gz'), { vault: shop.services.vault })
    assert.deepEqual([done.rows, done.tables], [first.rows, first.tables])
    await backup(database.owner, at('second.gz'), { version: 'test', at: new Date() })
    const [a, b] = [sections(at('first.gz')), sections(at('second.gz'))]
    assert.ok(a.size > 50 && [...a.keys()].join() === [...b.keys()].join())
    for (const [name, rows] of a)
      if (name !== 'kernel.epoch') assert.equal(b.get(name), rows, `${name} is not the same`)
    assert.equal(b.get('kernel.epoch')!.split('\n').length, a.get('kernel.epoch')!.split('\n').length + 1)
    assert.deepEqual(await query(database.owner, 'select brand from catalog.product where id = 1'), [
      { brand: odd },
    ])
    await proveBooks(database.owner, prooves)
    console.log(`# ${first.rows} rows in ${first.tables} tables, the same to the letter but for the epoch`)
  } finally {
    await shop.close()
    await database.drop()
  }
})

test(
  'restored into an empty cluster: followers half-way deliver each event exactly once, who was erased since stays erased, and the shop sells on',
  { timeout: 180_000 },
  async () => {
    const got: string[] = []
    const receiver = http.createServer((request, response) => {
      got.push(String(request.headers['webhook-id']))
      request.resume().on('end', () => response.end())
    })
    receiver.listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    const { port } = receiver.address() as net.AddressInfo
    const networks = { AKINAI_WEBHOOK_NETWORKS: '127.0.0.0/8' }
    const shop = await openShop({ work: false, settings: networks })
    const cluster = await startEmbedded({
      directory: at('cluster'),
      settings: { shared_buffers: '16MB', max_connections: '60' },
    })
    let second: Shop | undefined
    try {
      const owner = await shop.staff('owner')
      const endpoint = await owner('POST', '/admin/v1/webhooks', {
        url: `http://127.0.0.1:${port}/`,
        kinds: ['orders.placed'],
        shop: null,
      })
      assert.equal(endpoint.status, 200)
      const bought = async (who = shop) => {
        const a = await buy(who.client(), [{ sku: 'TEE-WHITE-M', quantity: 1 }])
        assert.equal(a.status, 200, JSON.stringify(a.body))
        return of<{ order: number }>(a).order
      }
      const send = async (s: Shop) => {
        const d = new Deliveries({
          gate: s.services.gate,
          pool: s.services.pool,
          vault: s.services.vault,
          allowed: ['127.0.0.0/8'],
        })
        while ((await d.round()) > 0);
        await new Promise((r) => setTimeout(r, 100))
      }
      const follow = async (s: Shop) => {
        const f = startFollowers({ app: s.database.app, gate: s.services.gate, config: s.config })
        await f.caughtUp()
        await f.stop()
      }
      // Some were followed and sent, some followed and not sent, some not even followed.
      const orders = [await bought(), await bought(), await bought()]
      await follow(shop)
      await send(shop)
      assert.equal(got.length, 3)
      orders.push(await bought(), await bought())
      await follow(shop)
      orders.push(await bought(), await bought())
      // Buyers go on while the backup is taken.
      let on = true
      const others = (async () => {
        while (on) await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }])
      })()
      // What another program keeps beside us is no part of it.
      await query(shop.database.owner, `create schema theirs create table secret (word text)`)
      await query(shop.database.owner, `insert into theirs.secret values ('nothing of ours')`)
      await write(shop, at('open.gz'))
      assert.ok(!gunzipSync(fs.readFileSync(at('open.gz'))).includes('theirs'))
      on = false
      await others
      // After the backup somebody is erased.
      const [gone] = await query<{ person: number }>(
        shop.database.owner,
        `select person::int as person from orders.destination where "order" = $1`,
        [orders[0]],
      )
      const erased = await owner('POST', `/admin/v1/persons/${gone!.person}/erase`, { reason: 'asked' })
      assert.equal(erased.status, 200, JSON.stringify(erased.body))
      await follow(shop)

      const target = { ...cluster.config }
      const done = await restore(target, at('open.gz'), { erasures: erasureFile(shop.config) })
      assert.equal(done.erased, 1)
      await proveBooks(target, prooves)
      assert.deepEqual(
        await query(target, 'select id from persons.key where id = $1', [gone!.person]),
        [],
        'the key is destroyed before anything is served',
      )
      assert.deepEqual(
        await query(target, 'select id from persons.card where person = $1', [gone!.person]),
        [],
      )

      second = await openShop({
        database: { owner: target, app: appConfig(target), name: 'postgres', drop: async () => {} },
        sample: false,
        work: false,
        settings: { ...networks, AKINAI_SECRET_KEY_FILE: shop.config.secretKeyFile },
      })
      const fresh = await bought(second)
      await follow(second)
      await send(second)
      const events = await query<{ id: string; order: number }>(
        target,
        `select 'evt_' || epoch || '_' || xid || '_' || seq as id, (body->>'order')::bigint::int as order from kernel.event where kind = 'orders.placed' and recorded_at > (select created_at from webhooks.endpoint limit 1) order by epoch, xid, seq`,
      )
      assert.deepEqual(got.toSorted(), events.map((e) => e.id).toSorted(), 'each exactly once, over both')
      assert.ok(
        events.some((e) => e.order === fresh) && orders.every((o) => events.some((e) => e.order === o)),
      )
      const listed = of<{ items: { order: number }[] }>(
        await (
          await second.staff('owner')
        )('GET', '/admin/v1/orders?limit=200'),
      ).items.map((o) => o.order)
      const placed = await query<{ id: number }>(target, 'select id::int from orders.header')
      assert.deepEqual(new Set(listed), new Set(placed.map((o) => o.id)))
      assert.equal(listed.length, placed.length)
      console.log(
        `# ${events.length} events over both clusters, each delivered once; 1 erased again; epoch ${done.epoch}`,
      )
    } finally {
      await second?.close()
      await shop.close()
      await cluster.stop('immediate')
      receiver.closeAllConnections()
      receiver.close()
    }
  },
)

test('half a backup, a changed one, one of a later version, and a database with anything in it are refused; nothing is left behind', async () => {
  const shop = await openShop({ work: false })
  const database = await emptyDatabase()
  try {
    await write(shop, at('whole.gz'))
    const bytes = fs.readFileSync(at('whole.gz'))
    const text = gunzipSync(bytes)
    const refused = async (name: string, what: Buffer, code: string) => {
      fs.writeFileSync(at(name), what)
      await assert.rejects(
        restore(database.owner, at(name)),
        (e: unknown) => e instanceof NotRestored && e.code === code,
        name,
      )
      const [left] = await query<{ n: number }>(
        database.owner,
        `select count(*)::int as n from pg_namespace where nspname in ('kernel', 'orders')`,
      )
      assert.equal(left!.n, 0, `${name} left something behind`)
    }
    await refused('half.gz', bytes.subarray(0, bytes.length >> 1), 'unreadable')
    await refused('cut.gz', gzipSync(text.subarray(0, text.length - 400)), 'broken')
    const changed = Buffer.from(text)
    const spot = changed.indexOf('MUG-WHITE')
    changed.write('MUG-BLACK', spot)
    await refused('changed.gz', gzipSync(changed), 'broken')
    await refused('nothing.gz', Buffer.from('hello'), 'unreadable')
    await refused('other.gz', gzipSync('{"some":"thing"}\n{"end":{}}\n'), 'broken')
    // A migration that this version does not know: the backup comes from a later one.
    const { createHash } = await import('node:crypto')
    const later = text
      .toString('latin1')
      .replace(
        '"migrations":[',
        '"migrations":[{"room":"domains/orders","name":"9999_later.sql","checksum":"x"},',
      )
    const body = later.slice(0, later.lastIndexOf('{"end":'))
    const end = { ...JSON.parse(later.slice(later.lastIndexOf('{"end":'))).end }
    end.sha256 = createHash('sha256').update(Buffer.from(body, 'latin1')).digest('hex')
    await refused('later.gz', gzipSync(Buffer.from(body + `${JSON.stringify({ end })}\n`, 'latin1')), 'newer')
    const occupied = () =>
      assert.rejects(
        restore(database.owner, at('whole.gz')),
        (e: unknown) => e instanceof NotRestored && e.code === 'occupied',
      )
    // Another program's tables, ours by no name: they are neither emptied nor taken away.
    await query(database.owner, `create schema theirs create table orders (id int)`)
    await query(database.owner, 'insert into theirs.orders values (7)')
    await occupied()
    assert.deepEqual(await query(database.owner, 'select id from theirs.orders'), [{ id: 7 }])
    await query(database.owner, 'drop schema theirs cascade')
    await migrate(database.owner)
    await occupied()
    assert.ok((await inspect(at('whole.gz'))).end.rows > 1000)
    await assert.rejects(write(shop, at('no-such-directory/x.gz')))
    assert.equal((fs.statSync(at('whole.gz')).mode & 0o077).toString(8), '0', 'readable by its owner only')
  } finally {
    await shop.close()
    await database.drop()
  }
})
