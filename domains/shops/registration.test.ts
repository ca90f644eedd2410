import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCorporateNumber } from './registration.ts'

test('a corporate number bears its own check digit', () => {
  // The National Tax Agency's own, and that of the Digital Agency.
  for (const number of ['7000012050002', '8000012010038']) assert.ok(isCorporateNumber(number), number)
  for (const number of ['7000012050003', '6000012050002', '700001205000', '', 'T7000012050002'])
    assert.ok(!isCorporateNumber(number), number)
})
