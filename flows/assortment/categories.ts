import * as catalog from '#domains/catalog'
import type { Tx } from '#kernel/gate'

type Text = { ja: string; en: string }
type Seen = { category: number; version: number }
type Kept = { category: number; version: number }

/** A new category, behind the others of its place. */
export async function createCategory(
  tx: Tx,
  ask: { code: string; name: Text; parent: number | null },
): Promise<Kept> {
  const places = await catalog.placeOf(tx, { category: null, parent: ask.parent, next: null })
  const id = catalog.createCategory(tx, {
    code: ask.code,
    name: ask.name,
    parent: ask.parent,
    position: places.find((p) => p.id === 0)!.position,
  })
  return { category: id, version: 1 }
}
export async function changeCategory(tx: Tx, ask: Seen & { code: string; name: Text }): Promise<Kept> {
  const was = await catalog.categoryToEdit(tx, ask)
  catalog.changeCategory(tx, was, { code: ask.code, name: ask.name })
  return { category: was.id, version: was.version + 1 }
}
/** Under another one, or to another place among its neighbours: before `next`, or behind all of them. */
export async function moveCategory(
  tx: Tx,
  ask: Seen & { parent: number | null; next: number | null },
): Promise<Kept> {
  const was = await catalog.categoryToEdit(tx, ask)
  const places = await catalog.placeOf(tx, { category: was.id, parent: ask.parent, next: ask.next })
  const others = await Promise.all(
    places.filter((p) => p.id !== was.id).map((p) => catalog.categoryNow(tx, p.id)),
  )
  for (const { id, position } of places) {
    const row = id === was.id ? was : others.find((o) => o.id === id)!
    if (id === was.id) catalog.changeCategory(tx, was, { parent: ask.parent, position })
    else if (row.position !== position) catalog.changeCategory(tx, row, { position })
  }
  return { category: was.id, version: was.version + 1 }
}
/** Which products come first in a category, in this order; all others follow as they came. */
export async function orderCategory(tx: Tx, ask: Seen & { first: readonly number[] }): Promise<Kept> {
  const was = await catalog.categoryToEdit(tx, ask)
  catalog.changeCategory(tx, was, { first: [...new Set(ask.first)] })
  return { category: was.id, version: was.version + 1 }
}
/** Into another category, or out of this one: so many at a time, until none is left and the category is put away. */
export async function closeCategory(
  tx: Tx,
  ask: Seen & { into: number | null },
): Promise<Kept & { moved: number; left: boolean }> {
  const was = await catalog.categoryToEdit(tx, ask)
  const into = ask.into === null ? undefined : await catalog.categoryNow(tx, ask.into)
  if (ask.into === ask.category) throw catalog.CategoryGone({ category: ask.into })
  const children = await catalog.childrenOf(tx, was.id)
  if (children > 0) throw catalog.CategoryHasOthers({ children })
  const found = await catalog.productsIn(tx, was.id)
  const left = found.length > catalog.refiledMost
  const now = found.slice(0, catalog.refiledMost)
  const products = await Promise.all(now.map((p) => catalog.productNow(tx, p.id)))
  for (const p of products) if (p) catalog.refile(tx, p, { from: was.id, to: into?.id ?? null })
  if (!left) {
    catalog.changeCategory(tx, was, { archived_at: tx.now })
    if (into && was.first.length)
      catalog.changeCategory(tx, into, {
        first: [...new Set([...into.first, ...was.first])].slice(0, catalog.firstMost),
      })
  }
  return { category: was.id, version: left ? was.version : was.version + 1, moved: now.length, left }
}
/** Puts products into a category, or takes them out. */
export async function fileProducts(
  tx: Tx,
  ask: { category: number; add: readonly number[]; remove: readonly number[] },
): Promise<{ changed: number }> {
  await catalog.categoryNow(tx, ask.category)
  const found = await Promise.all([...ask.add, ...ask.remove].map((id) => catalog.productNow(tx, id)))
  let changed = 0
  for (const [i, p] of found.entries()) {
    const isAdded = i < ask.add.length
    if (!p) throw catalog.ProductMissing({ product: [...ask.add, ...ask.remove][i]! })
    if (p.categories.includes(ask.category) === isAdded) continue
    catalog.refile(tx, p, { from: isAdded ? 0 : ask.category, to: isAdded ? ask.category : null })
    changed++
  }
  return { changed }
}
