/** The orders that lists stand in, and where a page of one begins. */
import type { Item, Sort } from './shapes.ts'

/** `own`: those that the shop puts first, then the newest. */
export type Listed = Exclude<Sort, 'fit'> | 'own'
export const order: Record<Listed, (a: Item, b: Item) => number> = {
  own: (a, b) => b.product.id - a.product.id,
  new: (a, b) => b.product.id - a.product.id,
  price: (a, b) => a.min - b.min || a.product.id - b.product.id,
  '-price': (a, b) => b.min - a.min || a.product.id - b.product.id,
  name: (a, b) =>
    a.product.sortName < b.product.sortName
      ? -1
      : a.product.sortName > b.product.sortName
        ? 1
        : a.product.id - b.product.id,
}
export type Mark = { key: number | string; id: number }
export const keyOf = (i: Item, sort: Listed) =>
  sort === 'name' ? i.product.sortName.slice(0, 40) : sort === 'new' || sort === 'own' ? 0 : i.min
export const writeCursor = (key: number | string, i: Item): string =>
  Buffer.from(JSON.stringify([key, i.product.id])).toString('base64url')
export function readCursor(text: string): Mark | undefined {
  try {
    const [key, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [number | string, number]
    return Number.isSafeInteger(id) ? { key, id } : undefined
  } catch {
    return undefined
  }
}
/** Where a page begins. In the shop's own order: behind the last one seen, or where it would be if it has gone. */
export function past(items: readonly Item[], sort: Listed, after: Mark, first: readonly number[]): number {
  if (sort !== 'own')
    return firstPast(items, (i) => isPast({ key: keyOf(i, sort), id: i.product.id }, sort, after))
  const seen = items.findIndex((i) => i.product.id === after.id)
  if (seen >= 0) return seen + 1
  const put = new Set(first)
  const at = items.findIndex((i) => !put.has(i.product.id) && i.product.id < after.id)
  return at < 0 ? items.length : at
}
/** The first `most` in an order, without putting the others in order, too. */
export function firstOf<T>(items: Iterable<T>, most: number, by: (a: T, b: T) => number): T[] {
  const best: T[] = []
  for (const item of items) {
    if (best.length === most && by(item, best.at(-1)!) >= 0) continue
    best.splice(
      firstPast(best, (b) => by(b, item) > 0),
      0,
      item,
    )
    if (best.length > most) best.pop()
  }
  return best
}
/** Where the items after the last one seen begin. */
export function firstPast<T>(items: readonly T[], isBehindMark: (item: T) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBehindMark(items[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
/** Whether one comes after the last one seen: by key, so that a page neither repeats nor skips when others come and go. */
export function isPast({ key, id }: Mark, sort: Listed, after: Mark): boolean {
  if (sort === 'new') return id < after.id
  if (key === after.key) return id > after.id
  return sort === '-price' ? key < after.key : key > after.key
}
