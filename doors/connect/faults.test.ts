/** What our own code stumbles over is told, and keeps nothing else from going out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amazon } from '#connectors/amazon'
import { connectionBy, saveConnection, saveListing, type Connection } from '#domains/channels'
import { connector } from '#doors/kit'
import { ask } from '#kernel/db'
import { standShop } from '#testing'

const told: string[] = []
const stumble = (code: string) => {
  if (code.endsWith('BAD')) throw new TypeError('of ours')
  told.push(code)
}
const script = connector({
  ...amazon,
  name: 'scripted',
  settings: {},
  orders: { ...amazon.orders, pull: async (_out, from) => ({ rows: [], position: from, more: false }) },
  parcels: {
    write: () => ({}),
    known: async (_out, parcel) => (stumble(parcel.external_id), false),
    confirm: async (_out, parcel) => stumble(parcel.external_id),
  },
  offers: {
    ...amazon.offers,
    tells: () => ({ price: false, words: false }),
    tell: async (_out, offer) => (stumble(offer.external_sku), { ...offer, failure: null }),
    report: async (_out, list, codes) => (
      stumble(list),
      codes.map((c) => ({ external_sku: c, failure: null }))
    ),
  },
})
const { shop, db } = await standShop({
  connect: { connectors: new Map([[script.name, script]]), look: 3_600_000 },
})

test('a parcel, an offer and a list that our own code stumbles over wait; those behind them go out', async () => {
  const { connect, pool } = shop.services
  const plain = { code: 'scripted', connector: script.name, shop: 1, active: true, settings: {} }
  await ask(pool, saveConnection({ ...plain, secrets: connect.sealSecrets('scripted', {}) }))
  await db.query('update channels.connection set reconciled_at = now()')
  const c = (await ask<Connection>(pool, connectionBy('scripted')))[0]!
  for (const [n, code] of ['P-BAD', 'P-GOOD'].entries())
    await db.query(
      `insert into channels.message (id, connection, way, kind, external_id, mark, body, state, unsure, at)
       values ($1, $2, 'out', 'parcel', $3, $3, '{"parcel": "1", "items": []}', 'waiting', true, now())`,
      [1000 + n, c.id, code],
    )
  const { rows } = await db.query<{ id: number }>('select id from catalog.sku order by id limit 4')
  const lines = ['F-BAD', 'F-GOOD'].map((list, n) => [
    list,
    JSON.stringify([{ sku: rows[n]!.id, quantity: 1, moved_at: new Date(), external_sku: list }]),
  ])
  for (const [list, line] of lines)
    await db.query('insert into channels.feed (connection, external_id, lines) values ($1, $2, $3)', [
      c.id,
      list,
      line,
    ])
  for (const [n, code] of ['O-BAD', 'O-GOOD'].entries())
    await ask(
      pool,
      saveListing({ connection: c.id, sku: rows[n + 2]!.id, external_sku: code, product_type: 'PRODUCT' }),
    )
  await connect.round(c)
  assert.deepEqual(told.toSorted(), ['F-GOOD', 'O-GOOD', 'P-GOOD', 'P-GOOD'])
  const kept = await db.query(
    'select external_id, state, reason, unsure, next_at > now() as later from channels.message order by id',
  )
  assert.partialDeepStrictEqual(kept.rows, [
    { external_id: 'P-BAD', state: 'waiting', reason: 'fault', unsure: true, later: true },
    { external_id: 'P-GOOD', state: 'done' },
  ])
  const listing = await db.query(
    `select failure, next_at > now() as later from channels.listing where external_sku = 'O-BAD'`,
  )
  assert.deepEqual(listing.rows, [{ failure: 'fault', later: true }])
})
