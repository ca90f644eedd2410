import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import pg from 'pg'
import { buildApps } from '#doors/apps'
import { browser, buy, forkShop, mailServer, openShop, type Reply, type Shop } from '#testing'
import { assertNoViolation, desk, inLook, looks, openPage, shoot, signIn } from './screens.ts'

/** The outbox: what was sent, what could not be and why; a letter is read, sent and sent again in the console alone. */
let shop: Shop, chrome: Browser, db: pg.Client, page: Page
let to: (address: string) => Reply = () => undefined
let post: Awaited<ReturnType<typeof mailServer>>
before(async () => {
  post = await mailServer({ to: (address) => to(address) })
  await buildApps(() => {})
  shop = await openShop({
    settings: { AKINAI_SMTP_URL: post.url, AKINAI_MAIL_FROM: 'shop@migiwato.example' },
  })
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  page = await openPage(chrome, desk)
})
after(async () => {
  await chrome?.close()
  await db?.end()
  await shop?.close()
  await post?.close()
})
const button = (name: string | RegExp, within: Page | Locator = page) =>
  within.getByRole('button', { name, exact: typeof name === 'string' })
const dialog = (who = page) => who.locator('.ui-dialog')
async function until(what: string, holds: () => Promise<boolean>) {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((r) => setTimeout(r, 50)))
    if (await holds()) return
  assert.fail(`${what} did not come about`)
}
const order = async (email: string, more: object = {}) => {
  const answer = await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }], { email, ...more })
  assert.equal(answer.status, 200)
  return (answer.body as unknown as { order: number }).order
}
const count = async (where: string) =>
  Number((await db.query(`select count(*) as n from mail.message where ${where}`)).rows[0].n)

test('an empty outbox says what will be there; an order’s mail is sent, listed, read as HTML and as text', async () => {
  await signIn(page, shop.url)
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await page.getByText('メールはまだありません。').waitFor()
  await shoot(page, 'mail-empty')
  const number = await order('hanako@example.jp', { payment: 'bank_transfer' })
  await until('the mail', async () => (await count(`state = 'sent'`)) === 1)
  await page.getByRole('link', { name: String(number) }).waitFor()
  await button(`読む：注文の受付（注文 ${number}）`).click()
  await dialog().getByText('<hanako@example.jp>').waitFor()
  const frame = page.frameLocator('iframe.letter')
  await frame.getByText('ご注文ありがとうございます。').waitFor()
  assert.equal(await page.locator('iframe.letter').getAttribute('sandbox'), '')
  await shoot(page, 'mail-letter')
  await dialog().getByRole('tab', { name: '文字だけ' }).click()
  await dialog().locator('pre.letter').getByText('お支払い期限').waitFor()
  await shoot(page, 'mail-letter-text')
  await button('もう一度送る', dialog()).click()
  await until('it again', async () => post.got.length === 2)
  assert.equal(post.got[0]!.id, post.got[1]!.id)
})

test('a script in somebody’s address does not run where their letter is read', async () => {
  const client = shop.client()
  const made = (await client('POST', '/store/v1/carts', { lines: [{ sku: 'MUG-WHITE', quantity: 1 }] }))
    .body as unknown as { cart: string; token: string }
  const headers = { 'akinai-cart-token': made.token }
  const quote = await client(
    'PUT',
    `/store/v1/carts/${made.cart}/checkout`,
    {
      contact: {
        family: '<script>top.ran=1</script>',
        given: '花子',
        email: 'script@example.jp',
        phone: '090-0000-0000',
      },
      address: {
        postal: '150-0001',
        prefecture: 13,
        city: '渋谷区',
        line1: '<img src=/x onerror="top.ran=1">',
      },
      payment: 'cod',
    },
    { headers },
  )
  const { total } = quote.body as unknown as { total: number }
  const placed = await client('POST', '/store/v1/orders', { cart: made.cart, expects: total }, { headers })
  const { order: number } = placed.body as unknown as { order: number }
  await button(`読む：注文の受付（注文 ${number}）`).click()
  await page.frameLocator('iframe.letter').getByText('<img src=/x onerror="top.ran=1">').waitFor()
  assert.equal(await page.evaluate('window.ran'), undefined)
  await button('閉じる', dialog()).click()
})

test('what could not be sent says why, is found by its state, and is sent again once it is mended', async () => {
  to = (address) => (address.startsWith('no') ? 550 : address.startsWith('later') ? 451 : undefined)
  const no = await order('no@example.jp')
  await order('later@example.jp')
  await until('the failures', async () => (await count('failure is not null')) === 2)
  await page.getByText('宛先のメールサーバーが断りました（550）。').waitFor()
  await page.getByText('あとで送るよう求められました（451）。').waitFor()
  await page.getByText('次の送信：').waitFor()
  await shoot(page, 'mail-list')
  await page.getByRole('tab', { name: /^送れなかった/ }).click()
  await until('the filtered list', async () => (await page.locator('main tr[data-row]').count()) === 1)
  assert.match(page.url(), /state=failed/)
  to = () => undefined
  await button(`もう一度：注文の受付（注文 ${no}）`).click()
  await page.getByText('1件を送ります。').first().waitFor()
  await until('its arrival', async () => post.got.some((g) => g.to.includes('no@example.jp')))
  await page.getByText('当てはまるメールはありません。').waitFor()
})

test('somebody erased has no letter', async () => {
  const number = await order('gone@example.jp')
  await until('the mail', async () => (await count(`"order" = ${number} and state = 'sent'`)) === 1)
  const { person } = (await db.query('select person from orders.destination where "order" = $1', [number]))
    .rows[0]
  const owner = await shop.staff('owner')
  assert.equal((await owner('POST', `/admin/v1/persons/${person}/erase`, { reason: 'asked' })).status, 200)
  await page.goto(`${shop.url}/console/mail`)
  await button(`読む：注文の受付（注文 ${number}）`).click()
  await dialog().getByText('お客様の情報は消去されています。').waitFor()
  assert.equal(await button('もう一度送る', dialog()).count(), 0)
  await button('閉じる', dialog()).click()
})

test('more than a page; four looks of the list and of a letter', async () => {
  await db.query(
    `insert into mail.message (epoch, xid, seq, kind, "order", person, shop, state, next_at, give_up_at, attempts, failure, sent_at)
     select m.epoch, '1', n, (array['placed','paid','shipped','cancelled','refunded'])[1 + n % 5], m."order", m.person, 1, (array['sent','failed','kept'])[1 + n % 3], now(), now(), n % 3, (array[null,'login','timeout'])[1 + n % 3],
       case when n % 3 = 0 then now() end
     from (select * from mail.message where state = 'sent' order by seq limit 1) m, generate_series(1, 40) n`,
  )
  await page.goto(`${shop.url}/console/mail`)
  await page.locator('main tr[data-row]').first().waitFor()
  assert.equal(await page.locator('main tr[data-row]').count(), 25)
  await button('次へ').click()
  await until('the second page', async () => (await page.locator('main tr[data-row]').count()) === 20)
  await button('前へ').click()
  await until('the first page', async () => (await page.locator('main tr[data-row]').count()) === 25)
  const { first } = (await db.query('select min("order") as first from mail.message')).rows[0]
  for (const look of looks) {
    const other = await inLook(page, look)
    await other.goto(`${shop.url}/console/mail`)
    await other.locator('main tr[data-row]').first().waitFor()
    await shoot(other, `mail-list-${look.lang}-${look.width}`)
    await assertNoViolation(other, `list ${look.lang} ${look.theme} ${look.width}`)
    const label =
      look.lang === 'ja' ? `読む：注文の受付（注文 ${first}）` : `Read: Order placed, order ${first}`
    await other.getByRole('button', { name: label, exact: true }).first().click()
    await other.frameLocator('iframe.letter').getByText('ご注文ありがとうございます。').waitFor()
    await shoot(other, `mail-letter-${look.lang}-${look.width}`)
    await assertNoViolation(other, `letter ${look.lang} ${look.theme} ${look.width}`)
    await other.context().close()
  }
})

test('kept letters go when somebody says so, who has been warned what goes', async () => {
  await page.goto(`${shop.url}/console/mail?state=kept`)
  await button(/^未送信の\d+件を送る$/).click()
  await shoot(page, 'mail-kept')
  await button('送る', dialog()).click()
  await until('their going', async () => (await count(`state = 'kept'`)) === 0)
  await page.getByText('当てはまるメールはありません。').waitFor()
})

test('without a mail server the page warns and nothing can be sent; who may not read letters reads none', async () => {
  const quiet = await forkShop(shop)
  const other = await openPage(chrome, desk)
  try {
    await signIn(other, quiet.url, 'owner')
    await other.goto(`${quiet.url}/console/mail`)
    await other.getByRole('alert').getByText('メールサーバーが設定されていません。').waitFor()
    await other.locator('main tr[data-row]').first().waitFor()
    assert.equal(await other.getByRole('button', { name: /送る/ }).count(), 0)
    await shoot(other, 'mail-unset')
    await assertNoViolation(other, 'unset')
  } finally {
    await other.context().close()
    await quiet.close()
  }
  const developer = await openPage(chrome, desk)
  await signIn(developer, shop.url, 'developer')
  await developer.goto(`${shop.url}/console/mail`)
  await developer.locator('main tr[data-row]').first().waitFor()
  assert.equal(await developer.getByRole('button', { name: /読む|送る/ }).count(), 0)
  await developer.context().close()
  const marketer = await openPage(chrome, desk)
  await signIn(marketer, shop.url, 'marketer')
  assert.equal(await marketer.getByRole('link', { name: 'メール' }).count(), 0)
  await marketer.goto(`${shop.url}/console/mail`)
  await marketer.getByText('この画面を見る権限がありません。').waitFor()
  await marketer.context().close()
})

test('when the server is away the screen says what is safe', async () => {
  await page.goto(`${shop.url}/console/orders`)
  await page.route('**/admin/v1/mail*', (r) => r.abort())
  await page.goto(`${shop.url}/console/mail`)
  await page.getByText('注文・在庫・お金の記録は変わっていません。').waitFor()
})
