/** The merchandiser's door: many SKUs in a grid, categories, pictures, prices to come, what was and how it comes back. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import sharp from 'sharp'
import { buildApps } from '#doors/apps'
import { prooves } from '#flows/reads'
import { openShop, proveBooks, type Answer, type Client, type Shop } from '#testing'

let shop: Shop, db: pg.Client, merchandiser: Client, warehouse: Client
before(async () => {
  await buildApps(() => {})
  shop = await openShop()
  db = new pg.Client(shop.database.owner)
  await db.connect()
  merchandiser = await shop.staff('merchandiser')
  warehouse = await shop.staff('east')
})
after(async () => {
  try {
    await proveBooks(shop.database.owner, prooves)
  } finally {
    await db?.end()
    await shop?.close()
  }
})
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
const refused = (a: Answer) => {
  const { code, title, todo } = a.body as unknown as { code: string; title: string; todo?: string }
  assert.ok(title && todo !== '', code)
  return `${a.status} ${code}`
}
const rows = async <R>(text: string, values: unknown[] = []) => (await db.query(text, values)).rows as R[]
type Text = { ja: string; en: string }
type Row = {
  sku: number
  product: number
  version: number
  code: string
  jan: string | null
  price?: number | null
  archived: boolean
  name: Text
  product_code: string
  categories: string[]
}
type Rows = { items: Row[]; next: string | null }
type Result = {
  product: number
  result: string
  title: string | null
  at: { sku: number; field: string } | null
  theirs: { sku: number; field: string; now: unknown }[]
}
type Category = {
  category: number
  version: number
  code: string
  parent: number | null
  position: number
  products: number
  first: number[]
  archived: boolean
}
const grid = async (q: string): Promise<Row[]> =>
  told<Rows>(await merchandiser('GET', `/admin/v1/skus?q=${encodeURIComponent(q)}`)).items
const rowOf = async (code: string): Promise<Row> => (await grid(code)).find((r) => r.code === code)!
const edit = async (products: object[], key?: string): Promise<Result[]> =>
  told<{ results: Result[] }>(
    await merchandiser('POST', '/admin/v1/skus/edits', { products }, key === undefined ? {} : { key }),
  ).results
const product = async (id: number) =>
  told<Record<string, unknown> & { version: number; name: Text; skus: { id: number; code: string }[] }>(
    await merchandiser('GET', `/admin/v1/products/${id}`),
  )
const body = async (id: number, more: object = {}) => {
  const {
    product: _p,
    created_at: _c,
    archived_at: _a,
    fields: _f,
    pictures: _i,
    skus,
    ...rest
  } = await product(id)
  const kept = (skus as (Record<string, unknown> & { id: number })[]).map(
    ({ price: _x, prices_to_come: _y, ...s }) => s,
  )
  return { ...rest, fields: {}, skus: kept, ...more }
}
async function seen<T>(path: string, fits: (body: T) => boolean): Promise<T> {
  let found: T | undefined
  for (let n = 0; n < 80; n++) {
    found = (await shop.client()('GET', path)).body as T
    if (fits(found)) return found
    await new Promise((r) => setTimeout(r, 50))
  }
  assert.fail(`the window does not follow: ${JSON.stringify(found).slice(0, 500)}`)
}

test('the grid pages through every SKU once, and hides prices from who may not see them', async () => {
  const all: Row[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Rows = told(
      await merchandiser('GET', `/admin/v1/skus?state=all&limit=97${cursor && `&cursor=${cursor}`}`),
    )
    all.push(...page.items)
    cursor = page.next
  }
  const [{ n }] = (await rows<{ n: number }>('select count(*)::int as n from catalog.sku')) as [{ n: number }]
  assert.equal(all.length, n)
  assert.equal(new Set(all.map((r) => r.sku)).size, n)
  assert.ok(all.every((r) => r.price !== undefined))
  const blind = told<Rows>(await warehouse('GET', '/admin/v1/skus?q=MUG'))
  assert.ok(blind.items.length > 0 && blind.items.every((r) => !('price' in r)))
  const inTableware = told<Rows>(await merchandiser('GET', '/admin/v1/skus?category=tableware')).items
  assert.ok(
    inTableware.some((r) => r.code === 'MUG-WHITE') && !inTableware.some((r) => r.code.startsWith('TEE')),
  )
})

test('cells of many products are saved in one go, once for a key; a refused one is named with its cell and holds up no other', async () => {
  const [mug, indigo, tee] = await Promise.all(['MUG-WHITE', 'MUG-INDIGO', 'TEE-WHITE-M'].map(rowOf))
  assert.ok(mug && indigo && tee && mug.product === indigo.product)
  const key = crypto.randomUUID()
  const products = [
    {
      product: mug.product,
      rows: [
        {
          sku: mug.sku,
          was: { price: mug.price, jan: mug.jan },
          to: { price: 2600, jan: '４９０１２３４５６７８９４' },
        },
        { sku: indigo.sku, was: { name_en: mug.name.en }, to: { name_en: 'Morning calm mug' } },
      ],
    },
    { product: tee.product, rows: [{ sku: tee.sku, was: { jan: tee.jan }, to: { jan: '4901234567890' } }] },
  ]
  const results = await edit(products, key)
  assert.deepEqual(
    results.map((r) => [r.result, r.at]),
    [
      ['saved', null],
      ['refused', { sku: tee.sku, field: 'jan' }],
    ],
  )
  assert.match(results[1]!.title ?? '', /JAN|検査数字/)
  const now = await rowOf('MUG-WHITE')
  assert.deepEqual([now.price, now.jan, now.name.en], [2600, '4901234567894', 'Morning calm mug'])
  await edit(products, key)
  const deeds = await rows<{ subject: string; outcome: string }>(
    `select subject, outcome from access.deed where route = 'skus.edit' order by seq`,
  )
  assert.deepEqual(deeds[0], { subject: `product ${mug.product}, product ${tee.product}`, outcome: 'done' })
  assert.equal((await rowOf('MUG-WHITE')).version, now.version)
  await seen<{ price_max: number }>(`/store/v1/products/${now.product_code}`, (p) => p.price_max === 2600)
})

test('a cell that somebody else has changed meanwhile is named with their value; other cells of the same row are no conflict', async () => {
  const mug = await rowOf('MUG-WHITE')
  const one = (was: object, to: object) => edit([{ product: mug.product, rows: [{ sku: mug.sku, was, to }] }])
  assert.equal((await one({ name_ja: mug.name.ja }, { name_ja: '朝凪のマグ' }))[0]!.result, 'saved')
  const [lost] = await one({ name_ja: mug.name.ja }, { name_ja: '凪マグ' })
  assert.deepEqual(
    [lost!.result, lost!.theirs],
    ['conflict', [{ sku: mug.sku, field: 'name_ja', now: '朝凪のマグ' }]],
  )
  assert.equal((await one({ name_ja: '朝凪のマグ', price: 2600 }, { price: 2650 }))[0]!.result, 'saved')
  assert.equal((await one({ name_ja: '朝凪のマグ' }, { name_ja: mug.name.ja }))[0]!.result, 'saved')
})

test('every change is kept with who made it and what it was; an earlier version comes back as a change of its own', async () => {
  const tee = await rowOf('TEE-WHITE-M')
  const before = await product(tee.product)
  const put = (more: object, b: object) =>
    merchandiser('PUT', `/admin/v1/products/${tee.product}`, { ...b, ...more })
  told(await put({ name: { ja: '白いシャツ', en: '' }, brand: '別の名前' }, await body(tee.product)))
  told(await put({}, await body(tee.product)))
  told(
    await edit([
      {
        product: tee.product,
        rows: [{ sku: tee.sku, was: { weight_grams: null }, to: { weight_grams: 180 } }],
      },
    ]).then((r) => ({ status: 200, body: r }) as unknown as Answer),
  )
  type History = {
    items: {
      version: number
      what: string
      actor: number
      actor_name: string | null
      differences: { sku: string | null; field: string; from: string | null; to: string | null }[]
    }[]
  }
  const history = told<History>(await merchandiser('GET', `/admin/v1/products/${tee.product}/history`)).items
  const [latest, , first] = [history[0]!, history[1]!, history.at(-1)!]
  assert.ok(history.every((h) => h.actor > 0 && h.actor_name))
  assert.ok(latest && first)
  const said = history.flatMap((h) => h.differences)
  assert.ok(said.some((d) => d.field === 'name/ja' && d.to === '白いシャツ' && d.from === before.name.ja))
  assert.ok(said.some((d) => d.field === 'brand' && d.to === '別の名前'))
  const at = `/admin/v1/products/${tee.product}/history/${before.version}`
  const preview = told<{ differences: { field: string; to: string | null }[] }>(await merchandiser('GET', at))
  assert.ok(preview.differences.some((d) => d.field === 'name/ja' && d.to === before.name.ja))
  // In the window the English name falls back to the Japanese one meanwhile.
  await seen<{ name: Text }>(`/store/v1/products/${tee.product_code}`, (p) => p.name.en === '白いシャツ')
  const now = await product(tee.product)
  assert.equal(
    refused(await merchandiser('POST', `${at}/restore`, { version: now.version - 1 })),
    '409 catalog.changed_meanwhile',
  )
  told(await merchandiser('POST', `${at}/restore`, { version: now.version }))
  const back = await product(tee.product)
  assert.deepEqual(
    [back.name, back['brand'], back['picture'], back['categories'], back.skus],
    [before.name, before['brand'], before['picture'], before['categories'], before.skus],
  )
  assert.equal(
    told<History>(await merchandiser('GET', `/admin/v1/products/${tee.product}/history`)).items[0]!.what,
    'restored',
  )
  const far = `/admin/v1/products/${tee.product}/history/99/restore`
  assert.equal(
    refused(await merchandiser('POST', far, { version: back.version })),
    '404 catalog.version_missing',
  )
})

test('a price for a while ends by itself at what is paid without it; what is planned is put right, withdrawn, and the past refused', async () => {
  const mug = await rowOf('MUG-INDIGO')
  const at = `/admin/v1/products/${mug.product}/prices`
  const now = Date.now()
  const day = (n: number) => new Date(now + n * 86_400_000).toISOString()
  const plan = (more: object) => merchandiser('POST', at, { skus: [mug.sku], ...more })
  const inForce = async (n: number) =>
    (
      await rows<{ p: number }>(
        `select (unit_price / 10000)::int as p from pricing.price where sku = $1 and valid_from <= $2 order by valid_from desc, recorded_at desc, id desc limit 1`,
        [mug.sku, day(n)],
      )
    )[0]!.p
  const usual = await inForce(0)
  told(await plan({ price: 1980, from: day(10), until: day(20) }))
  assert.deepEqual([await inForce(9), await inForce(15), await inForce(21)], [usual, 1980, usual])
  // The usual price changes before: the end of the sale follows it.
  told(await plan({ price: 2700, from: day(5) }))
  assert.deepEqual([await inForce(6), await inForce(15), await inForce(21)], [2700, 1980, 2700])
  assert.equal(refused(await plan({ price: 1500, from: day(12) })), '409 pricing.in_the_way')
  assert.equal(refused(await plan({ price: 1500, from: day(-1) })), '422 pricing.past')
  assert.equal(
    refused(await plan({ price: 1500, from: day(30), until: day(29) })),
    '400 pricing.sale_backwards',
  )
  // Moved and made dearer in one go.
  told(await plan({ price: 2100, from: day(12), until: day(18), replaces: day(10) }))
  assert.deepEqual(
    [await inForce(11), await inForce(15), await inForce(19), await inForce(21)],
    [2700, 2100, 2700, 2700],
  )
  told(await merchandiser('POST', `${at}/withdraw`, { skus: [mug.sku], from: day(5) }))
  assert.deepEqual([await inForce(6), await inForce(15), await inForce(19)], [usual, 2100, usual])
  assert.equal(
    refused(await merchandiser('POST', `${at}/withdraw`, { skus: [mug.sku], from: day(6) })),
    '404 pricing.no_such_plan',
  )
  told(await merchandiser('POST', `${at}/withdraw`, { skus: [], from: day(12) }))
  assert.deepEqual([await inForce(15), await inForce(25)], [usual, usual])
  // One that runs now is ended now.
  told(await plan({ price: 900, until: day(3) }))
  assert.equal(await inForce(1), 900)
  // Its usual price, paid for months, may stand beside it as long as that is so.
  const found = await seen<{ variants: { sku: string; offer: { usual: number; until: string } | null }[] }>(
    `/store/v1/products/${mug.product_code}`,
    (p) => p.variants.some((v) => v.offer !== null),
  )
  const offered = found.variants.find((v) => v.sku === 'MUG-INDIGO')!.offer!
  assert.deepEqual([offered.usual, offered.until.slice(0, 16)], [usual, day(3).slice(0, 16)])
  const page = await (
    await fetch(`${shop.url}/p/${mug.product_code}`, { headers: { 'accept-language': 'ja' } })
  ).text()
  assert.match(page, /までの価格 通常価格 <s>2,420円<\/s>/)
  const running = told<{
    skus: {
      sku: number
      prices: { state: string; rule: string; from: string; actor_name: string | null }[]
    }[]
  }>(await merchandiser('GET', at))
    .skus.find((s) => s.sku === mug.sku)!
    .prices.find((p) => p.state === 'now')!
  assert.deepEqual([running.rule, typeof running.actor_name], ['sale', 'string'])
  told(await merchandiser('POST', `${at}/withdraw`, { skus: [], from: running.from }))
  assert.deepEqual([await inForce(1), await inForce(4)], [usual, usual])
  assert.equal((await warehouse('GET', at)).status, 403)
})

test('pictures are known by their content, kept without what the camera wrote, smaller ones beside them; the shop shows them', async () => {
  const made = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#88aacc' } })
  const jpeg = await made(1200, 800)
    .withExif({
      IFD0: { Copyright: 'somewhere' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 40/1 0/1' },
    })
    .jpeg()
    .toBuffer()
  assert.ok((await sharp(jpeg).metadata()).exif)
  const keep = (data: Buffer) => merchandiser('POST', '/admin/v1/pictures', { data: data.toString('base64') })
  type Kept = { file: string; width: number; height: number; sizes: number[] }
  const first = told<Kept>(await keep(jpeg))
  assert.deepEqual([first.width, first.height, first.sizes], [1200, 800, [480, 960]])
  assert.deepEqual(told<Kept>(await keep(jpeg)), first)
  const files = [first]
  for (const kind of ['png', 'webp', 'avif'] as const)
    files.push(told(await keep(await made(600, 600).toFormat(kind).toBuffer())))
  assert.equal(
    refused(await keep(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))),
    '400 media.kind',
  )
  assert.equal(refused(await keep(jpeg.subarray(0, 60))), '400 media.broken')
  assert.equal(
    refused(await keep(await made(8000, 6000).png({ compressionLevel: 9 }).toBuffer())),
    '400 media.pixels',
  )
  assert.equal(
    refused(await keep(Buffer.concat([jpeg, Buffer.alloc(10 * 1_048_576)]))),
    '400 media.too_large',
  )
  // Nobody who has not signed in is read at length.
  const guest = await shop.client()('POST', '/admin/v1/pictures', { data: 'A'.repeat(6_000_000) })
  assert.equal(guest.status, 401)

  const got = await fetch(`${shop.url}/pictures/${first.file}`)
  assert.deepEqual(
    [got.status, got.headers.get('content-type'), got.headers.get('cache-control')],
    [200, 'image/jpeg', 'public, max-age=31536000, immutable'],
  )
  assert.equal((await sharp(Buffer.from(await got.arrayBuffer())).metadata()).exif, undefined)
  const small = first.file.replace('.jpg', '-480.webp')
  const { width } = await sharp(
    Buffer.from(await (await fetch(`${shop.url}/pictures/${small}`)).arrayBuffer()),
  ).metadata()
  assert.equal(width, 480)
  assert.equal((await fetch(`${shop.url}/pictures/${'0'.repeat(64)}.jpg`)).status, 404)

  const tee = await rowOf('TEE-WHITE-M')
  const alt = { ja: '白いTシャツの正面', en: '' }
  const pictures = [
    { file: first.file, alt, skus: [] },
    { file: files[1]!.file, alt: { ja: '', en: '' }, skus: [tee.sku] },
  ]
  told(await merchandiser('PUT', `/admin/v1/products/${tee.product}`, await body(tee.product, { pictures })))
  const shown = await seen<{
    thumbnail: string
    picture: string
    pictures: { file: string; alt: Text; skus: string[] }[]
  }>(`/store/v1/products/${tee.product_code}`, (p) => p.picture === first.file)
  assert.equal(shown.thumbnail, small)
  assert.deepEqual(
    shown.pictures.map((p) => p.skus),
    [[], ['TEE-WHITE-M']],
  )
  assert.equal(shown.pictures[0]!.alt.en, '白いTシャツの正面')
  const page = await (
    await fetch(`${shop.url}/p/${tee.product_code}`, { headers: { 'accept-language': 'ja' } })
  ).text()
  assert.ok(page.includes(`alt="白いTシャツの正面"`) && page.includes(`${small} 480w`))
  assert.ok(page.includes(`"image":["${shop.url}/pictures/${first.file}"`))
  const lost = [{ file: `${'a'.repeat(64)}.jpg`, alt, skus: [] }]
  assert.equal(
    refused(
      await merchandiser(
        'PUT',
        `/admin/v1/products/${tee.product}`,
        await body(tee.product, { pictures: lost }),
      ),
    ),
    '400 catalog.picture_unknown',
  )
})

test('categories are made, moved, ordered, merged and put away; products, shelves of the shop and its paths follow', async () => {
  const list = async () =>
    new Map(
      told<{ items: Category[] }>(await merchandiser('GET', '/admin/v1/categories')).items.map((c) => [
        c.code,
        c,
      ]),
    )
  const of = async (code: string) => (await list()).get(code)!
  const name = (ja: string, en: string) => ({ ja, en })
  const make = (code: string, parent: number | null) =>
    merchandiser('POST', '/admin/v1/categories', { code, parent, name: name(`棚 ${code}`, `Shelf ${code}`) })
  const tableware = await of('tableware')
  const spring = told<{ category: number }>(await make('spring', tableware.category)).category
  const early = told<{ category: number }>(await make('early-spring', spring)).category
  assert.equal(refused(await make('spring', null)), '409 catalog.category_code_taken')
  const move = async (code: string, to: object) =>
    merchandiser('POST', `/admin/v1/categories/${(await of(code)).category}/move`, {
      version: (await of(code)).version,
      ...to,
    })
  assert.equal(refused(await move('tableware', { parent: early, next: null })), '400 catalog.category_within')
  await make('late', early)
  assert.equal(refused(await make('too-deep', (await of('late')).category)), '400 catalog.category_too_deep')
  told(await move('spring', { parent: null, next: tableware.category }))
  const shown = await seen<{ categories: { code: string; parent: string | null }[] }>('/store/v1/shop', (s) =>
    s.categories.some((c) => c.code === 'spring' && c.parent === null),
  )
  const top = shown.categories.filter((c) => c.parent === null).map((c) => c.code)
  assert.equal(top.indexOf('spring') + 1, top.indexOf('tableware'))

  const [mug, tee] = [(await rowOf('MUG-WHITE')).product, (await rowOf('TEE-WHITE-M')).product]
  told(await merchandiser('POST', `/admin/v1/categories/${early}/products`, { add: [mug, tee], remove: [] }))
  type List = { items: { code: string }[]; total: number; next: string | null; ordered?: boolean }
  const before = await seen<List>('/store/v1/products?category=spring', (l) => l.total === 2)
  const wanted = before.items.toReversed().map((i) => i.code)
  const ids = new Map(
    told<{ items: { product: number; code: string }[] }>(
      await merchandiser('GET', `/admin/v1/categories/${early}/products`),
    ).items.map((p) => [p.code, p.product]),
  )
  const first = wanted.map((code) => ids.get(code)!)
  const order = await of('early-spring')
  told(await merchandiser('PUT', `/admin/v1/categories/${early}/first`, { version: order.version, first }))
  assert.equal(
    refused(
      await merchandiser('PUT', `/admin/v1/categories/${early}/first`, { version: order.version, first }),
    ),
    '409 catalog.category_changed_meanwhile',
  )
  const put = await seen<List>('/store/v1/products?category=early-spring', (l) => l.ordered === true)
  assert.deepEqual(
    put.items.map((i) => i.code),
    wanted,
  )
  const half = await seen<List>('/store/v1/products?category=early-spring&limit=1', () => true)
  const rest = await seen<List>(
    `/store/v1/products?category=early-spring&limit=1&cursor=${half.next}`,
    () => true,
  )
  assert.deepEqual([half.items[0]!.code, rest.items[0]!.code, rest.next], [...wanted, null])
  const page = await (
    await fetch(`${shop.url}/c/early-spring`, { headers: { 'accept-language': 'ja' } })
  ).text()
  assert.ok(page.includes('おすすめ順') && page.includes('<a href="/c/spring">棚 spring</a>'))

  const close = async (code: string, into: number | null) =>
    merchandiser('POST', `/admin/v1/categories/${(await of(code)).category}/close`, {
      version: (await of(code)).version,
      into,
    })
  assert.equal(refused(await close('early-spring', null)), '422 catalog.category_has_others')
  told(await close('late', null))
  assert.deepEqual(
    (({ moved, left }) => [moved, left])(
      told<{ moved: number; left: boolean }>(await close('early-spring', spring)),
    ),
    [2, false],
  )
  assert.deepEqual((await of('spring')).first, first)
  const merged = await seen<List>(
    '/store/v1/products?category=spring',
    (l) => l.ordered === true && l.total === 2,
  )
  assert.deepEqual(
    merged.items.map((i) => i.code),
    wanted,
  )
  assert.equal(
    (await shop.client()('GET', '/store/v1/products?category=early-spring')).body.hasOwnProperty('items'),
    true,
  )
  assert.ok((await product(mug))['categories'] instanceof Array)
  assert.ok(((await product(mug))['categories'] as string[]).includes('spring'))
  told(await close('spring', null))
  await seen<{ categories: { code: string }[] }>(
    '/store/v1/shop',
    (s) => !s.categories.some((c) => c.code === 'spring'),
  )
  assert.ok(!((await product(mug))['categories'] as string[]).includes('spring'))
})
