/** What goes to Amazon and comes from it beside the models: feeds, their reports and notices, held against Amazon's own schemas. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/schema'
import { asking, Memory, type Level } from '#doors/kit'
import { amazon } from './index.ts'
import { readNotice, writeFeed } from './map.ts'
import { schemas } from './model.ts'
import { startSimulator } from './simulator.ts'

const told = schemas()
const feed: Checker = Compile(told.listings_feed)
const report: Checker = Compile(told.listings_report)
const change: Checker = Compile(told.order_change)
type Checker = { Check(value: unknown): boolean; Errors(value: unknown): [boolean, object[]] }
const assertFits = (schema: Checker, value: unknown) =>
  assert.ok(schema.Check(value), JSON.stringify(schema.Errors(value)[1]))

const simulator = await startSimulator()
after(() => simulator.stop())
const there = async (method: string, path: string, body?: object) =>
  (await (
    await fetch(`${simulator.url}/_simulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
  ).json()) as Record<string, unknown>
await there('POST', 'limits', { on: false })

const settings = { seller: 'SELLER', marketplace: 'A1VC38T7YXB528' }
const level: fc.Arbitrary<Level> = fc.record({
  external_sku: fc.stringMatching(/^[\x21-\x7e]{1,40}$/),
  product_type: fc.stringMatching(/^[A-Z0-9_]{1,60}$/),
  quantity: fc.integer({ min: 0, max: 1_000_000 }),
})

test('a listings feed of any levels is as Amazon’s schema says, and what is not is found', () => {
  let lists = 0
  let levels = 0
  fc.assert(
    fc.property(fc.array(level, { minLength: 1, maxLength: 1000 }), (list) => {
      assertFits(feed, writeFeed(list, settings))
      lists++
      levels += list.length
    }),
    { numRuns: 200 },
  )
  const good = writeFeed([{ external_sku: 'A', product_type: 'PRODUCT', quantity: 1 }], settings)
  const [message] = good.messages
  const bad = [
    { ...good, messages: [] },
    { ...good, header: { ...good.header, version: '3.0' } },
    { ...good, header: { version: '2.0' } },
    { ...good, messages: [{ ...message, messageId: 0 }] },
    { ...good, messages: [{ ...message, sku: '' }] },
    { ...good, messages: [{ ...message, operationType: 'REPLACE' }] },
    { ...good, messages: [{ ...message, productType: undefined }].map(({ productType: _, ...m }) => m) },
    { ...good, messages: [{ ...message, attributes: {} }] },
    { ...good, messages: [{ ...message, patches: [{ op: 'replace', path: '/x' }] }] },
  ]
  for (const b of bad) assert.equal(feed.Check(b), false, JSON.stringify(b))
  console.log(`# listings feed: ${lists} lists of ${levels} levels fit, ${bad.length} breaches found`)
})

test('the report of a feed is as Amazon’s schema says, and names what was refused', async () => {
  await there('POST', 'listings', { skus: ['A', 'B'] })
  const seen: unknown[] = []
  const ask = asking({
    connector: amazon,
    settings: {
      ...settings,
      endpoint: simulator.url,
      tokens_endpoint: simulator.url,
      client_id: 'c',
      client_secret: 's',
      refresh_token: 'r',
    },
    memory: new Memory(),
    record: () => {},
  })
  const out = {
    settings: { ...settings },
    now: new Date(),
    ask: async (call: Parameters<typeof ask>[0]) => {
      const answer = await ask(call)
      if (call.operation === 'download') seen.push(answer.body)
      if (call.operation === 'upload') assertFits(feed, JSON.parse(call.upload!.text))
      return answer
    },
  }
  const levels = ['A', 'NOWHERE', 'B'].map((external_sku, n) => ({
    external_sku,
    product_type: 'PRODUCT',
    quantity: n,
  }))
  const id = await amazon.levels.handOver(out, levels)
  let what = await amazon.levels.report(out, id, levels)
  for (let turn = 0; !what && turn < 20; turn++) what = await amazon.levels.report(out, id, levels)
  assert.deepEqual(
    what!.map((w) => [w.external_sku, w.failure !== null]),
    [
      ['A', false],
      ['NOWHERE', true],
      ['B', false],
    ],
  )
  assert.equal(seen.length, 1)
  assertFits(report, seen[0])
  assert.equal(report.Check({ ...(seen[0] as object), summary: undefined, issues: 1 }), false)
})

test('Amazon’s own example of a notice and the simulator’s, in every state of an order, fit its schema and are read', async () => {
  const example = told.order_change_example as {
    Payload: { OrderChangeNotification: { AmazonOrderId: string } }
    NotificationMetadata: { NotificationId: string }
  }
  const { ids } = (await there('POST', 'orders', {
    count: 5,
    items: [{ sku: 'A', amount: 1980 }],
  })) as { ids: string[] }
  const states = ['PENDING', 'UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED']
  const notices: unknown[] = [example]
  for (const [n, status] of states.entries()) {
    await there('POST', `orders/${ids[n]}`, { status })
    notices.push(await there('GET', `notifications/${ids[n]}`))
  }
  for (const notice of notices) {
    assertFits(change, notice)
    const said = notice as typeof example
    assert.deepEqual(readNotice(notice), {
      id: said.NotificationMetadata.NotificationId,
      sale: said.Payload.OrderChangeNotification.AmazonOrderId,
    })
  }
  for (const part of ['Payload', 'NotificationMetadata', 'EventTime'] as const) {
    const { [part]: _, ...rest } = example as unknown as Record<string, unknown>
    assert.equal(change.Check(rest), false, part)
  }
  console.log(`# order change: ${notices.length} notices fit`)
})
