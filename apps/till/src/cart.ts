import { useEffect, useReducer } from 'react'
import { keep, kept } from './kept.ts'
import type { Item, Line } from './sums.ts'

type Member = { code: string; points: number | null }
export type Cart = { lines: readonly Line[]; member: Member | null; points: number }
type Change =
  | { do: 'add'; item: Item }
  | { do: 'by'; sku: string; by: number }
  | { do: 'remove'; sku: string }
  | { do: 'member'; member: Member | null }
  | { do: 'points'; points: number }
  | { do: 'clear' }

const empty: Cart = { lines: [], member: null, points: 0 }
const bySku = (lines: readonly Line[], sku: string, by: number) =>
  lines.flatMap((line) => {
    if (line.item.sku !== sku) return [line]
    const quantity = line.quantity + by
    return quantity > 0 ? [{ ...line, quantity }] : []
  })

function changed(cart: Cart, change: Change): Cart {
  switch (change.do) {
    case 'add':
      return cart.lines.some((line) => line.item.sku === change.item.sku)
        ? { ...cart, lines: bySku(cart.lines, change.item.sku, 1) }
        : { ...cart, lines: [...cart.lines, { item: change.item, quantity: 1 }] }
    case 'by':
      return { ...cart, lines: bySku(cart.lines, change.sku, change.by) }
    case 'remove':
      return { ...cart, lines: cart.lines.filter((line) => line.item.sku !== change.sku) }
    case 'member':
      return { ...cart, member: change.member, points: 0 }
    case 'points':
      return { ...cart, points: change.points }
    case 'clear':
      return empty
  }
}

/** The open sale; each change is kept at once, so that a reload goes on with it. */
export function useCart() {
  const [cart, change] = useReducer(changed, null, () => kept<Cart>('cart') ?? empty)
  useEffect(() => keep('cart', cart), [cart])
  return { cart, change }
}
