/** What every route answers is exactly what it says of itself. `openShop` holds all answers of all tests to that; here each route answers at least once. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Type, { type TSchema } from 'typebox'
import pg from 'pg'
import sharp from 'sharp'
import { prooves } from '#flows/reads'
import { routes } from '#doors/http'
import { codeOf, stepAt } from '#domains/access'
import {
  authenticator,
  buy,
  numberedProduct,
  openShop,
  unbase32,
  proveBooks,
  type Answer,
  type Client,
  type Shop,
} from '#testing'

let shop: Shop, db: pg.Client, owner: Client
before(async () => {
  shop = await openShop({
    settings: {
      AKINAI_WEBHOOK_NETWORKS: '127.0.0.1',
      // Nobody listens there.
      AKINAI_SMTP_URL: 'smtp://127.0.0.1:9',
      AKINAI_MAIL_FROM: 'shop@example.jp',
    },
    connect: { patience: { try: 300, whole: 300 }, look: 3_600_000 },
  })
  db = new pg.Client(shop.database.owner)
  await db.connect()
  owner = await shop.staff('owner')
})
after(async () => {
  try {
    await proveBooks(shop.database.owner, prooves)
  } finally {
    await db?.end()
    await shop?.close()
  }
})
type Order = {
  order: number
  total: number
  captured: number
  history: { kind: string; actor: number; actor_name: string | null }[]
}
type Rows<R> = { items: R[]; next: string | null }
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
const at = '2026-11-22T10:00:00+09:00'
const mallOrder = (externalId: string, lines: { sku: string; quantity: number; unit_price: number }[]) =>
  owner('POST', '/admin/v1/mall-orders', {
    channel: 'rakuten',
    external_id: externalId,
    placed_at: at,
    lines,
    total: lines.reduce((sum, l) => sum + l.quantity * l.unit_price, 0),
    paid: true,
    destination: { contact: { family: '佐藤' }, address: { prefecture: 13 } },
  })
async function till(): Promise<Client> {
  const client = shop.client()
  told(
    await client('POST', '/till/v1/sessions', {
      device: 'kyoto-1',
      key: 'sample-till-kyoto-1',
      pin: '1600',
    }),
  )
  return client
}

test('no answer is described loosely', () => {
  const loose: string[] = []
  const look = (name: string, schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    const s = schema as Record<string, unknown>
    if (!['type', 'enum', 'const', 'anyOf', 'allOf'].some((word) => word in s)) loose.push(name)
    if (s.type === 'object' && !s.properties && !s.patternProperties) loose.push(name)
    for (const [field, part] of Object.entries((s.properties ?? s.patternProperties ?? {}) as object))
      look(`${name}/${field}`, part)
    if (s.items !== undefined) look(`${name}/items`, s.items)
    for (const part of (s.anyOf ?? []) as unknown[]) look(name, part)
  }
  for (const r of routes) look(r.name, r.output)
  // An event's body has the shape of its kind, which reads it and refuses anything else (kernel/journal).
  assert.deepEqual(loose, ['events/items/items/data/body/^.*$'])
})

/** Somebody is invited, comes in by each way, is changed, and leaves an entry each time. */
async function staffAnswers() {
  const at = '/admin/v1'
  const work = { role: 'merchandiser', place: null, shops: null }
  const person = { family: '新井', given: '涼', email: 'arai@example.jp', lang: 'ja', ...work }
  const invited = told<{ staff: number; link: string }>(await owner('POST', `${at}/invitations`, person))
  const her = `${at}/staff/${invited.staff}`
  told(await owner('DELETE', `${her}/invitation`))
  const { link } = told<{ link: string }>(await owner('POST', `${her}/invitation`, {}))
  const token = link.slice(link.indexOf('#') + 1)
  const guest = shop.client()
  const key = authenticator(`http://localhost:${new URL(shop.url).port}`)
  type Options = { challenge: string; user: { id: string } }
  told(await guest('POST', `${at}/invitations/look`, { token }))
  const first = told<Options>(await guest('POST', `${at}/invitations/passkey`, { token }))
  const passkey = { name: '机の上', response: key.create(first) }
  const password = 'a-password-of-hers'
  told(await guest('POST', `${at}/invitations/accept`, { token, password, passkey }))
  const asked = async () => told<Options>(await guest('POST', `${at}/sessions/passkey/request`, {}))
  told(await guest('POST', `${at}/sessions/passkey`, { response: key.get(await asked()) }))
  told(await guest('POST', `${at}/me/proof`, { passkey: key.get(await asked()) }))
  told(await guest('POST', `${at}/me/proof`, { password }))

  const another = authenticator(`http://localhost:${new URL(shop.url).port}`)
  const second = told<Options>(await guest('POST', `${at}/me/passkeys/creation`, {}))
  told(await guest('POST', `${at}/me/passkeys`, { name: '鍵', response: another.create(second) }))
  told(await guest('PUT', `${at}/me/passkeys/${another.id}`, { name: '持ち歩く鍵' }))
  const { secret } = told<{ secret: string }>(await guest('POST', `${at}/me/totp`, {}))
  told(await guest('PUT', `${at}/me/totp`, { code: codeOf(unbase32(secret), stepAt(new Date())) }))
  const { codes } = told<{ codes: string[] }>(await guest('POST', `${at}/me/recovery-codes`, {}))
  told(await guest('GET', `${at}/me/factors`))
  told(await shop.client()('POST', `${at}/sessions`, { email: person.email, password, code: codes[0] }))
  const { items } = told<Rows<{ session: string; current: boolean }>>(await guest('GET', `${at}/me/sessions`))
  told(await guest('DELETE', `${at}/me/sessions/${items.find((s) => !s.current)!.session}`))
  told(await guest('DELETE', `${at}/me/sessions`))
  told(await guest('DELETE', `${at}/me/passkeys/${another.id}`))
  told(await guest('DELETE', `${at}/me/totp`))

  told(await owner('GET', `${at}/roles`))
  const list = told<Rows<{ staff: number; version: number }>>(await owner('GET', `${at}/staff`)).items
  const { version } = list.find((one) => one.staff === invited.staff)!
  told(await owner('PUT', her, { ...work, role: 'call', shops: ['migiwato'], version }))
  for (const what of ['second-factor/reset', 'disable', 'enable'])
    told(await owner('POST', `${her}/${what}`, {}))
  for (const who of ['owner', 'developer']) told(await (await shop.staff(who))('GET', `${at}/audit?limit=3`))
  told(await owner('GET', `${at}/audit?limit=200`))
  told(await owner('GET', `${at}/audit/export`))
  told(await owner('POST', `${at}/audit/verify`, {}))
}
/** What a merchandiser does: cells, categories, pictures, planned prices, what was and its way back. */
async function careForProducts(product: number, sku: number) {
  const at_ = `/admin/v1/products/${product}`
  for (const who of [owner, await shop.staff('east')]) told(await who('GET', '/admin/v1/skus?state=all'))
  for (const name_ja of ['ふうりん', 'ふうりん ', ''])
    await owner('POST', '/admin/v1/skus/edits', {
      products: [{ product, rows: [{ sku, was: { name_ja: '風鈴' }, to: { name_ja } }] }],
    }).then((a) => (name_ja ? told(a) : assert.equal(a.status, 400)))
  const name = { ja: '音の道具', en: '' }
  const made = told<{ category: number; version: number }>(
    await owner('POST', '/admin/v1/categories', { code: 'sounds', name, parent: null }),
  )
  const category = `/admin/v1/categories/${made.category}`
  told(await owner('PUT', category, { version: 1, code: 'sound', name }))
  told(await owner('POST', `${category}/move`, { version: 2, parent: null, next: null }))
  told(await owner('POST', `${category}/products`, { add: [product], remove: [] }))
  told(await owner('PUT', `${category}/first`, { version: 3, first: [product] }))
  told(await owner('GET', `${category}/products`))
  told(await owner('GET', '/admin/v1/categories'))
  told(await owner('POST', `${category}/close`, { version: 4, into: null }))
  const data = (
    await sharp({ create: { width: 600, height: 400, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
  ).toString('base64')
  told(await owner('POST', '/admin/v1/pictures', { data }))
  const from = '2098-01-01T00:00:00+09:00'
  told(
    await owner('POST', `${at_}/prices`, {
      skus: [sku],
      price: 700,
      from,
      until: '2098-02-01T00:00:00+09:00',
    }),
  )
  told(await owner('POST', `${at_}/prices/withdraw`, { skus: [sku], from }))
  told(await owner('GET', `${at_}/prices`))
  told(await owner('GET', `${at_}/history`))
  told(await owner('GET', `${at_}/history/1`))
  const { version } = told<{ version: number }>(await owner('GET', at_))
  told(await owner('POST', `${at_}/history/1/restore`, { version }))
}

/** The shop's own rules, a place and a till come, change and go. */
async function houseAnswers() {
  const at = '/admin/v1'
  told(await owner('GET', `${at}/setup`))
  const { version } = told<{ version: number }>(await owner('GET', `${at}/settings`))
  told(await owner('PUT', `${at}/settings`, { version, settings: { points_per_100: 1 } }))
  const names = {
    name: { ja: 'みぎわと', en: 'Migiwato' },
    company: '株式会社みぎわと',
    registration_number: null,
  }
  told(await owner('PUT', `${at}/settings/company`, { version: version + 1, ...names }))
  told(await owner('GET', `${at}/settings`))
  const wanted = {
    kind: 'store',
    name: { ja: '京都北店', en: '' },
    postal: '6008216',
    address: { ja: '京都市', en: '' },
    sells_web: true,
    priority: 60,
  }
  const { place } = told<{ place: number }>(await owner('POST', `${at}/places`, { ...wanted, code: 'north' }))
  const { till } = told<{ till: number }>(
    await owner('POST', `${at}/tills`, { code: 'north-1', place: 'north' }),
  )
  for (const deed of ['key', 'disable', 'enable', 'disable'])
    told(await owner('POST', `${at}/tills/${till}/${deed}`, {}))
  told(await owner('GET', `${at}/tills`))
  told(await owner('PUT', `${at}/places/${place}`, { ...wanted, priority: 70, version: 1 }))
  told(await owner('POST', `${at}/places/${place}/archive`, { version: 2 }))
  told(await owner('GET', `${at}/places/all`))
  told(await owner('POST', `${at}/places/${place}/resume`, { version: 3 }))
  told(await owner('PUT', `${at}/me/pin`, { pin: '97531' }))
}

test('every route answers in exactly the shape that it declares', async () => {
  const guest = shop.client()
  told(await guest('GET', '/store/v1/shop'))
  told(await guest('GET', '/store/v1/products?limit=100'))
  told(
    await guest(
      'GET',
      `/store/v1/products?facets=true&q=${encodeURIComponent('マグ 白')}&options=colour:white`,
    ),
  )
  told(await guest('GET', `/store/v1/products?facets=true&category=tableware&in_stock=true&price_max=5000`))
  told(await guest('GET', '/store/v1/delivery?prefecture=47'))
  told(await guest('GET', '/store/v1/addresses?postal=150-0001'))
  told(await owner('GET', '/admin/v1/overview'))
  told(await owner('GET', '/admin/v1/orders?from=2026-01-01&to=2099-12-31'))
  told(await guest('GET', `/store/v1/suggestions?q=${encodeURIComponent('リネン')}`))
  told(await guest('GET', '/store/v1/products/asanagi-mug'))
  const lines = [{ sku: 'MUG-WHITE', quantity: 2 }]
  const { cart, token } = told<{ cart: string; token: string }>(
    await guest('POST', '/store/v1/carts', { lines }),
  )
  const headers = { 'akinai-cart-token': token }
  told(await guest('GET', `/store/v1/carts/${cart}`, undefined, { headers }))
  told(await guest('POST', `/store/v1/carts/${cart}/lines`, { sku: 'SENCHA-80', quantity: 1 }, { headers }))
  told(await guest('PUT', `/store/v1/carts/${cart}/lines`, { lines }, { headers }))
  const contact = { family: '山田', given: '花子', email: 'shape@example.jp', phone: '090-0000-0000' }
  const address = { postal: '150-0001', prefecture: 13, city: '渋谷区', line1: '神宮前1-1' }
  const choice = { contact, address, payment: 'bank_transfer' }
  told(await guest('PUT', `/store/v1/carts/${cart}/checkout`, choice, { headers }))
  told(await guest('POST', '/store/v1/checkouts', { lines, ...choice }))
  const { total } = told<{ total: number }>(
    await guest('GET', `/store/v1/carts/${cart}/checkout`, undefined, { headers }),
  )
  const { order } = told<Order>(
    await guest('POST', '/store/v1/orders', { cart, expects: total }, { headers }),
  )
  told(await owner('POST', `/admin/v1/orders/${order}/captures`, { amount: total }))
  told(await owner('POST', `/admin/v1/orders/${order}/ship`, { carrier: 'yamato', tracking: '1-2' }))
  told(
    await owner('POST', `/admin/v1/orders/${order}/returns`, {
      lines: [{ line: 1, quantity: 1 }],
      place: 'kyoto',
      condition: 'quarantine',
      reason: 'faulty',
    }),
  )
  told(await owner('POST', `/admin/v1/orders/${order}/refunds`, { amount: 1, reason: 'late' }))
  told(await guest('POST', '/store/v1/orders/look-up', { order, email: 'shape@example.jp' }))
  const other = told<Order>(await buy(guest, lines))
  told(await owner('POST', `/admin/v1/orders/${other.order}/cancel`, { reason: 'customer' }))

  const short = told<Order>(await mallOrder('R-1', [{ sku: 'GUINOMI', quantity: 900, unit_price: 100 }]))
  const [missing] = told<Rows<{ shortage: number; order: number }>>(
    await owner('GET', '/admin/v1/shortages'),
  ).items
  const shortage = missing!.shortage
  told(await owner('POST', `/admin/v1/shortages/${shortage}/assign`, { owner: 'store', deadline: at }))
  const goods = [{ sku: 'GUINOMI', quantity: 900 }]
  told(await owner('POST', '/admin/v1/stock/receipts', { place: 'kyoto', lines: goods }))
  told(await owner('POST', `/admin/v1/shortages/${shortage}/solve`, { place: 'kyoto' }))

  const hand = await till()
  told(await hand('GET', '/till/v1/catalogue'))
  told(await hand('GET', '/till/v1/members/2900000000018'))
  const sold = told<Order>(
    await hand('POST', '/till/v1/sales', {
      sale: crypto.randomUUID(),
      happened_at: at,
      lines: [{ sku: 'GUINOMI', quantity: 2, unit_price: 100 }],
      member: '2900000000018',
      tendered: 200,
      total: 200,
    }),
  )
  told(await hand('DELETE', '/till/v1/sessions/current'))

  told(await owner('GET', '/admin/v1/orders?limit=200'))
  told(await owner('GET', '/admin/v1/channels'))
  told(await owner('GET', '/admin/v1/places'))
  const merchandiser = await shop.staff('merchandiser')
  for (const n of [order, other.order, short.order, sold.order]) {
    told(await owner('GET', `/admin/v1/orders/${n}`))
    told(await merchandiser('GET', `/admin/v1/orders/${n}`))
    told(await owner('GET', `/admin/v1/orders/${n}/movements`))
  }
  told(await owner('GET', '/admin/v1/stock?limit=200'))
  told(
    await owner('POST', '/admin/v1/stock/counts', {
      place: 'east',
      lines: [{ sku: 'MUG-WHITE', quantity: 9 }],
    }),
  )
  told(
    await owner('POST', '/admin/v1/stock/adjustments', {
      place: 'east',
      sku: 'MUG-WHITE',
      by: -1,
      reason: 'lost',
    }),
  )
  const sent = () =>
    owner('POST', '/admin/v1/stock/transfers', {
      from: 'east',
      to: 'kyoto',
      lines: [{ sku: 'MUG-WHITE', quantity: 1 }],
    })
  const { transfer } = told<{ transfer: number }>(await sent())
  told(await sent())
  told(await owner('POST', `/admin/v1/stock/transfers/${transfer}/receive`, {}))
  told(await owner('GET', '/admin/v1/stock/transfers'))
  for (const kind of ['on_hand', 'held', 'short', 'quarantine', 'in_transit'])
    for (const [sku, place] of [
      ['GUINOMI', 'kyoto'],
      ['MUG-WHITE', 'kyoto'],
      ['MUG-WHITE', 'east'],
    ])
      told(await owner('GET', `/admin/v1/stock/movements?sku=${sku}&place=${place}&kind=${kind}`))
  told(await owner('PUT', '/admin/v1/prices', { lines: [{ sku: 'MUG-WHITE', price: 2500 }] }))

  const taught = told<{ version: number }>(await owner('GET', '/admin/v1/search/words'))
  told(
    await owner('PUT', '/admin/v1/search/words', { ...taught, same: [['珈琲', 'コーヒー']], stop: ['の'] }),
  )
  told(await owner('GET', '/admin/v1/search/words'))
  told(await owner('GET', '/admin/v1/products/terms'))
  for (const who of [merchandiser, await shop.staff('east')]) {
    const { items } = told<Rows<{ product: number }>>(await who('GET', '/admin/v1/products?limit=200'))
    for (const { product } of items) told(await who('GET', `/admin/v1/products/${product}`))
  }
  const product = numberedProduct('wind-bell', { ja: '風鈴', en: 'Wind bell' }, { code: 'BELL', price: 900 })
  const bell = told<{ product: number; skus: { sku: number }[] }>(
    await owner('POST', '/admin/v1/products', product),
  )
  told(
    await owner('PUT', `/admin/v1/products/${bell.product}`, {
      ...product,
      version: 1,
      skus: [
        { ...product.skus[0], id: bell.skus[0]!.sku, price: 900, price_from: '2099-01-01T00:00:00+09:00' },
      ],
    }),
  )
  told(await owner('GET', `/admin/v1/products/${bell.product}`))
  const bells = { place: 'east', lines: [{ sku: 'BELL', quantity: 2, serials: ['B-1', 'B-2'] }] }
  told(await owner('POST', '/admin/v1/stock/receipts', bells))
  const rung = told<Order>(await buy(guest, [{ sku: 'BELL', quantity: 1 }])).order
  told(await owner('POST', `/admin/v1/orders/${rung}/ship`, { serials: [{ sku: 'BELL', serials: ['B-1'] }] }))
  told(await owner('GET', `/admin/v1/orders/${rung}`))
  told(await owner('GET', '/admin/v1/serials'))
  for (const n of [1, 2]) told(await owner('GET', `/admin/v1/skus/BELL/serials/B-${n}`))
  told(await owner('POST', `/admin/v1/products/${bell.product}/archive`, { version: 2 }))
  told(await owner('POST', `/admin/v1/products/${bell.product}/restore`, { version: 3 }))

  await careForProducts(bell.product, bell.skus[0]!.sku)

  const { items: written } = told<Rows<{ message: string }>>(await owner('GET', '/admin/v1/mail?limit=200'))
  assert.ok(written.length >= 6)
  for (const { message } of written) told(await owner('GET', `/admin/v1/mail/${message}`))
  told(await owner('POST', `/admin/v1/mail/${written[0]!.message}/send`, {}))
  told(await owner('POST', '/admin/v1/mail/send', {}))
  told(await owner('GET', '/admin/v1/proof'))
  told(await owner('POST', '/admin/v1/proof', {}))
  told(await owner('GET', '/admin/v1/proof'))
  told(await owner('GET', '/admin/v1/followers'))
  told(await owner('POST', '/admin/v1/followers/order-rows/rebuild', {}))
  told(await owner('GET', '/admin/v1/followers'))
  // A connection that reaches nobody says so, in its shape.
  const outside = '/admin/v1/connectors/outside'
  const nowhere = 'http://127.0.0.1:9'
  told(
    await owner('PUT', outside, {
      connector: 'amazon',
      active: true,
      settings: { endpoint: nowhere, tokens_endpoint: nowhere },
      secrets: { client_secret: 'a', refresh_token: 'b', notice_key: 'notice-key' },
    }),
  )
  told(await owner('PUT', `${outside}/listings`, { lines: [{ sku: 'TEE-WHITE-M', external_sku: 'T' }] }))
  told(await owner('GET', `${outside}/listings?q=tee`))
  told(
    await shop.client()(
      'POST',
      '/connect/v1/outside/notices',
      {
        NotificationType: 'ORDER_CHANGE',
        Payload: { OrderChangeNotification: { AmazonOrderId: '250-1' } },
        NotificationMetadata: { NotificationId: 'n-1' },
      },
      { headers: { authorization: 'Bearer notice-key' } },
    ),
  )
  told(await owner('GET', outside))
  told(await owner('GET', '/admin/v1/connectors'))
  told(await owner('GET', `${outside}/messages`))
  told(await owner('POST', `${outside}/replays`, {}))
  told(await owner('GET', `${outside}/certificates`))
  for (const what of ['try', 'run']) told(await owner('POST', `${outside}/${what}`, {}))
  told(await owner('GET', '/admin/v1/me'))
  const passwords = { current: 'sample-call', password: 'another-password' }
  told(await (await shop.staff('call'))('PUT', '/admin/v1/me/password', passwords))
  told(
    await owner('POST', '/admin/v1/staff', {
      family: '新田',
      given: '光',
      email: 'nitta@example.jp',
      role: 'call',
      password: 'a-long-password',
    }),
  )
  const { rows: calls } = await db.query(`select id from access.staff where role = 'call' order by id`)
  for (const shops of [['migiwato'], null])
    told(await owner('PUT', `/admin/v1/staff/${calls[0].id}/shops`, { shops }))
  await staffAnswers()
  const member = told<{ member: number }>(
    await owner('POST', '/admin/v1/customers', { code: '2900000000049', contact }),
  ).member
  told(await owner('GET', '/admin/v1/customers/2900000000049'))
  const { buyer } = told<{ buyer: { identity: number } }>(await owner('GET', `/admin/v1/orders/${order}`))
  told(await owner('POST', `/admin/v1/identities/${member}/join`, { other: buyer.identity }))
  const theirs = `/admin/v1/identities/${buyer.identity}`
  told(await owner('PUT', `${theirs}/contact`, { family: '架空', given: '花子', phone: '03-0000-0000' }))
  told(await owner('POST', `${theirs}/consents`, { channel: 'mail', given: true, told_by: 'phone' }))
  const { note } = told<{ note: number }>(await owner('POST', `${theirs}/notes`, { words: '領収書は不要' }))
  told(await owner('PUT', `${theirs}/notes/${note}`, { removed: true }))
  told(await owner('PUT', `${theirs}/notes/${note}`, { removed: false }))
  told(await owner('POST', `${theirs}/points`, { amount: 50, reason: 'goodwill' }))
  told(await owner('GET', theirs))
  told(await owner('GET', '/admin/v1/identities?q=0300000000'))
  told(await owner('GET', `/admin/v1/orders/${order}`))
  told(await owner('POST', `/admin/v1/identities/${member}/part`, {}))
  told(await owner('POST', `/admin/v1/persons/${member}/erase`, { reason: 'asked' }))
  // Nobody listens there.
  const hook = { url: 'http://127.0.0.1:9/', kinds: ['orders.placed'], shop: null }
  const { endpoint } = told<{ endpoint: number }>(await owner('POST', '/admin/v1/webhooks', hook))
  const { items: hooks } = told<Rows<{ version: number }>>(await owner('GET', '/admin/v1/webhooks'))
  const at_ = `/admin/v1/webhooks/${endpoint}`
  told(await owner('POST', `${at_}/try`, {}))
  told(await owner('POST', `${at_}/secret`, {}))
  const { items: happened } = told<Rows<{ data: { id: string } }>>(
    await owner('GET', '/admin/v1/events?kinds=orders.placed&limit=5'),
  )
  const [from, to] = [happened[0]!.data.id, happened.at(-1)!.data.id]
  told(await owner('POST', `${at_}/replay`, { from, to }))
  const deliveries = told<Rows<unknown>>(await owner('GET', `${at_}/deliveries?limit=2`))
  assert.equal(deliveries.items.length, 2)
  told(await owner('PUT', at_, { ...hook, version: hooks[0]!.version + 1, state: 'off' }))
  told(await owner('POST', `${at_}/archive`, { version: hooks[0]!.version + 2 }))
  const password = { current: 'sample-merchandiser', password: 'another long password' }
  told(await merchandiser('PUT', '/admin/v1/me/password', password))
  told(await merchandiser('DELETE', '/admin/v1/sessions/current'))

  const file = Buffer.from('code,name,price\nIMPORTED-1,一つ,7.5\nIMPORTED-2,,x\n')
  const files = '/admin/v1/imports/files'
  const { upload } = told<{ upload: string }>(
    await owner('POST', files, { name: 'a.csv', bytes: file.length }),
  )
  const part = { offset: 0, data: file.toString('base64') }
  told(await owner('POST', `${files}/${upload}/parts`, part))
  told(await owner('POST', `${files}/${upload}/preview`, {}))
  type Job = { job: string; state: string; run: number }
  const ended = async (path: string, body: object): Promise<Job> => {
    let job = told<Job>(await owner('POST', path, body))
    while (job.state === 'working') job = told<Job>(await owner('GET', `/admin/v1/imports/jobs/${job.job}`))
    return job
  }
  await ended(`${files}/${upload}/start`, { dry: true })
  const imported = await ended(`${files}/${upload}/start`, { dry: false })
  told(await owner('POST', `/admin/v1/imports/jobs/${imported.job}/cancel`, {}))
  told(await owner('GET', '/admin/v1/imports'))
  // One whose server has ended.
  await db.query(
    `insert into imports.job (id, shop, kind, run, name, how, actor, process, state) select gen_random_uuid(), 1, 'undo', $1, 'a.csv', '{}', '{"id":1,"name":"owner"}', gen_random_uuid(), 'stopped'`,
    [imported.run],
  )
  const { items: stopped } = told<Rows<{ job: string }>>(await owner('GET', '/admin/v1/imports/jobs'))
  assert.equal(stopped.length, 1)
  told(await owner('POST', `/admin/v1/imports/jobs/${stopped[0]!.job}/resume`, {}))
  told(await owner('GET', `/admin/v1/imports/${imported.run}`))
  told(await owner('GET', `/admin/v1/imports/${imported.run}/failed`))
  await ended(`/admin/v1/imports/${imported.run}/undo`, {})
  told(await owner('GET', '/admin/v1/exports/products'))

  const releases = '/admin/v1/releases'
  const given = told<{ release: string }>(
    await owner('POST', releases, { ids: [member], reason: 'own_wish' }),
  ).release
  told(
    await owner('POST', '/admin/v1/staff', {
      family: '西',
      given: '一',
      email: 'second-owner@example.jp',
      password: 'a-long-password',
      role: 'owner',
    }),
  )
  const second = shop.client()
  told(
    await second('POST', '/admin/v1/sessions', {
      email: 'second-owner@example.jp',
      password: 'a-long-password',
    }),
  )
  told(await second('POST', `${releases}/${given}/decision`, { decision: 'given' }))
  assert.equal(told<Rows<unknown>>(await owner('GET', releases)).items.length, 1)
  told(await owner('GET', `/admin/v1/exports/persons?release=${given}&ids=${member}`))

  const views = '/admin/v1/views'
  const mine = crypto.randomUUID()
  told(
    await owner('PUT', `${views}/${mine}`, {
      list: 'stock',
      name: '足りない',
      search: { only: 'short' },
      shared: true,
    }),
  )
  told(await owner('PUT', `${views}/default/stock`, { view: mine }))
  assert.equal(told<Rows<unknown>>(await owner('GET', views)).items.length, 1)
  told(await owner('DELETE', `${views}/${mine}`))

  const bulk = '/admin/v1/bulk'
  const fits = { filter: { status: 'shipped' } }
  const { count, sums } = told<{ count: number; sums: { total: number; owed: number; captured: number }[] }>(
    await owner('POST', `${bulk}/orders`, fits),
  )
  const come = (of: 'total' | 'owed' | 'captured') => sums.reduce((n, s) => n + s[of], 0)
  assert.ok(count > 0)
  // What was shipped is refused, which is answered in words.
  for (const [way, of, more] of [
    ['captures', 'owed', {}],
    ['cancel', 'captured', { reason: 'stock' }],
    ['ship', 'total', {}],
  ] as const) {
    const expects = { count, amount: come(of) }
    const begun = told<{ bulk: string }>(
      await owner('POST', `${bulk}/orders/${way}`, { ...fits, expects, ...more }),
    )
    let now = { state: 'running' }
    while (now.state === 'running') now = told(await owner('GET', `${bulk}/${begun.bulk}`))
    const no = told<Rows<{ words: string }>>(await owner('GET', `${bulk}/${begun.bulk}/refusals`))
    assert.ok(no.items.length > 0 || way !== 'ship')
    told(await owner('GET', `${bulk}/${begun.bulk}/refused`))
    told(await owner('POST', `${bulk}/${begun.bulk}/cancel`, {}))
  }
  told(await owner('GET', '/admin/v1/exports/orders?status=shipped'))
  const [{ id: category }] = (
    await db.query('select id from catalog.category where archived_at is null limit 1')
  ).rows as [{ id: number }]
  for (const [way, more] of [
    ['archive', {}],
    ['resume', {}],
    ['categories', { category, way: 'in' }],
    ['prices', { by: 'yen', change: 10, round: 10 }],
  ] as const) {
    const of = { filter: { q: 'asanagi', state: 'all' } }
    const some = told<{ count: number }>(await owner('POST', `${bulk}/products`, of))
    const begun = told<{ bulk: string; state: string }>(
      await owner('POST', `${bulk}/products/${way}`, { ...of, expects: some, ...more }),
    )
    let now: { state: string; undoable: boolean } = { state: 'running', undoable: false }
    while (now.state === 'running') now = told(await owner('GET', `${bulk}/${begun.bulk}`))
    if (now.undoable) told(await owner('POST', `${bulk}/${begun.bulk}/undo`, {}))
  }
  for (const [list, filter] of [
    ['customers', { kind: 'guest' }],
    ['stock', { place: 'kyoto' }],
    ['shortages', { state: 'open' }],
    ['mail', { state: 'waiting' }],
  ] as const) {
    told(await owner('POST', `${bulk}/${list}`, { filter }))
    told(await owner('GET', `/admin/v1/exports/${list}`))
  }
  told(await owner('POST', `${bulk}/audit`, { filter: {} }))
  told(await mallOrder('R-9', [{ sku: 'NEW-CODE-9', quantity: 1, unit_price: 100 }]))
  for (const [list, way, filter, more] of [
    ['shortages', 'assign', { state: 'open' }, { owner: 'call', deadline: at }],
    ['shortages', 'solve', { state: 'open' }, {}],
    ['mail', 'send', {}, {}],
  ] as const) {
    const expects = told<{ count: number }>(await owner('POST', `${bulk}/${list}`, { filter }))
    assert.ok(expects.count > 0)
    const begun = told<{ bulk: string }>(
      await owner('POST', `${bulk}/${list}/${way}`, { filter, expects, ...more }),
    )
    let now = { state: 'running' }
    while (now.state === 'running') now = told(await owner('GET', `${bulk}/${begun.bulk}`))
    told(await owner('GET', `${bulk}/${begun.bulk}/refusals`))
  }
  told(await owner('GET', bulk))

  await houseAnswers()

  const { seen, wrong } = shop.answers
  assert.deepEqual([...wrong], [])
  // What goes on for ever has no end to be held against a shape; a shop is founded where there is none (setup.test.ts).
  const ending = routes
    .map((r) => r.name)
    .filter((name) => name !== 'events.stream' && name !== 'setup.found')
  assert.deepEqual([...seen.keys()].toSorted(), ending.toSorted())
  console.log(
    `# ${[...seen.values()].reduce((a, b) => a + b)} answers of ${seen.size} routes, each exactly in its shape`,
  )
})

test('an answer that says more or less than its route is found', async () => {
  const planted: Record<string, TSchema> = {
    shop: Type.Object({ code: Type.String() }),
    product: Type.Object({ code: Type.String(), shoe: Type.Integer() }),
  }
  const changed = routes.map((r) => ({ ...r, output: planted[r.name] ?? r.output }))
  const other = await openShop({ database: shop.database, sample: false, work: false, routes: changed })
  for (const path of ['/store/v1/shop', '/store/v1/products/asanagi-mug', '/store/v1/products'])
    told(await other.client()('GET', path))
  assert.deepEqual([...other.answers.seen.keys()], ['products'])
  await assert.rejects(other.close(), (e: Error) => {
    assert.match(e.message, /shop answered \/name/)
    assert.match(e.message, /product answered \/: must have required properties shoe/)
    return true
  })
})

test('orders are found by our number, by the mall’s, and by a buyer’s exact address where persons may be seen', async () => {
  const find = async (who: Client, q: string) =>
    told<Rows<{ order: number; external_id: string | null }>>(
      await who('GET', `/admin/v1/orders?q=${encodeURIComponent(q)}`),
    ).items.map((r) => r.order)
  told(
    await owner('POST', '/admin/v1/customers', {
      code: '2900000000056',
      contact: { family: '森', given: '緑', email: 'Mori@example.jp', phone: '080-1234-5678' },
    }),
  )
  const mine = told<Order>(
    await buy(shop.client(), [{ sku: 'TEE-WHITE-M', quantity: 1 }], { member: '2900000000056' }),
  ).order
  const mall = told<Order>(
    await mallOrder('403-2026/77', [{ sku: 'TEE-WHITE-M', quantity: 1, unit_price: 100 }]),
  ).order
  assert.deepEqual(await find(owner, `${mine}`), [mine])
  assert.deepEqual(await find(owner, '403-2026/77'), [mall])
  assert.deepEqual(await find(owner, '403-2026'), [])
  for (const q of ['mori@example.jp', 'ｍｏｒｉ@EXAMPLE.jp', '08012345678', '080-1234-5678'])
    assert.deepEqual(await find(owner, q), [mine], q)
  const accountant = await shop.staff('accountant')
  assert.deepEqual(await find(accountant, `${mine}`), [mine])
  for (const q of ['mori@example.jp', '080-1234-5678']) assert.deepEqual(await find(accountant, q), [], q)
  // Somebody of one store finds that store's orders only.
  assert.deepEqual(await find(await shop.staff('tenjin'), '403-2026/77'), [])
  const channels = told<Rows<{ channel: string; kind: string }>>(await owner('GET', '/admin/v1/channels'))
  assert.deepEqual(channels.items, [
    { channel: 'web', kind: 'web' },
    { channel: 'till', kind: 'till' },
    { channel: 'mall:rakuten', kind: 'mall' },
  ])
})

test('what was refunded stands in the list; whose hand it was stands in the history; a movement knows its line', async () => {
  const { order } = told<Order>(
    await buy(shop.client(), [
      { sku: 'TEE-WHITE-M', quantity: 1 },
      { sku: 'SENCHA-80', quantity: 2 },
    ]),
  )
  const call = shop.client()
  told(await call('POST', '/admin/v1/sessions', { email: 'call@example.jp', password: 'another-password' }))
  const { total } = told<Order>(await owner('GET', `/admin/v1/orders/${order}`))
  told(await owner('POST', `/admin/v1/orders/${order}/captures`, { amount: total }))
  const row = async () =>
    told<Rows<{ order: number; captured: number; refunded: number }>>(
      await call('GET', `/admin/v1/orders?q=${order}`),
    ).items[0]!
  told(await call('POST', `/admin/v1/orders/${order}/refunds`, { amount: 300, reason: 'late' }))
  assert.deepEqual([(await row()).captured, (await row()).refunded], [total - 300, 300])
  // Built anew from the journal the list says the same: the proof at the end of this file compares it, too.
  const { history } = told<Order>(await call('GET', `/admin/v1/orders/${order}`))
  const by = new Map(history.map((h) => [h.kind, h.actor_name]))
  assert.deepEqual(
    [by.get('orders.placed'), by.get('payments.captured'), by.get('payments.refunded')],
    [null, '水沢 葉子', '小野 千尋'],
  )
  const { items } = told<Rows<{ sku: string | null; line: number | null; reason: string }>>(
    await owner('GET', `/admin/v1/orders/${order}/movements`),
  )
  assert.deepEqual(
    items.filter((m) => m.reason === 'stock.held').map((m) => [m.sku, m.line]),
    [
      ['TEE-WHITE-M', 1],
      ['SENCHA-80', 2],
    ],
  )
  assert.ok(items.filter((m) => m.sku === null).every((m) => m.line === null))
})

test('a till knows its place, how tax is rounded, and goods by their kana and variant', async () => {
  const session = told<Record<string, unknown>>(
    await shop.client()('POST', '/till/v1/sessions', {
      device: 'tenjin-1',
      key: 'sample-till-tenjin-1',
      pin: '1810',
    }),
  )
  assert.deepEqual(
    [session.place_name, (session.shop as { rounding: string }).rounding],
    [{ ja: '福岡天神店', en: 'Fukuoka Tenjin store' }, 'down'],
  )
  const { items } = told<{ items: { sku: string; kana: string | null; variant: { ja: string } }[] }>(
    await (
      await till()
    )('GET', '/till/v1/catalogue'),
  )
  const tee = items.find((i) => i.sku === 'TEE-WHITE-M')!
  assert.match(tee.kana ?? '', /[ァ-ヶーぁ-ん]/)
  assert.match(tee.variant.ja, / \/ |M/)
})
