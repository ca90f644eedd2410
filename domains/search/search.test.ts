import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchContract } from './contract.ts'
import { SearchEngine } from './engine.ts'
import { fold } from './fold.ts'
import { sound } from './romaji.ts'

searchContract('in memory', () => new SearchEngine())

test('one spelling: width, case, kana, long vowels, accents, old forms', () => {
  for (const [as, is] of [
    ['ﾏｸﾞｶｯﾌﾟ', 'まぐかっぷ'],
    ['ＭＵＧ　Cup', 'mug cup'],
    ['コーヒー', 'こひ'],
    ['Ōsaka café', 'osaka cafe'],
    ['澤 髙 﨑 邊', '沢 高 崎 辺'],
    ['㍉ ①', 'みり 1'],
  ] as const)
    assert.equal(fold(as), is)
})
test('one sound: however it is typed', () => {
  for (const group of [
    ['shinbun', 'simbun', 'shimbun', fold('しんぶん'), fold('シンブン')],
    ['chotto', 'tyotto', fold('ちょっと')],
    ['jaaji', 'jaazi', 'jaji', fold('ジャージ')],
    ['tsutsumi', 'tutumi', fold('つつみ')],
    ['fōku', 'foku', fold('フォーク')].map(fold),
    ['paatii', 'pati', fold('パーティ')],
    ['ryokucha', 'ryokutya', fold('りょくちゃ')],
    ["kin'en", 'kinen', fold('きんえん')],
    ['vaiorin', 'baiorin', fold('ヴァイオリン'), fold('バイオリン')],
    ['sheri', 'syerii', fold('シェリー')],
    ['toukyou', 'tōkyō', 'tokyo', 'tohkyoh', fold('とうきょう')].map(fold),
  ])
    assert.equal(new Set(group.map(sound)).size, 1, `${group.join(' ')}: ${group.map(sound).join(' ')}`)
})
