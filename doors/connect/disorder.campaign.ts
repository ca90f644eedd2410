/**
 * P8: whatever comes in three times, shuffled and up to 72 hours late leaves behind what it leaves behind told once, in order
 * and at once. Malls' orders by the API, sales of a connection with their changes and cancellations, notices, and sales of a
 * till. Each seed is told twice, to goods of its own: once as it happened, once in disorder.
 */
import assert from 'node:assert/strict'
import pg from 'pg'
import { amazon } from '#connectors/amazon'
import { saveConnection, connectionBy, type Connection } from '#domains/channels'
import { connector, type Connector, type Row } from '#doors/kit'
import { prooves } from '#flows/reads'
import { ask } from '#kernel/db'
import { chanceFrom } from '#kernel/ids'
import { code, openShop, proveBooks, type Client, type FreshDatabase } from '#testing'

export default async function campaign(database: FreshDatabase): Promise<string> {
  return inDisorder(database, { seeds: Number(process.env.SEEDS ?? 1000), first: 1 })
}

const hours = (n: number) => n * 3_600_000
/** A seeded order of things. */
function random(seed: number) {
  const next = chanceFrom(seed * 2_654_435_761)
  const upTo = (n: number) => Math.floor(next() * n)
  return {
    upTo,
    pick: <T>(of: readonly T[]): T => of[upTo(of.length)]!,
    shuffled: <T>(of: readonly T[]): T[] =>
      of
        .map((one) => ({ one, at: next() }))
        .toSorted((a_, b) => a_.at - b.at)
        .map((x) => x.one),
  }
}
type Chance = ReturnType<typeof random>

/** One thing that comes in. `at` is when it happened; rows come by the list, the rest by their routes. */
type Message =
  | { what: 'row'; at: number; row: Row }
  | { what: 'notice'; at: number; body: object }
  | { what: 'mall'; at: number; body: object }
  | { what: 'till'; at: number; body: object }
type Told = { messages: Message[]; latest: Map<string, Row>; kinds: string[] }
/** How the states of a sale follow each other. Of the scarce goods nothing is given up: who goes without depends on who comes first. */
const lives = [
  ['placed'],
  ['pending', 'placed'],
  ['placed', 'shipped'],
  ['placed', 'reduced'],
  ['pending', 'placed', 'reduced', 'shipped'],
  ['placed', 'cancelled'],
  ['pending', 'cancelled'],
  ['pending', 'placed', 'reduced', 'cancelled'],
] as const
type State = (typeof lives)[number][number]
const statusOf: Record<State, string> = {
  placed: 'UNSHIPPED',
  reduced: 'UNSHIPPED',
  pending: 'PENDING',
  shipped: 'SHIPPED',
  cancelled: 'CANCELLED',
}

/** What happens in a seed, told under the names of one run. */
function story(chance: Chance, run: string, began: number): Told {
  const told: Told = { messages: [], latest: new Map(), kinds: [] }
  const goods = { plenty: `${run}-PLENTY`, scarce: `${run}-SCARCE`, unknown: `${run}-UNKNOWN` }
  let at = began
  const later = () => (at += 60_000 * (1 + chance.upTo(30)))
  const iso = (moment: number) => new Date(moment).toISOString()
  for (let n = 0; n < 6; n++) {
    const life = chance.pick(lives)
    const keeps = life.every((s) => s !== 'cancelled' && s !== 'reduced')
    const items = [
      { sku: goods.plenty, quantity: 2 + chance.upTo(4), each: 1000 + chance.upTo(900) },
      ...(chance.upTo(2) ? [{ sku: goods.unknown, quantity: 1 + chance.upTo(3), each: 700 }] : []),
      ...(keeps && chance.upTo(2) ? [{ sku: goods.scarce, quantity: 1 + chance.upTo(3), each: 1500 }] : []),
    ]
    const id = `${run}-SALE-${n}`
    const created = iso(later())
    const shipping = chance.pick([0, 350])
    let less = false
    for (const state of life) {
      less ||= state === 'reduced'
      const left = items.map((i, k) => (less && k === 0 ? { ...i, quantity: i.quantity - 1 } : i))
      const goodsTotal = left.reduce((sum, i) => sum + i.quantity * i.each, 0)
      const revision = iso(later())
      const raw = sale({ id, created, revision, status: statusOf[state], items: left, goodsTotal, shipping })
      const row: Row = { id, revision, raw }
      told.messages.push({ what: 'row', at, row })
      told.latest.set(id, row)
      told.kinds.push(state)
      if (chance.upTo(3) === 0)
        told.messages.push({ what: 'notice', at, body: notice(`${run}-${told.messages.length}`, id) })
    }
  }
  for (let n = 0; n < 3; n++) {
    const lines = [
      { sku: goods.plenty, quantity: 1 + chance.upTo(3), unit_price: 1200 },
      { sku: chance.pick([goods.scarce, goods.unknown]), quantity: 1 + chance.upTo(2), unit_price: 900 },
    ]
    const total = lines.reduce((sum, l) => sum + l.quantity * l.unit_price, 0)
    told.messages.push({
      what: 'mall',
      at: later(),
      body: {
        channel: 'rakuten',
        external_id: `${run}-MALL-${n}`,
        placed_at: iso(at),
        lines,
        total,
        paid: chance.upTo(2) === 0,
        destination: { contact: { family: '配送' }, address: { city: '渋谷区', line1: '1-1' } },
      },
    })
  }
  for (let n = 0; n < 2; n++) {
    const quantity = 1 + chance.upTo(3)
    const total = quantity * 1100
    told.messages.push({
      what: 'till',
      at: later(),
      body: {
        sale: crypto.randomUUID(),
        happened_at: iso(at),
        lines: [{ sku: goods.plenty, quantity, unit_price: 1100 }],
        tendered: total,
        total,
      },
    })
  }
  told.messages.sort((a, b) => a.at - b.at)
  return told
}
/** An order as Amazon's newer version tells it. */
function sale(o: {
  id: string
  created: string
  revision: string
  status: string
  items: { sku: string; quantity: number; each: number }[]
  goodsTotal: number
  shipping: number
}) {
  const yen = (n: number) => ({ currencyCode: 'JPY', amount: String(n) })
  const part = (type: string, n: number) => ({ type, subtotal: yen(n) })
  return {
    order: {
      orderId: o.id,
      createdTime: o.created,
      lastUpdatedTime: o.revision,
      fulfillment: { fulfillmentStatus: o.status },
      proceeds: {
        grandTotal: yen(o.goodsTotal + o.shipping),
        breakdowns: [part('ITEM', o.goodsTotal), part('SHIPPING', o.shipping)],
      },
      orderItems: o.items.map((i, n) => ({
        orderItemId: `${n + 1}`,
        quantityOrdered: i.quantity,
        product: { sellerSku: i.sku },
        proceeds: { breakdowns: [part('ITEM', i.quantity * i.each)] },
      })),
      recipient: { deliveryAddress: { name: '配送', addressLine1: '1-1', city: '渋谷区' } },
    },
  }
}
const notice = (id: string, order: string) => ({
  NotificationType: 'ORDER_CHANGE',
  NotificationMetadata: { NotificationId: id },
  Payload: { OrderChangeNotification: { AmazonOrderId: order } },
})

/** A connector that reads as Amazon's does; what its list answers is laid out by the seed. */
function scripted(pages: Map<string, Row[]>, latest: Map<string, Row>): Connector {
  return connector({
    ...amazon,
    name: 'scripted',
    settings: { name: { kind: 'text', label: { ja: '名前', en: 'Name' } } },
    orders: {
      ...amazon.orders,
      begin: () => ({ since: '2020-01-01T00:00:00.000Z' }),
      async pull(out, position) {
        const rows = pages.get(out.settings.name!) ?? []
        pages.delete(out.settings.name!)
        const since = new Date(Date.parse(position.since) + 1).toISOString()
        return { rows, position: { since }, more: false }
      },
      look: async (_out, id) => latest.get(id),
      list: async () => [],
    },
    parcels: undefined as never,
    offers: undefined as never,
  })
}

export async function inDisorder(
  database: FreshDatabase | undefined,
  o: { seeds: number; first: number },
): Promise<string> {
  const clock = { now: new Date() }
  const pages = new Map<string, Row[]>()
  const latest = new Map<string, Row>()
  const script = scripted(pages, latest)
  const shop = await openShop({
    ...(database && { database }),
    work: false,
    clock: () => clock.now,
    connect: { connectors: new Map([[script.name, script]]) },
  })
  const db = new pg.Client(shop.database.owner)
  await db.connect()
  try {
    const owner = await shop.staff('owner')
    const till = shop.client()
    const opened = await till('POST', '/till/v1/sessions', {
      device: 'kichijoji-1',
      key: 'sample-till-kichijoji-1',
      pin: '1180',
    })
    assert.equal(opened.status, 200)
    const { connect, pool } = shop.services
    const by = new Map<string, Connection>()
    for (const name of ['order', 'disorder']) {
      await ask(
        pool,
        saveConnection({
          code: name,
          connector: script.name,
          shop: 1,
          active: true,
          settings: { name },
          secrets: connect.sealSecrets(name, { notice_key: `key-${name}` }),
        }),
      )
      by.set(name, (await ask<Connection>(pool, connectionBy(name)))[0]!)
    }
    await db.query('update channels.connection set reconciled_at = now()')
    const count = { seeds: 0, messages: 0, told: 0, late: 0, orders: 0, short: 0, persons: 0, cancelled: 0 }
    const kinds = new Map<string, number>()

    const tell = async (name: string, some: readonly Message[]) => {
      const rows = some.flatMap((m) => (m.what === 'row' ? [m.row] : []))
      for (const m of some) await knock(m, { name, owner, till, shop: shop.client() })
      if (rows.length) pages.set(name, rows)
      const done = await connect.round(by.get(name)!)
      assert.ok(done && done.aside === 0, `${name}: something was set aside`)
    }

    for (let seed = o.first; seed < o.first + o.seeds; seed++) {
      const began = clock.now.getTime()
      const states: object[] = []
      for (const name of ['order', 'disorder'] as const) {
        const run = `S${seed}${name === 'order' ? 'A' : 'B'}`
        await makeGoods(owner, run)
        const told = story(random(seed), run, began - hours(12))
        for (const [id, row] of told.latest) latest.set(id, row)
        if (name === 'order') {
          count.messages += told.messages.length
          for (const k of told.kinds) kinds.set(k, (kinds.get(k) ?? 0) + 1)
          for (const m of told.messages) {
            clock.now = new Date(m.at)
            await tell(name, [m])
          }
        } else {
          const chance = random(seed + 1_000_000)
          const all = chance.shuffled([...told.messages, ...told.messages, ...told.messages])
          const jump = chance.upTo(all.length)
          clock.now = new Date(began)
          for (let i = 0; i < all.length;) {
            const some = all.slice(i, i + 1 + chance.upTo(12))
            if (i >= jump && clock.now.getTime() < began + hours(72)) clock.now = new Date(began + hours(72))
            count.told += some.length
            if (i >= jump) count.late += some.length
            i += some.length
            await tell(name, some)
          }
        }
        latest.clear()
        // What waited for its second turn has had it.
        await connect.round(by.get(name)!)
        states.push(await stateOf(db, run, name === 'order' ? count : undefined))
      }
      assert.deepEqual(states[1], states[0], `seed ${seed}`)
      count.seeds++
      if (count.seeds % 100 === 0) console.log(`${count.seeds} seeds`)
      clock.now = new Date(began)
    }
    await proveBooks(shop.database.owner, prooves)
    const said = [...kinds].map(([k, n]) => `${k} ${n}`).join(', ')
    return `${count.seeds} seeds: ${count.messages} messages (${said}), told ${count.told} times in disorder, ${count.late} of them up to 72 h late; each time the same ${count.orders} orders (${count.cancelled} cancelled), ${count.short} units short, ${count.persons} buyers`
  } finally {
    await db.end()
    await shop.close()
  }
}

/** What comes by a route of its own. Each time under a new key: whoever tells it again may have forgotten that they did. */
async function knock(
  m: Message,
  to: { name: string; owner: Client; till: Client; shop: Client },
): Promise<void> {
  if (m.what === 'row') return
  const answer =
    m.what === 'mall'
      ? await to.owner('POST', '/admin/v1/mall-orders', m.body)
      : m.what === 'till'
        ? await to.till('POST', '/till/v1/sales', m.body)
        : await to.shop('POST', `/connect/v1/${to.name}/notices`, m.body, {
            headers: { authorization: `Bearer key-${to.name}` },
          })
  assert.equal(answer.status, 200, `${m.what}: ${code(answer)}`)
}

/** Goods of which there are plenty, and goods of which there are four. */
async function makeGoods(owner: Client, run: string): Promise<void> {
  const nothing = { jan: null, case_pack: null, weight_grams: null, components: null }
  const skus = ['plenty', 'scarce'].map((kind) => ({
    ...nothing,
    code: `${run}-${kind.toUpperCase()}`,
    options: { kind },
    unit: 'piece',
    decimals: 0,
    lot_kept: false,
    archived: false,
    price: 1500,
  }))
  const named = (c: string) => ({ code: c, name: { ja: c, en: c } })
  const made = await owner('POST', '/admin/v1/products', {
    code: run.toLowerCase(),
    name: { ja: run, en: run },
    brand: null,
    kana: null,
    summary: null,
    description: null,
    tax_class: 'standard',
    age: null,
    picture: null,
    categories: [],
    fields: {},
    options: [{ ...named('kind'), values: [named('plenty'), named('scarce')] }],
    skus,
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  for (const [place, plenty, scarce] of [
    ['east', 500, 4],
    ['kichijoji', 50, 0],
  ] as const) {
    const lines = [
      { sku: `${run}-PLENTY`, quantity: plenty },
      ...(scarce ? [{ sku: `${run}-SCARCE`, quantity: scarce }] : []),
    ]
    assert.equal((await owner('POST', '/admin/v1/stock/receipts', { place, lines })).status, 200)
  }
}

type Counts = { orders: number; short: number; persons: number; cancelled: number }
/**
 * All that a run has left behind: each order with its state, its money and what is claimed for each of its SKUs; the shelves;
 * what is short; how many shortages are open; how many buyers are kept; and nothing that waits. Of the scarce goods the sums
 * alone: who of two goes without follows from who came first.
 */
async function stateOf(db: pg.Client, run: string, count: Counts | undefined): Promise<object> {
  const rows = async (text: string) => (await db.query(text, [`${run}-%`])).rows as Record<string, unknown>[]
  const bare = (list: Record<string, unknown>[]) =>
    JSON.parse(JSON.stringify(list).replaceAll(`${run}-`, '')) as Record<string, unknown>[]
  // Sales of a till have numbers of their own: they are known by their goods.
  const ours = `select distinct h.id, h.external_id, h.channel, h.state, h.placed_at, h.buyer from orders.header h join orders.line l on l."order" = h.id join catalog.sku s on s.id = l.sku where s.code like $1`
  const orders = await rows(
    `with o as (${ours}) select replace(replace(channel, 'disorder', 'order'), 'mall:', '') as channel, case when channel = 'till' then placed_at::text else external_id end as name, state,
       coalesce(w.balance, 0)::int as owed, coalesce(c.balance, 0)::int as captured
     from o left join ledger.account w on w.id = (21::bigint << 44) + o.id left join ledger.account c on c.id = (22::bigint << 44) + o.id order by channel, name`,
  )
  const claims = await rows(
    `with o as (${ours}) select case when o.channel = 'till' then o.placed_at::text else o.external_id end as name, s.code,
       sum(coalesce(h.balance, 0) + coalesce(d.balance, 0))::int as units, sum(-coalesce(x.balance, 0))::int as short
     from o join fulfilment.allocation f on f."order" = o.id join catalog.sku s on s.id = f.sku
     left join ledger.account h on h.id = (2::bigint << 44) + f.id left join ledger.account x on x.id = (4::bigint << 44) + f.id left join ledger.account d on d.id = (5::bigint << 44) + f.id
     group by 1, 2 order by 1, 2`,
  )
  const shelves = await rows(
    `select s.code, p.code as place, a.kind, sum(a.balance)::int as n from ledger.account a join catalog.sku s on s.id = a.unit join places.place p on p.id = a.place
     where a.book = 'stock' and s.code like $1 group by 1, 2, 3 order by 1, 2, 3`,
  )
  const shortages = await rows(
    `select s.code, x.state, count(*)::int as n from fulfilment.shortage x join catalog.sku s on s.id = x.sku where s.code like $1 and s.code not like '%SCARCE' and x.state = 'open' group by 1, 2 order by 1, 2`,
  )
  const persons = await rows(
    `with o as (${ours}) select o.channel = 'till' as till, count(distinct i.id)::int as identities, count(distinct k.id)::int as keys from o join customers.identity i on i.id = o.buyer left join persons.key k on k.id = o.buyer group by 1 order by 1`,
  )
  const sales = await rows(
    `select external_id, state, revision, "order" is not null as ours from channels.sale where external_id like $1 order by 1`,
  )
  const waiting = await rows(
    `select external_id, reason from channels.message where external_id like $1 and state in ('waiting', 'quarantined')`,
  )
  assert.deepEqual(waiting, [])
  if (count) {
    count.orders += orders.length
    count.cancelled += orders.filter((x) => x.state === 'cancelled').length
    count.short += claims.reduce((n, c) => n + Number(c.short), 0)
    count.persons += persons.reduce((n, p) => n + Number(p.identities), 0)
  }
  const isScarce = (c: Record<string, unknown>) => String(c.code).endsWith('SCARCE')
  return {
    orders: bare(orders),
    claims: bare(claims.filter((c) => !isScarce(c) && (c.units || c.short))),
    scarce: claims
      .filter(isScarce)
      .reduce<{ units: number; short: number }>(
        (n, c) => ({ units: n.units + Number(c.units), short: n.short + Number(c.short) }),
        { units: 0, short: 0 },
      ),
    shelves: bare(shelves),
    shortages: bare(shortages),
    persons,
    sales: bare(sales),
  }
}
