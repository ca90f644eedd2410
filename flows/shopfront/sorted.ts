/** Sorted lists of a view, made when first asked for and brought up to date when asked for again. */
import { firstPast, order, type Listed } from './order.ts'
import { Ranks } from './ranks.ts'
import type { Item, List, View } from './shapes.ts'

/** So many changes of a view are remembered; a list that was not asked for meanwhile is set up anew. */
export const changesKept = 4000
const listsMost = 2000

/** What makes a list is asked only where there is none yet. */
type Asked = {
  /** Which products. */
  readonly whose: string
  readonly sort: Listed
  /** Products that the shop has put first. */
  readonly first: () => readonly number[]
  readonly members: () => (item: Item) => boolean
}
export function sorted(view: View, { whose, sort, first, members }: Asked): List {
  const name = nameOf(whose, sort)
  let list = view.lists.get(name)
  if (!list) {
    const isIn = members()
    // Another order of the same products saves looking at all of them.
    const other = beside(view, whose)
    const items = other ? [...other.items] : [...view.items.values()].filter((i) => i.sold && isIn(i))
    items.sort(order[sort])
    const put = first()
    putFirst(items, put)
    const figures = () => new Int32Array(items.length)
    list = {
      items,
      isIn,
      isPut: put.length > 0,
      min: figures(),
      max: figures(),
      free: figures(),
      inStock: 0,
      ranks: undefined,
      version: 0,
    }
    if (view.lists.size < listsMost) view.lists.set(name, list)
  }
  if (list.version !== view.version) bringUp(list, view, sort)
  return list
}
const nameOf = (whose: string, sort: Listed) => `${whose}|${sort}`
const sorts: readonly Listed[] = ['own', 'new', 'price', '-price', 'name']
/** The same products in another order, where somebody has asked for one. */
function beside(view: View, whose: string): List | undefined {
  for (const sort of sorts) {
    const list = view.lists.get(nameOf(whose, sort))
    if (list) return list
  }
  return undefined
}
/** How many of a list lie between two prices. `from` is not above `to`. */
export function between(list: List, from: number, to: number, isFree: boolean): number {
  list.ranks ??= new Ranks(list)
  return list.ranks.count(from, to, isFree)
}
const isByPrice = (sort: Listed): boolean => sort === 'price' || sort === '-price'
/** What changed since a list was asked for last goes to its place; where that is much, all of it is set beside its figures anew. */
function bringUp(list: List, view: View, sort: Listed): void {
  const { items } = list
  const missed = view.version - list.version
  const byPrice = isByPrice(sort)
  list.version = view.version
  if (missed > view.changed.length || missed > 20 + items.length / 100) {
    // Almost in order already: a few prices have moved.
    if (byPrice) items.sort(order[sort])
    list.inStock = 0
    list.free.fill(0)
    list.ranks = undefined
    for (let i = 0; i < items.length; i++) figure(list, i)
    return
  }
  for (const item of new Set(view.changed.slice(-missed))) {
    const at = list.isIn(item) ? placeOf(list, item, sort) : -1
    if (at < 0) continue
    if (!byPrice || list.min[at] === item.min) {
      figure(list, at)
      continue
    }
    // Out of its place and into the one of its new price. The others stand by the figures they had when they were placed.
    const figures = [list.min, list.max, list.free]
    const before = figures.map((of) => of[at]!)
    items.splice(at, 1)
    for (const of of figures) of.copyWithin(at, at + 1)
    const to = priceAt(list, item, sort, items.length)
    items.splice(to, 0, item)
    figures.forEach((of, n) => {
      of.copyWithin(to + 1, to)
      of[to] = before[n]!
    })
    figure(list, to)
  }
}
/** Where an item stands in a list, -1 where it does not: by the order of the list, so that the others are not walked through. */
function placeOf(list: List, item: Item, sort: Listed): number {
  const { items } = list
  if (!list.isPut) {
    const byPrice = isByPrice(sort)
    const at = byPrice
      ? priceAt(list, item, sort, items.length) - 1
      : firstPast(items, (i) => order[sort](i, item) > 0) - 1
    if (items[at] === item) return at
    if (!byPrice) return -1
  }
  // Put first by hand, or standing by a price that it no longer has.
  return items.indexOf(item)
}
/** Behind how many of the first `length` an item stands by its price now, itself among them if it is there. */
function priceAt(list: List, item: Item, sort: Listed, length: number): number {
  const { id } = item.product
  const sign = sort === 'price' ? 1 : -1
  let to = 0
  for (let high = length; to < high;) {
    const middle = (to + high) >> 1
    const away = (list.min[middle]! - item.min) * sign
    if (away > 0 || (away === 0 && list.items[middle]!.product.id > id)) high = middle
    else to = middle + 1
  }
  return to
}
/** As much of it as a figure can say. */
export const freeOf = (item: Item): number => Math.min(item.available, 2_000_000_000)
/** Sets an item's figures at its place. */
function figure(list: List, at: number): void {
  const item = list.items[at]!
  const free = freeOf(item)
  const [min, max, was] = [list.min[at]!, list.max[at]!, list.free[at]!]
  list.min[at] = item.min
  list.max[at] = item.max
  list.free[at] = free
  if (was > 0) list.inStock--
  if (free > 0) list.inStock++
  if (!list.ranks || (min === item.min && max === item.max && was > 0 === free > 0)) return
  list.ranks.remove(min, max, was)
  list.ranks.add(item.min, item.max, free)
}
function putFirst(items: Item[], first: readonly number[]): void {
  if (first.length === 0) return
  const places = new Map(first.map((id, n) => [id, n]))
  const place = (i: Item) => places.get(i.product.id) ?? Infinity
  items.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
}
