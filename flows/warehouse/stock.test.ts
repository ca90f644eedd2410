import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buy, code, of, standShop } from '#testing'

const { shop, db, owner } = await standShop({ work: false })
type Row = {
  sku: string
  place_code: string
  on_hand: number
  held: number
  short: number
  quarantine: number
  in_transit: number
}
const at = async (sku: string, place: string) =>
  of<{ items: Row[] }>(await owner('GET', `/admin/v1/stock?q=${sku}&place=${place}`)).items.find(
    (r) => r.sku === sku,
  )
const moved = async (sku: string, place: string, kind = 'on_hand') =>
  of<{ items: { amount: number; reason: string }[] }>(
    await owner('GET', `/admin/v1/stock/movements?sku=${sku}&place=${place}&kind=${kind}&limit=200`),
  ).items
const post = (what: string, body: object) => owner('POST', `/admin/v1/stock/${what}`, body)

test('received, counted, adjusted: each number is the sum of the movements shown behind it', async () => {
  const sku = 'MUG-MOSS'
  assert.equal(
    (
      await post('receipts', {
        place: 'east',
        lines: [
          { sku, quantity: 5 },
          { sku, quantity: 3 },
        ],
      })
    ).status,
    200,
  )
  assert.equal((await at(sku, 'east'))!.on_hand, 8)
  assert.equal((await post('counts', { place: 'east', lines: [{ sku, quantity: 6 }] })).status, 200)
  assert.equal((await post('adjustments', { place: 'east', sku, by: -2, reason: 'broken' })).status, 200)
  assert.equal((await post('adjustments', { place: 'east', sku, by: 1, reason: 'found' })).status, 200)
  const no = await post('adjustments', { place: 'east', sku, by: -6, reason: 'lost' })
  assert.deepEqual([no.status, code(no)], [422, 'stock.not_enough'])
  const rows = await moved(sku, 'east')
  assert.equal((await at(sku, 'east'))!.on_hand, 5)
  assert.deepEqual([rows.reduce((n, r) => n + r.amount, 0), rows.length], [5, 4])
  // Counted and found right: nothing moves.
  await post('counts', { place: 'east', lines: [{ sku, quantity: 5 }] })
  assert.equal((await moved(sku, 'east')).length, 4)
  assert.equal(
    code(await post('receipts', { place: 'nowhere', lines: [{ sku, quantity: 1 }] })),
    'places.missing',
  )
  assert.equal(
    code(await post('receipts', { place: 'east', lines: [{ sku: 'NO-SUCH', quantity: 1 }] })),
    'catalog.sku_missing',
  )
})

test('what is held has left the shelf: a count does not take it away', async () => {
  const sku = 'MUG-MOSS'
  await post('counts', { place: 'east', lines: [{ sku, quantity: 5 }] })
  assert.equal((await buy(shop.client(), [{ sku, quantity: 2 }])).status, 200)
  assert.deepEqual([(await at(sku, 'east'))!.on_hand, (await at(sku, 'east'))!.held], [3, 2])
  await post('counts', { place: 'east', lines: [{ sku, quantity: 0 }] })
  assert.deepEqual([(await at(sku, 'east'))!.on_hand, (await at(sku, 'east'))!.held], [0, 2])
  assert.equal(
    (await moved(sku, 'east', 'held')).reduce((n, r) => n + r.amount, 0),
    2,
  )
})

test('goods under way can be sold from neither place, and arrive once', async () => {
  const sku = 'OVAL-OCHRE'
  await post('receipts', { place: 'east', lines: [{ sku, quantity: 4 }] })
  assert.equal(
    code(await post('transfers', { from: 'east', to: 'kyoto', lines: [{ sku, quantity: 5 }] })),
    'stock.not_enough',
  )
  assert.equal(
    code(await post('transfers', { from: 'east', to: 'east', lines: [{ sku, quantity: 1 }] })),
    'stock.same_place',
  )
  const { transfer } = of<{ transfer: number }>(
    await post('transfers', { from: 'east', to: 'kyoto', lines: [{ sku, quantity: 4 }] }),
  )
  assert.equal(code(await buy(shop.client(), [{ sku, quantity: 1 }])), 'stock.out')
  assert.equal(
    (await moved(sku, 'kyoto', 'in_transit')).reduce((n, r) => n + r.amount, 0),
    4,
  )
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => post(`transfers/${transfer}/receive`, {})),
  )
  assert.equal(answers.filter((a) => a.status === 200).length, 1)
  assert.ok(answers.every((a) => a.status === 200 || code(a) === 'stock.journey_missing'))
  assert.deepEqual(
    [
      (await at(sku, 'kyoto'))!.on_hand,
      (await moved(sku, 'kyoto', 'in_transit')).reduce((n, r) => n + r.amount, 0),
    ],
    [4, 0],
  )
})

test('what a store has, the web sells; one place is preferred to two parcels', async () => {
  const sku = 'OVAL-OCHRE'
  const placed = await buy(shop.client(), [{ sku, quantity: 3 }])
  assert.equal(placed.status, 200)
  const [row] = (
    await db.query(
      `select p.code from fulfilment.allocation f join places.place p on p.id = f.place where f."order" = $1`,
      [of<{ order: number }>(placed).order],
    )
  ).rows
  assert.equal(row.code, 'kyoto')
  await post('counts', { place: 'west', lines: [{ sku: 'KYUSU-CHARCOAL', quantity: 2 }] })
  await post('counts', { place: 'tenjin', lines: [{ sku: 'KYUSU-CHARCOAL', quantity: 3 }] })
  const whole = of<{ order: number }>(await buy(shop.client(), [{ sku: 'KYUSU-CHARCOAL', quantity: 3 }]))
  assert.deepEqual(
    (
      await db.query(
        `select p.code from fulfilment.allocation f join places.place p on p.id = f.place where f."order" = $1`,
        [whole.order],
      )
    ).rows,
    [{ code: 'tenjin' }],
  )
})

test('fifty hands adjust, count, receive and send the same shelf: the books hold and no hand goes below zero', async () => {
  const sku = 'MUG-INDIGO'
  const before = shop.services.gate.stats
  const splits = before.splits
  let refused = 0
  for (let round = 0; round < 6; round++) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        [
          () => post('adjustments', { place: 'east', sku, by: -3, reason: 'lost' }),
          () => post('receipts', { place: 'east', lines: [{ sku, quantity: 1 }] }),
          () => post('counts', { place: 'east', lines: [{ sku, quantity: 4 }] }),
          () => post('transfers', { from: 'east', to: 'west', lines: [{ sku, quantity: 2 }] }),
          () => buy(shop.client(), [{ sku, quantity: 1 }]),
        ][i % 5]!(),
      ),
    )
    refused += answers.filter((a) => a.status === 422).length
    assert.ok(
      answers.every((a) => a.status === 200 || a.status === 422),
      JSON.stringify(answers.find((a) => a.status !== 200 && a.status !== 422)?.body),
    )
  }
  const { on_hand } = (await at(sku, 'east'))!
  assert.ok(on_hand >= 0)
  assert.equal((await moved(sku, 'east')).length > 100, true)
  assert.ok(refused > 10 && shop.services.gate.stats.splits === splits)
  console.log(
    `# 300 hands on one shelf: ${refused} refused, 0 below zero, 0 splits, ${shop.services.gate.stats.conflicts} replanned`,
  )
})

test('prices hold from their moment on, and the ones before stay as evidence', async () => {
  const price = async () => {
    const client = shop.client()
    const made = of<{ lines: { unit_price: number }[] }>(
      await client('POST', '/store/v1/carts', { lines: [{ sku: 'NOTE-INDIGO', quantity: 1 }] }),
    )
    return made.lines[0]!.unit_price
  }
  const set = (body: object) => owner('PUT', '/admin/v1/prices', { lines: [{ sku: 'NOTE-INDIGO', ...body }] })
  await set({ price: 500 })
  assert.equal(await price(), 500)
  await set({ price: 900, from: new Date(Date.now() + 3_600_000).toISOString() })
  assert.equal(await price(), 500)
  await set({ price: 100, from: '2026-01-01T00:00:00+09:00' })
  assert.equal(await price(), 500, 'a price told for the past does not change today’s')
  assert.ok(
    (
      await db.query(
        `select count(*)::int as n from pricing.price p join catalog.sku s on s.id = p.sku where s.code = 'NOTE-INDIGO'`,
      )
    ).rows[0].n >= 4,
  )
})
