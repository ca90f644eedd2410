import { isDeepStrictEqual } from 'node:util'
import * as catalog from '#domains/catalog'
import type { Tx } from '#kernel/gate'
import { demandSerialsAsTheyWere } from './serials.ts'

type Ask = { product: number; version: number; to: number }

/** What a product was at a version, as a draft: SKUs that came later are no longer sold, categories that have gone stay away. */
async function then(tx: Tx, now: catalog.Edited, to: number) {
  if (to < 1 || to >= now.version) throw catalog.VersionMissing({ product: now.id, version: to })
  const changes = await catalog.changesSince(tx, now.id, to)
  // Each version since has left its record, or what was before it cannot be told.
  if (new Set(changes.map((c) => c.version)).size < now.version - to)
    throw catalog.VersionMissing({ product: now.id, version: to })
  const was = catalog.before({ product: now, skus: now.skus }, changes)
  const { product } = was
  const [kept, told] = [catalog.flatFields(now.extension), catalog.flatFields(product.extension)]
  const draft: catalog.ProductDraft = {
    ...catalog.draftOf(product),
    pictures: catalog.picturesShown(product),
    categories: await catalog.categoriesLeft(tx, product.categories),
    fields: Object.fromEntries(
      [...new Set([...Object.keys(kept), ...Object.keys(told)])]
        .filter((f) => kept[f] !== told[f])
        .map((f) => [f, told[f] ?? null]),
    ),
    tax_change:
      product.next_tax_class === null || product.next_tax_from === null
        ? null
        : { tax_class: product.next_tax_class, from: new Date(product.next_tax_from) },
  }
  const skus = was.skus.map((s) => ({
    ...catalog.skuDraftOf(s),
    ...(was.later.has(s.id) && { archived: true }),
  }))
  return { draft, skus }
}

/** The product as it was at a version, as a change of its own; what it costs, and whether it is sold, stay as they are. */
export async function restoreVersion(tx: Tx, ask: Ask): Promise<{ product: number; version: number }> {
  const now = await catalog.productToEdit(tx, ask)
  const { draft, skus } = await then(tx, now, ask.to)
  await demandSerialsAsTheyWere(tx, now, skus)
  await catalog.demandFree(tx, { product: now.id, code: draft.code, skus })
  catalog.changeProduct(tx, now, draft, skus, 'restored')
  return { product: now.id, version: now.version + 1 }
}

export type Difference = { sku: string | null; field: string; from: unknown; to: unknown }
/** What restoring a version would change. Writes nothing. */
export async function wouldRestore(tx: Tx, ask: { product: number; to: number }): Promise<Difference[]> {
  const now = await catalog.productNow(tx, ask.product)
  if (!now) throw catalog.ProductMissing({ product: ask.product })
  const { draft, skus } = await then(tx, now, ask.to)
  const { fields, tax_change: _, pictures, ...told } = draft
  const own = Object.entries({ ...told, pictures }).map(([field, to]) => ({
    sku: null,
    field,
    from: field === 'pictures' ? catalog.picturesShown(now) : now[field as keyof catalog.ProductRow],
    to,
  }))
  const flat = catalog.flatFields(now.extension)
  const more = Object.entries(fields).map(([field, to]) => ({
    sku: null,
    field,
    from: flat[field] ?? null,
    to,
  }))
  const rows = skus.flatMap((to) => {
    const sku = now.skus.find((s) => s.id === to.id)!
    const from = catalog.skuDraftOf(sku)
    return (Object.keys(to) as (keyof catalog.SkuDraft)[]).map((field) => ({
      sku: sku.code,
      field,
      from: from[field],
      to: to[field],
    }))
  })
  return [...own, ...more, ...rows].filter((d) => !isDeepStrictEqual(d.from ?? null, d.to ?? null))
}
