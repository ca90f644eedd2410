import { checked } from '#kernel/trust'
import { ask } from '#kernel/db'
import Type, { type Static } from 'typebox'
import { SkuMissing } from '#domains/catalog'
import { promiseOf } from '#domains/fulfilment'
import { CartMissing } from '#domains/carts'
import { fold, open, read, type Card, type Sealed } from '#domains/persons'
import { OrderMissing } from '#domains/orders'
import { TooMany } from '#domains/access'
import {
  addToCart,
  changeCart,
  createCart,
  placeOrder,
  prepare,
  prepareAtOnce,
  readCart,
  readQuote,
  type CartAnswer,
  type QuoteAnswer,
} from '#flows/checkout'
import { orderDetail } from '#flows/reads'
import type { ListInJson } from '#flows/shopfront'
import type { Lang } from '#kernel/refusal'
import { Ready, route, type Services } from '../route.ts'
import { cartTokenOf, holdsCart } from '../cart-token.ts'
import { moment } from './answers.ts'
import { labelOf } from './label.ts'
import { prefectureOf, townsOf } from './postal.ts'
import { prefectures } from './prefectures.ts'
import {
  address,
  amount,
  card as cardNumber,
  code,
  contact,
  cursor,
  day,
  lines,
  limit,
  nullable,
  number,
  page,
  strict,
  text,
  uuid,
} from './shapes.ts'

const card = Type.Object({
  code: Type.String(),
  name: text,
  brand: nullable(Type.String()),
  picture: nullable(Type.String()),
  /** A smaller one, for lists. */
  thumbnail: nullable(Type.String()),
  price_min: Type.Integer(),
  price_max: Type.Integer(),
  available: Type.Integer(),
  categories: Type.Array(Type.String()),
  age: nullable(Type.Integer()),
})
const count = Type.Integer({ minimum: 0 })
const facets = Type.Object({
  categories: Type.Array(
    Type.Object({ code: Type.String(), parent: nullable(Type.String()), name: text, count }),
  ),
  in_stock: count,
  prices: Type.Array(Type.Object({ from: nullable(Type.Integer()), to: nullable(Type.Integer()), count })),
  options: Type.Array(
    Type.Object({
      code: Type.String(),
      name: text,
      values: Type.Array(
        Type.Object({ code: Type.String(), name: text, colour: nullable(Type.String()), count }),
      ),
    }),
  ),
})
const variant = Type.Object({
  sku: Type.String(),
  serial_kept: Type.Boolean(),
  jan: nullable(Type.String()),
  options: Type.Record(Type.String(), Type.String()),
  price: Type.Integer(),
  /** A price for a while: until when, and what may stand beside it as the usual price, and how long it may. */
  offer: nullable(
    Type.Object({
      until: moment,
      usual: nullable(Type.Integer()),
      usual_until: nullable(moment),
    }),
  ),
  available: Type.Integer(),
  stores: Type.Array(Type.Object({ place: Type.String(), name: text, quantity: Type.Integer() })),
})
const detail = Type.Object({
  ...card.properties,
  kana: nullable(Type.String()),
  summary: nullable(text),
  description: nullable(text),
  tax_rate: Type.Integer(),
  tax_class: Type.String(),
  options: Type.Array(
    Type.Object({
      code: Type.String(),
      name: text,
      values: Type.Array(
        Type.Object({ code: Type.String(), name: text, colour: Type.Optional(Type.String()) }),
      ),
    }),
  ),
  variants: Type.Array(variant),
  pictures: Type.Array(
    Type.Object({
      file: Type.String(),
      width: Type.Integer(),
      height: Type.Integer(),
      /** Widths in which there is a smaller one: `<hash>-480.webp`. */
      sizes: Type.Array(Type.Integer()),
      alt: text,
      /** Which SKUs it is of; none: all. */
      skus: Type.Array(Type.String()),
    }),
  ),
})
const cartLine = Type.Object({
  sku: Type.String(),
  product: Type.String(),
  name: text,
  options: Type.Record(Type.String(), Type.String()),
  options_text: text,
  picture: nullable(Type.String()),
  quantity: Type.Integer(),
  unit_price: Type.Integer(),
  amount: Type.Integer(),
  available: Type.Integer(),
  problem: Type.Optional(Type.Enum(['sold_out', 'fewer', 'archived'])),
})
const cart = Type.Object({
  cart: uuid,
  token: Type.Optional(Type.String()),
  lines: Type.Array(cartLine),
  goods: Type.Integer(),
  total_quantity: Type.Integer(),
})
const terms = Type.Object({
  quantity: Type.Integer(),
  total: Type.Integer(),
  when_to_pay: text,
  delivery: text,
  cancellation: text,
  offer_until: nullable(Type.String()),
})
const tax = Type.Object({ rate: Type.Integer(), due: Type.Integer(), tax: Type.Integer() })
const quote = Type.Object({
  cart: uuid,
  lines: Type.Array(cartLine),
  goods: Type.Integer(),
  shipping: Type.Integer(),
  fee: Type.Integer(),
  discount: Type.Integer(),
  points: Type.Integer(),
  total: Type.Integer(),
  taxes: Type.Array(tax),
  payment: Type.String(),
  terms,
})
/** Where it goes, and who is written to: for whoever holds the cart, who has said it. */
const goesTo = Type.Object({
  name: Type.String(),
  postal: Type.String(),
  address: Type.String(),
  email: Type.String(),
  phone: Type.String(),
})
const goesToOf = (card: Card): Static<typeof goesTo> => ({
  name: [card.family, card.given].filter(Boolean).join(' '),
  postal: card.postal ?? '',
  address: [card.prefecture, card.city, card.line1, card.line2].filter(Boolean).join(' '),
  email: card.email ?? '',
  phone: card.phone ?? '',
})
const cartParams = Type.Object({ cart: uuid }, strict)

const begin_ = Buffer.from('{"items":[')
const comma = Buffer.from(',')
function inBytes(found: ListInJson, facets: string | undefined): Buffer {
  const parts: Buffer[] = [begin_]
  found.items.forEach((i, n) => (n === 0 ? parts.push(i) : parts.push(comma, i)))
  parts.push(
    Buffer.from(
      `],"next":${found.next === null ? 'null' : `"${found.next}"`},"total":${found.total}${found.how ? `,"how":"${found.how}"` : ''}${found.ordered ? ',"ordered":true' : ''}${facets ? `,"facets":${facets}` : ''}}`,
    ),
  )
  return Buffer.concat(parts)
}

function dress(
  s: Services,
  shop: number,
  l: { code: string; quantity: number; unit_price: number; amount: number },
) {
  const found = s.shopfront.variant(shop, l.code)
  const available = found?.variant.available ?? 0
  const problem = !found
    ? 'archived'
    : available <= 0
      ? 'sold_out'
      : available < l.quantity
        ? 'fewer'
        : undefined
  return {
    sku: l.code,
    product: found?.product.code ?? '',
    name: found?.product.name ?? { ja: l.code, en: l.code },
    options: found?.variant.options ?? {},
    options_text: found ? labelOf(found.options, found.variant.options) : { ja: '', en: '' },
    picture: found?.product.thumbnail ?? null,
    quantity: l.quantity,
    unit_price: Math.floor(l.unit_price / 10_000),
    amount: l.amount,
    available,
    ...(problem && { problem: problem as 'sold_out' | 'fewer' | 'archived' }),
  }
}
const cartOf = (s: Services, a: CartAnswer) => ({
  cart: a.cart,
  lines: a.lines.map((l) => dress(s, a.shop, l)),
  goods: a.goods,
  total_quantity: a.total_quantity,
})
const quoteOf = (s: Services, shop: number, a: QuoteAnswer) => ({
  ...a,
  taxes: [...a.taxes],
  lines: a.lines.map((l) => dress(s, shop, l)),
})
const choice = {
  contact,
  address,
  payment: Type.Enum(['cod', 'bank_transfer']),
  birth_date: Type.Optional(day),
  member: Type.Optional(cardNumber),
}
const chosen = Type.Object(choice, strict)
function choiceOf(b: Static<typeof chosen>, lang: Lang) {
  const { prefecture, ...address } = b.address
  return {
    contact: b.contact,
    address: { ...address, prefecture: prefectures[prefecture - 1]!.name.ja },
    prefecture,
    payment: b.payment,
    lang,
    ...(b.birth_date && { birth_date: b.birth_date }),
    ...(b.member && { member: b.member }),
  }
}
function demandCart(s: Services, id: string, token: string | undefined) {
  if (!holdsCart(s, id, token)) throw CartMissing({}) // whether it exists is nobody's business
}
const noFees = { all: 0, free_from: null, okinawa: 0 }

export const store = [
  route({
    name: 'shop',
    method: 'GET',
    path: '/store/v1/shop',
    who: 'public',
    summary: 'The shop: categories, ways to pay, fees, what the law asks to show',
    input: {},
    output: Type.Object({
      code: Type.String(),
      name: text,
      currency: Type.String(),
      categories: Type.Array(
        Type.Object({ code: Type.String(), parent: nullable(Type.String()), name: text }),
      ),
      payments: Type.Array(
        Type.Object({
          code: Type.String(),
          name: text,
          fees: Type.Optional(Type.Array(Type.Object({ up_to: Type.Integer(), fee: Type.Integer() }))),
        }),
      ),
      shipping: Type.Object({
        all: Type.Integer(),
        free_from: nullable(Type.Integer()),
        okinawa: Type.Integer(),
      }),
      law: Type.Record(Type.String(), text),
      about: nullable(text),
      bank_account: text,
      prefectures: Type.Array(Type.Object({ code: Type.Integer(), name: text })),
      stores: Type.Array(Type.Object({ code: Type.String(), name: text })),
      registration_number: nullable(Type.String()),
      seller: Type.String(),
    }),
    run: (c) => {
      const shop = c.services.shopfront.shop()
      if (!shop)
        return {
          code: '',
          name: { ja: '', en: '' },
          currency: 'JPY',
          categories: [],
          payments: [],
          shipping: noFees,
          law: {},
          about: null,
          bank_account: { ja: '', en: '' },
          prefectures,
          stores: [],
          registration_number: null,
          seller: '',
        }
      const names = {
        cod: { ja: '代金引換', en: 'Cash on delivery' },
        bank_transfer: { ja: '銀行振込', en: 'Bank transfer' },
      }
      return {
        code: shop.code,
        name: shop.name,
        currency: shop.currency,
        categories: c.services.shopfront.categories(),
        shipping: shop.settings.shipping ?? noFees,
        law: shop.settings.law ?? {},
        about: shop.settings.about ?? null,
        bank_account: shop.settings.bank_account ?? { ja: '', en: '' },
        payments: (shop.settings.payments ?? []).map((p) => ({
          code: p,
          name: names[p as keyof typeof names] ?? { ja: p, en: p },
          ...(p === 'cod' && { fees: shop.settings.cod_fees ?? [] }),
        })),
        prefectures,
        stores: c.services.shopfront
          .places()
          .filter((p) => p.kind === 'store')
          .map((p) => ({ code: p.code, name: p.name })),
        registration_number: shop.registration_number,
        seller: shop.entity_name,
      }
    },
  }),
  route({
    name: 'products',
    method: 'GET',
    path: '/store/v1/products',
    who: 'public',
    summary: 'Products with price and free stock, filtered, sorted, a page at a time',
    input: {
      query: Type.Object(
        {
          category: Type.Optional(code),
          q: Type.Optional(Type.String({ maxLength: 100 })),
          sort: Type.Optional(
            Type.Enum(['fit', 'new', 'price', '-price', 'name'], {
              description: '`fit`, how well it fits, is the usual one of a search; `name` is by its reading.',
            }),
          ),
          options: Type.Optional(
            Type.String({
              maxLength: 500,
              pattern: '^[a-z0-9_-]{1,40}:[a-z0-9_-]{1,40}(,[a-z0-9_-]{1,40}:[a-z0-9_-]{1,40}){0,19}$',
              description:
                'Values of options: `colour:navy,colour:white,size:m` has one SKU in M that is navy or white.',
            }),
          ),
          facets: Type.Optional(
            Type.Boolean({
              description: 'Also what could be narrowed by, with counts that are a second old at most.',
            }),
          ),
          in_stock: Type.Optional(Type.Boolean()),
          price_min: Type.Optional(amount),
          price_max: Type.Optional(amount),
          limit: limit(100, 20),
          cursor,
        },
        strict,
      ),
    },
    output: Type.Object({
      ...page(card).properties,
      total: Type.Integer(),
      /** The shop has said which products of this category come first, and this is that order. */
      ordered: Type.Optional(Type.Boolean()),
      how: Type.Optional(
        Type.Enum(['all', 'some', 'near'], {
          description: 'Of a search: everything fits every word, or what is shown only comes near.',
        }),
      ),
      facets: Type.Optional(facets),
    }),
    run: (c) => {
      const q = c.input
      const wanted = {
        ...(q.category !== undefined && { category: q.category }),
        ...(q.q !== undefined && { q: q.q }),
        ...(q.in_stock && { in_stock: true }),
        ...(q.price_min !== undefined && { price_min: q.price_min }),
        ...(q.price_max !== undefined && { price_max: q.price_max }),
        ...(q.options && { options: q.options.split(',') }),
      }
      const asked = {
        ...wanted,
        limit: q.limit ?? 20,
        ...(q.sort && { sort: q.sort }),
        ...(q.cursor && { cursor: q.cursor }),
      }
      const { shopfront } = c.services
      return checked(
        new Ready(
          () =>
            inBytes(
              shopfront.listInJson(c.shop, asked),
              q.facets ? shopfront.facetsInJson(c.shop, wanted) : undefined,
            ),
          () => ({
            ...shopfront.list(c.shop, asked),
            ...(q.facets && { facets: shopfront.facets(c.shop, wanted) }),
          }),
        ),
      )
    },
  }),
  route({
    name: 'delivery',
    method: 'GET',
    path: '/store/v1/delivery',
    who: 'public',
    summary:
      'When goods on a shelf, ordered now, leave and arrive; what is promised with an order is computed alike',
    input: {
      query: Type.Object(
        {
          prefecture: Type.Optional(Type.Integer({ minimum: 1, maximum: 47 })),
          postal: Type.Optional(
            Type.String({
              maxLength: 10,
              description:
                'Of a code that Japan Post’s list does not know the first digits tell the prefecture.',
            }),
          ),
        },
        strict,
      ),
    },
    output: Type.Object({
      prefecture: Type.Integer(),
      promise: nullable(
        Type.Object({ order_by: moment, ships: Type.String(), from: Type.String(), to: Type.String() }),
      ),
    }),
    run: (c) => {
      const q = c.input
      const prefecture = q.prefecture ?? prefectureOf(q.postal ?? '') ?? 13
      const rule = c.services.shopfront.shopById(c.shop)?.settings.delivery
      return { prefecture, promise: rule ? promiseOf(rule, new Date(), prefecture) : null }
    },
  }),
  route({
    name: 'addresses',
    method: 'GET',
    path: '/store/v1/addresses',
    who: 'public',
    summary: 'The towns of a postal code, by Japan Post’s list; none where it does not know the code',
    input: { query: Type.Object({ postal: Type.String({ maxLength: 10 }) }, strict) },
    output: Type.Object({
      items: Type.Array(
        Type.Object({ prefecture: Type.Integer(), city: Type.String(), town: Type.String() }),
      ),
    }),
    run: (c) => ({ items: townsOf(c.input.postal) }),
  }),
  route({
    name: 'suggestions',
    method: 'GET',
    path: '/store/v1/suggestions',
    who: 'public',
    summary: 'What somebody who has begun to type may mean',
    input: { query: Type.Object({ q: Type.String({ maxLength: 100 }), limit: limit(20, 8) }, strict) },
    output: Type.Object({
      items: Type.Array(
        Type.Object({ kind: Type.Enum(['category', 'product']), code: Type.String(), name: text }),
      ),
    }),
    run: (c) => ({ items: c.services.shopfront.suggest(c.shop, c.input.q, c.input.limit ?? 8) }),
  }),
  route({
    name: 'product',
    method: 'GET',
    path: '/store/v1/products/:code',
    who: 'public',
    summary: 'One product with its variants and the stock in each store',
    input: { params: Type.Object({ code }, strict) },
    output: detail,
    run: (c) => {
      const { shopfront } = c.services
      const { code: sku } = c.input
      const found = <T>(it: T | undefined): T => {
        if (it === undefined) throw SkuMissing({ sku })
        return it
      }
      return checked(
        new Ready(
          () => found(shopfront.detailInJson(c.shop, sku)),
          () => found(shopfront.detail(c.shop, sku)),
        ),
      )
    },
  }),
  route({
    name: 'cart.create',
    method: 'POST',
    path: '/store/v1/carts',
    who: 'public',
    summary: 'A new cart; its token is shown once and needed with every later call',
    input: { body: Type.Object({ lines: lines(100) }, strict) },
    output: cart,
    run: async (c) => {
      const made = await c.command(createCart, { shop: c.shop, lines: c.input.body.lines })
      return { ...cartOf(c.services, made), token: cartTokenOf(c.services, made.cart) }
    },
  }),
  route({
    name: 'cart',
    method: 'GET',
    path: '/store/v1/carts/:cart',
    who: 'public',
    summary: 'The cart as it stands, with what is free of each line',
    input: { params: cartParams },
    output: cart,
    run: async (c) => {
      demandCart(c.services, c.input.cart, c.cartToken)
      return cartOf(c.services, await c.services.gate.read(readCart, { cart: c.input.cart }))
    },
  }),
  route({
    name: 'cart.add',
    method: 'POST',
    path: '/store/v1/carts/:cart/lines',
    who: 'public',
    summary: 'Some more of a SKU',
    input: {
      params: cartParams,
      body: Type.Object({ sku: code, quantity: Type.Integer({ minimum: 1, maximum: 999 }) }, strict),
    },
    output: cart,
    run: async (c) => {
      demandCart(c.services, c.input.cart, c.cartToken)
      return cartOf(c.services, await c.command(addToCart, { cart: c.input.cart, ...c.input.body }))
    },
  }),
  route({
    name: 'cart.lines',
    method: 'PUT',
    path: '/store/v1/carts/:cart/lines',
    who: 'public',
    summary: 'What the cart holds from now on',
    input: {
      params: cartParams,
      body: Type.Object(
        {
          lines: Type.Array(
            Type.Object({ sku: code, quantity: Type.Integer({ minimum: 1, maximum: 999 }) }, strict),
            { maxItems: 100 },
          ),
        },
        strict,
      ),
    },
    output: cart,
    run: async (c) => {
      demandCart(c.services, c.input.cart, c.cartToken)
      return cartOf(
        c.services,
        await c.command(changeCart, { cart: c.input.cart, lines: c.input.body.lines }),
      )
    },
  }),
  route({
    name: 'cart.checkout',
    method: 'PUT',
    path: '/store/v1/carts/:cart/checkout',
    who: 'public',
    summary: 'Who orders, where it goes, how it is paid; answers the final confirmation',
    input: {
      params: cartParams,
      body: chosen,
    },
    output: quote,
    run: async (c) => {
      demandCart(c.services, c.input.cart, c.cartToken)
      const asked = { cart: c.input.cart, ...choiceOf(c.input.body, c.lang) }
      return quoteOf(c.services, c.shop, await c.command(prepare(c.services.vault), asked))
    },
  }),
  route({
    name: 'cart.checkout_at_once',
    method: 'POST',
    path: '/store/v1/checkouts',
    who: 'public',
    summary:
      'A new cart with who orders and where it goes: a page that asks for everything needs this and the order, no more',
    input: { body: Type.Object({ lines: lines(100), ...choice }, strict) },
    output: Type.Object({ ...quote.properties, token: Type.String() }),
    run: async (c) => {
      const asked = { shop: c.shop, lines: c.input.body.lines, ...choiceOf(c.input.body, c.lang) }
      const made = await c.command(prepareAtOnce(c.services.vault), asked)
      return { ...quoteOf(c.services, c.shop, made), token: cartTokenOf(c.services, made.cart) }
    },
  }),
  route({
    name: 'cart.quote',
    method: 'GET',
    path: '/store/v1/carts/:cart/checkout',
    who: 'public',
    summary: 'What the cart costs now, and where it goes',
    input: { params: cartParams },
    output: Type.Object({ ...quote.properties, goes_to: nullable(goesTo) }),
    run: async (c) => {
      const s = c.services
      demandCart(s, c.input.cart, c.cartToken)
      const { answer, card } = await s.gate.read(readQuote, { cart: c.input.cart })
      const sealed = card === null ? undefined : (await ask<Sealed>(s.pool, read([card])))[0]
      return { ...quoteOf(s, c.shop, answer), goes_to: sealed ? goesToOf(open(s.vault, sealed)) : null }
    },
  }),
  route({
    name: 'order.place',
    method: 'POST',
    path: '/store/v1/orders',
    who: 'public',
    summary: 'Places the order, if it still costs what was shown and everything is still there',
    input: { body: Type.Object({ cart: uuid, expects: amount }, strict) },
    output: Type.Object({
      order: Type.Integer(),
      total: Type.Integer(),
      payment: Type.String(),
      pay_by: nullable(Type.String()),
    }),
    run: async (c) => {
      demandCart(c.services, c.input.body.cart, c.cartToken)
      return c.command(placeOrder, c.input.body)
    },
  }),
  route({
    name: 'order.look_up',
    method: 'POST',
    path: '/store/v1/orders/look-up',
    who: 'public',
    keyless: true,
    summary: 'An order, for whoever knows its number and its mail address',
    input: { body: Type.Object({ order: number, email: Type.String({ maxLength: 254 }) }, strict) },
    output: Type.Object({
      order: Type.Integer(),
      placed_at: Type.String(),
      status: Type.String(),
      lines: Type.Array(cartLine),
      goods: Type.Integer(),
      shipping: Type.Integer(),
      fee: Type.Integer(),
      discount: Type.Integer(),
      total: Type.Integer(),
      taxes: Type.Array(tax),
      payment: Type.String(),
      owed: Type.Integer(),
      captured: Type.Integer(),
      refunded: Type.Integer(),
      pay_by: nullable(Type.String()),
      shipments: Type.Array(
        Type.Object({
          carrier: nullable(Type.String()),
          tracking: nullable(Type.String()),
          shipped_at: moment,
        }),
      ),
    }),
    run: async (c) => {
      const wait = c.services.limits.take(`look ${c.address}`, 0.5, 20)
      if (wait) throw TooMany({ seconds: wait })
      const s = c.services
      const { order, email } = c.input.body
      const row = (await ask<Row>(s.pool, orderDetail(order)))[0]
      const card = row?.destinations?.[0]?.card
      const sealed = card ? (await ask<Sealed>(s.pool, read([card])))[0] : undefined
      // The same words whether the number, the address or both are wrong.
      if (!row || !sealed || fold('email', open(s.vault, sealed).email ?? '') !== fold('email', email))
        throw OrderMissing({ order })
      return { ...viewOf(s, c.shop, row) }
    },
  }),
]

type Row = {
  destinations: { card: string | null }[] | null
  order: number
  placed_at: Date
  state: string
  goods: number
  shipping: number
  fee: number
  discount: number
  total: number
  taxes: never[]
  payment: string
  owed: number
  captured: number
  refunded: number
  pay_by: Date | null
  shipments: { carrier: string | null; tracking: string | null; shipped_at: string }[]
  lines: {
    code: string
    quantity: number
    unit_price: number
    amount: number
    allocations: { held: number; shipped: number }[]
  }[]
}
function viewOf(s: Services, shop: number, r: Row) {
  const all = r.lines.flatMap((l) => l.allocations)
  const status =
    r.state === 'cancelled'
      ? 'cancelled'
      : all.every((a) => a.held === 0)
        ? 'shipped'
        : all.some((a) => a.shipped > 0)
          ? 'part_shipped'
          : r.payment === 'bank_transfer' && r.owed > 0
            ? 'waiting_payment'
            : 'to_ship'
  return {
    order: r.order,
    placed_at: r.placed_at.toISOString(),
    status,
    lines: r.lines.map((l) => dress(s, shop, l)),
    goods: r.goods,
    shipping: r.shipping,
    fee: r.fee,
    discount: r.discount,
    total: r.total,
    taxes: r.taxes,
    payment: r.payment,
    owed: r.owed,
    captured: r.captured,
    refunded: r.refunded,
    pay_by: r.pay_by?.toISOString() ?? null,
    shipments: r.shipments.map(({ carrier, tracking, shipped_at }) => ({ carrier, tracking, shipped_at })),
  }
}
