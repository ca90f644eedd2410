type Text = { ja: string; en: string }
export type Facets = {
  categories: { code: string; parent: string | null; name: Text; count: number }[]
  in_stock: number
  /** From and to include their ends; null is open. */
  prices: { from: number | null; to: number | null; count: number }[]
  options: {
    code: string
    name: Text
    values: { code: string; name: Text; colour: string | null; count: number }[]
  }[]
}
type Faceted = {
  min: number
  max: number
  available: number
  product: {
    categories: readonly number[]
    options: readonly {
      code: string
      name: Text
      values: readonly { code: string; name: Text; colour?: string }[]
    }[]
    skus: readonly { archived: boolean; options: Readonly<Record<string, string>> }[]
  }
}
/** `colour:navy` names an option and one of its values. */
export type Choice = { option: string; values: ReadonlySet<string> }
export function choices(told: readonly string[] | undefined): Choice[] {
  const by = new Map<string, Set<string>>()
  for (const one of told ?? []) {
    const [option = '', value = ''] = one.split(':')
    if (!by.has(option)) by.set(option, new Set())
    by.get(option)!.add(value)
  }
  return [...by].map(([option, values]) => ({ option, values }))
}
/** One SKU has a value of each option that is chosen: a red one in another size is none. */
export const hasChosen = (item: Faceted, chosen: readonly Choice[]): boolean =>
  item.product.skus.some((s) => !s.archived && chosen.every((c) => c.values.has(s.options[c.option] ?? '')))

const bands = [1000, 3000, 5000, 10_000, 30_000]
type Value = { option: string; optionName: Text; code: string; name: Text; colour: string | null }

/** What counting needs of a product, as numbers: its categories with those above them, and the values that its SKUs have. */
type Marks = { categories: number[]; values: number[] }
/** Counts products by what they could be narrowed by. */
export class FacetCounter {
  readonly #marks = new WeakMap<object, Marks>()
  readonly #values: Value[] = []
  readonly #numbers = new Map<string, number>()

  /** Counts per choice. Each facet is counted without its own choice, so that another can be taken instead. */
  count(
    items: readonly Faceted[],
    now: {
      categories: readonly { id: number; code: string; parent: number | null; name: Text }[]
      /** The categories that are told; undefined: all. */
      told: ReadonlySet<number> | undefined
      within: ReadonlySet<number> | undefined
      least: number
      from: number
      to: number
      chosen: readonly Choice[]
    },
  ): Facets {
    const { within, least, from, to, chosen } = now
    const parentOf = new Map(now.categories.map((c) => [c.id, c.parent]))
    const inCategory = new Map<number, number>()
    const inBand = bands.map(() => 0).concat(0)
    const ofValue: number[] = []
    let inStock = 0
    for (const item of items) {
      const mark = this.#marksOf(item, parentOf)
      const here = !within || item.product.categories.some((c) => within.has(c))
      const free = item.available >= least
      const priced = item.max >= from && item.min <= to
      const fits = chosen.length === 0 || hasChosen(item, chosen)
      if (free && priced && fits)
        for (const c of mark.categories) inCategory.set(c, (inCategory.get(c) ?? 0) + 1)
      if (!here) continue
      if (priced && fits && item.available > 0) inStock++
      if (free && fits) inBand[bandOf(item.min)]!++
      if (!free || !priced) continue
      if (fits && chosen.length === 0) for (const v of mark.values) ofValue[v] = (ofValue[v] ?? 0) + 1
      else
        for (const v of mark.values) {
          const rest = chosen.filter((c) => c.option !== this.#values[v]!.option)
          if (
            hasChosen(item, [
              ...rest,
              { option: this.#values[v]!.option, values: new Set([this.#values[v]!.code]) },
            ])
          )
            ofValue[v] = (ofValue[v] ?? 0) + 1
        }
    }
    const codeOf = new Map(now.categories.map((c) => [c.id, c.code]))
    const options = new Map<string, Facets['options'][number]>()
    ofValue.forEach((count, v) => {
      const { option, optionName, code, name, colour } = this.#values[v]!
      if (!options.has(option)) options.set(option, { code: option, name: optionName, values: [] })
      options.get(option)!.values.push({ code, name, colour, count })
    })
    return {
      categories: now.categories.flatMap((c) => {
        const count = inCategory.get(c.id)
        return count && (!now.told || now.told.has(c.id))
          ? [
              {
                code: c.code,
                parent: c.parent === null ? null : (codeOf.get(c.parent) ?? null),
                name: c.name,
                count,
              },
            ]
          : []
      }),
      in_stock: inStock,
      prices: inBand.flatMap((count, i) =>
        count
          ? [{ from: i === 0 ? null : bands[i - 1]!, to: i === bands.length ? null : bands[i]! - 1, count }]
          : [],
      ),
      options: [...options.values()],
    }
  }

  #marksOf(item: Faceted, parentOf: ReadonlyMap<number, number | null>): Marks {
    const product = item.product
    const known = this.#marks.get(product)
    if (known) return known
    const categories = new Set<number>()
    for (const c of product.categories) {
      // With those above it; what has gone is in none.
      for (let at: number | null | undefined = parentOf.has(c) ? c : null; at != null; at = parentOf.get(at))
        categories.add(at)
    }
    const own: number[] = []
    for (const o of product.options) {
      const there = new Set(product.skus.flatMap((s) => (s.archived ? [] : [s.options[o.code]])))
      for (const v of o.values) {
        if (!there.has(v.code)) continue
        const key = `${o.code}:${v.code}`
        let number = this.#numbers.get(key)
        if (number === undefined) this.#numbers.set(key, (number = this.#values.length))
        // Called by the name that was read last.
        const { code, name, colour = null } = v
        this.#values[number] = { option: o.code, optionName: o.name, code, name, colour }
        own.push(number)
      }
    }
    const made = { categories: [...categories], values: own }
    this.#marks.set(product, made)
    return made
  }
}
function bandOf(price: number): number {
  const band = bands.findIndex((b) => price < b)
  return band < 0 ? bands.length : band
}
