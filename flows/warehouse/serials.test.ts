/** Units that bear numbers of their own: in, out and back by their number, each in one place, as many as the books count. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prooves } from '#flows/reads'
import { prove } from '#kernel/ledger'
import { buy, code, numberedProduct, of, standShop, type Answer, type Client } from '#testing'

const { shop, db, owner, one } = await standShop()

const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return of<T>(a)
}
const product = (sku: string, more: object = {}) =>
  numberedProduct(
    sku.toLowerCase(),
    { ja: `番号の品 ${sku}`, en: `Numbered ${sku}` },
    { code: sku, price: 1000, ...more },
  )
/** A SKU of its own for a story, kept by number. */
let count = 0
async function numbered(): Promise<string> {
  const sku = `CLOCK-${++count}`
  told(await owner('POST', '/admin/v1/products', product(sku)))
  return sku
}
const receive = (sku: string, serials: string[], place = 'east', quantity = serials.length) =>
  owner('POST', '/admin/v1/stock/receipts', { place, lines: [{ sku, quantity, serials }] })
type Where = {
  state: string
  place: string | null
  order: number | null
  transfer: number | null
  condition: number | null
}
const where = async (sku: string, serial: string) => {
  const { state, place, order, transfer, condition } = told<Where>(
    await owner('GET', `/admin/v1/skus/${sku}/serials/${serial}`),
  )
  return { state, place, order, transfer, condition }
}
const nowhere = { place: null, order: null, transfer: null, condition: null }
const ordered = async (sku: string, quantity = 1) =>
  told<{ order: number }>(await buy(shop.client(), [{ sku, quantity }])).order
const ship = (order: number, sku: string, serials?: string[], who: Client = owner) =>
  who('POST', `/admin/v1/orders/${order}/ship`, serials ? { serials: [{ sku, serials }] } : {})
const takeBack = (
  order: number,
  sku: string,
  serials: string[],
  condition = 'sellable',
  quantity = serials.length,
) =>
  owner('POST', `/admin/v1/orders/${order}/returns`, {
    lines: [{ line: 1, quantity }],
    place: 'kyoto',
    condition,
    reason: 'customer',
    serials: [{ sku, serials }],
  })
async function till(): Promise<Client> {
  const client = shop.client()
  told(
    await client('POST', '/till/v1/sessions', { device: 'kyoto-1', key: 'sample-till-kyoto-1', pin: '1600' }),
  )
  return client
}
const sell = (hand: Client, sku: string, serials?: string[], quantity = serials?.length ?? 1) =>
  hand('POST', '/till/v1/sales', {
    sale: crypto.randomUUID(),
    happened_at: new Date().toISOString(),
    lines: [{ sku, quantity, unit_price: 1000, ...(serials && { serials }) }],
    tendered: 1000 * quantity,
    total: 1000 * quantity,
  })
/** The books, with what is found wrong in them. */
const differences = async () => (await prove(db, prooves)).differences

test('what comes in brings as many numbers as units; a number comes in once', async () => {
  const sku = await numbered()
  for (const [serials, quantity, no] of [
    [['A1'], 2, 'stock.serials_needed'],
    [['A1', 'A2'], 1, 'stock.serials_needed'],
    [[], 1, 'stock.serials_needed'],
    [['A1', 'A1'], 2, 'stock.serial_twice'],
  ] as const)
    assert.equal(code(await receive(sku, [...serials], 'east', quantity)), no)
  assert.equal(
    code(await owner('POST', '/admin/v1/stock/receipts', { place: 'east', lines: [{ sku, quantity: 1 }] })),
    'stock.serials_needed',
  )
  assert.equal(code(await receive('TEE-WHITE-M', ['A1'])), 'stock.serials_not_kept')
  told(await receive(sku, ['A1', 'A2']))
  assert.deepEqual(await where(sku, 'A1'), { ...nowhere, state: 'on_shelf', place: 'east', condition: 0 })
  const again = await receive(sku, ['A2', 'A3'], 'west')
  assert.deepEqual([again.status, code(again)], [409, 'stock.serial_elsewhere'])
  assert.equal(code(await owner('GET', `/admin/v1/skus/${sku}/serials/A3`)), 'stock.serial_missing')
  // The same number on another SKU is another unit.
  const other = await numbered()
  told(await receive(other, ['A1']))
  // A count would say how many, not which.
  const counted = await owner('POST', '/admin/v1/stock/counts', {
    place: 'east',
    lines: [{ sku, quantity: 2 }],
  })
  assert.equal(code(counted), 'stock.count_by_serial')
  assert.deepEqual(await differences(), [])
})

test('twenty hands bring the same number at once: it comes in once, and the books count one', async () => {
  const sku = await numbered()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => receive(sku, ['SAME'], i % 2 ? 'east' : 'west')),
  )
  assert.equal(answers.filter((a) => a.status === 200).length, 1)
  assert.ok(answers.every((a) => a.status === 200 || code(a) === 'stock.serial_elsewhere'))
  assert.deepEqual(await differences(), [])
  console.log('# 20 receipts of one number: 1 in, 19 refused')
})

test('what leaves names its numbers: from the shelf that serves the order, once, and where it is can be asked', async () => {
  const sku = await numbered()
  told(await receive(sku, ['E1', 'E2', 'E3']))
  told(await receive(sku, ['W1'], 'west'))
  const order = await ordered(sku, 2)
  // Held units stand on their shelf until they leave: which ones is not decided yet.
  assert.deepEqual(await where(sku, 'E1'), { ...nowhere, state: 'on_shelf', place: 'east', condition: 0 })
  for (const [serials, no] of [
    [undefined, 'stock.serials_needed'],
    [['E1'], 'stock.serials_needed'],
    [['E1', 'E2', 'E3'], 'stock.serials_needed'],
    [['E1', 'E1'], 'stock.serial_twice'],
    [['E1', 'W1'], 'stock.serial_not_there'],
    [['E1', 'ZZ'], 'stock.serial_not_there'],
  ] as const)
    assert.equal(code(await ship(order, sku, serials && [...serials])), no, String(serials))
  const stray = await owner('POST', `/admin/v1/orders/${order}/ship`, {
    serials: [{ sku: 'TEE-WHITE-M', serials: ['E1'] }],
  })
  assert.equal(code(stray), 'stock.serials_not_kept')
  assert.deepEqual(await differences(), [])
  told(await ship(order, sku, ['E3', 'E1']))
  assert.deepEqual(await where(sku, 'E3'), { ...nowhere, state: 'sold', order })
  const other = await ordered(sku)
  const twice = await ship(other, sku, ['E3'])
  assert.deepEqual([twice.status, code(twice)], [409, 'stock.serial_not_there'])
  assert.match(of<{ title: string }>(twice).title, new RegExp(`注文 ${order} で販売済み`))
  const shown = told<{ lines: { allocations: { serial_kept: boolean; serials: string[] }[] }[] }>(
    await owner('GET', `/admin/v1/orders/${order}`),
  )
  assert.deepEqual(
    shown.lines[0]!.allocations.map((a) => [a.serial_kept, a.serials]),
    [[true, ['E1', 'E3']]],
  )
  const listed = told<{ items: { serial: string; state: string; order: number | null }[] }>(
    await owner('GET', `/admin/v1/serials?sku=${sku}`),
  )
  assert.deepEqual(
    listed.items.map((i) => [i.serial, i.state, i.order]),
    [
      ['E1', 'sold', order],
      ['E2', 'on_shelf', null],
      ['E3', 'sold', order],
      ['W1', 'on_shelf', null],
    ],
  )
  const here = told<{ items: { serial: string }[] }>(
    await owner('GET', `/admin/v1/serials?sku=${sku}&place=west`),
  )
  assert.deepEqual(
    here.items.map((i) => i.serial),
    ['W1'],
  )
  assert.deepEqual(await differences(), [])
})

test('one unit wanted by many orders at once leaves with one of them', async () => {
  const sku = await numbered()
  told(
    await receive(
      sku,
      Array.from({ length: 12 }, (_, i) => `N${i}`),
    ),
  )
  const orders = await Promise.all(Array.from({ length: 12 }, () => ordered(sku)))
  const first = await Promise.all(orders.map((o) => ship(o, sku, ['N0'])))
  assert.equal(first.filter((a) => a.status === 200).length, 1)
  assert.ok(first.every((a) => a.status === 200 || code(a) === 'stock.serial_not_there'))
  assert.deepEqual(await differences(), [])
  console.log('# 12 orders shipped with one number at once: 1 left with it, 11 refused')
})

test('what comes back is the unit that was sold with this order; on a shelf it can be sold again', async () => {
  const sku = await numbered()
  told(await receive(sku, ['R1', 'R2', 'R3']))
  const [one_, two] = [await ordered(sku, 2), await ordered(sku)]
  told(await ship(one_, sku, ['R1', 'R2']))
  told(await ship(two, sku, ['R3']))
  for (const [serials, no] of [
    [['R3'], 'stock.serial_not_there'],
    [['R9'], 'stock.serial_not_there'],
    [['R1', 'R2', 'R3'], 'desk.more_than_shipped'],
  ] as const)
    assert.equal(code(await takeBack(one_, sku, [...serials])), no)
  assert.equal(code(await takeBack(one_, sku, ['R1'], 'sellable', 2)), 'stock.serials_needed')
  told(await takeBack(one_, sku, ['R2'], 'quarantine'))
  assert.deepEqual(await where(sku, 'R2'), { ...nowhere, state: 'on_shelf', place: 'kyoto', condition: 1 })
  assert.equal(code(await takeBack(one_, sku, ['R2'])), 'stock.serial_not_there', 'it is back already')
  told(await takeBack(one_, sku, ['R1']))
  const three = await ordered(sku)
  told(await ship(three, sku, ['R1']))
  const { history } = told<{
    history: { state: string; place: string | null; order: number | null; actor_name: string | null }[]
  }>(await owner('GET', `/admin/v1/skus/${sku}/serials/R1`))
  assert.deepEqual(
    history.map((h) => [h.state, h.place, h.order, h.actor_name]),
    [
      ['on_shelf', 'east', null, '水沢 葉子'],
      ['sold', null, one_, '水沢 葉子'],
      ['on_shelf', 'kyoto', null, '水沢 葉子'],
      ['sold', null, three, '水沢 葉子'],
    ],
  )
  assert.deepEqual(await differences(), [])
})

test('between two places it is on its way, and stands on the other shelf when it has arrived', async () => {
  const sku = await numbered()
  told(await receive(sku, ['T1', 'T2']))
  const send = (serials: string[], from = 'east') =>
    owner('POST', '/admin/v1/stock/transfers', {
      from,
      to: 'kyoto',
      lines: [{ sku, quantity: serials.length, serials }],
    })
  assert.equal(code(await send(['T1'], 'west')), 'stock.serial_not_there')
  const { transfer } = told<{ transfer: number }>(await send(['T1']))
  assert.deepEqual(await where(sku, 'T1'), { ...nowhere, state: 'in_transit', transfer })
  assert.equal(code(await send(['T1'])), 'stock.serial_not_there')
  const order = await ordered(sku)
  assert.equal(code(await ship(order, sku, ['T1'])), 'stock.serial_not_there')
  assert.deepEqual(await differences(), [])
  told(await owner('POST', `/admin/v1/stock/transfers/${transfer}/receive`, {}))
  assert.deepEqual(await where(sku, 'T1'), { ...nowhere, state: 'on_shelf', place: 'kyoto', condition: 0 })
  assert.deepEqual(await differences(), [])
})

test('a unit that is lost is gone under its number, and found again it is back', async () => {
  const sku = await numbered()
  told(await receive(sku, ['L1', 'L2']))
  const adjust = (by: number, serials?: string[]) =>
    owner('POST', '/admin/v1/stock/adjustments', {
      place: 'east',
      sku,
      by,
      reason: by > 0 ? 'found' : 'lost',
      ...(serials && { serials }),
    })
  assert.equal(code(await adjust(-1)), 'stock.serials_needed')
  told(await adjust(-1, ['L1']))
  assert.deepEqual(await where(sku, 'L1'), { ...nowhere, state: 'gone' })
  assert.equal(code(await adjust(-1, ['L1'])), 'stock.serial_not_there')
  assert.equal(code(await adjust(1, ['L2'])), 'stock.serial_elsewhere')
  told(await adjust(1, ['L1']))
  assert.deepEqual(await where(sku, 'L1'), { ...nowhere, state: 'on_shelf', place: 'east', condition: 0 })
  assert.deepEqual(await differences(), [])
})

test('a till sells by number; a sale is a fact also without one, and somebody says later which it was', async () => {
  const sku = await numbered()
  told(await receive(sku, ['K1', 'K2', 'K3'], 'kyoto'))
  const hand = await till()
  const { items } = told<{ items: { sku: string; serial_kept: boolean }[] }>(
    await hand('GET', '/till/v1/catalogue'),
  )
  assert.equal(items.find((i) => i.sku === 'TEE-WHITE-M')!.serial_kept, false)
  const sold = told<{ order: number; short: unknown[] }>(await sell(hand, sku, ['K2']))
  assert.deepEqual(sold.short, [])
  assert.deepEqual(await where(sku, 'K2'), { ...nowhere, state: 'sold', order: sold.order })
  // The same unit a second time, a number nobody knows, none at all: sold, and short until it is known which left.
  for (const serials of [['K2'], ['UNKNOWN'], undefined]) {
    const fact = told<{ order: number; short: { quantity: number }[] }>(await sell(hand, sku, serials, 1))
    assert.deepEqual(
      fact.short.map((s) => s.quantity),
      [1],
      String(serials),
    )
    const { lines } = told<{ lines: { trace: { serials?: string[] } }[] }>(
      await owner('GET', `/admin/v1/orders/${fact.order}`),
    )
    assert.deepEqual(lines[0]!.trace.serials, serials, 'what the till read is kept')
    assert.deepEqual(await differences(), [])
  }
  const last = await one(
    `select x.id, x."order" from fulfilment.shortage x join catalog.sku s on s.id = x.sku where s.code = $1 order by x.id desc limit 1`,
    [sku],
  )
  const solve = (serials?: string[]) =>
    owner('POST', `/admin/v1/shortages/${last.id}/solve`, serials ? { serials } : {})
  assert.equal(code(await solve()), 'stock.serials_needed')
  assert.equal(code(await solve(['K1', 'K3'])), 'stock.serials_needed')
  assert.equal(code(await solve(['K2'])), 'desk.no_goods')
  assert.deepEqual(told(await solve(['K3'])), { covered: 1, left: 0 })
  assert.deepEqual(await where(sku, 'K3'), { ...nowhere, state: 'sold', order: Number(last.order) })
  assert.deepEqual(await differences(), [])
  // What left without a number may come back with one that nobody had said.
  const unsaid = await one(
    `select min("order") as "order" from fulfilment.shortage x join catalog.sku s on s.id = x.sku where s.code = $1 and x.state = 'open'`,
    [sku],
  )
  assert.equal(
    code(await takeBack(Number(unsaid.order), sku, ['K1'])),
    'stock.serial_not_there',
    'K1 stands on the shelf',
  )
  told(await takeBack(Number(unsaid.order), sku, ['K9']))
  assert.deepEqual(await where(sku, 'K9'), { ...nowhere, state: 'on_shelf', place: 'kyoto', condition: 0 })
  assert.deepEqual(await differences(), [])
})

test('of two tills that sell one unit at once, one has it; the other’s sale is kept as short', async () => {
  const sku = await numbered()
  told(await receive(sku, ['X1', 'X2'], 'kyoto'))
  const hands = await Promise.all([till(), till()])
  const sales = await Promise.all(Array.from({ length: 10 }, (_, i) => sell(hands[i % 2]!, sku, ['X1'])))
  const short = sales.filter((s) => told<{ short: unknown[] }>(s).short.length > 0)
  assert.equal(short.length, 9)
  assert.equal((await where(sku, 'X1')).state, 'sold')
  assert.equal((await where(sku, 'X2')).state, 'on_shelf')
  assert.deepEqual(await differences(), [])
  console.log('# 10 sales of one number at once: 10 kept, 1 with the unit, 9 short')
})

test('a set is shipped with the numbers of its parts', async () => {
  const part = await numbered()
  told(await receive(part, ['P1', 'P2']))
  const set = `SET-${part}`
  told(
    await owner(
      'POST',
      '/admin/v1/products',
      product(set, { serial_kept: false, components: [{ sku: part, quantity: 2 }] }),
    ),
  )
  const order = await ordered(set)
  assert.equal(code(await ship(order, set, ['P1', 'P2'])), 'stock.serials_not_kept')
  told(await ship(order, part, ['P1', 'P2']))
  assert.equal((await where(part, 'P2')).order, order)
  told(await takeBack(order, part, ['P2', 'P1'], 'sellable', 1))
  assert.deepEqual(await differences(), [])
})

test('whether a SKU bears numbers is settled before it has been in stock; sets and measures bear none', async () => {
  const sku = await numbered()
  const { items } = told<{ items: { product: number; version: number }[] }>(
    await owner('GET', `/admin/v1/products?q=${sku}`),
  )
  const at = `/admin/v1/products/${items[0]!.product}`
  const change = async (serialKept?: boolean) => {
    const p = told<{ version: number; skus: { id: number }[] }>(await owner('GET', at))
    const body = product(sku, { id: p.skus[0]!.id, serial_kept: serialKept })
    return owner('PUT', at, { ...body, version: p.version })
  }
  told(await change(false))
  told(await change(true))
  told(await receive(sku, ['F1']))
  assert.equal(code(await change(false)), 'catalog.serial_fixed')
  told(await change(true))
  told(await change(undefined))
  assert.equal((await where(sku, 'F1')).state, 'on_shelf')
  assert.equal(
    code(await receive(sku, ['F2'], 'east', 2)),
    'stock.serials_needed',
    'it is kept by number still',
  )
  for (const more of [{ decimals: 2 }, { components: [{ sku, quantity: 1 }] }])
    assert.equal(
      code(await owner('POST', '/admin/v1/products', product('BAD', more))),
      'catalog.serial_unfit',
    )
})

test('the proof names a number too many, one too few, and one with an order that has nothing', async () => {
  const sku = await numbered()
  told(await receive(sku, ['D1', 'D2', 'D3']))
  const order = await ordered(sku)
  told(await ship(order, sku, ['D3']))
  const planted: [string, string, RegExp][] = [
    [`update stock.serial set state = 'gone', shelf = null where serial = 'D1'`, `shelf`, /shelf \d+/],
    [
      `insert into stock.serial (id, sku, serial, state, shelf, created_at) select 99999999, sku, 'D9', 'on_shelf', shelf, now() from stock.serial where serial = 'D1'`,
      'shelf',
      /shelf \d+/,
    ],
    [
      `insert into stock.serial (id, sku, serial, state, allocation, "order", created_at) select 99999998, sku, 'D8', 'sold', allocation, "order", now() from stock.serial where serial = 'D3'`,
      'order',
      /order \d+ sku \d+/,
    ],
    [
      `update stock.serial set state = 'in_transit', shelf = null, journey = 1, journey_line = 1 where serial = 'D2'`,
      'under way',
      /under way 1/,
    ],
  ]
  for (const [damage, , says] of planted) {
    await db.query('begin')
    await db.query(damage)
    // The proof reads a snapshot of its own connection: within the transaction that is undone afterwards.
    const { rows } = await db.query(prooves.find((p) => p.name.startsWith('units that bear numbers'))!.query)
    await db.query('rollback')
    assert.ok(
      rows.some((r) => says.test(r.what)),
      `${damage}: ${JSON.stringify(rows)}`,
    )
  }
  assert.deepEqual(await differences(), [])
  console.log(`# ${planted.length} kinds of damage planted, ${planted.length} named`)
})
