import { formInUse } from './old-forms.ts'

/**
 * One spelling for search (JAPAN.md 26): width (NFKC), case, katakana as hiragana, no long vowel marks, no accents, kanji in the form in use. Never for showing.
 */
export function fold(text: string): string {
  let out = ''
  for (const c of text.normalize('NFKC').toLowerCase()) {
    const code = c.codePointAt(0)!
    if (code < 0x80) out += c
    else if (code >= 0x30a1 && code <= 0x30f6) out += String.fromCharCode(code - 0x60)
    // Long vowel marks in all the shapes that are typed for one; wave dashes are not one.
    else if ('ー‐‑–—―−'.includes(c)) continue
    else if (code >= 0x3400) out += formInUse(c)
    else if (code >= 0xc0 && code < 0x250) out += c.normalize('NFD').replace(/\p{M}/gu, '')
    else out += c
  }
  return out
}

export type Script = 'latin' | 'kana' | 'kanji' | 'other'
export function scriptOf(c: string): Script {
  const code = c.codePointAt(0)!
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) return 'latin'
  if (code >= 0x3041 && code <= 0x3096) return 'kana'
  if (
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    code >= 0x20000 ||
    c === '々'
  )
    return 'kanji'
  return 'other'
}
