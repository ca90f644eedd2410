import { createHmac } from 'node:crypto'
import type { Card, Vault } from './card.ts'
import { fold } from './fold.ts'

/**
 * Hints find a customer by a part of what is known of them: the end of a telephone number, how the name is read, the name
 * as written, the whole mail address or number. A hint is sixteen bits of a keyed hash, kept with the card that it was made
 * of, and goes when the card goes. It only says who may be meant: whoever looks somebody up opens the cards and compares.
 *
 * What hints tell whoever has the database and not the key. A mark over a few letters is no secret as one over a whole mail
 * address is: there are ten thousand ends of telephone numbers and a few hundred common beginnings of names. Nobody can
 * compute a hint without the key, but hints can be counted: the commonest among many customers are likely the beginnings of
 * the commonest names, and cards that share all their hints likely bear one name. So a common family name can be guessed
 * from the numbers alone, and somebody who is a customer themselves knows their own hints and may look for them elsewhere.
 * What blunts this: a hint does not say of what kind it is; sixteen bits are shared by many values (among a hundred thousand
 * customers each number stands on a score of cards for another reason), so a rare name, a telephone's end or a mail address
 * is never told by its hint with certainty; addresses and what else is on a card have none. With the installation's key
 * hints tell nothing that the cards do not tell.
 */
const most = 8
export const hintOf = (vault: Vault, term: string): number =>
  createHmac('sha256', vault.mark).update(`hint ${term}`).digest().readUInt16BE(0)

/** Ways to write the kanji of names that whoever types one rarely types. */
const variants: Readonly<Record<string, string>> = Object.fromEntries(
  [
    '髙高',
    '﨑崎',
    '嵜崎',
    '碕崎',
    '濵浜',
    '濱浜',
    '邉辺',
    '邊辺',
    '齋斎',
    '齊斎',
    '斉斎',
    '澤沢',
    '廣広',
    '德徳',
    '眞真',
    '嶋島',
    '嶌島',
    '櫻桜',
    '國国',
    '冨富',
    '龍竜',
    '曾曽',
  ].map((pair) => [...pair]),
)
/** How names are compared: width, case, kana of one kind, kanji in one form, without spaces and middle dots. */
export const foldName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s・･·‧]/g, '')
    .replace(/\p{Script=Han}/gu, (c) => variants[c] ?? c)
    .replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60))
const isKana = (text: string): boolean => /^[ぁ-ゖゝゞー]+$/.test(text)
const beginning = (kana: string): string => [...kana].slice(0, most).join('')

type Names = { kana: string[]; written: string[] }
/** What somebody is called: as a whole, by the family name, by the given name. Whoever wrote their name in kana reads so. */
function namesOf(card: Card): Names {
  const parts = (family = '', given = '') => [`${family}${given}`, family, given].map(foldName)
  const all = [
    ...parts(card.family_kana, card.given_kana),
    ...parts(card.family, card.given),
    foldName(card.organisation ?? ''),
  ].filter((name) => name !== '')
  return { kana: all.filter(isKana), written: all.filter((name) => !isKana(name)) }
}

/** Hints of a card, each once. */
export function hintsOf(vault: Vault, card: Card): number[] {
  const terms = new Set<string>()
  const { kana, written } = namesOf(card)
  for (const name of kana) {
    const letters = [...name]
    for (let n = Math.min(2, letters.length); n <= Math.min(most, letters.length); n++)
      terms.add(`kana:${letters.slice(0, n).join('')}`)
  }
  for (const name of written) terms.add(`name:${name}`)
  if (card.email) terms.add(`email:${fold('email', card.email)}`)
  const digits = card.phone ? fold('phone', card.phone) : ''
  if (digits.length >= 4) terms.add(`tail:${digits.slice(-4)}`)
  if (digits.length >= 9) terms.add(`phone:${digits}`)
  return [...new Set([...terms].map((term) => hintOf(vault, term)))]
}

export type Sought = { readonly term: string; fits(card: Card): boolean }
/** What somebody typed to find a customer by; nothing where it is too short to mean anybody. */
export function seek(q: string): Sought | undefined {
  if (q.includes('@')) {
    const email = fold('email', q)
    return { term: `email:${email}`, fits: (c) => fold('email', c.email ?? '') === email }
  }
  const plain = q.normalize('NFKC').replace(/[\s\-()+‐‑–—―−ー]/g, '')
  if (/^\d+$/.test(plain)) {
    if (plain.length < 4 || plain.length > 15) return undefined
    // An end that begins with 81 is no number of another country.
    if (plain.length < 9)
      return { term: `tail:${plain.slice(-4)}`, fits: (c) => fold('phone', c.phone ?? '').endsWith(plain) }
    const digits = fold('phone', plain)
    return { term: `phone:${digits}`, fits: (c) => fold('phone', c.phone ?? '') === digits }
  }
  const name = foldName(q)
  if (name === '' || name.length > 100) return undefined
  if (!isKana(name)) return { term: `name:${name}`, fits: (c) => namesOf(c).written.includes(name) }
  return {
    term: `kana:${beginning(name)}`,
    // One letter finds whoever is called so, more find whose name begins so.
    fits: (c) => namesOf(c).kana.some((k) => (name.length < 2 ? k === name : k.startsWith(name))),
  }
}
