/** Answers that the routes describe only as objects, field by field. */
export type Text = { ja: string; en: string }
export type Page<Row> = { items: Row[]; next: string | null }
export type Options = Readonly<Record<string, string>>

export type Allocation = {
  allocation: number
  sku: string
  place: number
  place_code: string
  place_name: Text
  per_line: number
  /** With what is short: the goods it waits for are held for it already. */
  held: number
  short: number
  shipped: number
}
export type OrderLine = {
  line: number
  code: string
  name: Text
  options: Options
  options_text: Text
  quantity: number
  unit_price: number
  amount: number
  rate: number
  trace: Readonly<Record<string, unknown>>
  held: number
  short: number
  shipped: number
  returned: number
  cancelled: number
  allocations: Allocation[]
}
export type Order = {
  order: number
  version: number
  shop: number
  channel: string
  external_id: string | null
  state: 'open' | 'closed' | 'cancelled'
  status: string
  placed_at: string
  recorded_at: string
  payment: string
  pay_by: string | null
  total: number
  goods: number
  shipping: number
  fee: number
  discount: number
  points: number
  taxes: { rate: number; due: number; tax: number }[]
  terms: Readonly<Record<string, unknown>>
  masked: boolean
  buyer: {
    identity: number
    masked: boolean
    name?: string
    kana?: string
    email?: string
    phone?: string
  }
  destinations: {
    no: number
    place: string | null
    masked: boolean
    erased: boolean
    name?: string
    postal?: string
    address?: string
    phone?: string
  }[]
  owed: number
  captured: number
  refunded: number
  lines: OrderLine[]
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
    reference: string | null
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
  history: { seq: number; kind: string; happened_at: string; recorded_at: string; actor: number }[]
}
export type OrderMovement = {
  seq: number
  book: 'stock' | 'money' | 'points'
  unit: number
  sku: string | null
  reason: string
  amount: number
  from_kind: string | null
  to_kind: string | null
  actor: number
  happened_at: string
  recorded_at: string
}
export type StockRow = {
  sku: string
  jan: string | null
  product: string
  name: Text
  options: Options
  options_text: Text
  place: number
  place_code: string
  place_name: Text
  on_hand: number
  held: number
  short: number
  quarantine: number
  in_transit: number
}
export type StockMovement = {
  seq: number
  reason: string
  /** Signed as the number of the stock screen saw it. */
  amount: number
  from: string | null
  to: string | null
  /** The order, the transfer or whatever else caused it. */
  ref: number | null
  actor: number
  happened_at: string
  recorded_at: string
}
export type Transfer = {
  transfer: number
  origin: string
  target: string
  state: 'under_way' | 'arrived'
  sent_at: string
  arrived_at: string | null
  lines: { sku: string; name: Text; quantity: number }[]
}
export type Shortage = {
  shortage: number
  version: number
  order: number
  channel: string
  line: number
  sku: string
  name: Text
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
}
export type Proof = {
  at: string
  transfers: number
  accounts: number
  events: number
  differences: { check: string; what: string; expected: string; found: string }[]
  more: boolean
}
export type Follower = {
  name: string
  generation: number
  state: string
  behind: number
  behind_seconds: number
  failures: number
  failure: string | null
  failed_at: string | null
  moved_at: string
}
export type Holder = { pid: number; application: string; state: string; seconds: number; query: string }

/** By route. */
export type Answers = {
  order: Order
  'order.movements': Page<OrderMovement>
  'order.ship': { shipment: number; lines: { line: number; quantity: number }[] }
  'order.cancel': { released: number; waived: number; refunded: number; cancelled: boolean }
  'order.capture': { owed: number; captured: number }
  'order.refund': { captured: number }
  'order.return': { record: number; refunded: number; points_taken: number }
  shortages: Page<Shortage>
  'shortage.solve': { covered: number; left: number }
  'shortage.assign': object
  stock: Page<StockRow>
  'stock.movements': Page<StockMovement>
  transfers: Page<Transfer>
  proof: { proof: Proof | null }
  'proof.run': { proof: Proof }
  followers: { items: Follower[]; holders: Holder[]; shopfront: { fresh_at: string; rounds: number } }
  'till.sign_in': {
    till: string
    place: number
    staff: { id: number; role: string }
    shop: { name?: Text; registration_number?: string; seller?: string }
  }
}
