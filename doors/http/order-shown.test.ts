/** An order is the same in the list, which follows the journal, and on its page, which reads the ledger. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buy, standShop, type Answer } from '#testing'

const { shop, owner } = await standShop({ sample: 'full' })
type Row = Record<'order' | 'total' | 'owed' | 'captured' | 'refunded' | 'quantity', number> & {
  status: string
}
const body = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
const statuses = ['short', 'waiting_payment', 'to_ship', 'part_shipped', 'shipped', 'returned', 'cancelled']

test('every status, and the money of orders of each, are told alike', async () => {
  const bought = async (payment: string, quantity: number) =>
    body<{ order: number }>(await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity }], { payment })).order
  await bought('bank_transfer', 1)
  const parts = await bought('cod', 2)
  body(await owner('POST', `/admin/v1/orders/${parts}/ship`, { lines: [{ line: 1, quantity: 1 }] }))
  body(await owner('POST', `/admin/v1/orders/${await bought('cod', 1)}/cancel`, { reason: 'x' }))
  const sold = await owner('POST', '/admin/v1/mall-orders', {
    channel: 'rakuten',
    external_id: 'short-1',
    placed_at: '2026-11-22T10:00:00+09:00',
    lines: [{ sku: 'MUG-WHITE', quantity: 90_000, unit_price: 1 }],
    total: 90_000,
    paid: true,
    destination: { contact: { family: '佐藤' }, address: { prefecture: 13 } },
  })
  body(sold)
  let seen = 0
  for (const status of statuses) {
    const { items } = body<{ items: Row[] }>(await owner('GET', `/admin/v1/orders?status=${status}&limit=60`))
    assert.ok(items.length > 0, `an order that is ${status}`)
    for (const row of items) {
      const page = body<
        Row & { lines: { quantity: number }[]; payments: { kind: string; amount: number }[] }
      >(await owner('GET', `/admin/v1/orders/${row.order}`))
      const told = (o: Row) => [o.status, o.total, o.owed, o.captured, o.refunded]
      assert.deepEqual(told(page), told(row), `order ${row.order}`)
      assert.equal(
        page.lines.reduce((n, l) => n + l.quantity, 0),
        row.quantity,
      )
      seen++
    }
  }
  console.log(`# orders ${seen} of ${statuses.length} statuses, each the same in list and page`)
})
