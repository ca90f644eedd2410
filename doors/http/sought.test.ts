/** SCREENS 10, P26: customers and their orders are found by a part of a name or a number, by whoever may see persons, until they are erased. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { erasePersonsDue, hintCards, startFollowers } from '#doors/worker'
import { of, standShop, type Answer, type Client } from '#testing'

const { shop, db, owner, one } = await standShop({ work: false })
const { gate, pool, vault } = shop.services
const followers = startFollowers({ app: shop.database.app, gate, config: shop.config })
after(() => followers.stop())
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return of<T>(a)
}
type Told = {
  family: string
  given: string
  family_kana?: string
  given_kana?: string
  email: string
  phone: string
}
const address = { postal: '150-0001', prefecture: 13, city: '渋谷区', line1: '神宮前1-1' }
const line = { sku: 'TEE-WHITE-M', quantity: 1 }
async function web(contact: Told, member?: string): Promise<number> {
  const guest = shop.client()
  const { cart, token } = told<{ cart: string; token: string }>(
    await guest('POST', '/store/v1/carts', { lines: [line] }),
  )
  const headers = { 'akinai-cart-token': token }
  const said = { contact, address, payment: 'cod', ...(member && { member }) }
  const at = `/store/v1/carts/${cart}/checkout`
  const { total } = told<{ total: number }>(await guest('PUT', at, said, { headers }))
  const placed = await guest('POST', '/store/v1/orders', { cart, expects: total }, { headers })
  await followers.caughtUp()
  return told<{ order: number }>(placed).order
}
const mall = async (id: string, contact: object) =>
  told<{ order: number }>(
    await owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: id,
      placed_at: '2026-11-22T10:00:00+09:00',
      lines: [{ ...line, unit_price: 1000 }],
      total: 1000,
      paid: true,
      destination: { contact, address: { prefecture: 13 } },
    }),
  ).order
const found = async (q: string, who: Client = owner) => ({
  orders: told<{ items: { order: number }[] }>(
    await who('GET', `/admin/v1/orders?q=${encodeURIComponent(q)}`),
  ).items.map((o) => o.order),
  customers: told<{ items: { identity: number }[] }>(
    await who('GET', `/admin/v1/identities?q=${encodeURIComponent(q)}`),
  ).items.map((i) => i.identity),
})
const buyerOf = async (order: number): Promise<number> =>
  (await one('select buyer from orders.header where id = $1', [order])).buyer

const kenji: Told = {
  family: '髙橋',
  given: '健司',
  family_kana: 'タカハシ',
  given_kana: 'ケンジ',
  email: 'kenji@example.jp',
  phone: '090-1234-5678',
}
let order: number, buyer: number, mallOrder: number
/** What finds him, and what does not. */
const finding = [
  'たかはし',
  'タカハシ',
  'ﾀｶﾊｼ',
  'たか',
  'タカハシ ケ',
  'たかはし　けんじ',
  'たかはし・けんじ',
  'けんじ',
  'けん',
  '髙橋',
  '健司',
  '高橋 健司',
  '髙橋 健司',
  '5678',
  '４５６７８',
  '345678',
  '090-1234-5678',
  '+81 90 1234 5678',
  'KENJI@example.jp',
]
const passing = [
  'た',
  'はし',
  'かはし',
  'んじ',
  '678',
  '0000',
  '1234',
  '髙',
  'たかはしけんた',
  'kenji@example',
]

test('a guest’s order is found by kana, by the name as written, by the end of the telephone number; and nothing else is', async () => {
  order = await web(kenji)
  buyer = await buyerOf(order)
  await web({
    family: '鈴木',
    given: '一',
    family_kana: 'スズキ',
    given_kana: 'ハジメ',
    email: 'h@example.jp',
    phone: '0312345555',
  })
  for (const q of finding) assert.deepEqual(await found(q), { orders: [order], customers: [buyer] }, q)
  for (const q of passing) {
    const { orders, customers } = await found(q)
    assert.ok(!orders.includes(order) && !customers.includes(buyer), q)
  }
  assert.deepEqual(await found(String(order)), { orders: [order], customers: [] })
  console.log(`# ${finding.length} ways to find an order and its buyer, ${passing.length} that do not`)
})

test('a mall’s buyer, a member, and whom a member bought for are found the same way', async () => {
  mallOrder = await mall('N-77', { family: 'ロドリゲス', given: 'マリア', phone: '08000007771' })
  await followers.caughtUp()
  for (const q of ['ろどりげす', 'ロド', 'まりあ', '7771', 'ロドリゲスマリア'])
    assert.deepEqual((await found(q)).orders, [mallOrder], q)
  const contact = {
    ...kenji,
    family: '林',
    given: '光',
    family_kana: 'ハヤシ',
    given_kana: 'ヒカリ',
    phone: '0801112222',
    email: 'hayashi@example.jp',
  }
  const { member } = told<{ member: number }>(
    await owner('POST', '/admin/v1/customers', { code: '2900000100001', contact }),
  )
  assert.deepEqual(await found('はやし'), { orders: [], customers: [member] })
  const gift = await web(
    {
      ...kenji,
      family: '森',
      given: '葵',
      family_kana: 'モリ',
      given_kana: 'アオイ',
      phone: '0907770000',
      email: 'mori@example.jp',
    },
    '2900000100001',
  )
  assert.deepEqual((await found('もり')).orders, [gift], 'by whom it goes to')
  assert.deepEqual((await found('林')).orders, [gift], 'by whom it was bought')
  told(
    await owner('PUT', `/admin/v1/identities/${member}/contact`, {
      ...contact,
      family: '原',
      family_kana: 'ハラ',
    }),
  )
  assert.deepEqual((await found('はやし')).customers, [], 'not as they were called before')
  assert.deepEqual(await found('はら'), { orders: [gift], customers: [member] })
})

test('nobody is found by those who may not see persons, and no member of staff by anybody', async () => {
  for (const role of ['merchandiser', 'east'])
    for (const q of ['たかはし', '5678', '髙橋', kenji.email]) {
      const answer = await (await shop.staff(role))('GET', `/admin/v1/orders?q=${encodeURIComponent(q)}`)
      assert.deepEqual(told<{ items: unknown[] }>(answer).items, [], role)
    }
  const store = shop.client()
  told(await store('POST', '/admin/v1/sessions', { email: 'kichijoji@example.jp', password: 'sample-store' }))
  for (const q of ['たかはし', '5678', kenji.email])
    assert.deepEqual((await found(q, store)).customers, [], q)
  const { n } = await one(
    `select coalesce(sum(jsonb_array_length(c.hints)), 0)::int as n from persons.card c join persons.key k on k.id = c.person where k.source = 'staff'`,
  )
  assert.equal(n, 0)
})

test('what an earlier version wrote is found once the worker has been there; a second round has nothing to do', async () => {
  const before = (await db.query('select id, hints from persons.card order by id')).rows
  await db.query('update persons.card set hints = null')
  assert.deepEqual(await found('たかはし'), { orders: [], customers: [] })
  assert.equal(await hintCards(pool, vault), before.length)
  assert.equal(await hintCards(pool, vault), 0)
  assert.deepEqual(await found('たかはし'), { orders: [order], customers: [buyer] })
  assert.deepEqual((await db.query('select id, hints from persons.card order by id')).rows, before)
})

test('a hint is sixteen bits, the same for all who share it, and says neither of what kind it is nor what it means', async () => {
  const rows = (await db.query('select hints from persons.card where jsonb_array_length(hints) > 0')).rows
  const all = rows.flatMap((r) => r.hints as number[])
  assert.ok(rows.length >= 4 && all.every((h) => Number.isInteger(h) && h >= 0 && h < 65_536))
  const [row] = (await db.query('select hints from persons.card where person = $1', [buyer])).rows
  assert.ok(row.hints.length >= 12 && row.hints.length <= 20, `${row.hints.length} hints`)
  console.log(
    `# ${row.hints.length} hints for a name in kanji and kana, a mail address and a telephone number`,
  )
})

test('whoever is erased is found by nothing, and their hints go with their cards', async () => {
  told(await owner('POST', `/admin/v1/persons/${buyer}/erase`, { reason: 'asked' }))
  for (const q of finding) assert.deepEqual(await found(q), { orders: [], customers: [] }, q)
  await erasePersonsDue(gate, pool)
  assert.equal((await one('select count(*)::int as n from persons.card where person = $1', [buyer])).n, 0)
  assert.deepEqual((await found(String(order))).orders, [order], 'the order stays')
})
