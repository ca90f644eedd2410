import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { CartClosed, CartMissing } from './refusals.ts'

export type CartLine = { sku: number; quantity: number }
type Row = {
  id: string
  shop: number
  state: 'open' | 'placed'
  lines: CartLine[]
  person: number | null
  card: string | null
  prefecture: number | null
  payment: string | null
  adult: boolean | null
  member: number | null
  placed: number | null
  created_at: Date
}
type Cart = Omit<Row, 'created_at'> & { version: number }
export type OpenCart = Guarded<Cart> & Cart
const cartTable = table<Row>('carts.cart', {
  id: 'uuid',
  shop: 'integer',
  state: 'text',
  lines: 'jsonb',
  person: 'bigint',
  card: 'uuid',
  prefecture: 'smallint',
  payment: 'text',
  adult: 'boolean',
  member: 'bigint',
  placed: 'bigint',
  created_at: 'timestamptz',
})
const byId = reader<string, Cart>(
  'id',
  (ids) =>
    sql`select id, version, shop, state, lines, person, card, prefecture, payment, adult, member, placed from carts.cart where id = any(${ids}::uuid[])`,
)

/** Whose it is, where it goes and how it is paid. */
export type Chosen = {
  person: number
  card: string
  prefecture: number
  payment: string
  adult: boolean
  member: number | null
}
const nothing = { person: null, card: null, prefecture: null, payment: null, adult: null, member: null }

export function create(
  tx: Tx,
  ask: { id?: string; shop: number; lines: readonly CartLine[]; chosen?: Chosen },
): string {
  return tx.insert(cartTable, {
    id: ask.id ?? tx.id(),
    shop: ask.shop,
    state: 'open',
    lines: [...ask.lines],
    ...(ask.chosen ?? nothing),
    placed: null,
    created_at: tx.now,
  }).id
}
/** The cart as it stands; the request depends on its staying so. */
export async function openCart(tx: Tx, id: string): Promise<OpenCart> {
  const cart = await byId.guard(tx, cartTable, id)
  if (!cart) throw CartMissing({})
  if (cart.state !== 'open') throw CartClosed({ order: cart.placed! })
  return cart
}
export const replaceLines = (tx: Tx, cart: OpenCart, lines: readonly CartLine[]): void =>
  tx.update(cartTable, cart, { lines: [...lines] })
export const choose = (tx: Tx, cart: OpenCart, chosen: Chosen): void => tx.update(cartTable, cart, chosen)
export const close = (tx: Tx, cart: OpenCart, order: number): void =>
  tx.update(cartTable, cart, { state: 'placed', placed: order })
/** Nobody, nowhere: who they were is to be forgotten. */
export const forgetPerson = (tx: Tx, cart: OpenCart): void => tx.update(cartTable, cart, nothing)
