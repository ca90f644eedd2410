/** The load generator, in a process of its own: n buyers, each with a connection, for some seconds after a moment of warming. */
import { randomUUID } from 'node:crypto'
import { Socket, type Reply } from './http.ts'
import { queryOf } from './words.ts'

type Ask = {
  url: string
  scenario: string
  at: number
  seconds: number
  products: number
  cookie: string
  status: string
  hot: boolean
  stirred?: boolean
}

const key = () => `idempotency-key: ${randomUUID()}\r\n`
const random = (n: number) => Math.floor(Math.random() * n)
let checked = 0,
  parsed = 0

function demand(r: Reply, what: string, ok: boolean) {
  checked++
  if (!ok) throw new Error(`${what}: ${r.status} ${r.body.toString().slice(0, 400)}`)
}
const json = (r: Reply) => JSON.parse(r.body.toString()) as Record<string, never>
const sorts = ['new', 'price', '-price', 'name']
const cursors: string[] = []
function listQuery(): string {
  let q = `sort=${sorts[random(4)]}&limit=20`
  if (random(4) > 0) q += `&category=c${1 + random(20)}`
  if (random(2)) q += '&in_stock=true'
  if (random(3) === 0) q += `&price_min=${random(3000)}&price_max=${8000 + random(12_000)}`
  return q
}
const tail = Buffer.from('"total":')
async function list(s: Socket) {
  // Half the asks turn a page.
  const page = cursors.length > 50 && random(2) ? cursors[random(cursors.length)]! : listQuery()
  const r = await s.ask('GET', `/store/v1/products?${page}`)
  demand(
    r,
    'list',
    r.status === 200 &&
      r.body.length > 1000 &&
      r.body.indexOf('{"items":[{"code":"product-') === 0 &&
      r.body.lastIndexOf(tail) > 0,
  )
  if (checked % 16 === 0) {
    parsed++
    const b = json(r) as unknown as {
      items: { price_min: number; available: number; code: string }[]
      next: string | null
      total: number
    }
    demand(
      r,
      'list content',
      b.items.length === Math.min(20, b.items.length) &&
        b.items.length > 0 &&
        b.items.every(
          (i) => i.price_min > 0 && Number.isInteger(i.available) && i.code.startsWith('product-'),
        ) &&
        (b.items.length === 20 || b.next === null),
    )
    if (b.next && cursors.length < 500)
      cursors.push(`${page.replace(/&cursor=.*/, '')}&cursor=${encodeURIComponent(b.next)}`)
  }
}
async function search(s: Socket, a: Ask) {
  const { q, says } = queryOf(random, a.products)
  const sort = random(4) === 0 ? '&sort=price' : ''
  const narrow = random(4) === 0 ? '&facets=true&in_stock=true' : ''
  const r = await s.ask('GET', `/store/v1/products?limit=20&q=${encodeURIComponent(q)}${sort}${narrow}`)
  demand(r, `search ${q}`, r.status === 200 && r.body.indexOf('{"items":[{"code":"product-') === 0)
  if (checked % 16 === 0) {
    parsed++
    const b = json(r) as unknown as { items: { name: { ja: string } }[]; total: number; how: string }
    demand(r, `search content ${q}`, b.how === 'all' && (sort !== '' || b.items[0]!.name.ja.includes(says)))
  }
}
async function suggest(s: Socket) {
  const { q } = queryOf(random, 1)
  const begun = q.slice(0, 1 + random(q.length))
  const r = await s.ask('GET', `/store/v1/suggestions?q=${encodeURIComponent(begun)}`)
  demand(r, `suggest ${begun}`, r.status === 200 && r.body.indexOf('{"items":[') === 0)
}
async function html(s: Socket) {
  const r = await s.ask(
    'GET',
    `/c/c${1 + random(20)}?sort=${sorts[random(4)]}${random(2) ? '&in_stock=1' : ''}`,
  )
  demand(r, 'html', r.status === 200 && r.body.length > 5000 && r.body.subarray(-7).toString() === '</html>')
  if (checked % 16 === 0) {
    parsed++
    demand(r, 'html content', r.body.toString().split('<li><a class="card"').length === 21)
  }
}
async function detail(s: Socket, a: Ask) {
  const n = 1 + random(a.products)
  const r = await s.ask('GET', `/store/v1/products/product-${n}`)
  demand(r, 'detail', r.status === 200 && r.body.indexOf(`{"code":"product-${n}"`) === 0)
  if (checked % 16 === 0) {
    parsed++
    const b = json(r) as unknown as { variants: { sku: string; price: number; stores: unknown[] }[] }
    demand(
      r,
      'detail content',
      b.variants[0]!.sku === `SKU-${n}` && b.variants[0]!.price > 0 && b.variants[0]!.stores.length === 3,
    )
  }
}
const address = JSON.stringify({
  contact: { family: '山田', given: '花子', email: 'hanako@example.jp', phone: '090-1234-5678' },
  address: { postal: '100-0005', prefecture: 13, city: '千代田区', line1: '丸の内一丁目九番一号' },
  payment: 'cod',
})
const address2 = address.slice(1, -1)
export const outcomes = { accepted: 0, refused: 0 }
async function checkout(s: Socket, a: Ask, atOnce = false) {
  const n = a.hot ? 1 : 1 + random(a.products)
  const lines = a.hot
    ? `[{"sku":"SKU-1","quantity":1}]`
    : `[{"sku":"SKU-${n}","quantity":1},{"sku":"SKU-${1 + (n % a.products)}","quantity":1}]`
  const c = atOnce
    ? await s.ask('POST', '/store/v1/checkouts', `{"lines":${lines},${address2}}`, key())
    : await s.ask('POST', '/store/v1/carts', `{"lines":${lines}}`, key())
  demand(c, 'cart', c.status === 200)
  const { cart, token } = json(c) as unknown as { cart: string; token: string }
  const hold = `akinai-cart-token: ${token}\r\n`
  const q = atOnce ? c : await s.ask('PUT', `/store/v1/carts/${cart}/checkout`, address, key() + hold)
  demand(q, 'checkout', q.status === 200)
  const { total } = json(q) as unknown as { total: number }
  const o = await s.ask('POST', '/store/v1/orders', JSON.stringify({ cart, expects: total }), key() + hold)
  if (o.status === 200) {
    outcomes.accepted++
    demand(o, 'order', (json(o) as unknown as { total: number; order: number }).total === total)
  } else {
    outcomes.refused++
    demand(
      o,
      'order refused',
      (a.hot && o.status === 422 && (json(o) as unknown as { code: string }).code === 'stock.out') ||
        // A price moved between the confirmation and the order.
        (a.stirred === true &&
          o.status === 409 &&
          (json(o) as unknown as { code: string }).code === 'pricing.changed'),
    )
  }
}
async function orders(s: Socket, a: Ask) {
  const status = ['to_ship', 'to_ship', 'waiting_payment', 'all'][random(4)]
  const r = await s.ask(
    'GET',
    `/admin/v1/orders?status=${status}&limit=50`,
    undefined,
    `cookie: ${a.cookie}\r\n`,
  )
  demand(r, 'orders', r.status === 200 && r.body.indexOf('{"items":[') === 0)
  if (checked % 16 === 0) {
    parsed++
    const b = json(r) as unknown as { items: { status: string; total: number; order: number }[] }
    demand(
      r,
      'orders content',
      (status === 'waiting_payment' || b.items.length === 50) &&
        b.items.every(
          (i, n) =>
            (status === 'all' || i.status === status) &&
            i.total > 0 &&
            (n === 0 || i.order < b.items[n - 1]!.order),
        ),
    )
  }
}
/** Somebody at the order desk: looks at what waits, opens one, sends it, or now and then gives it up. */
async function desk(s: Socket, a: Ask) {
  const staff = `cookie: ${a.cookie}\r\n`
  const waiting = await s.ask('GET', '/admin/v1/orders?status=to_ship&limit=50', undefined, staff)
  demand(waiting, 'orders', waiting.status === 200)
  const { items } = json(waiting) as unknown as { items: { order: number }[] }
  if (items.length === 0) return
  const { order } = items[random(items.length)]!
  const opened = await s.ask('GET', `/admin/v1/orders/${order}`, undefined, staff)
  demand(opened, 'order opened', opened.status === 200)
  const [act, body] = random(10) === 0 ? ['cancel', '{"reason":"bench"}'] : ['ship', '{}']
  const done = await s.ask('POST', `/admin/v1/orders/${order}/${act}`, body, key() + staff)
  // Somebody else may have been at it first.
  demand(done, act!, done.status === 200 || done.status === 409 || done.status === 422)
}
/** What a shop does all day, of a hundred: 78 looks, 12 whole checkouts, 10 visits to the order desk. */
async function mixed(s: Socket, a: Ask) {
  const n = random(100)
  if (n < 32) await list(s)
  else if (n < 48) await html(s)
  else if (n < 66) await detail(s, a)
  else if (n < 74) await search(s, a)
  else if (n < 78) await suggest(s)
  else if (n < 90) await checkout(s, a)
  else await desk(s, a)
}
async function count1(s: Socket, a: Ask) {
  const r = await s.ask(
    'POST',
    '/admin/v1/stock/counts',
    `{"place":"p${1 + random(5)}","lines":[{"sku":"SKU-${1 + random(a.products)}","quantity":${500_000 + random(500_000)}}]}`,
    key() + `cookie: ${a.cookie}\r\n`,
  )
  demand(r, 'count', r.status === 200 && r.body.toString() === '{"counted":1}')
}
async function countMany(s: Socket, a: Ask) {
  const from = random(a.products - 1000)
  const lines = Array.from(
    { length: 1000 },
    (_, i) => `{"sku":"SKU-${1 + from + i}","quantity":${500_000 + random(500_000)}}`,
  )
  const r = await s.ask(
    'POST',
    '/admin/v1/stock/counts',
    `{"place":"p${1 + random(5)}","lines":[${lines}]}`,
    key() + `cookie: ${a.cookie}\r\n`,
  )
  demand(r, 'counts', r.status === 200 && r.body.toString() === '{"counted":1000}')
}
async function floor(s: Socket) {
  const r = await s.ask('GET', '/')
  demand(r, 'floor', r.status === 200 && r.body.length > 100)
}
const scenarios: Record<string, (s: Socket, a: Ask) => Promise<void>> = {
  list,
  html,
  detail,
  search,
  suggest,
  checkout,
  checkout2: (s, a) => checkout(s, a, true),
  hot: checkout,
  mixed,
  orders,
  count: count1,
  counts: countMany,
  floor,
}

process.once(
  'message',
  (a: Ask & { attempts?: number }) => void run(a).catch((e) => process.send!({ error: String(e) })),
)
async function run(a: Ask & { attempts?: number }) {
  const todo = scenarios[a.scenario]!
  const sockets = await Promise.all(Array.from({ length: a.at }, () => Socket.open(a.url)))
  const lap = async (until: number, record: number[] | undefined) => {
    await Promise.all(
      sockets.map(async (s) => {
        while (performance.now() < until && (a.attempts === undefined || !record || begun < a.attempts)) {
          begun++
          const t = performance.now()
          await todo(s, a)
          record?.push(performance.now() - t)
        }
      }),
    )
  }
  let begun = 0
  if (a.attempts === undefined) await lap(performance.now() + 700, undefined)
  process.send!({ ready: true })
  await new Promise((r) => process.once('message', r))
  begun = 0
  const lat: number[] = [],
    cpu = process.cpuUsage(),
    t0 = performance.now(),
    c0 = checked
  outcomes.accepted = outcomes.refused = 0
  await lap(t0 + a.seconds * 1000, lat)
  const seconds = (performance.now() - t0) / 1000,
    used = process.cpuUsage(cpu)
  lat.sort((x, y) => x - y)
  process.send!({
    n: lat.length,
    seconds,
    p50: lat[lat.length >> 1],
    p99: lat[Math.floor(lat.length * 0.99)],
    cpu: (used.user + used.system) / lat.length,
    checked: checked - c0,
    parsed,
    outcomes: { ...outcomes },
  })
  for (const s of sockets) s.close()
}
