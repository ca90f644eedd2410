import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { derivedKey, isUuid, scopedKey, uuid } from './index.ts'

test('a hundred thousand ids: all different, all well formed, in the order of time', () => {
  const ids = Array.from({ length: 100_000 }, () => uuid())
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(ids.every(isUuid))
  assert.ok(ids.every((id, i) => i === 0 || id.slice(0, 13) >= ids[i - 1]!.slice(0, 13)))
})
test('two scopes never share a key, and the same scope repeats it', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (a, b, key) => {
      fc.pre(!a.includes('\n') && !b.includes('\n'))
      assert.ok(isUuid(scopedKey(a, key)))
      assert.equal(scopedKey(a, key) === scopedKey(b, key), a === b)
      assert.equal(derivedKey('x', a, 1), derivedKey('x', a, 1))
      assert.notEqual(derivedKey('x', a, 1), derivedKey('x', a, 2))
    }),
  )
})
