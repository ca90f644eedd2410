import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type FreshDatabase } from '#testing'
import { Gate, type Tx } from './index.ts'
import { uuid } from '#kernel/ids'
import { account, kind, move, post, prove } from '#kernel/ledger'
import { refusal, type Refusal } from '#kernel/refusal'

const shelf = kind({ number: 501, name: 'test.shelf', book: 'stock' })
const held = kind({ number: 502, name: 'test.held', book: 'stock', ephemeral: true })
const outside = kind({ number: 503, name: 'test.outside', book: 'stock', counter: true })
const Out = refusal<{ has: number }>(
  'test.out',
  'refused',
  (d) => [`残り${d.has}`],
  (d) => [`${d.has} left`],
)
const on = (sku: number) => account(shelf, sku, { unit: sku })
const of = (sku: number, order: number) => account(held, sku * 10_000 + order, { unit: sku })
const world = (sku: number) => account(outside, 0, { unit: sku })

let db: FreshDatabase, gate: Gate, client: pg.Client
before(async () => {
  db = await freshDatabase()
  gate = await Gate.open(db.app)
  client = new pg.Client(db.app)
  await client.connect()
})
after(async () => {
  try {
    assert.deepEqual((await prove(client)).differences, [])
  } finally {
    await client.end()
    await gate.close()
    await db.drop()
  }
})
async function receive(tx: Tx, ask: { sku: number; amount: number }) {
  post(tx, { moves: [move(world(ask.sku), on(ask.sku), ask.amount)], reason: 'test' })
}
async function hold(tx: Tx, ask: { sku: number; order: number; amount: number }) {
  post(tx, {
    moves: [move(on(ask.sku), of(ask.sku, ask.order), ask.amount)],
    reason: 'test',
    no: (s) => Out({ has: s[0]!.has }),
  })
  return { order: ask.order }
}

test('a thousand buyers, ten units: ten holds, 990 refusals, no batch was split', async () => {
  await gate.run(receive, { sku: 1, amount: 10 })
  const r = await Promise.allSettled(
    Array.from({ length: 1000 }, (_, i) => gate.run(hold, { sku: 1, order: i, amount: 1 })),
  )
  assert.equal(r.filter((x) => x.status === 'fulfilled').length, 10)
  assert.equal(
    r.filter((x) => x.status === 'rejected' && (x.reason as Refusal).code === 'test.out').length,
    990,
  )
  assert.equal(gate.stats.splits, 0)
  console.log(`# held 10 refused 990 commits ${gate.stats.commits}`)
})
test('the same key answers the same, and a refusal too', async () => {
  await gate.run(receive, { sku: 2, amount: 1 })
  const key = uuid(),
    no = uuid()
  const a = await gate.command(hold, { sku: 2, order: 1, amount: 1 }, { key })
  assert.deepEqual(await gate.command(hold, { sku: 2, order: 1, amount: 1 }, { key }), a)
  await assert.rejects(gate.run(hold, { sku: 2, order: 2, amount: 1 }, { key: no }), { code: 'test.out' })
  await gate.run(receive, { sku: 2, amount: 5 })
  await assert.rejects(gate.run(hold, { sku: 2, order: 2, amount: 1 }, { key: no }), {
    code: 'test.out',
    detail: { has: 0 },
  })
})
