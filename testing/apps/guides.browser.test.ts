/** What strangers stumbled over who followed the guides word by word. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { importOrders } from '#doors/history'
import { browser, of, openShop, type Shop } from '#testing'
import { assertNoViolation, openPage, shoot, signIn } from './screens.ts'

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-guides-'))
let shop: Shop
let chrome: Browser
after(async () => {
  await chrome?.close()
  await shop?.close()
  fs.rmSync(home, { recursive: true, force: true })
})
const look = { lang: 'en', theme: 'light', width: 1280 } as const

test('an order in pounds speaks of no yen; unknown headings lead to the choice of columns; a wrong address says so', async () => {
  shop = await openShop({ sample: 'full' })
  chrome = await browser()
  const file = path.join(home, 'old.csv')
  fs.writeFileSync(
    file,
    `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID
1,OLD-LAMP,Lamp,2,2010/12/01 08:26,2.55,7
C2,OLD-LAMP,Lamp,-1,2010-12-02 08:26:00,2.55,7
`,
  )
  const { gate, vault } = shop.services
  await importOrders(gate, vault, {
    shop: 1,
    place: 'east',
    channel: 'oldshop',
    currency: 'GBP',
    zone: 'Europe/London',
    file,
  })
  const owner = await shop.staff('owner')
  const orders = await owner('GET', '/admin/v1/orders?channel=oldshop')
  const { order } = of<{ items: { order: number }[] }>(orders).items[0]!
  const page = await openPage(chrome, look)
  await signIn(page, shop.url)
  await page.goto(`${shop.url}/console/orders/${order}`)
  await page.getByText('Refunded', { exact: true }).waitFor()
  const said = await page.locator('main').innerText()
  for (const amount of ['£2.55', '£5.10']) assert.ok(said.includes(amount), said)
  assert.ok(!said.includes('¥'), said)
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await page.getByText('Up to £2.55 can be refunded.').waitFor()
  await assertNoViolation(page, 'a refund in pounds')
  await shoot(page, 'order-in-pounds')

  await page.keyboard.press('Escape')
  await page.goto(`${shop.url}/console/imports`)
  const products = path.join(home, 'p.csv')
  fs.writeFileSync(products, '商品番号,商品名,価格\ntea-1,深蒸し茶,1080\n')
  await page.locator('input[type=file]').first().setInputFiles(products)
  await page.getByRole('button', { name: 'Choose the columns here' }).click()
  const code = page.getByRole('combobox', { name: /商品番号/ })
  await code.waitFor()
  await page.getByText('the column of the product code first').waitFor()
  assert.equal(await page.getByRole('alert').count(), 0)
  await assertNoViolation(page, 'columns chosen')
  await shoot(page, 'columns-chosen')

  await page.goto(`${shop.url}/console/nowhere`)
  await page.getByRole('heading', { name: 'There is no such screen.', level: 1 }).waitFor()
  await shoot(page, 'nowhere')
  await assertNoViolation(page, 'an address that leads nowhere')

  const described = (await (await fetch(`${shop.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { parameters?: { name: string; required: boolean }[] }>>
  }
  for (const [at, method] of [
    ['/store/v1/carts/{cart}/checkout', 'put'],
    ['/store/v1/orders', 'post'],
  ] as const)
    assert.ok(
      described.paths[at]![method]!.parameters!.some((p) => p.name === 'akinai-cart-token' && p.required),
      at,
    )
})
