/** SCREENS 12, 13, 15, 17, daily and in one language; over the full sample and in both, with times: `npm run campaign qualities`. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import { buildApps } from '#doors/apps'
import { browser, buy, openShop, type Client, type Shop } from '#testing'
import { atOnce, edits } from './qualities/edits.ts'
import { figures } from './qualities/figures.ts'
import { rows } from './qualities/lists.ts'
import { desk, openPage, signIn } from './screens.ts'

let shop: Shop, chrome: Browser, db: pg.Client, owner: Client
before(async () => {
  await buildApps(() => {})
  shop = await openShop()
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  owner = await shop.staff('owner')
  // Today's orders, one of them given up, and some of the same weekday a week ago: before this hour, and after it.
  const placed: number[] = []
  for (let n = 0; n < 4; n++)
    placed.push(Number((await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }])).body['order']))
  const given = await owner('POST', `/admin/v1/orders/${placed[0]}/cancel`, { reason: 'customer' })
  assert.equal(given.status, 200, JSON.stringify(given.body))
  for (const [n, minutes] of [-5, 5].entries())
    await owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: `week-${n}`,
      placed_at: new Date(Date.now() - 7 * 86_400_000 + minutes * 60_000).toISOString(),
      lines: [{ sku: 'MUG-WHITE', quantity: 1, unit_price: 1000 + n }],
      total: 1000 + n,
      paid: true,
      destination: { contact: { family: '佐藤' }, address: { prefecture: 13 } },
    })
})
after(async () => {
  await chrome?.close()
  await db?.end()
  await shop?.close()
})
for (const [check, promise] of [
  [edits, 'an edited page has a bar, is left with a question, set back and saved by Ctrl-S'],
  [atOnce, 'a small edit is seen at once; refused or unanswered it is set back with the reason'],
  [rows, 'Back leads to the row that was opened, with the focus, where it was'],
  [
    figures,
    'each number of the overview opens rows that come to it, without what was given up or came later that day',
  ],
] as const)
  test(promise, async () => {
    const page = await openPage(chrome, desk)
    await signIn(page, shop.url)
    for (const one of await check.run({ shop, chrome, db, owner, lang: 'ja', page }))
      console.log(`# ${one.measured}: ${one.figure}`)
    await page.context().close()
  })
