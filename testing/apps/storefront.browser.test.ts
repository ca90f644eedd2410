/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import pg from 'pg'
import { buildApps } from '#doors/apps'
import { browser, openShop, type Shop } from '#testing'
import { assertNoViolation, looks, shoot, twoLooks } from './screens.ts'

let shop: Shop, chrome: Browser, db: pg.Client
before(async () => {
  await buildApps(() => {})
  shop = await openShop()
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
})
after(async () => {
  await chrome?.close()
  await db?.end()
  await shop?.close()
})
const one = async (text: string, values: unknown[] = []) => (await db.query(text, values)).rows[0]
const person = {
  family: '山田',
  given: '花子',
  email: 'hanako@example.jp',
  phone: '090-0000-0000',
  postal: '150-0001',
  city: '渋谷区',
  line1: '神宮前1-1',
}

async function toConfirmation(o: BrowserContextOptions) {
  const context = await chrome.newContext({ locale: 'ja-JP', ...o })
  const page = await context.newPage()
  await page.goto(`${shop.url}/p/asanagi-mug`)
  await page.getByRole('button', { name: 'カートに入れる' }).click()
  await page.getByRole('link', { name: 'ご購入手続きへ' }).click()
  for (const [name, value] of Object.entries(person)) await page.locator(`[name=${name}]`).fill(value)
  await page.locator('[name=prefecture]').selectOption('13')
  await page.getByRole('button', { name: '最終確認へ進む' }).click()
  await page.waitForURL('**/checkout/confirm')
  return { context, page }
}

test('a guest buys a mug with JavaScript switched off; sending the last form again makes no second order', async () => {
  const before = await one('select count(*) as n from orders.header')
  const { page, context } = await toConfirmation({ javaScriptEnabled: false })
  const text = await page.textContent('main')
  for (const said of [
    '最終確認',
    'お支払い合計',
    'お支払いの時期と方法',
    'お届け時期',
    'キャンセル・返品',
    'お申し込みの有効期限',
    '1点',
    // Where it goes, as it was told a page ago.
    '神宮前1-1',
    '150-0001',
  ])
    assert.ok(text?.includes(said), `the final confirmation does not say ${said}`)
  const [key, expects] = [
    await page.locator('form [name=key]').inputValue(),
    await page.locator('[name=expects]').inputValue(),
  ]
  const cookies = (await context.cookies()).map((c) => `${c.name}=${c.value}`).join('; ')
  await page.getByRole('button', { name: '注文を確定する' }).click()
  await page.waitForURL('**/complete')
  const order = Number((await page.textContent('main'))?.match(/ご注文番号\s*(\d+)/)?.[1])
  // The browser that lost the answer sends the same form with the same cookies.
  const again = await fetch(`${shop.url}/checkout/confirm`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ key, expects }),
  })
  assert.equal(again.headers.get('location'), '/complete')
  await page.goBack()
  assert.ok(!(await page.content()).includes('500'))
  assert.equal((await one('select count(*) as n from orders.header')).n, before.n + 1)
  const held = await one(
    `select sum(t.amount)::bigint as n from ledger.transfer t where t.ref = $1 and t.reason = 'stock.held'`,
    [order],
  )
  const owed = await one(`select balance from ledger.account where id = (21::bigint << 44) + $1::bigint`, [
    order,
  ])
  assert.equal(held.n, 1)
  assert.equal(owed.balance, Number(expects))
  // Looked up with number and mail address, and not with another's.
  await page.goto(`${shop.url}/orders`)
  await page.locator('[name=order]').fill(String(order))
  await page.locator('[name=email]').fill('somebody@example.jp')
  await page.getByRole('button', { name: '表示する' }).click()
  assert.ok((await page.textContent('main'))?.includes('ご注文が見つかりません'))
  await page.locator('[name=order]').fill(String(order))
  await page.locator('[name=email]').fill('HANAKO@example.jp')
  await page.getByRole('button', { name: '表示する' }).click()
  assert.ok((await page.textContent('main'))?.includes('出荷準備中'))
  await context.close()
})

test('a postal code fills in the address, with JavaScript and without; what was typed stays', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await chrome.newContext({
      locale: 'ja-JP',
      javaScriptEnabled,
      viewport: { width: 390, height: 900 },
    })
    const page = await context.newPage()
    await page.goto(`${shop.url}/p/asanagi-mug`)
    await page.getByRole('button', { name: 'カートに入れる' }).click()
    await page.getByRole('link', { name: 'ご購入手続きへ' }).click()
    const field = (name: string) => page.locator(`form [name=${name}]`)
    const fill = async (postal: string) => {
      await field('postal').fill(postal)
      if (!javaScriptEnabled) await page.getByRole('button', { name: '郵便番号から住所を入れる' }).click()
    }
    const says = async (...said: string[]) => {
      await page.waitForFunction(
        (wanted) =>
          ['prefecture', 'city', 'line1'].every(
            (name, n) => document.querySelector<HTMLInputElement>(`form [name=${name}]`)!.value === wanted[n],
          ),
        said,
      )
    }
    await field('family').fill('山田')
    await fill('１５０－０００１')
    if (javaScriptEnabled) await says('13', '渋谷区', '神宮前')
    else {
      assert.equal(await field('prefecture').inputValue(), '13')
      assert.equal(await field('line1').inputValue(), '神宮前')
      assert.equal(await field('family').inputValue(), '山田', 'what was typed is there')
    }
    await shoot(page, `checkout-filled-${javaScriptEnabled}`)
    await field('line1').fill('神宮前1-1')
    await fill('604-0845')
    if (javaScriptEnabled) await says('26', '京都市中京区', '神宮前1-1')
    else assert.equal(await field('line1').inputValue(), '神宮前1-1')
    await fill('000-0000')
    await page.getByText('この郵便番号の住所は見つかりませんでした。').waitFor()
    await context.close()
  }
})

test('what is refused in the cart leaves it as it was; a variant that has run out cannot be put into it', async () => {
  const context = await chrome.newContext({ locale: 'ja-JP' })
  const page = await context.newPage()
  await page.goto(`${shop.url}/p/asanagi-mug`)
  await page.evaluate(() => {
    const chosen = document.querySelector<HTMLInputElement>('input[name=sku]:checked')!
    chosen.dataset['left'] = '-1'
    chosen.dispatchEvent(new Event('change', { bubbles: true }))
  })
  assert.ok(await page.getByRole('button', { name: 'カートに入れる' }).isDisabled())
  await page.reload()
  await page.getByRole('button', { name: 'カートに入れる' }).click()
  await page.waitForURL('**/cart')
  await page.locator('.lines .qty').evaluate((field: HTMLInputElement) => (field.name = 'q.NO-SUCH-CODE'))
  await page.getByRole('button', { name: '数量を変更' }).click()
  await page.getByRole('alert').waitFor()
  await page.locator('.lines a', { hasText: '朝凪マグ' }).waitFor()
  assert.ok(!(await page.textContent('main'))?.includes('カートに商品は入っていません'))
  await context.close()
})

test('a double click on the last button is one order', async () => {
  const before = await one('select count(*) as n from orders.header')
  const { page, context } = await toConfirmation({})
  await page.getByRole('button', { name: '注文を確定する' }).dblclick()
  await page.waitForURL('**/complete')
  assert.equal((await one('select count(*) as n from orders.header')).n, before.n + 1)
  await context.close()
})

test('the last one is bought by somebody else: the cart says so, offers others, and nothing is ordered', async () => {
  const { page, context } = await toConfirmation({})
  const owner = await shop.staff('owner')
  for (const place of ['east', 'west', 'kichijoji', 'kyoto', 'tenjin'])
    assert.equal(
      (await owner('POST', '/admin/v1/stock/counts', { place, lines: [{ sku: 'MUG-WHITE', quantity: 0 }] }))
        .status,
      200,
    )
  const before = await one('select count(*) as n from orders.header')
  await page.getByRole('button', { name: '注文を確定する' }).click()
  await page.waitForURL('**/cart')
  await page
    .waitForFunction(() => document.body.textContent?.includes('売り切れました'), undefined, {
      timeout: 30_000,
    })
    .catch(async () => {
      await page.reload()
    })
  const text = await page.textContent('main')
  assert.ok(text?.includes('売り切れました') && text.includes('ほかの商品を見る'))
  assert.equal((await one('select count(*) as n from orders.header')).n, before.n)
  await owner('POST', '/admin/v1/stock/counts', {
    place: 'east',
    lines: [{ sku: 'MUG-WHITE', quantity: 40 }],
  })
  await context.close()
})

test('every page of the shop in two looks each, and all four among them: axe finds nothing', async () => {
  for (const look of looks) {
    const { context, page } = await toConfirmation({
      colorScheme: look.theme,
      viewport: { width: look.width, height: 900 },
    })
    await context.addCookies([{ name: 'lang', value: look.lang, url: shop.url }])
    for (const [n, path] of [
      '/checkout/confirm',
      '/',
      '/c/tableware?sort=price',
      '/search?q=%E3%81%AA%E3%81%84%E3%81%AF%E3%81%9A',
      '/p/linen-shirt',
      '/p/pair-mug-gift',
      '/cart',
      '/checkout',
      '/orders',
      '/law',
      '/nowhere',
    ].entries()) {
      if (!twoLooks(n).includes(look)) continue
      await page.goto(shop.url + path)
      const name = `${path} ${look.lang} ${look.theme} ${look.width}`
      await assertNoViolation(page, name)
      await shoot(page, `shop-${name.replace(/[^\w]+/g, '-')}`)
    }
    await context.close()
  }
})

test('search: suggestions by keyboard; filters with counts, with and without JavaScript; a page that found nothing helps', async () => {
  const page = await (await chrome.newContext({ locale: 'ja-JP' })).newPage()
  await page.goto(shop.url)
  const box = page.getByRole('combobox', { name: '商品を探す' })
  await box.pressSequentially('まぐ')
  const first = page.getByRole('option').first()
  await first.waitFor()
  await box.press('ArrowDown')
  assert.equal(await first.getAttribute('aria-selected'), 'true')
  const name = (await first.textContent())!
  await box.press('Enter')
  await page.waitForURL('**/p/**')
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), name)

  // Suggestions that come when somebody has gone on stay away.
  let answer = () => {}
  const held = new Promise<void>((go) => (answer = go))
  const route = '**/store/v1/suggestions?*'
  await page.route(route, async (asked) => {
    await held
    await asked.continue()
  })
  await page.goto(shop.url)
  const asked = page.waitForRequest(route)
  await box.pressSequentially('ちゃ')
  await asked
  await page.keyboard.press('Tab')
  const late = page.waitForResponse(route)
  answer()
  await late
  await page.waitForTimeout(100)
  assert.equal(await page.getByRole('listbox').isVisible(), false)
  await page.unroute(route)

  // Another language is another language of the same page.
  await page.goto(`${shop.url}/search?q=${encodeURIComponent('マグ')}&sort=price`)
  await page.getByRole('link', { name: 'English' }).click()
  await page.locator('html[lang=en]').waitFor()
  await page.getByRole('heading', { level: 1, name: '“マグ”' }).waitFor()
  assert.equal(await page.locator('[name=sort]').inputValue(), 'price')
  await page.getByRole('link', { name: '日本語' }).click()
  await page.locator('html[lang=ja]').waitFor()

  for (const javaScriptEnabled of [true, false]) {
    const viewport = { width: 390, height: 800 }
    const context = await chrome.newContext({ locale: 'ja-JP', javaScriptEnabled, viewport })
    const other = await context.newPage()
    await other.goto(`${shop.url}/c/clothing`)
    await other.getByText('絞り込む').click()
    const choice = other.getByLabel(/^紺/)
    const count = Number((await choice.locator('..').locator('small').textContent())!)
    await choice.check()
    if (!javaScriptEnabled) await other.locator('.narrow').getByRole('button', { name: '適用' }).click()
    await other.waitForURL(/colour/)
    assert.equal(await other.getByText(/^\d+件$/).textContent(), `${count}件`)
    assert.equal(await other.locator('.grid > li').count(), Math.min(count, 20))
    assert.ok(await other.getByLabel(/^紺/).isChecked())
    await other.getByRole('link', { name: '条件をすべて外す' }).click()
    await other.waitForURL('**/c/clothing')
    await context.close()
  }

  await page.goto(`${shop.url}/search?q=${encodeURIComponent('くらげの置物')}`)
  await page.getByText('「くらげの置物」に該当する商品が見つかりませんでした。').waitFor()
  assert.ok((await page.locator('main .row a').count()) > 5)
  await page.context().close()
})
