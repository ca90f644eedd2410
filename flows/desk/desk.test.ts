import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeMallOrder } from '#flows/desk'
import { shipmentEarns } from '#flows/reactions'
import { buy, code, of, standShop } from '#testing'
import { backAtOnce } from './refunds.campaign.ts'

const { shop, db, owner, free, receive } = await standShop()
type Line = {
  line: number
  held: number
  short: number
  shipped: number
  cancelled: number
  returned: number
  amount: number
  allocations: { place_code: string; held: number; shipped: number }[]
}
type Order = {
  order: number
  status: string
  state: string
  total: number
  owed: number
  captured: number
  refunded: number
  lines: Line[]
}
const see = async (order: number) => of<Order>(await owner('GET', `/admin/v1/orders/${order}`))
const act = (order: number, what: string, body: object) =>
  owner('POST', `/admin/v1/orders/${order}/${what}`, body)
const placed = async (lines: { sku: string; quantity: number }[], more: object = {}) => {
  const answer = await buy(shop.client(), lines, more)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return of<{ order: number; total: number }>(answer)
}
const mallOrder = (id: string, lines: object[], total: number, more: object = {}) =>
  owner('POST', '/admin/v1/mall-orders', {
    channel: 'rakuten',
    external_id: id,
    placed_at: '2026-11-22T10:00:00+09:00',
    lines,
    total,
    paid: true,
    destination: { contact: {}, address: {} },
    ...more,
  })
const points = async (card: string) =>
  of<{ points: number }>(await owner('GET', `/admin/v1/customers/${card}`)).points
async function eventually(what: () => Promise<boolean>) {
  for (let i = 0; i < 100; i++) {
    if (await what()) return
    await new Promise((r) => setTimeout(r, 50))
  }
  assert.fail('did not happen within five seconds')
}

test('a part ships, another part later, the rest is cancelled: money and goods follow each step', async () => {
  await receive('TEE-WHITE-M', 10)
  const before = await free('TEE-WHITE-M')
  const { order, total } = await placed([{ sku: 'TEE-WHITE-M', quantity: 5 }])
  assert.equal((await act(order, 'ship', { lines: [{ line: 1, quantity: 2 }] })).status, 200)
  assert.deepEqual([(await see(order)).status, (await see(order)).lines[0]!.held], ['part_shipped', 3])
  // A line named twice is one line.
  assert.equal(
    code(
      await act(order, 'ship', {
        lines: [
          { line: 1, quantity: 2 },
          { line: 1, quantity: 2 },
        ],
      }),
    ),
    'desk.more_than_held',
  )
  assert.equal((await act(order, 'ship', { lines: [{ line: 1, quantity: 1 }] })).status, 200)
  const rest = of<{ released: number; waived: number; refunded: number; cancelled: boolean }>(
    await act(order, 'cancel', { reason: 'x' }),
  )
  const line = (await see(order)).lines[0]!
  assert.deepEqual(
    [rest.released, rest.cancelled, rest.refunded, line.shipped, line.cancelled, line.held],
    [2, false, 0, 3, 2, 0],
  )
  assert.equal(rest.waived, (line.amount * 2) / 5)
  assert.equal(await free('TEE-WHITE-M'), before - 3)
  assert.equal((await see(order)).owed, total - rest.waived)
  assert.equal(code(await act(order, 'cancel', { reason: 'x' })), 'desk.nothing_to_cancel')
  assert.equal(code(await act(order, 'captures', { amount: total })), 'payments.over_captured')
  assert.equal((await act(order, 'captures', { amount: total - rest.waived })).status, 200)
  assert.equal((await see(order)).state, 'closed')
  assert.equal(code(await act(order, 'ship', {})), 'orders.not_open')
})

test('an order to be paid in advance ships after its money; cancelled, the money goes back', async () => {
  const { order, total } = await placed([{ sku: 'TEE-WHITE-M', quantity: 1 }], { payment: 'bank_transfer' })
  assert.equal(code(await act(order, 'ship', {})), 'desk.not_paid')
  await act(order, 'captures', { amount: total })
  const back = of<{ refunded: number; cancelled: boolean }>(await act(order, 'cancel', { reason: 'x' }))
  assert.deepEqual([back.refunded, back.cancelled], [total, true])
  const seen = await see(order)
  assert.deepEqual([seen.owed, seen.captured, seen.refunded, seen.state], [0, 0, total, 'cancelled'])
  assert.equal(code(await act(order, 'refunds', { amount: 1, reason: 'x' })), 'payments.over_refunded')
})

test('P10: fifty hands that refund, cancel and take back an order at once give back what was captured, and not a yen more', async () => {
  console.log(`# P10: ${await backAtOnce(shop, db, owner, { races: 12, hands: 50, together: 1 })}`)
})

test('part of a line comes back: its worth, its tax rate, its points, to the last one with the last unit', async () => {
  const card = '2900000000018'
  const food = (
    await db.query(
      `select s.code from catalog.sku s join catalog.product p on p.id = s.product where p.tax_class = 'reduced' and s.components is null and p.age is null order by s.id limit 1`,
    )
  ).rows[0].code as string
  await receive(food, 20)
  await receive('NOTE-INDIGO', 20)
  await owner('PUT', '/admin/v1/prices', {
    lines: [
      { sku: food, price: 1111 },
      { sku: 'NOTE-INDIGO', price: 733 },
    ],
  })
  const before = await points(card)
  const { order, total } = await placed(
    [
      { sku: food, quantity: 3 },
      { sku: 'NOTE-INDIGO', quantity: 3 },
    ],
    { member: card },
  )
  assert.equal(await points(card), before, 'nothing is earned before the goods leave')
  await act(order, 'ship', {})
  await act(order, 'captures', { amount: total })
  const earned = Math.floor((3 * 1111 + 3 * 733) / 100)
  await eventually(async () => (await points(card)) === before + earned)
  const give = (line: number, quantity: number, condition = 'quarantine') =>
    act(order, 'returns', { lines: [{ line, quantity }], place: 'east', condition, reason: 'x' })
  assert.equal(code(await give(1, 4)), 'desk.more_than_shipped')
  assert.equal(code(await give(9, 1)), 'desk.line_unknown')
  const shelf = await free(food)
  type Back = { refunded: number; points_taken: number }
  const backs = [
    of<Back>(await give(1, 1)),
    of<Back>(await give(1, 2, 'sellable')),
    of<Back>(await give(2, 1)),
    of<Back>(await give(2, 2)),
  ]
  assert.deepEqual(
    backs.map((b) => b.refunded),
    [1111, 2222, 733, 1466],
  )
  assert.equal(
    backs.reduce((n, b) => n + b.points_taken, 0),
    earned,
    'every point that was earned',
  )
  assert.equal(await points(card), before)
  assert.equal(await free(food), shelf + 2, 'what is in quarantine is not for sale')
  assert.equal(code(await give(1, 1)), 'desk.more_than_shipped')
  const seen = await see(order)
  assert.deepEqual([seen.captured, seen.lines.map((l) => l.returned)], [total - 3 * 1111 - 3 * 733, [3, 3]])
})

test('points for a shipment are given once, also when its event is read again', async () => {
  const card = '2900000000025'
  await receive('NOTE-INDIGO', 10)
  const before = await points(card)
  const { order } = await placed([{ sku: 'NOTE-INDIGO', quantity: 4 }], { member: card })
  await act(order, 'ship', { lines: [{ line: 1, quantity: 1 }] })
  await act(order, 'ship', {})
  await eventually(async () => (await points(card)) === before + Math.floor((4 * 733) / 100))
  const { rows } = await db.query(
    `select epoch, seq, body from kernel.event where kind = 'stock.shipped' and subject = $1`,
    [`order:${order}`],
  )
  assert.equal(rows.length, 2)
  const repeated = shop.services.gate.stats.repeated
  const follower = shipmentEarns(shop.services.gate) as unknown as {
    react(happened: unknown[]): Promise<void>
  }
  for (let i = 0; i < 3; i++) await follower.react(rows)
  assert.ok(shop.services.gate.stats.repeated >= repeated + 6, 'the second reading was answered from memory')
  assert.equal(await points(card), before + Math.floor((4 * 733) / 100))
})

test('a set moves its parts: held, shipped in part, cancelled, returned', async () => {
  const {
    id,
    code: set,
    components,
  } = (
    await db.query(
      `select id, code, components from catalog.sku where components is not null order by id limit 1`,
    )
  ).rows[0] as { id: number; code: string; components: { sku: number; quantity: number }[] }
  const parts = (
    await db.query('select id, code from catalog.sku where id = any($1)', [components.map((c) => c.sku)])
  ).rows as { id: number; code: string }[]
  for (const p of parts) await receive(p.code, 10)
  const count = async () => Promise.all(parts.map((p) => free(p.code)))
  const before = await count()
  const each = parts.map((p) => components.find((c) => c.sku === p.id)!.quantity)
  const { order } = await placed([{ sku: set, quantity: 3 }])
  assert.deepEqual(
    await count(),
    before.map((n, i) => n - 3 * each[i]!),
  )
  assert.equal((await act(order, 'ship', { lines: [{ line: 1, quantity: 1 }] })).status, 200)
  assert.equal((await act(order, 'cancel', { reason: 'x' })).status, 200)
  assert.deepEqual(
    await count(),
    before.map((n, i) => n - each[i]!),
  )
  assert.equal(
    (
      await act(order, 'returns', {
        lines: [{ line: 1, quantity: 1 }],
        place: 'east',
        condition: 'sellable',
        reason: 'x',
      })
    ).status,
    200,
  )
  assert.deepEqual(await count(), before)
  assert.equal(
    Number(
      (
        await db.query('select count(*) as n from ledger.account where unit = $1 and book = $2', [
          id,
          'stock',
        ])
      ).rows[0].n,
    ),
    0,
    'the set has no shelf of its own',
  )
})

test('a mall’s order sent twenty times at once is one order', async () => {
  await receive('NOTE-INDIGO', 5)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      mallOrder('SAME-20', [{ sku: 'NOTE-INDIGO', quantity: 1, unit_price: 733 }], 733),
    ),
  )
  assert.ok(answers.every((a) => a.status === 200))
  assert.equal(new Set(answers.map((a) => of<{ order: number }>(a).order)).size, 1)
  const first = answers.filter((a) => !of<{ already: boolean }>(a).already).length
  assert.equal(first, 1)
  console.log(
    `# 20 sendings of one mall order at once: 1 order, ${answers.length - first} answered “already”`,
  )
})

test('a mall’s facts are kept: an unknown code on two lines and in ten orders at once, a total that does not sum, discounts larger than the goods', async () => {
  const twice = await mallOrder(
    'U-1',
    [
      { sku: 'NEW-1', quantity: 1, unit_price: 100 },
      { sku: 'NEW-1', quantity: 2, unit_price: 100 },
    ],
    300,
  )
  assert.equal(twice.status, 200, JSON.stringify(twice.body))
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      mallOrder(`U-2-${i}`, [{ sku: 'NEW-2', quantity: 1, unit_price: 100 }], 100),
    ),
  )
  assert.ok(
    answers.every((a) => a.status === 200),
    JSON.stringify(answers.find((a) => a.status !== 200)?.body),
  )
  assert.equal(
    (await db.query(`select count(*)::int as n from catalog.sku where code in ('NEW-1', 'NEW-2')`)).rows[0].n,
    2,
  )
  const first = (await see(of<{ order: number }>(twice).order)) as Order & {
    shortages: { next_step: string }[]
  }
  assert.ok(first.shortages.every((s) => s.next_step === 'register_sku'))
  const cases: [number, object][] = [
    [733, {}],
    [700, {}],
    [900, {}],
    [0, {}],
    [1233, { shipping: 500 }],
    [100, { shipping: 100, discount: 733 }],
    [50, { shipping: 100, discount: 2000 }],
    [0, { shipping: 500, fee: 100 }],
    [999_999, { discount: 10 }],
  ]
  for (const [total, more] of cases) {
    const answer = await mallOrder(
      `SUM-${total}-${JSON.stringify(more).length}`,
      [{ sku: 'NOTE-INDIGO', quantity: 1, unit_price: 733 }],
      total,
      more,
    )
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    const seen = of<
      Order & { goods: number; shipping: number; fee: number; discount: number; taxes: { due: number }[] }
    >(await owner('GET', `/admin/v1/orders/${of<{ order: number }>(answer).order}`))
    assert.equal(seen.goods + seen.shipping + seen.fee - seen.discount, total)
    assert.ok(seen.shipping >= 0 && seen.fee >= 0 && seen.discount >= 0)
    assert.equal(
      seen.taxes.reduce((s, t) => s + t.due, 0),
      total,
    )
    assert.equal(seen.captured, total)
  }
})

test('a shortage: kept, assigned, goods received elsewhere, solved there, shipped from there', async () => {
  const sku = 'INCENSE-SAKURA'
  const fact = of<{ order: number; short: { quantity: number }[] }>(
    await mallOrder('SHORT-1', [{ sku, quantity: 5, unit_price: 100 }], 500),
  )
  assert.equal(fact.short[0]!.quantity, 5)
  assert.equal((await see(fact.order)).status, 'short')
  assert.equal(code(await act(fact.order, 'ship', {})), 'stock.nothing_held')
  const mine = async () =>
    of<{ items: { shortage: number; order: number; quantity: number; owner: string }[] }>(
      await owner('GET', '/admin/v1/shortages?limit=200'),
    ).items.find((s) => s.order === fact.order)
  const { shortage } = (await mine())!
  const solve = (body: object = {}) => owner('POST', `/admin/v1/shortages/${shortage}/solve`, body)
  assert.equal(code(await solve()), 'desk.no_goods')
  assert.equal(
    (
      await owner('POST', `/admin/v1/shortages/${shortage}/assign`, {
        owner: 'call',
        deadline: '2026-12-01T00:00:00+09:00',
      })
    ).status,
    200,
  )
  assert.equal((await mine())!.owner, 'call')
  await receive(sku, 2, 'tenjin')
  assert.equal(code(await solve({ place: 'east' })), 'desk.no_goods')
  assert.deepEqual(of(await solve()), { covered: 2, left: 3 })
  assert.equal((await mine())!.quantity, 3)
  await receive(sku, 9, 'kyoto')
  // Twenty hands take the same goods for the same shortage.
  const answers = await Promise.all(Array.from({ length: 20 }, () => solve()))
  assert.equal(answers.filter((a) => a.status === 200).length, 1)
  assert.equal(await mine(), undefined)
  assert.equal(await free(sku, 'kyoto'), 6)
  const moved = of<{ items: { reason: string; from_kind: string; to_kind: string; amount: number }[] }>(
    await owner('GET', `/admin/v1/orders/${fact.order}/movements`),
  ).items.filter((m) => m.reason.startsWith('stock.'))
  assert.deepEqual(
    moved.map((m) => [m.reason, m.from_kind, m.to_kind, m.amount]),
    [
      ['stock.short', 'stock.short', 'stock.held', 5],
      ...[2, 3].flatMap((n) => [
        ['stock.covered_elsewhere', 'stock.on_hand', 'stock.held', n],
        ['stock.covered_elsewhere', 'stock.held', 'stock.short', n],
      ]),
    ],
  )
  assert.equal((await act(fact.order, 'ship', {})).status, 200)
  const line = (await see(fact.order)).lines[0]!
  assert.deepEqual(
    line.allocations
      .filter((a) => a.shipped > 0)
      .map((a) => [a.place_code, a.shipped])
      .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    [
      ['kyoto', 3],
      ['tenjin', 2],
    ],
  )
  assert.equal((await see(fact.order)).state, 'closed')
})

test('a short order cancelled gives back what was there and drops what never was', async () => {
  const sku = 'CARDIGAN-NATURAL-S'
  await receive(sku, 2)
  const fact = of<{ order: number }>(await mallOrder('SHORT-2', [{ sku, quantity: 5, unit_price: 100 }], 500))
  const back = of<{ released: number; refunded: number }>(await act(fact.order, 'cancel', { reason: 'x' }))
  assert.deepEqual([back.released, back.refunded], [2, 500])
  assert.equal(await free(sku), 2)
})

test('the order list follows what a mall gives up of an order, also what was never on a shelf, and what it asks less', async () => {
  const sku = 'TEE-SAGE-XXL'
  const { order } = of<{ order: number }>(
    await mallOrder('LESS-1', [{ sku, quantity: 5, unit_price: 100 }], 500, { paid: false }),
  )
  type Row = { order: number; owed: number; short: number }
  const row = async () => {
    const { items } = of<{ items: Row[] }>(await owner('GET', `/admin/v1/orders?q=${order}`))
    const { owed, short } = items.find((i) => i.order === order)!
    return [owed, short]
  }
  const isSoon = (expected: number[]) =>
    eventually(async () => JSON.stringify(await row()) === JSON.stringify(expected))
  const change = (quantity: number, total: number) =>
    shop.services.gate.run(changeMallOrder, { order, left: { items: [{ lines: [1], quantity }], total } })
  await isSoon([500, 5])
  // Two of five that are short, and not paid: nothing goes back to a shelf, no money moves.
  assert.equal(await change(3, 300), 'given_up')
  await isSoon([300, 3])
  assert.equal(await change(3, 250), 'given_up')
  await isSoon([250, 3])
})

test('ten hands ship the same order: once', async () => {
  const { order } = await placed([{ sku: 'TEE-WHITE-M', quantity: 2 }])
  const answers = await Promise.all(Array.from({ length: 10 }, () => act(order, 'ship', {})))
  assert.equal(answers.filter((a) => a.status === 200).length, 1)
  assert.ok(
    answers.every((a) => a.status === 200 || ['stock.nothing_held', 'orders.not_open'].includes(code(a)!)),
  )
  assert.equal(
    (await db.query('select count(*)::int as n from fulfilment.shipment where "order" = $1', [order])).rows[0]
      .n,
    1,
  )
})
