/** Postal codes: vectors from Japan Post's own search page. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prefectureOf, townsOf } from './routes/postal.ts'
import { prefectureOf as likely } from './routes/prefectures.ts'

test('a code tells its town, whatever its width and dashes', () => {
  for (const code of ['150-0001', '1500001', '１５０－０００１', '150ー0001'])
    assert.deepEqual(townsOf(code), [{ prefecture: 13, city: '渋谷区', town: '神宮前' }], code)
  assert.deepEqual(
    townsOf('604-0845')
      .map((t) => [t.prefecture, t.city])
      .at(0),
    [26, '京都市中京区'],
  )
})
test('one code of two prefectures, and codes that are none', () => {
  const shared = townsOf('498-0000').map((t) => [t.prefecture, t.city])
  assert.deepEqual(
    shared.toSorted((a, b) => Number(a[0]) - Number(b[0])),
    [
      [23, '弥富市'],
      [24, '桑名郡木曽岬町'],
    ],
  )
  for (const code of ['', '150', '150-000', '000-0000', '150-00011', 'abc', '999-9999'])
    assert.deepEqual(townsOf(code), [], code)
})
test('a border town is where the list says, not where its first digits do; an unknown code is guessed', () => {
  assert.deepEqual([prefectureOf('817-0001'), prefectureOf('811-5101')], [42, 42])
  assert.deepEqual([prefectureOf('619-1421'), likely('619-1421')], [26, 26])
  assert.deepEqual(
    [prefectureOf('630-0101'), prefectureOf('647-1271')],
    [29, 29],
    'a village of Nara in Wakayama’s digits',
  )
  assert.equal(likely('647-1271'), 30)
  assert.deepEqual([prefectureOf('100-9999'), prefectureOf('150')], [13, 13])
  assert.equal(prefectureOf('1'), undefined)
})
