/** How well a search answers judged queries: nDCG@10. */
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { Finder } from '#flows/shopfront'
import { range, sample } from '#sample'

export type Judged = {
  readonly q: string
  readonly tries: string
  /** A document's number and how well it answers, 1 to 3. */
  readonly grades: ReadonlyMap<number, number>
  /** Looked at by the bench alone. */
  readonly isHeld: boolean
}
const here = import.meta.dirname
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line && !line.startsWith('# '))
    .map((line) => line.split('\t'))

/** The drug price list as a shop would have it, and what was asked of it. */
export function drugs(): { finder: Finder; judged: Judged[] } {
  const rows = rowsOf(zlib.gunzipSync(fs.readFileSync(path.join(here, 'drugs.tsv.gz'))).toString()).map(
    ([code = '', name = '', ingredient = '', maker = ''], id) => ({ id, code, name, ingredient, maker }),
  )
  const finder = new Finder()
  for (const r of rows) {
    const text = (ja: string) => ({ ja, en: '' })
    finder.put({
      id: r.id,
      code: r.code,
      name: text(r.name),
      brand: r.maker || null,
      kana: null,
      summary: text(r.ingredient),
      description: null,
      categories: [],
      options: [],
      archived: false,
      skus: [{ code: r.code, jan: null, archived: false }],
    })
  }
  const plain = rows.map((r) => ({ ...r, name: r.name.normalize('NFKC') }))
  const judged = rowsOf(fs.readFileSync(path.join(here, 'drugs.queries.tsv'), 'utf8')).map(
    ([q = '', brand = '', ingredient = '', tries = ''], n) => ({
      q,
      tries,
      isHeld: n % 3 === 2,
      grades: new Map(
        plain.flatMap((r) => {
          const same = r.ingredient.includes(ingredient)
          const named = r.name.startsWith(brand || ingredient)
          const grade = named ? 3 : same ? (brand ? 1 : 2) : 0
          return grade ? [[r.id, grade] as const] : []
        }),
      ),
    }),
  )
  return { finder, judged }
}

/** The sample shop with all its goods, its words, and what was asked of it. */
export function sampleShop(): { finder: Finder; judged: Judged[] } {
  const products = [...sample.products, ...range.map((r) => r.product)]
  const finder = new Finder()
  finder.categories(new Map(sample.categories.map((c, i) => [i + 1, c])))
  finder.words([{ id: 1, version: 1, ...sample.words }])
  products.forEach((p, id) =>
    finder.put({
      ...p,
      id,
      categories: p.categories.map((code) => sample.categories.findIndex((c) => c.code === code) + 1),
      archived: false,
      skus: p.variants.map((v) => ({ code: v.sku, jan: v.jan, archived: false })),
    }),
  )
  const named = (patterns: string): number[] =>
    patterns
      .split(',')
      .filter(Boolean)
      .flatMap((pattern) => {
        const parts = new RegExp(`^${pattern.replaceAll('*', '.*')}$`)
        const found = products.flatMap((p, id) => (parts.test(p.code) ? [id] : []))
        if (found.length === 0) throw new Error(`no product is called ${pattern}`)
        return found
      })
  const judged = rowsOf(fs.readFileSync(path.join(here, 'sample.queries.tsv'), 'utf8')).map(
    ([q = '', tries = '', best = '', too = ''], n) => ({
      q,
      tries,
      isHeld: n % 3 === 2,
      grades: new Map([
        ...named(too).map((id) => [id, 1] as const),
        ...named(best).map((id) => [id, 3] as const),
      ]),
    }),
  )
  return { finder, judged }
}

const gain = (grade: number, place: number) => (2 ** grade - 1) / Math.log2(place + 2)
export function ndcg(ids: Iterable<number>, grades: ReadonlyMap<number, number>): number {
  const got = [...ids].slice(0, 10).reduce((sum, id, place) => sum + gain(grades.get(id) ?? 0, place), 0)
  const best = [...grades.values()]
    .toSorted((a, b) => b - a)
    .slice(0, 10)
    .reduce((sum, grade, place) => sum + gain(grade, place), 0)
  return best === 0 ? 1 : got / best
}
export const meanOf = (scores: readonly number[]) => scores.reduce((sum, s) => sum + s, 0) / scores.length

/** By what was tried, and all together. */
export function judge(finder: Finder, judged: readonly Judged[]): Map<string, number> {
  const by = new Map<string, number[]>([['all', []]])
  finder.settle()
  for (const j of judged) {
    const score = ndcg(finder.find(j.q).ids, j.grades)
    by.get('all')!.push(score)
    by.set(j.tries, [...(by.get(j.tries) ?? []), score])
  }
  return new Map([...by].map(([tries, scores]) => [tries, meanOf(scores)]))
}

/** Prints what each query tries and how well it is answered: what ranking is tuned on, and what it is not. */
export function printJudged(): void {
  for (const [over, { finder, judged }] of [
    ['drugs', drugs()],
    ['goods of the sample shop', sampleShop()],
  ] as const) {
    const [seen, held] = [false, true].map((isHeld) =>
      judge(
        finder,
        judged.filter((j) => j.isHeld === isHeld),
      ),
    )
    console.log(`nDCG@10 of ${judged.length} queries over ${finder.settle()} ${over}`)
    console.log(`  ${''.padEnd(24)} two thirds   held back`)
    for (const [tries, score] of seen!)
      console.log(`  ${tries.padEnd(24)} ${score.toFixed(3)}        ${held!.get(tries)?.toFixed(3) ?? '–'}`)
  }
}
