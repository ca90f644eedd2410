import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fewMost, Finder, type Findable } from './finder.ts'

const nouns = ['マグカップ', 'ポット', '皿', '花瓶', '急須']
const product = (id: number, ja = `${nouns[id % nouns.length]} ${id}`): Findable => ({
  id,
  code: `p-${id}`,
  name: { ja, en: `Thing ${id}` },
  brand: null,
  kana: null,
  summary: null,
  description: null,
  categories: [],
  options: [],
  archived: false,
  skus: [{ code: `SKU-${id}`, jan: null, archived: false }],
})
const asked = ['マ', 'マグ', 'ポット', '皿', 'thing', 'thing 1', 'SKU-1', 'SKU-12', 'まぐ', 'zzz']

test('the best few of what is found are its first, first asked and again, and after a change', () => {
  const finder = new Finder()
  for (let id = 1; id <= 600; id++) finder.put(product(id))
  finder.settle()
  const isTold = () => {
    for (const query of asked) {
      const few = finder.few(query)
      assert.deepEqual([...few], [...finder.find(query).ids.slice(0, fewMost)], query)
      assert.deepEqual([...finder.few(query)], [...few], query)
    }
  }
  isTold()
  assert.equal(finder.few('thing').length, fewMost)
  assert.equal(finder.few('zzz').length, 0)
  finder.put(product(7, 'マグ'))
  isTold()
  assert.equal(finder.few('マグ')[0], 7)
  finder.words([{ id: 1, version: 1, same: [['zzz', 'マグ']], stop: [] }])
  assert.equal(finder.few('zzz')[0], 7)
})

test('what was asked long ago is asked anew, and answers as it did', () => {
  const finder = new Finder()
  for (let id = 1; id <= 6000; id++) finder.put(product(id))
  finder.settle()
  // 200 ways to find all six thousand: more hits than are remembered.
  const ways = Array.from({ length: 200 }, (_, i) => `thing${' '.repeat(i)}`)
  const first = finder.find(ways[0]!)
  for (const way of ways) assert.equal(finder.find(way).ids.length, 6000)
  const again = finder.find(ways[0]!)
  assert.notEqual(again, first, 'it was forgotten')
  assert.deepEqual(again, first)
  assert.equal(finder.find(ways[0]!), again, 'and is remembered now')
})
