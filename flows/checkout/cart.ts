import type { Tx } from '#kernel/gate'
import { carts, catalog, pricing, shops } from './rooms.ts'
import { TooManyLines } from './refusals.ts'

export type CartLines = readonly { sku: string; quantity: number }[]
export type CartAnswer = {
  cart: string
  shop: number
  lines: { sku: number; code: string; quantity: number; unit_price: number; amount: number }[]
  goods: number
  total_quantity: number
}
const most = 100

/** Begins a cart. Promises nothing: stock is held when the order is placed. */
export async function createCart(tx: Tx, ask: { shop: number; lines: CartLines }): Promise<CartAnswer> {
  const { wanted, answer } = await priced(tx, ask.shop, ask.lines)
  return { cart: carts.create(tx, { shop: ask.shop, lines: wanted }), ...answer }
}
/** Says what the cart holds from now on. */
export async function changeCart(tx: Tx, ask: { cart: string; lines: CartLines }): Promise<CartAnswer> {
  const cart = await carts.openCart(tx, ask.cart)
  const { wanted, answer } = await priced(tx, cart.shop, ask.lines)
  carts.replaceLines(tx, cart, wanted)
  return { cart: cart.id, ...answer }
}
/** Puts some more of a SKU into the cart. Said twice with one key, it is done once. */
export async function addToCart(
  tx: Tx,
  ask: { cart: string; sku: string; quantity: number },
): Promise<CartAnswer> {
  const cart = await carts.openCart(tx, ask.cart)
  const { wanted, answer } = await priced(tx, cart.shop, [
    ...(await linesOf(tx, cart)),
    { sku: ask.sku, quantity: ask.quantity },
  ])
  carts.replaceLines(tx, cart, wanted)
  return { cart: cart.id, ...answer }
}
export async function readCart(tx: Tx, ask: { cart: string }): Promise<CartAnswer> {
  const cart = await carts.openCart(tx, ask.cart)
  const { answer } = await priced(tx, cart.shop, await linesOf(tx, cart), true)
  return { cart: cart.id, ...answer }
}
/** What a cart holds, as somebody would tell it. */
async function linesOf(tx: Tx, cart: carts.OpenCart): Promise<CartLines> {
  const skus = await catalog.skusById(
    tx,
    cart.lines.map((l) => l.sku),
  )
  return cart.lines.map((l, i) => ({ sku: skus[i]!.code, quantity: l.quantity }))
}

/** The same SKU twice is one line. What is archived is refused, except while looking at a cart made earlier. */
function summed(
  lines: CartLines,
  skus: readonly { id: number; code: string; archived: boolean }[],
  lenient = false,
): { sku: number; quantity: number }[] {
  const quantities = new Map<number, number>()
  lines.forEach((l, i) => {
    const sku = skus[i]!
    if (sku.archived && !lenient) throw catalog.SkuArchived({ sku: sku.code })
    quantities.set(sku.id, (quantities.get(sku.id) ?? 0) + l.quantity)
  })
  if (quantities.size > most) throw TooManyLines({ most })
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }))
}
export const wantedOf = async (tx: Tx, lines: CartLines): Promise<{ sku: number; quantity: number }[]> =>
  summed(
    lines,
    await catalog.skusByCode(
      tx,
      lines.map((l) => l.sku),
    ),
  )

async function priced(tx: Tx, shop: number, lines: CartLines, lenient = false) {
  const skus = await catalog.skusByCode(
    tx,
    lines.map((l) => l.sku),
  )
  const wanted = summed(lines, skus, lenient)
  const [terms, { rounding }] = await Promise.all([pricing.terms(tx, shop, skus), shops.shopById(tx, shop)])
  const skuOf = new Map(skus.map((s) => [s.id, s]))
  const quote = pricing.quote(
    wanted.map((l) => ({ ...l, decimals: skuOf.get(l.sku)!.decimals })),
    terms,
    // Nothing is served yet that a rate would be asked for.
    { shipping: 0, fee: 0, discount: 0, points: 0, serviceRate: 0, rounding },
  )
  return {
    wanted,
    answer: {
      shop,
      lines: quote.lines.map((l) => ({
        sku: l.sku,
        code: skuOf.get(l.sku)!.code,
        quantity: l.quantity,
        unit_price: l.unit_price,
        amount: l.amount,
      })),
      goods: quote.goods,
      total_quantity: wanted.reduce((n, l) => n + l.quantity, 0),
    },
  }
}
