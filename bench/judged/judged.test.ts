import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drugs, judge, ndcg, sampleShop } from './judge.ts'

test('what is best comes first for a score of one; the other way round it is less; nothing found is none', () => {
  const grades = new Map([
    [1, 3],
    [2, 1],
  ])
  assert.equal(ndcg([1, 2], grades), 1)
  assert.ok(ndcg([2, 1], grades) < 1)
  assert.equal(ndcg([7, 8], grades), 0)
})

test('the drug price list is found by kanji, kana, romaji, half width and with slips: nDCG@10 of the queries it may know', () => {
  const { finder, judged } = drugs()
  const known = judged.filter((j) => !j.isHeld)
  const scores = judge(finder, known)
  assert.ok(known.length >= 180)
  for (const tries of ['half width', 'hiragana', 'romaji', 'slip'])
    assert.ok(scores.get(tries)! > scores.get('brand')! - 0.03, `${tries} ${scores.get(tries)}`)
  assert.ok(scores.get('all')! > 0.88)
  console.log(`# nDCG@10 ${scores.get('all')!.toFixed(3)} of ${known.length} queries`)
})

test('the goods of the sample shop are found by what people call them: nDCG@10 of the queries it may know', () => {
  const { finder, judged } = sampleShop()
  const known = judged.filter((j) => !j.isHeld)
  const all = judge(finder, known).get('all')!
  assert.ok(known.length > 70 && all > 0.95, `${all}`)
  console.log(`# nDCG@10 ${all.toFixed(3)} of ${known.length} queries`)
})
