import { isDeepStrictEqual } from 'node:util'
import { sql } from '#kernel/db'
import type { Tx } from '#kernel/gate'
import { changeTable, type ChangeRow, type Image, type ProductRow, type SkuRow } from './tables.ts'

/** A row that a change writes: as it was (null: it was not there), and what is set. */
export type Touched =
  | { of: 'product'; was: ProductRow; next: Partial<ProductRow> }
  | { of: number; was: SkuRow | null; next: Partial<SkuRow> }

const differing = <R extends object>(was: R, next: Partial<R>): (keyof R)[] =>
  (Object.keys(next) as (keyof R)[]).filter(
    (name) => !isDeepStrictEqual(was[name] ?? null, next[name] ?? null),
  )
const only = <R extends object>(row: Partial<R>, names: readonly (keyof R)[]): Partial<R> =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null])) as Partial<R>

/** Writes down who changed what; also a change of nothing, for each version leaves its record. */
export function remember(
  tx: Tx,
  ask: { product: number; version: number; what: ChangeRow['what'] },
  touched: readonly Touched[],
): void {
  const before: Image = { product: {}, skus: {} }
  const after: Image = { product: {}, skus: {} }
  for (const t of touched)
    if (t.of === 'product') {
      const names = differing(t.was, t.next)
      before.product = only(t.was, names)
      after.product = only(t.next, names)
    } else {
      before.skus[t.of] = t.was && only(t.was, differing(t.was, t.next))
      after.skus[t.of] = t.was ? only(t.next, differing(t.was, t.next)) : t.next
    }
  tx.insert(changeTable, {
    id: tx.number(),
    product: ask.product,
    version: ask.version,
    at: tx.now,
    actor: tx.actor.id,
    what: ask.what,
    before,
    after,
  })
}

/** What was changed of a product after a version, the latest first. */
export const changesSince = (tx: Tx, product: number, version: number): Promise<ChangeRow[]> =>
  tx.list<ChangeRow>(sql`
    select id, product, version, at, actor, what, before, after from catalog.change
    where product = ${product}::bigint and version > ${version}::int order by version desc, id desc limit 1000`)

type Rows<S> = { product: ProductRow; skus: readonly S[] }
/** A product as it was before these changes, the latest first. SKUs that were not there yet are named apart. */
export function before<S extends SkuRow>(
  now: Rows<S>,
  changes: readonly Pick<ChangeRow, 'before'>[],
): Rows<S> & { later: ReadonlySet<number> } {
  let product = { ...now.product }
  const skus = new Map(now.skus.map((s) => [s.id, { ...s }]))
  const later = new Set<number>()
  for (const change of changes) {
    product = { ...product, ...change.before.product }
    for (const [id, was] of Object.entries(change.before.skus)) {
      const sku = skus.get(Number(id))
      if (was === null) later.add(Number(id))
      else if (sku) skus.set(Number(id), { ...sku, ...was })
    }
  }
  return { product, skus: [...skus.values()], later }
}
