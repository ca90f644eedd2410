/** A list that is brought up to date place by place is the one that is made anew. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Shopfront, type ListAsk } from '#flows/shopfront'
import { chanceFrom } from '#kernel/ids'
import { standShop } from '#testing'

const { shop, db, owner } = await standShop()
const window = shop.services.shopfront
const whole = (of: Shopfront, ask: Omit<ListAsk, 'limit'>): [codes: string[], total: number] => {
  const codes: string[] = []
  let cursor: string | undefined
  let total = 0
  do {
    const page = of.list(1, { ...ask, limit: 7, ...(cursor && { cursor }) })
    codes.push(...page.items.map((i) => `${i.code} ${i.price_min} ${i.available}`))
    total = page.total
    cursor = page.next ?? undefined
  } while (cursor)
  assert.equal(total, codes.length, `what is counted is what is shown: ${JSON.stringify(ask)}`)
  return [codes, total]
}

test('lists under changes of price and stock stay in order, page by page, with their totals', async () => {
  const random = chanceFrom(20261122)
  const below = (n: number) => Math.floor(random() * n)
  const skus = (await db.query(`select code from catalog.sku where components is null order by id`)).rows.map(
    (r) => String(r.code),
  )
  const categories = window.categories().map((c) => c.code)
  const asks: Omit<ListAsk, 'limit'>[] = (['new', 'price', '-price', 'name'] as const).flatMap((sort) => [
    { sort },
    { sort, in_stock: true },
    { sort, price_min: 2000, price_max: 6000 },
    { sort, price_min: 2000, price_max: 6000, in_stock: true },
    { sort, price_min: 7000 },
    { sort, price_max: 1500, in_stock: true },
    { sort, price_min: 6000, price_max: 2000 },
    ...categories.slice(0, 3).map((category) => ({ sort, category, in_stock: true })),
  ])
  let compared = 0
  for (let round = 0; round < 12; round++) {
    for (const ask of asks) window.list(1, { ...ask, limit: 1 }) // each is known as it was
    // A few changes go to their places; many set the list up anew.
    const many = round % 4 === 3 ? 40 : 1 + below(4)
    const lines = Array.from({ length: many }, () => ({
      sku: skus[below(skus.length)]!,
      price: 100 * (1 + below(90)),
    }))
    const unique = [...new Map(lines.map((l) => [l.sku, l])).values()]
    assert.equal((await owner('PUT', '/admin/v1/prices', { lines: unique })).status, 200)
    const counted = await owner('POST', '/admin/v1/stock/counts', {
      place: 'east',
      lines: unique.slice(0, 3).map(({ sku }) => ({ sku, quantity: below(3) ? below(20) : 0 })),
    })
    assert.equal(counted.status, 200, JSON.stringify(counted.body))
    const anew = new Shopfront(shop.database.app, () => new Date())
    await anew.start()
    try {
      const last = asks.map((ask) => JSON.stringify(whole(anew, ask)))
      for (let i = 0; i < 100 && asks.some((ask, n) => JSON.stringify(whole(window, ask)) !== last[n]); i++)
        await new Promise((r) => setTimeout(r, 50))
      // What the API copies byte by byte says what the pages are made of.
      const { items } = window.list(1, { limit: 50 })
      assert.deepEqual(
        window.listInJson(1, { limit: 50 }).items.map((card) => JSON.parse(card.toString())),
        items,
      )
      for (const { code } of items)
        assert.deepEqual(JSON.parse(window.detailInJson(1, code)!.toString()), window.detail(1, code))
      for (const [n, ask] of asks.entries()) {
        assert.deepEqual(whole(window, ask), JSON.parse(last[n]!), JSON.stringify(ask))
        compared++
      }
    } finally {
      await anew.stop()
    }
  }
  console.log(`# lists: ${compared} compared`)
})
