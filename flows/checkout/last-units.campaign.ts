/** P3: what is there is promised once, however many ask at once and through whichever door. */
import assert from 'node:assert/strict'
import pg from 'pg'
import { prooves } from '#flows/reads'
import { chanceFrom } from '#kernel/ids'
import { openShop, proveBooks, type Answer, type Client, type FreshDatabase, type Shop } from '#testing'

export default async function campaign(database: FreshDatabase): Promise<string> {
  const shop = await openShop({ database, work: false })
  const db = new pg.Client(database.owner)
  await db.connect()
  const seeds = Number(process.env.SEEDS ?? 20)
  try {
    for (let seed = 1; seed <= seeds; seed++)
      console.log(`seed ${seed}: ${await lastUnits(shop, db, { seed, buyers: 1000 })}`)
    await proveBooks(database.owner, prooves)
    return `${seeds} seeds × 1,000 buyers of 10 units: 10 allocated each time`
  } finally {
    await db.end()
    await shop.close()
  }
}

const of = <T>(a: Answer) => a.body as unknown as T

/** Ten units: six in the east, four in Kyoto, where a till stands too. */
export async function lastUnits(
  shop: Shop,
  db: pg.Client,
  ask: { seed: number; buyers: number },
): Promise<string> {
  const next = chanceFrom(ask.seed * 2_654_435_761)
  const sku = 'OVAL-OCHRE'
  const [owner, till] = await hands(shop, db)
  const [{ id: unit }] = (await db.query('select id from catalog.sku where code = $1', [sku])).rows
  for (const [place, quantity] of [
    ['east', 6],
    ['west', 0],
    ['kichijoji', 0],
    ['kyoto', 4],
    ['tenjin', 0],
  ] as const)
    assert.equal(
      (await owner('POST', '/admin/v1/stock/counts', { place, lines: [{ sku, quantity }] })).status,
      200,
    )
  const since = Number(
    (await db.query('select coalesce(max(seq), 0) as seq from ledger.transfer')).rows[0].seq,
  )
  const web = async () => {
    const client = shop.client()
    const cart = of<{ cart: string; token: string }>(
      await client('POST', '/store/v1/carts', { lines: [{ sku, quantity: 1 }] }),
    )
    const headers = { 'akinai-cart-token': cart.token }
    const quote = await client(
      'PUT',
      `/store/v1/carts/${cart.cart}/checkout`,
      {
        contact: { family: '山田', given: '花子', email: 'h@example.jp', phone: '090-0000-0000' },
        address: { postal: '150-0001', prefecture: 13, city: '渋谷区', line1: '1-1' },
        payment: 'cod',
      },
      { headers },
    )
    return () =>
      client(
        'POST',
        '/store/v1/orders',
        { cart: cart.cart, expects: of<{ total: number }>(quote).total },
        { headers },
      )
  }
  const sell = () =>
    till('POST', '/till/v1/sales', {
      sale: crypto.randomUUID(),
      happened_at: new Date().toISOString(),
      lines: [{ sku, quantity: 1, unit_price: 3000 }],
      tendered: 3000,
      total: 3000,
    })
  const mall = () =>
    owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: crypto.randomUUID(),
      placed_at: new Date().toISOString(),
      lines: [{ sku, quantity: 1, unit_price: 3000 }],
      total: 3000,
      paid: true,
      destination: { contact: {}, address: {} },
    })
  // Carts are filled beforehand; the last step of everybody falls into the same moment.
  const webs = Math.floor(ask.buyers * 0.94)
  const orders: (() => Promise<Answer>)[] = []
  while (orders.length < webs)
    orders.push(...(await Promise.all(Array.from({ length: Math.min(50, webs - orders.length) }, web))))
  const facts = ask.buyers - webs
  const tills = Math.floor(facts / 2)
  const all = [
    ...orders.map((go) => ['web', go] as const),
    ...Array.from({ length: tills }, () => ['till', sell] as const),
    ...Array.from({ length: facts - tills }, () => ['mall', mall] as const),
  ]
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  const conflicts = shop.services.gate.stats.conflicts
  const answers = await Promise.all(all.map(async ([door, go]) => [door, await go()] as const))
  const by = (door: string) => answers.filter(([d]) => d === door).map(([, a]) => a)
  const bought = by('web').filter((a) => a.status === 200).length
  for (const a of by('web'))
    assert.ok(
      a.status === 200 || (a.status === 422 && of<{ code: string }>(a).code === 'stock.out'),
      JSON.stringify(a.body),
    )
  for (const a of [...by('till'), ...by('mall')]) assert.equal(a.status, 200, JSON.stringify(a.body))
  const short = [...by('till'), ...by('mall')].reduce(
    (n, a) => n + of<{ short: { quantity: number }[] }>(a).short.reduce((s, l) => s + l.quantity, 0),
    0,
  )
  // Units that left a shelf for somebody, as the ledger has them.
  const { rows } = await db.query(
    `select coalesce(sum(amount) filter (where debit >> 44 = 1), 0)::int as taken, coalesce(sum(amount) filter (where debit >> 44 = 4), 0)::int as short from ledger.transfer where seq > $1 and unit = $2 and reason in ('stock.held', 'stock.sold', 'stock.short')`,
    [since, unit],
  )
  assert.equal(rows[0].taken, 10, 'exactly ten units are promised')
  assert.equal(bought + facts - short, 10)
  assert.equal(rows[0].short, short)
  const open = (
    await db.query(
      `select count(*)::int as n from fulfilment.shortage s where s.sku = $1 and s.state = 'open' and s."order" = any($2)`,
      [unit, [...by('till'), ...by('mall')].map((a) => of<{ order: number }>(a).order)],
    )
  ).rows[0].n
  assert.equal(open, short, 'every missing unit has somebody who looks for it')
  const raced = shop.services.gate.stats.conflicts - conflicts
  assert.ok(raced > 0, 'nobody met anybody')
  return `${ask.buyers} buyers (${webs} web, ${tills} till, ${facts - tills} mall): 10 units promised, ${webs - bought} of the web refused, ${short} facts short and kept, ${raced} replanned`
}

async function hands(shop: Shop, db: pg.Client): Promise<[Client, Client]> {
  const { token, tokenHash } = await import('#domains/access')
  const sign = async (role: string, device: string | null): Promise<Client> => {
    const held = token()
    await db.query(
      `insert into access.session (id, staff, kind, device, expires_at) select $1, s.id, $4, d.id, now() + interval '1 day' from access.staff s left join access.device d on d.code = $3 where s.role = $2 order by s.id limit 1`,
      [tokenHash(held), role, device, device ? 'till' : 'console'],
    )
    const client = shop.client()
    const call = (
      method: string,
      path: string,
      body?: unknown,
      more: { key?: string; headers?: Record<string, string> } = {},
    ) =>
      client(method, path, body, { ...more, headers: { ...more.headers, authorization: `Bearer ${held}` } })
    return Object.assign(call, { cookie: '' })
  }
  return [await sign('owner', null), await sign('store', 'kyoto-1')]
}
