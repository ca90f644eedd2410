/** A small shop for the gate's own tests: a versioned cart, lines that belong to it, prices, and accounts of every sort. */
import assert from 'node:assert/strict'
import pg from 'pg'
import { sql, type ClientConfig } from '#kernel/db'
import { append, event } from '#kernel/journal'
import { account, balance, kind, level, move, post, prove, type Account } from '#kernel/ledger'
import { refusal } from '#kernel/refusal'
import { Type } from 'typebox'
import { Gate, reader, table, type GateOptions, type Tx } from './index.ts'

export const schema = `
  create schema test;
  create table test.cart (id uuid primary key, version integer not null default 1, state text not null, note text);
  create table test.line (id uuid primary key, version integer not null default 1, cart uuid not null references test.cart, sku bigint not null, quantity integer not null);
  create index line_cart on test.line (cart);
  create table test.price (sku bigint primary key, price bigint not null);
  create table test.placed (id bigint primary key, cart uuid not null unique references test.cart, number bigint unique, owed bigint not null);
  create table test.seat (id uuid primary key, version integer not null default 1, name text not null unique, taken integer not null);
  insert into test.price select g, 1000 from generate_series(1, 50) g;
  grant usage on schema test to akinai_app; grant all on all tables in schema test to akinai_app`
const empty = `truncate test.cart, test.line, test.placed, test.seat, ledger.transfer, ledger.account, kernel.request, kernel.event;
  update kernel.forgotten set seq = 0, event = 0`

const kinds = {
  shelf: kind({ number: 501, name: 'test.shelf', book: 'stock' }),
  held: kind({ number: 502, name: 'test.held', book: 'stock', ephemeral: true }),
  outside: kind({ number: 503, name: 'test.outside', book: 'stock', counter: true }),
  coupon: kind({ number: 504, name: 'test.coupon', book: 'points' }),
  couponsOut: kind({ number: 505, name: 'test.coupons_out', book: 'points', counter: true }),
  points: kind({ number: 506, name: 'test.points', book: 'points' }),
  pointsOut: kind({ number: 507, name: 'test.points_out', book: 'points', counter: true }),
  owed: kind({ number: 508, name: 'test.owed', book: 'money', floor: null, ephemeral: true }),
  sales: kind({ number: 509, name: 'test.sales', book: 'money', counter: true }),
}
export const on = (sku: number, place = 0) => account(kinds.shelf, sku * 10 + place, { unit: sku, place })
export const held = (order: number, sku: number) => account(kinds.held, order * 100 + sku, { unit: sku })
export const outside = (sku: number) => account(kinds.outside, sku, { unit: sku })
export const coupon = (code: number) => account(kinds.coupon, code, { unit: 1 })
export const couponsOut = account(kinds.couponsOut, 1, { unit: 1 })
export const points = (customer: number) => account(kinds.points, customer, { unit: 2 })
export const pointsOut = account(kinds.pointsOut, 2, { unit: 2 })
export const owed = (order: number) => account(kinds.owed, order, { unit: 0, currency: 'JPY' })
export const sales = account(kinds.sales, 0, { unit: 0, currency: 'JPY' })

const words = () => ['×'] as const
export const Out = refusal<{ sku: number; has: number }>('test.out', 'refused', words, words)
export const UsedUp = refusal('test.used_up', 'refused', words, words)
export const PointsShort = refusal<{ has: number }>('test.points_short', 'refused', words, words)
export const CartClosed = refusal('test.cart_closed', 'conflict', words, words)
export const CartMissing = refusal('test.cart_missing', 'missing', words, words)
export const PriceChanged = refusal<{ total: number }>('test.price_changed', 'conflict', words, words)
export const NumberTaken = refusal<{ number: number }>('test.number_taken', 'conflict', words, words)
const OrderPlaced = event(
  'test.placed',
  Type.Object({ order: Type.Number(), lines: Type.Number() }, { additionalProperties: false }),
)

type Cart = { id: string; state: string; note: string | null }
type Line = { id: string; cart: string; sku: number; quantity: number }
type Placed = { id: number; cart: string; number: number | null; owed: number }
type Seat = { id: string; name: string; taken: number }
export const carts = table<Cart>('test.cart', { id: 'uuid', state: 'text', note: 'text' })
export const lines = table<Line>('test.line', {
  id: 'uuid',
  cart: 'uuid',
  sku: 'bigint',
  quantity: 'integer',
})
const placed = table<Placed>(
  'test.placed',
  { id: 'bigint', cart: 'uuid', number: 'bigint', owed: 'bigint' },
  { placed_number_key: (row) => NumberTaken({ number: row.number! }) },
)
const seats = table<Seat>(
  'test.seat',
  { id: 'uuid', name: 'text', taken: 'integer' },
  { seat_name_key: 'rerun' },
)
export const cartById = reader<string, Cart & { version: number }>(
  'id',
  (ids) => sql`select id, version, state, note from test.cart where id = any(${ids}::uuid[])`,
)
export const linesOf = reader<string, Line & { version: number }>(
  'cart',
  (ids) =>
    sql`select id, version, cart, sku, quantity from test.line where cart = any(${ids}::uuid[]) order by id`,
)
const priceOf = reader<number, { sku: number; price: number }>(
  'sku',
  (skus) => sql`select sku, price from test.price where sku = any(${skus}::bigint[])`,
)
const seatByName = reader<string, Seat & { version: number }>(
  'name',
  (names) => sql`select id, version, name, taken from test.seat where name = any(${names}::text[])`,
)

export async function receive(tx: Tx, ask: { sku: number; place?: number; amount: number }) {
  post(tx, { moves: [move(outside(ask.sku), on(ask.sku, ask.place), ask.amount)], reason: 'test' })
}
/** A count sets a shelf to what was counted. */
export async function count(tx: Tx, ask: { sku: number; place?: number; to: number }) {
  post(tx, { moves: [level(on(ask.sku, ask.place), ask.to, outside(ask.sku))], reason: 'test.count' })
}
export async function take(tx: Tx, ask: { sku: number; place?: number; amount: number }) {
  post(tx, {
    moves: [move(on(ask.sku, ask.place), outside(ask.sku), ask.amount)],
    reason: 'test',
    no: ([s]) => Out({ sku: ask.sku, has: s!.has }),
  })
}
/** Several lines at once, in the order given. */
export async function holdAll(tx: Tx, ask: { order: number; skus: readonly number[] }) {
  const moves = ask.skus.map((sku) => move(on(sku), held(ask.order, sku), 1))
  post(tx, { moves, reason: 'test', no: ([s]) => Out({ sku: s!.account.of.unit, has: s!.has }) })
  return { order: ask.order }
}
export async function release(tx: Tx, ask: { order: number; skus: readonly number[] }) {
  post(tx, { moves: ask.skus.map((sku) => move(held(ask.order, sku), on(sku), 1)), reason: 'test' })
}
export async function issue(tx: Tx, ask: { code: number; limit: number }) {
  post(tx, { moves: [move(couponsOut, coupon(ask.code), ask.limit)], reason: 'test' })
}
export async function grant(tx: Tx, ask: { customer: number; points: number }) {
  post(tx, { moves: [move(pointsOut, points(ask.customer), ask.points)], reason: 'test' })
}
export async function createCart(tx: Tx, ask: { lines: readonly (readonly [number, number])[] }) {
  const id = tx.id()
  // Before their parent, on purpose.
  const made = ask.lines.map(([sku, quantity]) => tx.insert(lines, { id: tx.id(), cart: id, sku, quantity }))
  tx.insert(carts, { id, state: 'open', note: null })
  return { cart: id, lines: made.map((l) => l.id) }
}
async function open(tx: Tx, id: string) {
  const cart = await cartById.guard(tx, carts, id)
  if (!cart) throw CartMissing({})
  if (cart.state !== 'open') throw CartClosed({})
  return cart
}
export async function describe(tx: Tx, ask: { cart: string; note: string }) {
  tx.update(carts, await open(tx, ask.cart), { note: ask.note })
}
/** A child changes under its root's guard: the root is touched. */
export async function addLine(tx: Tx, ask: { cart: string; sku: number; quantity: number }) {
  const cart = await open(tx, ask.cart)
  const { id } = tx.insert(lines, { id: tx.id(), cart: cart.id, sku: ask.sku, quantity: ask.quantity })
  tx.update(carts, cart, {})
  return { line: id }
}
/** Removes the first line; the last one takes the cart with it. */
export async function removeLine(tx: Tx, ask: { cart: string }) {
  const cart = await open(tx, ask.cart)
  const all = await linesOf.guardAll(tx, lines, ask.cart)
  if (all[0]) tx.delete(lines, all[0])
  if (all.length <= 1) tx.delete(carts, cart)
  else tx.update(carts, cart, {})
  return { left: all.length - 1 }
}
/** Counts how often a name was asked for: made by the first, whoever that is. */
export async function sit(tx: Tx, ask: { name: string; by: string }) {
  const seat = await seatByName.guard(tx, seats, ask.name)
  if (seat) tx.update(seats, seat, { taken: seat.taken + 1 })
  else tx.insert(seats, { id: tx.id(), name: ask.name, taken: 1 })
}

export type PlaceOrder = {
  cart: string
  expects: number
  customer?: number
  coupon?: number
  spend?: number
  anywhere?: boolean
  number?: number
}
export async function placeOrder(tx: Tx, ask: PlaceOrder) {
  const cart = await open(tx, ask.cart)
  const wanted = await linesOf.all(tx, cart.id)
  const prices = await Promise.all(wanted.map((l) => priceOf.one(tx, l.sku)))
  const total = wanted.reduce((sum, l, i) => sum + prices[i]!.price * l.quantity, 0) - (ask.coupon ? 500 : 0)
  if (total !== ask.expects) throw PriceChanged({ total })
  const from: Account[] = []
  for (const l of wanted) {
    if (!ask.anywhere) from.push(on(l.sku))
    else from.push((await balance(tx, on(l.sku, 0))) >= l.quantity ? on(l.sku, 0) : on(l.sku, 1))
    if (ask.anywhere) await balance(tx, on(l.sku, 1))
  }
  const order = tx.number()
  const due = total - (ask.spend ?? 0)
  tx.insert(placed, { id: order, cart: cart.id, number: ask.number ?? null, owed: due })
  post(tx, {
    moves: wanted.map((l, i) => move(from[i]!, held(order, l.sku), l.quantity)),
    reason: 'test.held',
    ref: order,
    no: ([s]) => Out({ sku: s!.account.of.unit, has: s!.has }),
  })
  if (ask.coupon)
    post(tx, { moves: [move(coupon(ask.coupon), couponsOut, 1)], reason: 'test', no: () => UsedUp({}) })
  if (ask.spend)
    post(tx, {
      moves: [move(points(ask.customer ?? 1), pointsOut, ask.spend)],
      reason: 'test',
      no: ([s]) => PointsShort({ has: s!.has }),
    })
  if (due > 0) post(tx, { moves: [move(sales, owed(order), due)], reason: 'test.owed', ref: order })
  tx.update(carts, cart, { state: 'placed' })
  append(tx, OrderPlaced, { subject: `order:${order}`, body: { order, lines: wanted.length } })
  return { order, owed: due }
}

export type Arena = {
  readonly app: ClientConfig
  readonly owner: ClientConfig
  readonly gate: Gate
  readonly db: pg.Client
  open(o?: GateOptions): Promise<Gate>
}
async function connect(config: ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  return client
}
/** An empty shop and a gate; whatever was opened is closed, and the books are proven at the end. */
export async function inArena<T>(
  config: { owner: ClientConfig; app: ClientConfig; crashes?: boolean },
  run: (arena: Arena) => Promise<T>,
): Promise<T> {
  let db = await connect(config.owner)
  const gates: Gate[] = []
  try {
    if ((await db.query(`select to_regnamespace('test') as there`)).rows[0].there) await db.query(empty)
    else await db.query(schema)
    const open = async (o: GateOptions = {}) => {
      const gate = await Gate.open(config.app, o)
      gates.push(gate)
      return gate
    }
    const result = await run({ ...config, db, gate: await open(), open })
    if (config.crashes) db = await connect(config.owner)
    assert.deepEqual((await prove(db, shopChecks)).differences, [])
    return result
  } finally {
    await Promise.all(gates.map((g) => g.close()))
    await db.end().catch(() => {})
  }
}
/** What holds between the shop's rows and the books. */
const shopChecks = [
  {
    name: 'an order owes what it says, and was announced once',
    query: `select 'order ' || p.id as what from test.placed p left join ledger.account a on a.id = (508::bigint << 44) + p.id
      where coalesce(a.balance, 0) <> p.owed or (select count(*) from kernel.event where subject = 'order:' || p.id) <> 1`,
  },
  {
    name: 'a placed cart has its order',
    query: `select 'cart ' || c.id as what from test.cart c left join test.placed p on p.cart = c.id where (c.state = 'placed') <> (p.id is not null)`,
  },
]
