import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base32, codeOf, stepAt, stepOfCode } from './totp.ts'

const secret = Buffer.from('12345678901234567890')
test('the vectors of RFC 6238, appendix B', () => {
  for (const [seconds, code] of [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const)
    assert.equal(codeOf(secret, stepAt(new Date(seconds * 1000)), 8), code)
})
test('a clock may be one step off, and no more', () => {
  for (const off of [-2, -1, 0, 1, 2])
    assert.equal(
      stepOfCode(secret, codeOf(secret, 1000 + off), 1000),
      Math.abs(off) < 2 ? 1000 + off : undefined,
    )
  for (const none of ['', '12345', '１２３４５６', 'abcdef'])
    assert.equal(stepOfCode(secret, none, 1000), undefined)
})
test('the vectors of RFC 4648, section 10', () => {
  for (const [text, coded] of [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const)
    assert.equal(base32(Buffer.from(text)), coded)
})
