/** What the desk, the stock screen and the house answer, field by field. Tests hold every real answer against it. */
import Type from 'typebox'
import { nullable, text } from './shapes.ts'

/** A moment: a `Date` in here, ISO 8601 with its zone once it is sent. */
export const moment = Type.Unsafe<Date | string>(Type.String({ format: 'date-time' }))
const count = Type.Integer()
const name = Type.String()
const options = Type.Record(Type.String(), Type.String())
const tax = Type.Object({ rate: count, due: count, tax: count })

const allocation = Type.Object({
  allocation: count,
  sku: name,
  place: count,
  place_code: name,
  place_name: text,
  per_line: count,
  /** With what is short: the goods it waits for are held for it already. */
  held: count,
  short: count,
  shipped: count,
  /** Each unit bears a number of its own; these are the buyer's. */
  serial_kept: Type.Boolean(),
  serials: Type.Array(name),
})
const orderLine = Type.Object({
  line: count,
  code: name,
  name: text,
  options,
  options_text: text,
  quantity: count,
  unit_price: Type.Number(),
  amount: count,
  rate: count,
  /** Why it costs what it costs: the rule, and the shares of discount and points. */
  trace: Type.Object({
    price: Type.Optional(count),
    rule: name,
    rounding: name,
    discount: count,
    points: count,
    /** As the till read them off the goods. */
    serials: Type.Optional(Type.Array(name)),
  }),
  held: count,
  short: count,
  shipped: count,
  returned: count,
  cancelled: count,
  allocations: Type.Array(allocation),
})
export const status = Type.Enum([
  'short',
  'waiting_payment',
  'to_ship',
  'part_shipped',
  'shipped',
  'returned',
  'cancelled',
])
export const orderRow = Type.Object({
  order: count,
  channel: name,
  external_id: nullable(name),
  status,
  payment: name,
  placed_at: moment,
  currency: name,
  total: count,
  owed: count,
  captured: count,
  refunded: count,
  quantity: count,
  short: count,
})
/** As they were agreed: on the web what the final confirmation showed, at the till what was tendered, of a mall what its parts do not explain, of the past what was no goods. */
const terms = Type.Union([
  Type.Object({
    quantity: count,
    total: count,
    when_to_pay: text,
    delivery: text,
    cancellation: text,
    offer_until: nullable(name),
  }),
  Type.Object({ till: count, tendered: count, change: count }),
  Type.Object({ told_total: count, unexplained: count }),
  Type.Object({ services: Type.Array(Type.Object({ code: name, amount: count })) }),
  Type.Null(),
])
/** What staff wrote about it, for those who may see the person it is about, while there is one. */
const note = nullable(name)
const said = (what: string) => Type.Optional(Type.String({ description: what }))
export const order = Type.Object({
  order: count,
  version: count,
  shop: count,
  channel: name,
  external_id: nullable(name),
  state: Type.Enum(['open', 'closed', 'cancelled']),
  status,
  placed_at: moment,
  recorded_at: moment,
  payment: name,
  pay_by: nullable(moment),
  currency: name,
  total: count,
  goods: count,
  shipping: count,
  fee: count,
  discount: count,
  points: count,
  taxes: Type.Array(tax),
  terms,
  owed: count,
  captured: count,
  refunded: count,
  masked: Type.Boolean(),
  buyer: Type.Object({
    identity: count,
    /** Of those that are known to be one customer; null of one by itself. */
    customer: nullable(count),
    masked: Type.Boolean(),
    name: said('For those who may see a person, while there is one.'),
    kana: said('Kana of the name.'),
    email: said('Mail address.'),
    phone: said('Telephone number.'),
  }),
  destinations: Type.Array(
    Type.Object({
      no: count,
      place: nullable(name),
      masked: Type.Boolean(),
      erased: Type.Boolean(),
      name: said('For those who may see a person, while there is one.'),
      postal: said('Postal code.'),
      address: said('In one line.'),
      phone: said('Telephone number.'),
    }),
  ),
  lines: Type.Array(orderLine),
  shipments: Type.Array(
    Type.Object({
      shipment: count,
      carrier: nullable(name),
      tracking: nullable(name),
      shipped_at: moment,
      lines: Type.Array(Type.Object({ line: count, sku: count, quantity: count })),
    }),
  ),
  payments: Type.Array(
    Type.Object({
      kind: Type.Enum(['capture', 'refund']),
      method: name,
      amount: count,
      /** What a refund followed from. */
      reason: nullable(Type.Enum(['desk', 'cancelled', 'returned'])),
      note,
      happened_at: moment,
    }),
  ),
  shortages: Type.Array(
    Type.Object({
      shortage: count,
      line: count,
      owner: name,
      deadline: moment,
      next_step: name,
      state: name,
    }),
  ),
  history: Type.Array(
    Type.Object({
      seq: count,
      kind: name,
      happened_at: moment,
      recorded_at: moment,
      /** 0 is the house itself, or the customer. */
      actor: count,
      /** Of a member of staff; nothing of anybody else. */
      actor_name: nullable(name),
      /** Why an order was cancelled: somebody decided so, or it was not paid. */
      reason: nullable(Type.Enum(['desk', 'unpaid'])),
      note,
    }),
  ),
})
export const orderMovement = Type.Object({
  seq: count,
  book: Type.Enum(['stock', 'money', 'points']),
  unit: count,
  sku: nullable(name),
  /** Of the order; money and points have none. */
  line: nullable(count),
  reason: name,
  amount: count,
  from_kind: nullable(name),
  to_kind: nullable(name),
  actor: count,
  happened_at: moment,
  recorded_at: moment,
})
export const shortage = Type.Object({
  shortage: count,
  version: count,
  order: count,
  channel: name,
  line: count,
  sku: name,
  serial_kept: Type.Boolean(),
  name: text,
  place_id: count,
  place: name,
  quantity: count,
  owner: name,
  deadline: moment,
  next_step: name,
  state: Type.Enum(['open', 'solved', 'cancelled']),
  opened_at: moment,
  closed_at: nullable(moment),
  free: count,
})
export const stockRow = Type.Object({
  /** The number of the SKU; with that of the place it names the row. */
  id: count,
  sku: name,
  jan: nullable(name),
  serial_kept: Type.Boolean(),
  product: name,
  name: text,
  options,
  options_text: text,
  place: count,
  place_code: name,
  place_name: text,
  on_hand: count,
  held: count,
  short: count,
  quarantine: count,
  in_transit: count,
})
export const stockMovement = Type.Object({
  seq: count,
  reason: name,
  /** Signed as the number of the stock screen saw it. */
  amount: count,
  from: nullable(name),
  to: nullable(name),
  /** The order, the transfer or whatever else caused it. */
  ref: nullable(count),
  actor: count,
  happened_at: moment,
  recorded_at: moment,
})
const serialState = Type.Enum(['on_shelf', 'in_transit', 'sold', 'gone'])
export const serial = Type.Object({
  id: count,
  serial: name,
  sku: name,
  name: text,
  state: serialState,
  place: nullable(name),
  place_name: nullable(text),
  condition: nullable(count),
  transfer: nullable(count),
  order: nullable(count),
})
export const serialStep = Type.Object({
  seq: count,
  state: serialState,
  place: nullable(name),
  transfer: nullable(count),
  order: nullable(count),
  actor: count,
  actor_name: nullable(name),
  happened_at: moment,
})
export const transfer = Type.Object({
  transfer: count,
  origin: name,
  target: name,
  state: Type.Enum(['under_way', 'arrived']),
  sent_at: moment,
  arrived_at: nullable(moment),
  lines: Type.Array(Type.Object({ sku: name, name: text, quantity: count })),
})
export const proof = Type.Object({
  at: moment,
  transfers: count,
  accounts: count,
  events: count,
  differences: Type.Array(
    Type.Object({
      check: name,
      what: name,
      expected: Type.Optional(name),
      found: Type.Optional(name),
    }),
  ),
  more: Type.Boolean(),
  /** How long it took; absent of one that has just run. */
  seconds: Type.Optional(Type.Number()),
})
export const follower = Type.Object({
  name,
  generation: count,
  state: name,
  behind: count,
  behind_seconds: count,
  failures: count,
  failure: nullable(name),
  failed_at: nullable(moment),
  moved_at: moment,
})
export const holder = Type.Object({
  pid: count,
  application: name,
  /** Neither is told of another user's connection. */
  state: nullable(name),
  seconds: nullable(count),
  query: name,
})
