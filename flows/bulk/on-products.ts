import type { Tx } from '#kernel/gate'
import { checked } from '#kernel/trust'
import { bulk, catalog, pricing } from './rooms.ts'

type Ask = { product: number; shop: number; how: bulk.How }
/** What it takes to set a product back; null: it was so already. */
export type Before =
  | { version: number; archived: boolean }
  | { version: number; categories: readonly number[] }
  | { at: string; prices: readonly { sku: number; price: number; was: number; planned: boolean }[] }
  | null

async function known(tx: Tx, product: number): Promise<catalog.Edited> {
  const found = await catalog.productNow(tx, product)
  if (!found) throw catalog.ProductMissing({ product })
  return found
}

/** One product of a run, as it is now. */
export async function doProduct(tx: Tx, kind: bulk.Kind, ask: Ask): Promise<Before> {
  if (kind === 'reprice') return reprice(tx, ask)
  const now = await known(tx, ask.product)
  if (kind === 'archive' || kind === 'resume') {
    const isArchived = now.archived_at !== null
    if (isArchived === (kind === 'archive')) return null
    catalog.archiveProduct(tx, now, kind === 'archive' ? tx.now : null)
    return { version: now.version + 1, archived: isArchived }
  }
  const category = ask.how.category!
  if (kind === 'file_in') await catalog.categoryNow(tx, category)
  if (now.categories.includes(category) === (kind === 'file_in')) return null
  catalog.refile(tx, now, kind === 'file_in' ? { from: 0, to: category } : { from: category, to: null })
  return { version: now.version + 1, categories: now.categories }
}

const priceMost = 100_000_000
/** Half a step is rounded up. In ten-thousandths of a yen, as all unit prices are. */
export function priced(base: number, ask: Pick<bulk.Reprice, 'by' | 'change' | 'round'>): number {
  const step = ask.round * 10_000
  // Percent are taken of whole numbers, so that nothing is lost before it is rounded.
  if (ask.by === 'percent')
    return Math.floor((base * (100 + ask.change) * 2 + step * 100) / (step * 200)) * step
  return Math.floor((2 * (base + ask.change * 10_000) + step) / (2 * step)) * step
}
/** The usual price of all its SKUs that are sold, from a moment on. A price for a while that holds then is in the way. */
async function reprice(tx: Tx, ask: Ask): Promise<Before> {
  const { from, ...by } = ask.how.reprice!
  const product = await known(tx, ask.product)
  const skus = product.skus.filter((s) => s.archived_at === null)
  const moments = await pricing.momentsOf(
    tx,
    ask.shop,
    skus.map((s) => s.id),
  )
  const told = from === undefined ? tx.now : new Date(from)
  // A run that is long may come to a product after its moment.
  const at = told < tx.now ? tx.now : told
  const lines = skus.flatMap((sku) => {
    const rows = moments.get(sku.id) ?? []
    const was = pricing.baseAt(rows, at)
    if (was === undefined) throw pricing.Unpriced({ sku: sku.code })
    const other = pricing.inTheWay(rows, at, null)
    if (other) throw pricing.PriceInTheWay({ sku: sku.code, from: other.from.toISOString() })
    const unit_price = priced(was, by)
    if (unit_price < 10_000 || unit_price > priceMost * 10_000) throw bulk.PriceBelow({ sku: sku.code })
    const planned = rows.some((r) => r.rule === 'list' && r.from.getTime() === at.getTime())
    return unit_price === was ? [] : [{ sku: sku.id, unit_price, from: at, was, planned }]
  })
  if (lines.length === 0) return null
  const ids = pricing.setPrice(tx, {
    shop: ask.shop,
    lines: lines.map(({ sku, unit_price }) => ({ sku, unit_price, from: at })),
    known: moments,
  })
  return {
    at: at.toISOString(),
    prices: lines.map((l, n) => ({ sku: l.sku, price: ids[n]!, was: l.was, planned: l.planned })),
  }
}

/** Sets one back, unless somebody has changed it since. */
export async function undoProduct(
  tx: Tx,
  ask: { product: number; shop: number; before: object },
): Promise<void> {
  const was = checked<NonNullable<Before>>(ask.before)
  const now = await known(tx, ask.product)
  if ('prices' in was) return undoPrices(tx, ask.shop, was)
  if (now.version !== was.version) throw bulk.ChangedSince({})
  if ('archived' in was) return catalog.archiveProduct(tx, now, was.archived ? tx.now : null)
  const categories = await catalog.categoriesLeft(tx, was.categories)
  catalog.changeProduct(tx, now, { ...catalog.draftOf(now), categories }, [])
}
async function undoPrices(tx: Tx, shop: number, was: Extract<Before, { prices: object }>): Promise<void> {
  const told = new Date(was.at)
  const at = told < tx.now ? tx.now : told
  const skus = was.prices.map((p) => p.sku)
  const [now, moments] = await Promise.all([
    pricing.pricesAt(
      tx,
      shop,
      skus.map((sku) => ({ sku, at })),
    ),
    pricing.momentsOf(tx, shop, skus),
  ])
  if (was.prices.some((p, n) => now[n]?.id !== p.price)) throw bulk.ChangedSince({})
  const lines = was.prices.map((p) =>
    at > tx.now && !p.planned
      ? { sku: p.sku, unit_price: 0, from: at, rule: 'withdrawn' as const }
      : { sku: p.sku, unit_price: p.was, from: at },
  )
  pricing.setPrice(tx, { shop, lines, known: moments })
}
