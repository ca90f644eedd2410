/** What the gate promises, each a claim that prints its counts. The tests run them on this kernel and on broken copies of it. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { uuid } from '#kernel/ids'
import { level, move, post } from '#kernel/ledger'
import { Busy, KeyReused, Refusal } from '#kernel/refusal'
import { sql } from '#kernel/db'
import type { Gate, Tx } from './index.ts'
import * as shop from './lab.ts'
import type { Arena } from './lab.ts'

export type Claim = (a: Arena) => Promise<string>

export const tally = (results: readonly PromiseSettledResult<unknown>[]) => {
  const counts: Record<string, number> = {}
  for (const r of results) {
    const said =
      r.status === 'fulfilled' ? 'ok' : r.reason instanceof Refusal ? r.reason.code : String(r.reason)
    counts[said] = (counts[said] ?? 0) + 1
  }
  return counts
}
const times = <T>(n: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => make(i)))
const settled = <T>(n: number, make: (i: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: n }, (_, i) => make(i)))
const cartOf = async (g: Gate, ...lines: (readonly [number, number])[]) =>
  (await g.run(shop.createCart, { lines })).cart
const buy = (g: Gate, cart: string, expects = 1000, more: Partial<shop.PlaceOrder> = {}, key = uuid()) =>
  g.run(shop.placeOrder, { cart, expects, ...more }, { key })
const balanceOf = async (a: Arena, account: { id: number }) =>
  (await a.db.query('select balance from ledger.account where id = $1', [account.id])).rows[0]?.balance as
    | number
    | undefined
const countOf = async (a: Arena, from: string, values: unknown[] = []) =>
  Number((await a.db.query(`select count(*)::int as n from ${from}`, values)).rows[0].n)
const deadlocks = async (a: Arena) => {
  await sleep(1100) // statistics are told a second late
  return Number(
    (await a.db.query('select deadlocks from pg_stat_database where datname = current_database()')).rows[0]
      .deadlocks,
  )
}

export const claims: Record<string, Claim> = {
  'a thousand buyers, ten units: ten orders, and no batch was split': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 10 })
    const carts = await times(1000, () => cartOf(a.gate, [1, 1]))
    const got = tally(await Promise.allSettled(carts.map((c) => buy(a.gate, c))))
    assert.deepEqual(got, { ok: 10, 'test.out': 990 })
    assert.equal(a.gate.stats.splits + a.gate.stats.reruns, 0)
    return `held 10, refused 990, commits ${a.gate.stats.commits}`
  },
  'two gates, two shelves, plans from unlocked balances: every unit is sold, none twice': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 30 })
    await a.gate.run(shop.receive, { sku: 1, place: 1, amount: 25 })
    const other = await a.open()
    const carts = await times(80, () => cartOf(a.gate, [1, 1]))
    const got = tally(
      await Promise.allSettled(carts.map((c, i) => buy(i % 2 ? a.gate : other, c, 1000, { anywhere: true }))),
    )
    assert.deepEqual(got, { ok: 55, 'test.out': 25 })
    return `sold 55 of 55, replans ${a.gate.stats.replans + other.stats.replans}`
  },
  'one gate, two shelves: whoever planned with a shelf that others emptied plans again': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 30 })
    await a.gate.run(shop.receive, { sku: 1, place: 1, amount: 25 })
    const carts = await times(80, () => cartOf(a.gate, [1, 1]))
    const got = tally(await Promise.allSettled(carts.map((c) => buy(a.gate, c, 1000, { anywhere: true }))))
    assert.deepEqual(got, { ok: 55, 'test.out': 25 })
    assert.ok(a.gate.stats.replans > 0)
    return `sold 55 of 55, replans ${a.gate.stats.replans}`
  },
  'a coupon for one, five hundred at once: one order': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 1000 })
    await a.gate.run(shop.issue, { code: 7, limit: 1 })
    const carts = await times(500, () => cartOf(a.gate, [1, 1]))
    const got = tally(await Promise.allSettled(carts.map((c) => buy(a.gate, c, 500, { coupon: 7 }))))
    assert.deepEqual(got, { ok: 1, 'test.used_up': 499 })
    assert.equal(await balanceOf(a, shop.on(1)), 999)
    assert.equal(a.gate.stats.splits, 0)
    return 'used 1, refused 499'
  },
  'one cart placed by two hundred at once, through two gates: one order': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 1000 })
    const other = await a.open()
    const cart = await cartOf(a.gate, [1, 1])
    const got = tally(await settled(200, (i) => buy(i % 2 ? a.gate : other, cart)))
    assert.deepEqual(got, { ok: 1, 'test.cart_closed': 199 })
    const conflicts = a.gate.stats.conflicts + other.stats.conflicts
    assert.ok(conflicts > 0)
    assert.equal(a.gate.stats.splits + other.stats.splits, 0)
    return `placed 1, refused 199, conflicts ${conflicts}`
  },
  'a hundred changes of one row: all succeed, one after another': async (a) => {
    const cart = await cartOf(a.gate, [1, 1])
    await times(100, (i) => a.gate.run(shop.describe, { cart, note: `${i}` }))
    const { version } = (await a.db.query('select version from test.cart')).rows[0]
    assert.equal(version, 101)
    assert.ok(a.gate.stats.conflicts > 0)
    return `version ${version}, conflicts ${a.gate.stats.conflicts}`
  },
  'the same key answers the same: at once, later, by another gate, also a refusal; another body is a conflict':
    async (a) => {
      await a.gate.run(shop.receive, { sku: 1, amount: 1 })
      const other = await a.open()
      const [cart, late, twin] = await times(3, () => cartOf(a.gate, [1, 1]))
      const key = uuid(),
        no = uuid(),
        key2 = uuid(),
        empty = uuid()
      const [x, y] = await Promise.all([buy(a.gate, cart!, 1000, {}, key), buy(a.gate, cart!, 1000, {}, key)])
      assert.deepEqual(x, y)
      for (const g of [a.gate, other]) assert.deepEqual(await buy(g, cart!, 1000, {}, key), x)
      await assert.rejects(buy(a.gate, late!, 1000, {}, no), { code: 'test.out' })
      await a.gate.run(shop.receive, { sku: 1, amount: 5 })
      for (const g of [a.gate, other])
        await assert.rejects(buy(g, late!, 1000, {}, no), { code: 'test.out', detail: { sku: 1, has: 0 } })
      for (const g of [a.gate, other]) await assert.rejects(buy(g, cart!, 999, {}, key), KeyReused)
      const slow = buy(a.gate, twin!, 1000, {}, key2)
      await assert.rejects(buy(a.gate, twin!, 999, {}, key2), KeyReused) // while the first is under way
      assert.deepEqual(await slow, await buy(other, twin!, 1000, {}, key2))
      // A flow that answers nothing is remembered, too.
      for (const g of [a.gate, a.gate, other])
        assert.equal(await g.run(shop.receive, { sku: 2, amount: 1 }, { key: empty }), undefined)
      assert.equal(await balanceOf(a, shop.on(2)), 1)
      await assert.rejects(
        a.gate.run(shop.receive, { sku: 2, amount: 1 }, { key: key.toUpperCase() }),
        TypeError,
      )
      assert.equal(await countOf(a, 'test.placed'), 2)
      return `orders 2, repeated ${a.gate.stats.repeated + other.stats.repeated}`
    },
  'a repetition is answered from memory, whatever its flow would find or break on now': async (a) => {
    const cart = await cartOf(a.gate, [1, 1])
    const key = uuid()
    const once = async (tx: Tx, ask: { cart: string }) => {
      const found = await shop.cartById.guard(tx, shop.carts, ask.cart)
      assert.ok(found, 'the cart is there')
      const all = await shop.linesOf.guardAll(tx, shop.lines, ask.cart)
      for (const line of all) tx.delete(shop.lines, line)
      tx.delete(shop.carts, found)
      return { lines: all.length }
    }
    assert.deepEqual(await a.gate.run(once, { cart }, { key }), { lines: 1 })
    assert.deepEqual(await a.gate.run(once, { cart }, { key }), { lines: 1 })
    await assert.rejects(a.gate.run(once, { cart: uuid() }, { key }), KeyReused)
    await assert.rejects(a.gate.run(once, { cart }), /the cart is there/)
    return 'done 1, repeated 1, faults 1'
  },
  'twins in two gates at once, with and without a shared row to wait for: one effect each': async (a) => {
    const other = await a.open()
    const keys = Array.from({ length: 200 }, () => uuid())
    await Promise.all([
      ...keys.map((key, i) => a.gate.run(shop.receive, { sku: i + 1, amount: 1 }, { key })),
      ...keys.toReversed().map((key, i) => other.run(shop.receive, { sku: 200 - i, amount: 1 }, { key })),
    ])
    assert.equal(await countOf(a, 'ledger.transfer'), 200)
    // Whether two arrive at the same moment is chance. A third who has the key, and gives it back, makes them meet: over goods
    // that nobody had yet, for at a row that both want the second would only wait, and then find the key.
    const key = uuid()
    const third = new pg.Client(a.owner)
    await third.connect()
    await third.query('begin')
    await third.query(`insert into kernel.request (key, digest, outcome, epoch) values ($1, '', '{}', 1)`, [
      key,
    ])
    const both = Promise.all(
      [a.gate, other].map((g) => g.run(shop.receive, { sku: 9999, amount: 1 }, { key })),
    )
    both.catch(() => {}) // whether it fails is asked below
    const waiting = async () =>
      (
        await a.db.query(
          `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        )
      ).rows[0].n
    while ((await waiting()) < 2) await new Promise((r) => setTimeout(r, 5))
    await third.query('rollback')
    await third.end()
    await both
    assert.equal(await countOf(a, 'ledger.transfer'), 201)
    assert.ok(a.gate.stats.reruns + other.stats.reruns > 0)
    assert.equal(a.gate.stats.splits + other.stats.splits, 0)
    return `effects 201 of 402, reruns ${a.gate.stats.reruns + other.stats.reruns}`
  },
  'a refusal in the middle of a batch leaves the others, and nothing is split': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 100 })
    await a.gate.run(shop.receive, { sku: 2, amount: 3 })
    const carts = await times(30, (i) => cartOf(a.gate, [1, 1], ...(i === 15 ? [[2, 9] as const] : [])))
    const got = tally(await Promise.allSettled(carts.map((c, i) => buy(a.gate, c, i === 15 ? 10_000 : 1000))))
    assert.deepEqual(got, { ok: 29, 'test.out': 1 })
    assert.equal(await balanceOf(a, shop.on(1)), 71)
    // Without this the database's own floor would hide a refusal that keeps its deltas: halving repairs it.
    assert.equal(a.gate.stats.splits, 0)
    return 'placed 29, refused 1, splits 0'
  },
  'a short second post undoes the first of the same request': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 10 })
    await a.gate.run(shop.grant, { customer: 1, points: 100 })
    const carts = await times(3, () => cartOf(a.gate, [1, 1]))
    const got = tally(
      await Promise.allSettled([
        buy(a.gate, carts[0]!, 1000, { spend: 500 }),
        buy(a.gate, carts[1]!, 1000, { spend: 100 }),
        buy(a.gate, carts[2]!),
      ]),
    )
    assert.deepEqual(got, { ok: 2, 'test.points_short': 1 })
    assert.equal(await balanceOf(a, shop.on(1)), 8)
    assert.equal(await balanceOf(a, shop.points(1)), 0)
    assert.equal(a.gate.stats.splits, 0)
    return 'shelf 8 of 10, points 0 of 100, refused 1'
  },
  'a post that falls short without a refusal is a fault of its own request': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 1 })
    const bad = async (tx: Tx) => post(tx, { moves: [move(shop.on(1), shop.outside(1), 5)], reason: 'test' })
    const got = await Promise.allSettled([
      a.gate.run(bad, {}),
      ...Array.from({ length: 20 }, () => a.gate.run(shop.receive, { sku: 1, amount: 1 })),
    ])
    assert.equal(got.filter((r) => r.status === 'fulfilled').length, 20)
    assert.match(String((got[0] as PromiseRejectedResult).reason), /fell short without a refusal/)
    assert.equal(await balanceOf(a, shop.on(1)), 21)
    return 'faults 1, done 20'
  },
  'a failed flush isolates the culprit': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 1000 })
    const carts = await times(64, () => cartOf(a.gate, [1, 1]))
    const twice = async (tx: Tx, ask: { cart: string; taken: string }) => {
      await shop.placeOrder(tx, { cart: ask.cart, expects: 1000 })
      tx.insert(shop.carts, { id: ask.taken, state: 'open', note: null })
    }
    const got = await Promise.allSettled(
      carts.map((c, i) => (i === 20 ? a.gate.run(twice, { cart: c, taken: carts[0]! }) : buy(a.gate, c))),
    )
    assert.equal(got.filter((r) => r.status === 'fulfilled').length, 63)
    assert.match(String((got[20] as PromiseRejectedResult).reason), /cart_pkey/)
    assert.ok(a.gate.stats.splits >= 3)
    assert.equal(await countOf(a, 'test.placed'), 63)
    return `placed 63, failed 1, splits ${a.gate.stats.splits}`
  },
  'a taken number is refused in words, and remembered': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 100 })
    const carts = await times(20, () => cartOf(a.gate, [1, 1]))
    const key = uuid()
    await buy(a.gate, carts[0]!, 1000, { number: 77 })
    const got = tally(
      await Promise.allSettled(
        carts
          .slice(1)
          .map((c, i) => buy(a.gate, c, 1000, i === 9 ? { number: 77 } : {}, i === 9 ? key : uuid())),
      ),
    )
    assert.deepEqual(got, { ok: 18, 'test.number_taken': 1 })
    await assert.rejects(buy(a.gate, carts[10]!, 1000, { number: 77 }, key), {
      code: 'test.number_taken',
      detail: { number: 77 },
    })
    return `placed 19, refused 1, splits ${a.gate.stats.splits}`
  },
  'a row that a neighbour made first is found on a second run, not an error': async (a) => {
    const other = await a.open()
    await times(60, (i) => (i % 2 ? a.gate : other).run(shop.sit, { name: 'window', by: `${i}` }))
    const { taken } = (await a.db.query('select taken from test.seat')).rows[0]
    assert.equal(taken, 60)
    assert.ok(a.gate.stats.splits + other.stats.splits > 0)
    return `taken 60, splits ${a.gate.stats.splits + other.stats.splits}, conflicts ${a.gate.stats.conflicts + other.stats.conflicts}`
  },
  'one bad key in a coalesced read fails one request, and the connection stays good': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 1000 })
    for (let round = 0; round < 3; round++) {
      const carts = await times(20, () => cartOf(a.gate, [1, 1]))
      const got = await Promise.allSettled(carts.map((c, i) => buy(a.gate, i === 3 ? 'no uuid' : c)))
      assert.equal(got.filter((r) => r.status === 'fulfilled').length, 19)
    }
    return 'rounds 3, placed 57, failed 3'
  },
  'a slow flow delays nobody': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 100 })
    const cart = await cartOf(a.gate, [1, 1])
    const carts = await times(20, () => cartOf(a.gate, [1, 1]))
    const slow = a.gate.run(async (tx: Tx) => {
      const c = await shop.cartById.guard(tx, shop.carts, cart)
      await sleep(800)
      tx.update(shop.carts, c!, { note: 'slow' })
      return 1
    }, {})
    const began = performance.now()
    await Promise.all(carts.map((c) => buy(a.gate, c)))
    const took = performance.now() - began
    assert.ok(took < 600, `${took}`)
    assert.equal(await slow, 1)
    return `20 orders in ${took.toFixed(0)} ms beside a flow of 800 ms`
  },
  'a slow read holds up its own line only': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 100 })
    const carts = await times(20, () => cartOf(a.gate, [1, 1]))
    const list = a.gate.run(
      (tx: Tx) => tx.list<{ one: number }>(sql`select 1 as one, pg_sleep(1)`).then((rows) => rows.length),
      {},
    )
    await sleep(20)
    const began = performance.now()
    await Promise.all(carts.map((c) => buy(a.gate, c)))
    const took = performance.now() - began
    assert.ok(took < 800, `${took}`)
    assert.equal(await list, 1)
    return `20 orders in ${took.toFixed(0)} ms beside a read of 1,000 ms`
  },
  'read, decide, record: reading what was written, recording after the end, changing what was not guarded are faults':
    async (a) => {
      const cart = await cartOf(a.gate, [1, 1])
      const faults: [RegExp, (tx: Tx) => Promise<unknown>][] = [
        [
          /read of test.cart after/,
          async (tx) => {
            tx.update(shop.carts, (await shop.cartById.guard(tx, shop.carts, cart))!, { note: 'x' })
            await shop.cartById.one(tx, cart)
          },
        ],
        [
          /read of test.line after/,
          async (tx) => {
            tx.insert(shop.lines, { id: uuid(), cart, sku: 1, quantity: 1 })
            await tx.list(sql`select 1 from test.cart c join test.line l on l.cart = c.id`)
          },
        ],
        [
          /read of ledger.account after/,
          async (tx) => {
            post(tx, { moves: [move(shop.outside(1), shop.on(1), 1)], reason: 'test' })
            await tx.balance(shop.on(1))
          },
        ],
        [
          /without having been guarded/,
          async (tx) => {
            tx.update(shop.lines, (await shop.cartById.guard(tx, shop.carts, cart))!, { quantity: 2 })
          },
        ],
        [/is a counter/, async (tx) => tx.balance(shop.outside(1))],
        [
          /is a counter/,
          async (tx) => post(tx, { moves: [level(shop.outside(1), 3, shop.on(1))], reason: 'test' }),
        ],
        [/to itself/, async (tx) => post(tx, { moves: [move(shop.on(1), shop.on(1), 1)], reason: 'test' })],
        [
          /count different things/,
          async (tx) => post(tx, { moves: [move(shop.on(1), shop.on(2), 1)], reason: 'test' }),
        ],
      ]
      for (const [words, flow] of faults) await assert.rejects(a.gate.run(flow, {}), words)
      let late!: Promise<unknown>
      await a.gate.run(async (tx: Tx) => {
        late = (async () => {
          const c = await shop.cartById.guard(tx, shop.carts, cart)
          tx.update(shop.carts, c!, { note: 'late' })
        })()
        late.catch(() => {})
      }, {})
      await assert.rejects(late, /await is missing/)
      assert.equal(await countOf(a, 'ledger.transfer'), 0)
      return `faults ${faults.length + 1}, written 0`
    },
  'a full gate says busy, and takes the next when there is room': async (a) => {
    const small = await a.open({ inFlight: 10 })
    const got = await settled(30, () => cartOf(small, [1, 1]))
    assert.equal(got.filter((r) => r.status === 'rejected' && r.reason instanceof Busy).length, 20)
    await cartOf(small, [1, 1])
    return 'busy 20 of 30'
  },
  'connections cut in mid-flight: every request is answered, none is done twice': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 100_000 })
    const small = await a.open({ batch: 20 })
    const taken = () => small.stats.reruns + small.reads.stats.retries
    let cut = 0
    let orders = 0
    for (let round = 0; round < 40 && (taken() < 5 || orders < 400); round++) {
      const carts = await times(100, () => cartOf(a.gate, [1, 1]))
      let over = false
      const going = Promise.allSettled(carts.map((c) => buy(small, c))).finally(() => (over = true))
      for (let n = 0; n < 3 && !over; n++) {
        const { rowCount } = await a.db.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'akinai_app' and datname = current_database() and (state <> 'idle' or query ~ 'commit' or random() < 0.1)`,
        )
        cut += rowCount!
        await sleep(5)
      }
      assert.deepEqual(tally(await going), { ok: 100 })
      orders += 100
    }
    assert.equal(await countOf(a, 'test.placed'), orders)
    assert.ok(cut > 0 && taken() >= 5)
    assert.equal(small.stats.splits, 0)
    return `orders ${orders}, connections cut ${cut}, commits tried again ${small.stats.reruns}, reads ${small.reads.stats.retries}`
  },
  'a row that an outsider holds locked delays its own request only': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 100 })
    const carts = await times(30, () => cartOf(a.gate, [1, 1]))
    const outsider = new pg.Client(a.owner)
    await outsider.connect()
    try {
      await outsider.query('begin')
      await outsider.query('select from test.cart where id = $1 for update', [carts[7]])
      const began = performance.now()
      const took: number[] = []
      const going = Promise.all(
        carts.map((c, i) => buy(a.gate, c).then(() => (took[i] = performance.now() - began))),
      )
      await sleep(700)
      await outsider.query('commit')
      await going
      assert.ok(took[7]! > 650)
      assert.ok(
        took.every((t, i) => i === 7 || t < 500),
        took.join(),
      )
      return `29 within ${Math.max(...took.filter((_, i) => i !== 7)).toFixed(0)} ms, the locked one after ${took[7]!.toFixed(0)} ms`
    } finally {
      await outsider.end()
    }
  },
  'lines in every order over eight lanes of two gates: no deadlock': async (a) => {
    for (let sku = 1; sku <= 12; sku++) await a.gate.run(shop.receive, { sku, amount: 5000 })
    const before = await deadlocks(a)
    const gates = [await a.open({ lanes: 4, batch: 4 }), await a.open({ lanes: 4, batch: 4 })]
    const skus = Array.from({ length: 12 }, (_, i) => i + 1)
    await times(600, (i) =>
      gates[i % 2]!.run(shop.holdAll, { order: i, skus: [...skus.slice(i % 12), ...skus.slice(0, i % 12)] }),
    )
    assert.equal(await deadlocks(a), before)
    const stats = gates.map((g) => g.stats)
    assert.equal(
      stats.reduce((n, s) => n + s.splits + s.reruns, 0),
      0,
    )
    return `requests 600 × 12 lines, commits ${stats[0]!.commits} + ${stats[1]!.commits}, deadlocks 0, reruns 0`
  },
  'numbers never run out in a burst, and none is given twice': async (a) => {
    const seen = new Set<number>()
    const many = await a.open()
    await times(2000, () =>
      many.run(async (tx: Tx) => {
        for (let i = 0; i < 10; i++) seen.add(tx.number())
      }, {}),
    )
    assert.equal(seen.size, 20_000)
    return 'numbers 20,000 to 2,000 requests at once'
  },
  'parents and children come in one batch, in any order of recording, and by two gates at once': async (
    a,
  ) => {
    const other = await a.open()
    const carts = await times(200, (i) => cartOf(i % 2 ? a.gate : other, [1, 1], [2, 1]))
    await times(400, (i) =>
      (i % 2 ? a.gate : other).run(shop.addLine, { cart: carts[i % 20]!, sku: 3, quantity: 1 }),
    )
    assert.equal(await countOf(a, 'test.line'), 800)
    const { version } = (await a.db.query('select version from test.cart where id = $1', [carts[0]])).rows[0]
    assert.equal(version, 21)
    assert.equal(a.gate.stats.splits + other.stats.splits, 0)
    return `carts 200, lines 800, conflicts ${a.gate.stats.conflicts + other.stats.conflicts}, splits 0`
  },
  'deletes: each line goes once, the last takes its cart along, whoever comes later finds nothing': async (
    a,
  ) => {
    const other = await a.open()
    const cart = await cartOf(a.gate, [1, 1], [2, 1], [3, 1], [4, 1], [5, 1])
    const got = tally(await settled(40, (i) => (i % 2 ? a.gate : other).run(shop.removeLine, { cart })))
    assert.deepEqual(got, { ok: 5, 'test.cart_missing': 35 })
    assert.equal((await countOf(a, 'test.cart')) + (await countOf(a, 'test.line')), 0)
    return `removed 5, missing 35, conflicts ${a.gate.stats.conflicts + other.stats.conflicts}`
  },
  'a list is read inside a flow, and what it found is guarded besides': async (a) => {
    const cart = await cartOf(a.gate, [1, 1], [2, 2], [3, 3])
    const total = await a.gate.run(async (tx: Tx) => {
      const [sum] = await tx.list<{ n: number }>(
        sql`select sum(quantity)::int as n from test.line where cart = ${cart}::uuid`,
      )
      const c = await shop.cartById.guard(tx, shop.carts, cart)
      tx.update(shop.carts, c!, { note: `${sum!.n}` })
      return sum!.n
    }, {})
    assert.equal(total, 6)
    return 'listed 3 lines, sum 6'
  },
  'a flow calls a flow: both are in one commit, or neither': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 3 })
    const both = async (tx: Tx, ask: { cart: string; sku: number }) => {
      const order = await shop.placeOrder(tx, { cart: ask.cart, expects: 1000 })
      await shop.take(tx, { sku: ask.sku, amount: 2 })
      return order
    }
    const carts = await times(2, () => cartOf(a.gate, [1, 1]))
    const got = tally([
      ...(await Promise.allSettled([a.gate.run(both, { cart: carts[0]!, sku: 1 })])),
      ...(await Promise.allSettled([a.gate.run(both, { cart: carts[1]!, sku: 1 })])),
    ])
    assert.deepEqual(got, { ok: 1, 'test.out': 1 })
    assert.equal(await countOf(a, 'test.placed'), 1)
    assert.equal(await balanceOf(a, shop.on(1)), 0)
    return 'done 1, undone 1'
  },
  'a batch is limited by its rows: a huge request does not hold the others': async (a) => {
    const small = await a.open({ rows: 50 })
    await times(20, (i) =>
      small.run(shop.createCart, {
        lines: Array.from({ length: i === 7 ? 400 : 9 }, (_, n) => [n + 1, 1] as const),
      }),
    )
    assert.equal(await countOf(a, 'test.line'), 19 * 9 + 400)
    assert.ok(small.stats.commits >= 5 && small.stats.commits <= 12, `${small.stats.commits}`)
    // Of each request the cart and the request itself, besides its lines.
    assert.equal(small.stats.rows, 20 * 2 + 19 * 9 + 400)
    return `requests 20, rows ${small.stats.rows}, commits ${small.stats.commits}`
  },
  'counts race with moves, and two first counts do not add up': async (a) => {
    const other = await a.open()
    for (let sku = 1; sku <= 40; sku++)
      await Promise.all([a.gate, other].map((g) => g.run(shop.count, { sku, to: 10 })))
    const { rows } = await a.db.query('select id, balance from ledger.account where kind = 501')
    assert.equal(rows.length, 40)
    assert.ok(
      rows.every((r) => r.balance === 10),
      JSON.stringify(rows.filter((r) => r.balance !== 10)),
    )
    const got = tally(
      await settled(400, (i) => {
        const g = i % 2 ? a.gate : other
        return i % 10 === 0 ? g.run(shop.count, { sku: 1, to: 20 }) : g.run(shop.take, { sku: 1, amount: 1 })
      }),
    )
    const left = (await balanceOf(a, shop.on(1)))!
    assert.ok(left >= 0 && left <= 20)
    return `first counts 80 on 40 shelves, reruns ${a.gate.stats.reruns + other.stats.reruns}; counts 40, takes ${got.ok! - 40}, left ${left}`
  },
  'an ephemeral account leaves at zero and comes back; a counter has no row': async (a) => {
    await a.gate.run(shop.receive, { sku: 1, amount: 10 })
    const there = () => countOf(a, 'ledger.account where id = $1', [shop.held(5, 1).id])
    for (let round = 0; round < 3; round++) {
      await a.gate.run(shop.holdAll, { order: 5, skus: [1] })
      assert.equal(await there(), 1)
      await a.gate.run(shop.release, { order: 5, skus: [1] })
      assert.equal(await there(), 0)
    }
    await Promise.all([
      a.gate.run(shop.holdAll, { order: 6, skus: [1, 1] }),
      a.gate.run(shop.release, { order: 6, skus: [1, 1] }),
    ])
    assert.equal(await countOf(a, 'ledger.account'), 1)
    assert.equal(await countOf(a, 'ledger.account a join ledger.kind k using (kind) where k.counter'), 0)
    // Two gates that share nothing but counters do not wait for each other.
    const other = await a.open()
    await times(100, (i) => (i % 2 ? a.gate : other).run(shop.receive, { sku: i + 2, amount: 1 }))
    assert.equal(a.gate.stats.reruns + other.stats.reruns, 0)
    return 'came 4 times, went 4 times, rows of counters 0'
  },
  'P7: retries of lost replies, shuffled over two gates: one effect a key, one answer': async (a) => {
    const other = await a.open()
    await a.gate.run(shop.receive, { sku: 1, amount: 60 })
    const keys = Array.from({ length: 100 }, () => uuid())
    const carts = await times(100, () => cartOf(a.gate, [1, 1]))
    const answers = keys.map(() => new Set<string>())
    const asks = Array.from({ length: 1000 }, () => Math.floor(Math.random() * 100))
    let reused = 0
    for (let at = 0; at < asks.length; at += 100)
      await Promise.all(
        asks.slice(at, at + 100).map(async (k, n) => {
          const g = Math.random() < 0.5 ? a.gate : other
          const wrong = n % 25 === 7
          try {
            answers[k]!.add(`order ${(await buy(g, carts[k]!, wrong ? 1 : 1000, {}, keys[k])).order}`)
          } catch (e) {
            if (e instanceof KeyReused) reused++
            else if (e instanceof Refusal) answers[k]!.add(e.code)
            else throw e
          }
        }),
      )
    assert.ok(answers.every((set) => set.size <= 1))
    assert.ok(reused > 0)
    const orders = await countOf(a, 'test.placed')
    assert.ok(orders <= 60)
    return `requests 1,000 of 100 keys, orders ${orders}, conflicts of body ${reused}`
  },
}
