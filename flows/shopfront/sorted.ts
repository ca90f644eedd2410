/** Sorted lists of a view, made when first asked for and brought up to date when asked for again. */
import { order, type Listed } from './order.ts'
import type { Item, List, View } from './shapes.ts'

/** So many changes of a view are remembered; a list that was not asked for meanwhile is set up anew. */
export const changesKept = 4000
const listsMost = 2000

/** What makes a list is asked only where there is none yet. */
type Asked = {
  readonly name: string
  readonly sort: Listed
  /** Products that the shop has put first. */
  readonly first: () => readonly number[]
  readonly members: () => (item: Item) => boolean
}
export function sorted(view: View, { name, sort, first, members }: Asked): List {
  let list = view.lists.get(name)
  if (!list) {
    const isIn = members()
    const items = [...view.items.values()].filter((i) => i.sold && isIn(i))
    items.sort(order[sort])
    putFirst(items, first())
    const figures = () => new Int32Array(items.length)
    list = { items, min: figures(), max: figures(), free: figures(), inStock: 0, version: 0 }
    if (view.lists.size < listsMost) view.lists.set(name, list)
  }
  if (list.version !== view.version) bringUp(list, view, sort)
  return list
}
/** What changed since a list was asked for last goes to its place; where that is much, all of it is set beside its figures anew. */
function bringUp(list: List, view: View, sort: Listed): void {
  const { items } = list
  const missed = view.version - list.version
  const byPrice = sort === 'price' || sort === '-price'
  list.version = view.version
  if (missed > view.changed.length || missed > 20 + items.length / 100) {
    // Almost in order already: a few prices have moved.
    if (byPrice) items.sort(order[sort])
    list.inStock = 0
    for (let i = 0; i < items.length; i++) figure(list, i)
    return
  }
  for (const item of new Set(view.changed.slice(-missed))) {
    const at = items.indexOf(item)
    if (at < 0) continue
    if (list.free[at]! > 0) list.inStock--
    if (!byPrice || list.min[at] === item.min) {
      list.free[at] = 0
      figure(list, at)
      continue
    }
    // Out of its place and into the one of its new price. The others stand by the figures they had when they were placed.
    const figures = [list.min, list.max, list.free]
    items.splice(at, 1)
    for (const of of figures) of.copyWithin(at, at + 1)
    const { id } = item.product
    const sign = sort === 'price' ? 1 : -1
    let to = 0
    for (let high = items.length; to < high;) {
      const middle = (to + high) >> 1
      const away = (list.min[middle]! - item.min) * sign
      if (away > 0 || (away === 0 && items[middle]!.product.id > id)) high = middle
      else to = middle + 1
    }
    items.splice(to, 0, item)
    for (const of of figures) of.copyWithin(to + 1, to)
    list.free[to] = 0
    figure(list, to)
  }
}
/** Sets an item's figures at its place. */
function figure(list: List, at: number): void {
  const item = list.items[at]!
  list.min[at] = item.min
  list.max[at] = item.max
  list.free[at] = Math.min(item.available, 2_000_000_000)
  if (item.available > 0) list.inStock++
}
function putFirst(items: Item[], first: readonly number[]): void {
  if (first.length === 0) return
  const places = new Map(first.map((id, n) => [id, n]))
  const place = (i: Item) => places.get(i.product.id) ?? Infinity
  items.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
}
