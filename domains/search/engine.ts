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

type Side = {
  /** Its texts one after another, folded, each between spaces; the weightiest first. */
  readonly text: string
  /** Where each ends, and what it weighs. */
  readonly ends: readonly number[]
  readonly weights: readonly number[]
}
type Kept = {
  readonly id: number
  /** Names, categories and what else is short. */
  readonly written: Side
  /** Notes: read only where the names do not have the word. */
  readonly noted: Side
  /** How the names sound. */
  readonly spoken: Side
  readonly codes: readonly string[]
}
/**
 * How well each document fits a word, by its number; 0 is not at all. A sheet is used again: a query over a hundred thousand
 * documents leaves nothing for the garbage collector.
 */
class Scores {
  #values = new Float32Array(1024)
  #touched = new Int32Array(1024)
  size = 0
  get(doc: number): number {
    return this.#values[doc] ?? 0
  }
  /** `score` is above 0. */
  set(doc: number, score: number): void {
    if (doc >= this.#values.length) {
      const wider = new Float32Array(Math.max(doc + 1, this.#values.length * 2))
      wider.set(this.#values)
      this.#values = wider
    }
    if (this.#values[doc] === 0) {
      if (this.size === this.#touched.length) {
        const longer = new Int32Array(this.size * 2)
        longer.set(this.#touched)
        this.#touched = longer
      }
      this.#touched[this.size++] = doc
    }
    this.#values[doc] = score
  }
  /** Those it knows, in no order; one that was taken back stands there with 0. */
  docs(): Int32Array {
    return this.#touched.subarray(0, this.size)
  }
  drop(doc: number): void {
    this.#values[doc] = 0
  }
  clear(): void {
    for (const doc of this.docs()) this.#values[doc] = 0
    this.size = 0
  }
}
/** Numbers in rising order, four bytes each. */
class Numbers {
  list = new Int32Array(2)
  size = 0
  push(n: number): void {
    if (this.size === this.list.length) {
      const wider = new Int32Array(Math.ceil(this.size * 1.5) + 1)
      wider.set(this.list)
      this.list = wider
    }
    this.list[this.size++] = n
  }
}
/** Of each document that fits a word, how well: kept beside each other, to be written onto a sheet again. */
type Known = { readonly docs: Int32Array; readonly values: Float32Array }
const none = new Int32Array()
/** The id of what is there no more; all others are above 0. */
const gone = -1
/** So many documents of words asked for lately are remembered, 8 bytes each. */
const knownMost = 2_000_000
/** Long texts are read to here: what a search is about stands early. */
const readMost = 300
/** What weighs less is a note. */
const nameLeast = 0.45

export class SearchEngine {
  #docs: (Kept | undefined)[] = []
  readonly #at = new Map<number, number>()
  #grams = new Map<string, Numbers>()
  /** In order; what has come since is put in by the next query, and what has gone is passed over. */
  #codes: Code[] = []
  #newCodes: Code[] = []
  #gone = 0
  #synonyms = new Map<string, string[]>()
  #stop = new Set<string>()
  readonly #free: Scores[] = []
  /** What fits the words that were asked for lately. Shoppers ask for the same few; it is forgotten when a document changes. */
  readonly #known = new Map<string, Known>()
  #knownSize = 0
  /** Beside each document: its id, and how long its name is. A ranking touches numbers, not objects. */
  #ids: number[] = []
  #lengths: number[] = []
  #used: Scores[] = []
  /** How many documents of a word the query under way reads at most. */
  #readMost = Infinity

  /** Documents it holds. */
  get size(): number {
    return this.#at.size
  }

  put(doc: Document): void {
    this.remove(doc.id)
    this.#forget()
    const fields = doc.fields
      .map((f) => ({ text: fold(f.text.slice(0, readMost)).replace(/\s+/g, ' ').trim(), weight: f.weight }))
      .filter((f) => f.text !== '')
      .toSorted((x, y) => y.weight - x.weight)
    const names = fields.filter((f) => f.weight >= nameLeast)
    const written = sideOf(names)
    const noted = sideOf(fields.slice(names.length))
    const spoken = sideOf(
      names.map((f) => ({ text: soundsOf(f.text), weight: f.weight * 0.85 })).filter((f) => f.text !== ''),
    )
    const at = this.#docs.length
    const codes = doc.codes.map(codeForm).filter(Boolean)
    this.#docs.push({ id: doc.id, written, noted, spoken, codes })
    this.#ids.push(doc.id)
    this.#lengths.push(written.ends[0] ?? 0)
    this.#at.set(doc.id, at)
    const grams = new Set<string>()
    gramsOf(written.text, grams)
    gramsOf(noted.text, grams)
    gramsOf(spoken.text, grams)
    for (const gram of grams) {
      let list = this.#grams.get(gram)
      if (!list) this.#grams.set(gram, (list = new Numbers()))
      list.push(at)
    }
    for (const code of codes) this.#newCodes.push({ code, doc: at })
  }
  remove(id: number): void {
    const at = this.#at.get(id)
    if (at === undefined) return
    this.#at.delete(id)
    this.#docs[at] = undefined
    this.#ids[at] = gone
    this.#forget()
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

  /**
   * What fits of a word that somebody is still typing: as `find`, but of a beginning that very many have only the `most` that came
   * last are read, so that it takes a bounded time however many there are.
   */
  begun(query: string, most: number): Found {
    this.#readMost = most
    try {
      return this.find(query)
    } finally {
      this.#readMost = Infinity
    }
  }
  /** Everything that fits, best first. `only` leaves out what may not be shown. */
  find(query: string, only: (id: number) => boolean = () => true): Found {
    // Cut before it is folded: folded, katakana can no longer be told from hiragana.
    const asked = query.slice(0, 200).normalize('NFKC').toLowerCase().trim()
    const words = this.#telling(asked.split(between).filter(Boolean))
    for (const sheet of this.#used) {
      sheet.clear()
      this.#free.push(sheet)
    }
    this.#used = []
    const byCode = this.#byCode(asked)
    let found = this.#every(words.map((w) => this.#meant(fold(w))))
    let how: Found['how'] = 'all'
    if (!this.#any(found, only) && !this.#any(byCode, only) && words.length > 0) {
      let isNear = false
      const sets = this.#telling(words.flatMap((w) => cut(w))).map((w) => {
        const exact = this.#meant(fold(w))
        if (exact.scores.size > 0) return exact
        const scores = this.#near(fold(w))
        if (scores.size > 0) isNear = true
        return { scores, rare: this.#rarity(scores) }
      })
      found = this.#every(sets)
      how = isNear ? 'near' : 'all'
      if (!this.#any(found, only)) {
        found = this.#mostOf(sets)
        how = 'some'
      }
    }
    for (const doc of byCode.docs()) found.set(doc, Math.max(byCode.get(doc), found.get(doc)))
    return this.#ranked(found, only, how)
  }
  /** The better first, of equals the shorter name, then the older. */
  #ranked(found: Scores, only: (id: number) => boolean, how: Found['how']): Found {
    // Sorted as plain numbers: score and place in one, the place in the low digits, so that equals keep their order.
    const docs = found.docs()
    const ids = new Int32Array(docs.length)
    const scores = new Float32Array(docs.length)
    const keys = new Float64Array(docs.length)
    let n = 0
    for (const at of docs) {
      const id = this.#ids[at]!
      const score = found.get(at)
      if (score === 0 || id === gone || !only(id)) continue
      scores[n] = score - this.#lengths[at]! / 10_000
      ids[n] = id
      keys[n] = -Math.round(scores[n]! * 10_000) * places + n
      n++
    }
    const order = keys.subarray(0, n).sort()
    const ranked = { ids: new Int32Array(n), scores: new Float32Array(n), how }
    order.forEach((key, to) => {
      const from = ((key % places) + places) % places
      ranked.ids[to] = ids[from]!
      ranked.scores[to] = Math.round(scores[from]! * 10_000) / 10_000
    })
    return ranked
  }
  #any(scores: Scores, only: (id: number) => boolean): boolean {
    for (const at of scores.docs()) {
      const id = this.#ids[at]!
      if (scores.get(at) > 0 && id !== gone && only(id)) return true
    }
    return false
  }

  /** Without the words that say nothing, unless nothing else is asked. */
  #telling(words: readonly string[]): readonly string[] {
    const telling = words.filter((w) => !this.#stop.has(fold(w)))
    return telling.length ? telling : words
  }
  /** What fits a word, or one that means the same. */
  #meant(word: string): Weighed {
    const scores = this.#word(word)
    for (const other of this.#synonyms.get(word) ?? []) {
      const alike = this.#phrase(other)
      for (const doc of alike.docs())
        if (alike.get(doc) > 0) scores.set(doc, Math.max(alike.get(doc) * 0.9, scores.get(doc)))
    }
    return { scores, rare: this.#rarity(scores) }
  }
  /** A word that few have weighs more. */
  #rarity(scores: Scores): number {
    return Math.log(1 + this.#at.size / (1 + scores.size))
  }
  /** Another word's meaning may be told in several words. */
  #phrase(words: string): Scores {
    const [first = this.#sheet(), ...rest] = words.split(' ').map((w) => this.#word(w))
    for (const doc of first.docs())
      for (const other of rest)
        if (other.get(doc) === 0) first.drop(doc)
        else if (first.get(doc) > 0) first.set(doc, Math.min(first.get(doc), other.get(doc)))
    return first
  }
  /** An empty sheet; all of them are taken back by the next query. */
  #sheet(): Scores {
    const sheet = this.#free.pop() ?? new Scores()
    this.#used.push(sheet)
    return sheet
  }
  #word(word: string): Scores {
    const scores = this.#sheet()
    const known = this.#known.get(word)
    if (known) {
      this.#known.delete(word)
      this.#known.set(word, known)
      known.docs.forEach((doc, i) => scores.set(doc, known.values[i]!))
      return scores
    }
    let isWhole = this.#read(word, ['written', 'noted'], scores)
    // How it sounds finds romaji, long vowels left out or written another way. Kanji have no sound.
    const said = sound(word.replace(/-/g, ''))
    if (said.length > 1 && /^[a-z0-9]+$/.test(said)) isWhole = this.#read(said, ['spoken'], scores) && isWhole
    if (isWhole) this.#remember(word, scores)
    return scores
  }
  #remember(word: string, scores: Scores): void {
    const docs = scores.docs().slice()
    this.#known.set(word, { docs, values: Float32Array.from(docs, (doc) => scores.get(doc)) })
    this.#knownSize += docs.length + 10
    // The word that was asked for longest ago goes first.
    for (const [oldest, { docs: its }] of this.#known) {
      if (this.#knownSize <= knownMost) break
      this.#known.delete(oldest)
      this.#knownSize -= its.length + 10
    }
  }
  #forget(): void {
    if (this.#knownSize === 0) return
    this.#known.clear()
    this.#knownSize = 0
  }
  /** Answers whether all were read that may have it. */
  #read(word: string, sides: readonly ('written' | 'noted' | 'spoken')[], scores: Scores): boolean {
    const holding = this.#holding(word)
    const end = Math.max(0, holding.length - this.#readMost)
    for (let n = holding.length - 1; n >= end; n--) {
      const at = holding[n]!
      const doc = this.#docs[at]
      if (!doc || scores.get(at) > 0) continue
      for (const as of sides) {
        const score = bestPlace(doc[as], word)
        if (score === 0) continue
        scores.set(at, score)
        break
      }
    }
    return end === 0
  }
  /** Documents that hold the rarest grams of a word; the rest is read. */
  #holding(word: string): Int32Array {
    const lists: Numbers[] = []
    for (const gram of lookFor(word)) {
      const list = this.#grams.get(gram)
      if (!list) return none
      lists.push(list)
    }
    lists.sort((a, b) => a.size - b.size)
    const [first, ...rest] = lists
    if (!first) return none
    let left = first.list.subarray(0, first.size)
    // Two or three of the rarest leave few; reading those is cheaper than walking the long lists.
    for (const list of rest.slice(0, 2)) {
      if (left.length < 50) break
      left = both(left, list)
    }
    return left
  }

  /** What fits every word. */
  #every(sets: readonly Weighed[]): Scores {
    const found = this.#sheet()
    const [first, ...rest] = sets.toSorted((a, b) => a.scores.size - b.scores.size)
    if (!first) return found
    for (const doc of first.scores.docs()) {
      let sum = first.scores.get(doc) * first.rare
      let fits = sum > 0
      for (const other of rest) {
        const more = other.scores.get(doc) * other.rare
        fits &&= more > 0
        sum += more
      }
      if (fits) found.set(doc, sum)
    }
    return found
  }
  /** What fits some words: those that fit the weightiest. */
  #mostOf(sets: readonly Weighed[]): Scores {
    const found = this.#sheet()
    let top = 0
    for (const { scores, rare } of sets)
      for (const doc of scores.docs()) {
        const sum = found.get(doc) + scores.get(doc) * rare
        if (sum > 0) found.set(doc, sum)
        top = Math.max(top, sum)
      }
    for (const doc of found.docs()) if (found.get(doc) < top / 2) found.drop(doc)
    return found
  }

  /** Spelled almost so: shares its grams but some, and a word of it is one or two letters away. */
  #near(word: string): Scores {
    const best = this.#sheet()
    // How many letters may differ: a short word with another letter is another word.
    const may = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0
    if (may === 0) return best
    for (const form of new Set([word, sound(word)])) {
      const grams = lookFor(form)
      const shared = new Map<number, number>()
      for (const gram of grams)
        for (const at of numbersOf(this.#grams.get(gram))) shared.set(at, (shared.get(at) ?? 0) + 1)
      const need = Math.max(1, Math.ceil(grams.length * 0.4))
      // Those that share the most are read; a slip of the fingers leaves most of a word as it was.
      const likely = [...shared].filter(([, n]) => n >= need).sort((x, y) => y[1] - x[1])
      for (const [at] of likely.slice(0, 300)) {
        const score = this.#almost(at, form, may)
        if (score > best.get(at)) best.set(at, score)
      }
    }
    return best
  }
  #almost(at: number, word: string, may: number): number {
    const doc = this.#docs[at]
    if (!doc) return 0
    let best = 0
    for (const side of [doc.written, doc.spoken]) {
      let from = 0
      side.ends.forEach((end, i) => {
        const away = distanceWithin(side.text.slice(from, end), word, may)
        if (away <= may) best = Math.max(best, side.weights[i]! * (1 - away / word.length) * 0.5)
        from = end
      })
    }
    return best
  }

  /** Codes fit from their beginning; whole ones come first. */
  #byCode(asked: string): Scores {
    const scores = this.#sheet()
    const code = codeForm(asked)
    if (code.length < 2 || /\s/.test(asked)) return scores
    this.#sortCodes()
    const low = placeOf(this.#codes, code)
    const end = Math.min(this.#codes.length, low + this.#readMost)
    for (let i = low; i < end && this.#codes[i]!.code.startsWith(code); i++) {
      const { code: whole, doc } = this.#codes[i]!
      if (!this.#docs[doc]) continue
      scores.set(doc, Math.max(scores.get(doc), whole === code ? 1000 : code.length >= 3 ? 50 : 5))
    }
    return scores
  }

  /** A few find their places; many are sorted in with all others. */
  #sortCodes(): void {
    if (this.#newCodes.length <= 1000)
      for (const one of this.#newCodes) this.#codes.splice(placeOf(this.#codes, one.code), 0, one)
    else {
      this.#codes = [...this.#codes.filter((c) => this.#docs[c.doc]), ...this.#newCodes]
      this.#codes.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
    }
    this.#newCodes = []
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
    this.#ids = docs.map((doc) => doc.id)
    this.#lengths = docs.map((doc) => doc.written.ends[0] ?? 0)
    this.#forget()
    for (const [id, at] of this.#at) this.#at.set(id, to.get(at)!)
    for (const [gram, list] of this.#grams) {
      const kept = new Numbers()
      for (const at of numbersOf(list)) if (to.has(at)) kept.push(to.get(at)!)
      if (kept.size) this.#grams.set(gram, kept)
      else this.#grams.delete(gram)
    }
    this.#sortCodes()
    this.#codes = this.#codes.flatMap((c) => (to.has(c.doc) ? [{ code: c.code, doc: to.get(c.doc)! }] : []))
    this.#gone = 0
  }
}

type Code = { readonly code: string; readonly doc: number }
/** Where a code stands, or would. */
function placeOf(codes: readonly Code[], code: string): number {
  let low = 0
  for (let high = codes.length; low < high;) {
    const middle = (low + high) >> 1
    if (codes[middle]!.code < code) low = middle + 1
    else high = middle
  }
  return low
}
type Weighed = { readonly scores: Scores; readonly rare: number }
function sideOf(fields: readonly { text: string; weight: number }[]): Side {
  let text = ' '
  const ends = fields.map((f) => (text += `${f.text} \n `).length)
  return { text, ends, weights: fields.map((f) => f.weight) }
}
/** The best place of a word: 0 where it does not stand. */
function bestPlace(side: Side, word: string): number {
  const { text } = side
  // The middle of a Latin word is seldom what was meant; of a Japanese one often.
  const inside = isLatin(word[0]!) ? 0.4 : 0.7
  let best = 0
  for (let found = text.indexOf(word); found >= 0; found = text.indexOf(word, found + 1)) {
    const isStart = text[found - 1] === ' '
    const place = !isStart ? inside : text[found + word.length] === ' ' ? 1 : 0.85
    best = Math.max(best, worth(side, found, word.length, place))
  }
  return best
}
/** A word at a place of a text: what its field weighs, by how it stands there and how much of the field it is. */
function worth(side: Side, found: number, length: number, place: number): number {
  let i = 0
  while (side.ends[i]! <= found) i++
  const from = i === 0 ? 0 : side.ends[i - 1]!
  return side.weights[i]! * (place + (0.3 * length) / Math.max(1, side.ends[i]! - from - 3))
}
const numbersOf = (numbers: Numbers | undefined): Iterable<number> =>
  numbers?.list.subarray(0, numbers.size) ?? []
/** More documents than there will be, as a power of two: the low digits of a number to sort by. */
const places = 2 ** 24
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
  return out.join(' ')
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
function both(a: Int32Array, numbers: Numbers): Int32Array<ArrayBuffer> {
  const b = numbers.list
  const out = new Int32Array(a.length)
  let j = 0
  let n = 0
  for (const x of a) {
    while (j < numbers.size && b[j]! < x) j++
    if (j < numbers.size && b[j] === x) out[n++] = x
  }
  return out.subarray(0, n)
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
  return (
    out
      // A の among hiragana may be of a word itself (ゆのみ).
      .flatMap((part) => part.split(/(?<=[^ぁ-ん])の|の(?=[^ぁ-ん])/u))
      .flatMap((part) => (/^[一-龯々].*[とがをにで]$/u.test(part) ? [part.slice(0, -1)] : [part]))
      .map((part, i) => (i > 0 ? part.replace(/^[のとがをにで](?=.)/u, '') : part))
      .filter((part) => part.length > 0 && !/^[のとがをにでへはも]$/.test(part))
  )
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
