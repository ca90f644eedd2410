/** Staff of one shop among several: what is another shop's is not there for them, whatever route is asked. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { add as addPlace } from '#domains/places'
import { setUp } from '#domains/shops'
import { routes } from '#doors/http'
import type { Tx } from '#kernel/gate'
import { akinai, buy, code, numberedProduct, of, standShop, type Answer, type Client } from '#testing'
import { judges, nobodys } from './own-shop.ts'

const { shop, db, owner, one } = await standShop()
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return of<T>(a)
}
type Row = { order: number; shop?: number }
const at = '2026-11-22T10:00:00+09:00'
const north = { headers: { 'akinai-shop': '2' } }

/** Who works for which shops, each with a hand of their own. */
const hired = new Map<string, { id: number; hand: Client }>()
async function hire(name: string, role: string, shops?: string[], by: Client = owner): Promise<void> {
  const person = { family: '北', given: name, email: `${name}@example.jp`, password: 'a-long-password' }
  const { id } = told<{ id: number }>(
    await by('POST', '/admin/v1/staff', { ...person, role, ...(shops && { shops }) }),
  )
  const hand = shop.client()
  told(await hand('POST', '/admin/v1/sessions', { email: person.email, password: person.password }))
  hired.set(name, { id, hand })
}
const hand = (name: string) => hired.get(name)!.hand

const mall = (externalId: string, sku: string, quantity: number, more = {}) =>
  owner(
    'POST',
    '/admin/v1/mall-orders',
    {
      channel: 'rakuten',
      external_id: externalId,
      placed_at: at,
      lines: [{ sku, quantity, unit_price: 1000 }],
      total: 1000 * quantity,
      paid: true,
      destination: { contact: {}, address: {} },
    },
    more,
  )
let ours = 0,
  theirs = 0,
  theirLetter = '',
  theirShortage = 0,
  theirTransfer = 0,
  theirTill = 0
before(async () => {
  await shop.services.gate.run(async function found(tx: Tx) {
    setUp(tx, {
      id: 2,
      code: 'north',
      name: { ja: '北の店', en: 'North' },
      entity: { id: 2, code: 'north', name: '株式会社北', registration_number: null },
      brand: { id: 2, code: 'north', name: { ja: '北', en: 'North' } },
      currency: 'JPY',
      rounding: 'up',
      settings: {},
      from: new Date('2026-01-01T00:00:00+09:00'),
    })
    for (const [id, name] of [
      [90, 'sapporo'],
      [91, 'otaru'],
    ] as const)
      addPlace(tx, {
        id,
        code: name,
        kind: 'store',
        entity: 2,
        name: { ja: name, en: name },
        postal: null,
        address: null,
        sells_web: false,
        priority: 99,
      })
    return {}
  }, {})
  const product = numberedProduct(
    'north-bell',
    { ja: '北の鈴', en: 'North bell' },
    { code: 'BELL', price: 500 },
  )
  told(await owner('POST', '/admin/v1/products', product))
  for (let n = 0; !shop.services.shopfront.shopById(2); n++) {
    assert.ok(n < 100)
    await new Promise((r) => setTimeout(r, 50))
  }
  for (const role of ['owner', 'merchandiser', 'warehouse', 'call', 'accountant'])
    for (const [name, shops] of [
      ['home', ['migiwato']],
      ['north', ['north']],
    ] as const)
      await hire(`${role}-${name}`, role, [...shops])
  await hire('call-both', 'call', ['migiwato', 'north'])

  ours = told<Row>(await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }])).order
  theirs = told<Row>(await mall('N-1', 'MUG-WHITE', 1, north)).order
  // The window of the second shop is not open here: its letter is written as the follower would.
  const { epoch, xid, seq } = await one(
    `insert into mail.message (epoch, xid, seq, kind, "order", shop, state, next_at, give_up_at)
     select epoch, xid, seq, 'placed', $1::bigint, 2, 'kept', now(), now() from kernel.event where kind = 'orders.placed' and subject = 'order:' || $1::bigint
     returning epoch, xid::text, seq`,
    [theirs],
  )
  theirLetter = `/admin/v1/mail/mail_${epoch}_${xid}_${seq}`
  const short = told<Row>(await mall('N-2', 'NO-SUCH', 1, north)).order
  theirShortage = Number((await one('select id from fulfilment.shortage where "order" = $1', [short])).id)
  const bells = [{ sku: 'BELL', quantity: 3, serials: ['B-1', 'B-2', 'B-3'] }]
  told(await owner('POST', '/admin/v1/stock/receipts', { place: 'sapporo', lines: bells }))
  theirTransfer = told<{ transfer: number }>(
    await owner('POST', '/admin/v1/stock/transfers', {
      from: 'sapporo',
      to: 'otaru',
      lines: [{ sku: 'BELL', quantity: 1, serials: ['B-3'] }],
    }),
  ).transfer
  told(await owner('POST', '/admin/v1/customers', { code: '2900000000094' }, north))
  const till = { code: 'sapporo-1', place: 'sapporo' }
  // A till stands in a store of the company whose shop it sells for.
  assert.equal(code(await owner('POST', '/admin/v1/tills', till)), 'access.no_store')
  theirTill = told<{ till: number }>(await owner('POST', '/admin/v1/tills', till, north)).till
})

test('every parameter of a route for staff is judged, or is nobody’s', () => {
  const named = new Set(
    routes
      .filter((r) => r.who !== 'public' && r.who !== 'till')
      .flatMap((r) => [...r.path.matchAll(/:(\w+)/g)].map((m) => m[1]!)),
  )
  assert.deepEqual(
    [...named].filter((n) => !(n in judges) && !nobodys.includes(n)),
    [],
  )
})

/** Everything that a command could have changed. */
const picture = async () =>
  (
    await db.query(`select (select count(*) from ledger.transfer) as transfers, (select count(*) from kernel.event) as events, (select count(*) from pricing.price) as prices,
      (select sum(version) from orders.header) as orders, (select sum(version) from access.staff) as staff, (select count(*) from persons.erasure) as erased`)
  ).rows[0]

test('nobody of one shop reaches what is another’s, by any route', async () => {
  const was = await picture()
  const member = Number((await one(`select id from customers.identity where code = '2900000000094'`)).id)
  const own = Number((await one(`select id from customers.identity where code = '2900000000018'`)).id)
  const north_ = hired.get('call-north')!.id
  const lines = [{ sku: 'BELL', quantity: 1, serials: ['B-1'] }]
  const reaches: [string, string, string, unknown?][] = [
    ['owner', 'GET', `/admin/v1/orders/${theirs}`],
    ['owner', 'GET', `/admin/v1/orders/${theirs}/movements`],
    ['owner', 'POST', `/admin/v1/orders/${theirs}/ship`, {}],
    ['owner', 'POST', `/admin/v1/orders/${theirs}/cancel`, { reason: 'x' }],
    ['owner', 'POST', `/admin/v1/orders/${theirs}/captures`, { amount: 1 }],
    ['owner', 'POST', `/admin/v1/orders/${theirs}/refunds`, { amount: 1, reason: 'x' }],
    [
      'owner',
      'POST',
      `/admin/v1/orders/${theirs}/returns`,
      { lines: [{ line: 1, quantity: 1 }], place: 'kyoto', condition: 'sellable', reason: 'x' },
    ],
    ['owner', 'POST', `/admin/v1/shortages/${theirShortage}/solve`, {}],
    ['owner', 'POST', `/admin/v1/shortages/${theirShortage}/assign`, { owner: 'call', deadline: at }],
    ['owner', 'GET', '/admin/v1/stock?place=sapporo'],
    ['owner', 'GET', '/admin/v1/stock/movements?sku=BELL&place=sapporo'],
    ['owner', 'GET', '/admin/v1/serials?place=sapporo'],
    ['owner', 'GET', '/admin/v1/skus/BELL/serials/B-1'],
    ['owner', 'GET', '/admin/v1/skus/BELL/serials/B-3'],
    ['warehouse', 'POST', '/admin/v1/stock/receipts', { place: 'sapporo', lines }],
    [
      'warehouse',
      'POST',
      '/admin/v1/stock/counts',
      { place: 'sapporo', lines: [{ sku: 'MUG-WHITE', quantity: 1 }] },
    ],
    [
      'warehouse',
      'POST',
      '/admin/v1/stock/adjustments',
      { place: 'sapporo', sku: 'BELL', by: -1, reason: 'lost', serials: ['B-1'] },
    ],
    ['warehouse', 'POST', '/admin/v1/stock/transfers', { from: 'sapporo', to: 'kyoto', lines }],
    [
      'warehouse',
      'POST',
      '/admin/v1/stock/transfers',
      { from: 'east', to: 'sapporo', lines: [{ sku: 'MUG-WHITE', quantity: 1 }] },
    ],
    ['warehouse', 'POST', `/admin/v1/stock/transfers/${theirTransfer}/receive`, {}],
    ['owner', 'GET', '/admin/v1/customers/2900000000094'],
    ['owner', 'POST', `/admin/v1/persons/${member}/erase`, { reason: 'asked' }],
    ['owner', 'POST', `/admin/v1/persons/${north_}/erase`, { reason: 'asked' }],
    ['owner', 'PUT', `/admin/v1/staff/${north_}/shops`, { shops: ['migiwato'] }],
    ['owner', 'GET', theirLetter],
    [
      'owner',
      'PUT',
      '/admin/v1/places/90',
      {
        kind: 'store',
        name: { ja: 'x', en: '' },
        postal: null,
        address: null,
        sells_web: true,
        priority: 1,
        version: 1,
      },
    ],
    ['owner', 'POST', '/admin/v1/places/91/archive', { version: 1 }],
    ['owner', 'POST', '/admin/v1/tills', { code: 'mine', place: 'sapporo' }],
    ['owner', 'POST', `/admin/v1/tills/${theirTill}/key`, {}],
    ['owner', 'POST', `/admin/v1/tills/${theirTill}/disable`, {}],
    ['call', 'POST', `${theirLetter}/send`, {}],
    ['call', 'GET', `/admin/v1/identities/${member}`],
    ['call', 'POST', `/admin/v1/identities/${member}/join`, { other: own }],
    ['call', 'POST', `/admin/v1/identities/${own}/join`, { other: member }],
    ['call', 'POST', `/admin/v1/identities/${member}/part`, {}],
  ]
  for (const [role, method, path, body] of reaches) {
    const answer = await hand(`${role}-home`)(method, path, body)
    assert.ok([403, 404].includes(answer.status), `${method} ${path}: ${answer.status} ${code(answer)}`)
    // In the words for what is not there: whether it exists is nobody's business.
    if (answer.status === 404) assert.doesNotMatch(code(answer)!, /shops\.missing/, path)
  }
  // A shop that is named and not theirs is not there either, whatever is asked of it.
  for (const [role, method, path, body] of [
    ['owner', 'GET', '/admin/v1/orders', undefined],
    ['owner', 'GET', '/admin/v1/settings', undefined],
    ['owner', 'PUT', '/admin/v1/settings', { version: 1, settings: { points_per_100: 9 } }],
    ['merchandiser', 'PUT', '/admin/v1/prices', { lines: [{ sku: 'MUG-WHITE', price: 1 }] }],
    ['owner', 'POST', '/admin/v1/customers', { code: '2900000000100' }],
  ] as const) {
    const answer = await hand(`${role}-home`)(method, path, body, north)
    assert.deepEqual([answer.status, code(answer)], [404, 'shops.missing'])
    assert.equal(
      code(await hand(`${role}-home`)(method, path, body, { headers: { 'akinai-shop': '77' } })),
      'shops.missing',
    )
  }
  assert.deepEqual(await picture(), was)
  console.log(`# ${reaches.length + 10} reaches into another shop, 0 got through, 0 rows changed`)
})

test('lists have what is one’s own, and nothing else', async () => {
  const named = async (who: string, path: string) =>
    told<{ items: { code: string }[] }>(await hand(who)('GET', path)).items.map((i) => i.code)
  assert.deepEqual(await named('owner-north', '/admin/v1/places/all'), ['sapporo', 'otaru'])
  assert.ok(!(await named('owner-home', '/admin/v1/places/all')).includes('sapporo'))
  assert.deepEqual(await named('owner-north', '/admin/v1/tills'), ['sapporo-1'])
  assert.ok(!(await named('owner-home', '/admin/v1/tills')).includes('sapporo-1'))
  const list = async <R>(who: string, path: string) =>
    told<{ items: R[] }>(await hand(who)('GET', path)).items
  const orders = (who: string, query = '') => list<Row>(who, `/admin/v1/orders?limit=200${query}`)
  // Somebody else ordered: the lists follow the journal when they get to it.
  for (let i = 0; i < 100 && (await orders('call-both', '&q=N-1')).length < 1; i++)
    await new Promise((r) => setTimeout(r, 50))
  assert.ok((await orders('call-home')).some((o) => o.order === ours))
  assert.ok(!(await orders('call-home')).some((o) => o.order === theirs))
  assert.ok((await orders('call-north')).every((o) => o.order >= theirs))
  assert.deepEqual((await orders('call-north')).map((o) => o.order).includes(theirs), true)
  assert.deepEqual(await orders('call-home', '&q=N-1'), [])
  assert.equal((await orders('call-both', '&q=N-1')).length, 1)
  const letters = (who: string) => list<Row>(who, '/admin/v1/mail')
  assert.deepEqual(
    (await letters('call-home')).map((m) => m.order),
    [ours],
  )
  assert.deepEqual(
    (await letters('call-north')).map((m) => m.order),
    [theirs],
  )
  assert.equal((await list('call-north', `/admin/v1/mail?order=${ours}`)).length, 0)
  const { counts } = told<{ counts: { kept: number } }>(await hand('call-north')('GET', '/admin/v1/mail'))
  assert.equal(counts.kept, 1)
  assert.equal((await list('call-home', '/admin/v1/shortages')).length, 0)
  assert.equal((await list('call-north', '/admin/v1/shortages')).length, 1)
  const channels = (who: string) => list<{ channel: string }>(who, '/admin/v1/channels')
  assert.ok(!(await channels('call-home')).some((c) => c.channel === 'mall:rakuten'))
  assert.ok((await channels('call-north')).some((c) => c.channel === 'mall:rakuten'))
  const codes = async (who: string) =>
    (await list<{ code: string }>(who, '/admin/v1/places')).map((p) => p.code)
  assert.deepEqual(await codes('call-north'), ['sapporo', 'otaru'])
  assert.ok(!(await codes('call-home')).includes('sapporo'))
  assert.equal((await codes('call-both')).length, 7)
  const stock = await list<{ place_code: string }>('warehouse-north', '/admin/v1/stock?limit=200')
  assert.ok(stock.length > 0 && stock.every((r) => ['sapporo', 'otaru'].includes(r.place_code)))
  assert.equal((await list('warehouse-home', '/admin/v1/stock?q=BELL')).length, 0)
  assert.equal((await list('warehouse-home', '/admin/v1/stock/transfers')).length, 0)
  assert.equal((await list('warehouse-north', '/admin/v1/stock/transfers')).length, 1)
  assert.equal((await list('warehouse-home', '/admin/v1/serials')).length, 0)
  assert.equal((await list('warehouse-north', '/admin/v1/serials')).length, 3)
})

test('at home the same hands do the same things; prices are the shop’s own', async () => {
  const merchandiser = hand('merchandiser-north')
  told(await merchandiser('PUT', '/admin/v1/prices', { lines: [{ sku: 'MUG-WHITE', price: 7777 }] }))
  const [mug] = told<{ items: { product: number; price_min: number }[] }>(
    await merchandiser('GET', '/admin/v1/products?q=asanagi-mug-'),
  ).items
  assert.equal(mug!.price_min, null, 'the large mug has no price in the north')
  const price = async (who: Client, more = {}) => {
    const { items } = told<{ items: { code: string; price_max: number | null }[] }>(
      await who('GET', '/admin/v1/products?q=MUG-WHITE', undefined, more),
    )
    return items.find((i) => i.code === 'asanagi-mug')!.price_max
  }
  assert.deepEqual([await price(merchandiser), await price(hand('merchandiser-home'))], [7777, 2420])
  assert.equal(await price(owner, north), 7777, 'an owner of all names the shop')
  assert.equal(
    told<{ price_min: number }>(await shop.client()('GET', '/store/v1/products/asanagi-mug')).price_min,
    2420,
  )
  told(await hand('warehouse-north')('POST', `/admin/v1/stock/transfers/${theirTransfer}/receive`, {}))
  told(await hand('warehouse-north')('GET', '/admin/v1/skus/BELL/serials/B-3'))
  told(await hand('call-north')('GET', `/admin/v1/orders/${theirs}`))
  told(await hand('owner-north')('POST', `/admin/v1/orders/${theirs}/refunds`, { amount: 1, reason: 'x' }))
  told(await hand('call-north')('GET', '/admin/v1/customers/2900000000094'))
  const { shops } = told<{ shops: { code: string }[] }>(await hand('call-both')('GET', '/admin/v1/me'))
  assert.deepEqual(
    shops.map((s) => s.code),
    ['migiwato', 'north'],
  )
})

test('nobody grants a shop that is not theirs; one owner of every shop stays', async () => {
  const northOwner = hand('owner-north')
  const grant = (by: Client, who: number, shops: string[] | null) =>
    by('PUT', `/admin/v1/staff/${who}/shops`, { shops })
  const clerk = hired.get('accountant-north')!.id
  assert.equal(code(await grant(northOwner, clerk, ['migiwato'])), 'access.not_yours')
  assert.equal(code(await grant(northOwner, clerk, null)), 'access.not_yours')
  assert.equal(code(await grant(northOwner, clerk, ['nowhere'])), 'shops.missing')
  // Whom somebody of one shop hires works for that shop, unless said otherwise.
  await hire('hired-north', 'call', undefined, northOwner)
  const { shops } = told<{ shops: { code: string }[] }>(await hand('hired-north')('GET', '/admin/v1/me'))
  assert.deepEqual(
    shops.map((s) => s.code),
    ['north'],
  )
  const person = {
    family: '北',
    given: '他',
    email: 'other@example.jp',
    password: 'a-long-password',
    role: 'call',
  }
  const other = await northOwner('POST', '/admin/v1/staff', { ...person, shops: ['migiwato'] })
  assert.equal(code(other), 'access.not_yours')
  // From one second to the next somebody works elsewhere.
  told(await grant(owner, hired.get('hired-north')!.id, ['migiwato']))
  await new Promise((r) => setTimeout(r, 2100))
  assert.equal((await hand('hired-north')('GET', `/admin/v1/orders/${theirs}`)).status, 404)
  assert.equal((await hand('hired-north')('GET', `/admin/v1/orders/${ours}`)).status, 200)
  const me = told<{ id: number; shops: null }>(await owner('GET', '/admin/v1/me'))
  assert.equal(me.shops, null)
  assert.equal(code(await grant(owner, me.id, ['north'])), 'access.last_owner')
  // Two owners of all who limit each other at once: one of them stays.
  await hire('owner-all', 'owner')
  const both = [owner, hand('owner-all')]
  const ids = [me.id, hired.get('owner-all')!.id]
  const answers = await Promise.all([
    grant(both[0]!, ids[1]!, ['north']),
    grant(both[1]!, ids[0]!, ['north']),
  ])
  assert.ok(answers.filter((a) => a.status === 200).length === 1, answers.map((a) => a.status).join())
  const { n } = await one(
    `select count(*)::int as n from access.staff where role = 'owner' and shops is null`,
  )
  assert.equal(n, 1)
})

test('a till is opened by those who work for its shop, and closes when they no longer do', async () => {
  const kyoto = Number(
    (
      await one(
        `select s.id from access.staff s join places.place p on p.id = s.place where p.code = 'kyoto'`,
      )
    ).id,
  )
  const open = async () => {
    const client = shop.client()
    const answer = await client('POST', '/till/v1/sessions', {
      device: 'kyoto-1',
      key: 'sample-till-kyoto-1',
      pin: '1600',
    })
    return { client, answer }
  }
  const { client, answer } = await open()
  told(answer)
  told(await client('GET', '/till/v1/catalogue'))
  await db.query(`update access.staff set shops = '[2]', version = version + 1 where id = $1`, [kyoto])
  await new Promise((r) => setTimeout(r, 2100))
  assert.equal((await client('GET', '/till/v1/catalogue')).status, 401)
  assert.equal((await open()).answer.status, 401)
})

test('the command line says it, too', async () => {
  const run = (...words: string[]) => akinai(shop, 'user', ...words)
  const shops = async () =>
    (await one('select shops from access.staff where id = $1', [hired.get('accountant-north')!.id])).shops
  const email = 'accountant-north@example.jp'
  assert.equal((await run('shops', '--email', email, '--shops', 'migiwato,north')).status, 0)
  assert.deepEqual(await shops(), [1, 2])
  const unknown = await run('shops', '--email', email, '--shops', 'nowhere')
  assert.equal(unknown.status, 1)
  assert.match(unknown.said, /ショップ「nowhere」が見つかりません/)
  assert.deepEqual(await shops(), [1, 2])
  assert.match(
    (await run('shops', '--email', 'nobody@example.jp', '--shops', 'north')).said,
    /no member of staff/,
  )
  assert.equal((await run('shops', '--email', email, '--shops', 'all')).status, 0)
  assert.equal(await shops(), null)
})
