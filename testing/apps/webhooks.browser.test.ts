import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import type net from 'node:net'
import { after, before, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import pg from 'pg'
import { Webhook } from 'standardwebhooks'
import { buildApps } from '#doors/apps'
import { browser, buy, openShop, type Shop } from '#testing'
import { assertNoViolation, desk, inLook, looks, openPage, shoot, signIn } from './screens.ts'

/** Endpoints are added, tried, watched, mended and given up in the console alone; each button is held against the database. */
let shop: Shop, chrome: Browser, db: pg.Client, page: Page
const got: { headers: http.IncomingHttpHeaders; body: string }[] = []
let status = 200
const receiver = http.createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (text: string) => (body += text))
  request.on('end', () => {
    got.push({ headers: request.headers, body })
    response.writeHead(status).end()
  })
})
let url = ''
before(async () => {
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  url = `http://127.0.0.1:${(receiver.address() as net.AddressInfo).port}/hook`
  await buildApps(() => {})
  shop = await openShop({ settings: { AKINAI_WEBHOOK_NETWORKS: '127.0.0.0/8' } })
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  page = await openPage(chrome, desk)
})
after(async () => {
  await chrome?.close()
  await db?.end()
  await shop?.close()
  receiver.close()
})
const button = (name: string | RegExp, within: Page | Locator = page) =>
  within.getByRole('button', { name, exact: typeof name === 'string' })
const dialog = () => page.locator('.ui-dialog')
async function until(what: string, holds: () => Promise<boolean>) {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((r) => setTimeout(r, 50)))
    if (await holds()) return
  assert.fail(`${what} did not come about`)
}
const order = async () =>
  assert.equal((await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }])).status, 200)
const endpoint = async () =>
  (await db.query('select * from webhooks.endpoint order by id desc limit 1')).rows[0]
const count = async (where: string) =>
  Number((await db.query(`select count(*) as n from webhooks.delivery where ${where}`)).rows[0].n)
let secret = ''

test('an empty list says what an endpoint is for; an address inside is refused in words, and nothing is kept', async () => {
  await signIn(page, shop.url)
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await page.getByText('送信先はまだありません。').waitFor()
  await shoot(page, 'webhooks-empty')
  await button('送信先を加える').click()
  await dialog().getByLabel('送信先のアドレス').fill('https://169.254.169.254/')
  await button('送信先を加える', dialog()).click()
  await dialog().getByText('このアドレスには送信できません').waitFor()
  await shoot(page, 'webhooks-refused')
  assert.equal(Number((await db.query('select count(*) as n from webhooks.endpoint')).rows[0].n), 0)
})

test('an endpoint for chosen events: its secret is shown once and copied, a test arrives signed with it, orders arrive', async () => {
  await dialog().getByLabel('送信先のアドレス').fill(url)
  await dialog().getByText('選んだ種類だけ').click()
  await dialog().getByText('種類を一つ以上選んでください。').waitFor()
  assert.equal(await button('送信先を加える', dialog()).isDisabled(), true)
  await dialog().getByRole('checkbox', { name: '注文 orders.placed' }).click()
  await shoot(page, 'webhooks-add')
  await button('送信先を加える', dialog()).click()
  const field = dialog().getByLabel('署名の鍵')
  await field.waitFor()
  secret = await field.inputValue()
  assert.match(secret, /^whsec_/)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await button('コピーする', dialog()).click()
  await button('コピーしました', dialog()).waitFor()
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), secret)
  await shoot(page, 'webhooks-secret')
  await button('控えました', dialog()).click()
  await page.getByRole('heading', { name: url }).waitFor()
  const row = await endpoint()
  assert.deepEqual([row.url, row.kinds, row.shop, row.state], [url, ['orders.placed'], null, 'on'])
  assert.ok(!row.secret.toString('utf8').includes(secret))
  await page.reload()
  await page.getByRole('heading', { name: url }).waitFor()
  assert.ok(!(await page.content()).includes(secret))

  await button('テスト送信する').click()
  await page.getByText('届きました（応答 200').waitFor()
  const sent = got.at(-1)!
  const headers = sent.headers as Record<string, string>
  assert.equal((new Webhook(secret).verify(sent.body, headers) as { type: string }).type, 'webhooks.test')
  await order()
  await until('the delivery', async () => (await count(`state = 'done'`)) === 1)
  await page.getByRole('gridcell', { name: /^注文/ }).waitFor()
  await page.getByText('届いた', { exact: true }).waitFor()
})

test('paused it is sent nothing, going on it is; edited for one shop and all events', async () => {
  await button('止める').click()
  await page.getByText('停止中').first().waitFor()
  // Seen at once, and true a moment later.
  await until('the pause', async () => (await endpoint()).state === 'off')
  await order()
  await button('再開する').click()
  await page.getByText('送信中').first().waitFor()
  await until('going on', async () => (await endpoint()).state === 'on')
  await button('編集する').click()
  await dialog().getByText('すべての種類').click()
  await dialog().getByRole('combobox', { name: 'ショップ' }).click()
  const name = (await db.query('select name from shops.shop order by id limit 1')).rows[0].name.ja as string
  await page.getByRole('option', { name }).click()
  await button('保存する', dialog()).click()
  await dialog().waitFor({ state: 'hidden' })
  const row = await endpoint()
  assert.deepEqual([row.kinds, row.shop, row.state], [null, 1, 'on'])
})

test('the secret is exchanged: both sign for a day, and the screen says until when', async () => {
  await button('鍵を替える').click()
  await button('鍵を替える', dialog()).click()
  await dialog().getByLabel('署名の鍵').waitFor()
  const next = await dialog().getByLabel('署名の鍵').inputValue()
  assert.notEqual(next, secret)
  await button('控えました', dialog()).click()
  await page.getByText('新旧両方の鍵で署名しています。').waitFor()
  const row = await endpoint()
  assert.ok(row.secret_before && row.before_until > new Date())
  const had = got.length
  await order()
  await until('a message', async () => got.length > had)
  const { body, headers } = got.at(-1)!
  for (const one of [secret, next])
    assert.ok(new Webhook(one).verify(body, headers as Record<string, string>))
})

test('what failed shows its answer and next try; given up it is sent again: one, some, a range, all', async () => {
  status = 503
  const before = await count('true')
  for (let i = 0; i < 3; i++) await order()
  await until('failures', async () => (await count(`failure = 'status_503'`)) >= 3)
  await page.getByText('応答 503').first().waitFor()
  await page.getByText('失敗しています').first().waitFor()
  await until('every event', async () => (await count(`state = 'pending' and attempts = 0`)) === 0)
  // Their tries are used up, all but the last.
  await db.query(`update webhooks.delivery set attempts = 12, next_at = now() where state = 'pending'`)
  await until('dead letters', async () => (await count(`state = 'pending'`)) === 0)
  const dead = await count(`state = 'dead'`)
  assert.ok(dead >= 3 && (await count('true')) >= before + 3)
  await page.getByRole('combobox', { name: '状態で絞る' }).click()
  await page.getByRole('option', { name: '届かなかった' }).click()
  await until('the filtered list', async () => (await page.locator('tr[data-row]').count()) === dead)
  await shoot(page, 'webhooks-dead')

  status = 200
  await page
    .getByRole('button', { name: /^もう一度: evt_/ })
    .first()
    .click()
  await page.getByText('1件をもう一度送ります。').first().waitFor()
  await until('one', async () => (await count(`state = 'dead'`)) === dead - 1)
  await until('the list', async () => (await page.locator('tr[data-row]').count()) === dead - 1)
  await page.locator('tr[data-row] [role=checkbox]').first().click()
  await button('選んだ1件をもう一度').click()
  await until('some', async () => (await count(`state = 'dead'`)) === dead - 2)
  await button(/^届かなかった.*件をすべてもう一度$/).click()
  await until('all', async () => (await count(`state = 'dead'`)) === 0)
  await until('their arrival', async () => (await count(`state <> 'done'`)) === 0)

  await page.getByRole('combobox', { name: '状態で絞る' }).click()
  await page.getByRole('option', { name: '届いた' }).click()
  const whole = await count('true')
  await until(
    'the whole list',
    async () => (await page.locator('tr[data-row]').count()) === Math.min(25, whole),
  )
  const had = got.length
  await button('範囲をもう一度送る').click()
  await dialog().getByLabel('この出来事から').fill('nonsense')
  assert.equal(await button('もう一度', dialog()).isDisabled(), true)
  await dialog().getByLabel('この出来事から').fill('evt_0_0_0')
  await shoot(page, 'webhooks-range')
  await button('もう一度', dialog()).click()
  await dialog().waitFor({ state: 'hidden' })
  await until('the range', async () => got.length - had >= whole && (await count(`state <> 'done'`)) === 0)
  assert.ok((await count('true')) > whole, 'also what was before the endpoint, and while it was paused')
})

test('given up after long failure it is an alarm on every screen until somebody lets it go on', async () => {
  status = 500
  await db.query(`update webhooks.endpoint set failing_since = now() - interval '73 hours'`)
  await order()
  await until('the end of patience', async () => (await endpoint()).state === 'broken')
  await page.goto(`${shop.url}/console/orders`)
  await page.getByRole('navigation').getByText('自動停止 1件').waitFor()
  await page.goto(`${shop.url}/console/webhooks`)
  await page.getByRole('alert').getByText('1件の送信先への送信を自動で止めました。').waitFor()
  for (const look of looks) {
    const other = await inLook(page, look)
    for (const [name, path] of [
      ['list', '/console/webhooks'],
      ['page', `/console/webhooks/${(await endpoint()).id}`],
    ] as const) {
      await other.goto(`${shop.url}${path}`)
      await other.locator('main tr[data-row]').first().waitFor()
      await shoot(other, `webhooks-${name}-${look.lang}-${look.width}`)
      await assertNoViolation(other, `${name} ${look.lang} ${look.theme} ${look.width}`)
    }
    await other.getByRole('button', { name: look.lang === 'ja' ? '編集する' : 'Edit' }).click()
    await other.getByText(look.lang === 'ja' ? '選んだ種類だけ' : 'Only what is chosen').click()
    await shoot(other, `webhooks-edit-${look.lang}-${look.width}`)
    await assertNoViolation(other, `edit ${look.lang} ${look.theme} ${look.width}`)
    await other.context().close()
  }
  await page.getByRole('alert').getByRole('link', { name: url }).click()
  status = 200
  await page.getByRole('alert').getByRole('button', { name: '再開する' }).click()
  await page.getByText('送信中').first().waitFor()
  await until('what waited', async () => (await count(`state <> 'done'`)) === 0)
  assert.deepEqual([(await endpoint()).state, (await endpoint()).failing_since], ['on', null])
})

test('an endpoint that is used no more leaves the list, its secrets are destroyed; by keys alone', async () => {
  await button('使うのをやめる').focus()
  await page.keyboard.press('Enter')
  await button('使うのをやめる', dialog()).waitFor()
  await button('使うのをやめる', dialog()).focus()
  await page.keyboard.press('Enter')
  await page.getByText('送信先はまだありません。').waitFor()
  const row = await endpoint()
  assert.deepEqual(
    [row.state, row.secret.length, row.secret_before, row.archived_at !== null],
    ['off', 0, null, true],
  )
  const had = got.length
  await order()
  await new Promise((r) => setTimeout(r, 1500))
  assert.equal(got.length, had)
})

test('who may not see webhooks is told so; when the server is away the screen says what is safe', async () => {
  const other = await openPage(chrome, desk)
  await signIn(other, shop.url, 'marketer')
  assert.equal(await other.getByRole('link', { name: 'Webhook' }).count(), 0)
  await other.goto(`${shop.url}/console/webhooks`)
  await other.getByText('この画面を見る権限がありません。').waitFor()
  await other.context().close()
  await page.goto(`${shop.url}/console/orders`)
  await page.route('**/admin/v1/webhooks', (r) => r.abort())
  await page.goto(`${shop.url}/console/webhooks`)
  await page.getByText('注文・在庫・お金の記録は変わっていません。').waitFor()
})
