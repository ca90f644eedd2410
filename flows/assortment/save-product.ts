import * as catalog from '#domains/catalog'
import * as pricing from '#domains/pricing'
import * as media from '#domains/media'
import type { Tx } from '#kernel/gate'
import { demandSerialsAsTheyWere } from './serials.ts'

type SkuAsk = Omit<catalog.SkuDraft, 'components' | 'serial_kept'> & {
  /** Absent: as it is, and not so for a new SKU. */
  serial_kept?: boolean
  components: readonly { sku: string; quantity: number }[] | null
  /** Whole yen, from `price_from` or from now on; absent: as it is. */
  price?: number
  price_from?: string
}
type Text = { ja: string; en: string }
export type SaveProduct = Omit<catalog.ProductDraft, 'categories' | 'tax_change' | 'pictures'> & {
  /** In their order; absent: as they are. */
  pictures?: readonly { file: string; alt: Text; skus: readonly number[] }[]
  tax_change?: { tax_class: string; from: string } | null
  shop: number
  categories: readonly string[]
  skus: readonly SkuAsk[]
}
export type Saved = { product: number; version: number; skus: { sku: number; code: string }[] }

/** A new product with its SKUs and what they cost: all of it, or nothing. */
export async function createProduct(tx: Tx, ask: SaveProduct): Promise<Saved> {
  const { draft, skus, known } = await resolved(tx, ask)
  const made = catalog.createProduct(tx, draft, skus)
  return priced(tx, ask, made, 1, known)
}
/** What somebody has changed since they looked; refused when another was quicker. SKUs that are not named stay as they are. */
export async function changeProduct(
  tx: Tx,
  ask: SaveProduct & { product: number; version: number },
): Promise<Saved> {
  const before = await catalog.productToEdit(tx, ask)
  await demandSerialsAsTheyWere(tx, before, ask.skus)
  const { draft, skus, known } = await resolved(tx, ask, before)
  const made = catalog.changeProduct(tx, before, draft, skus)
  return priced(tx, ask, made, before.version + 1, known)
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
  const pictures = ask.pictures && (await picturesOf(tx, ask.pictures, before))
  const known = await pricing.momentsOf(
    tx,
    ask.shop,
    ask.skus.flatMap((s) => (s.id === undefined || s.price === undefined ? [] : [s.id])),
  )
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
    ...(pictures && { pictures }),
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
  return { draft, skus, known }
}
/** Each is a file that has come, or a name as an import tells it. */
async function picturesOf(
  tx: Tx,
  told: NonNullable<SaveProduct['pictures']>,
  before: catalog.Edited | undefined,
): Promise<catalog.Picture[]> {
  const files = await media.pictureFiles(
    tx,
    told.map((p) => p.file),
  )
  return told.map((p, i) => {
    const file = files.get(p.file)
    if (!file && media.isOurs(p.file))
      throw catalog.PictureUnknown({ file: p.file, at: `pictures/${i}/file` })
    const skus = p.skus.filter((id) => before?.skus.some((s) => s.id === id))
    return { ...(file ?? catalog.plainPicture(p.file)), alt: p.alt, skus }
  })
}
function priced(
  tx: Tx,
  ask: SaveProduct,
  made: { product: number; skus: number[] },
  version: number,
  known: Awaited<ReturnType<typeof pricing.momentsOf>>,
): Saved {
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
  if (lines.length) pricing.setPrice(tx, { shop: ask.shop, lines, known })
  return {
    product: made.product,
    version,
    skus: ask.skus.map((s, i) => ({ sku: made.skus[i]!, code: s.code })),
  }
}
