// Made by tools/client.ts from the routes of doors/http.
import type { Answers } from './rows.ts'
import { createSend, type Options, type Settings } from './send.ts'
export * from './rows.ts'
export { Problem, type ProblemFields } from './send.ts'
export type Client = ReturnType<typeof createClient>
export function createClient(settings: Settings) {
  const send = createSend(settings)
  return {
    /** The shop: categories, ways to pay, fees, what the law asks to show */
    shop: (options?: Options) =>
      send<{
        code: string
        name: { ja: string; en: string }
        currency: string
        categories: { code: string; parent: string | null; name: { ja: string; en: string } }[]
        payments: Readonly<Record<string, unknown>>[]
        shipping: Readonly<Record<string, unknown>>
        law: Readonly<Record<string, unknown>>
        bank_account: { ja: string; en: string }
        prefectures: { code: number; name: { ja: string; en: string } }[]
        stores: { code: string; name: { ja: string; en: string } }[]
        registration_number: string | null
        seller: string
      }>('GET', '/store/v1/shop', {}, options),
    /** Products with price and free stock, filtered, sorted, a page at a time */
    products: (
      input: {
        category?: string | undefined
        q?: string | undefined
        sort?: 'new' | 'price' | '-price' | 'name' | undefined
        in_stock?: boolean | undefined
        price_min?: number | undefined
        price_max?: number | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) =>
      send<{
        items: {
          code: string
          name: { ja: string; en: string }
          brand: string | null
          picture: string | null
          price_min: number
          price_max: number
          available: number
          categories: string[]
          age: number | null
        }[]
        next: string | null
        total: number
      }>('GET', '/store/v1/products', input, options),
    /** One product with its variants and the stock in each store */
    product: (input: { code: string }, options?: Options) =>
      send<{
        code: string
        name: { ja: string; en: string }
        brand: string | null
        picture: string | null
        price_min: number
        price_max: number
        available: number
        categories: string[]
        age: number | null
        summary: { ja: string; en: string } | null
        description: { ja: string; en: string } | null
        tax_rate: number
        tax_class: string
        options: Readonly<Record<string, unknown>>[]
        variants: {
          sku: string
          jan: string | null
          options: Readonly<Record<string, string>>
          price: number
          available: number
          stores: { place: string; name: { ja: string; en: string }; quantity: number }[]
        }[]
      }>('GET', '/store/v1/products/:code', input, options),
    /** A new cart; its token is shown once and needed with every later call */
    cartCreate: (input: { lines: { sku: string; quantity: number }[] }, options?: Options) =>
      send<{
        cart: string
        token?: string | undefined
        lines: {
          sku: string
          product: string
          name: { ja: string; en: string }
          options: Readonly<Record<string, string>>
          options_text: { ja: string; en: string }
          picture: string | null
          quantity: number
          unit_price: number
          amount: number
          available: number
          problem?: 'sold_out' | 'fewer' | 'archived' | undefined
        }[]
        goods: number
        total_quantity: number
      }>('POST', '/store/v1/carts', input, options),
    /** The cart as it stands, with what is free of each line */
    cart: (input: { cart: string }, options?: Options) =>
      send<{
        cart: string
        token?: string | undefined
        lines: {
          sku: string
          product: string
          name: { ja: string; en: string }
          options: Readonly<Record<string, string>>
          options_text: { ja: string; en: string }
          picture: string | null
          quantity: number
          unit_price: number
          amount: number
          available: number
          problem?: 'sold_out' | 'fewer' | 'archived' | undefined
        }[]
        goods: number
        total_quantity: number
      }>('GET', '/store/v1/carts/:cart', input, options),
    /** Some more of a SKU */
    cartAdd: (input: { cart: string; sku: string; quantity: number }, options?: Options) =>
      send<{
        cart: string
        token?: string | undefined
        lines: {
          sku: string
          product: string
          name: { ja: string; en: string }
          options: Readonly<Record<string, string>>
          options_text: { ja: string; en: string }
          picture: string | null
          quantity: number
          unit_price: number
          amount: number
          available: number
          problem?: 'sold_out' | 'fewer' | 'archived' | undefined
        }[]
        goods: number
        total_quantity: number
      }>('POST', '/store/v1/carts/:cart/lines', input, options),
    /** What the cart holds from now on */
    cartLines: (input: { cart: string; lines: { sku: string; quantity: number }[] }, options?: Options) =>
      send<{
        cart: string
        token?: string | undefined
        lines: {
          sku: string
          product: string
          name: { ja: string; en: string }
          options: Readonly<Record<string, string>>
          options_text: { ja: string; en: string }
          picture: string | null
          quantity: number
          unit_price: number
          amount: number
          available: number
          problem?: 'sold_out' | 'fewer' | 'archived' | undefined
        }[]
        goods: number
        total_quantity: number
      }>('PUT', '/store/v1/carts/:cart/lines', input, options),
    /** Who orders, where it goes, how it is paid; answers the final confirmation */
    cartCheckout: (
      input: {
        cart: string
        contact: {
          family: string
          given: string
          family_kana?: string | undefined
          given_kana?: string | undefined
          email: string
          phone: string
        }
        address: {
          postal: string
          prefecture: number
          city: string
          line1: string
          line2?: string | undefined
        }
        payment: 'cod' | 'bank_transfer'
        birth_date?: string | undefined
        member?: string | undefined
      },
      options?: Options,
    ) =>
      send<{
        cart: string
        lines: {
          sku: string
          product: string
          name: { ja: string; en: string }
          options: Readonly<Record<string, string>>
          options_text: { ja: string; en: string }
          picture: string | null
          quantity: number
          unit_price: number
          amount: number
          available: number
          problem?: 'sold_out' | 'fewer' | 'archived' | undefined
        }[]
        goods: number
        shipping: number
        fee: number
        discount: number
        points: number
        total: number
        taxes: { rate: number; due: number; tax: number }[]
        payment: string
        terms: {
          quantity: number
          total: number
          when_to_pay: { ja: string; en: string }
          delivery: { ja: string; en: string }
          cancellation: { ja: string; en: string }
          offer_until: string | null
        }
      }>('PUT', '/store/v1/carts/:cart/checkout', input, options),
    /** What the cart costs now */
    cartQuote: (input: { cart: string }, options?: Options) =>
      send<{
        cart: string
        lines: {
          sku: string
          product: string
          name: { ja: string; en: string }
          options: Readonly<Record<string, string>>
          options_text: { ja: string; en: string }
          picture: string | null
          quantity: number
          unit_price: number
          amount: number
          available: number
          problem?: 'sold_out' | 'fewer' | 'archived' | undefined
        }[]
        goods: number
        shipping: number
        fee: number
        discount: number
        points: number
        total: number
        taxes: { rate: number; due: number; tax: number }[]
        payment: string
        terms: {
          quantity: number
          total: number
          when_to_pay: { ja: string; en: string }
          delivery: { ja: string; en: string }
          cancellation: { ja: string; en: string }
          offer_until: string | null
        }
      }>('GET', '/store/v1/carts/:cart/checkout', input, options),
    /** Places the order, if it still costs what was shown and everything is still there */
    orderPlace: (input: { cart: string; expects: number }, options?: Options) =>
      send<{ order: number; total: number; payment: string; pay_by: string | null }>(
        'POST',
        '/store/v1/orders',
        input,
        options,
      ),
    /** An order, for whoever knows its number and its mail address */
    orderLookUp: (input: { order: number; email: string }, options?: Options) =>
      send<{
        order: number
        placed_at: string
        status: string
        lines: {
          sku: string
          product: string
          name: { ja: string; en: string }
          options: Readonly<Record<string, string>>
          options_text: { ja: string; en: string }
          picture: string | null
          quantity: number
          unit_price: number
          amount: number
          available: number
          problem?: 'sold_out' | 'fewer' | 'archived' | undefined
        }[]
        goods: number
        shipping: number
        fee: number
        discount: number
        total: number
        taxes: { rate: number; due: number; tax: number }[]
        payment: string
        owed: number
        captured: number
        refunded: number
        pay_by: string | null
        shipments: Readonly<Record<string, unknown>>[]
      }>('POST', '/store/v1/orders/look-up', input, options),
    /** Signs a member of staff in */
    staffSignIn: (input: { email: string; password: string }, options?: Options) =>
      send<{
        id: number
        name: string
        role: string
        place: number | null
        permissions: { permission: string; reach: string }[]
      }>('POST', '/admin/v1/sessions', input, options),
    /** Signs out */
    staffSignOut: (options?: Options) =>
      send<{ ok: boolean }>('DELETE', '/admin/v1/sessions/current', {}, options),
    /** Who is signed in, and what they may do */
    me: (options?: Options) =>
      send<{
        id: number
        name: string
        role: string
        place: number | null
        permissions: { permission: string; reach: string }[]
      }>('GET', '/admin/v1/me', {}, options),
    /** Adds a member of staff. Nobody grants what they lack. */
    staffAdd: (
      input: {
        family: string
        given: string
        email: string
        role:
          | 'owner'
          | 'merchandiser'
          | 'store'
          | 'warehouse'
          | 'call'
          | 'marketer'
          | 'accountant'
          | 'developer'
        password: string
        pin?: string | undefined
        place?: number | undefined
      },
      options?: Options,
    ) => send<{ id: number }>('POST', '/admin/v1/staff', input, options),
    /** A new member with a card number */
    memberAdd: (
      input: {
        code: string
        contact?:
          | {
              family: string
              given: string
              family_kana?: string | undefined
              given_kana?: string | undefined
              email: string
              phone: string
            }
          | undefined
      },
      options?: Options,
    ) => send<{ member: number; code: string }>('POST', '/admin/v1/customers', input, options),
    /** A member by card number: points */
    member: (input: { code: string }, options?: Options) =>
      send<{ member: number; code: string; points: number }>(
        'GET',
        '/admin/v1/customers/:code',
        input,
        options,
      ),
    /** Destroys a person’s key: nothing of them can be read again. Orders and books stay. */
    personErase: (input: { person: number; reason: string }, options?: Options) =>
      send<{ erased: boolean }>('POST', '/admin/v1/persons/:person/erase', input, options),
    /** Orders of every channel, newest first */
    orders: (
      input: {
        status?:
          | 'all'
          | 'short'
          | 'waiting_payment'
          | 'to_ship'
          | 'part_shipped'
          | 'shipped'
          | 'returned'
          | 'cancelled'
          | undefined
        channel?: string | undefined
        q?: string | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) =>
      send<{
        items: {
          order: number
          channel: string
          status: string
          payment: string
          placed_at: string
          total: number
          owed: number
          captured: number
          quantity: number
          short: number
        }[]
        next: string | null
      }>('GET', '/admin/v1/orders', input, options),
    /** One order: what was agreed, and what has become of it */
    order: (input: { order: number }, options?: Options) =>
      send<Answers['order']>('GET', '/admin/v1/orders/:order', input, options),
    /** Every movement of stock, points and money that the order caused */
    orderMovements: (
      input: { order: number; cursor?: string | undefined; limit?: number | undefined },
      options?: Options,
    ) => send<Answers['order.movements']>('GET', '/admin/v1/orders/:order/movements', input, options),
    /** Ships what is held, or the lines named */
    orderShip: (
      input: {
        order: number
        lines?: { line: number; quantity: number }[] | undefined
        carrier?: 'yamato' | 'sagawa' | 'japan_post' | 'other' | undefined
        tracking?: string | undefined
      },
      options?: Options,
    ) => send<Answers['order.ship']>('POST', '/admin/v1/orders/:order/ship', input, options),
    /** Gives up what has not been shipped: stock goes back, money is waived or refunded */
    orderCancel: (input: { order: number; reason: string }, options?: Options) =>
      send<Answers['order.cancel']>('POST', '/admin/v1/orders/:order/cancel', input, options),
    /** Money for the order has arrived */
    orderCapture: (
      input: {
        order: number
        amount: number
        reference?: string | undefined
        happened_at?: string | undefined
      },
      options?: Options,
    ) => send<Answers['order.capture']>('POST', '/admin/v1/orders/:order/captures', input, options),
    /** Money goes back, never more than was captured */
    orderRefund: (input: { order: number; amount: number; reason: string }, options?: Options) =>
      send<Answers['order.refund']>('POST', '/admin/v1/orders/:order/refunds', input, options),
    /** Goods came back, linked to the lines they were sold on */
    orderReturn: (
      input: {
        order: number
        lines: { line: number; quantity: number }[]
        place: string
        condition: 'sellable' | 'quarantine'
        refund?: number | undefined
        reason: string
      },
      options?: Options,
    ) => send<Answers['order.return']>('POST', '/admin/v1/orders/:order/returns', input, options),
    /** What is owed and not there, the most pressing first */
    shortages: (
      input: {
        state?: 'open' | 'solved' | 'cancelled' | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['shortages']>('GET', '/admin/v1/shortages', input, options),
    /** Takes free stock for a shortage */
    shortageSolve: (input: { shortage: number; place?: string | undefined }, options?: Options) =>
      send<Answers['shortage.solve']>('POST', '/admin/v1/shortages/:shortage/solve', input, options),
    /** Who solves it, and until when */
    shortageAssign: (
      input: {
        shortage: number
        owner: 'warehouse' | 'store' | 'call' | 'merchandiser' | 'owner'
        deadline: string
      },
      options?: Options,
    ) => send<Answers['shortage.assign']>('POST', '/admin/v1/shortages/:shortage/assign', input, options),
    /** A mall has sold: recorded as a fact, whatever the shelves say; what is missing becomes a shortage */
    mallOrder: (
      input: {
        channel: string
        external_id: string
        placed_at: string
        lines: { sku: string; quantity: number; unit_price: number }[]
        shipping?: number | undefined
        fee?: number | undefined
        discount?: number | undefined
        total: number
        paid: boolean
        destination: {
          contact: {
            family?: string | undefined
            given?: string | undefined
            family_kana?: string | undefined
            given_kana?: string | undefined
            email?: string | undefined
            phone?: string | undefined
          }
          address: {
            postal?: string | undefined
            prefecture?: number | undefined
            city?: string | undefined
            line1?: string | undefined
            line2?: string | undefined
          }
        }
      },
      options?: Options,
    ) =>
      send<{ order: number; short: { sku: string; quantity: number }[]; already: boolean }>(
        'POST',
        '/admin/v1/mall-orders',
        input,
        options,
      ),
    /** Warehouses and stores */
    places: (options?: Options) =>
      send<{
        items: { place: number; code: string; kind: string; name: { ja: string; en: string } }[]
        next: string | null
      }>('GET', '/admin/v1/places', {}, options),
    /** SKU × place: on hand, held, short, in quarantine, in transit */
    stock: (
      input: {
        q?: string | undefined
        place?: string | undefined
        only?: 'short' | 'out' | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['stock']>('GET', '/admin/v1/stock', input, options),
    /** Every movement behind a number of the stock screen, newest first */
    stockMovements: (
      input: {
        sku: string
        place: string
        kind?: 'on_hand' | 'held' | 'short' | 'quarantine' | 'in_transit' | undefined
        limit?: number | undefined
        cursor?: string | undefined
      },
      options?: Options,
    ) => send<Answers['stock.movements']>('GET', '/admin/v1/stock/movements', input, options),
    /** Goods came in */
    stockReceive: (
      input: { place: string; lines: { sku: string; quantity: number }[]; happened_at?: string | undefined },
      options?: Options,
    ) => send<{ received: number }>('POST', '/admin/v1/stock/receipts', input, options),
    /** Shelves were counted: each is brought to what was counted */
    stockCount: (
      input: { place: string; lines: { sku: string; quantity: number }[]; happened_at?: string | undefined },
      options?: Options,
    ) => send<{ counted: number }>('POST', '/admin/v1/stock/counts', input, options),
    /** Found, broken or lost: by so many, with a reason */
    stockAdjust: (
      input: {
        place: string
        sku: string
        by: number
        reason: 'found' | 'broken' | 'lost' | 'sample' | 'own_use' | 'other'
      },
      options?: Options,
    ) => send<{ by: number }>('POST', '/admin/v1/stock/adjustments', input, options),
    /** Goods on their way between places */
    transfers: (
      input: {
        state?: 'under_way' | 'arrived' | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['transfers']>('GET', '/admin/v1/stock/transfers', input, options),
    /** Goods leave for another of our places */
    transferSend: (
      input: { from: string; to: string; lines: { sku: string; quantity: number }[] },
      options?: Options,
    ) => send<{ transfer: number }>('POST', '/admin/v1/stock/transfers', input, options),
    /** They have arrived */
    transferReceive: (input: { transfer: number }, options?: Options) =>
      send<{ received: number }>('POST', '/admin/v1/stock/transfers/:transfer/receive', input, options),
    /** What SKUs cost from a moment on */
    pricesSet: (
      input: { lines: { sku: string; price: number; from?: string | undefined }[] },
      options?: Options,
    ) => send<{ priced: number }>('PUT', '/admin/v1/prices', input, options),
    /** Opens a till: the device’s key and a personal PIN */
    tillSignIn: (input: { device: string; key: string; pin: string }, options?: Options) =>
      send<Answers['till.sign_in']>('POST', '/till/v1/sessions', input, options),
    /** Closes the till */
    tillSignOut: (options?: Options) =>
      send<{ ok: boolean }>('DELETE', '/till/v1/sessions/current', {}, options),
    /** Everything that can be scanned, with its price: kept on the device for when it is offline */
    tillCatalogue: (options?: Options) =>
      send<{
        at: string
        items: {
          sku: string
          jan: string | null
          name: { ja: string; en: string }
          options: Readonly<Record<string, string>>
          price: number
          rate: number
          age: number | null
          picture: string | null
          available: number
        }[]
      }>('GET', '/till/v1/catalogue', {}, options),
    /** A member by card number: points, nothing else */
    tillMember: (input: { code: string }, options?: Options) =>
      send<{ member: number; code: string; points: number }>('GET', '/till/v1/members/:code', input, options),
    /** A sale that has happened, with the id the device minted: recorded once, however often it is sent */
    tillSale: (
      input: {
        sale: string
        happened_at: string
        lines: { sku: string; quantity: number; unit_price: number }[]
        member?: string | undefined
        points?: number | undefined
        tendered: number
        total: number
      },
      options?: Options,
    ) =>
      send<{
        order: number
        total: number
        change: number
        points_earned: number
        points_used: number
        short: { sku: string; quantity: number }[]
        taxes: { rate: number; due: number; tax: number }[]
      }>('POST', '/till/v1/sales', input, options),
    /** The last proof of the books */
    proof: (options?: Options) => send<Answers['proof']>('GET', '/admin/v1/proof', {}, options),
    /** Recomputes the books now and names every difference */
    proofRun: (options?: Options) => send<Answers['proof.run']>('POST', '/admin/v1/proof', {}, options),
    /** Where each follower of the journal stands, and who holds it up */
    followers: (options?: Options) => send<Answers['followers']>('GET', '/admin/v1/followers', {}, options),
    /** Builds a projection anew beside the live one, then swaps */
    followerRebuild: (input: { name: 'order-rows' }, options?: Options) =>
      send<{ generation: number }>('POST', '/admin/v1/followers/:name/rebuild', input, options),
  }
}
