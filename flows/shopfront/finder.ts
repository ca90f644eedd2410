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
const kept = 500

/** The products of the window, searchable; what was asked lately is remembered until a product or a word changes. */
export class Finder {
  readonly #engine = new SearchEngine()
  readonly #lately = new Map<string, Found>()
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
    this.#lately.clear()
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
    this.#lately.clear()
    this.#engine.words({ synonyms: all.flatMap((w) => w.same), stop: all.flatMap((w) => w.stop) })
  }
  find(query: string): Found {
    // A few changes are read at once; after a start whoever searches early finds what has been read by then.
    if (this.#waiting.size <= 500) this.#read(Infinity)
    let found = this.#lately.get(query)
    if (!found) {
      found = this.#engine.find(query)
      if (this.#lately.size >= kept) this.#lately.delete(this.#lately.keys().next().value!)
      this.#lately.set(query, found)
    }
    return found
  }
}
