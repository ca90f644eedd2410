/** P5c: commands that share rows, run together, end as the same commands run one by one in the order the gate chose. */
import assert from 'node:assert/strict'
import type { ClientConfig } from '#kernel/db'
import { chanceFrom, uuid } from '#kernel/ids'
import { append, event } from '#kernel/journal'
import { Refusal } from '#kernel/refusal'
import { Type } from 'typebox'
import type { Flow, Gate, Tx } from './index.ts'
import * as shop from './lab.ts'

export default (config: { owner: ClientConfig; app: ClientConfig }) =>
  together(config, Number(process.env.BATCHES ?? 100_000), Date.now() % 2 ** 31)

/** Its place in the journal tells which command was decided before which. */
const Did = event('test.did', Type.Object({}))
const noted =
  <A, T>(flow: Flow<A, T>): Flow<A, T> =>
  async (tx: Tx, ask: A) => {
    const said = await flow(tx, ask)
    append(tx, Did, { subject: 'test', body: {} })
    return said
  }
const flows = {
  receive: noted(shop.receive),
  count: noted(shop.count),
  take: noted(shop.take),
  grant: noted(shop.grant),
  issue: noted(shop.issue),
  describe: noted(shop.describe),
  addLine: noted(shop.addLine),
  removeLine: noted(shop.removeLine),
  placeOrder: noted(shop.placeOrder),
  createCart: noted(shop.createCart),
  sit: noted(shop.sit),
}
type Name = keyof typeof flows
type Command = { readonly name: Name; readonly ask: never; readonly key: string }
type Cart = { state: string; note: string | null; lines: Map<string, { sku: number; quantity: number }> }

/** The same shop in memory. Each command either is possible and done, or it throws. */
class Model {
  shelf = new Map<number, number>()
  coupon = 0
  points = 0
  owed = 0
  seats = new Map<string, number>()
  carts = new Map<string, Cart>()
  shift(sku: number, by: number) {
    const now = (this.shelf.get(sku) ?? 0) + by
    assert.ok(now >= 0, `shelf ${sku} would stand at ${now}`)
    this.shelf.set(sku, now)
  }
  open(id: string): Cart {
    const cart = this.carts.get(id)
    assert.ok(cart && cart.state === 'open', `cart is ${cart?.state ?? 'missing'}`)
    return cart
  }
  apply(name: Name, ask: Record<string, never>, said: Record<string, never>): void {
    const a = ask as Record<string, never> & {
      sku: number
      amount: number
      to: number
      points: number
      limit: number
      cart: string
      note: string
      quantity: number
      name: string
      coupon?: number
      spend?: number
    }
    if (name === 'receive') this.shift(a.sku, a.amount)
    else if (name === 'take') this.shift(a.sku, -a.amount)
    else if (name === 'count') this.shelf.set(a.sku, a.to)
    else if (name === 'grant') this.points += a.points
    else if (name === 'issue') this.coupon += a.limit
    else if (name === 'describe') this.open(a.cart).note = a.note
    else if (name === 'sit') this.seats.set(a.name, (this.seats.get(a.name) ?? 0) + 1)
    else if (name === 'createCart') {
      const { cart, lines } = said as unknown as { cart: string; lines: string[] }
      const wanted = (ask as unknown as { lines: [number, number][] }).lines
      this.carts.set(cart, {
        state: 'open',
        note: null,
        lines: new Map(lines.map((id, i) => [id, { sku: wanted[i]![0], quantity: wanted[i]![1] }])),
      })
    } else if (name === 'addLine')
      this.open(a.cart).lines.set((said as unknown as { line: string }).line, {
        sku: a.sku,
        quantity: a.quantity,
      })
    else if (name === 'removeLine') {
      const { lines } = this.open(a.cart)
      const first = [...lines.keys()].toSorted()[0]
      if (first) lines.delete(first)
      assert.equal((said as unknown as { left: number }).left, first ? lines.size : -1)
      if (lines.size === 0) this.carts.delete(a.cart)
    } else {
      const cart = this.open(a.cart)
      const total = [...cart.lines.values()].reduce((s, l) => s + l.quantity * 1000, 0)
      const spend = a.spend ?? 0
      for (const l of cart.lines.values()) this.shift(l.sku, -l.quantity)
      if (a.coupon) assert.ok(--this.coupon >= 0, 'the coupon was used up')
      assert.ok((this.points -= spend) >= 0, 'the points would not reach')
      const due = total - (a.coupon ? 500 : 0) - spend
      assert.equal((said as unknown as { owed: number }).owed, due)
      this.owed += due
      cart.state = 'placed'
    }
  }
}

export async function together(
  config: { owner: ClientConfig; app: ClientConfig },
  batches: number,
  seed: number,
): Promise<string> {
  const random = chanceFrom(seed)
  const pick = (n: number) => Math.floor(random() * n)
  return shop.inArena(config, async (a) => {
    const model = new Model()
    const gates = [a.gate, await a.open({ batch: 3 }), await a.open({ lanes: 3, batch: 4 })]
    const open: { id: string; total: number }[] = []
    let last = 0
    let commands = 0
    let refused = 0

    const command = (): Command => {
      const cart = open[pick(open.length)]
      const sku = 1 + pick(2)
      const kinds: [number, () => Omit<Command, 'key'>][] = [
        [2, () => ({ name: 'receive', ask: { sku, amount: 1 + pick(4) } as never })],
        [1, () => ({ name: 'count', ask: { sku, to: pick(12) } as never })],
        [3, () => ({ name: 'take', ask: { sku, amount: 1 + pick(3) } as never })],
        [1, () => ({ name: 'grant', ask: { customer: 1, points: 100 } as never })],
        [1, () => ({ name: 'issue', ask: { code: 7, limit: 1 } as never })],
        [2, () => ({ name: 'describe', ask: { cart: cart!.id, note: `${pick(99)}` } as never })],
        [
          2,
          // A cart that asks for more than any shelf has would stay, and grow for ever.
          () =>
            (model.carts.get(cart!.id)?.lines.size ?? 0) < 6
              ? { name: 'addLine', ask: { cart: cart!.id, sku, quantity: 1 } as never }
              : { name: 'removeLine', ask: { cart: cart!.id } as never },
        ],
        [1, () => ({ name: 'removeLine', ask: { cart: cart!.id } as never })],
        [1, () => ({ name: 'sit', ask: { name: `seat ${pick(1 + batches / 50)}`, by: '' } as never })],
        [
          5,
          () => {
            const lines = model.carts.get(cart!.id)?.lines
            const total = [...(lines?.values() ?? [])].reduce((s, l) => s + l.quantity * 1000, 0)
            const use = {
              ...(random() < 0.5 && { coupon: 7 }),
              ...(random() < 0.4 && { spend: 100 * (1 + pick(2)) }),
            }
            // What the cart may come to once a neighbour has added or removed a line.
            const guess = total + 1000 * (pick(4) === 0 ? pick(3) - 1 : 0)
            const expects = guess - (use.coupon ? 500 : 0)
            return { name: 'placeOrder', ask: { cart: cart!.id, expects, customer: 1, ...use } as never }
          },
        ],
      ]
      let at = pick(kinds.reduce((n, [weight]) => n + weight, 0))
      const [, make] = kinds.find(([weight]) => (at -= weight) < 0)!
      return { ...make(), key: uuid() }
    }

    for (let n = 0; n < batches; n++) {
      const asks: Command[] = []
      while (open.length + asks.length < 2)
        asks.push({
          name: 'createCart',
          ask: { lines: [[1 + pick(2), 1 + pick(2)], ...(random() < 0.5 ? [[3, 1]] : [])] } as never,
          key: uuid(),
        })
      if (open.length) for (let i = 4 + pick(8); i > 0; i--) asks.push(command())
      const said = new Map<string, unknown>()
      const lone = n % 3 === 0 ? gates[0] : undefined
      await Promise.all(
        asks.map(async (c) => {
          try {
            const gate: Gate = lone ?? gates[pick(gates.length)]!
            said.set(c.key, await gate.run(flows[c.name] as Flow<never, unknown>, c.ask, { key: c.key }))
          } catch (e) {
            if (!(e instanceof Refusal)) throw e
            refused++
          }
        }),
      )
      const { rows } = await a.db.query(
        `select key, seq from kernel.event where kind = 'test.did' and seq > $1 order by seq`,
        [last],
      )
      last = rows.at(-1)?.seq ?? last
      assert.equal(rows.length, said.size, `seed ${seed}, batch ${n}`)
      for (const row of rows) {
        const c = asks.find((x) => x.key === row.key)!
        try {
          model.apply(c.name, c.ask, said.get(c.key) as never)
        } catch (e) {
          const order = rows.map((r) => asks.find((x) => x.key === r.key)!).map((x) => [x.name, x.ask])
          throw new Error(
            `seed ${seed}, batch ${n}, ${c.name}: ${(e as Error).message}\n${JSON.stringify(order)}`,
          )
        }
      }
      commands += asks.length
      open.length = 0
      for (const [id, cart] of model.carts)
        if (cart.state === 'open') open.push({ id, total: 0 })
        else model.carts.delete(id)
      if (n % 100 === 99 || n === batches - 1) await compare(a, model, `seed ${seed}, batch ${n}`)
      if (n % 5000 === 4999) console.error(`seed ${seed}: ${n + 1} batches, ${commands} commands, same state`)
    }
    const sum = (of: (g: Gate) => number) => gates.reduce((total, g) => total + of(g), 0)
    const commits = sum((g) => g.stats.commits)
    const conflicts = sum((g) => g.stats.conflicts)
    assert.ok(conflicts > 0 && refused > 0 && commits < commands)
    return `seed ${seed}: batches ${batches}, commands ${commands}, refused ${refused}, commits ${commits}, run again ${conflicts}, splits ${sum((g) => g.stats.splits)}: same state`
  })
}

async function compare(a: shop.Arena, model: Model, where: string): Promise<void> {
  const { rows } = await a.db.query(`
    select (select jsonb_object_agg(unit, balance) from ledger.account where kind = 501) as shelf,
      (select coalesce(sum(balance), 0)::int from ledger.account where kind = 504) as coupon,
      (select coalesce(sum(balance), 0)::int from ledger.account where kind = 506) as points,
      (select coalesce(sum(balance), 0)::bigint from ledger.account where kind = 508) as owed,
      (select coalesce(jsonb_object_agg(name, taken), '{}') from test.seat) as seats,
      (select coalesce(jsonb_object_agg(c.id, jsonb_build_array(c.note, (select coalesce(jsonb_object_agg(l.id, jsonb_build_array(l.sku, l.quantity)), '{}') from test.line l where l.cart = c.id))), '{}') from test.cart c where c.state = 'open') as carts`)
  const carts = [...model.carts]
    .filter(([, c]) => c.state === 'open')
    .map(([id, c]) => [
      id,
      [c.note, Object.fromEntries([...c.lines].map(([line, l]) => [line, [l.sku, l.quantity]]))],
    ])
  const stands = {
    shelf: Object.fromEntries(
      [...model.shelf].filter(([sku]) => rows[0].shelf?.[sku] !== undefined || model.shelf.get(sku)),
    ),
    coupon: model.coupon,
    points: model.points,
    owed: model.owed,
    seats: Object.fromEntries(model.seats),
    carts: Object.fromEntries(carts),
  }
  assert.deepEqual({ ...rows[0], shelf: rows[0].shelf ?? {} }, stands, where)
}
