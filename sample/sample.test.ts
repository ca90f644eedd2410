import assert from 'node:assert/strict'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { members, past, range, sample } from '#sample'
import { drawn, drawnProducts } from './draw.ts'

const all = [...sample.products, ...range.map((one) => one.product)]
const skus = all.flatMap((product) => product.variants)
const products = new Map(all.map((product) => [product.code, product]))
const picture = (name: string) => new URL(`pictures/${name}`, import.meta.url)

function unique(name: string, values: readonly string[]) {
  const doubled = values.filter((value, at) => values.indexOf(value) !== at)
  assert.deepEqual(doubled, [], `${name} given twice`)
}

/** Every pair of texts in the sample with the road that leads to it. */
function texts(value: unknown, road = 'sample'): { road: string; ja: unknown; en: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  if ('ja' in value || 'en' in value) {
    const { ja, en } = value as { ja?: unknown; en?: unknown }
    return [{ road, ja, en }]
  }
  return Object.entries(value).flatMap(([key, below]) => texts(below, `${road}.${key}`))
}

test('sixty products of about two hundred SKUs for tests, near three hundred of six hundred in the shop, two warehouses, three stores', () => {
  assert.equal(sample.products.length, 60)
  const few = sample.products.flatMap((product) => product.variants).length
  assert.ok(few >= 190 && few <= 210, `${few} SKUs`)
  assert.ok(all.length >= 275 && all.length <= 320, `${all.length} products`)
  assert.ok(skus.length >= 580 && skus.length <= 680, `${skus.length} SKUs`)
  assert.equal(sample.places.filter((place) => place.kind === 'warehouse').length, 2)
  assert.equal(sample.places.filter((place) => place.kind === 'store').length, 3)
})

test('codes, SKUs, JANs, addresses of staff and device keys are given once', () => {
  unique(
    'product',
    all.map((product) => product.code),
  )
  unique(
    'category',
    sample.categories.map((category) => category.code),
  )
  unique(
    'place',
    sample.places.map((place) => place.code),
  )
  unique(
    'SKU',
    skus.map((variant) => variant.sku),
  )
  unique(
    'JAN',
    skus.map((variant) => variant.jan),
  )
  unique(
    'staff',
    sample.staff.map((person) => person.email),
  )
  unique(
    'device key',
    sample.tills.map((till) => till.deviceKey),
  )
  unique(
    'shelf',
    sample.stock.map((row) => `${row.sku}@${row.place}`),
  )
  unique(
    'picture',
    all.map((product) => product.picture),
  )
})

test('every JAN is of the in-store range and its digits, weighted 1 and 3, sum to a multiple of ten', () => {
  for (const { sku, jan } of skus) {
    assert.match(jan, /^2[0-9]{12}$/, sku)
    const sum = [...jan].reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0)
    assert.equal(sum % 10, 0, sku)
  }
})

test('the registration number is T and thirteen digits that open with their check digit', () => {
  const number = sample.shop.legalEntity.registrationNumber
  assert.match(number, /^T[1-9][0-9]{12}$/)
  const digits = [...number.slice(2)].map(Number)
  const weighted = digits.reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 2 : 1), 0)
  assert.equal(Number(number[1]), 9 - (weighted % 9))
})

test('every category, SKU, place and option value that is named exists', () => {
  const categories = new Set(sample.categories.map((category) => category.code))
  const places = new Set(sample.places.map((place) => place.code))
  const known = new Set(skus.map((variant) => variant.sku))
  for (const category of sample.categories)
    assert.ok(!category.parent || categories.has(category.parent), category.code)
  for (const product of all) {
    assert.ok(product.categories.length > 0, product.code)
    for (const code of product.categories) assert.ok(categories.has(code), `${product.code}: ${code}`)
    for (const part of product.components ?? [])
      assert.ok(known.has(part.sku), `${product.code}: ${part.sku}`)
    for (const variant of product.variants) {
      assert.deepEqual(
        Object.keys(variant.options),
        product.options.map((option) => option.code),
        variant.sku,
      )
      for (const option of product.options)
        assert.ok(
          option.values.some((value) => value.code === variant.options[option.code]),
          variant.sku,
        )
    }
  }
  for (const row of sample.stock)
    assert.ok(known.has(row.sku) && places.has(row.place), `${row.sku}@${row.place}`)
  for (const person of sample.staff) assert.ok(!person.place || places.has(person.place), person.email)
  for (const till of sample.tills) assert.ok(places.has(till.place), till.code)
})

test('no category is empty', () => {
  const used = new Set(sample.products.flatMap((product) => product.categories))
  const parents = new Set(sample.categories.flatMap((category) => category.parent ?? []))
  for (const { code } of sample.categories) assert.ok(used.has(code) || parents.has(code), code)
})

test('every text says something in Japanese and in English', () => {
  const pairs = [...texts(sample), ...texts(range)]
  assert.ok(pairs.length > 300, `${pairs.length} texts`)
  for (const { road, ja, en } of pairs) {
    assert.ok(typeof ja === 'string' && ja.trim() !== '', `${road}.ja`)
    assert.ok(typeof en === 'string' && en.trim() !== '', `${road}.en`)
    assert.doesNotMatch(en, /[\u3040-\u30ff\u4e00-\u9fff]/, `${road}.en`)
  }
  for (const product of all) {
    assert.match(product.name.ja + product.summary.ja, /[\u3040-\u30ff]/, product.code)
    assert.match(product.kana, /^[ァ-ヶー ]+$/, product.code)
  }
})

test('prices and costs are whole yen, and nothing is sold below cost', () => {
  for (const { sku, price, cost } of skus) {
    assert.ok(Number.isInteger(price) && Number.isInteger(cost), sku)
    assert.ok(cost > 0 && cost < price, sku)
  }
})

test('food is taxed at the reduced rate, sake at the standard rate and from twenty years', () => {
  for (const product of all) {
    const categories = new Set(product.categories)
    assert.equal(
      product.tax === 'reduced',
      categories.has('tea-coffee') || categories.has('pantry'),
      product.code,
    )
    assert.equal(product.age === 20, categories.has('sake'), product.code)
    if (product.age)
      assert.match(product.description.ja, /20歳未満の者の飲酒は法律で禁止されています。/, product.code)
  }
  assert.equal(sample.products.filter((product) => product.age).length, 3)
})

test('a set is cheaper or boxed, has no shelf of its own, and its parts bear one tax rate', () => {
  const sets = sample.products.filter((product) => product.components)
  assert.equal(sets.length, 3)
  const maker = (sku: string) =>
    sample.products.find((product) => product.variants.some((variant) => variant.sku === sku))
  for (const set of sets) {
    for (const { sku } of set.variants) assert.ok(!sample.stock.some((row) => row.sku === sku), sku)
    for (const part of set.components ?? []) assert.equal(maker(part.sku)?.tax, set.tax, set.code)
  }
})

test('there is a mug, a product of three colours by four sizes, and one of twenty-four SKUs', () => {
  assert.ok(products.get('asanagi-mug'))
  assert.deepEqual(
    products.get('linen-shirt')?.options.map((option) => option.values.length),
    [3, 4],
  )
  assert.equal(products.get('everyday-tee')?.variants.length, 24)
})

test('stock is uneven: some sold out, some down to the last one, some in a single store', () => {
  const of = (sku: string) => sample.stock.filter((row) => row.sku === sku)
  const total = (sku: string) => of(sku).reduce((sum, row) => sum + row.quantity, 0)
  const stores = new Set(sample.places.filter((place) => place.kind === 'store').map((place) => place.code))
  const shelved = sample.products
    .filter((product) => !product.components)
    .flatMap((product) => product.variants)
  const count = (claim: (sku: string) => boolean) => shelved.filter(({ sku }) => claim(sku)).length
  assert.ok(sample.stock.every((row) => Number.isInteger(row.quantity) && row.quantity > 0))
  assert.ok(count((sku) => total(sku) === 0) >= 4)
  assert.ok(count((sku) => total(sku) === 1) >= 4)
  assert.ok(count((sku) => of(sku).length === 1 && stores.has(of(sku)[0]!.place)) >= 4)
})

test('every role has somebody, and whoever stands in a store has a PIN', () => {
  const roles = new Set(sample.staff.map((person) => person.role))
  assert.equal(roles.size, 8)
  for (const person of sample.staff) if (person.role === 'store') assert.match(person.pin ?? '', /^[0-9]{4}$/)
})

test('every product has a picture of at most 12 kB, and there is no picture without a product', () => {
  for (const product of all) {
    assert.ok(existsSync(picture(product.picture)), product.picture)
    const bytes = statSync(picture(product.picture)).size
    assert.ok(bytes <= 12_000, `${product.picture}: ${bytes} bytes`)
  }
  const wanted = new Set(all.map((product) => product.picture))
  assert.deepEqual(
    readdirSync(picture('')).filter((name) => !wanted.has(name)),
    [],
  )
})

test('what is drawn comes out the same every time', () => {
  for (const { code } of drawnProducts) assert.equal(drawn(code), drawn(code), code)
})

test('the past is the same each time, eighteen months long, in opening hours, and sells what there is', () => {
  const until = new Date('2026-11-22T12:00:00+09:00')
  const sales = past(all, until)
  assert.deepEqual(past(all, until), sales)
  assert.ok(sales.length > 1200 && sales.length < 2500, `${sales.length} sales`)
  const known = new Map(skus.map((v) => [v.sku, v.price]))
  const months = new Set<string>()
  for (const sale of sales) {
    assert.ok(sale.at < until)
    months.add(sale.at.toISOString().slice(0, 7))
    assert.equal(
      sale.total,
      sale.lines.reduce((sum, l) => sum + known.get(l.sku)! * l.quantity, 0),
      sale.number,
    )
    const hour = new Date(sale.at.getTime() + 9 * 3_600_000).getUTCHours()
    assert.ok(hour >= 10 && hour <= 20, `${sale.number} at ${hour}`)
  }
  assert.ok(months.size >= 18)
})

test('members have cards of the in-store range, given once, and addresses and numbers that reach nobody', () => {
  assert.ok(members.length >= 40)
  assert.equal(new Set(members.map((m) => m.card)).size, members.length)
  assert.equal(new Set(members.map((m) => m.phone)).size, members.length)
  for (const m of members) {
    const sum = [...m.card].reduce((s, d, i) => s + Number(d) * (i % 2 ? 3 : 1), 0)
    assert.ok(/^29\d{11}$/.test(m.card) && sum % 10 === 0, m.card)
    assert.match(m.email, /@example\.jp$/)
    assert.match(m.phone, /^090-0000-\d{4}$/)
    assert.match(m.kana, /^[ァ-ヺー]+$/)
  }
  const shown = past(all, new Date('2026-04-20T00:00:00Z')).map((s) => s.member)
  assert.ok(new Set(shown.filter((m) => m !== undefined)).size > members.length / 2)
})
