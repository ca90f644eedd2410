/** Amazon's orders, parcels and stock, in both directions. Pure. */
import {
  BadRow,
  count,
  evenly,
  head,
  list,
  maybeList,
  maybePart,
  maybeText,
  moment,
  part,
  text,
  yen,
  type Offer,
  type Parcel,
  type Sale,
  type Settings,
} from '#doors/kit'

type State = Sale['state']
const states: Record<string, State> = {
  Pending: 'pending',
  PendingAvailability: 'pending',
  InvoiceUnconfirmed: 'pending',
  Unshipped: 'placed',
  PartiallyShipped: 'placed',
  Shipped: 'shipped',
  Unfulfillable: 'placed',
  Canceled: 'cancelled',
  PENDING: 'pending',
  PENDING_AVAILABILITY: 'pending',
  UNSHIPPED: 'placed',
  PARTIALLY_SHIPPED: 'placed',
  SHIPPED: 'shipped',
  UNFULFILLABLE: 'placed',
  CANCELLED: 'cancelled',
}
const stateOf = (told: unknown, at: string): State => {
  const state = states[text(told, at)]
  if (!state) throw new BadRow('unknown_state', at)
  return state
}
const nothing = {
  lines: [],
  shipping: 0,
  fee: 0,
  discount: 0,
  total: 0,
  paid: false,
  destination: {},
} as const

/** What was kept of an order, whichever version told it. */
export function readOrder(raw: unknown): Sale {
  const row = part(raw, '/')
  return 'order' in row ? readYoung(part(row.order, '/order')) : readOld(row)
}

/** Version 0: the order and its items are two answers; both are kept together. */
function readOld(row: Readonly<Record<string, unknown>>): Sale {
  const o = part(row.Order, '/Order')
  const head = {
    external_id: text(o.AmazonOrderId, '/Order/AmazonOrderId', 80),
    revision: moment(o.LastUpdateDate, '/Order/LastUpdateDate'),
    state: stateOf(o.OrderStatus, '/Order/OrderStatus'),
    placed_at: moment(o.PurchaseDate, '/Order/PurchaseDate'),
  }
  if (head.state === 'pending' || head.state === 'cancelled') return { ...head, ...nothing }
  const money = (value: unknown, at: string): number => {
    if (value === undefined || value === null) return 0
    const m = part(value, at)
    return yen(m.Amount, m.CurrencyCode, `${at}/Amount`)
  }
  const totals = part(o.OrderTotal, '/Order/OrderTotal')
  const total = yen(totals.Amount, totals.CurrencyCode, '/Order/OrderTotal/Amount')
  let shipping = 0
  let fee = 0
  let discount = 0
  const lines = list(row.OrderItems, '/OrderItems').flatMap((value, n) => {
    const at = `/OrderItems/${n}`
    const i = part(value, at)
    const quantity = count(i.QuantityOrdered, `${at}/QuantityOrdered`)
    shipping += money(i.ShippingPrice, `${at}/ShippingPrice`)
    fee += money(i.CODFee, `${at}/CODFee`)
    discount +=
      money(i.PromotionDiscount, `${at}/PromotionDiscount`) +
      money(i.ShippingDiscount, `${at}/ShippingDiscount`) +
      money(i.CODFeeDiscount, `${at}/CODFeeDiscount`)
    const gift = maybePart(maybePart(i.BuyerInfo).GiftWrapPrice)
    if (gift.Amount !== undefined) fee += yen(gift.Amount, gift.CurrencyCode, `${at}/BuyerInfo/GiftWrapPrice`)
    // An item whose quantity became nothing was given up before it was ours.
    if (quantity === 0) return []
    return evenly(
      {
        item: text(i.OrderItemId, `${at}/OrderItemId`, 80),
        sku: text(i.SellerSKU ?? i.ASIN, `${at}/SellerSKU`, 64),
        quantity,
      },
      money(part(i.ItemPrice, `${at}/ItemPrice`), `${at}/ItemPrice`),
    )
  })
  const a = maybePart(o.ShippingAddress)
  const b = maybePart(o.BuyerInfo)
  return {
    ...head,
    ...summed({ lines, shipping, fee, discount, total }),
    paid: o.PaymentMethod !== 'COD',
    destination: destination({
      name: a.Name ?? b.BuyerName,
      company: a.CompanyName,
      lines: [a.AddressLine1, a.AddressLine2, a.AddressLine3],
      city: [a.County, a.City, a.District],
      state: a.StateOrRegion,
      postal: a.PostalCode,
      phone: a.Phone,
      email: b.BuyerEmail,
    }),
  }
}

/** The version of 2026-01-01: one answer holds all of it. */
function readYoung(o: Readonly<Record<string, unknown>>): Sale {
  const fulfillment = part(o.fulfillment, '/order/fulfillment')
  const head = {
    external_id: text(o.orderId, '/order/orderId', 80),
    revision: moment(o.lastUpdatedTime, '/order/lastUpdatedTime'),
    state: stateOf(fulfillment.fulfillmentStatus, '/order/fulfillment/fulfillmentStatus'),
    placed_at: moment(o.createdTime, '/order/createdTime'),
  }
  if (head.state === 'pending' || head.state === 'cancelled') return { ...head, ...nothing }
  const money = (value: unknown, at: string): number => {
    const m = part(value, at)
    return yen(m.amount, m.currencyCode, `${at}/amount`)
  }
  const proceeds = part(o.proceeds, '/order/proceeds')
  const total = money(proceeds.grandTotal, '/order/proceeds/grandTotal')
  const sums: Record<string, number> = {}
  const add = (value: unknown, at: string) => {
    const b = part(value, at)
    const type = text(b.type, `${at}/type`)
    sums[type] = (sums[type] ?? 0) + money(b.subtotal, `${at}/subtotal`)
  }
  const items = list(o.orderItems, '/order/orderItems').map((value, n) => ({
    at: `/order/orderItems/${n}`,
    i: part(value, `/order/orderItems/${n}`),
  }))
  // What is summed over the items is told once more for the whole order; where it is not, the items tell it.
  const whole = maybeList(proceeds.breakdowns)
  if (whole.length > 0) whole.forEach((b, k) => add(b, `/order/proceeds/breakdowns/${k}`))
  else
    for (const { at, i } of items)
      maybeList(maybePart(i.proceeds).breakdowns).forEach((b, k) => add(b, `${at}/proceeds/breakdowns/${k}`))
  const lines = items.flatMap(({ at, i }) => {
    const quantity = count(i.quantityOrdered, `${at}/quantityOrdered`)
    if (quantity === 0) return []
    const product = part(i.product, `${at}/product`)
    const own = maybeList(maybePart(i.proceeds).breakdowns)
      .map((b, k) => ({ b: maybePart(b), at: `${at}/proceeds/breakdowns/${k}` }))
      .filter(({ b }) => b.type === 'ITEM')
    const amount = own.length
      ? own.reduce((n, x) => n + money(x.b.subtotal, `${x.at}/subtotal`), 0)
      : money(part(product.price, `${at}/product/price`).unitPrice, `${at}/product/price/unitPrice`) *
        quantity
    return evenly(
      {
        item: text(i.orderItemId, `${at}/orderItemId`, 80),
        sku: text(product.sellerSku ?? product.asin, `${at}/product/sellerSku`, 64),
        quantity,
      },
      amount,
    )
  })
  const a = maybePart(maybePart(o.recipient).deliveryAddress)
  const b = maybePart(o.buyer)
  const payments = maybeList(maybePart(o.payment).paymentExecutions)
  return {
    ...head,
    ...summed({
      lines,
      shipping: sums.SHIPPING ?? 0,
      fee: (sums.COD_FEE ?? 0) + (sums.GIFT_WRAP ?? 0) + (sums.DELIVERY_TIP ?? 0) + (sums.OTHER ?? 0),
      discount: Math.abs(sums.DISCOUNT ?? 0),
      total,
    }),
    paid: !payments.some((p) => maybePart(p).paymentMethod === 'COD'),
    destination: destination({
      name: a.name ?? b.buyerName,
      company: a.companyName ?? b.buyerCompanyName,
      lines: [a.addressLine1, a.addressLine2, a.addressLine3],
      city: [a.districtOrCounty, a.city, a.municipality],
      state: a.stateOrRegion,
      postal: a.postalCode,
      phone: a.phone,
      email: b.buyerEmail,
    }),
  }
}

/** An amount that is no amount is nobody's mistake to guess at: the order is set aside. */
function summed(s: Pick<Sale, 'lines' | 'shipping' | 'fee' | 'discount' | 'total'>) {
  if (s.lines.length === 0) throw new BadRow('no_lines', '/items')
  if (s.lines.length > 200) throw new BadRow('too_many_lines', '/items')
  for (const [name, value] of Object.entries({
    total: s.total,
    shipping: s.shipping,
    fee: s.fee,
    discount: s.discount,
  }))
    if (value < 0) throw new BadRow('negative', `/${name}`)
  if (s.lines.some((l) => l.unit_price < 0)) throw new BadRow('negative', '/items')
  return s
}
type Told = Record<'name' | 'company' | 'state' | 'postal' | 'phone' | 'email', unknown> & {
  lines: unknown[]
  city: unknown[]
}
function destination(a: Told): Sale['destination'] {
  const joined = (parts: unknown[]) =>
    maybeText(
      parts
        .map((p) => maybeText(p))
        .filter(Boolean)
        .join(' '),
    )
  const told: Record<string, string | undefined> = {
    // One field on their side: it is kept as it came, for where a name divides nobody can tell.
    family: maybeText(a.name, 100),
    organisation: maybeText(a.company, 100),
    postal: maybeText(a.postal, 20),
    prefecture: maybeText(a.state, 40),
    city: joined(a.city)?.slice(0, 100),
    line1: maybeText(a.lines[0], 200),
    line2: joined(a.lines.slice(1)),
    phone: maybeText(a.phone, 40),
    email: maybeText(a.email, 254),
  }
  return Object.fromEntries(Object.entries(told).filter(([, v]) => v !== undefined)) as Sale['destination']
}

/** An id and a time, where there are any, of what may otherwise be unreadable. */
export function headOf(raw: unknown): { id: string; revision: string } {
  const row = maybePart(raw)
  const o = maybePart(row.order ?? row.Order)
  return head(o.orderId ?? o.AmazonOrderId, o.lastUpdatedTime ?? o.LastUpdateDate)
}

const carriers: Record<string, readonly [code: string, name: string]> = {
  yamato: ['YAMATO', 'Yamato Transport'],
  sagawa: ['SAGAWA', 'Sagawa Express'],
  japan_post: ['JP_POST', 'Japan Post'],
}
/** The body of confirmShipment. */
export function writeParcel(parcel: Parcel, settings: Settings) {
  const known = carriers[parcel.carrier ?? '']
  const items = new Map<string, number>()
  for (const i of parcel.items) items.set(i.item, (items.get(i.item) ?? 0) + i.quantity)
  return {
    marketplaceId: settings.marketplace!,
    packageDetail: {
      // Amazon takes numbers only, and keeps them as text.
      packageReferenceId: parcel.parcel,
      carrierCode: known?.[0] ?? 'Other',
      carrierName: known?.[1] ?? 'Other',
      trackingNumber: parcel.tracking ?? parcel.parcel,
      shipDate: parcel.shipped_at,
      orderItems: [...items].map(([orderItemId, quantity]) => ({ orderItemId, quantity })),
    },
  }
}
/** What is said of an offer, as Amazon's attributes. A price names its marketplace and audience, so that one for businesses stays. */
function attributesOf(o: Offer, settings: Settings): Record<string, object[]> {
  const here = { marketplace_id: settings.marketplace! }
  const inJapanese = (value: string) => [{ value, language_tag: 'ja_JP', ...here }]
  return {
    fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: o.quantity }],
    ...(o.price !== null && {
      purchasable_offer: [
        {
          ...here,
          currency: 'JPY',
          audience: 'ALL',
          our_price: [{ schedule: [{ value_with_tax: o.price }] }],
        },
      ],
    }),
    ...(o.words && { item_name: inJapanese(o.words.name) }),
    ...(o.words?.description && { product_description: inJapanese(o.words.description) }),
    ...(o.item !== null && {
      condition_type: [{ value: 'new_new', ...here }],
      merchant_suggested_asin: [{ value: o.item, ...here }],
    }),
  }
}
/** An offer of what Amazon sells already, without the facts of the product. */
const offerOnly = 'LISTING_OFFER_ONLY'
/** The body of patchListingsItem. */
export const writePatch = (o: Offer, settings: Settings) => ({
  productType: o.product_type,
  patches: Object.entries(attributesOf(o, settings)).map(([name, value]) => ({
    op: 'replace',
    path: `/attributes/${name}`,
    value,
  })),
})
/** The body of putListingsItem, which makes an offer. */
export const writePut = (o: Offer, settings: Settings) => ({
  productType: o.product_type,
  requirements: offerOnly,
  attributes: attributesOf(o, settings),
})
/** A JSON_LISTINGS_FEED: both for many at once. */
export const writeFeed = (offers: readonly Offer[], settings: Settings) => ({
  header: { sellerId: settings.seller!, version: '2.0', issueLocale: 'ja_JP' },
  messages: offers.map((o, i) => ({
    messageId: i + 1,
    sku: o.external_sku,
    ...(o.item === null
      ? { operationType: 'PARTIAL_UPDATE' }
      : { operationType: 'UPDATE', requirements: offerOnly }),
    productType: o.product_type,
    attributes: attributesOf(o, settings),
  })),
})

/** ORDER_CHANGE says which order; what it is now is asked for. Anything else is of no interest. */
export function readNotice(body: unknown): { id: string; sale: string } | undefined {
  const n = part(body, '/')
  if (n.NotificationType !== 'ORDER_CHANGE') return undefined
  const change = part(part(n.Payload, '/Payload').OrderChangeNotification, '/Payload/OrderChangeNotification')
  return {
    id: text(
      part(n.NotificationMetadata, '/NotificationMetadata').NotificationId,
      '/NotificationMetadata/NotificationId',
      80,
    ),
    sale: text(change.AmazonOrderId, '/Payload/OrderChangeNotification/AmazonOrderId', 80),
  }
}
