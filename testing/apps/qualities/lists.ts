import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { buy } from '#testing'
import { all, heading, timed, within, type Check, type Stage } from './frame.ts'
import { files } from './outside.ts'

/** Where the focus stands: a row of a list, or a line of a tree. */
const place = (page: Page) =>
  page.evaluate(() => {
    const row = document.activeElement?.closest('main tr, main li')
    return { row: row?.textContent ?? null, tag: document.activeElement?.tagName ?? '', scroll: scrollY }
  })
type Place = Awaited<ReturnType<typeof place>>
async function isThereAgain(page: Page, was: Place, at: string): Promise<void> {
  try {
    await page.waitForFunction(
      (text) => document.activeElement?.closest('main tr, main li')?.textContent === text,
      was.row,
    )
  } catch {
    assert.fail(`${at}: ${was.row} is lost, the focus is on ${JSON.stringify(await place(page))}`)
  }
  const { scroll } = await place(page)
  assert.ok(Math.abs(scroll - was.scroll) <= 40, `${at}: ${was.scroll} and back to ${scroll}`)
}
/** Some rows down, by keys. */
async function walk({ page, shop }: Stage, at: string): Promise<Place> {
  await page.goto(`${shop.url}/console/${at}`)
  const rows = page.locator('main tbody tr[data-openable]')
  await rows
    .first()
    .waitFor()
    .catch(() => assert.fail(`${at} has no row that opens`))
  await page.waitForTimeout(300)
  const steps = Math.min(await rows.count(), 15)
  for (let n = 0; n < steps; n++) await page.keyboard.press('j')
  const where = await place(page)
  assert.ok(where.row, `${at}: a row has the focus`)
  return where
}

/** Rows that have a page: Back leads to them. */
const pages = ['orders', 'products', 'customers', 'connectors', 'webhooks', 'shortages']
/** Rows that open over their list: Escape leads back. What was done (audit) and what follows (followers) open nothing. */
const over = ['stock', 'mail', 'imports', 'staff']

/** What every list wants to have at least one of. */
async function fill(stage: Stage): Promise<void> {
  const { owner, db } = stage
  const none = async (table: string) => (await db.query(`select from ${table} limit 1`)).rowCount === 0
  if (await none(`webhooks.endpoint where state <> 'gone'`))
    await owner('POST', '/admin/v1/webhooks', {
      url: 'https://8.8.8.8/rows',
      kinds: ['orders.placed'],
      shop: null,
    })
  await owner('PUT', '/admin/v1/connectors/amazon', {
    connector: 'amazon',
    active: false,
    settings: {},
    secrets: {},
  })
  if (await none('imports.run')) await files.run(stage)
  if (await none('bulk.run')) {
    const [{ id }] = (
      await db.query('select id from catalog.product where archived_at is null order by id limit 1')
    ).rows
    await owner('POST', '/admin/v1/bulk/products/resume', { ids: [Number(id)], expects: { count: 1 } })
  }
  if (await none('mail.message')) await buy(stage.shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }])
  if (await none(`fulfilment.shortage where state = 'open'`))
    await owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: 'rows',
      placed_at: new Date().toISOString(),
      lines: [{ sku: 'MUG-WHITE', quantity: 5000, unit_price: 100 }],
      total: 500_000,
      paid: true,
      destination: { contact: { family: '佐藤' }, address: { prefecture: 13 } },
    })
}

/** 15: what a list leads to is there within 300 ms, and Back or Escape leads to the row, where it was. */
export const rows: Check = {
  name: 'rows',
  async run(stage) {
    const { shop, page } = stage
    await fill(stage)
    const took: number[] = []
    let back = 0
    for (const at of pages) {
      const was = await walk(stage, at)
      took.push(await timed(page, 'Enter', 'main h1', (await heading(page).textContent()) ?? ''))
      await page.goBack()
      await isThereAgain(page, was, at)
      back++
    }
    const runs = await walk(stage, 'bulk')
    took.push(await timed(page, 'Enter', 'main .ui-panel h2'))
    await page.waitForFunction(() => document.activeElement?.querySelector('.ui-panel h2'))
    await page.goBack()
    await isThereAgain(page, runs, 'bulk')
    back++
    for (const at of over) {
      const was = await walk(stage, at)
      took.push(await timed(page, 'Enter', '[role=dialog] h2'))
      await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
      await page.keyboard.press('Escape')
      await page.locator('[role=dialog]').waitFor({ state: 'detached' })
      await isThereAgain(page, was, at)
      back++
    }
    // A category opens beside its tree, and a product of it has a page.
    await page.goto(`${shop.url}/console/categories`)
    const leaf = page.locator('.leaf-name').filter({ visible: true }).nth(3)
    await leaf.focus()
    const tree = await place(page)
    took.push(await timed(page, 'Enter', '.wares a'))
    await page.goBack()
    await isThereAgain(page, tree, 'categories')
    await page.keyboard.press('Enter')
    await page.locator('.wares a').last().focus()
    const ware = await place(page)
    took.push(await timed(page, 'Enter', 'main h1', (await heading(page).textContent()) ?? ''))
    await page.goBack()
    await isThereAgain(page, ware, 'a category’s products')
    back += 2
    return [
      within(15, 'Enter on a row to what it leads to painted', took, 300),
      all(15, 'Back (or Escape from what opens over the list) leads to the row, where it was', back),
    ]
  },
}
