import { isDeepStrictEqual } from 'node:util'
import { sql } from '#kernel/db'
import { reader, type Guarded, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { ProductChanged } from './events.ts'
import { withFields, type FieldValue } from './fields.ts'
import { demandFit, type SkuDraft } from './fit.ts'
import { CategoryMissing, ChangedMeanwhile, CodeTaken, ProductMissing, SetOfSets } from './refusals.ts'
import { remember, type Touched } from './history.ts'
import { picturesShown, plainPicture, type Pictured } from './pictures.ts'
import {
  productTable,
  skuTable,
  type ChangeRow,
  type Picture,
  type ProductRow,
  type SkuRow,
} from './tables.ts'
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
  /** Absent: as they are, unless `picture` says otherwise. */
  pictures?: readonly Picture[]
  /** Another class from a moment on; null: none any more; absent: as it was said. */
  tax_change?: { tax_class: string; from: Date } | null
}

const byId = reader<number, Known>(
  'id',
  (ids) => sql`
  select id, version, code, brand, name, kana, summary, description, tax_class, next_tax_class, next_tax_from, age, picture, pictures, options, categories, extension, created_at, archived_at
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
  select id, version, code, brand, name, kana, summary, description, tax_class, next_tax_class, next_tax_from, age, picture, pictures, options, categories, extension, created_at, archived_at
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
/** Those of them that are still there. */
export async function categoriesLeft(tx: Tx, ids: readonly number[]): Promise<number[]> {
  const left = new Set(
    (
      await tx.list<{ id: number }>(
        sql`select id from catalog.category where id = any(${ids}::int[]) and archived_at is null limit 1000`,
      )
    ).map((c) => c.id),
  )
  return ids.filter((id) => left.has(id))
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
  const columns = {
    ...columnsOf(draft, { extension: {}, picture: null, pictures: [] }),
    ...taxOf(draft, undefined, tx.now),
  }
  tx.insert(productTable, { id, ...columns, created_at: tx.now, archived_at: null })
  const ids = skus.map((s, i) => insertSku(tx, id, s, i))
  remember(tx, { product: id, version: 1, what: 'created' }, [])
  say(tx, id, ids)
  return { product: id, skus: ids }
}
/** What the product and the SKUs named are from now on. The numbers of the SKUs, in the order told. */
export function changeProduct(
  tx: Tx,
  before: Edited,
  draft: ProductDraft,
  skus: readonly SkuDraft[],
  what: ChangeRow['what'] = 'changed',
): { product: number; skus: number[] } {
  demandFit(draft.options, skus, before.skus)
  const columns = {
    ...columnsOf(draft, before),
    ...taxOf(draft, before, tx.now),
  }
  tx.update(productTable, before, columns)
  const touched: Touched[] = [{ of: 'product', was: before, next: columns }]
  const ids = skus.map((s, i) => {
    const was = before.skus.find((k) => k.id === s.id)
    // One that is changed by itself keeps its place among those that are not named.
    const place = skus.length < before.skus.length && was ? was.position : i
    if (!was) {
      const id = insertSku(tx, before.id, s, i)
      touched.push({ of: id, was: null, next: skuColumns(tx, s, i, null) })
      return id
    }
    const next = skuColumns(tx, s, place, was.archived_at)
    // A row that stays as it is, is not written.
    if (Object.entries(next).some(([name, value]) => !isDeepStrictEqual(value, was[name as keyof SkuRow]))) {
      tx.update(skuTable, was, next)
      touched.push({ of: was.id, was, next })
    }
    return was.id
  })
  remember(tx, { product: before.id, version: before.version + 1, what }, touched)
  say(tx, before.id, [...new Set([...before.skus.map((s) => s.id), ...ids])])
  return { product: before.id, skus: ids }
}
/** No longer sold, or sold again. It stays where it is referred to; nothing is deleted. */
export function archiveProduct(tx: Tx, before: Edited, at: Date | null): void {
  tx.update(productTable, before, { archived_at: at })
  remember(tx, { product: before.id, version: before.version + 1, what: at ? 'archived' : 'resumed' }, [
    { of: 'product', was: before, next: { archived_at: at } },
  ])
  say(
    tx,
    before.id,
    before.skus.map((s) => s.id),
  )
}

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
/** The first picture is the one that lists show. A name told alone takes its place, and null takes it away. */
function picturesOf(d: ProductDraft, before: Pictured): Pictured {
  if (d.pictures) return { picture: d.pictures[0]?.file ?? null, pictures: [...d.pictures] }
  if (d.picture === before.picture) return { picture: before.picture, pictures: before.pictures }
  const [first, ...rest] = picturesShown(before)
  if (d.picture === null) return { picture: rest[0]?.file ?? null, pictures: rest }
  const known = rest.find((p) => p.file === d.picture)
  const others = known && first ? [first, ...rest.filter((p) => p !== known)] : rest
  return { picture: d.picture, pictures: [known ?? plainPicture(d.picture), ...others] }
}
const columnsOf = (d: ProductDraft, before: Pictured & Pick<ProductRow, 'extension'>) => ({
  code: d.code,
  brand: d.brand,
  name: d.name,
  kana: d.kana,
  summary: d.summary,
  description: d.description,
  tax_class: d.tax_class,
  age: d.age,
  ...picturesOf(d, before),
  options: d.options,
  categories: d.categories,
  extension: withFields(before.extension, d.fields),
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
