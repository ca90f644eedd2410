/** The door for products: made, changed, archived and brought back over HTTP; the window, carts and orders follow. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { prooves } from '#flows/reads'
import { buy, openShop, proveBooks, type Answer, type Client, type Shop } from '#testing'

let shop: Shop, db: pg.Client, owner: Client, merchandiser: Client
const extensions = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-extensions-'))
before(async () => {
  fs.mkdirSync(path.join(extensions, 'craft'))
  fs.writeFileSync(
    path.join(extensions, 'craft/index.ts'),
    `export const fields = {
      kiln: { label: { ja: '窯元', en: 'Kiln' }, kind: 'text' },
      handmade: { label: { ja: '手づくり', en: 'Handmade' }, kind: 'yes_no' },
    }`,
  )
  shop = await openShop({ extensions })
  db = new pg.Client(shop.database.owner)
  await db.connect()
  owner = await shop.staff('owner')
  merchandiser = await shop.staff('merchandiser')
})
after(async () => {
  try {
    await proveBooks(shop.database.owner, prooves)
  } finally {
    await db?.end()
    await shop?.close()
    fs.rmSync(extensions, { recursive: true, force: true })
  }
})
type Sku = Record<string, unknown> & { id: number; code: string; price?: number | null; archived: boolean }
type Product = Record<string, unknown> & {
  product: number
  version: number
  skus: Sku[]
  fields: Record<string, unknown>
}
type Saved = { product: number; version: number; skus: { sku: number; code: string }[] }
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
const refused = (a: Answer) => {
  const { code, title, detail } = a.body as unknown as {
    code: string
    title: string
    detail?: { at?: string }
  }
  return { status: a.status, code, title, at: detail?.at }
}
const text = (ja: string, en: string) => ({ ja, en })
const sku = (code: string, more: object = {}) => ({
  code,
  jan: null,
  options: {},
  unit: 'piece',
  decimals: 0,
  case_pack: null,
  weight_grams: null,
  lot_kept: false,
  components: null,
  archived: false,
  ...more,
})
const vase = (more: object = {}) => ({
  code: 'hagi-vase',
  brand: 'みぎわと',
  name: text('萩の花入れ', 'Hagi vase'),
  kana: 'ハギノハナイレ',
  summary: text('一輪のための花入れです。', 'A vase for one stem.'),
  description: null,
  tax_class: 'standard',
  age: null,
  picture: null,
  categories: ['tableware'],
  options: [],
  fields: {},
  skus: [sku('VASE', { jan: '4901234567894', case_pack: 12, price: 5500 })],
  ...more,
})
/** What is sent to change it: as it was read, but for this. */
const changed = async (product: number, more: (p: Product) => object = () => ({})) => {
  const p = told<Product>(await merchandiser('GET', `/admin/v1/products/${product}`))
  const { product: _p, created_at: _c, archived_at: _a, fields: _f, ...rest } = p
  const skus = p.skus.map(({ price: _x, prices_to_come: _y, ...s }) => s)
  return { ...rest, fields: {}, skus, ...more(p) }
}
/** The window follows within a moment. */
async function seen(code: string, fits: (p: Window | undefined) => boolean): Promise<Window | undefined> {
  let found: Window | undefined
  for (let n = 0; n < 80; n++) {
    const a = await shop.client()('GET', `/store/v1/products/${code}`)
    found = a.status === 200 ? (a.body as unknown as Window) : undefined
    if (fits(found)) return found
    await new Promise((r) => setTimeout(r, 50))
  }
  assert.fail(`the window does not follow: ${JSON.stringify(found)}`)
}
type Window = {
  name: { ja: string; en: string }
  price_min: number
  price_max: number
  available: number
  variants: { sku: string; price: number }[]
}
const events = async (product: number) =>
  (
    await db.query(
      `select body, actor from kernel.event where kind = 'catalog.product_changed' and subject = $1 order by seq`,
      [`product:${product}`],
    )
  ).rows

let made: Saved
test('a product is made once, however often it is sent, and is in the window, priced, in both languages', async () => {
  const key = crypto.randomUUID()
  made = told<Saved>(await merchandiser('POST', '/admin/v1/products', vase(), { key }))
  assert.deepEqual(told<Saved>(await merchandiser('POST', '/admin/v1/products', vase(), { key })), made)
  assert.equal((await merchandiser('POST', '/admin/v1/products', vase({ age: 20 }), { key })).status, 409)
  assert.equal(
    (await db.query(`select count(*)::int as n from catalog.product where code = 'hagi-vase'`)).rows[0].n,
    1,
  )
  const p = await seen('hagi-vase', (w) => w !== undefined)
  assert.deepEqual([p!.name, p!.price_min, p!.available], [text('萩の花入れ', 'Hagi vase'), 5500, 0])
  told(
    await owner('POST', '/admin/v1/stock/receipts', { place: 'east', lines: [{ sku: 'VASE', quantity: 3 }] }),
  )
  await seen('hagi-vase', (w) => w?.available === 3)
  assert.equal((await buy(shop.client(), [{ sku: '4901234567894', quantity: 1 }])).status, 200)
  const said = await events(made.product)
  assert.deepEqual(
    said.map((e) => e.body),
    [{ product: made.product, skus: made.skus.map((s) => s.sku) }],
  )
  const listed = told<{ items: { code: string; price_min: number; skus: number }[] }>(
    await merchandiser('GET', '/admin/v1/products?q=4901234567894'),
  )
  assert.deepEqual(
    listed.items.map((i) => [i.code, i.price_min, i.skus]),
    [['hagi-vase', 5500, 1]],
  )
})

test('a change is made on what was seen: of two at once one is refused in words, and the window follows the other', async () => {
  const one = await changed(made.product, () => ({ name: text('萩の花器', 'Hagi flower vase') }))
  const other = await changed(made.product, () => ({ age: 20 }))
  const answers = await Promise.all([
    merchandiser('PUT', `/admin/v1/products/${made.product}`, one),
    owner('PUT', `/admin/v1/products/${made.product}`, other),
  ])
  assert.deepEqual(new Set(answers.map((a) => a.status)), new Set([200, 409]))
  const no = refused(answers.find((a) => a.status === 409)!)
  assert.equal(no.code, 'catalog.changed_meanwhile')
  assert.match(no.title, /ほかの人が変更しました。保存していません/)
  told(
    await merchandiser(
      'PUT',
      `/admin/v1/products/${made.product}`,
      await changed(made.product, () => ({ name: text('萩の花器', 'Hagi flower vase'), age: null })),
    ),
  )
  await seen('hagi-vase', (w) => w?.name.en === 'Hagi flower vase')
  const stale = await merchandiser('POST', `/admin/v1/products/${made.product}/archive`, { version: 1 })
  assert.equal(refused(stale).code, 'catalog.changed_meanwhile')
  console.log('# two changes at once: one kept, one refused')
})

test('another code is found under its new name only, and a SKU that is archived leaves the window and the carts', async () => {
  const at = `/admin/v1/products/${made.product}`
  const options = [
    {
      code: 'size',
      name: text('大きさ', 'Size'),
      values: [
        { code: 's', name: text('小', 'Small') },
        { code: 'l', name: text('大', 'Large') },
      ],
    },
  ]
  const { skus } = told<Saved>(
    await merchandiser(
      'PUT',
      at,
      await changed(made.product, (p) => ({
        code: 'hagi-flower-vase',
        options,
        skus: [
          { ...p.skus[0], price: undefined, prices_to_come: undefined, options: { size: 's' } },
          sku('VASE-L', { options: { size: 'l' }, price: 9900 }),
        ],
      })),
    ),
  )
  const both = await seen('hagi-flower-vase', (w) => w?.price_max === 9900)
  assert.deepEqual(
    both!.variants.map((v) => v.sku),
    ['VASE', 'VASE-L'],
  )
  assert.equal((await shop.client()('GET', '/store/v1/products/hagi-vase')).status, 404)
  told(
    await merchandiser(
      'PUT',
      at,
      await changed(made.product, (p) => ({
        skus: p.skus
          .filter((s) => s.code === 'VASE-L')
          .map(({ price: _p, prices_to_come: _c, ...s }) => ({ ...s, archived: true })),
      })),
    ),
  )
  const left = await seen('hagi-flower-vase', (w) => w?.variants.length === 1)
  assert.equal(left!.price_max, 5500)
  const cart = await shop.client()('POST', '/store/v1/carts', { lines: [{ sku: 'VASE-L', quantity: 1 }] })
  assert.equal(refused(cart).code, 'catalog.sku_archived')
  const last = (await events(made.product)).at(-1)!.body.skus as number[]
  assert.deepEqual(new Set(last), new Set(skus.map((s) => s.sku)), 'every SKU is looked at again')
})

test('while a product changes the window never shows it half: without its SKUs, without its goods, or at another’s price', async () => {
  const at = `/admin/v1/products/${made.product}`
  let looks = 0
  let changing = true
  const watch = (async () => {
    while (changing) {
      const w = shop.services.shopfront.detail(1, 'hagi-flower-vase')
      assert.deepEqual([w?.variants.length, w?.available, w?.price_min, w?.price_max], [1, 2, 5500, 5500])
      const listed = shop.services.shopfront.list(1, { q: 'hagi-flower', limit: 5 })
      assert.equal(listed.items.length, 1)
      looks++
      await new Promise((r) => setImmediate(r))
    }
  })()
  for (let n = 0; n < 20; n++) {
    told(await merchandiser('PUT', at, await changed(made.product, () => ({ brand: `みぎわと ${n}` }))))
    await new Promise((r) => setTimeout(r, 60))
  }
  changing = false
  await watch
  assert.ok(looks > 100)
  console.log(`# 20 changes under ${looks} looks: never half`)
})

test('a price holds from its moment on; one for a day to come can be put right before it comes', async () => {
  const price = (yen: number, from?: Date) =>
    merchandiser('PUT', '/admin/v1/prices', {
      lines: [{ sku: 'VASE', price: yen, ...(from && { from: from.toISOString() }) }],
    })
  const soon = new Date(Date.now() + 1500)
  const later = new Date(Date.now() + 86_400_000)
  told(await price(6000, soon))
  told(await price(6600, soon))
  told(await price(7000, later))
  const p = told<Product>(await merchandiser('GET', `/admin/v1/products/${made.product}`))
  const of = p.skus.find((s) => s.code === 'VASE')!
  assert.equal(of.price, 5500)
  // As moments: a thousandth that ends with a zero is written without it.
  assert.deepEqual(
    (of.prices_to_come as { price: number; from: string }[]).map((c) => [
      c.price,
      new Date(c.from).getTime(),
    ]),
    [
      [6600, soon.getTime()],
      [7000, later.getTime()],
    ],
  )
  assert.equal((await seen('hagi-flower-vase', () => true))!.price_min, 5500)
  await seen('hagi-flower-vase', (w) => w?.price_min === 6600)
  const { rows } = await db.query(
    `select count(*)::int as n from pricing.price p join catalog.sku s on s.id = p.sku where s.code = 'VASE'`,
  )
  assert.equal(rows[0].n, 4, 'nothing that was said about a price is overwritten')
})

test('a tax class holds from its moment on: in the window, in the cart’s sums, on the order', async () => {
  const at = `/admin/v1/products/${made.product}`
  const read = async () => {
    const { tax_class: now, tax_change: coming } = told<{
      tax_class: string
      tax_change: { tax_class: string; from: string } | null
    }>(await merchandiser('GET', at))
    return [now, coming && { ...coming, from: Date.parse(coming.from) }]
  }
  const save = async (more: object) =>
    told(await merchandiser('PUT', at, await changed(made.product, () => more)))
  const taxed = async () => {
    const cart = told<{ cart: string; token: string }>(
      await shop.client()('POST', '/store/v1/checkouts', {
        lines: [{ sku: 'VASE', quantity: 1 }],
        contact: { family: '山田', given: '花子', email: 'tax@example.jp', phone: '090-0000-0000' },
        address: { postal: '150-0001', prefecture: 13, city: '渋谷区', line1: '神宮前1-1' },
        payment: 'cod',
      }),
    ) as unknown as { taxes: { rate: number }[] }
    return cart.taxes.map((t) => t.rate)
  }
  const soon = new Date(Date.now() + 1500)
  await save({ tax_change: { tax_class: 'reduced', from: soon.toISOString() } })
  await save({ brand: 'みぎわと', tax_change: undefined })
  const said = { tax_class: 'reduced', from: soon.getTime() }
  assert.deepEqual(await read(), ['standard', said], 'what is not named stays')
  assert.deepEqual(await taxed(), [1000])
  const { tax_rate: before } = (await seen('hagi-flower-vase', () => true)) as unknown as { tax_rate: number }
  assert.equal(before, 1000)
  await seen('hagi-flower-vase', (w) => (w as unknown as { tax_rate: number }).tax_rate === 800)
  assert.deepEqual(await taxed(), [1000, 800], 'delivery stays at the standard rate')
  assert.deepEqual(await read(), ['reduced', null])
  await save({ brand: null, tax_change: undefined })
  assert.deepEqual(await read(), ['reduced', null], 'a change whose moment has come is the class')
  await save({ tax_class: 'standard', tax_change: { tax_class: 'zero', from: '2099-01-01T00:00:00+09:00' } })
  await save({ tax_change: null })
  assert.deepEqual(await read(), ['standard', null])
})

test('more prices of one moment than are looked at at once are all in the window', async () => {
  const { shopfront, pool } = shop.services
  const soon = new Date(Date.now() + 2500)
  // A sale that begins at midnight, put there as fast as it can be: 6,000 rows of prices for one moment, of real SKUs and of none.
  await pool.query(
    `insert into pricing.price (id, sku, shop, unit_price, valid_from, rule) select 5000000000 + n, coalesce(s.id, 4000000 + n), 1, 7770000, $1, 'list'
     from generate_series(1, 6000) n left join (select id, row_number() over (order by id desc) as r from catalog.sku) s on s.r = 6001 - n`,
    [soon],
  )
  const skus = shopfront.list(1, { q: 'asanagi-mug-large', limit: 1 })
  assert.notEqual(skus.items[0]!.price_max, 777)
  const all = [...shopfront.all(1)].length
  for (let n = 0; ; n++) {
    const left = [...shopfront.all(1)].filter((d) => d.variants.some((v) => v.price !== 777))
    if (left.length === 0) break
    assert.ok(n < 100, `${left.length} of ${all} products keep their old price`)
    await new Promise((r) => setTimeout(r, 100))
  }
  await pool.query(
    `insert into pricing.price (id, sku, shop, unit_price, valid_from, rule) select 6000000000 + id, id, 1, 66000000, now(), 'list' from catalog.sku`,
  )
  await seen('hagi-flower-vase', (w) => w?.price_min === 6600)
  console.log(`# 6000 prices of one moment: ${all} products follow`)
})

test('what cannot be is refused at its field, in both languages, and nothing is kept of it', async () => {
  const count = async () =>
    (await db.query('select count(*)::int as n, sum(version)::int as v from catalog.product')).rows[0]
  const was = await count()
  const many = (n: number) => Array.from({ length: n }, (_, i) => sku(`MANY-${i}`, { archived: true }))
  const cases: [object, string, string | undefined][] = [
    [{ code: 'asanagi-mug' }, 'catalog.code_taken', 'code'],
    [{ skus: [sku('MUG-WHITE')] }, 'catalog.code_taken', 'skus/0/code'],
    [{ skus: [sku('V1'), sku('V2', { jan: '4901234567894' })] }, 'catalog.code_taken', 'skus/1/jan'],
    [{ skus: [sku('4901234567894')] }, 'catalog.code_taken', 'skus/0/code'],
    [{ skus: [sku('V1', { jan: '4901234567890' })] }, 'catalog.jan_wrong', 'skus/0/jan'],
    [{ skus: many(501) }, 'catalog.too_many_variants', 'skus'],
    [{ categories: ['tableware', 'no-such'], skus: [sku('V1')] }, 'catalog.category_missing', 'categories/1'],
    [{ skus: [sku('V1', { options: { size: 's' } })] }, 'catalog.options_unfit', 'skus/0/options'],
    [
      { skus: [sku('V1', { components: [{ sku: 'NO-SUCH', quantity: 1 }] })] },
      'catalog.sku_missing',
      undefined,
    ],
    [
      { skus: [sku('V1', { components: [{ sku: 'PAIR-MUG', quantity: 1 }] })] },
      'catalog.set_of_sets',
      'skus/0/components',
    ],
    [{ fields: { 'craft.shoe': 'x' }, skus: [sku('V1')] }, 'catalog.field_unknown', 'fields/craft.shoe'],
    [{ fields: { 'other.kiln': 'x' }, skus: [sku('V1')] }, 'catalog.field_unknown', 'fields/other.kiln'],
    [
      { fields: { 'craft.handmade': 'yes' }, skus: [sku('V1')] },
      'catalog.field_unfit',
      'fields/craft.handmade',
    ],
  ]
  const set = (await db.query('select code from catalog.sku where components is not null limit 1')).rows[0]
    .code
  for (const [more, code, at] of cases) {
    const asked = JSON.parse(
      JSON.stringify(vase({ code: 'other', ...more })).replace('PAIR-MUG', set),
    ) as object
    for (const lang of ['ja', 'en']) {
      const a = await merchandiser('POST', '/admin/v1/products', asked, {
        headers: { 'accept-language': lang },
      })
      assert.ok(a.status >= 400 && a.status < 500, JSON.stringify(a.body))
      const no = refused(a)
      assert.deepEqual([no.code, no.at], [code, at])
      assert.equal(/[぀-ヿ]/.test(no.title), lang === 'ja', no.title)
    }
  }
  // What is not even well formed names its field, too.
  for (const [more, field] of [
    [{ name: { ja: '', en: 'x' } }, 'body/name/ja'],
    [{ tax_class: 'cheap' }, 'body/tax_class'],
    [{ skus: [] }, 'body/skus'],
    [{ fields: { kiln: 'x' } }, 'body/fields'],
  ] as const) {
    const a = await merchandiser('POST', '/admin/v1/products', vase({ code: 'other', ...more }))
    const { errors } = a.body as unknown as { errors: { path: string }[] }
    assert.deepEqual(
      [a.status, errors.some((e) => e.path.startsWith(field))],
      [400, true],
      JSON.stringify(errors),
    )
  }
  const decimals = await merchandiser(
    'PUT',
    `/admin/v1/products/${made.product}`,
    await changed(made.product, (p) => ({
      skus: p.skus.map(({ price: _p, prices_to_come: _c, ...s }) => ({ ...s, decimals: 2 })),
    })),
  )
  assert.equal(refused(decimals).code, 'catalog.decimals_fixed')
  assert.deepEqual(await count(), was)
  console.log(`# ${cases.length} refusals in two languages, 4 ill-formed bodies, 0 rows changed`)
})

test('500 variants are kept; the next one is refused in words', async () => {
  const { product } = told<Saved>(
    await merchandiser(
      'POST',
      '/admin/v1/products',
      vase({
        code: 'ribbon',
        options: [
          {
            code: 'colour',
            name: text('色', 'Colour'),
            values: Array.from({ length: 500 }, (_, i) => ({
              code: `c${i}`,
              name: text(`色${i}`, `Colour ${i}`),
            })),
          },
        ],
        skus: Array.from({ length: 500 }, (_, i) =>
          sku(`RIBBON-${i}`, { options: { colour: `c${i}` }, price: 100 + i, unit: 'metre', decimals: 2 }),
        ),
      }),
    ),
  )
  assert.equal((await seen('ribbon', (w) => w?.variants.length === 500))!.price_max, 599)
  const more = await merchandiser(
    'PUT',
    `/admin/v1/products/${product}`,
    await changed(product, () => ({ skus: [sku('RIBBON-X', { archived: true })] })),
  )
  assert.deepEqual([refused(more).code, more.status], ['catalog.too_many_variants', 400])
  assert.match(refused(more).title, /500件まで/)
})

test('an archived product is sold nowhere and stays on its orders, in the books and in the list of what was; it comes back', async () => {
  const { order } = told<{ order: number }>(await buy(shop.client(), [{ sku: 'VASE', quantity: 1 }]))
  const held = await shop.client()('POST', '/store/v1/carts', { lines: [{ sku: 'VASE', quantity: 1 }] })
  const cart = held.body as unknown as { cart: string; token: string }
  const { version } = told<Product>(await merchandiser('GET', `/admin/v1/products/${made.product}`))
  const away = told<Product>(
    await merchandiser('POST', `/admin/v1/products/${made.product}/archive`, { version }),
  )
  assert.equal(away.version, version + 1)
  await seen('hagi-flower-vase', (w) => w === undefined)
  assert.equal(refused(await buy(shop.client(), [{ sku: 'VASE', quantity: 1 }])).code, 'catalog.sku_archived')
  const shown = await shop.client()('GET', `/store/v1/carts/${cart.cart}`, undefined, {
    headers: { 'akinai-cart-token': cart.token },
  })
  assert.equal(told<{ lines: { problem: string }[] }>(shown).lines[0]!.problem, 'archived')
  const kept = told<{ lines: { code: string; name: { en: string } }[] }>(
    await owner('GET', `/admin/v1/orders/${order}`),
  )
  assert.deepEqual(
    kept.lines.map((l) => [l.code, l.name.en]),
    [['VASE', 'Hagi flower vase']],
  )
  assert.equal(
    (await owner('POST', `/admin/v1/orders/${order}/ship`, {})).status,
    200,
    'what was sold is shipped',
  )
  const codes = async (state: string) =>
    told<{ items: { code: string }[] }>(
      await merchandiser('GET', `/admin/v1/products?state=${state}&q=hagi-flower`),
    ).items.map((i) => i.code)
  assert.deepEqual(
    [await codes('live'), await codes('archived'), await codes('all')],
    [[], ['hagi-flower-vase'], ['hagi-flower-vase']],
  )
  // Said twice it is done once.
  const again = told<Product>(
    await merchandiser('POST', `/admin/v1/products/${made.product}/archive`, { version: away.version }),
  )
  assert.equal(again.version, away.version)
  told(await merchandiser('POST', `/admin/v1/products/${made.product}/restore`, { version: away.version }))
  await seen('hagi-flower-vase', (w) => w?.available === 1)
  assert.equal((await buy(shop.client(), [{ sku: 'VASE', quantity: 1 }])).status, 200)
  const rows = (
    await db.query(`select count(*)::int as n from catalog.sku where product = $1`, [made.product])
  ).rows[0].n
  assert.equal(rows, 2, 'nothing was deleted')
})

test('the fields of an extension are kept under its name, shown, and stay when others change', async () => {
  const { fields } = told<{ fields: { field: string; label: { ja: string }; kind: string }[] }>(
    await merchandiser('GET', '/admin/v1/products/terms'),
  )
  assert.deepEqual(
    fields.filter((f) => f.field.startsWith('craft.')),
    [
      { field: 'craft.kiln', label: text('窯元', 'Kiln'), kind: 'text' },
      { field: 'craft.handmade', label: text('手づくり', 'Handmade'), kind: 'yes_no' },
    ],
  )
  const at = `/admin/v1/products/${made.product}`
  const set = async (told_: object) =>
    told(await merchandiser('PUT', at, await changed(made.product, () => ({ fields: told_ }))))
  const kept = async () => told<Product>(await merchandiser('GET', at)).fields
  await set({ 'craft.kiln': '萩・東窯', 'craft.handmade': true })
  await set({ 'craft.handmade': false })
  assert.deepEqual(await kept(), { 'craft.kiln': '萩・東窯', 'craft.handmade': false })
  await set({ 'craft.kiln': null })
  assert.deepEqual(await kept(), { 'craft.handmade': false })
  assert.deepEqual(
    (await db.query('select extension from catalog.product where id = $1', [made.product])).rows[0].extension,
    { craft: { handmade: false } },
  )
})

test('an extension that declares its fields wrongly stops the start, in words', async () => {
  const broken = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-extensions-'))
  fs.mkdirSync(path.join(broken, 'shoes'))
  fs.writeFileSync(path.join(broken, 'shoes/index.ts'), `export const fields = { size: 'number' }`)
  await assert.rejects(
    openShop({ database: shop.database, sample: false, work: false, extensions: broken }),
    /extensions\/shoes: fields must be/,
  )
  fs.rmSync(broken, { recursive: true })
})

test('who may not see prices sees products without them', async () => {
  const warehouse = await shop.staff('east')
  const list = told<{ items: object[] }>(await warehouse('GET', '/admin/v1/products?limit=5'))
  assert.ok(list.items.length > 0 && list.items.every((i) => !('price_min' in i) && !('price_max' in i)))
  const one = told<Product>(await warehouse('GET', `/admin/v1/products/${made.product}`))
  assert.ok(one.skus.every((s) => !('price' in s) && !('prices_to_come' in s)))
  assert.ok(!JSON.stringify(one).includes('6600'))
  assert.ok(
    'price' in
      told<Product>(await (await shop.staff('marketer'))('GET', `/admin/v1/products/${made.product}`))
        .skus[0]!,
  )
})

test('what a mall sold under an unknown code becomes a product: named, priced, sold', async () => {
  told(
    await owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: 'R-9',
      placed_at: '2026-11-22T10:00:00+09:00',
      lines: [{ sku: 'MYSTERY-1', quantity: 1, unit_price: 900 }],
      total: 900,
      paid: true,
      destination: { contact: {}, address: {} },
    }),
  )
  const [found] = told<{ items: { product: number; archived: boolean }[] }>(
    await merchandiser('GET', '/admin/v1/products?state=archived&q=MYSTERY-1'),
  ).items
  assert.ok(found?.archived)
  const body = await changed(found.product, (p) => ({
    code: 'wind-bell',
    name: text('風鈴', 'Wind bell'),
    skus: p.skus.map(({ price: _p, prices_to_come: _c, ...s }) => ({ ...s, price: 1200 })),
  }))
  const { version } = told<Saved>(await merchandiser('PUT', `/admin/v1/products/${found.product}`, body))
  told(await merchandiser('POST', `/admin/v1/products/${found.product}/restore`, { version }))
  const bell = await seen('wind-bell', (w) => w !== undefined)
  assert.deepEqual([bell!.name.ja, bell!.price_min], ['風鈴', 1200])
})
