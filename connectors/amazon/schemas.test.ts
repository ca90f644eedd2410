/** What goes to Amazon and comes from it beside the models: feeds, their reports and notices, held against Amazon's own schemas. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/schema'
import { asking, Memory, type Offer } from '#doors/kit'
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
const offer: fc.Arbitrary<Offer> = fc.record({
  external_sku: fc.stringMatching(/^[\x21-\x7e]{1,40}$/),
  product_type: fc.stringMatching(/^[A-Z0-9_]{1,60}$/),
  quantity: fc.integer({ min: 0, max: 1_000_000 }),
  price: fc.option(fc.integer({ min: 1, max: 10_000_000 })),
  words: fc.option(fc.record({ name: fc.string({ minLength: 1 }), description: fc.string() })),
  item: fc.option(fc.stringMatching(/^B[0-9A-Z]{9}$/)),
})
const plain = { price: null, words: null, item: null }

test('a listings feed of any offers, told and made, is as Amazon’s schema says, and what is not is found', () => {
  let lists = 0
  let offers = 0
  fc.assert(
    fc.property(fc.array(offer, { minLength: 1, maxLength: 1000 }), (list) => {
      assertFits(feed, writeFeed(list, settings))
      lists++
      offers += list.length
    }),
    { numRuns: 200 },
  )
  const good = writeFeed([{ external_sku: 'A', product_type: 'PRODUCT', quantity: 1, ...plain }], settings)
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
  console.log(`# listings feed: ${lists} lists of ${offers} offers fit, ${bad.length} breaches found`)
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
  const offers: Offer[] = ['A', 'NOWHERE', 'B', 'NEW', 'NO-ASIN', 'NO-PRICE'].map((external_sku, n) => ({
    external_sku,
    product_type: 'PRODUCT',
    quantity: n,
    ...plain,
    ...(external_sku === 'B' && { price: 1980, words: { name: 'マグ 白', description: '波佐見焼' } }),
    ...(external_sku === 'NEW' && { price: 500, item: 'B0SIMULATE' }),
    ...(external_sku === 'NO-ASIN' && { price: 500, item: 'B000000000' }),
    ...(external_sku === 'NO-PRICE' && { item: 'B0SIMULATE' }),
  }))
  const codes = offers.map((o) => o.external_sku)
  const id = await amazon.offers.handOver(out, offers)
  let what = await amazon.offers.report(out, id, codes)
  for (let turn = 0; !what && turn < 20; turn++) what = await amazon.offers.report(out, id, codes)
  assert.deepEqual(
    what!.map((w) => [w.external_sku, w.failure]),
    [
      ['A', null],
      ['NOWHERE', '13013'],
      ['B', null],
      ['NEW', null],
      ['NO-ASIN', '8541'],
      ['NO-PRICE', '90220'],
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
