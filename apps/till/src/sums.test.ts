import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quickAmounts, split, sumsOf, type Item } from './sums.ts'

const item = (price: number, rate: number): Item => ({
  sku: `S${price}`,
  jan: null,
  name: { ja: '品', en: 'Item' },
  options: {},
  price,
  rate,
  age: null,
  picture: null,
  available: 0,
})

test('shares sum exactly', () => {
  assert.deepEqual(split(100, [1, 1, 1]), [34, 33, 33])
  assert.deepEqual(split(0, [1, 2]), [0, 0])
})

test('the tax inside is rounded down once per rate, after points', () => {
  const lines = [
    { item: item(2420, 1000), quantity: 2 },
    { item: item(1080, 800), quantity: 1 },
  ]
  assert.deepEqual(sumsOf(lines, 0), {
    goods: 5920,
    points: 0,
    total: 5920,
    count: 3,
    taxes: [
      { rate: 1000, due: 4840, tax: 440 },
      { rate: 800, due: 1080, tax: 80 },
    ],
  })
  const less = sumsOf(lines, 100)
  assert.equal(less.total, 5820)
  assert.equal(
    less.taxes.reduce((sum, tax) => sum + tax.due, 0),
    5820,
  )
  assert.equal(sumsOf(lines, 99_999).total, 0)
})

test('quick amounts are the exact one and the next notes, each once', () => {
  assert.deepEqual(quickAmounts(2420), [2420, 3000, 5000, 10_000])
  assert.deepEqual(quickAmounts(10_000), [10_000])
})

test('the tax inside is rounded as the shop rounds', () => {
  const of = (rounding: 'down' | 'half_up' | 'up', due: number) =>
    sumsOf([{ item: item(due, 1000), quantity: 1 }], 0, rounding).taxes[0]?.tax
  assert.deepEqual([of('down', 105), of('half_up', 105), of('up', 105)], [9, 10, 10])
  assert.deepEqual([of('down', 104), of('half_up', 104), of('up', 104)], [9, 9, 10])
  assert.deepEqual([of('down', 110), of('half_up', 110), of('up', 110)], [10, 10, 10])
})
