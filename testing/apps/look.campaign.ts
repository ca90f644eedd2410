import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import { buildApps } from '#doors/apps'
import { akinai, browser, buy, openShop, type Shop } from '#testing'
import { assertNoViolation, fillCheckout, openPage, shoot, signIn, type Look } from './screens.ts'

/**
 * Every screen in both languages, light and dark, on a phone and on a desk, over the full sample shop: axe finds nothing,
 * nothing scrolls sideways, no script fails. SHOTS names a folder for the pictures; a person looks at them.
 */
const looks: readonly Look[] = (['ja', 'en'] as const).flatMap((lang) =>
  (['light', 'dark'] as const).flatMap((theme) => [390, 1280].map((width) => ({ lang, theme, width }))),
)
type Screen = readonly [at: string, seen: string]

export default async function look(): Promise<string> {
  await buildApps(() => {})
  const shop = await openShop({ sample: 'full' })
  const bare = await openShop({ sample: false })
  const db = new pg.Client(shop.database.owner)
  let chrome: Browser | undefined
  try {
    await db.connect()
    chrome = await browser()
    const console = await consoleScreens(shop, db)
    const founder = await firstOwner(bare)
    const till = ['/till/'].map((at): Screen => [at, 'form'])
    const faults: string[] = []
    let seen = 0
    for (const look of looks) {
      const staff = await openPage(chrome, look)
      await signIn(staff, shop.url)
      const shopper = await openPage(chrome, look, {
        colorScheme: look.theme,
        locale: look.lang === 'ja' ? 'ja-JP' : 'en-GB',
      })
      const cart = await fillCart(shopper, shop)
      for (const [who, screens] of [
        [staff, [...console, ...till]],
        [shopper, [...storeScreens, ...cart]],
      ] as const)
        for (const [at, what] of screens) seen += await lookAt(who, shop.url, at, what, look, faults)
      await staff.context().close()
      await shopper.context().close()
      const first = await openPage(chrome, look)
      await first.context().addCookies([{ name: 'akinai_staff', value: founder, url: bare.url }])
      // Nobody has founded a shop there yet.
      seen += await lookAt(first, bare.url, '/console/', 'form', look, faults)
      await first.context().close()
    }
    assert.deepEqual(faults, [], `${faults.length} of ${seen}`)
    return `${console.length + till.length + storeScreens.length + 4} screens × ${looks.length} looks: ${seen} looked at, 0 faults`
  } finally {
    await chrome?.close()
    await db.end()
    await shop.close()
    await bare.close()
  }
}

/** One screen in one look: what is wrong with it is named, and the others are looked at all the same. */
async function lookAt(
  who: Page,
  url: string,
  at: string,
  what: string,
  look: Look,
  faults: string[],
): Promise<1> {
  const name = `${at} ${look.lang} ${look.theme} ${look.width}`
  try {
    await who.goto(url + at)
    await who.locator(what).first().waitFor({ timeout: 15_000 })
    await who.waitForTimeout(150)
    await shoot(who, name.replace(/[^\w]+/g, '-').replace(/^-/, ''))
    await assertNoViolation(who, name)
  } catch (e) {
    faults.push(`${name}: ${e instanceof Error ? e.message.slice(0, 600) : String(e)}`)
  }
  return 1
}
/** Whoever came first to an installation without anything: what they hold as their session. */
async function firstOwner(bare: Shop): Promise<string> {
  const { said } = await akinai(bare, 'user', 'link')
  const client = bare.client()
  const accepted = await client('POST', '/admin/v1/invitations/accept', {
    token: /#(\S+)/.exec(said)![1],
    password: 'a-password-of-hers',
    person: { family: '創業', given: '葉子', email: 'first@example.jp', lang: 'ja' },
  })
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body))
  return /akinai_staff=([^;]+)/.exec(client.cookie)![1]!
}

const storeScreens: readonly Screen[] = [
  ['/', 'main'],
  ['/c/tableware', '.card'],
  ['/c/clothing?sort=price&in_stock=1', '.card'],
  ['/search?q=%E3%83%9E%E3%82%B0', '.card'],
  ['/search?q=%E3%81%AA%E3%81%84%E3%81%AF%E3%81%9A%E3%81%AE%E3%82%82%E3%81%AE', 'main'],
  ['/p/asanagi-mug', 'h1'],
  ['/p/everyday-tee', 'h1'],
  ['/p/pair-mug-gift', 'h1'],
  ['/orders', 'form'],
  ['/law', 'h1'],
  ['/about', 'h1'],
  ['/nowhere', 'h1'],
]
async function fillCart(page: Page, shop: Shop): Promise<Screen[]> {
  await page.goto(`${shop.url}/p/asanagi-mug`)
  await page.locator('form[action="/cart/add"] button').last().click()
  await page.waitForURL('**/cart')
  await page.goto(`${shop.url}/checkout`)
  await fillCheckout(page)
  await page
    .locator('form[data-once] button[type=submit], form[method=post] button[type=submit]')
    .last()
    .click()
  await page.waitForURL('**/checkout/confirm')
  return [
    ['/cart', 'a[href="/checkout"]'],
    ['/checkout', '[name=postal]'],
    ['/checkout/confirm', 'form'],
  ]
}

/** Each address that the console's router knows, with rows to show. */
async function consoleScreens(shop: Shop, db: pg.Client): Promise<Screen[]> {
  const owner = await shop.staff('owner')
  await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }])
  const told = async (method: string, at: string, body: object) => {
    const answer = await owner(method, at, body)
    assert.equal(answer.status, 200, `${at}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  await told('PUT', '/admin/v1/connectors/amazon', {
    connector: 'amazon',
    active: false,
    settings: {},
    secrets: {},
  })
  const { endpoint } = await told('POST', '/admin/v1/webhooks', {
    url: 'https://8.8.8.8/hook',
    kinds: ['orders.placed'],
    shop: null,
  })
  const one = async (text: string) => String((await db.query(text)).rows[0].id)
  const order = await one(`select max(id) as id from orders.header where channel = 'web'`)
  const product = await one(`select id from catalog.product where code = 'asanagi-mug'`)
  const customer = await one(`select max(buyer) as id from orders.header where channel = 'web'`)
  const rows: Record<string, Screen> = {
    '/overview': ['overview', '.facts'],
    '/orders': ['orders', 'tbody tr'],
    '/orders/$order': [`orders/${order}`, 'button.figure'],
    '/stock': ['stock', 'tbody tr'],
    '/shortages': ['shortages', 'main h1'],
    '/customers': ['customers', 'tbody tr'],
    '/customers/$identity': [`customers/${customer}`, '.facts'],
    '/products': ['products', 'tbody tr'],
    '/products/grid': ['products/grid', '[role=grid], table'],
    '/categories': ['categories', 'main h1'],
    '/products/$product': [`products/${product}`, 'tbody tr'],
    '/bulk': ['bulk', 'main h1'],
    '/imports': ['imports', 'main h1'],
    '/search-words': ['search-words', 'textarea'],
    '/proof': ['proof', 'main h1'],
    '/connectors': ['connectors', 'tbody tr'],
    '/connectors/$connection': ['connectors/amazon', 'main h1'],
    '/webhooks': ['webhooks', 'tbody tr'],
    '/webhooks/$endpoint': [`webhooks/${Number(endpoint)}`, 'main h1'],
    '/mail': ['mail', 'main h1'],
    '/followers': ['followers', 'tbody tr'],
    '/setup': ['setup', '.steps'],
    '/settings': ['settings', 'textarea'],
    '/places': ['places', 'tbody tr'],
    '/staff': ['staff', 'tbody tr'],
    '/releases': ['releases', 'main h1'],
    '/account': ['account', 'main h1'],
    '/audit': ['audit', 'main h1'],
    '/invitation': ['invitation', 'main, form'],
  }
  const router = fs.readFileSync(path.join(import.meta.dirname, '../../apps/console/src/router.tsx'), 'utf8')
  const known = [...router.matchAll(/\bpath: '(\/[^']+)'/g)].map(([, at]) => at!)
  assert.ok(known.length > 20)
  return known.map((at) => {
    const screen = rows[at]
    assert.ok(screen, `${at} is a screen that nobody looks at`)
    return [`/console/${screen[0]}`, screen[1]] as const
  })
}
