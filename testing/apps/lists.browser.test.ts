import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildApps } from '#doors/apps'
import { browser, openShop, type Shop } from '#testing'
import {
  act,
  assertNoViolation,
  desk,
  inLook,
  looks,
  openList,
  openPage,
  shoot,
  signIn,
  twoLooks,
  type Look,
} from './screens.ts'

/** Lists by keys alone: rows are selected, acted on all at once, taken back; views are kept, shared and removed. */
let shop: Shop, chrome: Browser, door: Page
before(async () => {
  await buildApps(() => {})
  shop = await openShop({ sample: 'full' })
  chrome = await browser()
  door = await openPage(chrome, desk)
  await signIn(door, shop.url)
})
after(async () => {
  await chrome?.close()
  await shop?.close()
})
const one = async (text: string, values: unknown[] = []) =>
  (await shop.services.pool.query(text, values)).rows[0] as Record<string, number>
const focused = (page: Page) => page.evaluate('document.activeElement?.textContent?.slice(0, 60) ?? ""')
const picked = (page: Page) => page.locator('tr[aria-selected=true]').count()
const list = (page: Page, path: string) => openList(page, shop.url, path)

test('rows are walked, selected one by one and as a range, let go by Escape; `?` says how', async () => {
  const page = await inLook(door, desk)
  await list(page, 'products')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  assert.equal(await picked(page), 1)
  for (let n = 0; n < 3; n++) await page.keyboard.press('j')
  await page.keyboard.press('Shift+x')
  assert.equal(await picked(page), 4)
  await page.getByText('4件を選択中').waitFor()
  // By the pointer, with Shift from the row that was picked last.
  await page
    .locator('tr[data-row]')
    .nth(7)
    .locator('[role=checkbox]')
    .click({ modifiers: ['Shift'] })
  assert.equal(await picked(page), 8)
  await shoot(page, 'lists-products-picked')
  await page.keyboard.press('Escape')
  assert.equal(await picked(page), 0)
  assert.equal(await page.getByText('件を選択中').count(), 0)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog')
  for (const words of ['行を選ぶ・外す', 'ここまでの行を選ぶ', '当てはまるすべてを選ぶ'])
    await help.getByText(words).waitFor()
  await shoot(page, 'lists-help')
  await page.context().close()
})

test('all that match are archived by keys alone, seen to their end, and taken back', async () => {
  const page = await inLook(door, desk)
  await list(page, 'products')
  const { n } = await one('select count(*)::int as n from catalog.product where archived_at is null')
  await page.keyboard.press('Shift+a')
  await page.getByText(`当てはまる${n!.toLocaleString('ja-JP')}件すべてを選択中`).waitFor()
  await act(page, '販売を終了する')
  const dialog = page.getByRole('alertdialog')
  await dialog.getByText(n!.toLocaleString('ja-JP'), { exact: true }).waitFor()
  await shoot(page, 'lists-archive-confirm')
  await assertNoViolation(page, 'archive confirm')
  await dialog.getByRole('button', { name: /販売を終了する/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('完了', { exact: true }).waitFor()
  assert.equal((await one('select count(*)::int as n from catalog.product where archived_at is null')).n, 0)
  const toast = page.getByRole('dialog').filter({ hasText: '販売を終了する：完了' })
  await toast.waitFor()
  await shoot(page, 'lists-archive-done')
  await toast.getByRole('button', { name: '元に戻す' }).click()
  await page.getByText('元に戻しました').first().waitFor()
  assert.equal((await one('select count(*)::int as n from catalog.product where archived_at is null')).n, n)
  // Found again on the page of its own after a reload.
  await page.getByRole('link', { name: 'まとめて操作の一覧' }).click()
  await page.waitForURL('**/bulk?run=*')
  await page.reload()
  await page.getByRole('heading', { name: '商品：販売を終了する' }).waitFor()
  await shoot(page, 'lists-runs')
  await assertNoViolation(page, 'runs')
  await page.context().close()
})

test('orders to be paid are confirmed with their number and their sum for all pages; what is refused leads to its order', async () => {
  const page = await inLook(door, desk)
  await list(page, 'orders?status=waiting_payment')
  const { n, owed } = (await one(
    `select count(*)::int as n, sum(owed)::int as owed from reads.order_row where status = 'waiting_payment'`,
  )) as { n: number; owed: number }
  await page.keyboard.press('Shift+a')
  await page.getByText(`当てはまる${n}件すべてを選択中`).waitFor()
  await act(page, '入金を確認する')
  const dialog = page.getByRole('alertdialog')
  await dialog.getByText(`¥${owed.toLocaleString('ja-JP')}`).waitFor()
  await dialog.getByText('この操作は取り消せません。').waitFor()
  await shoot(page, 'lists-capture-confirm')
  await dialog.getByRole('button', { name: /入金を確認する/ }).click()
  await page.getByText('完了', { exact: true }).waitFor()
  await page.getByText('当てはまる注文はありません。').waitFor()
  await list(page, 'orders?status=shipped')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await act(page, '出荷する')
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: /出荷する/ })
    .click()
  const refused = page.getByRole('grid', { name: 'できなかった行' })
  await refused.getByRole('link').first().waitFor()
  await shoot(page, 'lists-refused')
  await assertNoViolation(page, 'refused')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'この一覧をCSVで保存する' }).click(),
  ])
  assert.match(file.suggestedFilename(), /^refused-/)
  await refused.getByRole('link').first().click()
  await page.waitForURL('**/orders/*')
  await page.context().close()
})

test('a view is kept by name, shared, made the first, renamed, removed and brought back; what was sought is not kept', async () => {
  const page = await inLook(door, desk)
  await list(page, 'orders?status=to_ship&channel=web&q=')
  await page.getByRole('button', { name: 'この表示を保存' }).click()
  const dialog = page.getByRole('dialog', { name: 'この表示を保存する' })
  await dialog.getByText('検索欄のことばは').waitFor()
  await dialog.getByRole('textbox').fill('ウェブの出荷待ち')
  await dialog.getByRole('checkbox').nth(0).click()
  await dialog.getByRole('checkbox').nth(1).click()
  await shoot(page, 'lists-view-save')
  await assertNoViolation(page, 'view save')
  await dialog.getByRole('button', { name: '保存する' }).click()
  await page.getByText('表示を保存しました。').waitFor()
  const chip = page.getByRole('button', { name: /ウェブの出荷待ち/ }).first()
  await chip.waitFor()
  // Opened anew, the list begins with it.
  await page.goto(`${shop.url}/console/orders`)
  await page.waitForURL('**/orders?status=to_ship&channel=web')
  await page.getByRole('button', { name: '絞り込みなし' }).click()
  await page.waitForURL(/orders$/)
  // It is found by Ctrl-K, too.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ウェブの出荷')
  await page.getByRole('option', { name: '受注：ウェブの出荷待ち' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/orders?status=to_ship&channel=web')
  await page.getByRole('button', { name: '絞り込みなし' }).click()
  await page.waitForURL(/orders$/)
  // Others of the staff see it, and keys lead to it.
  const call = await openPage(chrome, { ...desk, lang: 'en' })
  await signIn(call, shop.url, 'call')
  await list(call, 'orders')
  await call.keyboard.press('v')
  await call.keyboard.press('Tab')
  assert.match(String(await focused(call)), /ウェブの出荷待ち/)
  await call.keyboard.press('Enter')
  await call.waitForURL('**/orders?status=to_ship&channel=web')
  await call.context().close()
  await chip.click()
  await page.getByRole('button', { name: /「ウェブの出荷待ち」の操作/ }).click()
  await shoot(page, 'lists-view-menu')
  await page.getByRole('menuitem', { name: '名前・共有を変える' }).click()
  const rename = page.getByRole('dialog', { name: '表示の名前を変える' })
  await rename.getByRole('textbox').fill('出荷待ち')
  await rename.getByRole('button', { name: '保存する' }).click()
  await page.getByRole('button', { name: '「出荷待ち」の操作' }).click()
  await page.getByRole('menuitem', { name: '削除する' }).click()
  const toast = page.getByRole('dialog').filter({ hasText: '「出荷待ち」を削除しました。' })
  await toast.getByRole('button', { name: '元に戻す' }).click()
  await page.getByRole('button', { name: /^出荷待ち/ }).waitFor()
  await page.context().close()
})

test('selection with its bar, its dialogs and the runs, in two looks each', async () => {
  const screens: [name: string, path: string, act: (page: Page, look: Look) => Promise<void>][] = [
    [
      'bar',
      'orders?status=shipped',
      async (page) => {
        await page.locator('tr[data-row]').first().focus()
        for (const key of ['x', 'j', 'x']) await page.keyboard.press(key)
        await page.locator('.bulk-bar').waitFor()
      },
    ],
    [
      'cancel',
      'orders?status=to_ship',
      async (page, { lang }) => {
        await page.keyboard.press('Shift+a')
        await act(page, lang === 'ja' ? 'キャンセルする' : 'Cancel orders')
        await page.getByRole('alertdialog').waitFor()
      },
    ],
    [
      'reprice',
      'products',
      async (page, { lang }) => {
        await page.keyboard.press('Shift+a')
        await act(page, lang === 'ja' ? '価格を変える' : 'Change prices')
        await page.getByRole('dialog').waitFor()
      },
    ],
    ['runs', 'bulk', async () => {}],
  ]
  for (const look of looks) {
    const page = await inLook(door, look)
    for (const [n, [screen, path, open]] of screens.entries()) {
      if (!twoLooks(n).includes(look)) continue
      const name = `${screen} ${look.lang} ${look.theme} ${look.width}`
      await list(page, path)
      await open(page, look)
      await shoot(page, `lists-${name.replaceAll(' ', '-')}`)
      await assertNoViolation(page, name)
    }
    await page.context().close()
  }
})
