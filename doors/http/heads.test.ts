/** What the shop's pages tell programs: addresses in both languages, prices and stock in schema.org's words, a map of all of it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildApps } from '#doors/apps'
import { openShop, type Shop } from '#testing'

let shop: Shop
before(async () => {
  await buildApps(() => {})
  shop = await openShop()
})
after(() => shop?.close())

const page = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(shop.url + path, { redirect: 'manual', headers })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}
type Thing = { '@type': string; [name: string]: unknown }
const things = (text: string): Thing[] =>
  [...text.matchAll(/<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/gs)].map(
    (m) => JSON.parse(m[1]!) as Thing,
  )
const attribute = (text: string, tag: RegExp, name: string) =>
  text.match(tag)?.[0].match(new RegExp(`${name}="([^"]*)"`))?.[1]

test('a product says its offers as they are, in the language of its address', async () => {
  for (const [lang, path] of [
    ['ja', '/p/everyday-tee'],
    ['en', '/p/everyday-tee?lang=en'],
  ] as const) {
    const { status, text } = await page(path, { 'accept-language': 'ja' })
    assert.equal(status, 200)
    assert.equal(attribute(text, /<html[^>]*>/, 'lang'), lang)
    assert.equal(attribute(text, /<link rel="canonical"[^>]*>/, 'href'), shop.url + path)
    const [product, crumbs] = things(text)
    const { items } = (await (await fetch(`${shop.url}/store/v1/products?q=everyday-tee`)).json()) as {
      items: { price_min: number; price_max: number }[]
    }
    const offers = product!['offers'] as {
      lowPrice: number
      highPrice: number
      offers: { availability: string }[]
    }
    assert.deepEqual(
      [product!['@type'], offers.lowPrice, offers.highPrice],
      ['Product', items[0]!.price_min, items[0]!.price_max],
    )
    assert.ok(
      offers.offers.every((o) => /^https:\/\/schema\.org\/(InStock|OutOfStock)$/.test(o.availability)),
    )
    assert.equal(crumbs!['@type'], 'BreadcrumbList')
    const picture = attribute(text, /<meta property="og:image"[^>]*>/, 'content')!
    assert.equal((await fetch(picture)).status, 200)
  }
})

test('what is only for whoever is here is kept out of search engines; the rest is told', async () => {
  for (const [path, isPrivate] of [
    // A cart is empty to whoever brings none: it is not hidden, it is in no map.
    ['/cart', false],
    ['/orders', true],
    ['/search?q=x', true],
    ['/nowhere', true],
    ['/', false],
    ['/c/tableware', false],
    ['/p/asanagi-mug', false],
    ['/law', false],
  ] as const)
    assert.equal((await page(path)).text.includes('name="robots" content="noindex"'), isPrivate, path)
})

test('the map names every product and category in both languages, and each of its addresses is there', async () => {
  const robots = await page('/robots.txt')
  assert.match(robots.text, new RegExp(`Sitemap: ${shop.url}/sitemap.xml`))
  const index = await page('/sitemap.xml')
  assert.match(index.headers.get('content-type')!, /^application\/xml/)
  const files = [...index.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => m[1]!)
  assert.equal(files.length, 1)
  const { text } = await page(new URL(files[0]!).pathname)
  const all = [...text.matchAll(/<url><loc>([^<]+)<\/loc>/g)].map((m) => m[1]!)
  const { total } = (await (await fetch(`${shop.url}/store/v1/products?limit=1`)).json()) as { total: number }
  assert.equal(all.filter((url) => url.includes('/p/')).length, 2 * total)
  for (const url of all.filter((_, i) => i % 9 === 0)) assert.equal((await fetch(url)).status, 200, url)
  for (const path of ['/sitemaps/2.xml', '/sitemaps/0.xml', '/sitemaps/x.xml', '/sitemaps/'])
    assert.equal((await page(path)).status, 404, path)
  console.log(`# ${all.length} addresses in the map`)
})

test('a page that is not there searches for what its address says; what was seen lately is shown again', async () => {
  const lost = await page('/p/linen-shrit')
  assert.equal(lost.status, 404)
  assert.match(lost.text, /value="linen shrit"/)
  const first = await page('/p/asanagi-mug')
  const seen = first.headers.getSetCookie().find((c) => c.startsWith('seen='))!
  assert.match(seen, /^seen=asanagi-mug;/)
  const then = await page('/p/linen-shirt', { cookie: seen.split(';')[0]! })
  assert.match(then.text, /最近見た商品[\s\S]*asanagi-mug/)
  assert.match(
    then.headers.getSetCookie().find((c) => c.startsWith('seen='))!,
    /^seen=linen-shirt\.asanagi-mug;/,
  )
  const odd = await page('/p/linen-shirt', { cookie: `seen=${encodeURIComponent('"><script>.../..%0d%0a')}` })
  assert.equal(odd.status, 200)
  assert.ok(!odd.text.includes('"><script>.'))
})

test('the product page promises the days that the order then says, by postal code, without a script', async () => {
  const days = async (path: string, cookie = '') => {
    const { text, headers } = await page(path, { cookie })
    return { said: text.match(/<strong>([^<]+にお届けの予定です（[^<]+）。)<\/strong>/)?.[1], headers }
  }
  const tokyo = await days('/p/asanagi-mug')
  assert.match(tokyo.said!, /^\d+月\d+日\(.\)〜\d+月\d+日\(.\)にお届けの予定です（東京都）。$/)
  const okinawa = await days('/p/asanagi-mug?postal=９００-0001')
  assert.match(okinawa.said!, /（沖縄県）/)
  assert.notEqual(okinawa.said!.slice(0, 12), tokyo.said!.slice(0, 12))
  const kept = okinawa.headers.getSetCookie().find((c) => c.startsWith('to='))!
  assert.equal((await days('/p/linen-shirt', kept.split(';')[0]!)).said, okinawa.said)
  const guest = shop.client()
  const terms = async (prefecture: number, payment: string) => {
    const made = await guest('POST', '/store/v1/checkouts', {
      lines: [{ sku: 'MUG-WHITE', quantity: 1 }],
      contact: { family: '山田', given: '花子', email: 'hanako@example.jp', phone: '090-1234-5678' },
      address: { postal: '100-0005', prefecture, city: '千代田区', line1: '丸の内1-1' },
      payment,
    })
    assert.equal(made.status, 200, JSON.stringify(made.body))
    return (made.body as unknown as { terms: { delivery: { ja: string; en: string } } }).terms.delivery
  }
  assert.equal((await terms(13, 'cod')).ja, tokyo.said!.replace('の予定です（東京都）', 'する予定です'))
  assert.equal((await terms(47, 'cod')).ja, okinawa.said!.replace('の予定です（沖縄県）', 'する予定です'))
  // Before a transfer has arrived no day can be promised.
  assert.match((await terms(13, 'bank_transfer')).ja, /ご入金を確認/)
})

test('no page asks for a style that its own policy keeps out', async () => {
  for (const path of ['/', '/c/tableware', '/p/asanagi-mug', '/cart', '/orders', '/law', '/nowhere'])
    assert.ok(!/<[a-z][^>]*\sstyle="/.test((await page(path)).text), path)
})
