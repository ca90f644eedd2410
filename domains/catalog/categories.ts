import { sql } from '#kernel/db'
import { reader, type Guarded, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { addCategory } from './catalog.ts'
import { CategoryChanged, ProductChanged } from './events.ts'
import { CategoryChangedMeanwhile, CategoryGone, CategoryTooDeep, CategoryWithin } from './refusals.ts'
import { categoryTable, productTable, type CategoryRow, type Text } from './tables.ts'
import { remember } from './history.ts'
import type { Edited } from './edit.ts'

type Known = CategoryRow & { version: number }
export type EditedCategory = Guarded<Known> & Known
const depthMost = 4
export const firstMost = 500

const byId = reader<number, Known>(
  'id',
  (ids) => sql`
  select id, version, code, parent, name, position, first, archived_at from catalog.category where id = any(${ids}::int[])`,
)
const all = (tx: Tx) =>
  tx.list<Pick<Known, 'id' | 'parent' | 'position'>>(
    sql`select id, parent, position from catalog.category where archived_at is null order by position, id limit 2000`,
  )

/** The category as whoever edits it saw it; refuses when somebody else has changed it since. */
export async function categoryToEdit(
  tx: Tx,
  ask: { category: number; version: number },
): Promise<EditedCategory> {
  const found = await categoryNow(tx, ask.category)
  if (found.version !== ask.version) throw CategoryChangedMeanwhile({ version: found.version })
  return found
}
/** The same as it is now, to be changed if nobody is quicker. */
export async function categoryNow(tx: Tx, id: number): Promise<EditedCategory> {
  const found = await byId.guard(tx, categoryTable, id)
  if (!found || found.archived_at !== null) throw CategoryGone({ category: id })
  return found
}
/** Where a category is to stand: under `parent`, before `next` or behind all others. Nothing is its own ancestor. */
export async function placeOf(
  tx: Tx,
  ask: { category: number | null; parent: number | null; next: number | null },
): Promise<{ id: number; position: number }[]> {
  const rows = await all(tx)
  const parentOf = new Map(rows.map((c) => [c.id, c.parent]))
  if (ask.parent !== null && !parentOf.has(ask.parent)) throw CategoryGone({ category: ask.parent })
  let above = 0
  for (let at = ask.parent; at !== null && above < 100; at = parentOf.get(at) ?? null) {
    if (at === ask.category) throw CategoryWithin({ at: 'parent' })
    above++
  }
  const below = (id: number, deep = 1): number =>
    deep > depthMost
      ? deep
      : Math.max(deep, ...rows.filter((c) => c.parent === id).map((c) => below(c.id, deep + 1)))
  if (above + (ask.category === null ? 1 : below(ask.category)) > depthMost)
    throw CategoryTooDeep({ most: depthMost, at: 'parent' })
  const others = rows.filter((c) => c.parent === ask.parent && c.id !== ask.category)
  // A new one stands behind all others, which stay where they are.
  if (ask.category === null) return [{ id: 0, position: Math.max(-1, ...others.map((c) => c.position)) + 1 }]
  const siblings = others.map((c) => c.id)
  const at = ask.next === null ? -1 : siblings.indexOf(ask.next)
  siblings.splice(at < 0 ? siblings.length : at, 0, ask.category)
  return siblings.map((id, position) => ({ id, position }))
}
export function createCategory(
  tx: Tx,
  c: { code: string; name: Text; parent: number | null; position: number },
): number {
  const id = tx.number()
  addCategory(tx, { id, ...c })
  say(tx, id)
  return id
}
export function changeCategory(
  tx: Tx,
  was: EditedCategory,
  next: Partial<Pick<CategoryRow, 'code' | 'name' | 'parent' | 'position' | 'first' | 'archived_at'>>,
): void {
  tx.update(categoryTable, was, next)
  say(tx, was.id)
}
const say = (tx: Tx, category: number) =>
  append(tx, CategoryChanged, { subject: `category:${category}`, body: { categories: [category] } })

export const childrenOf = async (tx: Tx, category: number): Promise<number> =>
  (
    await tx.list<{ n: number }>(
      sql`select count(*)::int as n from catalog.category where parent = ${category}::int and archived_at is null`,
    )
  )[0]!.n
/** The codes of these categories, in this order, without those that have gone. */
export async function categoryCodes(tx: Tx, ids: readonly number[]): Promise<string[]> {
  const rows = await Promise.all(ids.map((id) => byId.one(tx, id)))
  return rows.flatMap((r) => (r && r.archived_at === null ? [r.code] : []))
}

/** How many are moved from one category to another in one command. */
export const refiledMost = 200
export const productsIn = (tx: Tx, category: number): Promise<{ id: number }[]> =>
  tx.list<{ id: number }>(
    sql`select id from catalog.product where categories @> ${JSON.stringify([category])}::jsonb order by id limit ${refiledMost + 1}::int`,
  )
/** Takes a product out of a category, if it is in it, and puts it into another one. */
export function refile(tx: Tx, before: Edited, ask: { from: number; to: number | null }): void {
  const at = before.categories.includes(ask.from)
    ? before.categories.map((id) => (id === ask.from ? ask.to : id))
    : [...before.categories, ask.to]
  const categories = [...new Set(at.filter((id) => id !== null))]
  tx.update(productTable, before, { categories })
  remember(tx, { product: before.id, version: before.version + 1, what: 'changed' }, [
    { of: 'product', was: before, next: { categories } },
  ])
  append(tx, ProductChanged, {
    subject: `product:${before.id}`,
    body: { product: before.id, skus: before.skus.map((s) => s.id) },
  })
}
