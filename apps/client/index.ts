// Made by tools/client.ts from the routes of doors/http.
import { createSend, type Options, type Settings } from './send.ts'
export { Problem, type ProblemFields } from './send.ts'
/** What each route answers. */
export type Answers = {
  shop: {
    code: string
    name: { ja: string; en: string }
    currency: string
    categories: { code: string; parent: string | null; name: { ja: string; en: string } }[]
    payments: {
      code: string
      name: { ja: string; en: string }
      fees?: { up_to: number; fee: number }[] | undefined
    }[]
    shipping: { all: number; free_from: number | null; okinawa: number }
    law: Readonly<Record<string, { ja: string; en: string }>>
    about: { ja: string; en: string } | null
    bank_account: { ja: string; en: string }
    prefectures: { code: number; name: { ja: string; en: string } }[]
    stores: { code: string; name: { ja: string; en: string } }[]
    registration_number: string | null
    seller: string
  }
  products: {
    items: {
      code: string
      name: { ja: string; en: string }
      brand: string | null
      picture: string | null
      thumbnail: string | null
      price_min: number
      price_max: number
      available: number
      categories: string[]
      age: number | null
    }[]
    next: string | null
    total: number
    ordered?: boolean | undefined
    how?: 'all' | 'some' | 'near' | undefined
    facets?:
      | {
          categories: {
            code: string
            parent: string | null
            name: { ja: string; en: string }
            count: number
          }[]
          in_stock: number
          prices: { from: number | null; to: number | null; count: number }[]
          options: {
            code: string
            name: { ja: string; en: string }
            values: { code: string; name: { ja: string; en: string }; colour: string | null; count: number }[]
          }[]
        }
      | undefined
  }
  delivery: {
    prefecture: number
    promise: { order_by: string; ships: string; from: string; to: string } | null
  }
  addresses: { items: { prefecture: number; city: string; town: string }[] }
  suggestions: { items: { kind: 'category' | 'product'; code: string; name: { ja: string; en: string } }[] }
  product: {
    code: string
    name: { ja: string; en: string }
    brand: string | null
    picture: string | null
    thumbnail: string | null
    price_min: number
    price_max: number
    available: number
    categories: string[]
    age: number | null
    kana: string | null
    summary: { ja: string; en: string } | null
    description: { ja: string; en: string } | null
    tax_rate: number
    tax_class: string
    options: {
      code: string
      name: { ja: string; en: string }
      values: { code: string; name: { ja: string; en: string }; colour?: string | undefined }[]
    }[]
    variants: {
      sku: string
      serial_kept: boolean
      jan: string | null
      options: Readonly<Record<string, string>>
      price: number
      offer: { until: string; usual: number | null; usual_until: string | null } | null
      available: number
      stores: { place: string; name: { ja: string; en: string }; quantity: number }[]
    }[]
    pictures: {
      file: string
      width: number
      height: number
      sizes: number[]
      alt: { ja: string; en: string }
      skus: string[]
    }[]
  }
  'cart.create': {
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
  }
  cart: {
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
  }
  'cart.add': {
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
  }
  'cart.lines': {
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
  }
  'cart.checkout': {
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
  }
  'cart.checkout_at_once': {
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
    token: string
  }
  'cart.quote': {
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
    goes_to: { name: string; postal: string; address: string; email: string; phone: string } | null
  }
  'order.place': { order: number; total: number; payment: string; pay_by: string | null }
  'order.look_up': {
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
    shipments: { carrier: string | null; tracking: string | null; shipped_at: string }[]
  }
  'staff.sign_in': {
    id: number
    name: string
    role: string
    place: number | null
    shops: { shop: number; code: string; name: { ja: string; en: string } }[] | null
    permissions: { permission: string; reach: string }[]
    founded: boolean
  }
  'passkey.request': { challenge: string; rpId: string; timeout: number; userVerification: 'required' }
  'staff.sign_in_passkey': {
    id: number
    name: string
    role: string
    place: number | null
    shops: { shop: number; code: string; name: { ja: string; en: string } }[] | null
    permissions: { permission: string; reach: string }[]
    founded: boolean
  }
  'staff.sign_out': { ok: boolean }
  me: {
    id: number
    name: string
    role: string
    place: number | null
    shops: { shop: number; code: string; name: { ja: string; en: string } }[] | null
    permissions: { permission: string; reach: string }[]
    founded: boolean
  }
  'staff.password': { ended: number }
  'staff.add': { id: number }
  'staff.shops': { staff: number; shops: number[] | null }
  'member.add': { member: number; code: string }
  member: { member: number; code: string; points: number }
  'person.erase': { erased: boolean }
  'staff.list': {
    items: {
      staff: number
      version: number
      name: string
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
      shops: { shop: number; code: string; name: { ja: string; en: string } }[] | null
      place: number | null
      state: 'active' | 'invited' | 'expired' | 'withdrawn' | 'disabled'
      second_factor: boolean
      passkeys: number
      invited_until: string | null
      signed_in_at: string | null
    }[]
    shops: { shop: number; code: string; name: { ja: string; en: string } }[]
  }
  'staff.roles': {
    roles: (
      | 'owner'
      | 'merchandiser'
      | 'store'
      | 'warehouse'
      | 'call'
      | 'marketer'
      | 'accountant'
      | 'developer'
    )[]
    permissions: { permission: string; reach: ('all' | 'own' | 'masked' | null)[] }[]
  }
  'staff.invite': { staff: number; until: string; link: string | null; mailed: boolean }
  'staff.invite_again': { staff: number; until: string; link: string | null; mailed: boolean }
  'staff.uninvite': { staff: number }
  'staff.change': { staff: number }
  'staff.disable': { staff: number }
  'staff.enable': { staff: number }
  'staff.reset': { staff: number }
  'invitation.look': { name: string; email: string }
  'invitation.passkey': {
    challenge: string
    rp: { id: string; name: string }
    user: { id: string; name: string; displayName: string }
    pubKeyCredParams: { type: 'public-key'; alg: number }[]
    timeout: number
    attestation: 'none'
    excludeCredentials: { id: string; type: 'public-key' }[]
    authenticatorSelection: {
      residentKey: 'required'
      requireResidentKey: boolean
      userVerification: 'required'
    }
  }
  'invitation.accept': {
    me: {
      id: number
      name: string
      role: string
      place: number | null
      shops: { shop: number; code: string; name: { ja: string; en: string } }[] | null
      permissions: { permission: string; reach: string }[]
      founded: boolean
    } | null
  }
  'staff.prove': { ok: boolean }
  'me.factors': {
    password: boolean
    pin: boolean
    totp: string | null
    recovery: number
    passkeys: { passkey: string; name: string; created_at: string; used_at: string | null }[]
  }
  'me.sessions': {
    items: {
      session: string
      current: boolean
      kind: 'console' | 'till'
      device: string | null
      agent: string | null
      created_at: string
      expires_at: string
    }[]
  }
  'me.session_end': { ended: number }
  'me.sessions_end': { ended: number }
  'totp.begin': { secret: string; uri: string }
  'totp.confirm': { codes: string[] }
  'totp.off': { ok: boolean }
  'recovery.renew': { codes: string[] }
  'passkey.creation': {
    challenge: string
    rp: { id: string; name: string }
    user: { id: string; name: string; displayName: string }
    pubKeyCredParams: { type: 'public-key'; alg: number }[]
    timeout: number
    attestation: 'none'
    excludeCredentials: { id: string; type: 'public-key' }[]
    authenticatorSelection: {
      residentKey: 'required'
      requireResidentKey: boolean
      userVerification: 'required'
    }
  }
  'passkey.add': { passkey: string }
  'passkey.rename': { ok: boolean }
  'passkey.remove': { ok: boolean }
  orders: {
    items: {
      order: number
      channel: string
      external_id: string | null
      status: 'short' | 'waiting_payment' | 'to_ship' | 'part_shipped' | 'shipped' | 'returned' | 'cancelled'
      payment: string
      placed_at: string
      currency: string
      total: number
      owed: number
      captured: number
      refunded: number
      quantity: number
      short: number
    }[]
    next: string | null
  }
  overview: {
    day: string
    before: string
    before_until: string
    channels: {
      channel: string
      orders: number
      total: number
      orders_before: number
      total_before: number
    }[]
    waiting: { status: 'waiting_payment' | 'to_ship' | 'part_shipped' | 'short'; orders: number }[]
  }
  channels: { items: { channel: string; kind: 'web' | 'till' | 'mall' }[]; next: string | null }
  order: {
    order: number
    version: number
    shop: number
    channel: string
    external_id: string | null
    state: 'open' | 'closed' | 'cancelled'
    status: 'short' | 'waiting_payment' | 'to_ship' | 'part_shipped' | 'shipped' | 'returned' | 'cancelled'
    placed_at: string
    recorded_at: string
    payment: string
    pay_by: string | null
    currency: string
    total: number
    goods: number
    shipping: number
    fee: number
    discount: number
    points: number
    taxes: { rate: number; due: number; tax: number }[]
    terms:
      | {
          quantity: number
          total: number
          when_to_pay: { ja: string; en: string }
          delivery: { ja: string; en: string }
          cancellation: { ja: string; en: string }
          offer_until: string | null
        }
      | { till: number; tendered: number; change: number }
      | { told_total: number; unexplained: number }
      | { services: { code: string; amount: number }[] }
      | null
    owed: number
    captured: number
    refunded: number
    masked: boolean
    buyer: {
      identity: number
      customer: number | null
      masked: boolean
      name?: string | undefined
      kana?: string | undefined
      email?: string | undefined
      phone?: string | undefined
    }
    destinations: {
      no: number
      place: string | null
      masked: boolean
      erased: boolean
      name?: string | undefined
      postal?: string | undefined
      address?: string | undefined
      phone?: string | undefined
    }[]
    lines: {
      line: number
      code: string
      name: { ja: string; en: string }
      options: Readonly<Record<string, string>>
      options_text: { ja: string; en: string }
      quantity: number
      unit_price: number
      amount: number
      rate: number
      trace: {
        price?: number | undefined
        rule: string
        rounding: string
        discount: number
        points: number
        serials?: string[] | undefined
      }
      held: number
      short: number
      shipped: number
      returned: number
      cancelled: number
      allocations: {
        allocation: number
        sku: string
        place: number
        place_code: string
        place_name: { ja: string; en: string }
        per_line: number
        held: number
        short: number
        shipped: number
        serial_kept: boolean
        serials: string[]
      }[]
    }[]
    shipments: {
      shipment: number
      carrier: string | null
      tracking: string | null
      shipped_at: string
      lines: { line: number; sku: number; quantity: number }[]
    }[]
    payments: {
      kind: 'capture' | 'refund'
      method: string
      amount: number
      reason: 'desk' | 'cancelled' | 'returned' | null
      note: string | null
      happened_at: string
    }[]
    shortages: {
      shortage: number
      line: number
      owner: string
      deadline: string
      next_step: string
      state: string
    }[]
    history: {
      seq: number
      kind: string
      happened_at: string
      recorded_at: string
      actor: number
      actor_name: string | null
      reason: 'desk' | 'unpaid' | null
      note: string | null
    }[]
  }
  'order.movements': {
    items: {
      seq: number
      book: 'stock' | 'money' | 'points'
      unit: number
      sku: string | null
      line: number | null
      reason: string
      amount: number
      from_kind: string | null
      to_kind: string | null
      actor: number
      happened_at: string
      recorded_at: string
    }[]
    next: string | null
  }
  'order.ship': { shipment: number; lines: { line: number; quantity: number }[] }
  'order.cancel': { released: number; waived: number; refunded: number; cancelled: boolean }
  'order.capture': { owed: number; captured: number }
  'order.refund': { captured: number }
  'order.return': { record: number; refunded: number; points_taken: number }
  shortages: {
    items: {
      shortage: number
      version: number
      order: number
      channel: string
      line: number
      sku: string
      serial_kept: boolean
      name: { ja: string; en: string }
      place_id: number
      place: string
      quantity: number
      owner: string
      deadline: string
      next_step: string
      state: 'open' | 'solved' | 'cancelled'
      opened_at: string
      closed_at: string | null
      free: number
    }[]
    next: string | null
  }
  'shortage.solve': { covered: number; left: number }
  'shortage.assign': { shortage: number }
  mall_order: { order: number; short: { sku: string; quantity: number }[]; already: boolean }
  places: {
    items: { place: number; code: string; kind: string; name: { ja: string; en: string } }[]
    next: string | null
  }
  stock: {
    items: {
      id: number
      sku: string
      jan: string | null
      serial_kept: boolean
      product: string
      name: { ja: string; en: string }
      options: Readonly<Record<string, string>>
      options_text: { ja: string; en: string }
      place: number
      place_code: string
      place_name: { ja: string; en: string }
      on_hand: number
      held: number
      short: number
      quarantine: number
      in_transit: number
    }[]
    next: string | null
  }
  'stock.movements': {
    items: {
      seq: number
      reason: string
      amount: number
      from: string | null
      to: string | null
      ref: number | null
      actor: number
      happened_at: string
      recorded_at: string
    }[]
    next: string | null
  }
  'stock.receive': { received: number }
  'stock.count': { counted: number }
  'stock.adjust': { by: number }
  transfers: {
    items: {
      transfer: number
      origin: string
      target: string
      state: 'under_way' | 'arrived'
      sent_at: string
      arrived_at: string | null
      lines: { sku: string; name: { ja: string; en: string }; quantity: number }[]
    }[]
    next: string | null
  }
  'transfer.send': { transfer: number }
  'transfer.receive': { received: number }
  serials: {
    items: {
      id: number
      serial: string
      sku: string
      name: { ja: string; en: string }
      state: 'on_shelf' | 'in_transit' | 'sold' | 'gone'
      place: string | null
      place_name: { ja: string; en: string } | null
      condition: number | null
      transfer: number | null
      order: number | null
    }[]
    next: string | null
  }
  serial: {
    id: number
    serial: string
    sku: string
    name: { ja: string; en: string }
    state: 'on_shelf' | 'in_transit' | 'sold' | 'gone'
    place: string | null
    place_name: { ja: string; en: string } | null
    condition: number | null
    transfer: number | null
    order: number | null
    history: {
      seq: number
      state: 'on_shelf' | 'in_transit' | 'sold' | 'gone'
      place: string | null
      transfer: number | null
      order: number | null
      actor: number
      actor_name: string | null
      happened_at: string
    }[]
  }
  'prices.set': { priced: number }
  'catalog.products': {
    items: {
      product: number
      version: number
      code: string
      name: { ja: string; en: string }
      brand: string | null
      picture: string | null
      archived: boolean
      skus: number
      price_min?: number | null | undefined
      price_max?: number | null | undefined
    }[]
    next: string | null
  }
  'catalog.terms': {
    categories: { code: string; parent: string | null; name: { ja: string; en: string } }[]
    tax_classes: { class: 'standard' | 'reduced' | 'zero'; rate: number }[]
    units: (
      | 'piece'
      | 'pair'
      | 'set'
      | 'sheet'
      | 'book'
      | 'bottle'
      | 'bag'
      | 'box'
      | 'metre'
      | 'gram'
      | 'kilogram'
      | 'millilitre'
      | 'litre'
    )[]
    fields: { field: string; label: { ja: string; en: string }; kind: 'text' | 'number' | 'yes_no' }[]
    variants_most: number
  }
  'catalog.product': {
    product: number
    version: number
    code: string
    brand: string | null
    name: { ja: string; en: string }
    kana: string | null
    summary: { ja: string; en: string } | null
    description: { ja: string; en: string } | null
    tax_class: string
    tax_change: { tax_class: string; from: string } | null
    age: number | null
    picture: string | null
    pictures: {
      file: string
      width: number
      height: number
      sizes: number[]
      alt: { ja: string; en: string }
      skus: number[]
    }[]
    options: {
      code: string
      name: { ja: string; en: string }
      values: { code: string; name: { ja: string; en: string }; colour?: string | undefined }[]
    }[]
    categories: string[]
    fields: Readonly<Record<string, string | number | boolean>>
    created_at: string
    archived_at: string | null
    skus: {
      id: number
      code: string
      jan: string | null
      options: Readonly<Record<string, string>>
      unit: string
      decimals: number
      case_pack: number | null
      weight_grams: number | null
      lot_kept: boolean
      serial_kept: boolean
      components: { sku: string; quantity: number }[] | null
      archived: boolean
      price?: number | null | undefined
      prices_to_come?: { price: number; from: string }[] | undefined
    }[]
  }
  'catalog.create': { product: number; version: number; skus: { sku: number; code: string }[] }
  'catalog.change': { product: number; version: number; skus: { sku: number; code: string }[] }
  'catalog.archive': { product: number; version: number }
  'catalog.restore': { product: number; version: number }
  'categories.list': {
    items: {
      category: number
      version: number
      code: string
      parent: number | null
      name: { ja: string; en: string }
      position: number
      first: number[]
      archived: boolean
      products: number
    }[]
  }
  'categories.create': { category: number; version: number }
  'categories.change': { category: number; version: number }
  'categories.move': { category: number; version: number }
  'categories.close': { category: number; version: number; moved: number; left: boolean }
  'categories.products': {
    items: {
      product: number
      code: string
      name: { ja: string; en: string }
      picture: string | null
      archived: boolean
      first: boolean
    }[]
  }
  'categories.order': { category: number; version: number }
  'categories.file': { changed: number }
  'skus.list': {
    items: {
      sku: number
      product: number
      version: number
      code: string
      jan: string | null
      variant: { ja: string; en: string }
      weight_grams: number | null
      case_pack: number | null
      archived: boolean
      product_code: string
      product_archived: boolean
      name: { ja: string; en: string }
      brand: string | null
      kana: string | null
      categories: string[]
      price?: number | null | undefined
    }[]
    next: string | null
  }
  'skus.edit': {
    results: {
      product: number
      result: 'saved' | 'refused' | 'conflict'
      version: number | null
      title: string | null
      todo: string | null
      at: { sku: number; field: string } | null
      theirs: { sku: number; field: string; now: string | number | boolean | string[] | null }[]
    }[]
  }
  'catalog.history': {
    items: {
      version: number
      at: string
      what: 'created' | 'changed' | 'archived' | 'resumed' | 'restored'
      actor: number
      actor_name: string | null
      differences: { sku: string | null; field: string; from: string | null; to: string | null }[]
    }[]
    next: string | null
  }
  'catalog.would_restore': {
    differences: { sku: string | null; field: string; from: string | null; to: string | null }[]
  }
  'catalog.restore_version': { product: number; version: number }
  'catalog.prices': {
    now: string
    skus: {
      sku: number
      code: string
      archived: boolean
      usual: number | null
      prices: {
        price: number
        from: string
        until: string | null
        rule: 'list' | 'sale' | 'end' | 'withdrawn'
        state: 'past' | 'now' | 'planned'
        replaced: boolean
        recorded_at: string
        actor: number | null
        actor_name: string | null
      }[]
    }[]
  }
  'catalog.plan_price': { planned: number }
  'catalog.withdraw_price': { withdrawn: number }
  'pictures.keep': { file: string; width: number; height: number; sizes: number[] }
  'imports.upload': { upload: string }
  'imports.part': { received: number }
  'imports.preview': {
    encoding: 'utf-8' | 'cp932'
    bom: boolean
    lines: number
    mapping: string
    columns: Readonly<Record<string, string[]>>
    headings: string[]
    rows: { line: number; cells: string[] }[]
    fields: string[]
    unfit: string | null
  }
  'imports.start': {
    job: string
    kind: 'take' | 'try' | 'undo'
    name: string
    started_at: string
    state: 'working' | 'stopped' | 'ended' | 'failed'
    run: number | null
    rows: number
    of: number | null
    created: number
    changed: number
    unchanged: number
    discontinued: number
    prices: number
    faulty: number
    before: boolean
    cancelled: boolean
    dry: boolean
    faults: { line: number; column: number; head: string; code: string; words: string }[]
    differences: {
      line: number
      code: string
      kind: 'new' | 'changed' | 'unchanged' | 'discontinued'
      changes: { line: number; field: string; before: string | null; after: string | null }[]
    }[]
    undone: number | null
    kept: number | null
    failure: string | null
  }
  'imports.job': {
    job: string
    kind: 'take' | 'try' | 'undo'
    name: string
    started_at: string
    state: 'working' | 'stopped' | 'ended' | 'failed'
    run: number | null
    rows: number
    of: number | null
    created: number
    changed: number
    unchanged: number
    discontinued: number
    prices: number
    faulty: number
    before: boolean
    cancelled: boolean
    dry: boolean
    faults: { line: number; column: number; head: string; code: string; words: string }[]
    differences: {
      line: number
      code: string
      kind: 'new' | 'changed' | 'unchanged' | 'discontinued'
      changes: { line: number; field: string; before: string | null; after: string | null }[]
    }[]
    undone: number | null
    kept: number | null
    failure: string | null
  }
  'imports.cancel': {
    job: string
    kind: 'take' | 'try' | 'undo'
    name: string
    started_at: string
    state: 'working' | 'stopped' | 'ended' | 'failed'
    run: number | null
    rows: number
    of: number | null
    created: number
    changed: number
    unchanged: number
    discontinued: number
    prices: number
    faulty: number
    before: boolean
    cancelled: boolean
    dry: boolean
    faults: { line: number; column: number; head: string; code: string; words: string }[]
    differences: {
      line: number
      code: string
      kind: 'new' | 'changed' | 'unchanged' | 'discontinued'
      changes: { line: number; field: string; before: string | null; after: string | null }[]
    }[]
    undone: number | null
    kept: number | null
    failure: string | null
  }
  'imports.resume': {
    job: string
    kind: 'take' | 'try' | 'undo'
    name: string
    started_at: string
    state: 'working' | 'stopped' | 'ended' | 'failed'
    run: number | null
    rows: number
    of: number | null
    created: number
    changed: number
    unchanged: number
    discontinued: number
    prices: number
    faulty: number
    before: boolean
    cancelled: boolean
    dry: boolean
    faults: { line: number; column: number; head: string; code: string; words: string }[]
    differences: {
      line: number
      code: string
      kind: 'new' | 'changed' | 'unchanged' | 'discontinued'
      changes: { line: number; field: string; before: string | null; after: string | null }[]
    }[]
    undone: number | null
    kept: number | null
    failure: string | null
  }
  'imports.jobs': {
    items: {
      job: string
      kind: 'take' | 'try' | 'undo'
      name: string
      started_at: string
      state: 'working' | 'stopped' | 'ended' | 'failed'
      run: number | null
      rows: number
      of: number | null
      created: number
      changed: number
      unchanged: number
      discontinued: number
      prices: number
      faulty: number
      before: boolean
      cancelled: boolean
      dry: boolean
      faults: { line: number; column: number; head: string; code: string; words: string }[]
      differences: {
        line: number
        code: string
        kind: 'new' | 'changed' | 'unchanged' | 'discontinued'
        changes: { line: number; field: string; before: string | null; after: string | null }[]
      }[]
      undone: number | null
      kept: number | null
      failure: string | null
    }[]
  }
  'imports.list': {
    items: {
      run: number
      name: string
      list: string
      encoding: string
      state: 'running' | 'cancelled' | 'done' | 'undoing' | 'undone'
      rows: number
      read: number
      discontinue: boolean
      prices_from: string | null
      started_at: string
      ended_at: string | null
      undone_at: string | null
      attempt: number
      created: number
      changed: number
      unchanged: number
      discontinued: number
      prices: number
      faulty: number
      restored: number
      kept: number
    }[]
  }
  'imports.run': {
    import: {
      run: number
      name: string
      list: string
      encoding: string
      state: 'running' | 'cancelled' | 'done' | 'undoing' | 'undone'
      rows: number
      read: number
      discontinue: boolean
      prices_from: string | null
      started_at: string
      ended_at: string | null
      undone_at: string | null
      attempt: number
      created: number
      changed: number
      unchanged: number
      discontinued: number
      prices: number
      faulty: number
      restored: number
      kept: number
    }
    faults: { line: number; column: number; head: string; code: string; words: string }[]
    kept: { line: number; code: string; why: string }[]
  }
  'imports.failed': string
  'imports.undo': {
    job: string
    kind: 'take' | 'try' | 'undo'
    name: string
    started_at: string
    state: 'working' | 'stopped' | 'ended' | 'failed'
    run: number | null
    rows: number
    of: number | null
    created: number
    changed: number
    unchanged: number
    discontinued: number
    prices: number
    faulty: number
    before: boolean
    cancelled: boolean
    dry: boolean
    faults: { line: number; column: number; head: string; code: string; words: string }[]
    differences: {
      line: number
      code: string
      kind: 'new' | 'changed' | 'unchanged' | 'discontinued'
      changes: { line: number; field: string; before: string | null; after: string | null }[]
    }[]
    undone: number | null
    kept: number | null
    failure: string | null
  }
  'exports.products': string
  'bulk.orders': {
    count: number
    sums: { currency: string; count: number; total: number; owed: number; captured: number }[]
  }
  'bulk.ship': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.capture': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.cancel_orders': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'exports.orders': string
  'bulk.products': { count: number }
  'bulk.archive': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.resume': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.file': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.reprice': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.list': {
    items: {
      bulk: string
      kind:
        | 'ship'
        | 'capture'
        | 'cancel'
        | 'archive'
        | 'resume'
        | 'file_in'
        | 'file_out'
        | 'reprice'
        | 'solve'
        | 'assign'
        | 'send'
      on: 'orders' | 'products' | 'shortages' | 'mail'
      state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
      matched: number
      amount: number | null
      done: number
      same: number
      refused: number
      undone: number
      kept: number
      undoable: boolean
      ending: boolean
      why: string | null
      started_at: string
      ended_at: string | null
      undone_at: string | null
      staff: number
      staff_name: string | null
    }[]
  }
  'bulk.run': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.refusals': {
    items: { item: number; code: string; order: number | null; words: string; what: string }[]
    next: string | null
  }
  'bulk.refused_file': string
  'bulk.stop': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.undo': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.solve': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.assign': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.send': {
    bulk: string
    kind:
      | 'ship'
      | 'capture'
      | 'cancel'
      | 'archive'
      | 'resume'
      | 'file_in'
      | 'file_out'
      | 'reprice'
      | 'solve'
      | 'assign'
      | 'send'
    on: 'orders' | 'products' | 'shortages' | 'mail'
    state: 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
    matched: number
    amount: number | null
    done: number
    same: number
    refused: number
    undone: number
    kept: number
    undoable: boolean
    ending: boolean
    why: string | null
    started_at: string
    ended_at: string | null
    undone_at: string | null
    staff: number
    staff_name: string | null
  }
  'bulk.customers': { count: number }
  'exports.customers': string
  'exports.persons': string
  'bulk.stock': { count: number }
  'exports.stock': string
  'bulk.shortages': { count: number }
  'exports.shortages': string
  'bulk.mail': { count: number }
  'exports.mail': string
  'releases.list': {
    items: {
      release: string
      scope: 'all' | 'narrowed' | 'chosen'
      persons: number
      reason: 'mailing' | 'move' | 'authority' | 'own_wish' | 'other'
      state: 'asked' | 'given' | 'refused' | 'expired'
      asked_by: number
      asked_by_name: string | null
      asked_at: string
      decided_by_name: string | null
      decided_at: string | null
      until: string | null
      own: boolean
      fits: boolean
    }[]
  }
  'releases.ask': { release: string }
  'releases.decide': { release: string }
  'views.list': {
    items: {
      view: string
      list: 'orders' | 'customers' | 'products' | 'stock' | 'shortages' | 'mail' | 'audit'
      name: string
      search: Readonly<Record<string, string>>
      shared: boolean
      own: boolean
      is_default: boolean
      staff_name: string | null
    }[]
  }
  'views.keep': { view: string }
  'views.drop': { view: string }
  'views.default': { view: string | null }
  'search.words': { version: number; same: string[][]; stop: string[] }
  'search.teach': { version: number }
  customers: {
    items: {
      identity: number
      customer: number | null
      kind: 'guest' | 'member' | 'mall' | 'phone' | 'organisation' | 'till'
      source: string
      shop: number
      code: string | null
      created_at: string
      points: number
      orders: number
      name: string | null
    }[]
    next: string | null
  }
  identity: {
    customer: number | null
    points: number
    identities: {
      identity: number
      customer: number | null
      kind: 'guest' | 'member' | 'mall' | 'phone' | 'organisation' | 'till'
      source: string
      shop: number
      code: string | null
      created_at: string
      points: number
      orders: number
    }[]
    orders: {
      order: number
      identity: number
      channel: string
      status: 'short' | 'waiting_payment' | 'to_ship' | 'part_shipped' | 'shipped' | 'returned' | 'cancelled'
      placed_at: string
      total: number
    }[]
    person: {
      family?: string | undefined
      given?: string | undefined
      family_kana?: string | undefined
      given_kana?: string | undefined
      organisation?: string | undefined
      email?: string | undefined
      phone?: string | undefined
      postal?: string | undefined
      prefecture?: string | undefined
      city?: string | undefined
      line1?: string | undefined
      line2?: string | undefined
    } | null
    masked: boolean
    consents: {
      channel: 'mail' | 'sms' | 'line' | 'phone' | 'post'
      given: boolean
      told_by: 'web' | 'store' | 'phone' | 'paper'
      told_at: string
    }[]
    notes: { note: number; words: string; staff: number; staff_name: string | null; written_at: string }[]
    movements: {
      seq: number
      amount: number
      reason: string
      order: number | null
      actor_name: string | null
      happened_at: string
    }[]
  }
  'identity.join': { customer: number }
  'identity.part': { customer: number }
  'identity.contact': { identity: number }
  'identity.consent': { channel: 'mail' | 'sms' | 'line' | 'phone' | 'post'; given: boolean }
  'identity.note': { note: number }
  'identity.note_remove': { note: number; removed: boolean }
  'identity.points': { identity: number; amount: number }
  'till.sign_in': {
    till: string
    place: number
    place_name: { ja: string; en: string }
    staff: { id: number; role: string }
    shop: {
      name: { ja: string; en: string }
      registration_number: string | null
      seller: string
      rounding: 'down' | 'half_up' | 'up'
    }
  }
  'till.sign_out': { ok: boolean }
  'till.catalogue': {
    at: string
    items: {
      sku: string
      jan: string | null
      name: { ja: string; en: string }
      kana: string | null
      variant: { ja: string; en: string }
      options: Readonly<Record<string, string>>
      price: number
      rate: number
      age: number | null
      serial_kept: boolean
      picture: string | null
      available: number
    }[]
  }
  'till.member': { member: number; code: string; points: number }
  'till.sale': {
    order: number
    total: number
    change: number
    points_earned: number
    points_used: number
    short: { sku: string; quantity: number }[]
    taxes: { rate: number; due: number; tax: number }[]
  }
  setup: {
    shop: string | null
    products: number
    in_stock: number
    delivery: boolean
    law_missing: string[]
    stores: number
    tills: number
    staff: number
    mail: boolean
    sold: boolean
  }
  'setup.found': { shop: number; place: number }
  settings: {
    version: number
    code: string
    name: { ja: string; en: string }
    company: string
    registration_number: string | null
    law_keys: string[]
    law_missing: string[]
    since: { name: string; at: string; by: number | null; by_name: string | null }[]
    settings: {
      shipping: { all: number; free_from: number | null; okinawa: number }
      cod_fees: { up_to: number; fee: number }[]
      bank_account: { ja: string; en: string }
      transfer_days: number
      points_per_100: number
      law: Readonly<Record<string, { ja: string; en: string }>>
      payments: string[]
      about: { ja: string; en: string } | null
      delivery: {
        cutoff: string
        closed_weekdays: number[]
        closed_days: string[]
        days: number[]
        by_prefecture: Readonly<Record<string, number[]>>
      } | null
      refund_limits: Readonly<Record<string, number | null>>
    }
  }
  'settings.change': { version: number }
  'settings.company': { version: number }
  'places.all': {
    items: {
      place: number
      version: number
      code: string
      kind: string
      name: { ja: string; en: string }
      postal: string | null
      address: { ja: string; en: string } | null
      sells_web: boolean
      priority: number
      archived: boolean
    }[]
    next: string | null
  }
  'places.add': { place: number }
  'places.change': { place: number; version: number }
  'places.archive': { place: number; version: number }
  'places.resume': { place: number; version: number }
  tills: {
    items: { till: number; code: string; place: number; disabled: boolean; opened_at: string | null }[]
    next: string | null
  }
  'tills.add': { till: number; key: string | null }
  'tills.renew': { till: number; key: string | null }
  'tills.disable': { till: number }
  'tills.enable': { till: number }
  'me.pin': { ok: boolean }
  proof: {
    proof: {
      at: string
      transfers: number
      accounts: number
      events: number
      differences: {
        check: string
        what: string
        expected?: string | undefined
        found?: string | undefined
      }[]
      more: boolean
      seconds?: number | undefined
    } | null
  }
  'proof.run': {
    proof: {
      at: string
      transfers: number
      accounts: number
      events: number
      differences: {
        check: string
        what: string
        expected?: string | undefined
        found?: string | undefined
      }[]
      more: boolean
      seconds?: number | undefined
    }
  }
  followers: {
    items: {
      name: string
      generation: number
      state: string
      behind: number
      behind_seconds: number
      failures: number
      failure: string | null
      failed_at: string | null
      moved_at: string
    }[]
    holders: {
      pid: number
      application: string
      state: string | null
      seconds: number | null
      query: string
    }[]
    shopfront: { fresh_at: string; rounds: number }
  }
  'follower.rebuild': { generation: number }
  events: {
    items: {
      type: string
      timestamp: string
      data: {
        id: string
        version: number
        subject: string
        shop: number | null
        recorded_at: string
        body: Readonly<Record<string, unknown>>
      }
    }[]
    next: string | null
    more: boolean
  }
  'events.stream': string
  webhooks: {
    items: {
      endpoint: number
      version: number
      url: string
      shop: number | null
      kinds: string[] | null
      state: 'on' | 'off' | 'broken'
      failing_since: string | null
      before_until: string | null
      created_at: string
      delivered_at: string | null
      retrying: number
      waiting: number
      dead: number
    }[]
    kinds: string[]
    shops: { shop: number; code: string; name: { ja: string; en: string } }[]
  }
  'webhook.create': { endpoint: number; secret: string | null }
  'webhook.change': { endpoint: number; version: number }
  'webhook.archive': { endpoint: number }
  'webhook.rotate': { endpoint: number; until: string; secret: string | null }
  'webhook.deliveries': {
    items: {
      event: string
      kind: string
      state: 'pending' | 'done' | 'dead'
      attempts: number
      next_at: string
      status: number | null
      failure: string | null
      done_at: string | null
      created_at: string
    }[]
    next: string | null
  }
  'webhook.replay': { again: number }
  'webhook.try': { ok: boolean; status: number | null; failure: string | null; milliseconds: number }
  mail: {
    items: {
      message: string
      id: number
      kind: 'placed' | 'shipped' | 'cancelled' | 'paid' | 'refunded'
      order: number
      shop: number
      state: 'waiting' | 'sent' | 'failed' | 'kept'
      attempts: number
      next_at: string
      sent_at: string | null
      failure: string | null
      created_at: string
    }[]
    next: string | null
    sends: boolean
    counts: { waiting: number; failed: number; kept: number }
  }
  'mail.letter': {
    message: string
    kind: 'placed' | 'shipped' | 'cancelled' | 'paid' | 'refunded'
    order: number
    letter: {
      to: string
      name: string
      subject: string
      text: string
      html: string
      lang: 'ja' | 'en'
    } | null
  }
  'mail.send': { again: number }
  'mail.send_kept': { again: number }
  connectors: {
    items: {
      connection: string
      connector: string
      label: { ja: string; en: string }
      verified: string | null
      shop: number
      active: boolean
      tried_at: string | null
      worked_at: string | null
      next_at: string | null
      failures: number
      failure: { code: string; operation: string; status: number | null; words: string } | null
      waiting_in: number
      waiting_out: number
      quarantined: number
      untold: number
      listed: number
      lag_seconds: number
      read_at: string | null
      read_until: string | null
    }[]
    kinds: {
      name: string
      label: { ja: string; en: string }
      verified: string | null
      can: { orders: boolean; parcels: boolean; levels: boolean; notices: boolean }
      settings: {
        name: string
        kind: 'text' | 'url' | 'choice' | 'secret' | 'moment'
        label: { ja: string; en: string }
        hint: { ja: string; en: string } | null
        choices: string[] | null
        standard: string | null
      }[]
      item: { ja: string; en: string } | null
    }[]
  }
  connector: {
    connection: {
      connection: string
      connector: string
      label: { ja: string; en: string }
      verified: string | null
      shop: number
      active: boolean
      tried_at: string | null
      worked_at: string | null
      next_at: string | null
      failures: number
      failure: { code: string; operation: string; status: number | null; words: string } | null
      waiting_in: number
      waiting_out: number
      quarantined: number
      untold: number
      listed: number
      lag_seconds: number
      read_at: string | null
      read_until: string | null
    }
    settings: Readonly<Record<string, string>>
    secrets: string[]
    limits: { operation: string; rate: number; burst: number; left: number }[]
    exchanges: {
      id: number
      at: string
      operation: string
      method: string
      path: string
      status: number | null
      outage: string | null
      words: string | null
      ms: number
      tries: number
    }[]
  }
  'connector.save': { connection: string; secrets: string[] }
  'connector.try': { works: boolean; words: string }
  'connector.run': { ran: boolean }
  'connector.messages': {
    items: {
      message: number
      way: 'in' | 'out'
      kind: string
      external_id: string
      state: 'waiting' | 'done' | 'skipped' | 'quarantined'
      reason: string | null
      words: string | null
      place: string | null
      tries: number
      unsure: boolean
      order: number | null
      by: string | null
      at: string
      done_at: string | null
    }[]
    next: string | null
  }
  'connector.replay': { replayed: number; more: boolean }
  'connector.listed': {
    items: {
      sku: string
      name: { ja: string; en: string }
      external_sku: string
      product_type: string
      item: string | null
      told: number | null
      told_price: number | null
      told_at: string | null
      failure: string | null
    }[]
    next: string | null
  }
  'connector.listings': { listed: number }
  'connector.certificates': {
    items: {
      external_id: string
      order: number | null
      last_parcel_at: string | null
      erased_at: string
      days_after_parcel: number | null
      found: Readonly<Record<string, number>>
      checked_at: string
    }[]
  }
  'connector.notice': { kept: boolean }
  audit: {
    items: {
      seq: number
      at: string
      actor: number
      actor_name: string | null
      session: string | null
      route: string
      subject: string | null
      shop: number | null
      outcome: string
      origin: string | null
      no: number | null
      hash: string | null
    }[]
    next: string | null
    whats: string[]
  }
  'bulk.audit': { count: number }
  'audit.export': string
  'audit.verify': {
    entries: number
    waiting: number
    head: { no: number; hash: string } | null
    faults: {
      fault: 'changed' | 'removed' | 'planted' | 'unlinked' | 'cut'
      no: number | null
      deed: string | null
      seq: number | null
    }[]
    more: boolean
  }
}
export type Member = Answers['staff.list']['items'][number]
export type Deed = Answers['audit']['items'][number]
export type Mail = Answers['mail']['items'][number]
export type Text = Answers['places']['items'][number]['name']
export type Order = Answers['order']
export type OrderMovement = Answers['order.movements']['items'][number]
export type Product = Answers['catalog.product']
export type StockRow = Answers['stock']['items'][number]
export type StockMovement = Answers['stock.movements']['items'][number]
export type Transfer = Answers['transfers']['items'][number]
export type Shortage = Answers['shortages']['items'][number]
export type Proof = Answers['proof.run']['proof']
export type Follower = Answers['followers']['items'][number]
export type Holder = Answers['followers']['holders'][number]
export type Connection = Answers['connector']['connection']
export type ConnectorKind = Answers['connectors']['kinds'][number]
export type ConnectorMessage = Answers['connector.messages']['items'][number]
export type Listing = Answers['connector.listed']['items'][number]
export type Webhook = Answers['webhooks']['items'][number]
export type WebhookDelivery = Answers['webhook.deliveries']['items'][number]
export type Client = ReturnType<typeof createClient>
export function createClient(settings: Settings) {
  const send = createSend(settings)
  return {
    /** The shop: categories, ways to pay, fees, what the law asks to show */
    shop: (options?: Options) => send<Answers['shop']>('GET', '/store/v1/shop', {}, options),
    /** Products with price and free stock, filtered, sorted, a page at a time */
    products: (
      input: {
        category?: string | undefined
        q?: string | undefined
        sort?: 'fit' | 'new' | 'price' | '-price' | 'name' | undefined
        options?: string | undefined
        facets?: boolean | undefined
        in_stock?: boolean | undefined
        price_min?: number | undefined
        price_max?: number | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['products']>('GET', '/store/v1/products', input, options),
    /** When goods on a shelf, ordered now, leave and arrive; what is promised with an order is computed alike */
    delivery: (
      input: { prefecture?: number | undefined; postal?: string | undefined } = {},
      options?: Options,
    ) => send<Answers['delivery']>('GET', '/store/v1/delivery', input, options),
    /** The towns of a postal code, by Japan Post’s list; none where it does not know the code */
    addresses: (input: { postal: string }, options?: Options) =>
      send<Answers['addresses']>('GET', '/store/v1/addresses', input, options),
    /** What somebody who has begun to type may mean */
    suggestions: (input: { q: string; limit?: number | undefined }, options?: Options) =>
      send<Answers['suggestions']>('GET', '/store/v1/suggestions', input, options),
    /** One product with its variants and the stock in each store */
    product: (input: { code: string }, options?: Options) =>
      send<Answers['product']>('GET', '/store/v1/products/:code', input, options),
    /** A new cart; its token is shown once and needed with every later call */
    cartCreate: (input: { lines: { sku: string; quantity: number }[] }, options?: Options) =>
      send<Answers['cart.create']>('POST', '/store/v1/carts', input, options),
    /** The cart as it stands, with what is free of each line */
    cart: (input: { cart: string }, options?: Options) =>
      send<Answers['cart']>('GET', '/store/v1/carts/:cart', input, options),
    /** Some more of a SKU */
    cartAdd: (input: { cart: string; sku: string; quantity: number }, options?: Options) =>
      send<Answers['cart.add']>('POST', '/store/v1/carts/:cart/lines', input, options),
    /** What the cart holds from now on */
    cartLines: (input: { cart: string; lines: { sku: string; quantity: number }[] }, options?: Options) =>
      send<Answers['cart.lines']>('PUT', '/store/v1/carts/:cart/lines', input, options),
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
    ) => send<Answers['cart.checkout']>('PUT', '/store/v1/carts/:cart/checkout', input, options),
    /** A new cart with who orders and where it goes: a page that asks for everything needs this and the order, no more */
    cartCheckoutAtOnce: (
      input: {
        lines: { sku: string; quantity: number }[]
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
    ) => send<Answers['cart.checkout_at_once']>('POST', '/store/v1/checkouts', input, options),
    /** What the cart costs now, and where it goes */
    cartQuote: (input: { cart: string }, options?: Options) =>
      send<Answers['cart.quote']>('GET', '/store/v1/carts/:cart/checkout', input, options),
    /** Places the order, if it still costs what was shown and everything is still there */
    orderPlace: (input: { cart: string; expects: number }, options?: Options) =>
      send<Answers['order.place']>('POST', '/store/v1/orders', input, options),
    /** An order, for whoever knows its number and its mail address */
    orderLookUp: (input: { order: number; email: string }, options?: Options) =>
      send<Answers['order.look_up']>('POST', '/store/v1/orders/look-up', input, options),
    /** Signs a member of staff in */
    staffSignIn: (input: { email: string; password: string; code?: string | undefined }, options?: Options) =>
      send<Answers['staff.sign_in']>('POST', '/admin/v1/sessions', input, options),
    /** What a passkey is asked to sign */
    passkeyRequest: (options?: Options) =>
      send<Answers['passkey.request']>('POST', '/admin/v1/sessions/passkey/request', {}, options),
    /** Signs a member of staff in by a passkey, which is two factors in one */
    staffSignInPasskey: (
      input: {
        response: {
          id: string
          clientDataJSON: string
          authenticatorData: string
          signature: string
          userHandle: string | null
        }
      },
      options?: Options,
    ) => send<Answers['staff.sign_in_passkey']>('POST', '/admin/v1/sessions/passkey', input, options),
    /** Signs out */
    staffSignOut: (options?: Options) =>
      send<Answers['staff.sign_out']>('DELETE', '/admin/v1/sessions/current', {}, options),
    /** Who is signed in, and what they may do */
    me: (options?: Options) => send<Answers['me']>('GET', '/admin/v1/me', {}, options),
    /** Changes one’s own password and ends every other session */
    staffPassword: (input: { current: string | null; password: string }, options?: Options) =>
      send<Answers['staff.password']>('PUT', '/admin/v1/me/password', input, options),
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
        shops?: string[] | undefined
      },
      options?: Options,
    ) => send<Answers['staff.add']>('POST', '/admin/v1/staff', input, options),
    /** Which shops somebody works for; null is every one. Nobody grants a shop that is not theirs. */
    staffShops: (input: { staff: number; shops: string[] | null }, options?: Options) =>
      send<Answers['staff.shops']>('PUT', '/admin/v1/staff/:staff/shops', input, options),
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
    ) => send<Answers['member.add']>('POST', '/admin/v1/customers', input, options),
    /** A member by card number: points */
    member: (input: { code: string }, options?: Options) =>
      send<Answers['member']>('GET', '/admin/v1/customers/:code', input, options),
    /** Destroys a person’s key: nothing of them can be read again. Orders and books stay. */
    personErase: (input: { person: number; reason: 'asked' | 'mistake' | 'other' }, options?: Options) =>
      send<Answers['person.erase']>('POST', '/admin/v1/persons/:person/erase', input, options),
    /** Everybody of the staff: what they do, where, and how they come in */
    staffList: (options?: Options) => send<Answers['staff.list']>('GET', '/admin/v1/staff', {}, options),
    /** Which role may do what, and how far */
    staffRoles: (options?: Options) => send<Answers['staff.roles']>('GET', '/admin/v1/roles', {}, options),
    /** Invites a member of staff by a link that works once, within seven days. Nobody grants what they lack. */
    staffInvite: (
      input: {
        family: string
        given: string
        email: string
        lang: 'ja' | 'en'
        role:
          | 'owner'
          | 'merchandiser'
          | 'store'
          | 'warehouse'
          | 'call'
          | 'marketer'
          | 'accountant'
          | 'developer'
        place: number | null
        shops: string[] | null
      },
      options?: Options,
    ) => send<Answers['staff.invite']>('POST', '/admin/v1/invitations', input, options),
    /** A new link for somebody who has lost theirs, or their password; the one before works no more */
    staffInviteAgain: (input: { staff: number }, options?: Options) =>
      send<Answers['staff.invite_again']>('POST', '/admin/v1/staff/:staff/invitation', input, options),
    /** Takes an invitation back: its link opens nothing any more */
    staffUninvite: (input: { staff: number }, options?: Options) =>
      send<Answers['staff.uninvite']>('DELETE', '/admin/v1/staff/:staff/invitation', input, options),
    /** Another role, place or choice of shops. Nobody grants what they lack; one owner of every shop stays. */
    staffChange: (
      input: {
        staff: number
        role:
          | 'owner'
          | 'merchandiser'
          | 'store'
          | 'warehouse'
          | 'call'
          | 'marketer'
          | 'accountant'
          | 'developer'
        place: number | null
        shops: string[] | null
        version: number
      },
      options?: Options,
    ) => send<Answers['staff.change']>('PUT', '/admin/v1/staff/:staff', input, options),
    /** Somebody comes in no more; their sessions end at once */
    staffDisable: (input: { staff: number }, options?: Options) =>
      send<Answers['staff.disable']>('POST', '/admin/v1/staff/:staff/disable', input, options),
    /** Somebody may come in again */
    staffEnable: (input: { staff: number }, options?: Options) =>
      send<Answers['staff.enable']>('POST', '/admin/v1/staff/:staff/enable', input, options),
    /** Removes another’s second factor and passkeys, whose device is lost, and ends their sessions */
    staffReset: (input: { staff: number }, options?: Options) =>
      send<Answers['staff.reset']>('POST', '/admin/v1/staff/:staff/second-factor/reset', input, options),
    /** Whom a link invites; without a name and an address, the first owner */
    invitationLook: (input: { token: string }, options?: Options) =>
      send<Answers['invitation.look']>('POST', '/admin/v1/invitations/look', input, options),
    /** What a browser makes a passkey from, for somebody who was invited */
    invitationPasskey: (
      input: {
        token: string
        person?: { family: string; given: string; email: string; lang: 'ja' | 'en' } | undefined
      },
      options?: Options,
    ) => send<Answers['invitation.passkey']>('POST', '/admin/v1/invitations/passkey', input, options),
    /** Sets a password, a passkey, or both, and signs in; with a second factor in force, sign in afterwards */
    invitationAccept: (
      input: {
        token: string
        password?: string | undefined
        passkey?:
          | {
              name: string
              response: {
                id: string
                clientDataJSON: string
                attestationObject: string
                transports: string[]
              }
            }
          | undefined
        person?: { family: string; given: string; email: string; lang: 'ja' | 'en' } | undefined
      },
      options?: Options,
    ) => send<Answers['invitation.accept']>('POST', '/admin/v1/invitations/accept', input, options),
    /** Proves anew who is signed in, by one of three ways: what is dangerous is open for ten minutes */
    staffProve: (
      input: {
        password?: string | undefined
        code?: string | undefined
        passkey?:
          | {
              id: string
              clientDataJSON: string
              authenticatorData: string
              signature: string
              userHandle: string | null
            }
          | undefined
      } = {},
      options?: Options,
    ) => send<Answers['staff.prove']>('POST', '/admin/v1/me/proof', input, options),
    /** How one comes in oneself: password, authenticator app, passkeys */
    meFactors: (options?: Options) => send<Answers['me.factors']>('GET', '/admin/v1/me/factors', {}, options),
    /** Where one is signed in oneself */
    meSessions: (options?: Options) =>
      send<Answers['me.sessions']>('GET', '/admin/v1/me/sessions', {}, options),
    /** Ends one of one’s own sessions */
    meSessionEnd: (input: { session: string }, options?: Options) =>
      send<Answers['me.session_end']>('DELETE', '/admin/v1/me/sessions/:session', input, options),
    /** Ends all of one’s own sessions but this one */
    meSessionsEnd: (options?: Options) =>
      send<Answers['me.sessions_end']>('DELETE', '/admin/v1/me/sessions', {}, options),
    /** A secret for an authenticator app; it is in force once a code of it was confirmed */
    totpBegin: (options?: Options) => send<Answers['totp.begin']>('POST', '/admin/v1/me/totp', {}, options),
    /** Puts the authenticator app in force and answers ten recovery codes, once */
    totpConfirm: (input: { code: string }, options?: Options) =>
      send<Answers['totp.confirm']>('PUT', '/admin/v1/me/totp', input, options),
    /** Turns one’s own authenticator app off; its recovery codes go with it */
    totpOff: (options?: Options) => send<Answers['totp.off']>('DELETE', '/admin/v1/me/totp', {}, options),
    /** Ten new recovery codes, once; those before are good no more */
    recoveryRenew: (options?: Options) =>
      send<Answers['recovery.renew']>('POST', '/admin/v1/me/recovery-codes', {}, options),
    /** What a browser makes a passkey from */
    passkeyCreation: (options?: Options) =>
      send<Answers['passkey.creation']>('POST', '/admin/v1/me/passkeys/creation', {}, options),
    /** Keeps a passkey that was made just now */
    passkeyAdd: (
      input: {
        name: string
        response: { id: string; clientDataJSON: string; attestationObject: string; transports: string[] }
      },
      options?: Options,
    ) => send<Answers['passkey.add']>('POST', '/admin/v1/me/passkeys', input, options),
    /** Calls a passkey of one’s own something else */
    passkeyRename: (input: { passkey: string; name: string }, options?: Options) =>
      send<Answers['passkey.rename']>('PUT', '/admin/v1/me/passkeys/:passkey', input, options),
    /** Removes a passkey of one’s own; the last way in stays */
    passkeyRemove: (input: { passkey: string }, options?: Options) =>
      send<Answers['passkey.remove']>('DELETE', '/admin/v1/me/passkeys/:passkey', input, options),
    /** Orders of every channel, newest first; `q` is an order number, a mall’s own number or, for those who may see persons, a mail address, a telephone number or its last four digits, a name as it is read (from two kana on) or written */
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
          | 'sold'
          | undefined
        channel?: string | undefined
        q?: string | undefined
        from?: string | undefined
        to?: string | undefined
        until?: string | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['orders']>('GET', '/admin/v1/orders', input, options),
    /** Today so far beside the same hours of the same weekday a week ago, and what waits for somebody */
    overview: (options?: Options) => send<Answers['overview']>('GET', '/admin/v1/overview', {}, options),
    /** Where orders come from: the web, the tills, each mall that has sold */
    channels: (options?: Options) => send<Answers['channels']>('GET', '/admin/v1/channels', {}, options),
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
        serials?: { sku: string; serials: string[] }[] | undefined
        tracking?: string | undefined
      },
      options?: Options,
    ) => send<Answers['order.ship']>('POST', '/admin/v1/orders/:order/ship', input, options),
    /** Gives up what has not been shipped: stock goes back, money is waived or refunded */
    orderCancel: (input: { order: number; reason: string; pin?: string | undefined }, options?: Options) =>
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
    orderRefund: (
      input: { order: number; amount: number; reason: string; pin?: string | undefined },
      options?: Options,
    ) => send<Answers['order.refund']>('POST', '/admin/v1/orders/:order/refunds', input, options),
    /** Goods came back, linked to the lines they were sold on */
    orderReturn: (
      input: {
        order: number
        lines: { line: number; quantity: number }[]
        place: string
        condition: 'sellable' | 'quarantine'
        serials?: { sku: string; serials: string[] }[] | undefined
        refund?: number | undefined
        reason: string
        pin?: string | undefined
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
    shortageSolve: (
      input: { shortage: number; place?: string | undefined; serials?: string[] | undefined },
      options?: Options,
    ) => send<Answers['shortage.solve']>('POST', '/admin/v1/shortages/:shortage/solve', input, options),
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
    ) => send<Answers['mall_order']>('POST', '/admin/v1/mall-orders', input, options),
    /** Warehouses and stores */
    places: (options?: Options) => send<Answers['places']>('GET', '/admin/v1/places', {}, options),
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
      input: {
        place: string
        lines: { sku: string; quantity: number; serials?: string[] | undefined }[]
        happened_at?: string | undefined
      },
      options?: Options,
    ) => send<Answers['stock.receive']>('POST', '/admin/v1/stock/receipts', input, options),
    /** Shelves were counted: each is brought to what was counted */
    stockCount: (
      input: { place: string; lines: { sku: string; quantity: number }[]; happened_at?: string | undefined },
      options?: Options,
    ) => send<Answers['stock.count']>('POST', '/admin/v1/stock/counts', input, options),
    /** Found, broken or lost: by so many, with a reason */
    stockAdjust: (
      input: {
        place: string
        sku: string
        by: number
        reason: 'found' | 'broken' | 'lost' | 'sample' | 'own_use' | 'other'
        serials?: string[] | undefined
      },
      options?: Options,
    ) => send<Answers['stock.adjust']>('POST', '/admin/v1/stock/adjustments', input, options),
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
      input: {
        from: string
        to: string
        lines: { sku: string; quantity: number; serials?: string[] | undefined }[]
      },
      options?: Options,
    ) => send<Answers['transfer.send']>('POST', '/admin/v1/stock/transfers', input, options),
    /** They have arrived */
    transferReceive: (input: { transfer: number }, options?: Options) =>
      send<Answers['transfer.receive']>(
        'POST',
        '/admin/v1/stock/transfers/:transfer/receive',
        input,
        options,
      ),
    /** Units that bear numbers, and where each is: on a shelf, on its way, with which order, or gone */
    serials: (
      input: {
        serial?: string | undefined
        sku?: string | undefined
        place?: string | undefined
        state?: 'on_shelf' | 'in_transit' | 'sold' | 'gone' | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['serials']>('GET', '/admin/v1/serials', input, options),
    /** One unit that bears a number: where it is and where it has been */
    serial: (input: { sku: string; serial: string }, options?: Options) =>
      send<Answers['serial']>('GET', '/admin/v1/skus/:sku/serials/:serial', input, options),
    /** What SKUs cost from a moment on */
    pricesSet: (
      input: { lines: { sku: string; price: number; from?: string | undefined }[] },
      options?: Options,
    ) => send<Answers['prices.set']>('PUT', '/admin/v1/prices', input, options),
    /** Products for whoever looks after them, newest first, also those no longer sold */
    catalogProducts: (
      input: {
        q?: string | undefined
        state?: 'live' | 'archived' | 'all' | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['catalog.products']>('GET', '/admin/v1/products', input, options),
    /** What a product can be: categories, tax classes, units, the fields that extensions declare */
    catalogTerms: (options?: Options) =>
      send<Answers['catalog.terms']>('GET', '/admin/v1/products/terms', {}, options),
    /** One product with its SKUs, what they cost now and will cost from when */
    catalogProduct: (input: { product: number }, options?: Options) =>
      send<Answers['catalog.product']>('GET', '/admin/v1/products/:product', input, options),
    /** A new product with its SKUs and prices */
    catalogCreate: (
      input: {
        code: string
        brand: string | null
        name: { ja: string; en: string }
        kana: string | null
        summary: { ja: string; en: string } | null
        description: { ja: string; en: string } | null
        tax_class: 'standard' | 'reduced' | 'zero'
        tax_change?: { tax_class: 'standard' | 'reduced' | 'zero'; from: string } | null | undefined
        age: number | null
        picture: string | null
        pictures?: { file: string; alt: { ja: string; en: string }; skus: number[] }[] | undefined
        categories: string[]
        options: {
          code: string
          name: { ja: string; en: string }
          values: { code: string; name: { ja: string; en: string }; colour?: string | undefined }[]
        }[]
        fields: Readonly<Record<string, string | number | boolean | null>>
        skus: {
          id?: number | undefined
          code: string
          jan: string | null
          options: Readonly<Record<string, string>>
          unit:
            | 'piece'
            | 'pair'
            | 'set'
            | 'sheet'
            | 'book'
            | 'bottle'
            | 'bag'
            | 'box'
            | 'metre'
            | 'gram'
            | 'kilogram'
            | 'millilitre'
            | 'litre'
          decimals: number
          case_pack: number | null
          weight_grams: number | null
          lot_kept: boolean
          serial_kept?: boolean | undefined
          components: { sku: string; quantity: number }[] | null
          archived: boolean
          price?: number | undefined
          price_from?: string | undefined
        }[]
      },
      options?: Options,
    ) => send<Answers['catalog.create']>('POST', '/admin/v1/products', input, options),
    /** What a product is from now on, if nobody has changed it since `version`; SKUs and fields that are not named stay as they are */
    catalogChange: (
      input: {
        product: number
        version: number
        code: string
        brand: string | null
        name: { ja: string; en: string }
        kana: string | null
        summary: { ja: string; en: string } | null
        description: { ja: string; en: string } | null
        tax_class: 'standard' | 'reduced' | 'zero'
        tax_change?: { tax_class: 'standard' | 'reduced' | 'zero'; from: string } | null | undefined
        age: number | null
        picture: string | null
        pictures?: { file: string; alt: { ja: string; en: string }; skus: number[] }[] | undefined
        categories: string[]
        options: {
          code: string
          name: { ja: string; en: string }
          values: { code: string; name: { ja: string; en: string }; colour?: string | undefined }[]
        }[]
        fields: Readonly<Record<string, string | number | boolean | null>>
        skus: {
          id?: number | undefined
          code: string
          jan: string | null
          options: Readonly<Record<string, string>>
          unit:
            | 'piece'
            | 'pair'
            | 'set'
            | 'sheet'
            | 'book'
            | 'bottle'
            | 'bag'
            | 'box'
            | 'metre'
            | 'gram'
            | 'kilogram'
            | 'millilitre'
            | 'litre'
          decimals: number
          case_pack: number | null
          weight_grams: number | null
          lot_kept: boolean
          serial_kept?: boolean | undefined
          components: { sku: string; quantity: number }[] | null
          archived: boolean
          price?: number | undefined
          price_from?: string | undefined
        }[]
      },
      options?: Options,
    ) => send<Answers['catalog.change']>('PUT', '/admin/v1/products/:product', input, options),
    /** No longer sold; what refers to it goes on knowing it */
    catalogArchive: (input: { product: number; version: number }, options?: Options) =>
      send<Answers['catalog.archive']>('POST', '/admin/v1/products/:product/archive', input, options),
    /** Sold again */
    catalogRestore: (input: { product: number; version: number }, options?: Options) =>
      send<Answers['catalog.restore']>('POST', '/admin/v1/products/:product/restore', input, options),
    /** All categories with how many products stand in each, in their order */
    categoriesList: (options?: Options) =>
      send<Answers['categories.list']>('GET', '/admin/v1/categories', {}, options),
    /** A new category, behind its neighbours */
    categoriesCreate: (
      input: { code: string; name: { ja: string; en: string }; parent: number | null },
      options?: Options,
    ) => send<Answers['categories.create']>('POST', '/admin/v1/categories', input, options),
    /** Its name and its address, if nobody has changed it since `version` */
    categoriesChange: (
      input: { category: number; version: number; code: string; name: { ja: string; en: string } },
      options?: Options,
    ) => send<Answers['categories.change']>('PUT', '/admin/v1/categories/:category', input, options),
    /** Under another category, or to another place: before `next`, or behind all others */
    categoriesMove: (
      input: { category: number; version: number; parent: number | null; next: number | null },
      options?: Options,
    ) => send<Answers['categories.move']>('POST', '/admin/v1/categories/:category/move', input, options),
    /** Puts a category away, its products into another one (`into`) or out of it; `left` says that there are more to move: ask again */
    categoriesClose: (input: { category: number; version: number; into: number | null }, options?: Options) =>
      send<Answers['categories.close']>('POST', '/admin/v1/categories/:category/close', input, options),
    /** Its products as the shop lists them: those put first, then the newest; 500 at most */
    categoriesProducts: (input: { category: number }, options?: Options) =>
      send<Answers['categories.products']>('GET', '/admin/v1/categories/:category/products', input, options),
    /** Which of its products come first, in this order; all others follow as they came */
    categoriesOrder: (input: { category: number; version: number; first: number[] }, options?: Options) =>
      send<Answers['categories.order']>('PUT', '/admin/v1/categories/:category/first', input, options),
    /** Puts products into a category, or takes them out */
    categoriesFile: (input: { category: number; add: number[]; remove: number[] }, options?: Options) =>
      send<Answers['categories.file']>('POST', '/admin/v1/categories/:category/products', input, options),
    /** SKUs with what a grid edits of them and of their products, newest product first */
    skusList: (
      input: {
        q?: string | undefined
        category?: string | undefined
        state?: 'live' | 'archived' | 'all' | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['skus.list']>('GET', '/admin/v1/skus', input, options),
    /** Cells of many SKUs. Each product is a command of its own under a key that follows from the request’s: one that is refused, or that somebody else has changed meanwhile, is named and holds up no other */
    skusEdit: (
      input: {
        products: {
          product: number
          rows: {
            sku: number
            was: {
              code?: string | undefined
              jan?: string | null | undefined
              price?: number | undefined
              archived?: boolean | undefined
              weight_grams?: number | null | undefined
              case_pack?: number | null | undefined
              name_ja?: string | undefined
              name_en?: string | undefined
              brand?: string | null | undefined
              kana?: string | null | undefined
              categories?: string[] | undefined
            }
            to: {
              code?: string | undefined
              jan?: string | null | undefined
              price?: number | undefined
              archived?: boolean | undefined
              weight_grams?: number | null | undefined
              case_pack?: number | null | undefined
              name_ja?: string | undefined
              name_en?: string | undefined
              brand?: string | null | undefined
              kana?: string | null | undefined
              categories?: string[] | undefined
            }
          }[]
        }[]
      },
      options?: Options,
    ) => send<Answers['skus.edit']>('POST', '/admin/v1/skus/edits', input, options),
    /** Who changed what of a product, the latest first */
    catalogHistory: (
      input: { product: number; limit?: number | undefined; cursor?: string | undefined },
      options?: Options,
    ) => send<Answers['catalog.history']>('GET', '/admin/v1/products/:product/history', input, options),
    /** What would change if the product became again what it was at a version */
    catalogWouldRestore: (input: { product: number; at: number }, options?: Options) =>
      send<Answers['catalog.would_restore']>(
        'GET',
        '/admin/v1/products/:product/history/:at',
        input,
        options,
      ),
    /** The product as it was at a version, as a new change, if nobody has changed it since `version`; prices and whether it is sold stay */
    catalogRestoreVersion: (input: { product: number; at: number; version: number }, options?: Options) =>
      send<Answers['catalog.restore_version']>(
        'POST',
        '/admin/v1/products/:product/history/:at/restore',
        input,
        options,
      ),
    /** What each SKU of a product cost, costs and will cost, and who said so; the latest first */
    catalogPrices: (input: { product: number }, options?: Options) =>
      send<Answers['catalog.prices']>('GET', '/admin/v1/products/:product/prices', input, options),
    /** What SKUs of a product cost from a moment on, or for a while (`until`), in the place of a planned price (`replaces`); the past is not rewritten */
    catalogPlanPrice: (
      input: {
        product: number
        skus: number[]
        price: number
        from?: string | undefined
        until?: string | undefined
        replaces?: string | undefined
      },
      options?: Options,
    ) => send<Answers['catalog.plan_price']>('POST', '/admin/v1/products/:product/prices', input, options),
    /** Takes a planned price back, or ends one for a while that is in force */
    catalogWithdrawPrice: (input: { product: number; skus: number[]; from: string }, options?: Options) =>
      send<Answers['catalog.withdraw_price']>(
        'POST',
        '/admin/v1/products/:product/prices/withdraw',
        input,
        options,
      ),
    /** Keeps a picture (JPEG, PNG, WebP, AVIF; 10 MB, 40 million pixels), without what a camera wrote into it, and smaller ones; the same again is the same file */
    picturesKeep: (input: { data: string }, options?: Options) =>
      send<Answers['pictures.keep']>('POST', '/admin/v1/pictures', input, options),
    /** A file of products is about to be sent; its parts follow */
    importsUpload: (input: { name: string; bytes: number }, options?: Options) =>
      send<Answers['imports.upload']>('POST', '/admin/v1/imports/files', input, options),
    /** What follows of the file, as base64, from the byte it begins at. Sent again, it is there once */
    importsPart: (input: { upload: string; offset: number; data: string }, options?: Options) =>
      send<Answers['imports.part']>('POST', '/admin/v1/imports/files/:upload/parts', input, options),
    /** How a file would be read: its encoding, its columns and first rows */
    importsPreview: (
      input: {
        upload: string
        mapping?: string | undefined
        columns?: Readonly<Record<string, string[]>> | undefined
        encoding?: 'utf-8' | 'cp932' | undefined
      },
      options?: Options,
    ) => send<Answers['imports.preview']>('POST', '/admin/v1/imports/files/:upload/preview', input, options),
    /** Takes a file in, or tries it out and writes nothing (`dry`) */
    importsStart: (
      input: {
        upload: string
        mapping?: string | undefined
        columns?: Readonly<Record<string, string[]>> | undefined
        encoding?: 'utf-8' | 'cp932' | undefined
        dry: boolean
        from?: string | undefined
        discontinue?: boolean | undefined
        again?: boolean | undefined
      },
      options?: Options,
    ) => send<Answers['imports.start']>('POST', '/admin/v1/imports/files/:upload/start', input, options),
    /** How far an import is, and what came of it */
    importsJob: (input: { job: string }, options?: Options) =>
      send<Answers['imports.job']>('GET', '/admin/v1/imports/jobs/:job', input, options),
    /** No further rows; what is done stays */
    importsCancel: (input: { job: string }, options?: Options) =>
      send<Answers['imports.cancel']>('POST', '/admin/v1/imports/jobs/:job/cancel', input, options),
    /** Goes on with what has stopped; rows that are done are not done again */
    importsResume: (input: { job: string }, options?: Options) =>
      send<Answers['imports.resume']>('POST', '/admin/v1/imports/jobs/:job/resume', input, options),
    /** Imports that are under way, in whichever process, or have stopped; the latest first */
    importsJobs: (options?: Options) =>
      send<Answers['imports.jobs']>('GET', '/admin/v1/imports/jobs', {}, options),
    /** Files of products that were taken in, the latest first */
    importsList: (options?: Options) =>
      send<Answers['imports.list']>('GET', '/admin/v1/imports', {}, options),
    /** One import: what is wrong with its rows, and which of them could not be taken back */
    importsRun: (input: { run: number }, options?: Options) =>
      send<Answers['imports.run']>('GET', '/admin/v1/imports/:run', input, options),
    /** The rows that could not be taken in, as CSV, with what is wrong with each */
    importsFailed: (input: { run: number }, options?: Options) =>
      send<Answers['imports.failed']>('GET', '/admin/v1/imports/:run/failed', input, options),
    /** Takes a whole import back; what was changed since stays and is named */
    importsUndo: (input: { run: number }, options?: Options) =>
      send<Answers['imports.undo']>('POST', '/admin/v1/imports/:run/undo', input, options),
    /** All products with what they cost now, as CSV that can be taken in again */
    exportsProducts: (input: { encoding?: 'utf-8' | 'cp932' | undefined } = {}, options?: Options) =>
      send<Answers['exports.products']>('GET', '/admin/v1/exports/products', input, options),
    /** How many orders fit, and what they come to, by currency; 100,001 stands for more. Changes nothing */
    bulkOrders: (
      input: {
        ids?: number[] | undefined
        filter?:
          | {
              status?:
                | 'all'
                | 'short'
                | 'waiting_payment'
                | 'to_ship'
                | 'part_shipped'
                | 'shipped'
                | 'returned'
                | 'cancelled'
                | 'sold'
                | undefined
              channel?: string | undefined
              q?: string | undefined
              from?: string | undefined
              to?: string | undefined
              until?: string | undefined
            }
          | undefined
      } = {},
      options?: Options,
    ) => send<Answers['bulk.orders']>('POST', '/admin/v1/bulk/orders', input, options),
    /** Ships what is held of each order; what cannot be shipped stays and is named */
    bulkShip: (
      input: {
        ids?: number[] | undefined
        filter?:
          | {
              status?:
                | 'all'
                | 'short'
                | 'waiting_payment'
                | 'to_ship'
                | 'part_shipped'
                | 'shipped'
                | 'returned'
                | 'cancelled'
                | 'sold'
                | undefined
              channel?: string | undefined
              q?: string | undefined
              from?: string | undefined
              to?: string | undefined
              until?: string | undefined
            }
          | undefined
        expects: { count: number; amount: number }
      },
      options?: Options,
    ) => send<Answers['bulk.ship']>('POST', '/admin/v1/bulk/orders/ship', input, options),
    /** Bank transfers have arrived: what each order owes, if it still owes what was shown */
    bulkCapture: (
      input: {
        ids?: number[] | undefined
        filter?:
          | {
              status?:
                | 'all'
                | 'short'
                | 'waiting_payment'
                | 'to_ship'
                | 'part_shipped'
                | 'shipped'
                | 'returned'
                | 'cancelled'
                | 'sold'
                | undefined
              channel?: string | undefined
              q?: string | undefined
              from?: string | undefined
              to?: string | undefined
              until?: string | undefined
            }
          | undefined
        expects: { count: number; amount: number }
      },
      options?: Options,
    ) => send<Answers['bulk.capture']>('POST', '/admin/v1/bulk/orders/captures', input, options),
    /** Gives up what has not been shipped of each order, within the limits of whoever asks; `amount` is what was paid for them */
    bulkCancelOrders: (
      input: {
        ids?: number[] | undefined
        filter?:
          | {
              status?:
                | 'all'
                | 'short'
                | 'waiting_payment'
                | 'to_ship'
                | 'part_shipped'
                | 'shipped'
                | 'returned'
                | 'cancelled'
                | 'sold'
                | undefined
              channel?: string | undefined
              q?: string | undefined
              from?: string | undefined
              to?: string | undefined
              until?: string | undefined
            }
          | undefined
        expects: { count: number; amount: number }
        reason: 'customer' | 'mistake' | 'stock' | 'faulty'
        pin?: string | undefined
      },
      options?: Options,
    ) => send<Answers['bulk.cancel_orders']>('POST', '/admin/v1/bulk/orders/cancel', input, options),
    /** Orders that fit as CSV: numbers, dates, states and amounts, nothing of any person */
    exportsOrders: (
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
          | 'sold'
          | undefined
        channel?: string | undefined
        q?: string | undefined
        from?: string | undefined
        to?: string | undefined
        until?: string | undefined
        ids?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['exports.orders']>('GET', '/admin/v1/exports/orders', input, options),
    /** How many products fit; 100,001 stands for more. Changes nothing */
    bulkProducts: (
      input: {
        ids?: number[] | undefined
        filter?: { q?: string | undefined; state?: 'live' | 'archived' | 'all' | undefined } | undefined
      } = {},
      options?: Options,
    ) => send<Answers['bulk.products']>('POST', '/admin/v1/bulk/products', input, options),
    /** No longer sold; can be taken back */
    bulkArchive: (
      input: {
        ids?: number[] | undefined
        filter?: { q?: string | undefined; state?: 'live' | 'archived' | 'all' | undefined } | undefined
        expects: { count: number }
      },
      options?: Options,
    ) => send<Answers['bulk.archive']>('POST', '/admin/v1/bulk/products/archive', input, options),
    /** Sold again; can be taken back */
    bulkResume: (
      input: {
        ids?: number[] | undefined
        filter?: { q?: string | undefined; state?: 'live' | 'archived' | 'all' | undefined } | undefined
        expects: { count: number }
      },
      options?: Options,
    ) => send<Answers['bulk.resume']>('POST', '/admin/v1/bulk/products/resume', input, options),
    /** Into a category, or out of it; can be taken back */
    bulkFile: (
      input: {
        ids?: number[] | undefined
        filter?: { q?: string | undefined; state?: 'live' | 'archived' | 'all' | undefined } | undefined
        expects: { count: number }
        category: number
        way: 'in' | 'out'
      },
      options?: Options,
    ) => send<Answers['bulk.file']>('POST', '/admin/v1/bulk/products/categories', input, options),
    /** The usual price of every SKU that is sold, higher or lower by percent or yen, rounded, from now or from a moment on; can be taken back */
    bulkReprice: (
      input: {
        ids?: number[] | undefined
        filter?: { q?: string | undefined; state?: 'live' | 'archived' | 'all' | undefined } | undefined
        expects: { count: number }
        by: 'percent' | 'yen'
        change: number
        round: 1 | 10 | 100
        from?: string | undefined
      },
      options?: Options,
    ) => send<Answers['bulk.reprice']>('POST', '/admin/v1/bulk/products/prices', input, options),
    /** Bulk runs of this shop, the latest first: one’s own, and those of actions that one may do oneself */
    bulkList: (options?: Options) => send<Answers['bulk.list']>('GET', '/admin/v1/bulk', {}, options),
    /** How far a bulk run is, and what came of it */
    bulkRun: (input: { bulk: string }, options?: Options) =>
      send<Answers['bulk.run']>('GET', '/admin/v1/bulk/:bulk', input, options),
    /** The rows that were refused and why; `undo`: those that were not set back */
    bulkRefusals: (
      input: {
        bulk: string
        undo?: boolean | undefined
        cursor?: string | undefined
        limit?: number | undefined
      },
      options?: Options,
    ) => send<Answers['bulk.refusals']>('GET', '/admin/v1/bulk/:bulk/refusals', input, options),
    /** The same as CSV */
    bulkRefusedFile: (input: { bulk: string; undo?: boolean | undefined }, options?: Options) =>
      send<Answers['bulk.refused_file']>('GET', '/admin/v1/bulk/:bulk/refused', input, options),
    /** No further rows; what is done stays */
    bulkStop: (input: { bulk: string }, options?: Options) =>
      send<Answers['bulk.stop']>('POST', '/admin/v1/bulk/:bulk/cancel', input, options),
    /** Sets back what nobody has changed since; what was done to orders cannot be */
    bulkUndo: (input: { bulk: string }, options?: Options) =>
      send<Answers['bulk.undo']>('POST', '/admin/v1/bulk/:bulk/undo', input, options),
    /** Takes free stock for each shortage, the most pressing first; what there is none for stays short and is named */
    bulkSolve: (
      input: {
        ids?: number[] | undefined
        filter?: { state?: 'open' | 'solved' | 'cancelled' | undefined } | undefined
        expects: { count: number }
      },
      options?: Options,
    ) => send<Answers['bulk.solve']>('POST', '/admin/v1/bulk/shortages/solve', input, options),
    /** Who solves them, and until when */
    bulkAssign: (
      input: {
        ids?: number[] | undefined
        filter?: { state?: 'open' | 'solved' | 'cancelled' | undefined } | undefined
        expects: { count: number }
        owner: 'warehouse' | 'store' | 'call' | 'merchandiser' | 'owner'
        deadline: string
      },
      options?: Options,
    ) => send<Answers['bulk.assign']>('POST', '/admin/v1/bulk/shortages/assign', input, options),
    /** Sends letters, also those that were sent or given up; what waits goes on waiting, and one whose customer was erased is refused and named */
    bulkSend: (
      input: {
        ids?: number[] | undefined
        filter?: { state?: 'waiting' | 'sent' | 'failed' | 'kept' | undefined } | undefined
        expects: { count: number }
      },
      options?: Options,
    ) => send<Answers['bulk.send']>('POST', '/admin/v1/bulk/mail/send', input, options),
    /** How many customers fit; 100,001 stands for more. Changes nothing */
    bulkCustomers: (
      input: {
        ids?: number[] | undefined
        filter?:
          | {
              q?: string | undefined
              kind?: 'guest' | 'member' | 'mall' | 'phone' | 'organisation' | 'till' | undefined
            }
          | undefined
      } = {},
      options?: Options,
    ) => send<Answers['bulk.customers']>('POST', '/admin/v1/bulk/customers', input, options),
    /** Customers that fit as CSV, at most 100,000: orders, points, what they said about being written to. Who they are and where they are found leaves with two people: `exports.persons` */
    exportsCustomers: (
      input: {
        q?: string | undefined
        kind?: 'guest' | 'member' | 'mall' | 'phone' | 'organisation' | 'till' | undefined
        ids?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['exports.customers']>('GET', '/admin/v1/exports/customers', input, options),
    /** The same file with what customers are called and where they are found, where another owner has given it: for just these rows, within an hour, as often as it takes */
    exportsPersons: (
      input: {
        q?: string | undefined
        kind?: 'guest' | 'member' | 'mall' | 'phone' | 'organisation' | 'till' | undefined
        ids?: string | undefined
        release: string
      },
      options?: Options,
    ) => send<Answers['exports.persons']>('GET', '/admin/v1/exports/persons', input, options),
    /** How many rows of stock fit; 100,001 stands for more. Changes nothing */
    bulkStock: (
      input: {
        filter: { q?: string | undefined; place?: string | undefined; only?: 'short' | 'out' | undefined }
      },
      options?: Options,
    ) => send<Answers['bulk.stock']>('POST', '/admin/v1/bulk/stock', input, options),
    /** SKU × place as CSV, at most 100,000 rows. `ids`: the SKU’s number and the place’s, with a hyphen between */
    exportsStock: (
      input: {
        q?: string | undefined
        place?: string | undefined
        only?: 'short' | 'out' | undefined
        ids?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['exports.stock']>('GET', '/admin/v1/exports/stock', input, options),
    /** How many shortages fit, the open ones where no state is asked for. Changes nothing */
    bulkShortages: (
      input: {
        ids?: number[] | undefined
        filter?: { state?: 'open' | 'solved' | 'cancelled' | undefined } | undefined
      } = {},
      options?: Options,
    ) => send<Answers['bulk.shortages']>('POST', '/admin/v1/bulk/shortages', input, options),
    /** Shortages as CSV, the most pressing first, at most 100,000; the open ones where no state is asked for */
    exportsShortages: (
      input: { state?: 'open' | 'solved' | 'cancelled' | undefined; ids?: string | undefined } = {},
      options?: Options,
    ) => send<Answers['exports.shortages']>('GET', '/admin/v1/exports/shortages', input, options),
    /** How many letters fit; 100,001 stands for more. Changes nothing */
    bulkMail: (
      input: {
        ids?: number[] | undefined
        filter?: { state?: 'waiting' | 'sent' | 'failed' | 'kept' | undefined } | undefined
      } = {},
      options?: Options,
    ) => send<Answers['bulk.mail']>('POST', '/admin/v1/bulk/mail', input, options),
    /** The outbox as CSV, at most 100,000 letters: numbers, kinds, states and moments, no address and no words */
    exportsMail: (
      input: { state?: 'waiting' | 'sent' | 'failed' | 'kept' | undefined; ids?: string | undefined } = {},
      options?: Options,
    ) => send<Answers['exports.mail']>('GET', '/admin/v1/exports/mail', input, options),
    /** Requests for files of persons, the latest hundred; with rows named, which of them are about just these */
    releasesList: (
      input: {
        q?: string | undefined
        kind?: 'guest' | 'member' | 'mall' | 'phone' | 'organisation' | 'till' | undefined
        ids?: string | undefined
        all?: boolean | undefined
      } = {},
      options?: Options,
    ) => send<Answers['releases.list']>('GET', '/admin/v1/releases', input, options),
    /** Asks another owner for a file of persons: of rows that were chosen, or all that match. What was sought is not kept */
    releasesAsk: (
      input: {
        ids?: number[] | undefined
        filter?:
          | {
              q?: string | undefined
              kind?: 'guest' | 'member' | 'mall' | 'phone' | 'organisation' | 'till' | undefined
            }
          | undefined
        reason: 'mailing' | 'move' | 'authority' | 'own_wish' | 'other'
      },
      options?: Options,
    ) => send<Answers['releases.ask']>('POST', '/admin/v1/releases', input, options),
    /** Gives or refuses a file of persons that another owner asks for: nobody decides on their own */
    releasesDecide: (input: { release: string; decision: 'given' | 'refused' }, options?: Options) =>
      send<Answers['releases.decide']>('POST', '/admin/v1/releases/:release/decision', input, options),
    /** One’s own views of lists, and those that others share; of lists that one may see */
    viewsList: (options?: Options) => send<Answers['views.list']>('GET', '/admin/v1/views', {}, options),
    /** Keeps a list as it is narrowed, under a name; again, it is changed. What orders and customers were sought by is not kept */
    viewsKeep: (
      input: {
        view: string
        list: 'orders' | 'customers' | 'products' | 'stock' | 'shortages' | 'mail' | 'audit'
        name: string
        search: Readonly<Record<string, string>>
        shared: boolean
      },
      options?: Options,
    ) => send<Answers['views.keep']>('PUT', '/admin/v1/views/:view', input, options),
    /** Removes a view of one’s own; whoever looks after the staff also one that others share */
    viewsDrop: (input: { view: string }, options?: Options) =>
      send<Answers['views.drop']>('DELETE', '/admin/v1/views/:view', input, options),
    /** What a list begins with for whoever asks; null: with everything */
    viewsDefault: (
      input: {
        name: 'orders' | 'customers' | 'products' | 'stock' | 'shortages' | 'mail' | 'audit'
        view: string | null
      },
      options?: Options,
    ) => send<Answers['views.default']>('PUT', '/admin/v1/views/default/:name', input, options),
    /** What the search has been taught: words that mean the same, words that say nothing */
    searchWords: (options?: Options) =>
      send<Answers['search.words']>('GET', '/admin/v1/search/words', {}, options),
    /** Teaches the search of this shop other words; found by them within a second */
    searchTeach: (input: { version: number; same: string[][]; stop: string[] }, options?: Options) =>
      send<Answers['search.teach']>('PUT', '/admin/v1/search/words', input, options),
    /** Customers, newest first. `q`: a card’s number or a customer’s; for those who may see persons a mail address, a telephone number or its last four digits, a name as it is read (from two kana on) or written. */
    customers: (
      input: {
        q?: string | undefined
        kind?: 'guest' | 'member' | 'mall' | 'phone' | 'organisation' | 'till' | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['customers']>('GET', '/admin/v1/identities', input, options),
    /** A customer: every identity that is known to be theirs, with its own points and orders; of the one that was asked for also its person, consents, notes and what happened to its points */
    identity: (input: { identity: number }, options?: Options) =>
      send<Answers['identity']>('GET', '/admin/v1/identities/:identity', input, options),
    /** Two identities are one customer. Orders and points keep the identity they came with. */
    identityJoin: (input: { identity: number; other: number }, options?: Options) =>
      send<Answers['identity.join']>('POST', '/admin/v1/identities/:identity/join', input, options),
    /** Undoes a joining: this identity is a customer by itself again */
    identityPart: (input: { identity: number }, options?: Options) =>
      send<Answers['identity.part']>('POST', '/admin/v1/identities/:identity/part', input, options),
    /** What a customer is called and where they are found. Orders keep the address they were placed with. */
    identityContact: (
      input: {
        identity: number
        family: string
        given: string
        family_kana?: string | undefined
        given_kana?: string | undefined
        organisation?: string | undefined
        email?: string | undefined
        phone?: string | undefined
        postal?: string | undefined
        prefecture?: string | undefined
        city?: string | undefined
        line1?: string | undefined
        line2?: string | undefined
      },
      options?: Options,
    ) => send<Answers['identity.contact']>('PUT', '/admin/v1/identities/:identity/contact', input, options),
    /** What a customer said about being written to or called. Each word is kept; the newest one about a channel holds. */
    identityConsent: (
      input: {
        identity: number
        channel: 'mail' | 'sms' | 'line' | 'phone' | 'post'
        given: boolean
        told_by: 'web' | 'store' | 'phone' | 'paper'
        told_at?: string | undefined
      },
      options?: Options,
    ) => send<Answers['identity.consent']>('POST', '/admin/v1/identities/:identity/consents', input, options),
    /** Words about a customer for colleagues, sealed with the customer’s other data */
    identityNote: (input: { identity: number; words: string }, options?: Options) =>
      send<Answers['identity.note']>('POST', '/admin/v1/identities/:identity/notes', input, options),
    /** Takes a note out of sight, or back into it */
    identityNoteRemove: (input: { identity: number; note: number; removed: boolean }, options?: Options) =>
      send<Answers['identity.note_remove']>(
        'PUT',
        '/admin/v1/identities/:identity/notes/:note',
        input,
        options,
      ),
    /** Gives points (above zero) or takes them. Nobody is left with less than none. */
    identityPoints: (
      input: { identity: number; amount: number; reason: 'goodwill' | 'correction' | 'campaign' },
      options?: Options,
    ) => send<Answers['identity.points']>('POST', '/admin/v1/identities/:identity/points', input, options),
    /** Opens a till: the device’s key and a personal PIN */
    tillSignIn: (input: { device: string; key: string; pin: string }, options?: Options) =>
      send<Answers['till.sign_in']>('POST', '/till/v1/sessions', input, options),
    /** Closes the till */
    tillSignOut: (options?: Options) =>
      send<Answers['till.sign_out']>('DELETE', '/till/v1/sessions/current', {}, options),
    /** Everything that can be scanned, with its price: kept on the device for when it is offline */
    tillCatalogue: (options?: Options) =>
      send<Answers['till.catalogue']>('GET', '/till/v1/catalogue', {}, options),
    /** A member by card number: points, nothing else */
    tillMember: (input: { code: string }, options?: Options) =>
      send<Answers['till.member']>('GET', '/till/v1/members/:code', input, options),
    /** A sale that has happened, with the id the device minted: recorded once, however often it is sent */
    tillSale: (
      input: {
        sale: string
        happened_at: string
        lines: { sku: string; quantity: number; unit_price: number; serials?: string[] | undefined }[]
        member?: string | undefined
        points?: number | undefined
        tendered: number
        total: number
      },
      options?: Options,
    ) => send<Answers['till.sale']>('POST', '/till/v1/sales', input, options),
    /** How far the shop has come: what has to be there before something is sold, and what is */
    setup: (options?: Options) => send<Answers['setup']>('GET', '/admin/v1/setup', {}, options),
    /** Founds the first shop: its company, its rules and the place it sells from, together or not at all */
    setupFound: (
      input: {
        company: string
        registration_number: string | null
        sole?: boolean | undefined
        name: { ja: string; en: string }
        code: string
        place: {
          kind: 'warehouse' | 'store' | 'factory' | 'outside'
          name: { ja: string; en: string }
          postal: string | null
          address: { ja: string; en: string } | null
          code: string
        }
        settings: {
          shipping?: { all: number; free_from: number | null; okinawa: number } | undefined
          cod_fees?: { up_to: number; fee: number }[] | undefined
          bank_account?: { ja: string; en: string } | undefined
          transfer_days?: number | undefined
          points_per_100?: number | undefined
          law?:
            | {
                seller?: { ja: string; en: string } | undefined
                manager?: { ja: string; en: string } | undefined
                address?: { ja: string; en: string } | undefined
                phone?: { ja: string; en: string } | undefined
                email?: { ja: string; en: string } | undefined
                price?: { ja: string; en: string } | undefined
                fees?: { ja: string; en: string } | undefined
                payment?: { ja: string; en: string } | undefined
                delivery?: { ja: string; en: string } | undefined
                returns?: { ja: string; en: string } | undefined
              }
            | undefined
          payments?: ('cod' | 'bank_transfer')[] | undefined
          about?: { ja: string; en: string } | null | undefined
          delivery?:
            | {
                cutoff: string
                closed_weekdays: number[]
                closed_days: string[]
                days: number[]
                by_prefecture: Readonly<Record<string, number[]>>
              }
            | null
            | undefined
          refund_limits?:
            | { owner: number | null; accountant: number | null; call: number | null; store: number | null }
            | undefined
        }
      },
      options?: Options,
    ) => send<Answers['setup.found']>('POST', '/admin/v1/setup', input, options),
    /** The shop, its company, and the rules in force: since when, and who set them */
    settings: (options?: Options) => send<Answers['settings']>('GET', '/admin/v1/settings', {}, options),
    /** Other rules from now on; what is not named stays. The rules before stay on record. */
    settingsChange: (
      input: {
        version: number
        settings: {
          shipping?: { all: number; free_from: number | null; okinawa: number } | undefined
          cod_fees?: { up_to: number; fee: number }[] | undefined
          bank_account?: { ja: string; en: string } | undefined
          transfer_days?: number | undefined
          points_per_100?: number | undefined
          law?:
            | {
                seller?: { ja: string; en: string } | undefined
                manager?: { ja: string; en: string } | undefined
                address?: { ja: string; en: string } | undefined
                phone?: { ja: string; en: string } | undefined
                email?: { ja: string; en: string } | undefined
                price?: { ja: string; en: string } | undefined
                fees?: { ja: string; en: string } | undefined
                payment?: { ja: string; en: string } | undefined
                delivery?: { ja: string; en: string } | undefined
                returns?: { ja: string; en: string } | undefined
              }
            | undefined
          payments?: ('cod' | 'bank_transfer')[] | undefined
          about?: { ja: string; en: string } | null | undefined
          delivery?:
            | {
                cutoff: string
                closed_weekdays: number[]
                closed_days: string[]
                days: number[]
                by_prefecture: Readonly<Record<string, number[]>>
              }
            | null
            | undefined
          refund_limits?:
            | { owner: number | null; accountant: number | null; call: number | null; store: number | null }
            | undefined
        }
      },
      options?: Options,
    ) => send<Answers['settings.change']>('PUT', '/admin/v1/settings', input, options),
    /** The shop and its company are called otherwise, or have another registration number. What was said about orders before stays said. */
    settingsCompany: (
      input: {
        version: number
        name: { ja: string; en: string }
        company: string
        registration_number: string | null
        sole?: boolean | undefined
      },
      options?: Options,
    ) => send<Answers['settings.company']>('PUT', '/admin/v1/settings/company', input, options),
    /** Every place with its address, also those that are used no more */
    placesAll: (options?: Options) => send<Answers['places.all']>('GET', '/admin/v1/places/all', {}, options),
    /** Another warehouse or store of the company whose shop this is */
    placesAdd: (
      input: {
        kind: 'warehouse' | 'store' | 'factory' | 'outside'
        name: { ja: string; en: string }
        postal: string | null
        address: { ja: string; en: string } | null
        sells_web: boolean
        priority: number
        code: string
      },
      options?: Options,
    ) => send<Answers['places.add']>('POST', '/admin/v1/places', input, options),
    /** Another name, kind or address; whether web orders are sent from there, and in which turn */
    placesChange: (
      input: {
        place: number
        kind: 'warehouse' | 'store' | 'factory' | 'outside'
        name: { ja: string; en: string }
        postal: string | null
        address: { ja: string; en: string } | null
        sells_web: boolean
        priority: number
        version: number
      },
      options?: Options,
    ) => send<Answers['places.change']>('PUT', '/admin/v1/places/:place', input, options),
    /** Used no more. Refused while anything stands there or is on its way, or a till is in use. */
    placesArchive: (input: { place: number; version: number }, options?: Options) =>
      send<Answers['places.archive']>('POST', '/admin/v1/places/:place/archive', input, options),
    /** Used again */
    placesResume: (input: { place: number; version: number }, options?: Options) =>
      send<Answers['places.resume']>('POST', '/admin/v1/places/:place/resume', input, options),
    /** The tills of a shop, and when each was last opened */
    tills: (options?: Options) => send<Answers['tills']>('GET', '/admin/v1/tills', {}, options),
    /** A till in a store; its key is shown once */
    tillsAdd: (input: { code: string; place: string }, options?: Options) =>
      send<Answers['tills.add']>('POST', '/admin/v1/tills', input, options),
    /** Another key, shown once; the one before opens nothing any more, and whoever is in is out */
    tillsRenew: (input: { till: number }, options?: Options) =>
      send<Answers['tills.renew']>('POST', '/admin/v1/tills/:till/key', input, options),
    /** A till opens no more; whoever is in is out */
    tillsDisable: (input: { till: number }, options?: Options) =>
      send<Answers['tills.disable']>('POST', '/admin/v1/tills/:till/disable', input, options),
    /** A till opens again */
    tillsEnable: (input: { till: number }, options?: Options) =>
      send<Answers['tills.enable']>('POST', '/admin/v1/tills/:till/enable', input, options),
    /** Sets one’s own PIN, which opens a till. Nobody has the same digits as another. */
    mePin: (input: { pin: string }, options?: Options) =>
      send<Answers['me.pin']>('PUT', '/admin/v1/me/pin', input, options),
    /** The last proof of the books */
    proof: (options?: Options) => send<Answers['proof']>('GET', '/admin/v1/proof', {}, options),
    /** Recomputes the books now and names every difference */
    proofRun: (options?: Options) => send<Answers['proof.run']>('POST', '/admin/v1/proof', {}, options),
    /** Where each follower of the journal stands, and who holds it up */
    followers: (options?: Options) => send<Answers['followers']>('GET', '/admin/v1/followers', {}, options),
    /** Builds a projection anew beside the live one, then swaps */
    followerRebuild: (input: { name: 'order-rows' }, options?: Options) =>
      send<Answers['follower.rebuild']>('POST', '/admin/v1/followers/:name/rebuild', input, options),
    /** What happened, in order, after an event: ids, codes and amounts, never persons */
    events: (
      input: {
        after?: string | undefined
        limit?: number | undefined
        kinds?: string | undefined
        shop?: number | undefined
      } = {},
      options?: Options,
    ) => send<Answers['events']>('GET', '/admin/v1/events', input, options),
    /** The same as it happens (server-sent events); goes on behind the header Last-Event-ID or `after` */
    eventsStream: (
      input: { after?: string | undefined; kinds?: string | undefined; shop?: number | undefined } = {},
      options?: Options,
    ) => send<Answers['events.stream']>('GET', '/admin/v1/events/stream', input, options),
    /** Where the journal is sent to, with what waits and what was given up */
    webhooks: (options?: Options) => send<Answers['webhooks']>('GET', '/admin/v1/webhooks', {}, options),
    /** A new place to send the journal to (Standard Webhooks); its secret is shown once */
    webhookCreate: (input: { url: string; kinds: string[] | null; shop: number | null }, options?: Options) =>
      send<Answers['webhook.create']>('POST', '/admin/v1/webhooks', input, options),
    /** Another address or choice of events; off, or on again */
    webhookChange: (
      input: {
        endpoint: number
        url: string
        kinds: string[] | null
        shop: number | null
        version: number
        state: 'on' | 'off'
      },
      options?: Options,
    ) => send<Answers['webhook.change']>('PUT', '/admin/v1/webhooks/:endpoint', input, options),
    /** Uses a place no more: nothing is sent to it, its secrets are destroyed */
    webhookArchive: (input: { endpoint: number; version: number }, options?: Options) =>
      send<Answers['webhook.archive']>('POST', '/admin/v1/webhooks/:endpoint/archive', input, options),
    /** A new secret, shown once; for a day messages are signed with both */
    webhookRotate: (input: { endpoint: number }, options?: Options) =>
      send<Answers['webhook.rotate']>('POST', '/admin/v1/webhooks/:endpoint/secret', input, options),
    /** What was sent and what came of it, the latest event first */
    webhookDeliveries: (
      input: {
        endpoint: number
        state?: 'pending' | 'done' | 'dead' | undefined
        before?: string | undefined
        limit?: number | undefined
      },
      options?: Options,
    ) =>
      send<Answers['webhook.deliveries']>('GET', '/admin/v1/webhooks/:endpoint/deliveries', input, options),
    /** Sends some events once more, all that was given up, or everything between two events */
    webhookReplay: (
      input: { endpoint: number } & ({ events: string[] } | { dead: true } | { from: string; to: string }),
      options?: Options,
    ) => send<Answers['webhook.replay']>('POST', '/admin/v1/webhooks/:endpoint/replay', input, options),
    /** Sends a message of the type webhooks.test now, and says what came of it */
    webhookTry: (input: { endpoint: number }, options?: Options) =>
      send<Answers['webhook.try']>('POST', '/admin/v1/webhooks/:endpoint/try', input, options),
    /** Letters to buyers, newest first: what waits, was sent, could not be, or was kept because there is no SMTP */
    mail: (
      input: {
        state?: 'waiting' | 'sent' | 'failed' | 'kept' | undefined
        order?: number | undefined
        limit?: number | undefined
        cursor?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['mail']>('GET', '/admin/v1/mail', input, options),
    /** One letter as it would be sent now; nothing but its head where the buyer was erased */
    mailLetter: (input: { message: string }, options?: Options) =>
      send<Answers['mail.letter']>('GET', '/admin/v1/mail/:message', input, options),
    /** Sends a letter, also one that was sent or given up; one that waits already goes on waiting */
    mailSend: (input: { message: string }, options?: Options) =>
      send<Answers['mail.send']>('POST', '/admin/v1/mail/:message/send', input, options),
    /** Sends all that was kept while there was no SMTP */
    mailSendKept: (options?: Options) =>
      send<Answers['mail.send_kept']>('POST', '/admin/v1/mail/send', {}, options),
    /** Every connection with its standing, and every kind of connector there is */
    connectors: (options?: Options) =>
      send<Answers['connectors']>('GET', '/admin/v1/connectors', {}, options),
    /** A connection: standing, settings without secrets, limits, the last calls */
    connector: (input: { connection: string }, options?: Options) =>
      send<Answers['connector']>('GET', '/admin/v1/connectors/:connection', input, options),
    /** Sets a connection up or changes it. Secrets left out stay as they are, unless an address changes: then they are given anew, so that nobody can have them sent elsewhere. */
    connectorSave: (
      input: {
        connection: string
        connector: string
        active: boolean
        settings: Readonly<Record<string, string>>
        secrets: Readonly<Record<string, string>>
      },
      options?: Options,
    ) => send<Answers['connector.save']>('PUT', '/admin/v1/connectors/:connection', input, options),
    /** Asks the other side something harmless, and says in words how it went */
    connectorTry: (input: { connection: string }, options?: Options) =>
      send<Answers['connector.try']>('POST', '/admin/v1/connectors/:connection/try', input, options),
    /** Begins a round now; where one is under way, another follows it at once */
    connectorRun: (input: { connection: string }, options?: Options) =>
      send<Answers['connector.run']>('POST', '/admin/v1/connectors/:connection/run', input, options),
    /** Messages in and out, newest first: what became of each, without what it said */
    connectorMessages: (
      input: {
        connection: string
        state?: 'waiting' | 'done' | 'skipped' | 'quarantined' | undefined
        way?: 'in' | 'out' | undefined
        cursor?: string | undefined
        limit?: number | undefined
      },
      options?: Options,
    ) =>
      send<Answers['connector.messages']>('GET', '/admin/v1/connectors/:connection/messages', input, options),
    /** Tries again what was set aside: one message, a range, or all of them */
    connectorReplay: (
      input: { connection: string; from?: number | undefined; to?: number | undefined },
      options?: Options,
    ) =>
      send<Answers['connector.replay']>('POST', '/admin/v1/connectors/:connection/replays', input, options),
    /** What of ours is offered there, under which code, and what was last said about its stock */
    connectorListed: (
      input: {
        connection: string
        q?: string | undefined
        only?: 'failed' | undefined
        limit?: number | undefined
        cursor?: string | undefined
      },
      options?: Options,
    ) =>
      send<Answers['connector.listed']>('GET', '/admin/v1/connectors/:connection/listings', input, options),
    /** What of ours is offered there, under which code. It is told from then on; `external_sku` null ends it. With `item`, the other side’s number of what it sells, the offer is made there. */
    connectorListings: (
      input: {
        connection: string
        lines: {
          sku: string
          external_sku: string | null
          product_type?: string | undefined
          item?: string | null | undefined
        }[]
      },
      options?: Options,
    ) =>
      send<Answers['connector.listings']>('PUT', '/admin/v1/connectors/:connection/listings', input, options),
    /** Whose buyers’ data are gone, since when, and what was found of them afterwards: nothing */
    connectorCertificates: (input: { connection: string }, options?: Options) =>
      send<Answers['connector.certificates']>(
        'GET',
        '/admin/v1/connectors/:connection/certificates',
        input,
        options,
      ),
    /** Where the other side says that something has changed. Shows the connection’s own key as a bearer; what changed is then asked for. Twice, late or out of order changes nothing. */
    connectorNotice: (input: { connection: string }, options?: Options) =>
      send<Answers['connector.notice']>('POST', '/connect/v1/:connection/notices', input, options),
    /** Who did what, when, and what came of it; the latest first */
    audit: (
      input: {
        actor?: number | undefined
        what?: string | undefined
        from?: string | undefined
        to?: string | undefined
        cursor?: string | undefined
        limit?: number | undefined
      } = {},
      options?: Options,
    ) => send<Answers['audit']>('GET', '/admin/v1/audit', input, options),
    /** How many entries of the audit log fit; 100,001 stands for more. Changes nothing */
    bulkAudit: (
      input: {
        filter: {
          actor?: number | undefined
          what?: string | undefined
          from?: string | undefined
          to?: string | undefined
        }
      },
      options?: Options,
    ) => send<Answers['bulk.audit']>('POST', '/admin/v1/bulk/audit', input, options),
    /** The same as CSV, with the chain’s hashes */
    auditExport: (
      input: {
        actor?: number | undefined
        what?: string | undefined
        from?: string | undefined
        to?: string | undefined
        ids?: string | undefined
      } = {},
      options?: Options,
    ) => send<Answers['audit.export']>('GET', '/admin/v1/audit/export', input, options),
    /** Recomputes the chain of the audit log and names what was changed, removed or planted */
    auditVerify: (input: { head?: string | undefined } = {}, options?: Options) =>
      send<Answers['audit.verify']>('POST', '/admin/v1/audit/verify', input, options),
  }
}
