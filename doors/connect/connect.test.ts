/** The whole way of a connection, by its routes alone, in a shop whose worker runs it. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { after, test } from 'node:test'
import { simulate } from '#connectors/amazon'
import { erasePersonsDue } from '#doors/worker'
import { buy, code, of, standShop } from '#testing'

const amazon = await simulate()
after(() => amazon.stop())
const logs: string[] = []
const { shop, db, owner, one, receive } = await standShop({
  logTo: { write: (line) => void logs.push(line) },
  connect: { patience: { try: 800, whole: 2500, pause: 20, pace: 10_000 }, look: 100 },
  settings: { AKINAI_LOG_LEVEL: 'trace' },
})
const there = async (method: string, path: string, body?: object) => {
  const r = await fetch(`${amazon.url}/_simulator/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  })
  return (await r.json()) as Record<string, never>
}
await there('POST', 'limits', { on: false })
const address = '/admin/v1/connectors/amazon-jp'
const settings = {
  endpoint: amazon.url,
  tokens_endpoint: amazon.url,
  seller: 'SELLER',
  client_id: 'client',
  version: 'v0',
}
const secrets = { client_secret: 'geheim-eins', refresh_token: 'geheim-zwei', notice_key: 'geheim-drei' }
const save = (more: object = {}) =>
  owner('PUT', address, { connector: 'amazon', active: true, settings, secrets, ...more })
const soon = () =>
  db.query('update channels.connection set next_at = null; update channels.message set next_at = null')
/** A round that was under way when the clock was moved sets the next one's time: it is moved again. */
const until = async (what: () => Promise<boolean>, ms = 30_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((r) => setTimeout(r, 50))) {
    if (await what()) return
    await soon()
  }
  assert.fail('did not happen in time')
}
const mallOrders = async () =>
  Number((await one(`select count(*) as n from orders.header where channel = 'mall:amazon-jp'`)).n)
type Seen = {
  connection: {
    failure: { code: string; words: string } | null
    failures: number
    worked_at: string | null
    quarantined: number
  }
  settings: Record<string, string>
  secrets: string[]
  limits: { operation: string; rate: number; left: number }[]
  exchanges: { operation: string; words: string | null }[]
}
const look = async () => of<Seen>(await owner('GET', address))

test('a connection is set up, its secrets are never told again, and the button says whether it works', async () => {
  assert.equal(code(await owner('GET', address)), 'channels.connection_missing')
  for (const [wrong, setting] of [
    [{ endpoint: 'http://169.254.169.254/' }, 'endpoint'],
    [{ endpoint: 'file:///etc/passwd' }, 'endpoint'],
    [{ version: 'v9' }, 'version'],
    [{ constructor_: 'x' }, 'constructor_'],
    [{ client_secret: 'in the clear' }, 'client_secret'],
  ] as const) {
    const answer = await save({ settings: { ...settings, ...wrong } })
    assert.deepEqual(
      [code(answer), of<{ detail: { setting: string } }>(answer).detail.setting],
      ['channels.setting_wrong', setting],
    )
  }
  assert.deepEqual(of<{ secrets: string[] }>(await save({ active: false })).secrets, Object.keys(secrets))
  const text = JSON.stringify([await look(), of(await owner('GET', '/admin/v1/connectors'))])
  for (const secret of Object.values(secrets)) assert.ok(!text.includes(secret))
  const dump = JSON.stringify((await db.query('select * from channels.connection')).rows)
  for (const secret of Object.values(secrets))
    assert.ok(!dump.includes(secret) && !dump.includes(Buffer.from(secret).toString('hex')))
  const tried = of<{ works: boolean; words: string }>(await owner('POST', `${address}/try`, {}))
  assert.deepEqual(tried, { works: true, words: 'つながりました。このマーケットプレイスに出品できます。' })
  // Secrets left out stay; a new address needs them anew, so that nobody can have them sent to it.
  assert.deepEqual(
    of<{ secrets: string[] }>(await save({ active: false, secrets: {} })).secrets,
    Object.keys(secrets),
  )
  const moved = await save({
    active: false,
    secrets: {},
    settings: { ...settings, tokens_endpoint: 'https://elsewhere.example' },
  })
  assert.deepEqual(of<{ secrets: string[] }>(moved).secrets, [])
  await save({ active: false, secrets: { ...secrets, client_secret: 'wrong' } })
  const denied = of<{ works: boolean; words: string }>(await owner('POST', `${address}/try`, {}))
  assert.deepEqual([denied.works, denied.words.startsWith('相手先に認証を拒まれました')], [false, true])
})

test('the worker brings orders in by itself; a notice needs its key; what is set aside is replayed by the console', async () => {
  await receive('TEE-WHITE-M', 100)
  await there('POST', 'orders', {
    count: 5,
    items: [{ sku: 'TEE-WHITE-M', quantity: 2, amount: 3001, discount: 100 }],
    shipping: 500,
  })
  await save()
  await until(async () => (await mallOrders()) === 5)
  const { rows } = await db.query(
    `select h.total, h.goods, h.shipping, h.discount, c.customer, c.kind from orders.header h join customers.identity c on c.id = h.buyer where h.channel = 'mall:amazon-jp'`,
  )
  for (const r of rows)
    assert.deepEqual(
      [r.total, r.goods, r.shipping, r.discount, r.customer, r.kind],
      [3401, 3001, 500, 100, null, 'mall'],
    )
  // The orders are there a moment before the round that brought them has ended.
  await until(async () => (await look()).connection.worked_at !== null)
  const seen = await look()
  assert.ok(seen.limits.some((l) => l.operation === 'getOrders' && l.rate === 0.0167))
  const [id] = (await there('POST', 'orders', { created: '2026-01-01T00:00:00Z' })).ids as unknown as string[]
  const notice = await there('GET', `notifications/${id}`)
  const knock = (key: string, body: unknown = notice) =>
    shop.client()('POST', '/connect/v1/amazon-jp/notices', body, {
      headers: { authorization: `Bearer ${key}` },
    })
  assert.equal(code(await knock('wrong')), 'access.failed')
  assert.equal(
    code(await knock(secrets.notice_key, { NotificationType: 'ORDER_CHANGE' })),
    'channels.notice_unread',
  )
  for (let i = 0; i < 3; i++)
    assert.equal(of<{ kept: boolean }>(await knock(secrets.notice_key)).kept, i === 0)
  await soon()
  await until(async () => (await mallOrders()) === 6)
  await there('POST', 'faults', { kind: 'bad_rows', operation: 'getOrders' })
  await soon()
  await until(async () => (await look()).connection.quarantined === 4)
  const list = of<{ items: { message: number; words: string; place: string; reason: string }[] }>(
    await owner('GET', `${address}/messages?state=quarantined`),
  ).items
  assert.equal(list.length, 4)
  assert.ok(list.every((m) => m.words && m.place))
  const one_ = of<{ replayed: number }>(
    await owner('POST', `${address}/replays`, { from: list[0]!.message, to: list[0]!.message }),
  )
  const all = of<{ replayed: number }>(await owner('POST', `${address}/replays`, {}))
  assert.deepEqual([one_.replayed, all.replayed], [1, 3])
  await soon()
  await until(async () => (await look()).connection.quarantined === 4)
})

test('a round asked for while one is under way is not forgotten: another follows at once', async () => {
  const { connect } = shop.services
  const [c] = (await db.query('select * from channels.connection order by id limit 1')).rows as Parameters<
    typeof connect.round
  >[0][]
  await until(
    async () =>
      (await db.query('select busy_until is null as idle from channels.connection where id = $1', [c!.id]))
        .rows[0].idle as boolean,
  )
  await there('POST', 'faults', { kind: 'slow', ms: 400, times: 1 })
  const running = connect.round(c!)
  await until(
    async () =>
      (
        await db.query('select busy_until is not null as busy from channels.connection where id = $1', [
          c!.id,
        ])
      ).rows[0].busy as boolean,
  )
  assert.equal(await connect.hurry(c!), false)
  assert.notEqual(await running, undefined)
  const { rows } = await db.query(
    'select next_at <= now() as due, again, worked_at from channels.connection where id = $1',
    [c!.id],
  )
  assert.ok(rows[0].due, 'the next round waits for no clock')
  await there('DELETE', 'faults')
})

test('P9 daily: Amazon unreachable, slow and speaking garbage; every checkout succeeds, the page says why, and the backlog drains by itself', async () => {
  await receive('TEE-WHITE-M', 100)
  const before = await mallOrders()
  for (const kind of ['not_http', 'hang', 'garbage']) {
    await there('POST', 'faults', { kind, times: 1000 })
    await there('POST', 'orders', {
      count: 4,
      items: [{ sku: 'TEE-WHITE-M', amount: 1980 }],
      created: new Date(Date.now() - 150_000).toISOString(),
    })
    await soon()
    const bought = await Promise.all(
      Array.from({ length: 6 }, () => buy(shop.client(), [{ sku: 'TEE-WHITE-M', quantity: 1 }])),
    )
    assert.deepEqual(
      bought.map((b) => b.status),
      Array(6).fill(200),
    )
    await until(async () => (await look()).connection.failure !== null)
    const { failure } = (await look()).connection
    assert.ok(failure && failure.words.length > 10, kind)
    await there('DELETE', 'faults')
    // Its turn comes again by itself; here the clock is moved.
    await until(async () => {
      await soon()
      return (await look()).connection.failure === null
    })
  }
  await db.query(`update channels.stream set position = jsonb_build_object('since', $1::text)`, [
    new Date(Date.now() - 600_000).toISOString(),
  ])
  await soon()
  await until(async () => (await mallOrders()) === before + 12)
})

test('an Amazon buyer is gone at most thirty days after delivery: from cards, notes, messages, jobs, calls and logs; totals stay, and a certificate says so', async () => {
  const buyer = { name: '印野 標子', email: 'marker-buyer@marketplace.amazon.co.jp' }
  const home = {
    name: '印野 標子',
    line1: '標識町九丁目',
    line2: '目印荘',
    city: '印西市',
    state: '千葉県',
    postal: '270-9999',
    phone: '0479991234',
  }
  const [id] = (
    await there('POST', 'orders', {
      orders: [
        {
          buyer,
          address: home,
          items: [{ sku: 'TEE-WHITE-M', amount: 1980 }],
          created: new Date(Date.now() - 300_000).toISOString(),
        },
      ],
    })
  ).ids as unknown as string[]
  await db.query(`update channels.stream set position = jsonb_build_object('since', $1::text)`, [
    new Date(Date.now() - 600_000).toISOString(),
  ])
  await soon()
  await until(
    async () => (await db.query('select 1 from orders.header where external_id = $1', [id])).rowCount === 1,
  )
  const order = Number((await one('select id from orders.header where external_id = $1', [id])).id)
  assert.ok(JSON.stringify((await owner('GET', `/admin/v1/orders/${order}`)).body).includes('標識町'))
  assert.equal(
    (await owner('POST', `/admin/v1/orders/${order}/ship`, { carrier: 'yamato', tracking: '123456789012' }))
      .status,
    200,
  )
  await soon()
  await until(async () =>
    ((await there('GET', 'state')) as unknown as { confirmations: { order: string }[] }).confirmations.some(
      (c) => c.order === id,
    ),
  )
  // Faults of ours while they are at hand: a page that shows them, and a message about them that cannot be kept.
  const without = async (table: string, during: () => Promise<void>) => {
    const [schema, name] = table.split('.')
    await db.query(`alter table ${table} rename to mislaid`)
    try {
      await during()
    } finally {
      await db.query(`alter table ${schema}.mislaid rename to ${name}`)
    }
  }
  const logged = (what: string) => logs.filter((line) => line.includes(what)).length
  await without('persons.card', async () =>
    assert.equal((await owner('GET', `/admin/v1/orders/${order}`)).status, 500),
  )
  await there('POST', `orders/${id}`, { updated: new Date(Date.now() - 240_000).toISOString() })
  await without('channels.sale', async () => {
    await db.query(`update channels.stream set position = jsonb_build_object('since', $1::text)`, [
      new Date(Date.now() - 600_000).toISOString(),
    ])
    await until(async () => logged('a connection failed on our side') > 0)
  })
  await soon()
  await until(async () => (await look()).connection.failure === null)
  const totals = async () => one(`select sum(total)::bigint as total, count(*) as n from orders.header`)
  const books = await totals()
  const age = (days: number) =>
    db.query(`update persons.key set erase_at = erase_at - make_interval(days => $1)`, [days])
  await age(28)
  await erasePersonsDue(shop.services.gate, shop.services.pool)
  assert.ok(
    JSON.stringify((await owner('GET', `/admin/v1/orders/${order}`)).body).includes('標識町'),
    'not before its time',
  )
  await age(1)
  await erasePersonsDue(shop.services.gate, shop.services.pool)
  // Amazon may tell of the order once more: only that it came is kept.
  await there('POST', `orders/${id}`, { updated: new Date(Date.now() - 180_000).toISOString() })
  await db.query(`update channels.stream set position = jsonb_build_object('since', $1::text)`, [
    new Date(Date.now() - 600_000).toISOString(),
  ])
  await soon()
  await until(
    async () =>
      Number(
        (
          await one(
            `select count(*) as n from channels.message where external_id = $1 and reason = 'erased'`,
            [id],
          )
        ).n,
      ) > 0,
  )
  const words = ['印野', '標子', 'marker-buyer', '標識町', '目印荘', '印西市', '270-9999', '0479991234']
  const tables = (
    await db.query(
      `select schemaname as s, tablename as t from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
  ).rows as { s: string; t: string }[]
  let cells = 0
  for (const { s, t } of tables) {
    const { rows } = await db.query(`select x::text as row from "${s}"."${t}" x`)
    for (const { row } of rows as { row: string }[]) {
      cells++
      for (const w of words)
        assert.ok(!row.includes(w) && !row.includes(Buffer.from(w).toString('hex')), `${s}.${t} has ${w}`)
    }
  }
  for (const file of fs
    .globSync('**/*', { cwd: shop.config.dataDirectory, withFileTypes: true })
    .filter((f) => f.isFile())) {
    const text = fs.readFileSync(`${file.parentPath}/${file.name}`)
    for (const w of words) assert.ok(!text.includes(w), file.name)
  }
  // What failed is in the logs; of whom, is not.
  const said = logs.join('')
  assert.ok(logged('/admin/v1/orders/:order') > 0 && logged('a connection failed on our side') > 0)
  for (const w of [...words, ...Object.values(secrets)]) assert.ok(!said.includes(w), 'a log line has it')
  assert.deepEqual(await totals(), books)
  const shown = of<{
    items: { external_id: string; days_after_parcel: number; found: Record<string, number> }[]
  }>(await owner('GET', `${address}/certificates`)).items.find((c) => c.external_id === id)!
  const { messages_without_content: messages, ...left } = shown.found
  assert.deepEqual(left, { keys: 0, cards: 0, notes: 0, marks: 0 })
  assert.ok(messages! > 0 && shown.days_after_parcel <= 30)
  assert.equal(
    Number(
      (await one(`select count(*) as n from persons.card c join persons.erasure e on e.person = c.person`)).n,
    ),
    0,
  )
  console.log(
    `# searched: ${tables.length} tables, ${cells} rows, files of the shop, ${logs.length} lines of logs: 0 traces of ${words.length} markers; totals unchanged; certificate for ${id}`,
  )
})
