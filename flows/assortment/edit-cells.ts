import { isDeepStrictEqual } from 'node:util'
import * as catalog from '#domains/catalog'
import * as pricing from '#domains/pricing'
import type { Tx } from '#kernel/gate'

/** Fields of a SKU that a grid edits; those from `name_ja` on are its product's. */
export type Cells = {
  code?: string
  jan?: string | null
  /** Whole yen, from now on. */
  price?: number
  archived?: boolean
  weight_grams?: number | null
  case_pack?: number | null
  name_ja?: string
  name_en?: string
  brand?: string | null
  kana?: string | null
  /** Codes, the main one first. */
  categories?: string[]
}
export type EditCells = {
  shop: number
  product: number
  /** `was` is what whoever edits saw: a cell that has another value by now is refused, and named. */
  rows: readonly { sku: number; was: Cells; to: Cells }[]
}

/** Cells of one product and its SKUs, edited in a grid: all of them, or nothing. Others' edits of other cells stand. */
export async function editCells(tx: Tx, ask: EditCells): Promise<{ product: number; version: number }> {
  const before = await catalog.productNow(tx, ask.product)
  if (!before) throw catalog.ProductMissing({ product: ask.product })
  const codes = await catalog.categoryCodes(tx, before.categories)
  const rows = ask.rows.map((row) => {
    const sku = before.skus.find((s) => s.id === row.sku)
    if (!sku) throw catalog.SkuMissing({ sku: row.sku })
    return { ...row, before: sku }
  })
  const prices = await pricing.pricesAt(
    tx,
    ask.shop,
    rows.map((r) => ({ sku: r.sku, at: tx.now })),
  )
  const known = await pricing.momentsOf(
    tx,
    ask.shop,
    rows.filter((r) => r.to.price !== undefined).map((r) => r.sku),
  )
  const theirs = rows.flatMap((row, i) => {
    const now: Cells = {
      code: row.before.code,
      jan: row.before.jan,
      ...(prices[i] && { price: prices[i].unit_price / 10_000 }),
      archived: row.before.archived_at !== null,
      weight_grams: row.before.weight_grams,
      case_pack: row.before.case_pack,
      name_ja: before.name.ja,
      name_en: before.name.en,
      brand: before.brand,
      kana: before.kana,
      categories: codes,
    }
    return (Object.keys(row.to) as (keyof Cells)[])
      .filter((f) => !isDeepStrictEqual(now[f], row.was[f]) && !isDeepStrictEqual(now[f], row.to[f]))
      .map((field) => ({ sku: row.sku, field, now: now[field] ?? null }))
  })
  if (theirs.length) throw catalog.EditedMeanwhile({ rows: theirs })

  // Of the product's own cells the last row that tells one counts: the grid shows them once for all of its rows.
  const own: Cells = Object.assign({}, ...rows.map((r) => r.to))
  const categories = own.categories ? await catalog.categoryIds(tx, own.categories) : before.categories
  const draft: catalog.ProductDraft = {
    ...catalog.draftOf(before),
    name: { ja: own.name_ja ?? before.name.ja, en: own.name_en ?? before.name.en },
    ...(own.brand !== undefined && { brand: own.brand }),
    ...(own.kana !== undefined && { kana: own.kana }),
    categories,
  }
  const skus = rows.map(({ before: s, to }): catalog.SkuDraft => ({
    ...catalog.skuDraftOf(s),
    ...(to.code !== undefined && { code: to.code }),
    ...(to.jan !== undefined && { jan: to.jan }),
    ...(to.archived !== undefined && { archived: to.archived }),
    ...(to.weight_grams !== undefined && { weight_grams: to.weight_grams }),
    ...(to.case_pack !== undefined && { case_pack: to.case_pack }),
  }))
  await catalog.demandFree(tx, { product: before.id, code: before.code, skus })
  catalog.changeProduct(tx, before, draft, skus)
  const lines = rows.flatMap((r) =>
    r.to.price === undefined ? [] : [{ sku: r.sku, unit_price: r.to.price * 10_000 }],
  )
  if (lines.length) pricing.setPrice(tx, { shop: ask.shop, lines, known })
  return { product: before.id, version: before.version + 1 }
}
