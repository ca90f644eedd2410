import * as catalog from '#domains/catalog'
import * as pricing from '#domains/pricing'
import * as stock from '#domains/stock'
import type { Tx } from '#kernel/gate'

type SkuAsk = Omit<catalog.SkuDraft, 'components' | 'serial_kept'> & {
  /** Absent: as it is, and not so for a new SKU. */
  serial_kept?: boolean
  components: readonly { sku: string; quantity: number }[] | null
  /** Whole yen, from `price_from` or from now on; absent: as it is. */
  price?: number
  price_from?: string
}
export type SaveProduct = Omit<catalog.ProductDraft, 'categories' | 'tax_change'> & {
  tax_change?: { tax_class: string; from: string } | null
  shop: number
  categories: readonly string[]
  skus: readonly SkuAsk[]
}
export type Saved = { product: number; version: number; skus: { sku: number; code: string }[] }

/** A new product with its SKUs and what they cost: all of it, or nothing. */
export async function createProduct(tx: Tx, ask: SaveProduct): Promise<Saved> {
  const { draft, skus } = await resolved(tx, ask)
  const made = catalog.createProduct(tx, draft, skus)
  return priced(tx, ask, made, 1)
}
/** What somebody has changed since they looked; refused when another was quicker. SKUs that are not named stay as they are. */
export async function changeProduct(
  tx: Tx,
  ask: SaveProduct & { product: number; version: number },
): Promise<Saved> {
  const before = await catalog.productToEdit(tx, ask)
  await demandSerialsAsTheyWere(tx, before, ask.skus)
  const { draft, skus } = await resolved(tx, ask, before)
  const made = catalog.changeProduct(tx, before, draft, skus)
  return priced(tx, ask, made, before.version + 1)
}
/** No longer sold. Orders, stock and journal go on knowing it. */
export async function archiveProduct(tx: Tx, ask: Look): Promise<Looked> {
  const before = await catalog.productToEdit(tx, ask)
  if (before.archived_at !== null) return { product: ask.product, version: before.version }
  catalog.archiveProduct(tx, before, tx.now)
  return { product: ask.product, version: before.version + 1 }
}
/** Sold again. */
export async function restoreProduct(tx: Tx, ask: Look): Promise<Looked> {
  const before = await catalog.productToEdit(tx, ask)
  if (before.archived_at === null) return { product: ask.product, version: before.version }
  catalog.archiveProduct(tx, before, null)
  return { product: ask.product, version: before.version + 1 }
}
type Look = { product: number; version: number }
type Looked = { product: number; version: number }

/** A SKU that has been in stock goes on as it was: units without numbers could not get them, nor lose them. */
async function demandSerialsAsTheyWere(
  tx: Tx,
  before: catalog.Edited,
  skus: readonly SkuAsk[],
): Promise<void> {
  for (const [i, s] of skus.entries()) {
    const was = before.skus.find((k) => k.id === s.id)
    if (
      was &&
      was.serial_kept !== (s.serial_kept ?? was.serial_kept) &&
      (await stock.shelvesOf(tx, was.id)).length > 0
    )
      throw catalog.SerialFixed({ sku: was.code, at: `skus/${i}/serial_kept` })
  }
}

/** Codes to numbers. */
async function resolved(tx: Tx, ask: SaveProduct & { product?: number }, before?: catalog.Edited) {
  // One after another, so that of two faults the same one is named each time.
  const categories = await catalog.categoryIds(tx, ask.categories)
  const parts = await Promise.all(
    ask.skus.map(async (s, i) =>
      s.components ? catalog.partsOf(tx, s.components, `skus/${i}/components`) : null,
    ),
  )
  await catalog.demandFree(tx, ask)
  const draft: catalog.ProductDraft = {
    code: ask.code,
    brand: ask.brand,
    name: ask.name,
    kana: ask.kana,
    summary: ask.summary,
    description: ask.description,
    tax_class: ask.tax_class,
    ...(ask.tax_change !== undefined && {
      tax_change: ask.tax_change && {
        tax_class: ask.tax_change.tax_class,
        from: new Date(ask.tax_change.from),
      },
    }),
    age: ask.age,
    picture: ask.picture,
    options: ask.options,
    categories,
    fields: ask.fields,
  }
  const skus = ask.skus.map((s, i): catalog.SkuDraft => ({
    ...(s.id !== undefined && { id: s.id }),
    code: s.code,
    jan: s.jan,
    options: s.options,
    unit: s.unit,
    decimals: s.decimals,
    case_pack: s.case_pack,
    weight_grams: s.weight_grams,
    lot_kept: s.lot_kept,
    serial_kept: s.serial_kept ?? before?.skus.find((k) => k.id === s.id)?.serial_kept ?? false,
    components: parts[i] ?? null,
    archived: s.archived,
  }))
  return { draft, skus }
}
function priced(tx: Tx, ask: SaveProduct, made: { product: number; skus: number[] }, version: number): Saved {
  const lines = ask.skus.flatMap((s, i) =>
    s.price === undefined
      ? []
      : [
          {
            sku: made.skus[i]!,
            unit_price: s.price * 10_000,
            ...(s.price_from && { from: new Date(s.price_from) }),
          },
        ],
  )
  if (lines.length) pricing.setPrice(tx, { shop: ask.shop, lines })
  return {
    product: made.product,
    version,
    skus: ask.skus.map((s, i) => ({ sku: made.skus[i]!, code: s.code })),
  }
}
