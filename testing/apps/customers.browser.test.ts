import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import pg from 'pg'
import { buildApps } from '#doors/apps'
import { browser, buy, openShop, type Shop } from '#testing'
import { assertNoViolation, desk, inLook, openPage, refuse, shoot, signIn, twoLooks } from './screens.ts'

/** A customer is found, written to, given points, asked for consent, noted, joined and erased in the console. */
let shop: Shop, chrome: Browser, db: pg.Client, page: Page
before(async () => {
  await buildApps(() => {})
  shop = await openShop()
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  page = await openPage(chrome, desk)
  await buy(shop.client(), [{ sku: 'TEE-WHITE-M', quantity: 1 }])
  await signIn(page, shop.url)
})
after(async () => {
  await chrome?.close()
  await db?.end()
  await shop?.close()
})
const dialog = () => page.locator('.ui-dialog')
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const send = async (name: string) => {
  await dialog().getByRole('button', { name, exact: true }).click()
  await dialog().waitFor({ state: 'hidden' })
}
const panel = (name: string | RegExp) => page.getByRole('region', { name })

test('a member is added, found by telephone alone, and written to by a new address', async () => {
  await page.goto(`${shop.url}/console/`)
  await page.locator('nav').getByRole('link', { name: '顧客' }).click()
  await page.locator('tbody tr').first().waitFor()
  await press('会員を登録する')
  await dialog().getByLabel('会員番号').fill('2999000011112')
  for (const [name, value] of [
    ['姓', '架空'],
    ['名', '花子'],
    ['メールアドレス', 'kaku@example.jp'],
    ['電話番号', '080-3333-4444'],
  ] as const)
    await dialog().getByLabel(name, { exact: true }).fill(value)
  await send('会員を登録する')
  await page.getByRole('heading', { name: '架空 花子' }).waitFor()
  await page.getByRole('link', { name: '顧客の一覧へ' }).click()
  await page.getByLabel('名前・連絡先・会員番号').fill('０８０３３３３４４４４')
  await page.keyboard.press('Enter')
  await page.locator('tbody tr', { hasText: '架空 花子' }).waitFor()
  await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' })
  await page.getByLabel('名前・連絡先・会員番号').fill('nobody@example.jp')
  await page.keyboard.press('Enter')
  await page.getByText('当てはまるお客様はいません。').waitFor()
  await press('絞り込みを外す')
  await page.getByLabel('名前・連絡先・会員番号').fill('2999000011112')
  await page.keyboard.press('Enter')
  await page.locator('tbody tr', { hasText: '架空 花子' }).click()
  await press('連絡先を変更する')
  await dialog().getByLabel('メールアドレス').fill('a@b')
  // The notice of before stands clear of the button.
  await page.locator('.ui-toast').first().waitFor()
  await dialog().getByRole('button', { name: '保存する' }).click({ timeout: 3000 })
  await dialog().getByRole('alert').waitFor()
  await dialog().getByLabel('メールアドレス').fill('new@example.jp')
  await dialog().getByLabel('郵便番号').fill('150-0001')
  await dialog().getByLabel('市区町村').fill('渋谷区')
  await send('保存する')
  await page.getByText('new@example.jp').waitFor()
})

test('points by hand stand in the books; a consent and a note are kept, a note comes back', async () => {
  await press('ポイントを調整する')
  await dialog().getByLabel('ポイント数').fill('300')
  await send('付与する')
  await panel('ポイント 300').getByText('お詫び・サービス').waitFor()
  await press('ポイントを調整する')
  await dialog().getByLabel('ポイント数').fill('301')
  await dialog().getByRole('combobox').first().click()
  await page.getByRole('option', { name: '取り消す' }).click()
  await dialog().getByRole('button', { name: '取り消す', exact: true }).click()
  await dialog().getByText('ポイント残高は300ポイントです').waitFor()
  await page.keyboard.press('Escape')
  const consents = panel('連絡への同意')
  await consents.getByRole('button', { name: 'メールの同意を記録する' }).click()
  await send('記録する')
  await consents.getByText('同意あり').waitFor()
  await press('メモを書く')
  await dialog().getByLabel('メモ').fill('電話は夜に。')
  await send('残す')
  const notes = panel('メモ')
  await notes.getByText('電話は夜に。').waitFor()
  await shoot(page, 'customer-whole')
  await notes.getByRole('button', { name: '消す' }).click()
  await notes.getByText('メモはありません。').waitFor()
  await page.getByRole('button', { name: '元に戻す' }).click()
  await notes.getByText('電話は夜に。').waitFor()
  // Refused: gone at once, there again with the reason.
  const refused = await refuse(page, '**/admin/v1/identities/*/notes/*', '断った理由')
  await notes.getByRole('button', { name: '消す' }).click()
  await notes.getByText('メモはありません。').waitFor()
  refused.answer()
  await page.locator('.ui-toast', { hasText: '断った理由' }).waitFor()
  await notes.getByText('電話は夜に。').waitFor()
  await refused.end()
  const { rows } = await db.query(
    `select balance from ledger.account where id = (41::bigint << 44) + (select id from customers.identity where code = '2999000011112')`,
  )
  assert.equal(Number(rows[0].balance), 300)
})

test('joined with another number both are seen together, and parted again; erased, nobody is there', async () => {
  const other = Number(
    (await db.query(`select id from customers.identity where code = '2900000000018'`)).rows[0].id,
  )
  await page.reload()
  await press('まとめる')
  await dialog().getByLabel('もう一方のお客様番号').fill(String(other))
  await send('まとめる')
  const joined = panel('同じお客様としてまとめた番号')
  await joined.getByRole('link', { name: String(other) }).waitFor()
  await page.getByText('合計ポイント').waitFor()
  await joined.getByRole('button', { name: `外す: ${other}` }).click()
  await joined.getByText('ほかの番号とはまとめていません。').waitFor()
  await page.reload()
  await press('個人情報を消去する')
  await page.getByRole('alertdialog').or(dialog()).getByText('二度と読めなくなります').waitFor()
  await shoot(page, 'customer-erase')
  await page
    .getByRole('alertdialog')
    .or(dialog())
    .getByRole('button', { name: '消去する', exact: true })
    .click()
  await panel('連絡先').getByText('連絡先の登録はありません。').waitFor()
  assert.equal(await page.getByText('架空').count(), 0)
})

test('an order leads to its buyer; a store sees nobody', async () => {
  const { rows } = await db.query(
    `select id, buyer from orders.header where channel = 'web' order by id limit 1`,
  )
  await page.goto(`${shop.url}/console/orders/${rows[0].id}`)
  await page.getByRole('link', { name: '顧客の画面を開く' }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await panel('注文').getByText(String(rows[0].id)).waitFor()
  const store = await openPage(chrome, desk)
  await signIn(store, shop.url, 'kichijoji', 'store')
  await store.goto(`${shop.url}/console/customers/${rows[0].buyer}`)
  await store.getByText('個人情報は、権限のある担当者だけに表示されます。').first().waitFor()
  assert.equal(await store.getByRole('button', { name: '連絡先を変更する' }).count(), 0)
  await store.context().close()
})

test('axe finds nothing on the list and on a customer, in two looks each', async () => {
  const { rows } = await db.query(`select buyer from orders.header where channel = 'web' order by id limit 1`)
  for (const [n, [at, seen]] of (
    [
      ['customers', 'tbody tr'],
      [`customers/${rows[0].buyer}`, '.facts'],
    ] as const
  ).entries())
    for (const look of twoLooks(n)) {
      const name = `${look.lang}-${look.theme}-${look.width}`
      const visitor = await inLook(page, look)
      await visitor.goto(`${shop.url}/console/${at}`)
      await visitor.locator(seen).first().waitFor()
      await shoot(visitor, `${at.replace(/\W\d*/, '-one')}-${name}`)
      await assertNoViolation(visitor, `${at} ${name}`)
      await visitor.context().close()
    }
})
