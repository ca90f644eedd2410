import assert from 'node:assert/strict'
import { test } from 'node:test'
import { promiseOf, type DeliveryRule } from './promise.ts'

const rule: DeliveryRule = {
  cutoff: '15:00',
  closed_weekdays: [0],
  closed_days: ['2026-12-31', '2027-01-01', '2027-01-02'],
  days: [1, 2],
  by_prefecture: { '47': [3, 5] },
}
test('an order leaves the same day until the cut-off, else on the next day that is open', () => {
  for (const [at, ships, from, to] of [
    ['2026-11-24T14:59:59+09:00', '2026-11-24', '2026-11-25', '2026-11-26'],
    ['2026-11-24T15:00:00+09:00', '2026-11-25', '2026-11-26', '2026-11-27'],
    ['2026-11-24T00:00:00+09:00', '2026-11-24', '2026-11-25', '2026-11-26'],
    // A Saturday afternoon, and a Sunday.
    ['2026-11-21T15:30:00+09:00', '2026-11-23', '2026-11-24', '2026-11-25'],
    ['2026-11-22T09:00:00+09:00', '2026-11-23', '2026-11-24', '2026-11-25'],
    // Over the turn of the year: three days of rest, then a Sunday.
    ['2026-12-30T16:00:00+09:00', '2027-01-04', '2027-01-05', '2027-01-06'],
  ] as const) {
    const promised = promiseOf(rule, new Date(at), 13)
    assert.deepEqual([promised.ships, promised.from, promised.to], [ships, from, to], at)
    assert.equal(promised.order_by, new Date(`${ships}T15:00:00+09:00`).toISOString())
  }
})
test('another prefecture takes its own time', () => {
  const okinawa = promiseOf(rule, new Date('2026-11-24T10:00:00+09:00'), 47)
  assert.deepEqual([okinawa.from, okinawa.to], ['2026-11-27', '2026-11-29'])
})
