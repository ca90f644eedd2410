import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import pg from 'pg'
import { simulate } from '#connectors/amazon'
import { buildApps } from '#doors/apps'
import { browser, openShop, type Shop } from '#testing'
import { assertNoViolation, desk, inLook, looks, openPage, refuse, shoot, signIn } from './screens.ts'

/** A connection is set up, tried, watched and mended in the console alone, against a simulated Amazon. */
let shop: Shop, chrome: Browser, db: pg.Client, page: Page
const amazon = await simulate()
const there = (path: string, body: object) =>
  fetch(`${amazon.url}/_simulator/${path}`, { method: 'POST', body: JSON.stringify(body) })
before(async () => {
  await buildApps(() => {})
  shop = await openShop({
    connect: { look: 200, patience: { try: 1000, whole: 2500, pause: 20, pace: 10_000 } },
  })
  chrome = await browser()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  page = await openPage(chrome, desk)
  await there('limits', { on: false })
})
after(async () => {
  await chrome?.close()
  await db?.end()
  await shop?.close()
  await amazon.stop()
})
const orders = async () =>
  (await db.query(`select count(*)::int as n from orders.header where channel = 'mall:amazon'`)).rows[0]
    .n as number

test('a connection is added, its keys go in and are not shown, it is tried, and orders come in', async () => {
  await there('orders', { count: 3, items: [{ sku: 'TEE-WHITE-M', amount: 1980 }] })
  await signIn(page, shop.url)
  await page.goto(`${shop.url}/console/connectors`)
  await page.getByRole('button', { name: '連携を加える' }).click()
  await page.getByRole('dialog').getByLabel('名前').fill('amazon')
  await page.getByRole('dialog').getByRole('button', { name: '連携を加える' }).click()
  await page.getByLabel('API のアドレス').fill(amazon.url)
  await page.getByLabel('認証のアドレス').fill(amazon.url)
  await page.getByLabel('出品者 ID').fill('SELLER')
  await page.getByLabel('LWA クライアント ID').fill('client')
  for (const [name, value] of [
    ['LWA クライアントシークレット', 'marker-one'],
    ['リフレッシュトークン', 'marker-two'],
  ] as const)
    await page.getByLabel(name).fill(value)
  await page.getByRole('checkbox', { name: 'この連携を動かす' }).click()
  await page.getByRole('button', { name: '設定を保存する' }).click()
  await page.getByText('保存済みです。').first().waitFor()
  await page.reload()
  await page.getByText('保存済みです。').first().waitFor()
  assert.ok(!/marker-(one|two)/.test(await page.content()))
  await page.getByRole('button', { name: 'つないでみる' }).click()
  await page.getByText('つながりました。このマーケットプレイスに出品できます。').waitFor()
  await page.getByRole('button', { name: 'いま動かす' }).click()
  for (let i = 0; i < 100 && (await orders()) < 3; i++) await new Promise((r) => setTimeout(r, 100))
  assert.equal(await orders(), 3)
})

test('what is set aside shows its reason and is done again: one, a range, all; a failure stands in words', async () => {
  await there('faults', { kind: 'bad_rows', operation: 'searchOrders' })
  await there('orders', { created: new Date(Date.now() - 130_000).toISOString() })
  await db.query(`update channels.stream set position = jsonb_build_object('since', $1::text)`, [
    new Date(Date.now() - 3_600_000).toISOString(),
  ])
  await page.getByRole('button', { name: 'いま動かす' }).click()
  await page.getByText('円以外の通貨です').waitFor()
  const ids = (
    await db.query(`select id from channels.message where state = 'quarantined' order by id`)
  ).rows.map((r) => Number(r.id))
  assert.equal(ids.length, 4)
  const tried = async () =>
    (await db.query(`select count(*)::int as n from kernel.request where outcome::text like '%replayed%'`))
      .rows[0].n as number
  await page.getByRole('button', { name: 'もう一度', exact: true }).first().click()
  await page.getByText('1件をもう一度処理します。').first().waitFor()
  await page.getByText('円以外の通貨です').waitFor()
  await page.getByRole('button', { name: '範囲を指定' }).click()
  await page.getByLabel('この番号から').fill(String(ids[0]))
  await page.getByLabel('この番号まで').fill(String(ids[1]))
  const range = page.getByRole('dialog', { name: '範囲を指定' })
  // Refused and given up: asked again, nothing of the refusal is left.
  const refused = await refuse(page, '**/admin/v1/connectors/*/replays', '断った理由')
  await range.getByRole('button', { name: 'もう一度' }).click()
  refused.answer()
  await range.getByText('断った理由').waitFor()
  await range.getByRole('button', { name: 'やめる' }).click()
  await refused.end()
  await page.getByRole('button', { name: '範囲を指定' }).click()
  await range.waitFor()
  assert.equal(await range.getByText('断った理由').count(), 0)
  await range.getByRole('button', { name: 'もう一度' }).click()
  await range.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'すべてもう一度' }).click()
  for (let i = 0; i < 50 && (await tried()) < 3; i++) await new Promise((r) => setTimeout(r, 100))
  assert.ok((await tried()) >= 3)
  await there('faults', { kind: '500', times: 100 })
  await page.getByRole('button', { name: 'いま動かす' }).click()
  await page.getByText('相手先で障害が起きています。').first().waitFor()
  await fetch(`${amazon.url}/_simulator/faults`, { method: 'DELETE' })
})

test('listings are linked, found and unlinked; a code that is taken, and one that is unknown, are refused in words', async () => {
  await there('listings', { skus: ['THERE TEE', 'THERE-MUG'] })
  const rows = async () =>
    (
      await db.query(
        `select s.code, l.external_sku, l.product_type, l.told from channels.listing l join catalog.sku s on s.id = l.sku order by s.code`,
      )
    ).rows as { code: string; external_sku: string; product_type: string; told: number | null }[]
  const panel = page.getByRole('region', { name: '出品との結び付き' })
  const dialog = page.locator('.ui-dialog')
  await panel.getByText('結び付けた出品はありません。').waitFor()
  const link = async (sku: string, external: string) => {
    await panel.getByRole('button', { name: '結び付ける' }).click()
    await dialog.getByLabel('商品コード').fill(sku)
    await dialog.getByLabel('出品コード').fill(external)
    await dialog.getByRole('button', { name: '結び付ける' }).click()
  }
  await link('TEE-WHITE-M', 'THERE TEE')
  await dialog.waitFor({ state: 'hidden' })
  await panel.getByText('THERE TEE').waitFor()
  await link('MUG-WHITE', 'THERE TEE')
  await dialog.getByText('「TEE-WHITE-M」に結び付いています').waitFor()
  await shoot(page, 'connectors-link-refused')
  await dialog.getByLabel('出品コード').fill('THERE-MUG')
  await dialog.getByRole('button', { name: '結び付ける' }).click()
  await dialog.waitFor({ state: 'hidden' })
  // An offer of what they sell already is made from here, with its price; what is no number of theirs is refused in words.
  await panel.getByRole('button', { name: '結び付ける' }).click()
  await dialog.getByLabel('商品コード').fill('MUG-INDIGO')
  await dialog.getByLabel('出品コード').fill('NEW-MUG')
  await dialog.getByLabel('ASIN').fill('MUG')
  await dialog.getByRole('button', { name: '結び付ける' }).click()
  await dialog.getByText('「MUG」の形が正しくありません').waitFor()
  await dialog.getByLabel('ASIN').fill('B0SIMULATE')
  await shoot(page, 'connectors-offer')
  await dialog.getByRole('button', { name: '結び付ける' }).click()
  await dialog.waitFor({ state: 'hidden' })
  const offered = async () =>
    (
      await db.query(
        `select (said->>'price')::int as price, made_at is not null as made from channels.listing where external_sku = 'NEW-MUG'`,
      )
    ).rows[0] as { price: number | null; made: boolean }
  await page.getByRole('button', { name: 'いま動かす' }).click()
  for (let i = 0; i < 100 && !(await offered()).made; i++) await new Promise((r) => setTimeout(r, 100))
  assert.ok((await offered()).made && (await offered()).price! > 0)
  await link('NO-SUCH', 'X')
  await dialog.getByRole('alert').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  assert.deepEqual(
    (await rows()).map(({ code, external_sku, product_type }) => [code, external_sku, product_type]),
    [
      ['MUG-INDIGO', 'NEW-MUG', 'PRODUCT'],
      ['MUG-WHITE', 'THERE-MUG', 'PRODUCT'],
      ['TEE-WHITE-M', 'THERE TEE', 'PRODUCT'],
    ],
  )
  await panel.getByLabel('検索（コード・商品名）').fill('there-m')
  for (let i = 0; i < 100 && (await panel.locator('tr[data-row]').count()) !== 1; i++)
    await new Promise((r) => setTimeout(r, 100))
  assert.match(await panel.locator('tr[data-row]').innerText(), /MUG-WHITE/)
  await panel.getByLabel('検索（コード・商品名）').fill('')
  await db.query('update channels.connection set next_at = null')
  await page.getByRole('button', { name: 'いま動かす' }).click()
  for (let i = 0; i < 100 && (await rows()).some((r) => r.told === null); i++)
    await new Promise((r) => setTimeout(r, 100))
  await panel.getByText('知らせました').first().waitFor()
  assert.ok((await rows()).every((r) => r.told !== null))
  await panel.getByRole('button', { name: '外す: MUG-WHITE' }).click()
  await dialog.getByRole('button', { name: '外す' }).click()
  await dialog.waitFor({ state: 'hidden' })
  assert.deepEqual(
    (await rows()).map((r) => r.code),
    ['MUG-INDIGO', 'TEE-WHITE-M'],
  )
})

test('axe finds nothing on the list and the page, in both languages, light and dark, wide and narrow', async () => {
  for (const look of looks) {
    const other = await inLook(page, look)
    for (const [name, path] of [
      ['list', '/console/connectors'],
      ['page', '/console/connectors/amazon'],
    ] as const) {
      await other.goto(`${shop.url}${path}`)
      await other.locator('main table').first().waitFor()
      await shoot(other, `connectors-${name}-${look.lang}-${look.width}`)
      await assertNoViolation(other, `${name} ${look.lang} ${look.theme} ${look.width}`)
    }
    await other.context().close()
  }
})
