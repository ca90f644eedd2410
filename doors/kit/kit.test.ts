import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evenly } from './lines.ts'
import { Bucket } from './bucket.ts'
import { hide } from './hide.ts'
import { Tokens } from './tokens.ts'

test('a bucket gives its burst at once, then its rate, and never more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 100 }),
      (burst, rate, pauses) => {
        const bucket = new Bucket({ rate, burst })
        let now = 0
        let taken = 0
        for (const pause of pauses) {
          now += pause
          const wait = bucket.take(now, Infinity)!
          taken++
          assert.ok(taken <= burst + ((now + wait) / 1000) * rate + 1e-6, `${taken} by ${now + wait}`)
        }
      },
    ),
  )
})
test('whose turn would come too late is told so, and takes nothing', () => {
  const bucket = new Bucket({ rate: 0.0056, burst: 1 })
  assert.equal(bucket.take(0, 10_000), 0)
  assert.equal(bucket.take(0, 10_000), undefined)
  assert.equal(bucket.take(0, 10_000), undefined)
  assert.equal(bucket.take(180_000, 190_000), 0)
  bucket.told(1)
  assert.equal(bucket.take(181_000, 190_000), 0)
})
test('a line is parted into whole unit prices that sum to it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000_000 }),
      fc.integer({ min: 1, max: 999 }),
      (amount, quantity) => {
        const lines = evenly({ quantity }, amount)
        assert.ok(lines.length <= 2)
        assert.equal(
          lines.reduce((n, l) => n + l.quantity * l.unit_price, 0),
          amount,
        )
        assert.equal(
          lines.reduce((n, l) => n + l.quantity, 0),
          quantity,
        )
      },
    ),
  )
})
test('only what is named is kept in the clear, whatever the shape', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const marked = JSON.parse(JSON.stringify(value), (_name, v: unknown) =>
        typeof v === 'string' || typeof v === 'number' ? 'MARK' : v,
      ) as unknown
      assert.ok(!JSON.stringify(hide({ body: marked }, new Set(['id'])) ?? null).includes('"MARK"'))
    }),
  )
  assert.deepEqual(hide({ id: 'a', name: 'b', more: [{ id: 1, phone: 2 }] }, new Set(['id'])), {
    id: 'a',
    name: '…',
    more: [{ id: 1, phone: '…' }],
  })
})
test('several who need a token at once ask once; a failed one is not kept', async () => {
  const tokens = new Tokens()
  let asked = 0
  const make = async () => ({ token: `t${++asked}`, seconds: 3600 })
  assert.deepEqual(await Promise.all([1, 2, 3].map(() => tokens.get('a', make))), ['t1', 't1', 't1'])
  tokens.forget()
  assert.equal(await tokens.get('a', make), 't2')
  await assert.rejects(tokens.get('b', () => Promise.reject(new Error('no'))))
  assert.equal(await tokens.get('b', make), 't3')
})
