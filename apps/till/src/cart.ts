import { useEffect, useReducer } from 'react'
import { keep, kept } from './kept.ts'
import { isWaiting } from './queue.ts'
import type { Item, Line } from './sums.ts'

type Member = { code: string; points: number | null }
/** `sale` is minted with the first line: however often the basket is paid for, it is one sale. */
export type Cart = { sale: string; lines: readonly Line[]; member: Member | null; points: number }
type Change =
  | { do: 'add'; item: Item; serial?: string }
  | { do: 'by'; sku: string; by: number }
  | { do: 'remove'; sku: string }
  | { do: 'member'; member: Member | null }
  | { do: 'points'; points: number }
  | { do: 'clear'; sale: string }

const emptyCart = (sale: string): Cart => ({ sale, lines: [], member: null, points: 0 })
export const newSale = () => crypto.randomUUID()
const bySku = (lines: readonly Line[], sku: string, by: number) =>
  lines.flatMap((line) => {
    if (line.item.sku !== sku) return [line]
    const quantity = line.quantity + by
    // The last that came goes first.
    const serials = line.serials && { serials: line.serials.slice(0, quantity) }
    return quantity > 0 ? [{ ...line, quantity, ...serials }] : []
  })
const withSerial = (lines: readonly Line[], sku: string, serial: string) =>
  lines.map((line) =>
    line.item.sku === sku ? { ...line, serials: [...(line.serials ?? []), serial] } : line,
  )

function changed(cart: Cart, change: Change): Cart {
  switch (change.do) {
    case 'add': {
      const { sku } = change.item
      const lines = cart.lines.some((line) => line.item.sku === sku)
        ? bySku(cart.lines, sku, 1)
        : [...cart.lines, { item: change.item, quantity: 1 }]
      return { ...cart, lines: change.serial === undefined ? lines : withSerial(lines, sku, change.serial) }
    }
    case 'by':
      return { ...cart, lines: bySku(cart.lines, change.sku, change.by) }
    case 'remove':
      return { ...cart, lines: cart.lines.filter((line) => line.item.sku !== change.sku) }
    case 'member':
      return { ...cart, member: change.member, points: 0 }
    case 'points':
      return { ...cart, points: change.points }
    case 'clear':
      return emptyCart(change.sale)
  }
}

/** The basket that was open; not if it was sold in the very moment in which the till went out. */
function firstCart(): Cart {
  const open = kept<Cart>('cart')
  const last = kept<{ sale: { sale: string } }>('receipt')?.sale.sale
  return open?.sale && open.sale !== last && !isWaiting(open.sale) ? open : emptyCart(newSale())
}

/** The open sale; each change is kept at once, so that a reload goes on with it. */
export function useCart() {
  const [cart, change] = useReducer(changed, null, firstCart)
  useEffect(() => keep('cart', cart), [cart])
  return { cart, change }
}
