import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { foldDigits, wholeNumber } from './fold.ts'
import { formatDateTime, formatMoney } from './format.ts'
import { imeGuard, isComposing } from './ime.ts'
import { createListener } from './keys.ts'
import { createText } from './text.ts'
import { words } from './words.ts'

test('a text missing in one language, one too many, or one that lacks its facts is a type error', () => {
  const text = createText({
    ja: { save: '保存する', rows: (count: number) => `${count}件`, deep: { one: '一' } },
    en: { save: 'Save', rows: (count) => `${count} rows`, deep: { one: 'one' } },
  })
  assert.equal(text.en.rows(3), '3 rows')
  assert.equal(text.ja.deep.one, '一')
  // @ts-expect-error: `save` is missing in English
  createText({ ja: { save: '保存する', stop: '中止する' }, en: { stop: 'Stop' } })
  // @ts-expect-error: `stop` is missing in Japanese
  createText({ ja: { save: '保存する' }, en: { save: 'Save', stop: 'Stop' } })
  // @ts-expect-error: a text with facts answers to a text with facts
  createText({ ja: { rows: '件' }, en: { rows: (count: number) => `${count} rows` } })
  // @ts-expect-error: there is no such text
  assert.equal(text.ja.nothing, undefined)
})

test('every text of the components is there in both languages', () => {
  assert.deepEqual(Object.keys(words.ja), Object.keys(words.en))
})

test('full-width digits, commas and yen signs count as what they mean', () => {
  assert.equal(foldDigits('１２，３４５'), '12,345')
  assert.equal(wholeNumber('￥１，９８０円'), 1980)
  assert.equal(wholeNumber('－３'), -3)
  assert.equal(wholeNumber('  '), null)
  for (const wrong of ['12.5', '１２．５', 'abc', '1-2', '99999999999999999'])
    assert.equal(wholeNumber(wrong), undefined, wrong)
})

test('money is whole yen, or the smallest coin of another currency', () => {
  assert.equal(formatMoney(1980), '¥1,980')
  assert.equal(formatMoney(-1980), '-¥1,980')
  assert.throws(() => formatMoney(19.8), RangeError)
  assert.equal(formatMoney(198_050, 'GBP'), '£1,980.50')
  assert.equal(formatMoney(-5, 'GBP'), '-£0.05')
})

test('a moment is shown in Japan’s time, also past midnight', () => {
  assert.equal(formatDateTime('2026-11-23T05:05:00Z'), '2026/11/23 14:05')
  assert.equal(formatDateTime('2026-11-22T15:00:00Z'), '2026/11/23 00:00')
  assert.equal(formatDateTime('2026-11-22T15:00:00Z', 'date'), '2026/11/23')
  assert.equal(formatDateTime('2026-11-23T05:05:00Z', 'long', 'ja'), '11月23日(月)')
})

test('a key pressed while composing goes to the input method alone', () => {
  const heard: string[] = []
  let stopped = 0
  const press = (key: string, more: object) => ({ key, stopPropagation: () => stopped++, ...more })
  const guard = imeGuard((event: ReturnType<typeof press>) => heard.push(event.key))
  guard(press('Enter', { nativeEvent: { isComposing: true } }))
  guard(press('Escape', { keyCode: 229 }))
  assert.deepEqual([heard, stopped], [[], 2])
  guard(press('Enter', { keyCode: 13 }))
  assert.deepEqual([heard, stopped], [['Enter'], 2])
  assert.equal(isComposing({ nativeEvent: { keyCode: 229 } }), true)
})

test('g o is g and then o within a second; composing hears nothing', () => {
  const known = ['g o', 'o', 'mod+s', '?']
  const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more })
  const listen = createListener()
  assert.equal(listen(press('g'), known, 0), undefined)
  assert.equal(listen(press('o'), known, 900), 'g o')
  assert.equal(listen(press('g'), known, 2000), undefined)
  assert.equal(listen(press('o'), known, 3100), 'o')
  assert.equal(listen(press('s', { metaKey: true }), known, 4000), 'mod+s')
  assert.equal(listen(press('?', { isComposing: true }), known, 5000), undefined)
  assert.equal(listen(press('x'), known, 6000), undefined)
})

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8')
const block = (opening: string) => {
  const from = css.indexOf('{', css.indexOf(opening)) + 1
  return css.slice(from, css.indexOf('}', from))
}
const tokens = (opening: string) =>
  new Map(
    [...block(opening).matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [
      name,
      hex,
    ]),
  )

test('dark by choice and dark by the system are the same dark', () => {
  const [chosen, system] = [block(":root[data-theme='dark']"), block(":root:not([data-theme='light'])")]
  assert.equal(chosen.replace(/\s+/g, ' '), system.replace(/\s+/g, ' '))
})

test('words reach a contrast of 4.5 on every ground they stand on, borders of controls 3', () => {
  const channel = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const luminance = (hex: string) =>
    [0.2126, 0.7152, 0.0722].reduce(
      (sum, share, at) => sum + share * channel(Number.parseInt(hex.slice(1 + at * 2, 3 + at * 2), 16) / 255),
      0,
    )
  const contrast = (one = '', other = '') => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  for (const theme of [':root {', ":root[data-theme='dark']"]) {
    const hue = tokens(theme)
    const grounds = ['background', 'surface', 'hover']
    const pairs = [
      ...['text', 'muted', 'accent'].flatMap((word) => grounds.map((ground) => [word, ground, 4.5] as const)),
      ...['text', 'accent'].map((word) => [word, 'accent-soft', 4.5] as const),
      ...['ok', 'warn', 'error'].flatMap((tone) => [
        [tone, 'background', 4.5] as const,
        [tone, `${tone}-soft`, 4.5] as const,
      ]),
      ['on-accent', 'accent', 4.5] as const,
      ['on-error', 'error', 4.5] as const,
      ['text', 'error-soft', 4.5] as const,
      ['control-border', 'background', 3] as const,
    ]
    for (const [word, ground, least] of pairs) {
      const found = contrast(hue.get(word), hue.get(ground))
      assert.ok(found >= least, `${theme} ${word} on ${ground}: ${found.toFixed(2)}`)
    }
  }
})
