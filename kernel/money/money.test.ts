import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dueByRate, lineAmount, split, taxInside, unitPrice, unitPriceText } from './index.ts'

test('vector A: a 92 yen coupon over two rates leaves 8,901, of which 143 and 542 are tax', () => {
  assert.deepEqual(
    dueByRate(
      new Map([
        [1000, 1595],
        [800, 7398],
      ]),
      92,
    ),
    [
      { rate: 1000, due: 1579, tax: 143 },
      { rate: 800, due: 7322, tax: 542 },
    ],
  )
})
test('vector B: two at 13,582 hold 2,469 of tax, not the 2,470 that rounding by line would give', () => {
  assert.deepEqual(dueByRate(new Map([[1000, 2 * 13_582]]), 0), [{ rate: 1000, due: 27_164, tax: 2_469 }])
  assert.notEqual(2 * taxInside(13_582, 1000, 'up'), 2_469)
})
test('the parts of a split sum to the whole, none off by one unit or more, and mirror for refunds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e12, max: 1e12 }),
      fc
        .array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 30 })
        .filter((w) => w.some((x) => x > 0)),
      (total, weights) => {
        const parts = split(total, weights)
        const sum = weights.reduce((a, w) => a + w, 0)
        assert.equal(
          parts.reduce((a, p) => a + p, 0),
          total,
        )
        parts.forEach((p, i) => assert.ok(Math.abs(p - (total * weights[i]!) / sum) < 1.001))
        assert.deepEqual(
          split(-total, weights),
          parts.map((p) => -p || 0),
        )
      },
    ),
    { numRuns: 2_000 },
  )
})
test('unit prices keep four decimals exactly and come back as they were written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (price) => {
      assert.equal(unitPrice(unitPriceText(price)), price)
    }),
  )
  for (const bad of ['', '-1', '1.23456', '1e3', ' 1', '1,000', '.5', '1.', '１'])
    assert.equal(unitPrice(bad), undefined)
  assert.equal(lineAmount(unitPrice('7.5')!, 3), 22)
  assert.equal(lineAmount(unitPrice('7.5')!, 3, 0, 'up'), 23)
  assert.equal(lineAmount(unitPrice('7.5')!, 3, 0, 'half_up'), 23)
  assert.equal(lineAmount(unitPrice('1200')!, 250, 3), 300)
})
test('tax inside a price lies between none and the whole, and grows with it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), fc.constantFrom(0, 800, 1000), (amount, rate) => {
      const tax = taxInside(amount, rate)
      assert.ok(tax >= 0 && tax <= amount)
      assert.ok(taxInside(amount + 1, rate) >= tax)
      assert.equal(taxInside(-amount, rate), -tax || 0)
      if (rate === 0) assert.equal(tax, 0)
    }),
  )
})
