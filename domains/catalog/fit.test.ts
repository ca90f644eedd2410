import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '#kernel/refusal'
import { declareFields, flatFields, withFields } from './fields.ts'
import { demandFit, type SkuDraft } from './fit.ts'
import { isJan } from './jan.ts'

const sku = (code: string, more: Partial<SkuDraft> = {}): SkuDraft => ({
  code,
  jan: null,
  options: {},
  unit: 'piece',
  decimals: 0,
  case_pack: null,
  weight_grams: null,
  lot_kept: false,
  serial_kept: false,
  components: null,
  archived: false,
  ...more,
})
const text = (t: string) => ({ ja: t, en: t })
const colours = [
  { code: 'colour', name: text('c'), values: ['white', 'indigo'].map((c) => ({ code: c, name: text(c) })) },
]
const refused = (run: () => void): [string, unknown] => {
  try {
    run()
  } catch (e) {
    assert.ok(e instanceof Refusal, String(e))
    return [e.code, e.detail.at]
  }
  throw new Error('was not refused')
}

test('a JAN has 8 or 13 digits and the right check digit', () => {
  for (const good of ['4901234567894', '49123456', '2400000010012']) assert.ok(isJan(good), good)
  for (const bad of [
    '4901234567890',
    '49123450',
    '490123456789',
    '49012345678945',
    '４９０１２３４５６７８９４',
    '',
  ])
    assert.ok(!isJan(bad), bad)
})
test('any single wrong digit of a JAN is noticed, and so is any two neighbours swapped but those that differ by five', () => {
  const full = (twelve: string) => {
    for (let d = 0; d < 10; d++) if (isJan(`${twelve}${d}`)) return `${twelve}${d}`
    throw new Error('no check digit')
  }
  let tried = 0
  fc.assert(
    fc.property(
      fc.stringMatching(/^\d{12}$/),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      (twelve, at, by) => {
        const jan = full(twelve)
        const wrong = jan.slice(0, at) + ((Number(jan[at]) + by) % 10) + jan.slice(at + 1)
        assert.ok(!isJan(wrong))
        if (at === 12) return
        const swapped = jan.slice(0, at) + jan[at + 1] + jan[at] + jan.slice(at + 2)
        const apart = Math.abs(Number(jan[at]) - Number(jan[at + 1]))
        assert.equal(isJan(swapped), apart === 0 || apart === 5)
        tried++
      },
    ),
    { numRuns: 2000 },
  )
  console.log(`# ${tried} JANs with a wrong digit and with two swapped`)
})

test('500 SKUs are a product, one more is not, also when the others are there already', () => {
  const many = (n: number) => Array.from({ length: n }, (_, i) => sku(`S-${i}`, { archived: i > 0 }))
  demandFit([], many(500), [])
  assert.deepEqual(
    refused(() => demandFit([], many(501), [])),
    ['catalog.too_many_variants', 'skus'],
  )
  const before = many(500).map((s, i) => ({ ...s, id: i + 1 }))
  demandFit([], [{ ...before[7]!, code: 'OTHER' }], before)
  assert.deepEqual(
    refused(() => demandFit([], [sku('NEW', { archived: true })], before)),
    ['catalog.too_many_variants', 'skus'],
  )
})

test('each SKU on sale names one value of every option, and no two the same', () => {
  const white = sku('W', { options: { colour: 'white' } })
  demandFit(colours, [white, sku('I', { options: { colour: 'indigo' } })], [])
  demandFit(colours, [white, sku('OLD', { options: {}, archived: true })], [])
  for (const options of [
    {},
    { colour: 'moss' },
    { size: 'm' },
    { colour: 'white', size: 'm' },
    { colour: 'white' },
  ])
    assert.deepEqual(
      refused(() =>
        demandFit(colours, [white, sku('X', { options: options as Record<string, string> })], []),
      ),
      ['catalog.options_unfit', 'skus/1/options'],
    )
  // A SKU that the editor did not touch must fit the new options, too.
  assert.deepEqual(
    refused(() => demandFit([], [], [{ ...white, id: 1 }])),
    ['catalog.options_unfit', 'options'],
  )
  assert.equal(refused(() => demandFit([colours[0]!, colours[0]!], [white], []))[0], 'catalog.options_unfit')
})

test('decimals stay as they are, a set stays a set, and a SKU is named once', () => {
  const was = { ...sku('A'), id: 1 }
  const change = (more: Partial<SkuDraft>) => refused(() => demandFit([], [{ ...was, ...more }], [was]))
  assert.deepEqual(change({ decimals: 2 }), ['catalog.decimals_fixed', 'skus/0/decimals'])
  assert.deepEqual(change({ components: [{ sku: 9, quantity: 1 }] }), [
    'catalog.set_fixed',
    'skus/0/components',
  ])
  assert.equal(change({ id: 2 })[0], 'catalog.sku_missing')
  assert.equal(
    refused(() => demandFit([], [was, { ...was, code: 'B', archived: true }], [was]))[0],
    'catalog.sku_missing',
  )
  assert.deepEqual(
    refused(() => demandFit([], [sku('A'), sku('A', { archived: true })], [])),
    ['catalog.code_taken', 'skus/1/code'],
  )
  assert.deepEqual(
    refused(() => demandFit([], [sku('A', { jan: '4901234567890' })], [])),
    ['catalog.jan_wrong', 'skus/0/jan'],
  )
})

test('a field is written under a declared name only; what another extension keeps stays', () => {
  declareFields('kilns', {
    maker: { label: text('maker'), kind: 'text' },
    year: { label: text('year'), kind: 'number' },
    handmade: { label: text('handmade'), kind: 'yes_no' },
  })
  const kept = { gone: { note: 'of an extension that was removed' }, kilns: { year: 1962 } }
  const next = withFields(kept, { 'kilns.maker': '東窯', 'kilns.handmade': false, 'kilns.year': null })
  assert.deepEqual(flatFields(next), {
    'gone.note': 'of an extension that was removed',
    'kilns.maker': '東窯',
    'kilns.handmade': false,
  })
  assert.deepEqual(kept.kilns, { year: 1962 })
  for (const field of [
    'gone.note',
    'kilns.shoe',
    'kilns',
    'kilns.maker.x',
    '__proto__.x',
    'constructor.name',
    'kilns.constructor',
    'kilns.toString',
  ])
    for (const told of ['x', null])
      assert.deepEqual(
        refused(() => withFields(kept, { [field]: told })),
        ['catalog.field_unknown', `fields/${field}`],
      )
  for (const [field, value] of [
    ['kilns.maker', 1],
    ['kilns.year', '1962'],
    ['kilns.handmade', 'yes'],
  ] as const)
    assert.equal(refused(() => withFields(kept, { [field]: value }))[0], 'catalog.field_unfit')
  assert.throws(() => declareFields('Bad-Name', {}), /is no name/)
})
