import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import pg from 'pg'
import { buildApps } from '#doors/apps'
import { prooves } from '#flows/reads'
import { akinai, browser, openShop, proveBooks, type Shop } from '#testing'
import { assertNoViolation, desk, fillCheckout, inLook, openPage, shoot, twoLooks } from './screens.ts'

/** From an installation without anything to the first sale on the web and at the till: what an owner does in the browser, and nothing else. */
let shop: Shop, chrome: Browser, db: pg.Client, page: Page
const email = 'first@example.jp'
const password = 'a-password-of-hers'
before(async () => {
  await buildApps(() => {})
  shop = await openShop({ sample: false })
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  page = await openPage(chrome, desk)
})
after(async () => {
  try {
    await proveBooks(shop.database.owner, prooves)
  } finally {
    await chrome?.close()
    await db?.end()
    await shop?.close()
  }
})
const button = (name: string | RegExp, within: Page | Locator = page) =>
  within.getByRole('button', { name, exact: typeof name === 'string' })
const field = (name: string | RegExp, within: Page | Locator = page) =>
  within.getByRole('textbox', { name, exact: typeof name === 'string' })
const dialog = () => page.locator('.ui-dialog').last()
const said = (text: string | RegExp) => page.locator('.ui-toast', { hasText: text }).first().waitFor()
/** The bar goes with what was not saved: a notice may be the one of before. */
const saved = async () => {
  await said('設定を保存しました。')
  await page.getByRole('region', { name: '保存していない変更があります。' }).waitFor({ state: 'detached' })
}
async function choose(label: string, option: string, within: Page | Locator = page) {
  await within.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
let turn = 0
/** In two looks, and the next one in the other two, somebody signed in opens a screen: nothing is wrong with it. */
async function lookedAt(at: string, seen: string, name: string) {
  for (const look of twoLooks(turn++)) {
    const who = await inLook(page, look)
    await who.goto(`${shop.url}/console/${at}`)
    await who.locator(seen).first().waitFor()
    const where = `${name} ${look.lang} ${look.theme} ${look.width}`
    await shoot(who, where.replaceAll(' ', '-'))
    await assertNoViolation(who, where)
    await who.context().close()
  }
}

test('the shop of nobody says so; the link of the machine makes the first owner', async () => {
  assert.equal((await page.goto(shop.url))!.status(), 503)
  await page.getByText('まだショップがありません。').waitFor()
  const { said: told } = await akinai(shop, 'user', 'link')
  const token = /#(\S+)/.exec(told)![1]!
  await page.goto(`${shop.url}/console/invitation#${token}`)
  await page.getByRole('heading', { level: 1, name: '最初のオーナーになる' }).waitFor()
  await assertNoViolation(page, 'first owner')
  await shoot(page, 'first-owner')
  await field('姓').fill('創業')
  await field('名').fill('葉子')
  await field('メールアドレス').fill(email)
  await page.getByLabel('新しいパスワード').fill(password)
  await button('パスワードを決めて始める').click()
  await page.getByRole('heading', { level: 1, name: 'ショップを作る' }).waitFor()
})

test('nothing is founded while something is missing, and each is said where it is missing; then all of it is', async () => {
  await lookedAt('', 'form', 'founding')
  await button('ショップを作る').click()
  await page.getByText('入力を確かめてください。').waitFor()
  assert.ok((await page.getByText('入力してください。', { exact: true }).count()) >= 4)
  await assertNoViolation(page, 'founding with faults')
  await shoot(page, 'founding-faults')
  await field('会社名・屋号').fill('株式会社みほん')
  await field('登録番号').fill('Ｔ７０００012050003')
  await page.getByText('検査用数字が合いません').waitFor()
  await field('登録番号').fill('T7000012050002')
  await field('ショップの名前').fill('みほん堂')
  await field(/英語の名前/).fill('Mihondo')
  await field('ショップのコード').fill('mihon')
  await page.getByRole('radio', { name: /^店舗/ }).click()
  await field('拠点の名前').fill('本店')
  // The answer to a code that was typed before comes late: it fills nothing in.
  let answer = () => {}
  const held = new Promise<void>((go) => (answer = go))
  const before = '**/store/v1/addresses?postal=6040845'
  await page.route(before, async (route) => {
    await held
    await route.continue()
  })
  await field('郵便番号').fill('604-0845')
  await field('郵便番号').fill('150-0001')
  await page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some((i) => i.value === '東京都渋谷区神宮前'),
  )
  const late = page.waitForResponse(before)
  answer()
  await late
  await page.waitForTimeout(100)
  assert.equal(await field('住所').inputValue(), '東京都渋谷区神宮前')
  await field('住所').fill('東京都渋谷区神宮前9-99-9')
  await field('振込先の口座').fill('みほん銀行 本店 普通 0000000 カ）ミホン')
  await button('ショップを作る').click()
  await page.getByRole('heading', { level: 1, name: '開店までの準備' }).waitFor()
  await page.getByText('商品を加える').waitFor()
  await lookedAt('setup', '.steps', 'steps')
  const at = await page.goto(shop.url)
  assert.equal(at!.status(), 200)
  await page.getByText('みほん堂').first().waitFor()
})

test('what the law wants told is written, deliveries are promised, fees and the account are changed with a proof', async () => {
  await page.goto(`${shop.url}/console/settings?of=law`)
  await page.getByText('9項目が未記入です').waitFor()
  await lookedAt('settings?of=law', 'textarea', 'settings-law')
  await button('未記入の項目に文例を入れる').click()
  for (const [name, text] of [
    ['代表者または運営責任者', '創業 葉子'],
    ['所在地', '東京都渋谷区神宮前9-99-9'],
    ['電話番号', '03-0000-0000'],
  ])
    await field(new RegExp(`^${name}.*（日本語）`)).fill(text!)
  await page.getByText('すべて記入されています').waitFor()
  await button('保存する').click()
  await saved()
  await page.getByRole('tab', { name: 'お届け' }).click()
  await page.getByRole('checkbox', { name: /お届け日をショップに出す/ }).click()
  await page.getByLabel('出荷しない日').fill('2027-01-01\n2027-02-30')
  await button('保存する').click()
  await page.getByText('2行目：年-月-日').waitFor()
  await assertNoViolation(page, 'delivery with a fault')
  await page.getByLabel('出荷しない日').fill('2027-01-01')
  await button('保存する').click()
  await saved()
  for (const group of ['fees', 'payments', 'delivery', 'company', 'about', 'limits'])
    await lookedAt(`settings?of=${group}`, '.ui-tab-panel .fields', `settings-${group}`)
  await page.goto(`${shop.url}/console/settings?of=payments`)
  await db.query(`update access.session set proven_at = now() - interval '11 minutes'`)
  await new Promise((r) => setTimeout(r, 2100)) // as long as a server may remember a session
  await field('振込先の口座（日本語）').fill('みほん銀行 本店 普通 1111111 カ）ミホン')
  await page.keyboard.press('Control+s')
  await page.locator('.ui-dialog').last().getByLabel('パスワード').fill(password)
  await button('確かめる', dialog()).click()
  await saved()
  await page.goto(`${shop.url}/law`)
  await page.getByText('03-0000-0000').waitFor()
  await page.getByText('創業 葉子').waitFor()
})

test('a product with a price is added, counted, and sold on the web', async () => {
  await page.goto(`${shop.url}/console/products`)
  await page.getByText('販売中の商品は、まだありません。').waitFor()
  await assertNoViolation(page, 'no products yet')
  await page.locator('.ui-state').getByRole('button', { name: '商品を登録する' }).click()
  await field('商品コード').fill('cup')
  await field('商品名（日本語）').fill('湯のみ')
  await page.getByRole('row', { name: /未保存/ }).click()
  await dialog().getByLabel('SKUコード').fill('CUP-1')
  await dialog().getByLabel('新しい価格').fill('1200')
  await button('反映する', dialog()).click()
  await button('保存する').click()
  await page.getByRole('heading', { level: 1, name: '湯のみ' }).waitFor()
  await page.goto(`${shop.url}/console/stock`)
  await page.getByText('在庫はまだありません。').waitFor()
  await assertNoViolation(page, 'no stock yet')
  await page.locator('.ui-state').getByRole('button', { name: '商品を指定して記録する' }).click()
  await field('商品コード', dialog()).fill('CUP-1')
  await dialog().getByLabel('棚にある数').fill('5')
  await assertNoViolation(page, 'stock by code')
  await shoot(page, 'stock-by-code')
  await button('棚卸を記録する', dialog()).click()
  await said('棚卸を記録しました。')
  await page.goto(`${shop.url}/p/cup`)
  await button('カートに入れる').click()
  await page.waitForURL('**/cart')
  await page.goto(`${shop.url}/checkout`)
  await fillCheckout(page)
  await page.locator('[name=payment][value=cod]').check()
  await button('最終確認へ進む').click()
  await page.waitForURL('**/checkout/confirm')
  // 1,200 + 800 + 330: what was set at the founding.
  assert.match((await page.textContent('main'))!, /2,330/)
  await button('注文を確定する').click()
  await page.waitForURL('**/complete')
  const { rows } = await db.query(`select total::int as total, channel from orders.header`)
  assert.deepEqual(rows, [{ total: 2330, channel: 'web' }])
})

test('a second place comes and goes; a till is made, its key shown once, and it sells', async () => {
  await page.goto(`${shop.url}/console/places`)
  await button('拠点を加える').click()
  await field('名前', dialog()).fill('倉庫')
  await choose('種類', '倉庫', dialog())
  await button('拠点を加える', dialog()).click()
  await said('拠点を加えました。')
  await page.getByRole('row', { name: /倉庫/ }).getByRole('button').last().click()
  await page.getByRole('menuitem', { name: '使用を終える' }).click()
  await button('使用を終える', page.locator('.ui-dialog, [role=alertdialog]').last()).click()
  await said('拠点の使用を終えました。')
  // The store holds what was counted, and what was sold of it.
  await page.getByRole('row', { name: /本店/ }).getByRole('button').last().click()
  await page.getByRole('menuitem', { name: '使用を終える' }).click()
  await button('使用を終える', page.locator('.ui-dialog, [role=alertdialog]').last()).click()
  await page.getByText(/在庫 4点、注文のための確保 1点/).waitFor()
  await page.keyboard.press('Escape')
  await button('レジを加える').click()
  await button('レジを加える', dialog()).click()
  await page.getByText('鍵はここで一度だけ表示されます', { exact: false }).waitFor()
  await assertNoViolation(page, 'key of a till')
  await shoot(page, 'till-key')
  const key = await field('鍵', dialog()).inputValue()
  await button('控えた', dialog()).click()
  await lookedAt('places', 'tbody tr', 'places')
  await page.goto(`${shop.url}/console/account`)
  await button('暗証番号を決める').click()
  await dialog().getByLabel('新しい暗証番号').fill('4711')
  await dialog().getByLabel('もう一度').fill('4711')
  await button('暗証番号を決める', dialog()).click()
  await said('暗証番号を決めました。')
  const till = await openPage(chrome, desk)
  await till.goto(`${shop.url}/till/`)
  await till.getByLabel('レジの番号').fill('store-1-1')
  await till.getByLabel('レジの鍵').fill(key)
  for (const digit of '4711') await till.getByRole('button', { name: digit, exact: true }).click()
  await till.getByRole('button', { name: 'レジを開く' }).click()
  await till.locator('.summary').waitFor()
  await till.waitForTimeout(500)
  await till.keyboard.type('CUP-1')
  await till.keyboard.press('Enter')
  await till.locator('.summary .total strong', { hasText: '¥1,200' }).first().waitFor()
  await till.getByRole('button', { name: '現金で会計する' }).click()
  await till
    .getByRole('button', { name: /お預かり ¥2,000|ちょうど/ })
    .first()
    .click()
  await till.locator('.paper').getByText('T7000012050002').waitFor()
  await till.locator('.paper').getByText('注文番号').waitFor()
  const { rows } = await db.query(`select total::int as total from orders.header where channel = 'till'`)
  assert.deepEqual(rows, [{ total: 1200 }])
  await page.goto(`${shop.url}/console/setup`)
  await page.locator('.steps').waitFor()
  assert.equal(await page.locator('.steps [data-done]').count(), 6)
})
