import assert from 'node:assert/strict'
import fs from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildApps } from '#doors/apps'
import { browser, openShop, type Shop } from '#testing'
import { assertNoViolation, desk, inLook, looks, openPage, shoot, signIn } from './screens.ts'

/** A file of products is chosen, looked at, tried, taken in and taken back in the console alone. */
let shop: Shop, chrome: Browser, door: Page
before(async () => {
  await buildApps(() => {})
  shop = await openShop({ work: false })
  chrome = await browser()
  door = await openPage(chrome, desk)
  await signIn(door, shop.url)
})
after(async () => {
  await chrome?.close()
  await shop?.close()
})
const file = (n: number) => ({
  name: '商品.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`code,name,price\nSCREEN-${n},画面の皿,12.5\nSCREEN-X${n},,x\n`),
})

test('a file is chosen, tried, taken in and taken back; its faults stand by line and column', async () => {
  const page = await inLook(door, desk)
  page.setDefaultTimeout(8000)
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

const own = (n: number) => ({
  name: `仕入先${n}.csv`,
  mimeType: 'text/csv',
  buffer: Buffer.from(`商品番号,商品名,売価,余分\nOWN-${n},対応の鉢,"¥1,200",x\n`),
})
const rows = async (text: string) => (await shop.services.pool.query(text)).rows as Record<string, unknown>[]

test('columns are chosen on the page, remembered for the next file, saved as a declaration and read from one', async () => {
  const page = await inLook(door, desk)
  page.setDefaultTimeout(8000)
  await page.goto(`${shop.url}/console/imports`)
  const file = page.locator('input[type=file]').first()
  const take = page.getByRole('button', { name: '取り込む' })
  await file.setInputFiles(own(1))
  await page.getByText('商品コードの列がありません。').waitFor()
  assert.ok(await take.isDisabled())
  await shoot(page, 'imports-unfit')
  const mapping = page.getByRole('combobox', { name: '列の対応' })
  // Two ways of reading one after the other: the answer to the first comes last, and counts no more.
  let answer = () => {}
  const held = new Promise<void>((go) => (answer = go))
  const preview = '**/admin/v1/imports/files/*/preview'
  await page.route(preview, async (route) => {
    if (route.request().postData()?.includes('jan-list')) await held
    await route.continue()
  })
  const read = page.getByText(/^文字コード:/)
  for (const way of ['JAN と品名の一覧', '薬価基準収載品目リスト（厚生労働省）']) {
    await mapping.click()
    await page.getByRole('option', { name: way }).click()
  }
  await read.getByText('mhlw').waitFor()
  const late = page.waitForResponse(preview)
  answer()
  await late
  await page.waitForTimeout(100)
  await read.getByText('mhlw').waitFor()
  await page.unroute(preview)
  await page.reload()
  await file.setInputFiles(own(1))
  await mapping.click()
  await page.getByRole('option', { name: 'この画面で決める' }).click()
  const columns = page.getByRole('grid', { name: '列の対応' })
  await columns.waitFor()
  for (const [heading, field] of [
    ['商品番号', '商品コード'],
    ['商品名', '商品名（日英とも）'],
    ['売価', '価格'],
  ] as const) {
    await page.getByRole('combobox', { name: `「${heading}」の項目` }).click()
    await page.getByRole('option', { name: field, exact: true }).click()
  }
  await page.getByRole('columnheader', { name: '売価 → 価格' }).waitFor()
  await page.getByLabel('一覧の名前').fill('supplier')
  await shoot(page, 'imports-own')
  await assertNoViolation(page, 'columns on the page')
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '宣言ファイルとして保存する' }).click(),
  ])
  const declaration = JSON.parse(fs.readFileSync((await saved.path())!, 'utf8')) as object
  assert.deepEqual(declaration, {
    name: 'supplier',
    columns: { code: ['商品番号'], name: ['商品名'], price: ['売価'] },
  })
  await page.getByRole('button', { name: '試してみる' }).click()
  await page.getByText('試した結果（まだ何も変えていません）').waitFor()
  await page.getByRole('gridcell', { name: /price: – → 1200/ }).waitFor()
  await take.click()
  await page.getByText('取り込みの結果').waitFor()
  await page.getByText('完了').first().waitFor()
  assert.deepEqual(
    await rows(
      `select p.code, p.name->>'ja' as ja, r.list from catalog.product p, imports.run r where p.code = 'OWN-1' and r.list = 'supplier'`,
    ),
    [{ code: 'OWN-1', ja: '対応の鉢', list: 'supplier' }],
  )

  // The next file with these headings is read in the same way, by itself.
  await page.reload()
  await file.setInputFiles(own(2))
  await page.getByText('前に決めた対応を使っています。').waitFor()
  await page.getByRole('columnheader', { name: '商品番号 → 商品コード' }).waitFor()
  assert.ok(await take.isEnabled())

  // And from a declaration; one that is none is named.
  await mapping.click()
  await page.getByRole('option', { name: '宣言ファイルを使う' }).click()
  const declared = page.getByLabel('宣言ファイル（JSON）')
  const json = (text: string) => ({ name: 'm.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await declared.setInputFiles(json('{nonsense'))
  await page.getByText('宣言ファイルを読めません。').waitFor()
  await declared.setInputFiles(json('{"columns":{"code":"商品番号","nowhere":"商品名"}}'))
  await page.getByText('項目「nowhere」はありません').waitFor()
  await declared.setInputFiles(
    json(JSON.stringify({ ...declaration, name: 'declared', values: { tax_class: 'reduced' } })),
  )
  await page.getByText('declared', { exact: true }).waitFor()
  await take.click()
  await page.getByText('取り込みの結果').waitFor()
  await page.getByText('完了').nth(1).waitFor()
  assert.deepEqual(await rows(`select tax_class from catalog.product where code = 'OWN-2'`), [
    { tax_class: 'reduced' },
  ])
  await page.context().close()
})

test('an import whose server has ended is shown as stopped after the page was left, and gone on with', async () => {
  const page = await inLook(door, desk)
  page.setDefaultTimeout(8000)
  const [run] = await rows(`select id from imports.run where list = 'declared'`)
  await shop.services.pool.query(
    `insert into imports.job (id, shop, kind, run, name, how, actor, process, state, seen_at)
     values (gen_random_uuid(), 1, 'undo', $1, '仕入先2.csv', '{}', '{"id":1,"name":"owner"}', gen_random_uuid(), 'working', now() - interval '1 minute')`,
    [run!.id],
  )
  await page.goto(`${shop.url}/console/imports`)
  await page.getByRole('button', { name: '仕入先2.csv' }).click()
  await page.getByText('処理していたサーバーが終了しました。').waitFor()
  await shoot(page, 'imports-stopped')
  await assertNoViolation(page, 'a job that has stopped')
  await page.getByRole('button', { name: '続ける' }).click()
  await page.getByText('1 行を元に戻しました').waitFor()
  assert.deepEqual(await rows(`select state from imports.run where list = 'declared'`), [{ state: 'undone' }])
  await page.context().close()
})

for (const look of looks)
  test(`the page of imports is clean for ${look.lang}, ${look.theme}, ${look.width}`, async () => {
    const page = await inLook(door, look)
    page.setDefaultTimeout(8000)
    await page.goto(`${shop.url}/console/imports`)
    await page.locator('input[type=file]').setInputFiles(file(look.width * 10 + (look.lang === 'ja' ? 1 : 2)))
    await page.getByText('画面の皿').waitFor()
    await page.getByRole('button', { name: look.lang === 'ja' ? '試してみる' : 'Try it out' }).click()
    await page.getByText('3 price').waitFor()
    await assertNoViolation(page, `imports ${look.lang} ${look.theme} ${look.width}`)
    await shoot(page, `imports-${look.lang}-${look.theme}-${look.width}`)
    await page.context().close()
  })
