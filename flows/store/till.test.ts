import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standShop, type Answer, type Client } from '#testing'

const { shop, db, owner } = await standShop({ work: false })
const tills = (await Promise.all(
  [1, 2].map(async (n) => {
    const client = shop.client()
    const device = `kichijoji-${n}`
    const open = { device, key: `sample-till-${device}`, pin: '1180' }
    assert.equal((await client('POST', '/till/v1/sessions', open)).status, 200)
    return client
  }),
)) as [Client, Client]
type Sold = {
  order: number
  total: number
  change: number
  points_earned: number
  points_used: number
  short: { sku: string; quantity: number }[]
  taxes: { rate: number; due: number; tax: number }[]
}
const of = <T = Sold>(a: Answer) => a.body as unknown as T
const sale = (lines: { sku: string; quantity: number; unit_price: number }[], more: object = {}) => {
  const total = lines.reduce((n, l) => n + l.quantity * l.unit_price, 0)
  return {
    sale: crypto.randomUUID(),
    happened_at: new Date().toISOString(),
    lines,
    tendered: total,
    total,
    ...more,
  }
}
const sell = (client: Client, body: object) => client('POST', '/till/v1/sales', body)
const card = '2900000000032'
const points = async () => of<{ points: number }>(await tills[0]('GET', `/till/v1/members/${card}`)).points
const count = (sku: string, quantity: number) =>
  owner('POST', '/admin/v1/stock/counts', { place: 'kichijoji', lines: [{ sku, quantity }] })
const balance = async (kind: number, sku: string) =>
  Number(
    (
      await db.query(
        `select coalesce(sum(a.balance), 0) as n from ledger.account a join catalog.sku s on s.id = a.unit where a.book = 'stock' and a.kind = $1 and s.code = $2 and a.place = (select id from places.place where code = 'kichijoji') and a.condition = 0`,
        [kind, sku],
      )
    ).rows[0].n,
  )

test('cash over the counter: goods leave the shelf, the drawer and the tax tie, change is told', async () => {
  await count('TEE-WHITE-M', 10)
  const sold = of(
    await sell(tills[0], {
      ...sale([{ sku: 'TEE-WHITE-M', quantity: 2, unit_price: 3960 }]),
      tendered: 10_000,
    }),
  )
  assert.deepEqual(
    [sold.total, sold.change, sold.short, sold.taxes],
    [7920, 2080, [], [{ rate: 1000, due: 7920, tax: 720 }]],
  )
  assert.equal(await balance(1, 'TEE-WHITE-M'), 8)
  const order = of<{ captured: number; owed: number; channel: string; payment: string }>(
    await owner('GET', `/admin/v1/orders/${sold.order}`),
  )
  assert.deepEqual([order.captured, order.owed, order.channel, order.payment], [7920, 0, 'till', 'cash'])
})

test('a sale sent twenty times at once, under twenty keys and under one, is one sale', async () => {
  await count('TEE-WHITE-M', 50)
  const body = sale([{ sku: 'TEE-WHITE-M', quantity: 1, unit_price: 100 }])
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => sell(tills[i % 2]!, body)))
  const key = crypto.randomUUID()
  for (let i = 0; i < 5; i++) answers.push(await tills[0]('POST', '/till/v1/sales', body, { key }))
  assert.ok(answers.every((a) => a.status === 200))
  assert.equal(new Set(answers.map((a) => of(a).order)).size, 1)
  assert.equal(await balance(1, 'TEE-WHITE-M'), 49)
  console.log(`# ${answers.length} sendings of one sale: 1 order, 1 unit`)
})

test('a sale is a fact: an empty shelf, an unknown code, an unknown card and an old date do not undo it', async () => {
  await count('MUG-OCHRE', 1)
  const short = of(await sell(tills[0], sale([{ sku: 'MUG-OCHRE', quantity: 3, unit_price: 2420 }])))
  assert.deepEqual(short.short, [{ sku: 'MUG-OCHRE', quantity: 2 }])
  assert.deepEqual([await balance(1, 'MUG-OCHRE'), await balance(4, 'MUG-OCHRE')], [0, -2])
  const [{ owner: whose, next_step }] = (
    await db.query('select owner, next_step from fulfilment.shortage where "order" = $1', [short.order])
  ).rows
  assert.deepEqual([whose, next_step], ['store', 'count_shelf'])
  const unknown = await sell(
    tills[0],
    sale([
      { sku: 'TILL-NEW', quantity: 1, unit_price: 500 },
      { sku: 'TILL-NEW', quantity: 1, unit_price: 500 },
    ]),
  )
  assert.equal(unknown.status, 200, JSON.stringify(unknown.body))
  const stranger = await sell(
    tills[0],
    sale([{ sku: 'TEE-WHITE-M', quantity: 1, unit_price: 500 }], { member: 'no-such-card', points: 100 }),
  )
  assert.deepEqual([stranger.status, of(stranger).points_used, of(stranger).total], [200, 0, 500])
  const old = await sell(
    tills[0],
    sale([{ sku: 'TEE-WHITE-M', quantity: 1, unit_price: 500 }], {
      happened_at: '2026-11-19T23:59:59+09:00',
    }),
  )
  const times = (
    await db.query(
      `select happened_at, recorded_at from ledger.transfer where ref = $1 and reason = 'stock.sold'`,
      [of(old).order],
    )
  ).rows[0]
  assert.equal(times.happened_at.toISOString(), '2026-11-19T14:59:59.000Z')
  assert.ok(Date.now() - times.recorded_at.getTime() < 60_000)
})

test('counting the shelf after the sale solves what it lacked', async () => {
  await count('MUG-MOSS', 0)
  const sold = of(await sell(tills[0], sale([{ sku: 'MUG-MOSS', quantity: 2, unit_price: 100 }])))
  const { id } = (await db.query('select id from fulfilment.shortage where "order" = $1', [sold.order]))
    .rows[0]
  await count('MUG-MOSS', 2)
  assert.deepEqual(of(await owner('POST', `/admin/v1/shortages/${id}/solve`, {})), { covered: 2, left: 0 })
  assert.deepEqual([await balance(1, 'MUG-MOSS'), await balance(4, 'MUG-MOSS')], [0, 0])
})

test('P11: points spent from two tills at once are never below zero; what was not there stands as a claim', async () => {
  await count('TEE-WHITE-M', 1000)
  let claims = 0
  let spent = 0
  for (let round = 0; round < 10; round++) {
    const before = await points()
    // 1 point for 100 yen: a sale of 10,000 earns 100.
    const earned = of(
      await sell(tills[0], sale([{ sku: 'TEE-WHITE-M', quantity: 1, unit_price: 10_000 }], { member: card })),
    ).points_earned
    assert.equal(earned, 100)
    const has = before + earned
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        sell(tills[i % 2]!, {
          ...sale([{ sku: 'TEE-WHITE-M', quantity: 1, unit_price: has }], { member: card, points: has }),
          total: 0,
          tendered: 0,
        }),
      ),
    )
    for (const a of answers) assert.deepEqual([a.status, of(a).points_used, of(a).total], [200, has, 0])
    spent += answers.length
    assert.equal(await points(), 0)
    const { rows } = await db.query(
      `select coalesce(sum(a.balance), 0) as claim from ledger.account a join customers.identity i on a.id = (42::bigint << 44) + i.id where i.code = $1`,
      [card],
    )
    assert.ok(Number(rows[0].claim) <= claims - has * 5, `claim ${rows[0].claim}`)
    claims = Number(rows[0].claim)
  }
  const lowest = (
    await db.query(`select min(balance) as least from ledger.account where book = 'points' and kind = 41`)
  ).rows[0].least
  assert.equal(Number(lowest), 0)
  assert.ok(claims < 0 && shop.services.gate.stats.conflicts > 0)
  console.log(
    `# P11: ${spent} spendings of the same points from two tills: balance never below 0, ${-claims} points as a claim, ${shop.services.gate.stats.conflicts} replanned`,
  )
})

test('points that paid for goods come back with the goods', async () => {
  await sell(tills[0], sale([{ sku: 'TEE-WHITE-M', quantity: 1, unit_price: 50_000 }], { member: card }))
  const before = await points()
  const sold = of(
    await sell(tills[0], {
      ...sale([{ sku: 'TEE-WHITE-M', quantity: 3, unit_price: 1000 }], { member: card, points: 300 }),
      total: 2700,
    }),
  )
  assert.deepEqual([sold.total, sold.points_used, sold.points_earned], [2700, 300, 27])
  const back = (quantity: number) =>
    owner('POST', `/admin/v1/orders/${sold.order}/returns`, {
      lines: [{ line: 1, quantity }],
      place: 'kichijoji',
      condition: 'sellable',
      reason: 'x',
    })
  const [one, two] = [of<{ refunded: number }>(await back(1)), of<{ refunded: number }>(await back(2))]
  assert.deepEqual([one.refunded, two.refunded], [900, 1800])
  assert.equal(await points(), before)
})
