/** A customer is a set of identities: joined they are looked at together, parted nothing is left to put right. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buy, code, of, standShop, type Answer, type Client } from '#testing'

const { shop, db, owner, one } = await standShop()
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return of<T>(a)
}
type Customer = {
  customer: number | null
  points: number
  identities: { identity: number; kind: string; points: number; orders: number }[]
  orders: { order: number; identity: number }[]
}
let cards = 0
async function member(contact?: object): Promise<{ member: number; code: string }> {
  const card = `29000001${String(++cards).padStart(5, '0')}`
  return told(await owner('POST', '/admin/v1/customers', { code: card, ...(contact && { contact }) }))
}
const look = async (identity: number, who: Client = owner) =>
  told<Customer>(await who('GET', `/admin/v1/identities/${identity}`))
const join = (identity: number, other: number, key?: string) =>
  owner('POST', `/admin/v1/identities/${identity}/join`, { other }, key ? { key } : {})
const part = (identity: number) => owner('POST', `/admin/v1/identities/${identity}/part`, {})
const order = async (card?: string) =>
  told<{ order: number }>(
    await buy(shop.client(), [{ sku: 'TEE-WHITE-M', quantity: 1 }], card ? { member: card } : {}),
  ).order
const buyerOf = async (n: number) =>
  told<{ buyer: { identity: number; customer: number | null } }>(await owner('GET', `/admin/v1/orders/${n}`))
    .buyer
async function till(): Promise<Client> {
  const client = shop.client()
  told(
    await client('POST', '/till/v1/sessions', { device: 'kyoto-1', key: 'sample-till-kyoto-1', pin: '1600' }),
  )
  return client
}
const sell = (hand: Client, card: string, more: object = {}) =>
  hand('POST', '/till/v1/sales', {
    sale: crypto.randomUUID(),
    happened_at: new Date().toISOString(),
    lines: [{ sku: 'TEE-WHITE-M', quantity: 1, unit_price: 10_000 }],
    member: card,
    tendered: 10_000,
    total: 10_000,
    ...more,
  })
const settled = async (identity: number, orders: number) => {
  for (let n = 0; (await look(identity)).orders.length < orders; n++) {
    assert.ok(n < 100, 'the list of orders does not follow')
    await new Promise((r) => setTimeout(r, 50))
  }
}
/** What belongs to whom: points accounts and orders, to the yen. */
const belongings = async (...identities: number[]) =>
  (
    await db.query(
      `select i, (select balance from ledger.account where id = (41::bigint << 44) + i) as points, (select array_agg(id order by id) from orders.header where buyer = i) as orders from unnest($1::bigint[]) i`,
      [identities],
    )
  ).rows

test('two cards and a guest are one customer: orders and points are seen together, and each keeps its own', async () => {
  const [a, b] = [await member(), await member()]
  const hand = await till()
  const sold = told<{ order: number; points_earned: number }>(await sell(hand, a.code))
  assert.equal(sold.points_earned, 100)
  told(await sell(hand, b.code))
  const [web, guestOrder] = [await order(b.code), await order()]
  const guest = (await buyerOf(guestOrder)).identity
  await settled(a.member, 1)
  await settled(b.member, 2)
  const was = await belongings(a.member, b.member, guest)
  assert.deepEqual(
    (await look(a.member)).identities.map((i) => i.identity),
    [a.member],
  )

  const { customer } = told<{ customer: number }>(await join(a.member, b.member))
  assert.equal(told<{ customer: number }>(await join(guest, b.member)).customer, customer)
  for (const identity of [a.member, b.member, guest]) {
    const seen = await look(identity)
    assert.equal(seen.customer, customer)
    assert.deepEqual(
      seen.identities.map((i) => [i.identity, i.kind, i.points, i.orders]),
      [
        [a.member, 'member', 100, 1],
        [b.member, 'member', 100, 2],
        [guest, 'guest', 0, 1],
      ],
    )
    assert.equal(seen.points, 200)
    assert.equal(seen.orders.length, 4)
    assert.equal(seen.orders.find((o) => o.order === sold.order)!.identity, a.member)
    assert.equal(seen.orders.find((o) => o.order === web)!.identity, b.member)
  }
  assert.deepEqual(await buyerOf(guestOrder), { ...(await buyerOf(guestOrder)), identity: guest, customer })
  assert.deepEqual(await belongings(a.member, b.member, guest), was, 'nothing was moved')

  // While joined each goes on by itself: what a card earns and spends is that card's.
  told(await sell(hand, a.code))
  assert.equal(told<{ points: number }>(await owner('GET', `/admin/v1/customers/${a.code}`)).points, 200)
  const spent = told<{ points_used: number }>(await sell(hand, b.code, { points: 40, total: 9960 }))
  assert.equal(spent.points_used, 40)
  assert.equal((await look(guest)).points, 200 + 60 + 99)

  told(await part(a.member))
  assert.deepEqual(
    (await look(a.member)).identities.map((i) => [i.identity, i.points]),
    [[a.member, 200]],
  )
  assert.equal((await look(a.member)).customer, null)
  assert.deepEqual(
    (await look(b.member)).identities.map((i) => i.identity),
    [b.member, guest],
  )
  assert.equal(code(await part(a.member)), 'customers.not_joined')
  const said = await db.query(
    `select kind, body from kernel.event where subject = $1 and kind like 'customers.%' order by seq`,
    [`identity:${a.member}`],
  )
  assert.deepEqual(said.rows, [
    { kind: 'customers.joined', body: { identity: a.member, customer } },
    { kind: 'customers.parted', body: { identity: a.member, customer } },
  ])
})

test('who was parted takes nobody along when joined anew', async () => {
  const [a, b, c] = [await member(), await member(), await member()]
  const first = told<{ customer: number }>(await join(a.member, b.member)).customer
  told(await part(a.member))
  const second = told<{ customer: number }>(await join(a.member, c.member)).customer
  assert.notEqual(first, second)
  assert.deepEqual(
    (await look(a.member)).identities.map((i) => i.identity),
    [a.member, c.member],
  )
  assert.deepEqual(
    (await look(b.member)).identities.map((i) => i.identity),
    [b.member],
  )
})

test('of two customers neither is taken away by a joining; one with itself, or with nobody, is refused', async () => {
  const [a, b, c, d] = [await member(), await member(), await member(), await member()]
  told(await join(a.member, b.member))
  told(await join(c.member, d.member))
  const no = await join(a.member, c.member)
  assert.deepEqual([no.status, code(no)], [409, 'customers.joined_elsewhere'])
  assert.equal(code(await join(a.member, a.member)), 'customers.same')
  assert.deepEqual([(await join(a.member, 999_999_999)).status], [404])
  assert.equal(code(await part(999_999_999)), 'customers.identity_missing')
  // Said twice it is done once, with one key or another.
  const key = crypto.randomUUID()
  const events = async () =>
    (await one(`select count(*)::int as n from kernel.event where kind = 'customers.joined'`)).n
  const e = await member()
  told(await join(a.member, e.member, key))
  const count = await events()
  told(await join(a.member, e.member, key))
  told(await join(e.member, a.member))
  assert.equal(await events(), count)
})

test('a customer joined from many desks at once is one customer', async () => {
  const all = await Promise.all(Array.from({ length: 9 }, () => member()))
  const middle = all[0]!.member
  const answers = await Promise.all(all.slice(1).map((m) => join(middle, m.member)))
  const numbers = new Set(answers.map((a) => told<{ customer: number }>(a).customer))
  assert.equal(numbers.size, 1)
  assert.equal((await look(middle)).identities.length, 9)
  console.log('# 8 joinings of one identity at once: 9 identities, 1 customer')
})

test('orders are found by the address of any of their identities, as long as they are joined', async () => {
  const a = await member({ family: '林', given: '光', email: 'hayashi@example.jp', phone: '080-2222-3333' })
  const b = await member()
  const [first, second] = [await order(a.code), await order(b.code)]
  const find = async () =>
    told<{ items: { order: number }[] }>(
      await owner('GET', '/admin/v1/orders?q=hayashi@example.jp'),
    ).items.map((o) => o.order)
  await settled(b.member, 1)
  assert.deepEqual(await find(), [first])
  told(await join(a.member, b.member))
  assert.deepEqual(await find(), [second, first])
  told(await part(b.member))
  assert.deepEqual(await find(), [first])
})

test('whoever is forgotten leaves the others as they are', async () => {
  const [a, b] = [
    await member({ family: '原', given: '一', email: 'hara@example.jp', phone: '080-3333-4444' }),
    await member(),
  ]
  told(await join(a.member, b.member))
  told(await owner('POST', `/admin/v1/persons/${a.member}/erase`, { reason: 'asked' }))
  assert.deepEqual(
    (await look(b.member)).identities.map((i) => i.identity),
    [a.member, b.member],
  )
  told(await part(a.member))
})

type Whole = Customer & {
  person: Record<string, string> | null
  masked: boolean
  consents: { channel: string; given: boolean; told_by: string; told_at: string }[]
  notes: { note: number; words: string; staff_name: string | null }[]
  movements: { amount: number; reason: string; actor_name: string | null }[]
}
type Listed = { items: { identity: number; name: string | null; points: number }[]; next: string | null }
const whole = async (identity: number, who: Client = owner) =>
  told<Whole>(await who('GET', `/admin/v1/identities/${identity}`))
const list = async (query: string, who: Client = owner) =>
  told<Listed>(await who('GET', `/admin/v1/identities?${query}`))
const contact = { family: '架空', given: '花子', email: 'marker-list@example.jp', phone: '080-1111-2222' }

test('customers are found by mail address, telephone, card and number, as they are now; a page leads to the next', async () => {
  const one = await member(contact)
  await member()
  for (const q of [
    'marker-list@example.jp',
    'MARKER-LIST@example.jp',
    '08011112222',
    one.code,
    String(one.member),
  ])
    assert.deepEqual(
      (await list(`q=${encodeURIComponent(q)}`)).items.map((i) => [i.identity, i.name]),
      [[one.member, '架空 花子']],
      'one is found',
    )
  assert.deepEqual((await list('q=nobody@example.jp')).items, [])
  told(
    await owner('PUT', `/admin/v1/identities/${one.member}/contact`, {
      family: '架空',
      given: '花子',
      email: 'marker-new@example.jp',
      postal: '150-0001',
      prefecture: '東京都',
      city: '渋谷区',
      line1: '神宮前1-1-1',
    }),
  )
  assert.deepEqual((await list('q=marker-list@example.jp')).items, [], 'not by what they had before')
  assert.equal((await list('q=marker-new@example.jp')).items[0]!.identity, one.member)
  assert.equal((await whole(one.member)).person!.city, '渋谷区')
  const seen: number[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Listed = await list(`limit=1&kind=member${cursor && `&cursor=${cursor}`}`)
    seen.push(...page.items.map((i) => i.identity))
    cursor = page.next
  }
  const all = (await db.query(`select id from customers.identity where kind = 'member' order by id desc`))
    .rows
  assert.deepEqual(
    seen,
    all.map((r) => Number(r.id)),
  )
})

test('consents are kept word by word, the newest told holds; one from the future is refused', async () => {
  const { member: id } = await member(contact)
  const say = (given: boolean, told_at?: string, channel = 'mail') =>
    owner('POST', `/admin/v1/identities/${id}/consents`, {
      channel,
      given,
      told_by: 'paper',
      ...(told_at && { told_at }),
    })
  told(await say(true, '2026-01-01T00:00:00Z'))
  told(await say(false, '2026-02-01T00:00:00Z'))
  told(await say(true, '2025-12-01T00:00:00Z')) // an older sheet is found
  told(await say(true, undefined, 'post'))
  assert.deepEqual(
    (await whole(id)).consents.map((c) => [c.channel, c.given]),
    [
      ['mail', false],
      ['post', true],
    ],
  )
  const refused = await say(true, '2099-01-01T00:00:00Z')
  assert.deepEqual([refused.status, code(refused)], [400, 'customers.not_yet_said'])
  assert.equal(
    Number((await one('select count(*) as n from customers.consent where identity = $1', [id])).n),
    4,
  )
})

test('notes are sealed, say who wrote them, are taken away and back; points by hand go through the ledger', async () => {
  const { member: id } = await member(contact)
  const at = `/admin/v1/identities/${id}`
  const { note } = told<{ note: number }>(
    await owner('POST', `${at}/notes`, { words: 'marker-words 電話は夜に' }),
  )
  const [seen] = (await whole(id)).notes
  assert.equal(seen!.words, 'marker-words 電話は夜に')
  assert.ok(seen!.staff_name)
  told(await owner('PUT', `${at}/notes/${note}`, { removed: true }))
  assert.deepEqual((await whole(id)).notes, [])
  told(await owner('PUT', `${at}/notes/${note}`, { removed: false }))
  assert.equal((await whole(id)).notes.length, 1)
  const others = await member(contact)
  const wrong = await owner('PUT', `/admin/v1/identities/${others.member}/notes/${note}`, { removed: true })
  assert.deepEqual([wrong.status, code(wrong)], [404, 'customers.note_missing'])
  told(await owner('POST', `${at}/points`, { amount: 300, reason: 'goodwill' }))
  told(await owner('POST', `${at}/points`, { amount: -100, reason: 'correction' }))
  const short = await owner('POST', `${at}/points`, { amount: -201, reason: 'correction' })
  assert.deepEqual([short.status, code(short)], [422, 'points.short'])
  const now = await whole(id)
  assert.equal(now.points, 200)
  assert.deepEqual(
    now.movements.map((m) => [m.amount, m.reason]),
    [
      [-100, 'points.adjusted:correction'],
      [300, 'points.adjusted:goodwill'],
    ],
  )
  assert.ok(now.movements.every((m) => m.actor_name))
  const rows = await db.query(
    `select (select count(*) from kernel.event e where e.body::text like '%marker-%') + (select count(*) from kernel.request r where r.outcome::text like '%marker-%') as n`,
  )
  assert.equal(Number(rows.rows[0].n), 0)
})

test('a store sees cards, points and orders, and nobody; whoever is erased is nobody, and takes the notes along', async () => {
  const { member: id } = await member(contact)
  told(await owner('POST', `/admin/v1/identities/${id}/notes`, { words: '…' }))
  const store = shop.client()
  told(await store('POST', '/admin/v1/sessions', { email: 'kichijoji@example.jp', password: 'sample-store' }))
  const masked = await whole(id, store)
  assert.deepEqual([masked.person, masked.masked, masked.notes], [null, true, []])
  assert.deepEqual((await list('q=080-1111-2222', store)).items, [])
  assert.ok((await list('', store)).items.every((i) => i.name === null))
  told(await owner('POST', `/admin/v1/persons/${id}/erase`, { reason: 'asked' }))
  const gone = await whole(id)
  assert.deepEqual([gone.person, gone.masked, gone.notes], [null, false, []])
  const again = await owner('PUT', `/admin/v1/identities/${id}/contact`, { family: '架空', given: '花子' })
  assert.deepEqual([again.status, code(again)], [404, 'persons.unknown'])
})
