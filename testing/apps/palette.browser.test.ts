/** SCREENS 10: Ctrl-K finds an order by number, telephone and kana, customers and goods, and does things; by keys alone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildApps } from '#doors/apps'
import { browser, openShop, type Shop } from '#testing'
import { placeAs } from './palette.ts'
import { assertNoViolation, desk, inLook, looks, openPage, shoot, signIn } from './screens.ts'

let shop: Shop, chrome: Browser, page: Page
let order: number, other: number
const kenji = {
  family: '高橋',
  given: '健司',
  family_kana: 'タカハシ',
  given_kana: 'ケンジ',
  email: 'kenji@example.jp',
  phone: '090-1234-5678',
}
before(async () => {
  await buildApps(() => {})
  shop = await openShop()
  chrome = await browser()
  order = await placeAs(shop, kenji)
  other = await placeAs(shop, {
    ...kenji,
    given: '花',
    given_kana: 'ハナ',
    phone: '0312349999',
    email: 'hana@example.jp',
  })
  page = await openPage(chrome, desk)
  await signIn(page, shop.url)
})
after(async () => {
  await chrome?.close()
  await shop?.close()
})
const dialog = (of = page) => of.getByRole('dialog')
const options = (of = page) => dialog(of).getByRole('option')
async function open(of = page) {
  // One that is on its way out keeps its keys.
  await dialog(of).waitFor({ state: 'detached' })
  await of.keyboard.press('Control+k')
  await dialog(of).getByRole('combobox').waitFor()
}
async function type(text: string, of = page) {
  await open(of)
  await of.keyboard.insertText(text)
}
const heading = (name: string | RegExp, of = page) => of.getByRole('heading', { level: 1, name })

test('an order is found by its number, the end of a telephone number, and kana of either name, in any width', async () => {
  for (const text of [
    String(order),
    '5678',
    'たかはし けんじ',
    'けんじ',
    'ｹﾝｼﾞ',
    '健司',
    'kenji@example.jp',
  ]) {
    await type(text)
    await options()
      .filter({ hasText: `注文 ${order}` })
      .first()
      .waitFor()
    assert.equal(
      await options()
        .filter({ hasText: `注文 ${other}` })
        .count(),
      0,
      text,
    )
    await page.keyboard.press('Enter')
    await heading(`注文 ${order}`).waitFor()
    await dialog().waitFor({ state: 'detached' })
  }
  await type('たかはし')
  for (const one of [order, other])
    await options()
      .filter({ hasText: `注文 ${one}` })
      .first()
      .waitFor()
  await options().filter({ hasText: '高橋 花' }).waitFor()
  await assertNoViolation(page, 'palette with results')
  await shoot(page, 'palette-kana')
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
})

test('Enter that comes before the answer opens what stands first when it is there', async () => {
  await page.route('**/admin/v1/orders?*', async (route) => {
    await new Promise((r) => setTimeout(r, 400))
    await route.continue()
  })
  await type(String(other))
  await page.keyboard.press('Enter')
  await heading(`注文 ${other}`).waitFor()
  await page.unroute('**/admin/v1/orders?*')
  await dialog().waitFor({ state: 'detached' })
})

test('goods by name, code and JAN; screens by name and by how it is read; the whole answer stands in the list', async () => {
  for (const text of ['MUG-WHITE', 'あさなぎ', '朝凪']) {
    await type(text)
    await options()
      .filter({ hasText: /asanagi-mug/ })
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  }
  for (const text of ['在庫', 'ざいこ', 'ザイコ']) {
    await type(text)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/console/stock')
    await dialog().waitFor({ state: 'detached' })
    await page.goBack()
  }
  await type('たかはし')
  await options().filter({ hasText: '受注の一覧で' }).waitFor()
  await page.keyboard.press('End')
  for (
    let n = 0;
    n < 8 && !/受注の一覧/.test((await page.locator('[cmdk-item][data-selected=true]').textContent()) ?? '');
    n++
  )
    await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.getByRole('row', { name: new RegExp(String(order)) }).waitFor()
  assert.equal(await page.locator('tbody tr').count(), 2)
})

test('one order found: it is shipped from the palette, by keys alone', async () => {
  await type(String(order))
  await options()
    .filter({ hasText: `注文 ${order} を出荷する` })
    .waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: '出荷する' }).waitFor()
  await shoot(page, 'palette-ship')
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  // Coming back begins nothing.
  await page.goto(`${shop.url}/console/orders/${order}`)
  await heading(`注文 ${order}`).waitFor()
  assert.equal(await dialog().count(), 0)
})

test('actions: add a member, language, colours, sign out', async () => {
  await type('会員を登録する')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: '会員を登録する' }).getByRole('textbox').first().waitFor()
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  await type('dark')
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  await type('暗い配色')
  await page.keyboard.press('Enter')
  await page.locator('html[data-theme=dark]').waitFor()
  await type('えいご')
  await page.keyboard.press('Enter')
  await page.locator('html[lang=en]').waitFor()
  await type('japanese')
  await page.keyboard.press('Enter')
  await page.locator('html[lang=ja]').waitFor()
  await type('明るい')
  await page.keyboard.press('Enter')
  await page.locator('html[data-theme=light]').waitFor()
})

test('while an input method composes, Enter, Esc and arrows are its own', async () => {
  await type('在庫')
  const before = page.url()
  for (const key of ['Enter', 'Escape', 'ArrowDown'])
    await page.evaluate((name) => {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: name, isComposing: true, bubbles: true, cancelable: true }),
      )
    }, key)
  await page.waitForTimeout(300)
  assert.equal(page.url(), before)
  assert.equal(await dialog().count(), 1)
  assert.match((await page.locator('[cmdk-item][data-selected=true]').textContent()) ?? '', /在庫/)
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
})

test('nothing typed: what was looked at last, without a name; another person on this device sees none of it', async () => {
  await open()
  await options()
    .filter({ hasText: `注文 ${order}` })
    .first()
    .waitFor()
  assert.doesNotMatch((await dialog().textContent()) ?? '', /高橋|健司/)
  await shoot(page, 'palette-recent')
  await assertNoViolation(page, 'palette')
  await page.keyboard.press('Escape')
  assert.doesNotMatch(
    await page.evaluate(() => JSON.stringify(localStorage)),
    /高橋|健司|タカハシ|5678|example/,
  )
})

test('who may not see persons finds orders by number alone', async () => {
  const who = await openPage(chrome, desk)
  await signIn(who, shop.url, 'merchandiser')
  await type('たかはし', who)
  await dialog(who).getByText('当てはまるものはありません').waitFor()
  await who.keyboard.press('Escape')
  await type(String(order), who)
  await options(who)
    .filter({ hasText: `注文 ${order}` })
    .first()
    .waitFor()
  assert.equal(await options(who).filter({ hasText: '出荷する' }).count(), 0)
  await who.context().close()
})

test('a search that fails says so; screens and actions go on', async () => {
  await page.route('**/admin/v1/orders?*', (route) => route.abort())
  await type('きっちじょ')
  await dialog().getByText('探せませんでした').waitFor()
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  await page.unroute('**/admin/v1/orders?*')
})

test('four looks: axe finds nothing, nothing scrolls sideways', async () => {
  for (const look of looks) {
    const who = await inLook(page, look)
    await who.goto(`${shop.url}/console/overview`)
    await heading(/./, who).waitFor()
    await type('たかはし', who)
    await options(who)
      .filter({ hasText: String(order) })
      .first()
      .waitFor()
    await assertNoViolation(who, `palette ${look.lang} ${look.theme} ${look.width}`)
    await shoot(who, `palette-${look.lang}-${look.theme}-${look.width}`)
    await who.context().close()
  }
})
