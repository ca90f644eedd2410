/** An installation without anything becomes a shop: its owner, its company, its rules, its places and its tills. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { prooves } from '#flows/reads'
import {
  akinai,
  buy,
  clientOf,
  numberedProduct,
  openShop,
  proveBooks,
  type Answer,
  type Client,
  type Shop,
} from '#testing'

let shop: Shop, db: pg.Client, owner: Client
before(async () => {
  shop = await openShop({ sample: false })
  db = new pg.Client(shop.database.owner)
  await db.connect()
})
after(async () => {
  try {
    await proveBooks(shop.database.owner, prooves)
  } finally {
    await db?.end()
    await shop?.close()
  }
})
const of = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
const code = (a: Answer) => (a.body as { code?: string }).code
const at = '/admin/v1'
const person = { family: '創業', given: '葉子', email: 'first@example.jp', lang: 'ja' }
const password = 'a-password-of-hers'
async function link(): Promise<string> {
  const { status, said } = await akinai(shop, 'user', 'link')
  assert.equal(status, 0, said)
  return /#(\S+)/.exec(said)![1]!
}
const founding = {
  company: '株式会社みほん',
  registration_number: 'T7000012050002',
  name: { ja: 'みほん堂', en: '' },
  code: 'mihon',
  place: {
    kind: 'store',
    code: 'store-1',
    name: { ja: '本店', en: 'Main store' },
    postal: '1500001',
    address: { ja: '東京都渋谷区神宮前9-99-9', en: '' },
  },
  settings: {
    payments: ['cod', 'bank_transfer'],
    shipping: { all: 800, okinawa: 1500, free_from: 10_000 },
    cod_fees: [{ up_to: 300_000, fee: 330 }],
    bank_account: { ja: 'みほん銀行 本店 普通 0000000', en: '' },
  },
}

test('the first owner comes in by a link of the machine: one at a time, once, and never when somebody is in', async () => {
  const before = await link()
  const token = await link()
  const guest = clientOf(shop.server.local)
  assert.equal(
    code(await guest('POST', `${at}/invitations/look`, { token: before })),
    'access.invitation_gone',
  )
  assert.deepEqual(of(await guest('POST', `${at}/invitations/look`, { token })), { name: '', email: '' })
  // Who they are is theirs to say: without it nobody comes in.
  assert.equal((await guest('POST', `${at}/invitations/accept`, { token, password })).status, 400)
  const { me } = of<{ me: { role: string; founded: boolean; name: string } }>(
    await guest('POST', `${at}/invitations/accept`, { token, password, person }),
  )
  assert.deepEqual([me.role, me.founded, me.name], ['owner', false, '創業 葉子'])
  owner = guest
  assert.equal(
    code(await guest('POST', `${at}/invitations/accept`, { token, password, person })),
    'access.invitation_gone',
  )
  const again = await akinai(shop, 'user', 'link')
  assert.equal(again.status, 1)
  assert.match(again.said, /最初のオーナー/)
  const { rows } = await db.query('select count(*)::int as n from access.staff')
  assert.equal(rows[0].n, 1)
})

test('a shop is founded whole, once, by the owner alone; a number that is not right founds nothing', async () => {
  type State = { shop: string | null; law_missing: string[]; staff: number }
  assert.equal(of<State>(await owner('GET', `${at}/setup`)).shop, null)
  const wrong = await owner('POST', `${at}/setup`, { ...founding, registration_number: 'T7000012050003' })
  assert.equal(code(wrong), 'shops.registration')
  const noAccount = { ...founding.settings, bank_account: { ja: ' ', en: '' } }
  assert.equal(
    code(await owner('POST', `${at}/setup`, { ...founding, settings: noAccount })),
    'shops.bank_account',
  )
  // Two at the same moment: one founds, the other is told that there is a shop.
  const both = await Promise.all([
    owner('POST', `${at}/setup`, founding),
    owner('POST', `${at}/setup`, { ...founding, code: 'other' }),
  ])
  assert.deepEqual(
    both.map((a) => a.status).toSorted((a, b) => a - b),
    [200, 409],
  )
  assert.equal(code(both.find((a) => a.status === 409)!), 'shops.founded')
  assert.equal(code(await owner('POST', `${at}/setup`, founding)), 'shops.founded')
  const state = of<State>(await owner('GET', `${at}/setup`))
  assert.ok(state.shop)
  assert.equal(state.law_missing.length, 9)
  assert.equal(of<{ founded: boolean }>(await owner('GET', `${at}/me`)).founded, true)
  const shown = of<{ name: object; seller: string }>(await shop.client()('GET', '/store/v1/shop'))
  assert.deepEqual([shown.name, shown.seller], [{ ja: 'みほん堂', en: 'みほん堂' }, '株式会社みほん'])
  const kinds = (await db.query(`select kind from kernel.event where kind ~ '^(shops|places)' order by kind`))
    .rows
  assert.deepEqual(
    kinds.map((r) => r.kind),
    ['places.place_changed', 'shops.shop_changed'],
  )
  const deeds = (
    await db.query(`select outcome from access.deed where route = 'setup.found' order by outcome`)
  ).rows
  assert.deepEqual(
    deeds.map((r) => r.outcome),
    ['done', 'shops.bank_account', 'shops.founded', 'shops.founded', 'shops.registration'],
  )
})

test('a rule is another from now on: the shop shows it within a second, the rule before stays on record', async () => {
  type Told = { version: number; settings: { shipping: object }; since: { name: string; by_name: string }[] }
  const seen = of<Told>(await owner('GET', `${at}/settings`))
  assert.equal(seen.since.find((s) => s.name === 'shipping')!.by_name, '創業 葉子')
  const shipping = { all: 650, okinawa: 1300, free_from: null }
  const { version } = of<{ version: number }>(
    await owner('PUT', `${at}/settings`, { version: seen.version, settings: { shipping } }),
  )
  const began = performance.now()
  let shown
  do shown = of<{ shipping: object }>(await shop.client()('GET', '/store/v1/shop')).shipping
  while (JSON.stringify(shown) !== JSON.stringify(shipping) && performance.now() - began < 1000)
  assert.deepEqual(shown, shipping)
  const stale = { version: seen.version, settings: { points_per_100: 2 } }
  assert.equal(code(await owner('PUT', `${at}/settings`, stale)), 'shops.stale')
  const days = { cutoff: '14:00', closed_weekdays: [0], closed_days: ['2027-01-01'], by_prefecture: {} }
  const delivery = (least: number, most: number) => ({ ...days, days: [least, most] })
  const backwards = { version, settings: { delivery: delivery(3, 1) } }
  assert.equal((await owner('PUT', `${at}/settings`, backwards)).status, 400)
  of(await owner('PUT', `${at}/settings`, { version, settings: { delivery: delivery(1, 3) } }))
  const { rows } = await db.query(`select count(*)::int as n from shops.setting where name = 'shipping'`)
  assert.equal(rows[0].n, 2)

  // A story is told and taken away again, and so is the estimate of delivery.
  type Shown = { about: object | null; delivery: object | null }
  const about = { ja: '渚の店です。', en: '' }
  for (const settings of [
    { about },
    { about: { ja: ' ', en: '' } },
    { about },
    { about: null, delivery: null },
  ]) {
    const { version: now } = of<Told>(await owner('GET', `${at}/settings`))
    const done = await owner('PUT', `${at}/settings`, { version: now, settings })
    assert.equal(done.status, 200, JSON.stringify(done.body))
  }
  const told = of<{ settings: Shown }>(await owner('GET', `${at}/settings`)).settings
  assert.deepEqual([told.about, told.delivery], [null, null])
})

test('the account that buyers pay into wants a proof; taking the account away while transfers are taken is refused', async () => {
  const { version } = of<{ version: number }>(await owner('GET', `${at}/settings`))
  await db.query(`update access.session set proven_at = now() - interval '11 minutes'`)
  await new Promise((r) => setTimeout(r, 2100)) // as long as a server may remember a session
  const account = { bank_account: { ja: 'べつの銀行', en: '' } }
  assert.equal(code(await owner('PUT', `${at}/settings`, { version, settings: account })), 'access.step_up')
  of(await owner('PUT', `${at}/settings`, { version, settings: { points_per_100: 1 } }))
  of(await owner('POST', `${at}/me/proof`, { password }))
  const none = { bank_account: { ja: '', en: '' } }
  assert.equal(
    code(await owner('PUT', `${at}/settings`, { version: version + 1, settings: none })),
    'shops.bank_account',
  )
  of(await owner('PUT', `${at}/settings`, { version: version + 1, settings: account }))
})

test('a place is kept from being put away while goods stand there, are on their way, or a till is in use', async () => {
  const cup = { code: 'CUP', price: 1000, serial_kept: false }
  of(await owner('POST', `${at}/products`, numberedProduct('cup', { ja: '湯のみ', en: 'Cup' }, cup)))
  of(await owner('POST', `${at}/stock/counts`, { place: 'store-1', lines: [{ sku: 'CUP', quantity: 5 }] }))
  const wanted = { kind: 'warehouse', name: { ja: '倉庫', en: '' }, postal: null, address: null }
  const { place } = of<{ place: number }>(
    await owner('POST', `${at}/places`, { ...wanted, code: 'depot', sells_web: false, priority: 10 }),
  )
  const taken = { ...wanted, code: 'depot', sells_web: true, priority: 10 }
  assert.equal(code(await owner('POST', `${at}/places`, taken)), 'places.code_taken')
  of(
    await owner('POST', `${at}/stock/transfers`, {
      from: 'store-1',
      to: 'depot',
      lines: [{ sku: 'CUP', quantity: 2 }],
    }),
  )
  const toItself = { from: 'depot', to: 'depot', lines: [{ sku: 'CUP', quantity: 1 }] }
  assert.equal(code(await owner('POST', `${at}/stock/transfers`, toItself)), 'stock.same_place')
  const archive = (version: number) => owner('POST', `${at}/places/${place}/archive`, { version })
  const refused = await archive(1)
  assert.equal(code(refused), 'places.in_use')
  assert.match((refused.body as unknown as { title: string }).title, /移動中 1件/)
  const { items } = of<{ items: { transfer: number }[] }>(await owner('GET', `${at}/stock/transfers`))
  of(await owner('POST', `${at}/stock/transfers/${items[0]!.transfer}/receive`, {}))
  assert.match(((await archive(1)).body as unknown as { title: string }).title, /在庫 2点/)
  const adjusted = { place: 'depot', sku: 'CUP', by: -2, reason: 'own_use' }
  of(await owner('POST', `${at}/stock/adjustments`, adjusted))
  of(await archive(1))
  assert.equal(code(await archive(2)), undefined)
  // What is put away takes no goods, and is there again when it is used again.
  const receipt = { place: 'depot', lines: [{ sku: 'CUP', quantity: 1 }] }
  assert.equal(code(await owner('POST', `${at}/stock/receipts`, receipt)), 'places.missing')
  assert.equal(code(await owner('POST', `${at}/places/1/archive`, { version: 1 })), 'places.in_use')
  of(await owner('POST', `${at}/places/${place}/resume`, { version: 3 }))
})

test('a place that serves the web no more is told to the malls, and to the shop within a second', async () => {
  await db.query(`insert into channels.connection (code, connector, shop) values ('mall', 'amazon', 1)`)
  await db.query(
    `insert into channels.listing (connection, sku, external_sku, moved_at) select c.id, s.id, s.code, now() - interval '1 day' from channels.connection c, catalog.sku s`,
  )
  const wanted = {
    kind: 'store',
    name: { ja: '本店', en: '' },
    postal: '1500001',
    address: { ja: '東京都渋谷区神宮前9-99-9', en: '' },
    priority: 50,
  }
  const seen = async () =>
    of<{ available: number }>(await shop.client()('GET', '/store/v1/products/cup')).available
  assert.equal(await seen(), 3)
  of(await owner('PUT', `${at}/places/1`, { ...wanted, sells_web: false, version: 1 }))
  const until = async (what: () => Promise<boolean>) => {
    for (let n = 0; n < 40 && !(await what()); n++) await new Promise((r) => setTimeout(r, 25))
    assert.ok(await what())
  }
  await until(async () => (await seen()) === 0)
  await until(
    async () =>
      (await db.query(`select from channels.listing where moved_at > now() - interval '1 hour'`)).rowCount ===
      1,
  )
  of(await owner('PUT', `${at}/places/1`, { ...wanted, sells_web: true, version: 2 }))
  await until(async () => (await seen()) === 3)
})

test('a till opens with its key and a PIN, in a store alone; stopped it opens no more, a new key is the only one', async () => {
  assert.equal(
    code(await owner('POST', `${at}/tills`, { code: 'depot-1', place: 'depot' })),
    'access.no_store',
  )
  const key = crypto.randomUUID()
  const body = { code: 'store-1-1', place: 'store-1' }
  const first = of<{ till: number; key: string }>(await owner('POST', `${at}/tills`, body, { key }))
  const again = of<{ till: number; key: null }>(await owner('POST', `${at}/tills`, body, { key }))
  assert.deepEqual(again, { till: first.till, key: null })
  assert.equal(code(await owner('POST', `${at}/tills`, body)), 'access.till_code_taken')
  of(await owner('PUT', `${at}/me/pin`, { pin: '4711' }))
  const open = (secret: string, pin = '4711') =>
    shop.client()('POST', '/till/v1/sessions', { device: 'store-1-1', key: secret, pin })
  assert.equal(code(await open(first.key, '4712')), 'access.failed')
  const till = clientOf(shop.server.local)
  of(await till('POST', '/till/v1/sessions', { device: 'store-1-1', key: first.key, pin: '4711' }))
  const sale = {
    sale: crypto.randomUUID(),
    happened_at: new Date().toISOString(),
    lines: [{ sku: 'CUP', quantity: 1, unit_price: 1000 }],
    tendered: 1000,
    total: 1000,
  }
  assert.deepEqual(of<{ short: object[] }>(await till('POST', '/till/v1/sales', sale)).short, [])
  // A store that has a till stays a store.
  const { items } = of<{ items: { place: number; version: number; name: object }[] }>(
    await owner('GET', `${at}/places/all`),
  )
  const { version, name } = items.find((p) => p.place === 1)!
  const depot = {
    kind: 'warehouse',
    name,
    postal: null,
    address: null,
    sells_web: true,
    priority: 1,
    version,
  }
  assert.equal(code(await owner('PUT', `${at}/places/1`, depot)), 'places.in_use')
  const renewed = of<{ key: string }>(await owner('POST', `${at}/tills/${first.till}/key`, {}))
  assert.equal((await till('GET', '/till/v1/catalogue')).status, 401)
  assert.equal(code(await open(first.key)), 'access.failed')
  of(await open(renewed.key))
  of(await owner('POST', `${at}/tills/${first.till}/disable`, {}))
  assert.equal(code(await open(renewed.key)), 'access.failed')
  of(await owner('POST', `${at}/tills/${first.till}/enable`, {}))
  of(await open(renewed.key))
})

test('a PIN is one person’s: somebody else’s digits are refused', async () => {
  const link = of<{ link: string }>(
    await owner('POST', `${at}/invitations`, {
      family: '店',
      given: '番',
      email: 'clerk@example.jp',
      lang: 'ja',
      role: 'store',
      place: 1,
      shops: null,
    }),
  ).link
  const clerk = clientOf(shop.server.local)
  of(await clerk('POST', `${at}/invitations/accept`, { token: link.split('#')[1], password }))
  assert.equal(code(await clerk('PUT', `${at}/me/pin`, { pin: '4711' })), 'access.pin_taken')
  of(await clerk('PUT', `${at}/me/pin`, { pin: '1234' }))
  assert.equal((await clerk('GET', `${at}/settings`)).status, 403)
  // Nor is anybody taken on with them, under an address that somebody has, or for a place that is not there.
  const other = { family: '二', given: '番', email: 'second@example.jp', role: 'store', password }
  const take = (more: object) => owner('POST', `${at}/staff`, { ...other, ...more })
  assert.equal(code(await take({ pin: '1234' })), 'access.pin_taken')
  assert.equal(code(await take({ email: 'clerk@example.jp' })), 'access.staff_known')
  assert.equal(code(await take({ place: 999_999 })), 'places.missing')
  of(await take({ pin: '7531' }))
})

test('a company with another name: letters about orders before keep the one of their day', async () => {
  of(await buy(shop.client(), [{ sku: 'CUP', quantity: 1 }]))
  const letter = async () => {
    const { items } = of<{ items: { message: string; kind: string }[] }>(await owner('GET', `${at}/mail`))
    return items.length
      ? of<{ letter: { text: string } }>(await owner('GET', `${at}/mail/${items.at(-1)!.message}`)).letter
          .text
      : ''
  }
  for (let n = 0; n < 100 && !(await letter()); n++) await new Promise((r) => setTimeout(r, 50))
  assert.match(await letter(), /株式会社みほん/)
  const { version } = of<{ version: number }>(await owner('GET', `${at}/settings`))
  of(
    await owner('PUT', `${at}/settings/company`, {
      version,
      name: { ja: 'みほん堂', en: '' },
      company: '株式会社あらた',
      registration_number: null,
    }),
  )
  assert.match(await letter(), /株式会社みほん/)
  assert.match(await letter(), /T7000012050002/)
  of(await buy(shop.client(), [{ sku: 'CUP', quantity: 1 }]))
  const told = of<{ company: string; registration_number: null }>(await owner('GET', `${at}/settings`))
  assert.deepEqual([told.company, told.registration_number], ['株式会社あらた', null])
})
