import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildApps } from '#doors/apps'
import { browser, openShop, type Shop } from '#testing'
import { assertNoViolation, looks, openPage, shoot } from './screens.ts'

/** A file of products is chosen, looked at, tried, taken in and taken back in the console alone. */
let shop: Shop, chrome: Browser
before(async () => {
  await buildApps(() => {})
  shop = await openShop({ work: false })
  chrome = await browser()
})
after(async () => {
  await chrome?.close()
  await shop?.close()
})
async function signIn(who: Page) {
  await who.goto(`${shop.url}/console/`)
  await who.locator('input[type="email"], input[autocomplete="username"]').fill('owner@example.jp')
  await who.locator('input[type="password"]').fill('sample-owner')
  await who.keyboard.press('Enter')
  await who.locator('nav').first().waitFor()
}
const file = (n: number) => ({
  name: '商品.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`code,name,price\nSCREEN-${n},画面の皿,12.5\nSCREEN-X${n},,x\n`),
})

test('a file is chosen, tried, taken in and taken back; its faults stand by line and column', async () => {
  const page = await openPage(chrome, { lang: 'ja', theme: 'light', width: 1280 })
  page.setDefaultTimeout(8000)
  await signIn(page)
  await page.goto(`${shop.url}/console/imports`)
  await page.getByText('取り込みはまだありません。').waitFor()
  await page.locator('input[type=file]').setInputFiles(file(1))
  await page.getByText('画面の皿').waitFor()
  await page.getByRole('button', { name: '試してみる' }).click()
  await page.getByText('試した結果（まだ何も変えていません）').waitFor()
  await page.getByText('3 price').waitFor()
  await page.getByRole('button', { name: '取り込む' }).click()
  await page.getByText('取り込みの結果').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '取り込めなかった行をダウンロードする' }).click(),
  ])
  assert.match(download.suggestedFilename(), /^failed-\d+\.csv$/)
  await page.getByRole('button', { name: '元に戻す' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '元に戻す' }).click()
  await page.getByText('1 行を元に戻しました').waitFor()
  await page.getByText('元に戻した', { exact: true }).waitFor()
  await page.context().close()
})

for (const look of looks)
  test(`the page of imports is clean for ${look.lang}, ${look.theme}, ${look.width}`, async () => {
    const page = await openPage(chrome, look)
    page.setDefaultTimeout(8000)
    await signIn(page)
    await page.goto(`${shop.url}/console/imports`)
    await page.locator('input[type=file]').setInputFiles(file(look.width * 10 + (look.lang === 'ja' ? 1 : 2)))
    await page.getByText('画面の皿').waitFor()
    await page.getByRole('button', { name: look.lang === 'ja' ? '試してみる' : 'Try it out' }).click()
    await page.getByText('3 price').waitFor()
    await assertNoViolation(page, `imports ${look.lang} ${look.theme} ${look.width}`)
    await shoot(page, `imports-${look.lang}-${look.theme}-${look.width}`)
    await page.context().close()
  })
