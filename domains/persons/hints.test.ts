import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hintOf, hintsOf, openVault, seek, type Card } from './index.ts'

const vault = openVault(Buffer.alloc(32, 7))
/** Whether somebody of this card is found by what was typed: by a hint of theirs, and by the card itself. */
const isFound = (card: Card, typed: string): boolean => {
  const sought = seek(typed)
  return !!sought && hintsOf(vault, card).includes(hintOf(vault, sought.term)) && sought.fits(card)
}

test('the end of a telephone number finds whoever has it, whatever it begins with', () => {
  for (const phone of ['090-1234-8123', '+81 90-1234-8123', '０９０１２３４８１２３'])
    for (const typed of [
      '8123',
      '48123',
      '348123',
      '34-8123',
      '090-1234-8123',
      '+81 90 1234 8123',
      '819012348123',
    ])
      assert.ok(isFound({ phone }, typed), `${phone} by ${typed}`)
  for (const typed of ['123', '8124', '18123', '090-1234-8124'])
    assert.ok(!isFound({ phone: '090-1234-8123' }, typed), typed)
})

test('a name is found as it is read, as it is written, and in whichever form of its kanji', () => {
  const card: Card = {
    family: '髙橋',
    given: '惠',
    family_kana: 'タカハシ',
    given_kana: 'メグミ',
    email: 'Megu@Example.jp',
  }
  for (const typed of [
    '高橋',
    '髙橋',
    '髙橋 惠',
    'たか',
    'タカハシ',
    'ﾀｶﾊｼ',
    'めぐみ',
    'たかはしめぐ',
    'megu@example.jp',
  ])
    assert.ok(isFound(card, typed), typed)
  for (const typed of ['高', '橋', 'はし', 'た', '高橋 恵子', 'megu@example.com', ''])
    assert.ok(!isFound(card, typed), typed)
})
