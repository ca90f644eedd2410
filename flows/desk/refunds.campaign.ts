/** P10: an order gives back what was captured, once, however many refund it, cancel it and take it back at the same moment. */
import assert from 'node:assert/strict'
import pg from 'pg'
import { prooves } from '#flows/reads'
import { buy, code, of, openShop, proveBooks, type Client, type FreshDatabase, type Shop } from '#testing'

export default async function campaign(database: FreshDatabase): Promise<string> {
  const shop = await openShop({ database, work: false })
  const db = new pg.Client(database.owner)
  await db.connect()
  try {
    const said = await backAtOnce(shop, db, await shop.staff('owner'), {
      races: Number(process.env.RACES ?? 10_000),
      hands: 8,
      together: 16,
    })
    await proveBooks(database.owner, prooves)
    return said
  } finally {
    await db.end()
    await shop.close()
  }
}

/** Each race is an order paid for, shipped in part, not at all or wholly, and hands that all reach for its money at once. */
export async function backAtOnce(
  shop: Shop,
  db: pg.Client,
  owner: Client,
  ask: { races: number; hands: number; together: number },
): Promise<string> {
  const sku = 'TEE-WHITE-M'
  const lines = [{ sku, quantity: 2 * ask.races }]
  assert.equal((await owner('POST', '/admin/v1/stock/receipts', { place: 'east', lines })).status, 200)
  const { conflicts } = shop.services.gate.stats
  const count = { refunds: 0, cancels: 0, returns: 0, refused: 0, yen: 0 }
  const given = new Map<number, number>()
  const race = async (n: number) => {
    const { order, total } = of<{ order: number; total: number }>(
      await buy(shop.client(), [{ sku, quantity: 2 }], { payment: 'bank_transfer' }),
    )
    const act = (what: string, body: object) => owner('POST', `/admin/v1/orders/${order}/${what}`, body)
    assert.equal((await act('captures', { amount: total })).status, 200)
    const out = n % 3
    if (out) assert.equal((await act('ship', { lines: [{ line: 1, quantity: out }] })).status, 200)
    const amount = Math.ceil(total / 3)
    const reason = 'x'
    const back = { lines: [{ line: 1, quantity: 1 }], place: 'east', condition: 'sellable', reason }
    const hand = async (i: number): Promise<number> => {
      const [what, body] =
        i % 4 === 1
          ? (['cancel', { reason }] as const)
          : i % 4 === 2
            ? (['returns', back] as const)
            : (['refunds', { amount, reason }] as const)
      const answer = await act(what, body)
      if (answer.status !== 200) {
        assert.ok(
          [409, 422].includes(answer.status) && code(answer) !== 'http.key_reused',
          `${what}: ${answer.status} ${code(answer)}`,
        )
        count.refused++
        return 0
      }
      if (what === 'refunds') count.refunds++
      else if (what === 'cancel') count.cancels++
      else count.returns++
      return what === 'refunds' ? amount : of<{ refunded: number }>(answer).refunded
    }
    const parts = await Promise.all(Array.from({ length: ask.hands }, (_, i) => hand(i)))
    given.set(
      order,
      parts.reduce((a, b) => a + b, 0),
    )
  }
  let next = 0
  await Promise.all(
    Array.from({ length: ask.together }, async () => {
      while (next < ask.races) await race(next++)
    }),
  )
  // What the ledger says of each order: no more went back than came in, and exactly what the answers had said.
  const { rows } = await db.query(
    `select h.id, h.total, coalesce(c.balance, 0) as captured, (select coalesce(sum(t.amount), 0) from ledger.transfer t where t.ref = h.id and t.reason = 'payments.refunded') as back
     from orders.header h left join ledger.account c on c.id = (22::bigint << 44) + h.id where h.id = any($1)`,
    [[...given.keys()]],
  )
  assert.equal(rows.length, ask.races)
  for (const r of rows) {
    const back = Number(r.back)
    assert.ok(back <= Number(r.total), `order ${r.id}: ${back} of ${r.total} given back`)
    assert.deepEqual(
      [Number(r.captured), back],
      [Number(r.total) - back, given.get(Number(r.id))],
      `order ${r.id}`,
    )
    count.yen += back
  }
  const raced = shop.services.gate.stats.conflicts - conflicts
  assert.ok(raced > 0 && count.refused > ask.races, 'nobody met anybody')
  return `${ask.races} races of ${ask.hands}: ${count.refunds} refunds, ${count.cancels} cancellations and ${count.returns} returns went through, ${count.refused} refused, ${raced} replanned; ¥${count.yen} given back, 0 orders over what was captured`
}
