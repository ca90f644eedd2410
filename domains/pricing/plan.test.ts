import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { baseAt, corrections, inTheWay, together, usualPrice, type Moment } from './plan.ts'

const day = 86_400_000
const at = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * day)
const list = (from: number, unit_price: number): Moment => ({
  unit_price,
  from: at(from),
  until: null,
  rule: 'list',
})
const put = (rows: readonly Moment[], more: readonly Moment[]) => {
  const all = together(rows, more)
  return together(all, corrections(all))
}
const sale = (from: number, until: number, unit_price: number): Moment[] => [
  { unit_price, from: at(from), until: at(until), rule: 'sale' },
  { unit_price: 0, from: at(until), until: null, rule: 'end' },
]
const inForce = (rows: readonly Moment[], when: Date) => rows.findLast((r) => r.from <= when)?.unit_price

test('whatever is planned in whatever order, what is in force is the price for a while, or else the usual price said last', () => {
  type Step = { kind: 'list' | 'sale' | 'withdraw'; from: number; days: number; price: number }
  const step = fc.record({
    kind: fc.constantFrom<Step['kind']>('list', 'sale', 'withdraw'),
    from: fc.integer({ min: 1, max: 60 }),
    days: fc.integer({ min: 1, max: 15 }),
    price: fc.integer({ min: 1, max: 99 }),
  })
  let planned = 0
  let refused = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      let rows: Moment[] = [list(0, 100)]
      const lists = new Map([[0, 100]])
      const sales: { from: number; until: number; price: number }[] = []
      for (const s of steps) {
        const until = s.kind === 'sale' ? at(s.from + s.days) : null
        if (s.kind === 'withdraw') {
          const sold = sales.findIndex((x) => x.from === s.from)
          if (sold >= 0) {
            const [gone] = sales.splice(sold, 1)
            rows = put(rows, [
              { unit_price: 0, from: at(s.from), until: null, rule: 'withdrawn' },
              // What begins at its end stays.
              ...(lists.has(gone!.until) || sales.some((x) => x.from === gone!.until)
                ? []
                : [{ unit_price: 0, from: at(gone!.until), until: null, rule: 'withdrawn' as const }]),
            ])
          } else if (lists.delete(s.from))
            rows = put(rows, [{ unit_price: 0, from: at(s.from), until: null, rule: 'withdrawn' }])
          continue
        }
        const isTaken = lists.has(s.from) || sales.some((x) => x.from === s.from || x.until === s.from)
        if (isTaken || inTheWay(rows, at(s.from), until)) {
          refused++
          continue
        }
        planned++
        if (s.kind === 'list') {
          lists.set(s.from, s.price)
          rows = put(rows, [list(s.from, s.price)])
        } else {
          const [row, end] = sale(s.from, s.from + s.days, s.price)
          const isFollowed = lists.has(s.from + s.days) || sales.some((x) => x.from === s.from + s.days)
          sales.push({ from: s.from, until: s.from + s.days, price: s.price })
          rows = put(rows, isFollowed ? [row!] : [row!, end!])
        }
      }
      for (let n = 0; n <= 80; n++) {
        const running = sales.find((x) => x.from <= n && n < x.until)
        const usual = [...lists].toSorted((a, b) => a[0] - b[0]).findLast(([from]) => from <= n)![1]
        assert.equal(inForce(rows, at(n)), running?.price ?? usual, `day ${n}`)
        assert.equal(baseAt(rows, at(n)), usual)
      }
    }),
    { numRuns: 2000 },
  )
  assert.ok(planned > 1000 && refused > 100)
  console.log(`# ${planned} prices planned, ${refused} in the way of others`)
})

test('the usual price is one really paid for more than half of eight weeks, for two weeks, and lately', () => {
  const usual = (rows: Moment[], when: number) => usualPrice(rows, at(when))
  assert.equal(usual([list(0, 100)], 60), 100)
  assert.equal(usual([list(0, 100)], 13), undefined, 'sold for less than two weeks')
  assert.equal(usual([list(0, 100)], 14), 100)
  assert.equal(usual([list(0, 100), list(40, 80)], 50), 100)
  assert.equal(usual([list(0, 100), list(40, 80)], 55), undefined, 'last paid over two weeks ago')
  assert.equal(usual([list(0, 100), list(20, 80), list(50, 100)], 56), 80, 'the one paid longer')
  assert.equal(usual([list(0, 100), list(20, 80)], 56), 80)
  assert.equal(usual([], 1), undefined)
})
