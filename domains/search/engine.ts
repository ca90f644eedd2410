/**
 * Search in memory, over what it was given. One engine behind `contract.ts`; another may take its place.
 *
 * Every document is a few short texts. They are folded to one spelling and cut into grams: one and two characters of
 * Japanese, three of Latin (the beginning of a word counts as a character), and the same of how they sound. A word asked for
 * is looked up by its rarest grams, and what remains is read. Cost grows with the documents that share the rarest
 * gram, not with all.
 */
import { fold, scriptOf } from './fold.ts'
import { sound } from './romaji.ts'

export type Field = { readonly text: string; readonly weight: number }
export type Document = {
  readonly id: number
  readonly fields: readonly Field[]
  /** Found only as a whole or from their beginning: codes, JAN. */
  readonly codes: readonly string[]
}
export type Words = {
  /** Each group means the same. */
  readonly synonyms: readonly (readonly string[])[]
  /** Say nothing about what is sought, unless nothing else is asked. */
  readonly stop: readonly string[]
}
export type Found = {
  readonly ids: Int32Array
  /** Beside each id; higher fits better. */
  readonly scores: Float32Array
  /** `all`: everything fits every word. `some`: nothing did; these fit the most. `near`: spelled almost so. */
  readonly how: 'all' | 'some' | 'near'
}

type Kept = {
  id: number
  fields: { text: string; sound: string; weight: number }[]
  codes: string[]
  /** Characters of its heaviest field: of two that fit alike, the shorter says less beside it. */
  length: number
}

const most = 255

export class SearchEngine {
  #docs: (Kept | undefined)[] = []
  readonly #at = new Map<number, number>()
  #grams = new Map<string, number[]>()
  #codes: { code: string; doc: number }[] = []
  #codesSorted = true
  #gone = 0
  #synonyms = new Map<string, string[]>()
  #stop = new Set<string>()

  /** Documents it holds. */
  get size(): number {
    return this.#at.size
  }

  put(doc: Document): void {
    this.remove(doc.id)
    const fields = doc.fields.flatMap((f) => {
      const text = ` ${fold(f.text).replace(/\s+/g, ' ').trim()} `
      return text.length > 2 ? [{ text, sound: soundsOf(text), weight: f.weight }] : []
    })
    const at = this.#docs.length
    const codes = doc.codes.map(codeForm).filter(Boolean)
    this.#docs.push({ id: doc.id, fields, codes, length: fields[0]?.text.length ?? 0 })
    this.#at.set(doc.id, at)
    const grams = new Set<string>()
    for (const f of fields) {
      gramsOf(f.text, grams)
      gramsOf(f.sound, grams)
    }
    for (const gram of grams) {
      const list = this.#grams.get(gram)
      if (list) list.push(at)
      else this.#grams.set(gram, [at])
    }
    for (const code of codes) this.#codes.push({ code, doc: at })
    this.#codesSorted = false
  }
  remove(id: number): void {
    const at = this.#at.get(id)
    if (at === undefined) return
    this.#at.delete(id)
    this.#docs[at] = undefined
    if (++this.#gone > 1000 && this.#gone > this.#at.size / 2) this.#renumber()
  }
  words(words: Words): void {
    this.#synonyms.clear()
    for (const group of words.synonyms) {
      const folded = [...new Set(group.map((w) => fold(w).trim()).filter(Boolean))]
      for (const word of folded)
        this.#synonyms.set(word, [
          ...new Set([...(this.#synonyms.get(word) ?? []), ...folded.filter((other) => other !== word)]),
        ])
    }
    this.#stop = new Set(words.stop.map((w) => fold(w).trim()))
  }

  /** Everything that fits, best first. `only` leaves out what may not be shown. */
  find(query: string, only: (id: number) => boolean = () => true): Found {
    // Cut before it is folded: folded, katakana can no longer be told from hiragana.
    const asked = query.slice(0, 200).normalize('NFKC').toLowerCase().trim()
    const words = this.#telling(asked.split(between).filter(Boolean))
    const scores = this.#byCode(asked)
    let how: Found['how'] = 'all'
    const whole = every(words.map((w) => this.#meant(fold(w))))
    for (const [doc, score] of whole) scores.set(doc, Math.max(score, scores.get(doc) ?? 0))
    if (!this.#any(scores, only) && words.length > 0) {
      let isNear = false
      const sets = this.#telling(words.flatMap((w) => cut(w))).map((w) => {
        const exact = this.#meant(fold(w))
        if (exact.size > 0) return exact
        const near = this.#near(fold(w))
        if (near.size > 0) isNear = true
        return near
      })
      let found = every(sets)
      how = isNear ? 'near' : 'all'
      if (!this.#any(found, only)) {
        found = mostOf(sets)
        how = 'some'
      }
      for (const [doc, score] of found) scores.set(doc, score)
    }
    const hits: { id: number; score: number }[] = []
    for (const [at, score] of scores) {
      const doc = this.#docs[at]
      if (doc && only(doc.id)) hits.push({ id: doc.id, score: score - Math.min(doc.length, most) / 10_000 })
    }
    hits.sort((a, b) => b.score - a.score || a.id - b.id)
    return {
      ids: Int32Array.from(hits, (h) => h.id),
      scores: Float32Array.from(hits, (h) => h.score),
      how,
    }
  }
  #any(scores: Map<number, number>, only: (id: number) => boolean): boolean {
    for (const at of scores.keys()) {
      const doc = this.#docs[at]
      if (doc && only(doc.id)) return true
    }
    return false
  }

  /** Without the words that say nothing, unless nothing else is asked. */
  #telling(words: readonly string[]): readonly string[] {
    const telling = words.filter((w) => !this.#stop.has(fold(w)))
    return telling.length ? telling : words
  }
  /** What fits a word, or one that means the same; a word that few have weighs more. */
  #meant(word: string): Map<number, number> {
    const scores = this.#word(word)
    for (const other of this.#synonyms.get(word) ?? [])
      for (const [doc, score] of this.#phrase(other))
        scores.set(doc, Math.max(score * 0.9, scores.get(doc) ?? 0))
    const rare = Math.log(1 + this.#at.size / (1 + scores.size))
    for (const [doc, score] of scores) scores.set(doc, score * rare)
    return scores
  }
  /** Another word's meaning may be told in several words. */
  #phrase(words: string): Map<number, number> {
    const [first, ...rest] = words.split(' ').map((w) => this.#word(w))
    for (const [doc, score] of first ?? [])
      for (const other of rest)
        if (!other.has(doc)) first!.delete(doc)
        else first!.set(doc, Math.min(score, other.get(doc)!))
    return first ?? new Map()
  }
  #word(word: string): Map<number, number> {
    const scores = new Map<number, number>()
    for (const at of this.#holding(word)) {
      const score = this.#fit(at, word, 'text')
      if (score > 0) scores.set(at, score)
    }
    // How it sounds finds romaji, long vowels left out or written another way. Kanji have no sound.
    const said = sound(word.replace(/-/g, ''))
    if (said.length > 1 && /^[a-z0-9]+$/.test(said))
      for (const at of this.#holding(said)) {
        const score = this.#fit(at, said, 'sound') * 0.85
        if (score > (scores.get(at) ?? 0)) scores.set(at, score)
      }
    return scores
  }
  /** Where in a document the word stands, and how much of the field it is. */
  #fit(at: number, word: string, as: 'text' | 'sound'): number {
    const doc = this.#docs[at]
    if (!doc) return 0
    let best = 0
    for (const f of doc.fields) {
      const text = f[as]
      const found = text.indexOf(word)
      if (found < 0) continue
      const isStart = text[found - 1] === ' ' || text.includes(` ${word}`)
      const isWhole = text.includes(` ${word} `)
      const share = word.length / (text.length - 2)
      const latin = scriptOf(word[0]!) === 'latin'
      // The middle of a Latin word is seldom what was meant; of a Japanese one often.
      const place = isWhole ? 1 : isStart ? 0.85 : latin ? 0.4 : 0.7
      best = Math.max(best, f.weight * (place + 0.3 * share))
    }
    return best
  }
  /** Documents that hold every gram of a word. */
  #holding(word: string): readonly number[] {
    const grams = lookFor(word)
    const lists: number[][] = []
    for (const gram of grams) {
      const list = this.#grams.get(gram)
      if (!list) return []
      lists.push(list)
    }
    lists.sort((a, b) => a.length - b.length)
    let left: readonly number[] = lists[0] ?? []
    // Two or three of the rarest leave few; reading those is cheaper than walking the long lists.
    for (const list of lists.slice(1, 3)) {
      if (left.length < 50) break
      left = both(left, list)
    }
    return left
  }

  /** Spelled almost so: shares its grams but some, and a word of it is one or two letters away. */
  #near(word: string): Map<number, number> {
    const best = new Map<number, number>()
    // How many letters may differ: a short word with another letter is another word.
    const may = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0
    if (may === 0) return best
    for (const form of new Set([word, sound(word)])) {
      const grams = lookFor(form)
      const shared = new Map<number, number>()
      for (const gram of grams)
        for (const at of this.#grams.get(gram) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1)
      const need = Math.max(1, Math.ceil(grams.length * 0.4))
      for (const [at, n] of shared) {
        if (n < need) continue
        const score = this.#almost(at, form, may)
        if (score > (best.get(at) ?? 0)) best.set(at, score)
      }
    }
    return best
  }
  #almost(at: number, word: string, may: number): number {
    const doc = this.#docs[at]
    if (!doc) return 0
    let best = 0
    for (const f of doc.fields)
      for (const text of [f.text, f.sound]) {
        const away = distanceWithin(text, word, may)
        if (away <= may) best = Math.max(best, f.weight * (1 - away / word.length) * 0.5)
      }
    return best
  }

  /** Codes fit from their beginning; whole ones come first. */
  #byCode(asked: string): Map<number, number> {
    const scores = new Map<number, number>()
    const code = codeForm(asked)
    if (code.length < 2 || /\s/.test(asked)) return scores
    if (!this.#codesSorted) {
      this.#codes = this.#codes.filter((c) => this.#docs[c.doc])
      this.#codes.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
      this.#codesSorted = true
    }
    let low = 0
    for (let high = this.#codes.length; low < high;) {
      const middle = (low + high) >> 1
      if (this.#codes[middle]!.code < code) low = middle + 1
      else high = middle
    }
    for (let i = low; i < this.#codes.length && this.#codes[i]!.code.startsWith(code); i++) {
      const { code: whole, doc } = this.#codes[i]!
      scores.set(doc, Math.max(scores.get(doc) ?? 0, whole === code ? 1000 : code.length >= 3 ? 50 : 5))
    }
    return scores
  }

  /** Numbers of documents grow with every change; when half are gone, they are given anew. */
  #renumber(): void {
    const to = new Map<number, number>()
    const docs: Kept[] = []
    this.#docs.forEach((doc, at) => {
      if (!doc) return
      to.set(at, docs.length)
      docs.push(doc)
    })
    this.#docs = docs
    for (const [id, at] of this.#at) this.#at.set(id, to.get(at)!)
    for (const [gram, list] of this.#grams) {
      const kept = list.flatMap((at) => to.get(at) ?? [])
      if (kept.length) this.#grams.set(gram, kept)
      else this.#grams.delete(gram)
    }
    this.#codes = this.#codes.flatMap((c) => (to.has(c.doc) ? [{ code: c.code, doc: to.get(c.doc)! }] : []))
    this.#gone = 0
  }
}

/** What fits every word. */
function every(sets: readonly Map<number, number>[]): Map<number, number> {
  const [first, ...rest] = sets.toSorted((a, b) => a.size - b.size)
  const found = new Map<number, number>()
  for (const [doc, score] of first ?? []) {
    let sum = score
    for (const other of rest) {
      const more = other.get(doc)
      sum = more === undefined ? NaN : sum + more
    }
    if (sum >= 0) found.set(doc, sum)
  }
  return found
}
/** What fits some words: those that fit the weightiest. */
function mostOf(sets: readonly Map<number, number>[]): Map<number, number> {
  const found = new Map<number, number>()
  for (const set of sets) for (const [doc, score] of set) found.set(doc, (found.get(doc) ?? 0) + score)
  let top = 0
  for (const score of found.values()) top = Math.max(top, score)
  for (const [doc, score] of found) if (score < top / 2) found.delete(doc)
  return found
}
const between = /[\s・,、。/|+&()（）「」『』【】[\]]+/u

const codeForm = (code: string): string =>
  code
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-‐‑–_]/g, '')

/** How the parts of a text sound that can be read: words of kana and of Latin letters. */
function soundsOf(text: string): string {
  const out: string[] = []
  for (const run of text.match(/[a-z0-9'ぁ-ゖ]+/g) ?? []) {
    const said = sound(run)
    if (said.length > 1) out.push(said)
  }
  return out.length ? ` ${out.join(' ')} ` : ''
}

/** Latin letters go in threes with the space before a word, everything else alone and in twos. */
function gramsOf(text: string, into: Set<string>): void {
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === ' ') continue
    if (isLatin(c)) {
      if (text[i - 1] === ' ' || !isLatin(text[i - 1] ?? ' ')) {
        into.add(` ${c}`)
        if (isLatin(text[i + 1] ?? ' ')) into.add(` ${c}${text[i + 1]}`)
      }
      if (isLatin(text[i + 1] ?? ' ') && isLatin(text[i + 2] ?? ' ')) into.add(text.slice(i, i + 3))
      continue
    }
    into.add(c)
    const next = text[i + 1]
    if (next !== undefined && next !== ' ') into.add(c + next)
  }
}
/** The grams that a text with this word in it must have. */
function lookFor(word: string): string[] {
  const out = new Set<string>()
  if ([...word].every((c) => isLatin(c)) && word.length < 3) return [` ${word}`]
  for (let i = 0; i < word.length; i++) {
    const c = word[i]!
    if (isLatin(c)) {
      if (isLatin(word[i + 1] ?? ' ') && isLatin(word[i + 2] ?? ' ')) out.add(word.slice(i, i + 3))
      continue
    }
    const next = word[i + 1]
    if (next !== undefined) out.add(c + next)
    else if (i === 0) out.add(c)
  }
  return [...out]
}
const isLatin = (c: string): boolean => {
  const code = c.charCodeAt(0)
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
}
/** Both lists are in rising order. */
function both(a: readonly number[], b: readonly number[]): number[] {
  const out: number[] = []
  let j = 0
  for (const x of a) {
    while (j < b.length && b[j]! < x) j++
    if (b[j] === x) out.push(x)
  }
  return out
}

/** A word that fits nothing, cut where the script changes; what only joins words is left out. */
function cut(word: string): string[] {
  const out: string[] = []
  let run = ''
  let script = ''
  for (const c of word) {
    const now = /[ァ-ヶー]/.test(c) ? 'katakana' : scriptOf(c)
    // Hiragana after kanji belong to them (白い, 折りたたみ) unless they only join.
    if (run && now !== script && !(script === 'kanji' && now === 'kana')) {
      out.push(run)
      run = ''
    }
    if (run === '' || now !== 'kana' || script !== 'kanji') script = now
    run += c
  }
  if (run) out.push(run)
  return out
    .flatMap((part) => (/^[一-龯々].*[のとがをにで]$/u.test(part) ? [part.slice(0, -1)] : [part]))
    .flatMap((part) => part.split(/(?<=[一-龯々])の(?=[一-龯々])/u))
    .filter((part) => part.length > 0 && !/^[のとがをにでへはも]$/.test(part))
}

/** The least number of letters by which some part of `text` differs from `word`; more than `most` is told as `most + 1`. */
function distanceWithin(text: string, word: string, most: number): number {
  const n = word.length
  if (most === 0) return text.includes(word) ? 0 : 1
  let row = Array.from({ length: n + 1 }, (_, i) => i)
  let best = row[n]!
  for (let j = 1; j <= text.length; j++) {
    const next = [0]
    for (let i = 1; i <= n; i++)
      next[i] = Math.min(row[i]! + 1, next[i - 1]! + 1, row[i - 1]! + (word[i - 1] === text[j - 1] ? 0 : 1))
    row = next
    if (row[n]! < best) best = row[n]!
  }
  return Math.min(best, most + 1)
}
