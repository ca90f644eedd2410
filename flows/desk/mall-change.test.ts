import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeMallOrder } from '#flows/desk'
import { of, standShop } from '#testing'

/** A mall says less, more, or nothing of an order that is here. */
const { shop, db, owner, free, receive } = await standShop({ work: false })
type Line = { line: number; held: number; short: number; shipped: number; cancelled: number }
type Order = { state: string; total: number; owed: number; captured: number; refunded: number; lines: Line[] }
const see = async (order: number) => of<Order>(await owner('GET', `/admin/v1/orders/${order}`))
let n = 0
async function sold(lines: { sku: string; quantity: number; unit_price: number }[], paid = true) {
  const total = lines.reduce((sum, l) => sum + l.quantity * l.unit_price, 500)
  const answer = await owner('POST', '/admin/v1/mall-orders', {
    channel: 'outside',
    external_id: `CHANGE-${++n}`,
    placed_at: '2026-11-22T10:00:00+09:00',
    lines,
    shipping: 500,
    total,
    paid,
    destination: { contact: {}, address: {} },
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { ...of<{ order: number }>(answer), total }
}
type Left = NonNullable<Parameters<typeof changeMallOrder>[1]['left']>
const change = (order: number, left: Left | undefined) =>
  shop.services.gate.run(changeMallOrder, { order, left })
const shortages = async (order: number) =>
  (await db.query(`select state from fulfilment.shortage where "order" = $1 order by id`, [order])).rows.map(
    (r) => r.state as string,
  )

test('what a mall gives up goes back to its shelf and its price to the buyer, whoever may refund; told again, nothing', async () => {
  await receive('TEE-WHITE-M', 10)
  const before = await free('TEE-WHITE-M')
  const { order, total } = await sold([{ sku: 'TEE-WHITE-M', quantity: 3, unit_price: 2000 }])
  const left = { items: [{ lines: [1], quantity: 2 }], total: total - 2000 }
  assert.equal(await change(order, left), 'given_up')
  assert.equal(await change(order, left), 'nothing')
  const o = await see(order)
  assert.deepEqual(
    [o.state, o.lines[0]!.held, o.lines[0]!.cancelled, o.owed, o.captured, o.refunded],
    ['open', 2, 1, 0, total - 2000, 2000],
  )
  assert.equal(await free('TEE-WHITE-M'), before - 2)
  assert.equal(await change(order, undefined), 'given_up')
  assert.equal(await change(order, undefined), 'nothing')
  const end = await see(order)
  assert.deepEqual([end.state, end.owed, end.captured, end.refunded], ['cancelled', 0, 0, total])
  assert.equal(await free('TEE-WHITE-M'), before)
})

test('what is missing is given up before what is there; a shortage ends when nothing of it is left', async () => {
  await receive('OVAL-OCHRE', 2)
  const has = await free('OVAL-OCHRE')
  const quantity = has + 3
  const { order, total } = await sold([{ sku: 'OVAL-OCHRE', quantity, unit_price: 1000 }], false)
  const to = (q: number) => ({
    items: [{ lines: [1], quantity: q }],
    total: total - (quantity - q) * 1000,
  })
  assert.equal(await change(order, to(has + 1)), 'given_up')
  assert.deepEqual((await see(order)).lines[0]!.short, 1)
  assert.deepEqual(await shortages(order), ['open'])
  assert.equal(await change(order, to(has)), 'given_up')
  const o = await see(order)
  assert.deepEqual([o.lines[0]!.held, o.lines[0]!.short, o.owed], [has, 0, total - 3000])
  assert.deepEqual(await shortages(order), ['cancelled'])
  assert.equal(await free('OVAL-OCHRE'), 0)
  assert.equal(await change(order, undefined), 'given_up')
  assert.equal(await free('OVAL-OCHRE'), has)
})

test('of a set whole sets are given up; one item of theirs may be several lines of ours', async () => {
  const { rows } = await db.query(
    `select s.code, s.components from catalog.sku s where s.components is not null order by s.id limit 1`,
  )
  const set = rows[0] as { code: string; components: { sku: number; quantity: number }[] }
  for (const c of set.components)
    await receive((await db.query('select code from catalog.sku where id = $1', [c.sku])).rows[0].code, 20)
  const { order, total } = await sold([
    { sku: set.code, quantity: 2, unit_price: 1000 },
    { sku: set.code, quantity: 1, unit_price: 1001 },
  ])
  assert.equal(
    await change(order, { items: [{ lines: [1, 2], quantity: 1 }], total: total - 2001 }),
    'given_up',
  )
  const o = await see(order)
  assert.deepEqual(
    [o.lines.map((l) => [l.held, l.cancelled]), o.captured],
    [
      [
        [1, 1],
        [0, 1],
      ],
      total - 2001,
    ],
  )
})

test('what has left the house and what grew is for a person: nothing is changed', async () => {
  await receive('TEE-WHITE-M', 10)
  const { order, total } = await sold([{ sku: 'TEE-WHITE-M', quantity: 2, unit_price: 2000 }])
  const told = (quantity: number, sum = total) => ({ items: [{ lines: [1], quantity }], total: sum })
  const before = await see(order)
  assert.equal(await change(order, told(3)), 'grew')
  assert.equal(await change(order, told(2, total + 1)), 'grew')
  assert.equal(
    await change(order, {
      items: [
        { lines: [1], quantity: 2 },
        { lines: [], quantity: 1 },
      ],
      total,
    }),
    'grew',
  )
  assert.deepEqual(await see(order), before)
  const ship = (quantity: number) =>
    owner('POST', `/admin/v1/orders/${order}/ship`, { lines: [{ line: 1, quantity }] })
  assert.equal((await ship(1)).status, 200)
  assert.equal(await change(order, told(0, 0)), 'left_the_house')
  // One is still here: it stays here, the other has gone and is paid for.
  assert.equal(await change(order, undefined), 'given_up')
  assert.equal(await change(order, undefined), 'left_the_house')
  const o = await see(order)
  assert.deepEqual([o.lines[0]!.shipped, o.lines[0]!.cancelled], [1, 1])
})
