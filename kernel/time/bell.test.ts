import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Bell } from './bell.ts'

test('a bell wakes whoever waits, also for a ring that came before the wait', async () => {
  const bell = new Bell()
  const before = bell.rung
  const [first, second] = [bell.wait(60_000), bell.wait(60_000)]
  bell.ring()
  await Promise.all([first, second])
  await bell.wait(60_000, before)
  const began = performance.now()
  await bell.wait(30)
  assert.ok(performance.now() - began > 20, 'nobody rang')
})
