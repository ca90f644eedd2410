/** Readings in Latin letters, so plain that every way of typing them comes out the same: shi = si, ō = ou = o, n' = n, tta = ta. */

const rows: Record<string, string> = {
  '': 'あいうえお',
  k: 'かきくけこ',
  s: 'さしすせそ',
  t: 'たちつてと',
  n: 'なにぬねの',
  h: 'はひふへほ',
  m: 'まみむめも',
  r: 'らりるれろ',
  g: 'がぎぐげご',
  z: 'ざじずぜぞ',
  d: 'だぢづでど',
  b: 'ばびぶべぼ',
  p: 'ぱぴぷぺぽ',
}
const sounds = new Map<string, string>([
  ['や', 'ya'],
  ['ゆ', 'yu'],
  ['よ', 'yo'],
  ['わ', 'wa'],
  ['ゐ', 'i'],
  ['ゑ', 'e'],
  ['を', 'o'],
  ['ん', 'n'],
  ['ゔ', 'bu'],
  ['ぢ', 'zi'],
  ['づ', 'zu'],
  ['ゎ', 'wa'],
  ['ゕ', 'ka'],
  ['ゖ', 'ke'],
])
for (const [consonant, kana] of Object.entries(rows))
  [...kana].forEach((c, i) => {
    if (!sounds.has(c)) sounds.set(c, consonant + 'aiueo'[i])
  })
const smallVowels = new Map([...'ぁぃぅぇぉ'].map((c, i) => [c, 'aiueo'[i]!]))
const smallY = new Map([...'ゃゅょ'].map((c, i) => [c, 'auo'[i]!]))

/** Folded kana to letters; what is no kana stays. */
function spelled(kana: string): string {
  let out = ''
  for (const c of kana) {
    const y = smallY.get(c)
    const vowel = smallVowels.get(c)
    if (y !== undefined) out = /[^aiueo]i$/.test(out) ? `${out.slice(0, -1)}y${y}` : `${out}y${y}`
    // ファ is ha: f and h are one sound here. ティ is ti, トゥ tu, シェ sye, ウィ wi.
    else if (vowel !== undefined)
      out = /[stz]i$/.test(out)
        ? `${out.slice(0, -1)}y${vowel}`
        : /^u$|[aiueo]u$/.test(out) && !/[^aiueo]u$/.test(out)
          ? `${out.slice(0, -1)}w${vowel}`
          : /[^aiueo][aiueo]$/.test(out)
            ? out.slice(0, -1) + vowel
            : out + vowel
    else if (c !== 'っ') out += sounds.get(c) ?? c
  }
  return out
}

/** Letters as typed, or as spelled from kana, to the plainest spelling. */
export const plain = (letters: string): string =>
  letters
    .replace(/n'/g, 'n')
    .replace(/sh([aueo])/g, 'sy$1')
    .replace(/shi/g, 'si')
    .replace(/t?ch([aueo])/g, 'ty$1')
    .replace(/t?chi/g, 'ti')
    .replace(/tsu/g, 'tu')
    .replace(/j([aueo])/g, 'zy$1')
    .replace(/ji/g, 'zi')
    .replace(/dz?u/g, 'zu')
    .replace(/f/g, 'h')
    .replace(/v/g, 'b')
    .replace(/l/g, 'r')
    .replace(/m(?=[bpm])/g, 'n')
    .replace(/oh(?![aiueoy])/g, 'o')
    .replace(/([a-z])\1+/g, '$1')
    .replace(/ou/g, 'o')
    .replace(/ei/g, 'e')

/** How folded kana (or typed Latin letters) sound; kanji stay as they are. */
export const sound = (folded: string): string => plain(spelled(folded))
