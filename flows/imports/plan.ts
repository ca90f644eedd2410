/** What a file says of some products, held against what is there: the same for a dry run as for a real one. Writes nothing. */
import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '#kernel/gate'
import { Refusal } from '#kernel/refusal'
import { catalog, imports, pricing, stock } from './rooms.ts'

/** One row of the file. What is absent is no column of the file and stays as it is. */
export type SkuLine = {
  readonly line: number
  readonly code: string
  readonly jan?: string | null
  readonly options?: Record<string, string>
  readonly unit?: string
  readonly decimals?: number
  readonly case_pack?: number | null
  readonly weight_grams?: number | null
  readonly lot_kept?: boolean
  readonly serial_kept?: boolean
  readonly components?: readonly { sku: string; quantity: number }[] | null
  readonly archived?: boolean
  /** Ten-thousandths of a yen; null: nothing is said. */
  readonly price?: number | null
  readonly price_from?: string | null
}
type Words = { readonly ja?: string | null; readonly en?: string | null }
/** The rows of one product, which stand together. */
export type ProductLines = {
  readonly line: number
  readonly code: string
  readonly name?: Words
  readonly kana?: string | null
  readonly brand?: string | null
  readonly summary?: Words
  readonly description?: Words
  readonly tax_class?: string
  readonly age?: number | null
  readonly picture?: string | null
  readonly categories?: readonly string[]
  readonly options?: catalog.Option[]
  readonly archived?: boolean
  readonly fields?: Readonly<Record<string, catalog.FieldValue | null>>
  readonly skus: readonly SkuLine[]
}
export type PlanAsk = {
  readonly shop: number
  /** From when prices hold where a row says nothing; null: from now. */
  readonly from: string | null
  /** What is in the file is on sale, unless the file itself says. */
  readonly revive: boolean
  /** The file is in CP932, in which 〜 and ～ are one. */
  readonly twins?: boolean
  readonly products: readonly ProductLines[]
  /** In a dry run: codes of parts that an earlier row of the file brings. */
  readonly promised?: readonly string[]
}
export type Change = {
  readonly line: number
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}
type PlannedPrice = { at: number; unit_price: number; from: Date | null; was: number | null }
export type Planned = {
  readonly of: ProductLines
  readonly before: catalog.Edited | undefined
  readonly draft: catalog.ProductDraft
  readonly skus: readonly catalog.SkuDraft[]
  readonly edited: boolean
  /** To become, where it is another than now. */
  readonly archived: boolean | undefined
  readonly prices: readonly PlannedPrice[]
  readonly changes: readonly Change[]
}
/** What cannot be done: in which row, and which of our fields it is about. */
export type Unfit = {
  readonly of: ProductLines
  readonly line: number
  readonly field: string
  readonly refusal: Refusal
}

export async function plan(tx: Tx, ask: PlanAsk): Promise<(Planned | Unfit)[]> {
  const codes = ask.products.flatMap((p) => p.skus.flatMap((s) => (s.jan ? [s.code, s.jan] : [s.code])))
  const parts = ask.products.flatMap((p) => p.skus.flatMap((s) => (s.components ?? []).map((c) => c.sku)))
  const [befores, holders] = await Promise.all([
    Promise.all(ask.products.map((p) => catalog.productByCode(tx, p.code))),
    catalog.holdersOf(tx, [...codes, ...parts]),
  ])
  const drafts = await Promise.all(
    ask.products.map(async (of, n) => {
      try {
        return await drafted(tx, of, befores[n], holders, ask)
      } catch (error) {
        if (error instanceof Misfit) return { of, ...error.at }
        if (error instanceof Refusal) return { of, ...placed(of, error) }
        throw error
      }
    }),
  )
  const asked: { sku: number; at: Date; into: PlannedPrice; line: number; changes: Change[] }[] = []
  for (const d of drafts) {
    if ('refusal' in d) continue
    for (const p of d.prices) {
      const sku = d.skus[p.at]!
      const line = d.of.skus.find((s) => s.code === sku.code)!.line
      if (sku.id !== undefined)
        asked.push({ sku: sku.id, at: p.from ?? tx.now, into: p, line, changes: d.changes })
      else d.changes.push({ line, field: 'price', before: null, after: p.unit_price })
    }
  }
  const were = asked.length ? await pricing.pricesAt(tx, ask.shop, asked) : []
  asked.forEach(({ into, line, changes }, i) => {
    into.was = were[i]?.unit_price ?? null
    if (into.was !== into.unit_price)
      changes.push({ line, field: 'price', before: into.was, after: into.unit_price })
  })
  return drafts.map((d) =>
    'refusal' in d ? d : { ...d, prices: d.prices.filter((p) => p.was !== p.unit_price) },
  )
}

class Misfit extends Error {
  readonly at: { line: number; field: string; refusal: Refusal }
  constructor(line: number, field: string, refusal: Refusal) {
    super(field)
    this.at = { line, field, refusal }
  }
}
/** A refusal says which field of a product it is about: `skus/2/jan`. */
function placed(of: ProductLines, refusal: Refusal): { line: number; field: string; refusal: Refusal } {
  const at = String(refusal.detail.at ?? '')
  const m = /^skus\/(\d+)\/(\w+)/.exec(at)
  return {
    line: of.skus[Number(m?.[1] ?? 0)]?.line ?? of.line,
    field: m?.[2] ?? at.split('/')[0] ?? '',
    refusal,
  }
}

async function drafted(
  tx: Tx,
  told: ProductLines,
  before: catalog.Edited | undefined,
  holders: ReadonlyMap<string, number>,
  ask: PlanAsk,
) {
  const of = ask.twins && before ? untwinned(told, before) : told
  const back = before && isOutOfSale(before) ? await imports.takenBack(tx, before) : undefined
  const categories =
    of.categories === undefined ? (before?.categories ?? []) : await catalog.categoryIds(tx, of.categories)
  const parts = await Promise.all(
    of.skus.map(async (s) => {
      if (!s.components) return s.components === null ? null : undefined
      const promised = s.components.filter((c) => ask.promised?.includes(c.sku) && !holders.has(c.sku))
      const known = await catalog.partsOf(
        tx,
        s.components.filter((c) => !promised.includes(c)),
        'components',
      )
      return promised.length ? [...known, ...promised.map((c) => ({ sku: 0, quantity: c.quantity }))] : known
    }),
  )
  if (!before && !of.name?.ja && !of.name?.en)
    throw new Misfit(of.line, 'name', new Refusal('imports.cell_unfit', { why: 'empty', found: '' }))
  const name = both(of.name, before?.name ?? null)!
  const taxNow =
    before?.next_tax_class && before.next_tax_from! <= tx.now ? before.next_tax_class : before?.tax_class
  const draft: catalog.ProductDraft = {
    code: of.code,
    brand: kept(of.brand, before?.brand ?? null),
    name,
    kana: kept(of.kana, before?.kana ?? null),
    summary: both(of.summary, before?.summary ?? null),
    description: both(of.description, before?.description ?? null),
    tax_class: of.tax_class ?? taxNow ?? 'standard',
    age: kept(of.age, before?.age ?? null),
    picture: kept(of.picture, before?.picture ?? null),
    options: of.options ?? before?.options ?? [],
    categories,
    fields: of.fields ?? {},
  }
  // All SKUs, in the order they have; what is new comes behind.
  const known = before?.skus ?? []
  const named = new Map(of.skus.map((s, i) => [s.code, i]))
  const skus: catalog.SkuDraft[] = known.map((was) => {
    const i = named.get(was.code)
    if (i === undefined) return skuDraft(undefined, was, undefined)
    const draft = skuDraft(of.skus[i], was, parts[i])
    return back?.isAdded(was.id) ? { ...draft, archived: of.skus[i]!.archived ?? false } : draft
  })
  of.skus.forEach((s, i) => {
    if (!known.some((k) => k.code === s.code)) skus.push(skuDraft(s, undefined, parts[i]))
  })
  for (const s of of.skus) {
    const own = known.find((k) => k.code === s.code)
    for (const [field, code] of [
      ['sku', s.code],
      ['jan', s.jan],
    ] as const) {
      const holder = code ? holders.get(code) : undefined
      if (holder !== undefined && holder !== own?.id)
        throw new Misfit(s.line, field, catalog.CodeTaken({ code: code! }))
    }
    if (
      own &&
      s.serial_kept !== undefined &&
      s.serial_kept !== own.serial_kept &&
      (await stock.shelvesOf(tx, own.id)).length > 0
    )
      throw new Misfit(s.line, 'serial_kept', catalog.SerialFixed({ sku: s.code, at: 'serial_kept' }))
  }
  try {
    catalog.demandFit(draft.options, skus, known)
    catalog.withFields(before?.extension ?? {}, draft.fields)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const m = /^skus\/(\d+)\/(\w+)/.exec(String(error.detail.at ?? ''))
    if (!m) throw error
    const line = of.skus.find((s) => s.code === skus[Number(m[1])]?.code)?.line ?? of.line
    throw new Misfit(line, m[2] === 'code' ? 'sku' : m[2] === 'options' ? 'sku_options' : m[2]!, error)
  }
  const changes: Change[] = []
  const differ = (line: number, field: string, was: unknown, is: unknown) => {
    if (!isSame(was, is)) changes.push({ line, field, before: was ?? null, after: is ?? null })
  }
  if (before) {
    for (const field of [
      'brand',
      'name',
      'kana',
      'summary',
      'description',
      'age',
      'picture',
      'options',
      'categories',
    ] as const)
      differ(of.line, field, before[field], draft[field])
    differ(of.line, 'tax_class', taxNow, draft.tax_class)
    const fields = catalog.flatFields(before.extension)
    for (const [field, value] of Object.entries(draft.fields))
      differ(of.line, field, fields[field] ?? null, value)
    skus.forEach((s) => {
      const was = known.find((k) => k.id === s.id)
      const line = of.skus.find((x) => x.code === s.code)?.line ?? of.line
      if (!was) return differ(line, 'sku', null, s.code)
      for (const field of [
        'jan',
        'options',
        'unit',
        'decimals',
        'case_pack',
        'weight_grams',
        'lot_kept',
        'serial_kept',
        'components',
      ] as const)
        differ(line, field, was[field], s[field])
      differ(line, 'sku_archived', was.archived, s.archived)
    })
  }
  const edited = !before || changes.length > 0
  const archivedNow = before ? before.archived_at !== null : false
  // A file that would have made the product is one that makes it again.
  const isMadeAgain = of.name !== undefined && back?.whole
  const archived = of.archived ?? (ask.revive || isMadeAgain ? false : archivedNow)
  if (before) differ(of.line, 'archived', archivedNow, archived)
  const prices: PlannedPrice[] = of.skus.flatMap((s) =>
    s.price === undefined || s.price === null
      ? []
      : [
          {
            at: skus.findIndex((x) => x.code === s.code),
            unit_price: s.price,
            from: dateOf(s.price_from ?? ask.from),
            was: null,
          },
        ],
  )
  return {
    of,
    before,
    draft,
    skus,
    edited,
    archived: archived === archivedNow ? undefined : archived,
    prices,
    changes,
  }
}
const isOutOfSale = (p: catalog.Edited) => p.archived_at !== null || p.skus.some((s) => s.archived)
/** The lines with the letters of the product where their file could not have told them apart. */
function untwinned(of: ProductLines, before: catalog.Edited): ProductLines {
  const { skus, fields, ...own } = of
  return {
    ...imports.untwinned(own, before),
    ...(fields && { fields: imports.untwinned(fields, catalog.flatFields(before.extension)) }),
    skus: skus.map((s) =>
      imports.untwinned(
        s,
        before.skus.find((k) => k.code === s.code),
      ),
    ),
  }
}
const isSame = (a: unknown, b: unknown) => isDeepStrictEqual(a ?? null, b ?? null)
const dateOf = (at: string | null) => (at === null ? null : new Date(at))
// Nothing and an empty text are the same to a file.
const kept = <T>(told: T | null | undefined, was: T | null): T | null =>
  told === undefined || ((told ?? '') === '' && (was ?? '') === '') ? was : told
/** Texts in two languages: one that a file says nothing of stays, and where there is none it is the other; English may be left empty. */
function both(
  told: Words | undefined,
  was: { ja: string; en: string } | null,
): { ja: string; en: string } | null {
  if (told === undefined) return was
  const { ja, en } = told
  // Of a product that had one text for both languages, both are meant.
  const next = {
    ja: ja === undefined ? (was && was.ja !== was.en ? was.ja : null) : ja,
    en: en === undefined ? (was && was.ja !== was.en ? was.en : null) : en,
  }
  if (!next.ja && !next.en) return null
  // What is not translated yet stays so, and so does what a file leaves empty beside the Japanese.
  const english = next.en || (en !== undefined || was?.en === '' ? '' : next.ja)
  return { ja: next.ja || next.en || '', en: english || '' }
}
function skuDraft(
  s: SkuLine | undefined,
  was: catalog.Edited['skus'][number] | undefined,
  parts: catalog.Component[] | null | undefined,
): catalog.SkuDraft {
  return {
    ...(was && { id: was.id }),
    code: was?.code ?? s!.code,
    jan: s?.jan === undefined ? (was?.jan ?? null) : s.jan,
    options: s?.options ?? was?.options ?? {},
    unit: s?.unit ?? was?.unit ?? 'piece',
    decimals: s?.decimals ?? was?.decimals ?? 0,
    case_pack: s?.case_pack === undefined ? (was?.case_pack ?? null) : s.case_pack,
    weight_grams: s?.weight_grams === undefined ? (was?.weight_grams ?? null) : s.weight_grams,
    lot_kept: s?.lot_kept ?? was?.lot_kept ?? false,
    serial_kept: s?.serial_kept ?? was?.serial_kept ?? false,
    components: parts === undefined ? (was?.components ?? null) : parts,
    archived: s?.archived ?? was?.archived ?? false,
  }
}
