/**
 * P9: what an outage of Amazon costs a checkout. Windows with Amazon well, unreachable, slow and speaking garbage take turns
 * in one run on one machine, so that whatever else the machine does falls on all of them alike.
 */
import assert from 'node:assert/strict'
import pg from 'pg'
import { simulate } from '#connectors/amazon'
import { prooves } from '#flows/reads'
import { buy, openShop, proveBooks, type FreshDatabase } from '#testing'

const rounds = Number(process.env.AKINAI_P9_ROUNDS ?? 8)
const window_ms = Number(process.env.AKINAI_P9_WINDOW ?? 6000)

export default async function campaign(database: FreshDatabase): Promise<string> {
  const amazon = await simulate()
  // As patient as in a shop, looking as often as in a shop. Only Amazon's quota (a page in three minutes) is let go: it is not what is measured.
  const shop = await openShop({ database, connect: { patience: { pace: 1000 } } })
  const db = new pg.Client(shop.database.owner)
  await db.connect()
  try {
    const said = await outage(amazon, shop, db)
    await proveBooks(shop.database.owner, prooves)
    return said
  } finally {
    await db.end()
    await shop.close()
    await amazon.stop()
  }
}

const percentile = (of: number[], p: number) => of.toSorted((a, b) => a - b)[Math.ceil(of.length * p) - 1]!
const states = ['well', 'unreachable', 'slow', 'garbage'] as const
type State = (typeof states)[number]

/** An Amazon that is unreachable, slow or speaks garbage costs checkout p95 at most 10 %, and the backlog drains by itself. */
async function outage(
  amazon: Awaited<ReturnType<typeof simulate>>,
  shop: Awaited<ReturnType<typeof openShop>>,
  db: pg.Client,
): Promise<string> {
  const owner = await shop.staff('owner')
  const there = (method: string, path: string, body?: object) =>
    fetch(`${amazon.url}/_simulator/${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
  await there('POST', 'limits', { on: false })
  await owner('POST', '/admin/v1/stock/receipts', {
    place: 'east',
    lines: [{ sku: 'TEE-WHITE-M', quantity: 900_000 }],
  })
  const save = (endpoint: string) =>
    owner('PUT', '/admin/v1/connectors/amazon', {
      connector: 'amazon',
      active: true,
      settings: { endpoint, tokens_endpoint: amazon.url, seller: 'SELLER', client_id: 'c' },
      secrets: { client_secret: 's', refresh_token: 'r' },
    })
  const took: Record<State, number[]> = { well: [], unreachable: [], slow: [], garbage: [] }
  let sold = 0
  const live = { on: true }
  const shopper = async (state: () => State) => {
    const client = shop.client()
    while (live.on) {
      const began = performance.now()
      const answer = await buy(client, [{ sku: 'TEE-WHITE-M', quantity: 1 }])
      assert.equal(answer.status, 200)
      took[state()].push(performance.now() - began)
    }
  }
  let now: State = 'well'
  await save(amazon.url)
  const shoppers = Array.from({ length: 4 }, () => shopper(() => now))
  await new Promise((r) => setTimeout(r, window_ms)) // warm
  for (const s of states) took[s].length = 0
  for (let i = 0; i < rounds; i++)
    for (const state of i % 2 ? states.toReversed() : states) {
      await there('DELETE', 'faults')
      if (state === 'slow') await there('POST', 'faults', { kind: 'slow', ms: 30_000, times: 1e9 })
      if (state === 'garbage') await there('POST', 'faults', { kind: 'garbage', times: 1e9 })
      await save(state === 'unreachable' ? 'http://127.0.0.1:9' : amazon.url)
      await there('POST', 'orders', { count: 20, items: [{ sku: 'TEE-WHITE-M', amount: 1980 }] })
      sold += 20
      await db.query('update channels.connection set next_at = null, busy_until = null')
      now = state
      await new Promise((r) => setTimeout(r, window_ms))
    }
  live.on = false
  await Promise.all(shoppers)
  const p95 = Object.fromEntries(states.map((s) => [s, percentile(took[s], 0.95)])) as Record<State, number>
  const told = `${rounds} rounds of ${window_ms} ms; checkouts ${states.map((s) => `${s} ${took[s].length}`).join(', ')}; p95 ms ${states.map((s) => `${s} ${p95[s].toFixed(1)} (${((p95[s] / p95.well - 1) * 100).toFixed(1)} %)`).join(', ')}`
  await there('DELETE', 'faults')
  await save(amazon.url)
  await db.query(`update channels.stream set position = jsonb_build_object('since', $1::text)`, [
    new Date(Date.now() - 86_400_000).toISOString(),
  ])
  const until = Date.now() + 180_000
  const came = async () =>
    Number(
      (await db.query(`select count(*) as n from orders.header where channel = 'mall:amazon'`)).rows[0].n,
    )
  while ((await came()) < sold && Date.now() < until) await new Promise((r) => setTimeout(r, 500))
  assert.equal(await came(), sold)
  for (const s of states) assert.ok(p95[s] <= p95.well * 1.1, `${s}: ${p95[s]} against ${p95.well}`)
  return `${told}; backlog of ${sold} orders drained`
}
