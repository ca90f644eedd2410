import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import pg from 'pg'
import { buildApps } from '#doors/apps'
import { browser, cable, numberedProduct, openShop, type Shop } from '#testing'
import { assertNoViolation, desk, looks, openPage, shoot } from './screens.ts'

/** A till sells by barcodes, with and without a network; what was sold is read from the books. */
let line: Awaited<ReturnType<typeof cable>>
let shop: Shop, chrome: Browser, db: pg.Client, page: Page
const mug = { sku: 'MUG-WHITE', jan: '2400000010012', price: 2420 }
const tea = { sku: 'SENCHA-80', jan: '2400000420019', price: 1080 }
const sake = '2400000520016'
const card = '2900000000018'

before(async () => {
  await buildApps(() => {})
  shop = await openShop()
  line = await cable(shop.url)
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  page = await openPage(chrome, desk)
})
after(async () => {
  await chrome?.close()
  await line?.close()
  await db?.end()
  await shop?.close()
})

type Sold = {
  id: number
  sale: string
  total: number
  points: number
  taxes: { rate: number; due: number; tax: number }[]
  terms: { tendered: number; change: number }
}
const sold = async (): Promise<Sold[]> =>
  (
    await db.query(
      `select id::int, external_id as sale, total::int, points::int, taxes, terms from orders.header where channel = 'till' order by id`,
    )
  ).rows
const moved = async (order: number): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await db.query(
        'select reason, sum(amount)::int as n from ledger.transfer where ref = $1 group by reason',
        [order],
      )
    ).rows.map((row) => [row.reason, row.n]),
  )
const captured = async (order: number): Promise<number> =>
  (
    await db.query(
      'select balance::int as n from ledger.account where id = (22::bigint << 44) + $1::bigint',
      [order],
    )
  ).rows[0]?.n ?? 0
async function waitFor(what: string, is: () => Promise<boolean>) {
  for (let n = 0; !(await is()); n++) {
    assert.ok(n < 150, `${what} did not happen`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
async function scan(who: Page, code: string) {
  await who.keyboard.type(code)
  await who.keyboard.press('Enter')
}
const button = (name: string | RegExp) => page.getByRole('button', { name })
const total = (yen: string) => page.locator('.summary .total strong', { hasText: yen }).first().waitFor()
const waiting = (count: number) =>
  page.getByRole('button', { name: count === 0 ? '送信済み' : `未送信 ${count}件` }).waitFor()

async function signIn(who: Page, labels = { device: 'レジの番号', key: 'レジの鍵', open: 'レジを開く' }) {
  await who.goto(`${line.url}/till/`)
  await who.getByLabel(labels.device).fill('kichijoji-1')
  await who.getByLabel(labels.key).fill('sample-till-kichijoji-1')
  for (const digit of '1180') await who.getByRole('button', { name: digit, exact: true }).click()
  await who.getByRole('button', { name: labels.open }).click()
  await who.locator('.summary').waitFor()
}

test('a till opens with its key and a PIN, and remembers the device', async () => {
  await page.goto(`${line.url}/till/`)
  await page.getByLabel('レジの番号').fill('kichijoji-1')
  await page.getByLabel('レジの鍵').fill('wrong')
  await page.getByRole('textbox', { name: /PIN/ }).fill('1180')
  await button('レジを開く').click()
  await page.getByRole('alert').waitFor()
  await signIn(page)
  await page.evaluate('navigator.serviceWorker.ready')
})

test('two scans and three taps sell for cash: goods, money and taxes stand in the books, the receipt says the same', async () => {
  await scan(page, mug.jan)
  await scan(page, tea.jan)
  await total('¥3,500')
  await button('現金で会計する').click()
  await button(/お預かり ¥4,000/).click()
  await page.locator('.paper').getByText('注文番号').waitFor()
  const [one] = await sold()
  assert.ok(one)
  assert.equal(one.total, 3500)
  assert.deepEqual(one.terms.tendered, 4000)
  assert.deepEqual(one.taxes, [
    { rate: 1000, due: 2420, tax: 220 },
    { rate: 800, due: 1080, tax: 80 },
  ])
  assert.equal((await moved(one.id))['stock.sold'], 2)
  assert.equal(await captured(one.id), 3500)
  const paper = (await page.locator('.paper').innerText()).replace(/\s+/g, ' ')
  for (const said of [
    'T7990100000001',
    '朝の煎茶 ※',
    '合計 ¥3,500',
    '10% 対象 ¥2,420 うち消費税 ¥220',
    '8% 対象 ※ ¥1,080 うち消費税 ¥80',
    'お預かり ¥4,000',
    'お釣り ¥500',
    '※は軽減税率（8%）対象商品です。',
    String(one.id),
  ])
    assert.ok(paper.includes(said), `the receipt does not say ${said}: ${paper}`)
  await shoot(page, 'till-receipt')
  await button('次のお客様へ').click()
})

test('goods that bear numbers are sold by them, and also when nobody can read one', async () => {
  const owner = await shop.staff('owner')
  const made = await owner(
    'POST',
    '/admin/v1/products',
    numberedProduct(
      'wall-clock',
      { ja: '掛け時計', en: 'Wall clock' },
      { code: 'CLOCK', price: 8000, jan: '4901234567894' },
    ),
  )
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const lines = [{ sku: 'CLOCK', quantity: 3, serials: ['C-1', 'C-2', 'C-3'] }]
  await owner('POST', '/admin/v1/stock/receipts', { place: 'kichijoji', lines })
  // The till learns of new goods with its next list.
  await waitFor(
    'the window',
    async () => (await owner('GET', '/store/v1/products/wall-clock')).status === 200,
  )
  await page.reload()
  await page.locator('.summary').waitFor()
  await page.getByRole('searchbox').fill('掛け時計')
  await button(/掛け時計/)
    .first()
    .waitFor()
  await page.getByRole('searchbox').fill('')
  await page.locator('h1').click()
  await scan(page, '4901234567894')
  await page.getByRole('dialog').getByLabel('シリアル番号').waitFor()
  await scan(page, 'C-2')
  await page.getByText('#C-2').waitFor()
  await button('掛け時計 を1つ増やす').click()
  await scan(page, 'C-2')
  await page.getByText('この番号はもうかごに入っています。').waitFor()
  await assertNoViolation(page, 'serial')
  await shoot(page, 'till-serial')
  await button('番号なしで加える').click()
  await total('¥16,000')
  await button('現金で会計する').click()
  await button(/ちょうど/).click()
  await page.locator('.paper').getByText('注文番号').waitFor()
  await page.getByText('在庫の記録にない商品を販売しました。').waitFor()
  const last = (await sold()).at(-1)
  const units = await db.query(`select serial, state, "order"::int from stock.serial order by serial`)
  assert.deepEqual(units.rows, [
    { serial: 'C-1', state: 'on_shelf', order: null },
    { serial: 'C-2', state: 'sold', order: last?.id },
    { serial: 'C-3', state: 'on_shelf', order: null },
  ])
  await button('次のお客様へ').click()
})

test('lines are changed by hand, goods are found by name, a member earns and spends points, cash is typed', async () => {
  await scan(page, card)
  await page.getByText(card).waitFor()
  // By kana, however it is typed, and by the variant's name.
  await page.getByRole('searchbox').fill('あさなぎまぐ 白')
  await button(/朝凪マグ\s*白・MUG-WHITE/).click()
  await button('朝凪マグ を1つ増やす').click()
  await button('朝凪マグ を1つ増やす').click()
  await button('朝凪マグ を1つ減らす').click()
  await scan(page, tea.jan)
  await button('朝の煎茶 を取り消す').click()
  await total('¥4,840')
  await shoot(page, 'till-basket')
  await button('現金で会計する').click()
  for (const key of ['5', '00', '0']) await button(new RegExp(`^${key}$`)).click()
  await button('会計を終える').click()
  await waiting(0)
  await page.locator('.paper').getByText('このお買い物のポイント').waitFor()
  const first = (await sold()).at(-1)
  assert.equal(first?.total, 4840)
  assert.equal((await moved(first.id))['points.earned'], 48)
  // The next scan begins the next sale, and the points can be spent.
  await scan(page, mug.jan)
  await scan(page, card)
  await button('ポイントを使う').click()
  await total('¥2,372')
  await button('現金で会計する').click()
  await button(/ちょうど/).click()
  await page.locator('.paper').getByText('注文番号').waitFor()
  const second = (await sold()).at(-1)
  assert.equal(second?.points, 48)
  assert.equal(second.total, 2372)
  assert.equal((await moved(second.id))['points.spent'], 48)
  assert.equal(await captured(second.id), 2372)
  await button('次のお客様へ').click()
})

test('sake is sold only after the age was checked', async () => {
  await scan(page, sake)
  await page.getByRole('alertdialog').waitFor()
  await page.getByRole('alertdialog').getByRole('button', { name: '販売しない' }).click()
  await page.getByText('バーコードを読み取ってください').waitFor()
  await scan(page, sake)
  await button('年齢を確認した').click()
  await total('¥880')
  await button('純米酒 みぎわ を取り消す').click()
})

test('a code that nobody knows is said kindly; what the books do not have is sold, and a count is asked for', async () => {
  await scan(page, '4900000000000')
  await page.getByText('番号 4900000000000 の商品・会員は見つかりません。').waitFor()
  await page.locator('.ui-toast').getByRole('button').click()
  await scan(page, mug.jan)
  for (let n = 0; n < 19; n++) await button('朝凪マグ を1つ増やす').click()
  await button('現金で会計する').click()
  await button(/ちょうど/).click()
  await page.getByText('在庫の記録にない商品を販売しました。').waitFor()
  const last = (await sold()).at(-1)
  const short = await db.query(
    `select sum(l.balance)::int as n from fulfilment.allocation a join ledger.account l on l.id = (4::bigint << 44) + a.id where a."order" = $1`,
    [last?.id],
  )
  assert.ok(short.rows[0].n < 0)
  assert.equal(
    (await db.query('select owner from fulfilment.shortage where "order" = $1', [last?.id])).rows[0]?.owner,
    'store',
  )
  assert.equal(await captured(last?.id ?? 0), 20 * mug.price)
  await shoot(page, 'till-short')
  await button('次のお客様へ').click()
})

test('without a network two sales queue, a reload keeps them and the open basket, and each is recorded exactly once', async () => {
  const before = (await sold()).length
  line.cut()
  for (const goods of [mug, tea]) {
    await scan(page, goods.jan)
    await button('現金で会計する').click()
    await button(/ちょうど/).click()
    await page.getByText('この売上はこのレジに保存済みです。').waitFor()
    await button('次のお客様へ').click()
  }
  await waiting(2)
  await page.getByText('オフラインです。').waitFor()
  await scan(page, tea.jan)
  await total('¥1,080')
  await shoot(page, 'till-offline')
  await page.reload()
  await waiting(2)
  await total('¥1,080')
  await button('未送信 2件').click()
  await page.getByRole('dialog').locator('li').nth(1).waitFor()
  assert.equal(await page.getByRole('dialog').locator('li').count(), 2)
  await page.keyboard.press('Escape')
  assert.equal((await sold()).length, before)
  // The first answer is lost on its way back: the sale is recorded, the till does not know, and sends it again.
  const lost = line.loseAnswerTo('POST /till/v1/sales')
  line.mend()
  await lost
  await waiting(0)
  await waitFor('both sales', async () => (await sold()).length >= before + 2)
  const after = await sold()
  assert.equal(after.length, before + 2)
  assert.deepEqual(
    after.slice(-2).map((one) => one.total),
    [mug.price, tea.price],
  )
  for (const one of after.slice(-2)) {
    assert.equal(await captured(one.id), one.total)
    assert.equal((await moved(one.id))['payments.captured'], one.total)
  }
  assert.equal(new Set(after.map((one) => one.sale)).size, after.length)
  await button('かごを空にする').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'かごを空にする' }).click()
})

test('a till that goes out between a sale and the clearing of its basket does not sell it twice', async () => {
  const before = (await sold()).length
  await scan(page, tea.jan)
  await total('¥1,080')
  const open = await page.evaluate(`localStorage.getItem('akinai.till.cart')`)
  await button('現金で会計する').click()
  await button(/ちょうど/).click()
  await page.locator('.paper').getByText('注文番号').waitFor()
  await page.evaluate(`localStorage.setItem('akinai.till.cart', ${JSON.stringify(open)})`)
  await page.reload()
  await page.getByText('バーコードを読み取ってください').waitFor()
  assert.equal((await sold()).length, before + 1)
})

test('a device whose storage is full sells all the same', async () => {
  const before = (await sold()).length
  await page.evaluate(
    `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }`,
  )
  await scan(page, tea.jan)
  await total('¥1,080')
  await button('現金で会計する').click()
  await button(/ちょうど/).click()
  await page.locator('.paper').getByText('注文番号').waitFor()
  assert.equal((await sold()).length, before + 1)
  await page.reload()
  await page.locator('.summary').waitFor()
  await scan(page, tea.jan)
  await total('¥1,080')
  await button('現金で会計する').click()
  await button(/ちょうど/).click()
  await page.locator('.paper').getByText('注文番号').waitFor()
  assert.equal((await sold()).length, before + 2, 'and under an id of its own after it begins anew')
  await button('次のお客様へ').click()
})

test('a session that ended does not stop the till: it sells on, asks for the PIN, and sends what waited', async () => {
  await db.query('delete from access.session')
  await new Promise((resolve) => setTimeout(resolve, 2200))
  const before = (await sold()).length
  await scan(page, tea.jan)
  await button('現金で会計する').click()
  await button(/ちょうど/).click()
  await waiting(1)
  assert.equal((await sold()).length, before)
  await button('暗証番号を入力する').click()
  await page.getByRole('dialog').getByRole('textbox', { name: /PIN/ }).fill('1180')
  await page.getByRole('dialog').getByRole('button', { name: 'レジを開く' }).click()
  await waiting(0)
  assert.equal((await sold()).length, before + 1)
  await button('次のお客様へ').click()
})

test('every target is at least 48 px, and axe finds nothing on any screen', async () => {
  const state = await page.context().storageState()
  for (const look of looks) {
    const name = `${look.lang}-${look.theme}-${look.width}`
    const visitor = await openPage(chrome, look)
    const see = async (what: string) => {
      await assertNoViolation(visitor, `${what} ${name}`)
      const small =
        await visitor.evaluate(`[...document.querySelectorAll('button, input, a, [role=button]')].filter((one) => one.checkVisibility() && !one.closest('[aria-hidden=true]') && one.getAttribute('aria-hidden') !== 'true' && !one.closest('.ui-toast'))
        .map((one) => ({ html: one.outerHTML.slice(0, 120), ...one.getBoundingClientRect().toJSON() })).filter((one) => one.width > 1 && (one.height < 47.5 || one.width < 47.5)).map((one) => one.html + ' ' + one.width + '×' + one.height)`)
      assert.deepEqual(small, [], `${what} ${name}`)
      await shoot(visitor, `till-${what}-${name}`)
    }
    await visitor.goto(`${line.url}/till/`)
    await visitor.locator('form').waitFor()
    await see('sign-in')
    await visitor.evaluate(
      `localStorage.setItem('akinai.till.session', ${JSON.stringify(JSON.stringify(JSON.parse(state.origins[0]?.localStorage.find((one) => one.name === 'akinai.till.session')?.value ?? '{}')))})`,
    )
    await visitor.context().addCookies(state.cookies)
    await visitor.reload()
    await visitor.locator('.summary').waitFor()
    await visitor.locator('.ui-state').waitFor()
    await see('empty')
    await scan(visitor, mug.jan)
    await scan(visitor, tea.jan)
    await scan(visitor, card)
    await visitor.locator('.member').waitFor()
    await see('basket')
    await visitor.getByRole('searchbox').fill('mug')
    await visitor.locator('.tile').first().waitFor()
    await see('search')
    await visitor.getByRole('searchbox').fill('')
    await visitor.locator('.summary .ui-button[data-variant=primary]').click()
    await visitor.locator('.quick').waitFor()
    await see('pay')
    await visitor.locator('.quick .tile').nth(1).click()
    await visitor.locator('.paper').waitFor()
    await visitor.locator('.summary .ui-badge').waitFor()
    await see('receipt')
    await visitor.context().close()
  }
})
