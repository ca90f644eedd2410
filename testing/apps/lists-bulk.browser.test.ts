import assert from 'node:assert/strict'
import fs from 'node:fs'
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
} from './screens.ts'

/** Customers, stock, shortages, mail and the audit log: rows are selected and acted on by keys alone. */
let shop: Shop, chrome: Browser, door: Page
before(async () => {
  await buildApps(() => {})
  shop = await openShop({
    sample: 'full',
    // Nobody listens there.
    settings: { AKINAI_SMTP_URL: 'smtp://127.0.0.1:9', AKINAI_MAIL_FROM: 'shop@example.jp' },
  })
  chrome = await browser()
  door = await openPage(chrome, desk)
  await signIn(door, shop.url)
  const owner = await shop.staff('owner')
  for (const n of [1, 2, 3]) {
    const { status } = await owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: `lists-${n}`,
      placed_at: '2026-11-22T10:00:00+09:00',
      lines: [
        { sku: n === 1 ? 'MUG-WHITE' : `NEW-CODE-${n}`, quantity: n === 1 ? 3000 : 1, unit_price: 100 },
      ],
      total: n === 1 ? 300_000 : 100,
      paid: true,
      destination: { contact: { family: '佐藤' }, address: { prefecture: 13 } },
    })
    assert.equal(status, 200)
  }
  await owner('POST', '/admin/v1/stock/receipts', {
    place: 'east',
    lines: [{ sku: 'MUG-WHITE', quantity: 4000 }],
  })
  await shop.services.pool.query(
    `insert into mail.message (epoch, xid, seq, kind, "order", shop, state, next_at, give_up_at, failure)
     select 1, (900000 + row_number() over (order by h.id))::text::xid8, h.id, 'placed', h.id, 1, 'failed', now(), now(), case when row_number() over (order by h.id) = 1 then 'erased' else 'unreachable' end
     from (select id from orders.header where channel = 'web' order by id desc limit 4) h`,
  )
})
after(async () => {
  await chrome?.close()
  await shop?.close()
})
const number = async (text: string) =>
  Number((await shop.services.pool.query(text)).rows[0]!.n).toLocaleString('ja-JP')
const list = (page: Page, path: string) => openList(page, shop.url, path)
/** The file that comes when the key of actions is pressed where there is nothing else to do. */
async function taken(page: Page, press: () => Promise<void>): Promise<{ name: string; rows: number }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  const text = fs.readFileSync(await download.path(), 'utf8')
  assert.ok(text.startsWith('\uFEFF'))
  return { name: download.suggestedFilename(), rows: text.trimEnd().split('\r\n').length - 1 }
}

test('each of the five lists is taken away as CSV by keys: the rows that are selected, then all that match', async () => {
  const page = await inLook(door, desk)
  for (const [path, name, count] of [
    [
      'customers?kind=member',
      'customers.csv',
      `select count(*) as n from customers.identity where kind = 'member'`,
    ],
    ['stock', 'stock.csv', 'select count(*) as n from (select distinct sku, place from stock.shelf) x'],
    ['shortages', 'shortages.csv', `select count(*) as n from fulfilment.shortage where state = 'open'`],
    ['mail?state=failed', 'mail.csv', `select count(*) as n from mail.message where state = 'failed'`],
    [
      'audit?what=exports.stock',
      'audit.csv',
      `select count(*) as n from access.deed where route = 'exports.stock'`,
    ],
  ] as const) {
    await list(page, path)
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('1件を選択中').waitFor()
    const press = async () => {
      const link = page.getByRole('link', { name: 'CSVに書き出す' })
      await link.focus()
      await page.keyboard.press('Enter')
    }
    assert.deepEqual(await taken(page, press), { name, rows: 1 }, path)
    const n = await number(count)
    await page.keyboard.press('Shift+a')
    await page.getByText(`当てはまる${n}件すべてを選択中`).waitFor()
    // Where there is nothing but the file, the key of actions takes it.
    const isFileOnly = ['stock', 'audit'].some((one) => path.startsWith(one))
    const all = await taken(page, isFileOnly ? () => page.keyboard.press('b') : press)
    assert.deepEqual([all.name, all.rows.toLocaleString('ja-JP')], [name, n], path)
  }
  await page.context().close()
})

test('names and addresses leave with two people: one owner asks, another is told of it and gives, the file is taken where it was asked for', async () => {
  const owner = await shop.staff('owner')
  const made = await owner('POST', '/admin/v1/staff', {
    family: '西',
    given: '一',
    email: 'nishi@example.jp',
    password: 'sample-nishi',
    role: 'owner',
  })
  assert.equal(made.status, 200)
  const page = await inLook(door, desk)
  await list(page, 'customers?kind=member')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await act(page, '氏名・連絡先も取り出す')
  const dialog = page.getByRole('dialog', { name: '氏名・連絡先も取り出す' })
  await dialog.getByRole('button', { name: '承認を申請する' }).waitFor()
  await assertNoViolation(page, 'persons, asking')
  await shoot(page, 'persons-ask')
  await dialog.getByRole('button', { name: '承認を申請する' }).click()
  await dialog.getByText('ほかの管理者の承認を待っています。').waitFor()
  await shoot(page, 'persons-waiting')

  const other = await openPage(chrome, desk)
  await signIn(other, shop.url, 'nishi')
  const nav = other.getByRole('navigation', { name: '画面' })
  await nav.getByText('承認待ち 1件').waitFor({ state: 'attached' })
  await other.keyboard.press('g')
  await other.keyboard.press('n')
  await other
    .getByRole('row', { name: /承認待ち/ })
    .getByRole('button', { name: '承認する' })
    .click()
  const sure = other.getByRole('alertdialog').or(other.getByRole('dialog'))
  await sure.getByText(/1人分の氏名・連絡先・住所/).waitFor()
  await shoot(other, 'persons-give')
  await assertNoViolation(other, 'persons, giving')
  await sure.getByRole('button', { name: '承認する' }).click()
  await other.getByRole('row', { name: /承認済み/ }).waitFor()
  assert.equal(await nav.getByText('承認待ち 1件').count(), 0)

  // Whoever asked has it in sight by itself, and takes it.
  const link = dialog.getByRole('link', { name: 'CSVに書き出す（氏名・連絡先あり）' })
  await link.waitFor()
  await shoot(page, 'persons-given')
  assert.deepEqual(await taken(page, () => link.click()), { name: 'customers-named.csv', rows: 1 })
  for (const look of twoLooks(3)) {
    const seen = await inLook(page, look)
    await seen.goto(`${shop.url}/console/releases`)
    await seen.locator('tbody tr').first().waitFor()
    await assertNoViolation(seen, `releases in ${look.lang} ${look.theme} ${look.width}`)
    await shoot(seen, `releases-${look.lang}-${look.width}`)
    await seen.context().close()
  }
  for (const who of [page, other]) await who.context().close()
})

test('shortages are given to somebody, and covered from stock: what there is none for is named and leads to its order', async () => {
  const page = await inLook(door, desk)
  await list(page, 'shortages')
  const n = await number(`select count(*) as n from fulfilment.shortage where state = 'open'`)
  await page.keyboard.press('Shift+a')
  await act(page, '担当と期限を変える')
  const form = page.getByRole('dialog', { name: '担当と期限を変える' })
  await form.locator('input[type="datetime-local"]').fill('2026-12-24T18:00')
  await shoot(page, 'lists-assign')
  await assertNoViolation(page, 'assign')
  await form.getByRole('button', { name: `担当と期限を変える（${n}件）` }).click()
  await page.getByText('完了', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '閉じる' }).first().click()
  await list(page, 'shortages')
  await page.keyboard.press('Shift+a')
  await act(page, '在庫を割り当てる')
  const dialog = page.getByRole('alertdialog')
  await dialog.getByText('期限の近い不足から').waitFor()
  await shoot(page, 'lists-solve')
  await assertNoViolation(page, 'solve')
  await dialog.getByRole('button', { name: `在庫を割り当てる（${n}件）` }).focus()
  await page.keyboard.press('Enter')
  const refused = page.getByRole('grid', { name: 'できなかった行' })
  await refused.getByRole('link', { name: /NEW-CODE-2/ }).waitFor()
  await shoot(page, 'lists-solved')
  await assertNoViolation(page, 'solved')
  await refused.getByRole('link', { name: /NEW-CODE-2/ }).click()
  await page.waitForURL('**/orders/*')
  await page.context().close()
})

test('letters that could not be sent are sent again; one to somebody erased is named', async () => {
  const page = await inLook(door, desk)
  await list(page, 'mail?state=failed')
  const n = await number(`select count(*) as n from mail.message where state = 'failed'`)
  await page.keyboard.press('Shift+a')
  await page.getByText(`当てはまる${n}件すべてを選択中`).waitFor()
  await act(page, 'メールを送る')
  const dialog = page.getByRole('alertdialog')
  await dialog.getByText('もう一度届きます').waitFor()
  await shoot(page, 'lists-send')
  await assertNoViolation(page, 'send')
  await dialog.getByRole('button', { name: `メールを送る（${n}件）` }).focus()
  await page.keyboard.press('Enter')
  const refused = page.getByRole('grid', { name: 'できなかった行' })
  await refused.getByText('お客様の情報が消去されているため').waitFor()
  await shoot(page, 'lists-sent')
  await page.context().close()
})

test('the bar of each list in two looks, and all four among them', async () => {
  for (const look of looks) {
    const page = await inLook(door, look)
    const name = `${look.lang}-${look.theme}-${look.width}`
    for (const [n, path] of ['customers', 'stock', 'shortages', 'mail', 'audit'].entries()) {
      if (!twoLooks(n).includes(look)) continue
      await list(page, path)
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.locator('.bulk-bar').waitFor()
      await shoot(page, `lists-${path}-${name}`)
      await assertNoViolation(page, `${path} ${name}`)
    }
    await page.context().close()
  }
})
