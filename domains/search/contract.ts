import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Document, Found, Words } from './engine.ts'

/** What the shop asks of a search engine: put, remove, words, find. */
export type Engine = {
  put(doc: Document): void
  remove(id: number): void
  words(words: Words): void
  find(query: string, only?: (id: number) => boolean): Found
}

const doc = (
  id: number,
  ja: string,
  en: string,
  kana: string,
  codes: string[] = [],
  more = '',
): Document => ({
  id,
  fields: [
    { text: ja, weight: 1 },
    { text: en, weight: 0.9 },
    { text: kana, weight: 0.9 },
    { text: more, weight: 0.4 },
  ],
  codes,
})
const goods: readonly Document[] = [
  doc(
    1,
    '土もののマグカップ',
    'Earthen mug',
    'つちもののまぐかっぷ',
    ['MUG-WHITE', '2400000010012'],
    'コーヒーに',
  ),
  doc(2, 'コーヒードリッパー', 'Coffee dripper', 'こーひーどりっぱー', ['DRIP-1']),
  doc(3, 'リネンシャツ', 'Linen shirt', 'りねんしゃつ', ['SHIRT-M', 'SHIRT-L'], '紺 白'),
  doc(4, '純米吟醸 沢の音', 'Junmai ginjo Sawanooto', 'じゅんまいぎんじょう さわのおと', ['SAKE-720']),
  doc(5, 'Tシャツ', 'T-shirt', 'てぃーしゃつ', ['TEE-1'], '白'),
  doc(6, '大皿', 'Large plate', 'おおざら', ['PLATE-L']),
  doc(7, '豆皿', 'Small plate', 'まめざら', ['PLATE-S']),
  doc(8, '急須', 'Teapot', 'きゅうす', ['POT-1']),
  doc(9, '折りたたみ傘', 'Folding umbrella', 'おりたたみがさ', ['UMB-1']),
]

/** The promises of S2 that any engine must keep; `make` gives an empty one. */
export function searchContract(name: string, make: () => Engine): void {
  const filled = () => {
    const engine = make()
    for (const d of goods) engine.put(d)
    engine.words({
      synonyms: [
        ['珈琲', 'コーヒー', 'coffee'],
        ['ティーポット', '急須'],
        ['雨具', '傘'],
      ],
      stop: ['の', 'おすすめ', 'for', 'the'],
    })
    return engine
  }
  const first = (engine: Engine, query: string) => engine.find(query).ids[0]
  const all = (engine: Engine, query: string) => [...engine.find(query).ids].toSorted((a, b) => a - b)

  void test(`${name}: the same thing by kanji, kana, romaji, width and case`, () => {
    const engine = filled()
    for (const [query, id] of [
      ['マグカップ', 1],
      ['ﾏｸﾞｶｯﾌﾟ', 1],
      ['まぐかっぷ', 1],
      ['magukappu', 1],
      ['MUG', 1],
      ['ｍｕｇ', 1],
      ['コーヒードリッパー', 2],
      ['コーヒドリッパ', 2],
      ['ko-hi-dorippa-', 2],
      ['kōhī', 2],
      ['koohii', 2],
      ['純米吟釀', 4],
      ['澤の音', 4],
      ['junmaiginjou', 4],
      ['junmai ginjō', 4],
      ['ｔシャツ', 5],
      ['T-shirt', 5],
      ['大皿', 6],
      ['oozara', 6],
      ['ōzara', 6],
      ['おおざら', 6],
      ['kyuusu', 8],
      ['kyusu', 8],
    ] as const)
      assert.equal(first(engine, query), id, query)
  })
  void test(`${name}: a code or a JAN, whole or begun, comes first`, () => {
    const engine = filled()
    for (const [query, id] of [
      ['MUG-WHITE', 1],
      ['mugwhite', 1],
      ['２４００００００１００１２', 1],
      ['24000000', 1],
      ['SHIRT-L', 3],
    ] as const)
      assert.equal(first(engine, query), id, query)
  })
  void test(`${name}: every word counts, in any order; what only joins words does not`, () => {
    const engine = filled()
    assert.deepEqual(all(engine, '白 シャツ'), [3, 5])
    assert.deepEqual(all(engine, 'シャツ 紺'), [3])
    assert.deepEqual(all(engine, 'おすすめ 急須'), [8])
    assert.deepEqual(all(engine, '紺のシャツ'), [3])
    assert.deepEqual(all(engine, '皿'), [6, 7])
  })
  void test(`${name}: words that mean the same`, () => {
    const engine = filled()
    assert.ok(all(engine, '珈琲').includes(2))
    assert.equal(first(engine, 'ティーポット'), 8)
    assert.deepEqual(all(engine, '雨具'), [9])
  })
  void test(`${name}: a slip of the fingers still finds it, and says that it is near`, () => {
    const engine = filled()
    for (const [query, id] of [
      ['マグカプ', 1],
      ['magucappu', 1],
      ['cofee dripper', 2],
      ['リネンシャシ', 3],
      ['umbrela', 9],
      ['折りただみ傘', 9],
    ] as const) {
      const found = engine.find(query)
      assert.equal(found.ids[0], id, query)
      assert.ok(found.ids.length < goods.length, query)
    }
    assert.equal(engine.find('リネンシャシ').how, 'near')
    assert.deepEqual(all(engine, 'くらげ'), [])
    assert.deepEqual(all(engine, ''), [])
    assert.deepEqual(all(engine, '!?%_\\'), [])
  })
  void test(`${name}: what changed is found as it is now, what went is gone, what may not be shown is not`, () => {
    const engine = filled()
    engine.put(doc(6, '鉢', 'Bowl', 'はち', ['BOWL-1']))
    assert.deepEqual(all(engine, '大皿'), [])
    assert.equal(first(engine, 'BOWL-1'), 6)
    engine.remove(7)
    assert.deepEqual(all(engine, '皿'), [])
    assert.deepEqual([...engine.find('シャツ', (id) => id !== 3).ids], [5])
    for (let n = 0; n < 5000; n++) engine.put(doc(100 + (n % 7), `品${n}`, '', ''))
    assert.deepEqual(all(engine, '品4999').length, 1)
    assert.equal(first(engine, 'MUG-WHITE'), 1)
    assert.deepEqual(all(engine, '急須'), [8])
  })
}
