import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { freshDatabase, type FreshDatabase } from '#testing'
import { appConfig, lost, migrate, sql } from '#kernel/db'
import { startEmbedded } from '#kernel/embedded'
import { uuid } from '#kernel/ids'
import { prove } from '#kernel/ledger'
import { forgetRequests, type Tx } from './index.ts'
import * as shop from './lab.ts'

let db: FreshDatabase
before(async () => {
  db = await freshDatabase()
})
after(() => db.drop())

test('old answers are forgotten, young ones kept, and none that a lagging follower may still ask for', async () => {
  await shop.inArena(db, async (a) => {
    const age = (days: number, keys: string[]) =>
      a.db.query(
        `update kernel.request set at = now() - make_interval(days => $1) where key = any($2::uuid[])`,
        [days, keys],
      )
    const order = async (sku: number) => {
      const key = uuid()
      await a.gate.run(shop.receive, { sku, amount: 1 }, { key })
      return key
    }
    const there = async () =>
      Number((await a.db.query('select count(*)::int as n from kernel.request')).rows[0].n)
    const old: string[] = [],
      young: string[] = []
    for (let i = 0; i < 20; i++) old.push(await order(1))
    await age(40, old)
    for (let i = 0; i < 5; i++) young.push(await order(2))
    await a.db.query(
      `insert into kernel.follower (name, moved_at) values ('slow', now() - interval '50 days')`,
    )
    assert.equal(await forgetRequests(a.db, 30), 0)
    await a.db.query(`update kernel.follower set state = 'retired'`)
    assert.equal(await forgetRequests(a.db, 30, 7), 7)
    assert.deepEqual((await prove(a.db)).differences, [])
    await a.db.query(`update kernel.follower set state = 'live', moved_at = now()`)
    assert.equal(await forgetRequests(a.db, 30), 13)
    assert.equal(await there(), 5)
    // What was forgotten is known to have been forgotten; what is taken away after that is noticed.
    assert.deepEqual((await prove(a.db)).differences, [])
    await a.gate.run(shop.receive, { sku: 2, amount: 1 }, { key: young[0]! })
    assert.equal(
      (await a.db.query('select balance from ledger.account where id = $1', [shop.on(2).id])).rows[0].balance,
      5,
    )
    await a.db.query('begin')
    await a.db.query('delete from kernel.request where key = $1', [young[1]])
    assert.equal(
      (
        await a.db.query(
          `select count(*)::int as n from ledger.transfer t where seq > (select seq from kernel.forgotten) and not exists (select from kernel.request r where r.key = t.key)`,
        )
      ).rows[0].n,
      1,
    )
    await a.db.query('rollback')
    await a.db.query('truncate kernel.follower')
  })
  console.log('# forgotten 20, kept 5')
})

test('a row that one request touches and changes twice is written once', async () => {
  await shop.inArena(db, async (a) => {
    const carts = await Promise.all(
      Array.from({ length: 6 }, () => a.gate.run(shop.createCart, { lines: [[1, 1]] })),
    )
    const change = async (tx: Tx, ask: { cart: string; set: object }) => {
      const cart = await shop.cartById.guard(tx, shop.carts, ask.cart)
      tx.update(shop.carts, cart!, ask.set)
      tx.update(shop.carts, cart!, { note: 'twice' }) // merged with the first
    }
    await Promise.all(
      carts.map((c, i) => a.gate.run(change, { cart: c.cart, set: i % 2 ? { state: 'placed' } : {} })),
    )
    const { rows } = await a.db.query(
      `select count(*) filter (where note = 'twice')::int as notes, max(version) as version, min(version) as least from test.cart`,
    )
    assert.deepEqual(rows[0], { notes: 6, version: 2, least: 2 })
    await a.db.query(`update test.cart set state = 'open'`)
  })
})

test(
  'an outage longer than patience is told to everybody at once, and the gate comes back by itself',
  { timeout: 60_000 },
  async () => {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-outage-'))
    fs.chmodSync(home, 0o755)
    const start = () =>
      startEmbedded({
        directory: path.join(home, 'postgres'),
        settings: { shared_buffers: '32MB', max_connections: '30' },
      })
    let server = await start()
    try {
      await migrate(server.config)
      await shop.inArena(
        { owner: server.config, app: appConfig(server.config), crashes: true },
        async (a) => {
          const gate = await a.open({ patience: 1000, batch: 16 })
          const read = (tx: Tx) => tx.list(sql`select 1 as one`)
          await gate.run(shop.receive, { sku: 1, amount: 1000 })
          await server.stop('immediate')
          const began = performance.now()
          const got = await Promise.allSettled([
            ...Array.from({ length: 200 }, (_, i) => gate.run(shop.holdAll, { order: i, skus: [1] })),
            gate.run(read, {}),
          ])
          const took = performance.now() - began
          assert.ok(
            got.every((r) => r.status === 'rejected' && lost(r.reason)),
            String((got[0] as PromiseRejectedResult).reason),
          )
          // Not a second for each half, nor for each batch: everybody waited for the same outage.
          assert.ok(took < 4000, `${took}`)
          assert.equal(gate.stats.splits, 0)
          assert.equal(gate.inFlight, 0)
          server = await start()
          await sleep(100)
          const again = await Promise.all(
            Array.from({ length: 200 }, (_, i) => gate.run(shop.holdAll, { order: 1000 + i, skus: [1] })),
          )
          assert.equal(again.length, 200)
          console.log(`# turned away 201 after ${took.toFixed(0)} ms of patience 1,000; then 200 of 200 done`)
        },
      )
    } finally {
      await server.stop('immediate')
      fs.rmSync(home, { recursive: true, force: true })
    }
  },
)
