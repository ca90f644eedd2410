/** P7 over HTTP: whoever hangs up and asks again under the same key gets the same answer, and one order. */
import assert from 'node:assert/strict'
import pg from 'pg'
import { prooves } from '#flows/reads'
import { code, of, openShop, proveBooks, type Answer, type FreshDatabase, type Shop } from '#testing'

export default async function campaign(database: FreshDatabase): Promise<string> {
  const shop = await openShop({ database, work: false })
  const db = new pg.Client(database.owner)
  await db.connect()
  try {
    const said = await sameKey(shop, db, { orders: Number(process.env.ORDERS ?? 1000), together: 20 })
    await proveBooks(database.owner, prooves)
    return said
  } finally {
    await db.end()
    await shop.close()
  }
}

/** Each order is sent ten times over a line that is hung up on, and asked for again after each. */
export async function sameKey(
  shop: Shop,
  db: pg.Client,
  ask: { orders: number; together: number },
): Promise<string> {
  const owner = await shop.staff('owner')
  const sku = 'NOTE-INDIGO'
  const lines = [{ sku, quantity: 4 * ask.orders }]
  assert.equal((await owner('POST', '/admin/v1/stock/receipts', { place: 'east', lines })).status, 200)
  const placed = async () =>
    (await db.query('select count(*)::int as n from orders.header')).rows[0].n as number
  const prepared = async (quantity: number) => {
    const client = shop.client()
    const { cart, token } = of<{ cart: string; token: string }>(
      await client('POST', '/store/v1/carts', { lines: [{ sku, quantity }] }),
    )
    const headers = { 'akinai-cart-token': token }
    const quote = await client(
      'PUT',
      `/store/v1/carts/${cart}/checkout`,
      {
        contact: { family: '山田', given: '花子', email: 'h@example.jp', phone: '090-0000-0000' },
        address: { postal: '150-0001', prefecture: 13, city: '渋谷区', line1: '1-1' },
        payment: 'cod',
      },
      { headers },
    )
    const { total } = of<{ total: number }>(quote)
    const place = (expects: number, key: string) =>
      client('POST', '/store/v1/orders', { cart, expects }, { headers, key })
    return { cart, headers, total, place }
  }
  const before = await placed()
  const { repeated } = shop.services.gate.stats
  const count = { lost: 0, again: 0, conflicts: 0, refusals: 0 }
  const buyer = async (n: number) => {
    const p = await prepared(1 + (n % 3))
    const key = crypto.randomUUID()
    const answers: Answer[] = []
    for (let i = 0; i < 10; i++) {
      const abort = new AbortController()
      const lost = fetch(`${shop.url}/store/v1/orders`, {
        method: 'POST',
        signal: abort.signal,
        headers: { 'content-type': 'application/json', 'idempotency-key': key, ...p.headers },
        body: JSON.stringify({ cart: p.cart, expects: p.total }),
      }).catch(() => {})
      setTimeout(() => abort.abort(), Math.random() * 8)
      await lost
      answers.push(await p.place(p.total, key))
      count.lost++
      count.again++
    }
    for (const a of answers) assert.deepEqual([a.status, a.body], [200, answers[0]!.body])
    const other = await p.place(p.total + 1, key)
    assert.deepEqual([other.status, code(other)], [409, 'http.key_reused'])
    count.conflicts++
    // A refusal is remembered, too.
    const q = await prepared(1)
    const no = crypto.randomUUID()
    const [first, second] = [await q.place(1, no), await q.place(1, no)]
    assert.deepEqual([first.status, { ...first.body, id: 0 }], [409, { ...second.body, id: 0 }])
    count.refusals++
  }
  let next = 0
  await Promise.all(
    Array.from({ length: ask.together }, async () => {
      while (next < ask.orders) await buyer(next++)
    }),
  )
  assert.equal((await placed()) - before, ask.orders)
  const known = shop.services.gate.stats.repeated - repeated
  assert.ok(known > count.again / 2, `${known} answered from memory`)
  return `${ask.orders} orders, ${count.lost} sendings hung up on and ${count.again} asked for again: ${ask.orders} orders made, ${known} answered from memory, ${count.conflicts} conflicts for another body, ${count.refusals} refusals remembered`
}
