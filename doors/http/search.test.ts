/** S2: the search of the shop as it is sold in: facets that add up, words that are taught, what changes is found so. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openShop, type Answer, type Client, type Shop } from '#testing'

let shop: Shop, guest: Client, owner: Client
before(async () => {
  shop = await openShop()
  guest = shop.client()
  owner = await shop.staff('owner')
})
after(() => shop?.close())

type Card = { code: string; price_min: number; price_max: number; available: number; categories: string[] }
type Choice = { code: string; count: number }
type List = {
  items: Card[]
  next: string | null
  total: number
  how?: string
  facets?: {
    categories: Choice[]
    in_stock: number
    prices: { from: number | null; to: number | null; count: number }[]
    options: { code: string; values: Choice[] }[]
  }
}
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
const list = async (more: Record<string, string>): Promise<List> =>
  told<List>(await guest('GET', `/store/v1/products?${new URLSearchParams({ limit: '100', ...more })}`))
const codes = async (q: string) => (await list({ q })).items.map((i) => i.code)

test('one product by kanji, kana, romaji, full and half width, English, code and JAN', async () => {
  for (const q of [
    '朝凪マグ',
    'あさなぎ',
    'ｱｻﾅｷﾞ ﾏｸﾞ',
    'asanagi',
    'ＡＳＡＮＡＧＩ　ｍａｇｕ',
    'MUG-WHITE',
    '2400000010012',
  ])
    assert.ok((await codes(q)).includes('asanagi-mug'), q)
})

test('each facet counts what its choice would leave', async () => {
  let looked = 0
  for (const ask of [
    { q: 'リネン' },
    { category: 'clothing' },
    { q: '白', in_stock: 'true' },
    { q: 'マグ', price_max: '3000' },
  ]) {
    const { facets } = await list({ ...ask, facets: 'true' })
    assert.ok(facets)
    for (const c of facets.categories) {
      assert.equal((await list({ ...ask, category: c.code })).total, c.count, JSON.stringify([ask, c]))
      looked++
    }
    assert.equal((await list({ ...ask, in_stock: 'true' })).total, facets.in_stock)
    for (const o of facets.options)
      for (const v of o.values) {
        assert.equal(
          (await list({ ...ask, options: `${o.code}:${v.code}` })).total,
          v.count,
          JSON.stringify([ask, v]),
        )
        looked++
      }
  }
  assert.ok(looked > 30, `${looked} choices`)
  console.log(`# ${looked} choices counted`)
})

test('two values of one option widen, two options narrow to one SKU that has both', async () => {
  const total = async (options: string) => (await list({ category: 'clothing', options })).total
  const [navy, white, both] = [
    await total('colour:navy'),
    await total('colour:white'),
    await total('colour:navy,colour:white'),
  ]
  assert.ok(both >= Math.max(navy, white) && both <= navy + white && navy > 0 && white > 0)
  assert.ok((await total('colour:navy,size:m')) <= navy)
  assert.equal(await total('colour:navy,size:no-such'), 0)
})

test('a search goes on page by page in any order, each product once', async () => {
  for (const sort of ['fit', 'price', '-price', 'name', 'new']) {
    const seen: Card[] = []
    for (let cursor: string | undefined; ;) {
      const page = await list({ q: 'の', sort, limit: '7', ...(cursor && { cursor }) })
      seen.push(...page.items)
      if (page.next === null) break
      cursor = page.next
    }
    const whole = await list({ q: 'の', sort })
    assert.ok(whole.total > 14)
    assert.deepEqual(
      seen.map((i) => i.code),
      whole.items.map((i) => i.code),
      sort,
    )
    const prices = seen.map((i) => i.price_min)
    if (sort === 'price')
      assert.deepEqual(
        prices,
        prices.toSorted((a, b) => a - b),
      )
    if (sort === '-price')
      assert.deepEqual(
        prices,
        prices.toSorted((a, b) => b - a),
      )
  }
})

test('words are taught, seen by others at once or refused, and found by within a second', async () => {
  const { version } = told<{ version: number }>(await owner('GET', '/admin/v1/search/words'))
  assert.deepEqual(await codes('ゆのみぢゃわん'), [])
  const words = { version, same: [['ゆのみぢゃわん', 'マグ']], stop: ['ください'] }
  const saved = told<{ version: number }>(await owner('PUT', '/admin/v1/search/words', words))
  assert.equal(saved.version, version + 1)
  const late = await owner('PUT', '/admin/v1/search/words', words)
  assert.deepEqual([late.status, late.body.code], [409, 'search.words_stale'])
  const until = Date.now() + 3000
  while (!(await codes('ゆのみぢゃわん ください')).includes('asanagi-mug')) assert.ok(Date.now() < until)
  // A name that changes is found as it is now.
  const { items } = told<{ items: { product: number }[] }>(
    await owner('GET', '/admin/v1/products?q=asanagi-mug-large'),
  )
  const { product } = items[0]!
  const p = told<Record<string, unknown>>(await owner('GET', `/admin/v1/products/${product}`))
  assert.equal(
    (await owner('POST', `/admin/v1/products/${product}/archive`, { version: p['version'] })).status,
    200,
  )
  while ((await codes('朝凪マグ 大')).includes('asanagi-mug-large')) assert.ok(Date.now() < until + 3000)
})

test('what nobody sells is not found, however it is asked', async () => {
  for (const q of ['くらげ', 'zzzqqq', '__', '<script>', '🐟']) assert.equal((await list({ q })).total, 0, q)
  const odd = [' 　', '%', "' or 1=1 --", '\\', '(', '「」', 'ー', 'a'.repeat(100), 'の '.repeat(33)]
  for (const q of odd) await list({ q })
  const { items } = told<{ items: unknown[] }>(
    await guest('GET', '/store/v1/suggestions?q=%E3%81%8F%E3%82%89%E3%81%92'),
  )
  assert.deepEqual(items, [])
})
