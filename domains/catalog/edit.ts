import { sql } from '#kernel/db'
import { reader, type Guarded, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { ProductChanged } from './events.ts'
import { withFields, type FieldValue } from './fields.ts'
import { demandFit, type SkuDraft } from './fit.ts'
import { CategoryMissing, ChangedMeanwhile, CodeTaken, ProductMissing, SetOfSets } from './refusals.ts'
import { productTable, skuTable, type ProductRow, type SkuRow } from './tables.ts'
import { skusByCode } from './catalog.ts'

type Known = ProductRow & { version: number }
type KnownSku = SkuRow & { version: number; archived: boolean }
/** A product that somebody is changing, as it was when they looked. */
export type Edited = Guarded<Known> & Known & { readonly skus: readonly (Guarded<KnownSku> & KnownSku)[] }
export type ProductDraft = Pick<
  ProductRow,
  | 'code'
  | 'brand'
  | 'name'
  | 'kana'
  | 'summary'
  | 'description'
  | 'tax_class'
  | 'age'
  | 'picture'
  | 'options'
  | 'categories'
> & {
  fields: Readonly<Record<string, FieldValue | null>>
  /** Another class from a moment on; null: none any more; absent: as it was said. */
  tax_change?: { tax_class: string; from: Date } | null
}

const byId = reader<number, Known>(
  'id',
  (ids) => sql`
  select id, version, code, brand, name, kana, summary, description, tax_class, next_tax_class, next_tax_from, age, picture, options, categories, extension, created_at, archived_at
  from catalog.product where id = any(${ids}::bigint[])`,
)
const byProduct = reader<number, KnownSku>(
  'product',
  (ids) => sql`
  select id, version, product, code, jan, options, position, unit, decimals, case_pack, weight_grams, lot_kept, serial_kept, components, archived_at, archived_at is not null as archived
  from catalog.sku where product = any(${ids}::bigint[]) order by product, position, id`,
)
const categories = reader<string, { code: string; id: number }>(
  'code',
  (codes) =>
    sql`select code, id from catalog.category where code = any(${codes}::text[]) and archived_at is null`,
)

const byCode = reader<string, Known>(
  'code',
  (codes) => sql`
  select id, version, code, brand, name, kana, summary, description, tax_class, next_tax_class, next_tax_from, age, picture, options, categories, extension, created_at, archived_at
  from catalog.product where code = any(${codes}::text[])`,
)
/** The product as it is now, to be changed if nobody is quicker. */
export async function productByCode(tx: Tx, code: string): Promise<Edited | undefined> {
  const product = await byCode.guard(tx, productTable, code)
  return product && { ...product, skus: await byProduct.guardAll(tx, skuTable, product.id) }
}
export async function productNow(tx: Tx, id: number): Promise<Edited | undefined> {
  const product = await byId.guard(tx, productTable, id)
  return product && { ...product, skus: await byProduct.guardAll(tx, skuTable, product.id) }
}
/** Which SKUs bear these codes, as their own or as their JAN. */
export async function holdersOf(tx: Tx, codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.list<{ id: number; code: string; jan: string | null }>(
    sql`select id, code, jan from catalog.sku where code = any(${codes}::text[]) or jan = any(${codes}::text[])`,
  )
  return new Map(
    rows.flatMap((r): [string, number][] =>
      r.jan === null
        ? [[r.code, r.id]]
        : [
            [r.code, r.id],
            [r.jan, r.id],
          ],
    ),
  )
}
/** The product as the editor saw it; refuses when somebody else has changed it since. */
export async function productToEdit(tx: Tx, ask: { product: number; version: number }): Promise<Edited> {
  const product = await byId.guard(tx, productTable, ask.product)
  if (!product) throw ProductMissing({ product: ask.product })
  if (product.version !== ask.version) throw ChangedMeanwhile({ version: product.version })
  return { ...product, skus: await byProduct.guardAll(tx, skuTable, ask.product) }
}
export async function categoryIds(tx: Tx, codes: readonly string[]): Promise<number[]> {
  const found = await Promise.all(codes.map((c) => categories.one(tx, c)))
  codes.forEach((category, i) => {
    if (!found[i]) throw CategoryMissing({ category, at: `categories/${i}` })
  })
  return [...new Set(found.map((c) => c!.id))]
}
/** The parts of a set, by their codes. A set of sets would have no shelf to be taken from. */
export async function partsOf(tx: Tx, parts: readonly { sku: string; quantity: number }[], at: string) {
  const skus = await skusByCode(
    tx,
    parts.map((p) => p.sku),
  )
  const bad = skus.find((s) => s.components !== null)
  if (bad) throw SetOfSets({ sku: bad.code, at })
  return skus.map((s, i) => ({ sku: s.id, quantity: parts[i]!.quantity }))
}
/** No code names two things: neither two SKUs, nor one by its code and another by its JAN. */
export async function demandFree(
  tx: Tx,
  ask: { product?: number; code: string; skus: readonly Pick<SkuDraft, 'id' | 'code' | 'jan'>[] },
): Promise<void> {
  const codes = ask.skus.flatMap((s) => (s.jan === null ? [s.code] : [s.code, s.jan]))
  const [product, taken] = await Promise.all([
    tx.list<{ id: number }>(
      sql`select id from catalog.product where code = ${ask.code}::text and id <> ${ask.product ?? 0}::bigint limit 1`,
    ),
    tx.list<{ id: number; code: string; jan: string | null }>(
      sql`select id, code, jan from catalog.sku where code = any(${codes}::text[]) or jan = any(${codes}::text[]) limit 2000`,
    ),
  ])
  if (product.length) throw CodeTaken({ code: ask.code, at: 'code' })
  const holders = new Map<string, number>()
  for (const t of taken) for (const c of [t.code, t.jan]) if (c !== null) holders.set(c, t.id)
  ask.skus.forEach((s, i) => {
    for (const [field, code] of Object.entries({ code: s.code, jan: s.jan })) {
      const holder = code === null ? undefined : holders.get(code)
      if (holder !== undefined && holder !== s.id) throw CodeTaken({ code: code!, at: `skus/${i}/${field}` })
    }
  })
}

/** A new product with its SKUs. Answers its number and theirs, in the order told. */
export function createProduct(
  tx: Tx,
  draft: ProductDraft,
  skus: readonly SkuDraft[],
): { product: number; skus: number[] } {
  demandFit(draft.options, skus, [])
  const id = tx.number()
  tx.insert(productTable, {
    id,
    ...columnsOf(draft, {}),
    ...taxOf(draft, undefined, tx.now),
    created_at: tx.now,
    archived_at: null,
  })
  const ids = skus.map((s, i) => insertSku(tx, id, s, i))
  say(tx, id, ids)
  return { product: id, skus: ids }
}
/** What the product and the SKUs named are from now on. The numbers of the SKUs, in the order told. */
export function changeProduct(
  tx: Tx,
  before: Edited,
  draft: ProductDraft,
  skus: readonly SkuDraft[],
): { product: number; skus: number[] } {
  demandFit(draft.options, skus, before.skus)
  tx.update(productTable, before, {
    ...columnsOf(draft, before.extension),
    ...taxOf(draft, before, tx.now),
  })
  const ids = skus.map((s, i) => {
    const was = before.skus.find((k) => k.id === s.id)
    if (!was) return insertSku(tx, before.id, s, i)
    const next = skuColumns(tx, s, i, was.archived_at)
    // A row that stays as it is, is not written.
    if (Object.entries(next).some(([name, value]) => !same(value, was[name as keyof SkuRow])))
      tx.update(skuTable, was, next)
    return was.id
  })
  say(tx, before.id, [...new Set([...before.skus.map((s) => s.id), ...ids])])
  return { product: before.id, skus: ids }
}
/** No longer sold, or sold again. It stays where it is referred to; nothing is deleted. */
export function archiveProduct(tx: Tx, before: Edited, at: Date | null): void {
  tx.update(productTable, before, { archived_at: at })
  say(
    tx,
    before.id,
    before.skus.map((s) => s.id),
  )
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const say = (tx: Tx, product: number, skus: number[]) =>
  append(tx, ProductChanged, { subject: `product:${product}`, body: { product, skus } })
/** A change whose moment has come is the class that the editor saw, and no change any more. */
function taxOf(d: ProductDraft, before: Known | undefined, now: Date) {
  const told = d.tax_change
  if (told !== undefined)
    return { next_tax_class: told?.tax_class ?? null, next_tax_from: told?.from ?? null }
  const isToCome = before && before.next_tax_from !== null && before.next_tax_from > now
  return {
    next_tax_class: isToCome ? before.next_tax_class : null,
    next_tax_from: isToCome ? before.next_tax_from : null,
  }
}
const columnsOf = (d: ProductDraft, extension: ProductRow['extension']) => ({
  code: d.code,
  brand: d.brand,
  name: d.name,
  kana: d.kana,
  summary: d.summary,
  description: d.description,
  tax_class: d.tax_class,
  age: d.age,
  picture: d.picture,
  options: d.options,
  categories: d.categories,
  extension: withFields(extension, d.fields),
})
const skuColumns = (tx: Tx, s: SkuDraft, position: number, archivedAt: Date | null) => ({
  code: s.code,
  jan: s.jan,
  options: s.options,
  position,
  unit: s.unit,
  decimals: s.decimals,
  case_pack: s.case_pack,
  weight_grams: s.weight_grams,
  lot_kept: s.lot_kept,
  serial_kept: s.serial_kept,
  components: s.components,
  archived_at: s.archived ? (archivedAt ?? tx.now) : null,
})
function insertSku(tx: Tx, product: number, s: SkuDraft, position: number): number {
  const id = tx.number()
  tx.insert(skuTable, { id, product, ...skuColumns(tx, s, position, null) })
  return id
}
