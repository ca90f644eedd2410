import { SearchEngine, type Found, type ShopWords } from '#domains/search'

type Text = { ja: string; en: string }
export type Findable = {
  id: number
  code: string
  name: Text
  brand: string | null
  kana: string | null
  summary: Text | null
  description: Text | null
  categories: readonly number[]
  options: readonly { values: readonly { name: Text }[] }[]
  archived: boolean
  skus: readonly { code: string; jan: string | null; archived: boolean }[]
}
/** So many hits of what was asked lately are remembered, 8 bytes each. */
const hitsMost = 1_000_000
/** Of so many beginnings of words that were typed lately, the best few are remembered. */
const begunMost = 10_000
export const fewMost = 64
/** Of a beginning that more products have, the newest so many are read. */
const begunRead = 10_000

/** The products of the window, searchable; what was asked lately is remembered until a product or a word changes. */
export class Finder {
  readonly #engine = new SearchEngine()
  readonly #lately = new Map<string, Found>()
  #hits = 0
  readonly #begun = new Map<string, Int32Array>()
  /** Changed, and not read by the engine yet: a start does not wait for a hundred thousand of them. */
  readonly #waiting = new Map<number, Findable>()
  #categories: ReadonlyMap<number, { name: Text }> = new Map()
  #isReading = false

  /** Reads what waits, and says how many products can be found. */
  settle(): number {
    this.#read(Infinity)
    return this.#engine.size
  }
  /** What the numbers of categories are called. */
  categories(all: ReadonlyMap<number, { name: Text }>): void {
    this.#categories = all
  }
  put(p: Findable): void {
    this.#waiting.set(p.id, p)
    if (!this.#isReading) setImmediate(() => this.#some())
    this.#isReading = true
  }
  /** A few milliseconds' worth, between requests. */
  #some(): void {
    this.#read(50)
    this.#isReading = this.#waiting.size > 0
    if (this.#isReading) setImmediate(() => this.#some())
  }
  #read(most: number): void {
    if (this.#waiting.size === 0) return
    this.#forget()
    for (const [id, p] of this.#waiting) {
      if (most-- === 0) return
      this.#waiting.delete(id)
      this.#put(p)
    }
  }
  #put(p: Findable): void {
    const skus = p.skus.filter((s) => !s.archived)
    if (p.archived || skus.length === 0) return this.#engine.remove(p.id)
    const field = (text: string | null | undefined, weight: number) => (text ? [{ text, weight }] : [])
    this.#engine.put({
      id: p.id,
      fields: [
        ...field(p.name.ja, 1),
        ...field(p.name.en, 0.95),
        ...field(p.kana, 0.95),
        ...field(p.brand, 0.7),
        ...p.categories.flatMap((c) => {
          const name = this.#categories.get(c)?.name
          return name ? [...field(name.ja, 0.6), ...field(name.en, 0.6)] : []
        }),
        ...p.options.flatMap((o) =>
          o.values.flatMap((v) => [...field(v.name.ja, 0.5), ...field(v.name.en, 0.5)]),
        ),
        ...field(p.summary?.ja, 0.35),
        ...field(p.summary?.en, 0.35),
        ...field(p.description?.ja, 0.2),
        ...field(p.description?.en, 0.2),
      ],
      codes: [p.code, ...skus.flatMap((s) => (s.jan ? [s.code, s.jan] : [s.code]))],
    })
  }
  /** One list of words serves all shops of the house. */
  words(all: readonly ShopWords[]): void {
    this.#forget()
    this.#engine.words({ synonyms: all.flatMap((w) => w.same), stop: all.flatMap((w) => w.stop) })
  }
  find(query: string): Found {
    this.#settled()
    let found = this.#lately.get(query)
    if (found) this.#lately.delete(query)
    else {
      found = this.#engine.find(query)
      this.#hits += found.ids.length
    }
    this.#lately.set(query, found)
    // The one that was asked for longest ago goes first; the newest stays, however many it hits.
    for (const [oldest, { ids }] of this.#lately) {
      if (this.#hits <= hitsMost || oldest === query) break
      this.#lately.delete(oldest)
      this.#hits -= ids.length
    }
    return found
  }
  /** The best `fewMost` of what fits, for somebody who is still typing: many begin alike, and none turns a page. */
  few(query: string): Int32Array {
    this.#settled()
    let few = this.#begun.get(query)
    if (!few) {
      few = (this.#lately.get(query) ?? this.#engine.begun(query, begunRead)).ids.slice(0, fewMost)
      if (this.#begun.size >= begunMost) this.#begun.delete(this.#begun.keys().next().value!)
      this.#begun.set(query, few)
    }
    return few
  }
  /** A few changes are read at once; after a start whoever searches early finds what has been read by then. */
  #settled(): void {
    if (this.#waiting.size <= 500) this.#read(Infinity)
  }
  #forget(): void {
    this.#lately.clear()
    this.#hits = 0
    this.#begun.clear()
  }
}
