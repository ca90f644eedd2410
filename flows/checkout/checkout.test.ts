import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expireHolds } from '#doors/worker'
import { buy, code, forkShop, of, standShop, type Client } from '#testing'
import { lastUnits } from './last-units.campaign.ts'
import { sameKey } from './same-key.campaign.ts'

const { shop, db, owner, one, free, receive } = await standShop({ work: false })
type Quote = {
  total: number
  goods: number
  shipping: number
  fee: number
  taxes: { rate: number; due: number; tax: number }[]
  terms: Record<string, unknown>
}
const contact = { family: '山田', given: '花子', email: 'hanako@example.jp', phone: '090-0000-0000' }
const address = { postal: '150-0001', prefecture: 13, city: '渋谷区', line1: '神宮前1-1' }

async function prepared(lines: { sku: string; quantity: number }[], more: object = {}) {
  const client = shop.client()
  const made = await client('POST', '/store/v1/carts', { lines })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const { cart, token } = of<{ cart: string; token: string }>(made)
  const headers = { 'akinai-cart-token': token }
  const quote = await client(
    'PUT',
    `/store/v1/carts/${cart}/checkout`,
    { contact, address, payment: 'cod', ...more },
    { headers },
  )
  const place = (expects: number, key: string = crypto.randomUUID()) =>
    client('POST', '/store/v1/orders', { cart, expects }, { headers, key })
  return { client, cart, headers, quote, total: of<Quote>(quote).total, place }
}

test('a cart becomes an order: prices frozen, stock held, money owed; or nothing at all', async () => {
  const before = await free('TEE-WHITE-M')
  const p = await prepared([{ sku: 'TEE-WHITE-M', quantity: 2 }])
  assert.equal(await free('TEE-WHITE-M'), before, 'looking at the price promises nothing')
  const no = await p.place(p.total + 1)
  assert.deepEqual([no.status, code(no)], [409, 'pricing.changed'])
  assert.equal(await free('TEE-WHITE-M'), before)
  const placed = await p.place(p.total)
  const { order, total } = of<{ order: number; total: number }>(placed)
  assert.deepEqual([placed.status, total], [200, p.total])
  assert.equal(await free('TEE-WHITE-M'), before - 2)
  assert.equal(
    (await one('select balance from ledger.account where id = (21::bigint << 44) + $1::bigint', [order]))
      .balance,
    total,
  )
  const again = await p.place(p.total)
  assert.deepEqual([again.status, code(again)], [409, 'carts.closed'])
  // What it cost stays, whatever it costs now.
  await owner('PUT', '/admin/v1/prices', { lines: [{ sku: 'TEE-WHITE-M', price: 1 }] })
  assert.equal(of<{ total: number }>(await owner('GET', `/admin/v1/orders/${order}`)).total, total)
})

test('a page that asks for everything at once needs two calls, and sells the same for the same', async () => {
  const lines = [
    { sku: 'TEE-WHITE-M', quantity: 1 },
    { sku: 'TEE-WHITE-M', quantity: 2 },
  ]
  // The window has seen by then what the orders before this one took.
  await new Promise((r) => setTimeout(r, 500))
  const slow = await prepared(lines)
  const client = shop.client()
  const ask = { lines, contact, address, payment: 'cod' }
  const key = crypto.randomUUID()
  const made = await client('POST', '/store/v1/checkouts', ask, { key })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const { cart, token, ...quote } = of<Quote & { cart: string; token: string }>(made)
  const { cart: _, ...same } = of<Quote & { cart: string }>(slow.quote)
  assert.deepEqual(quote, same)
  assert.deepEqual(of(await client('POST', '/store/v1/checkouts', ask, { key })), made.body)
  const headers = { 'akinai-cart-token': token }
  const placed = await client('POST', '/store/v1/orders', { cart, expects: quote.total }, { headers })
  assert.deepEqual([placed.status, of<{ total: number }>(placed).total], [200, slow.total])
  const none = await client('POST', '/store/v1/checkouts', {
    ...ask,
    lines: [{ sku: 'NO-SUCH', quantity: 1 }],
  })
  assert.equal(code(none), 'catalog.sku_missing')
  assert.equal(
    (await client('POST', '/store/v1/checkouts', { ...ask, address: { ...address, prefecture: 48 } })).status,
    400,
  )
})

test('what another process took or brought is noticed at once, whatever this one remembers of the shelf', async () => {
  const other = await forkShop(shop)
  try {
    const there = await other.staff('owner')
    const count = (by: Client, quantity: number) =>
      by('POST', '/admin/v1/stock/counts', { place: 'east', lines: [{ sku: 'KYUSU-CHARCOAL', quantity }] })
    for (const place of ['west', 'kichijoji', 'kyoto'])
      await owner('POST', '/admin/v1/stock/counts', {
        place,
        lines: [{ sku: 'KYUSU-CHARCOAL', quantity: 0 }],
      })
    assert.equal((await count(owner, 3)).status, 200)
    const buy = async () => {
      const p = await prepared([{ sku: 'KYUSU-CHARCOAL', quantity: 1 }])
      return p.place(p.total)
    }
    assert.equal((await buy()).status, 200) // from now on this process remembers three
    assert.equal((await count(there, 0)).status, 200)
    assert.equal(code(await buy()), 'stock.out')
    assert.equal((await count(there, 2)).status, 200)
    assert.deepEqual([(await buy()).status, (await buy()).status], [200, 200])
    assert.equal(code(await buy()), 'stock.out')
    // A price, too, within the moment that the journal needs.
    const before = (await prepared([{ sku: 'GUINOMI', quantity: 1 }])).total
    const { body } = await there('PUT', '/admin/v1/prices', { lines: [{ sku: 'GUINOMI', price: 4321 }] })
    assert.ok(body)
    const began = performance.now()
    while ((await prepared([{ sku: 'GUINOMI', quantity: 1 }])).total === before)
      assert.ok(performance.now() - began < 5000, 'a price changed elsewhere was not seen')
  } finally {
    await other.close()
  }
})

test('vectors A and B of JAPAN.md through the API: rounded once per rate', async () => {
  await owner('PUT', '/admin/v1/prices', { lines: [{ sku: 'MUG-WHITE', price: 13_582 }] })
  const b = of<Quote>(
    (await prepared([{ sku: 'MUG-WHITE', quantity: 2 }], { payment: 'bank_transfer' })).quote,
  )
  assert.deepEqual([b.total, b.taxes], [27_164, [{ rate: 1000, due: 27_164, tax: 2469 }]])
  // A: a mall's coupon of 92 over 1,595 at 10 % and 7,398 at 8 %.
  const food = (
    await one(
      `select s.code from catalog.sku s join catalog.product p on p.id = s.product where p.tax_class = 'reduced' and s.components is null order by s.id limit 1`,
    )
  ).code
  const a = await owner('POST', '/admin/v1/mall-orders', {
    channel: 'rakuten',
    external_id: 'VECTOR-A',
    placed_at: '2026-11-22T10:00:00+09:00',
    lines: [
      { sku: 'TEE-WHITE-M', quantity: 1, unit_price: 1595 },
      { sku: food, quantity: 1, unit_price: 7398 },
    ],
    discount: 92,
    total: 8901,
    paid: true,
    destination: { contact: {}, address: {} },
  })
  const told = of<Quote>(await owner('GET', `/admin/v1/orders/${of<{ order: number }>(a).order}`))
  assert.deepEqual(
    [told.total, told.taxes],
    [
      8901,
      [
        { rate: 1000, due: 1579, tax: 143 },
        { rate: 800, due: 7322, tax: 542 },
      ],
    ],
  )
  // Mixed rates with shipping and fee, which bear the standard rate.
  const mixed = of<Quote>(
    (
      await prepared([
        { sku: food, quantity: 1 },
        { sku: 'NOTE-INDIGO', quantity: 1 },
      ])
    ).quote,
  )
  assert.equal(
    mixed.taxes.reduce((s, t) => s + t.due, 0),
    mixed.total,
  )
  assert.deepEqual(
    mixed.taxes.map((t) => t.rate),
    [1000, 800],
  )
  for (const t of mixed.taxes) assert.equal(t.tax, Math.floor((t.due * t.rate) / (10_000 + t.rate)))
})

test('cash on delivery and bank transfer: fees, Okinawa, free shipping, the deadline, the final confirmation', async () => {
  await owner('PUT', '/admin/v1/prices', { lines: [{ sku: 'NOTE-INDIGO', price: 1000 }] })
  const ask = async (quantity: number, more: object = {}) =>
    of<Quote>((await prepared([{ sku: 'NOTE-INDIGO', quantity }], more)).quote)
  const cod = await ask(1)
  assert.deepEqual([cod.goods, cod.shipping, cod.fee, cod.total], [1000, 600, 330, 1930])
  const transfer = await ask(1, { payment: 'bank_transfer' })
  assert.deepEqual([transfer.shipping, transfer.fee, transfer.total], [600, 0, 1600])
  assert.equal((await ask(7)).shipping, 600)
  assert.equal((await ask(8)).shipping, 0)
  assert.equal((await ask(8, { address: { ...address, prefecture: 47 } })).shipping, 1200)
  assert.deepEqual([(await ask(10)).fee, (await ask(11)).fee], [330, 440])
  for (const name of ['quantity', 'total', 'when_to_pay', 'delivery', 'cancellation', 'offer_until'])
    assert.ok(name in transfer.terms, name)
  const p = await prepared([{ sku: 'NOTE-INDIGO', quantity: 1 }], { payment: 'bank_transfer' })
  const placed = of<{ order: number; pay_by: string }>(await p.place(p.total))
  const days = (Date.parse(placed.pay_by) - Date.now()) / 86_400_000
  assert.ok(days > 6.99 && days < 7.01)
  assert.equal(
    (await one('select terms->>$2 as t from orders.header where id = $1', [placed.order, 'total'])).t,
    String(p.total),
  )
})

test('a cart is rounded as its shop rounds, so that it shows what checkout asks', async () => {
  const sku = 'NOTE-NATURAL'
  const { id } = await one('select id from catalog.sku where code = $1', [sku])
  // 7.5 yen: three of them are 22 or 23.
  await db.query(
    `insert into pricing.price (id, sku, shop, unit_price, valid_from) values (nextval('kernel.number'), $1, 1, 75000, now())`,
    [id],
  )
  await db.query(`update shops.shop set rounding = 'up' where id = 1`)
  try {
    await new Promise((r) => setTimeout(r, 1100)) // as long as a shop is remembered
    const lines = [{ sku, quantity: 3 }]
    const made = of<{ goods: number; lines: { amount: number }[] }>(
      await shop.client()('POST', '/store/v1/carts', { lines }),
    )
    assert.deepEqual([made.goods, made.lines[0]!.amount], [23, 23])
    assert.equal(of<Quote>((await prepared(lines)).quote).goods, 23)
  } finally {
    await db.query(`update shops.shop set rounding = 'down' where id = 1`)
    await new Promise((r) => setTimeout(r, 1100))
  }
})

test('refusals: unready, empty, sold out, archived, unknown, over the COD limit', async () => {
  const client = shop.client()
  const made = of<{ cart: string; token: string }>(
    await client('POST', '/store/v1/carts', { lines: [{ sku: 'NOTE-INDIGO', quantity: 1 }] }),
  )
  const headers = { 'akinai-cart-token': made.token }
  assert.equal(
    code(await client('GET', `/store/v1/carts/${made.cart}/checkout`, undefined, { headers })),
    'carts.unready',
  )
  assert.equal(
    code(await client('POST', '/store/v1/orders', { cart: made.cart, expects: 1 }, { headers })),
    'carts.unready',
  )
  await client('PUT', `/store/v1/carts/${made.cart}/lines`, { lines: [] }, { headers })
  assert.equal(
    code(
      await client(
        'PUT',
        `/store/v1/carts/${made.cart}/checkout`,
        { contact, address, payment: 'cod' },
        { headers },
      ),
    ),
    'carts.empty',
  )
  const out = await buy(shop.client(), [{ sku: 'MUG-MOSS', quantity: 1 }])
  assert.deepEqual([out.status, code(out)], [422, 'stock.out'])
  assert.deepEqual(of<{ detail: { short: unknown } }>(out).detail.short, [
    { sku: 'MUG-MOSS', wanted: 1, left: 0 },
  ])
  assert.equal(
    code(await client('POST', '/store/v1/carts', { lines: [{ sku: 'NO-SUCH', quantity: 1 }] })),
    'catalog.sku_missing',
  )
  await owner('POST', '/admin/v1/mall-orders', {
    channel: 'rakuten',
    external_id: 'UNREG-1',
    placed_at: '2026-11-22T10:00:00+09:00',
    lines: [{ sku: 'UNREG', quantity: 1, unit_price: 1 }],
    total: 1,
    paid: true,
    destination: { contact: {}, address: {} },
  })
  assert.equal(
    code(await client('POST', '/store/v1/carts', { lines: [{ sku: 'UNREG', quantity: 1 }] })),
    'catalog.sku_archived',
  )
  assert.equal(
    code(await buy(shop.client(), [{ sku: 'NOTE-INDIGO', quantity: 301 }])),
    'payments.method_unknown',
  )
})

test('sake is sold to nobody without a birth date, nor under twenty, nor put into the cart afterwards', async () => {
  const { code: sake } = await one(
    `select s.code from catalog.sku s join catalog.product p on p.id = s.product where p.age = 20 and s.components is null order by s.id limit 1`,
  )
  await receive(sake, 5)
  const today = Temporal.Now.plainDateISO('Asia/Tokyo')
  const on = (years: number, days: number) => today.subtract({ years }).add({ days }).toString()
  for (const [birth, sold] of [
    [undefined, false],
    [on(19, 0), false],
    [on(20, 1), false],
    [on(20, 0), true],
    ['1980-01-01', true],
    [today.add({ days: 1 }).toString(), false],
  ] as const) {
    const answer = await buy(
      shop.client(),
      [{ sku: sake, quantity: 1 }],
      birth === undefined ? {} : { birth_date: birth },
    )
    assert.deepEqual(
      [answer.status, code(answer)],
      sold ? [200, undefined] : [422, 'checkout.age'],
      String(birth),
    )
  }
  const p = await prepared([{ sku: 'NOTE-INDIGO', quantity: 1 }])
  await p.client(
    'POST',
    `/store/v1/carts/${p.cart}/lines`,
    { sku: sake, quantity: 1 },
    { headers: p.headers },
  )
  assert.equal(code(await p.place(p.total)), 'checkout.age')
})

test('P21: no number and no id of checkout changes what is paid', async () => {
  const seen: Record<string, number> = {}
  let tried = 0
  const fair = await prepared([{ sku: 'NOTE-INDIGO', quantity: 2 }])
  const numbers = [
    -1,
    0,
    0.5,
    1,
    fair.total - 1,
    fair.total + 1,
    fair.total * 10,
    -fair.total,
    2 ** 31,
    2 ** 53,
    1e21,
    null,
    '',
    String(fair.total),
    true,
    [fair.total],
    { total: 1 },
  ]
  for (const n of numbers) {
    const answer = await fair.client(
      'POST',
      '/store/v1/orders',
      { cart: fair.cart, expects: n },
      { headers: fair.headers },
    )
    assert.ok(answer.status === 400 || answer.status === 409, `${JSON.stringify(n)}: ${answer.status}`)
    seen[answer.status] = (seen[answer.status] ?? 0) + 1
    tried++
  }
  // Fields that would be worth money, on every call, at every level.
  const wishes = [
    'price',
    'unit_price',
    'amount',
    'total',
    'goods',
    'discount',
    'points',
    'shipping',
    'fee',
    'rate',
    'taxes',
    'rounding',
    'shop',
    'currency',
    'buyer',
    'person',
    'member_id',
    'adult',
    'state',
    'pay_by',
    'version',
    'id',
  ]
  for (const wish of wishes) {
    const line = { sku: 'NOTE-INDIGO', quantity: 2 }
    const calls: [string, string, object][] = [
      ['POST', '/store/v1/carts', { lines: [line], [wish]: 1 }],
      ['POST', '/store/v1/carts', { lines: [{ ...line, [wish]: 1 }] }],
      ['POST', `/store/v1/carts/${fair.cart}/lines`, { ...line, [wish]: 1 }],
      ['PUT', `/store/v1/carts/${fair.cart}/lines`, { lines: [{ ...line, [wish]: 1 }] }],
      ['PUT', `/store/v1/carts/${fair.cart}/checkout`, { contact, address, payment: 'cod', [wish]: 1 }],
      [
        'PUT',
        `/store/v1/carts/${fair.cart}/checkout`,
        { contact: { ...contact, [wish]: 1 }, address, payment: 'cod' },
      ],
      [
        'PUT',
        `/store/v1/carts/${fair.cart}/checkout`,
        { contact, address: { ...address, [wish]: 1 }, payment: 'cod' },
      ],
      ['POST', '/store/v1/orders', { cart: fair.cart, expects: fair.total, [wish]: 1 }],
    ]
    for (const [method, path, body] of calls) {
      assert.equal(
        (await fair.client(method, path, body, { headers: fair.headers })).status,
        400,
        `${path} ${wish}`,
      )
      tried++
    }
  }
  assert.equal(
    (
      await fair.client(
        'POST',
        '/store/v1/orders?total=1&unit_price=1&discount=1',
        { cart: fair.cart, expects: fair.total },
        { headers: fair.headers },
      )
    ).status,
    200,
  )
  const { order, total } = await one('select id as "order", total from orders.header where cart = $1', [
    fair.cart,
  ])
  assert.equal(total, fair.total)
  assert.equal((await one(`select count(*)::int as n from orders.header where cart = $1`, [fair.cart])).n, 1)
  assert.ok(order > 0 && (seen[409] ?? 0) >= 4 && (seen[400] ?? 0) >= 8)
  console.log(`# P21: ${tried} mutations of checkout, 0 changed totals`)
})

test('P7: a lost reply asked for again is the same answer, under the same key another body is a conflict', async () => {
  console.log(`# P7: ${await sameKey(shop, db, { orders: 20, together: 20 })}`)
})

test('a hold ends with the payment’s deadline, not before, and not when the money has come', async () => {
  await receive('GUINOMI', 10)
  const place = async () =>
    of<{ order: number; total: number }>(
      await buy(shop.client(), [{ sku: 'GUINOMI', quantity: 1 }], { payment: 'bank_transfer' }),
    )
  const [early, late, paid, part] = [await place(), await place(), await place(), await place()]
  const held = await free('GUINOMI')
  const due = (order: number, when: string) =>
    db.query(`update orders.header set pay_by = now() + $2::interval where id = $1`, [order, when])
  const expire = () => expireHolds(shop.services.gate, shop.services.pool)
  assert.equal(await expire(), 0)
  await due(early.order, '2 seconds')
  assert.equal(await expire(), 0, 'two seconds before')
  await due(late.order, '-1 second')
  await due(paid.order, '-1 second')
  await due(part.order, '-1 second')
  assert.equal(
    (await owner('POST', `/admin/v1/orders/${paid.order}/captures`, { amount: paid.total })).status,
    200,
  )
  assert.equal((await owner('POST', `/admin/v1/orders/${part.order}/captures`, { amount: 1 })).status, 200)
  assert.equal(await expire(), 1)
  assert.equal(await free('GUINOMI'), held + 1)
  const state = async (order: number) =>
    (await one('select state from orders.header where id = $1', [order])).state
  assert.deepEqual(
    [await state(early.order), await state(late.order), await state(paid.order), await state(part.order)],
    ['open', 'cancelled', 'open', 'open'],
  )
  const afterwards = await owner('POST', `/admin/v1/orders/${late.order}/captures`, { amount: late.total })
  assert.deepEqual([afterwards.status, code(afterwards)], [409, 'orders.not_open'])
  assert.equal(await expire(), 0)
})

test('the money and the deadline at the same moment: paid or expired, never both, never neither', async () => {
  const n = 40
  await receive('GUINOMI', n)
  const orders: { order: number; total: number }[] = []
  for (let i = 0; i < n; i++)
    orders.push(of(await buy(shop.client(), [{ sku: 'GUINOMI', quantity: 1 }], { payment: 'bank_transfer' })))
  await db.query(`update orders.header set pay_by = now() - interval '1 second' where id = any($1)`, [
    orders.map((o) => o.order),
  ])
  const expired = Promise.withResolvers<void>()
  const pays = orders.map(async (o, i) => {
    // The first is there before the deadline is looked at, the last comes after it, the others are as they are.
    if (i === n - 1) await expired.promise
    else await new Promise((r) => setTimeout(r, i % 2 ? 0 : Math.random() * 60))
    return owner('POST', `/admin/v1/orders/${o.order}/captures`, { amount: o.total })
  })
  const [, ...answers] = await Promise.all([
    (async () => {
      await Promise.race(pays)
      for (let i = 0; i < 5; i++) await expireHolds(shop.services.gate, shop.services.pool)
      expired.resolve()
    })(),
    ...pays,
  ])
  const paid = answers.filter((a) => a.status === 200).length
  const { rows } = await db.query(
    `select h.state, coalesce(c.balance, 0) as captured, coalesce(o.balance, 0) as owed, h.total, (select coalesce(sum(a.balance), 0) from fulfilment.allocation f join ledger.account a on a.id = (2::bigint << 44) + f.id where f."order" = h.id) as held
    from orders.header h left join ledger.account c on c.id = (22::bigint << 44) + h.id left join ledger.account o on o.id = (21::bigint << 44) + h.id where h.id = any($1)`,
    [orders.map((o) => o.order)],
  )
  for (const r of rows)
    assert.ok(
      r.state === 'cancelled'
        ? Number(r.captured) === 0 && Number(r.held) === 0 && Number(r.owed) === 0
        : Number(r.captured) === r.total && Number(r.held) === 1,
      JSON.stringify(r),
    )
  assert.equal(rows.filter((r) => r.state === 'open').length, paid)
  assert.ok(paid > 0 && paid < n, `paid ${paid} of ${n}: the race was not run`)
  console.log(`# pay against expire, ${n} races: ${paid} paid, ${n - paid} expired, 0 both, 0 neither`)
})

test(
  'P3: the last ten units, wanted by a thousand through web, till and mall at once (3 seeds)',
  { timeout: 150_000 },
  async () => {
    for (let seed = 1; seed <= 3; seed++)
      console.log(`# P3 seed ${seed}: ${await lastUnits(shop, db, { seed, buyers: 1000 })}`)
  },
)
