/** The audit log: everything done or refused is in it, in the commit of what it tells of; nothing of it can be changed without being named. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { Sealer, verifyChain } from '#doors/audit'
import { hashOfEntry, type Entry } from '#domains/access'
import { akinai, buy, standShop, type Answer } from '#testing'

const { shop, db, owner, one } = await standShop()
const { pool, vault } = shop.services
const body = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
type Deed = {
  seq: number
  actor: number
  route: string
  subject: string | null
  outcome: string
  no: number | null
}
const list = async (query = '', who = owner) =>
  body<{ items: Deed[]; next: string | null; whats: string[] }>(
    await who('GET', `/admin/v1/audit?limit=200${query}`),
  )
const last = async (route: string) => (await list(`&what=${route}`)).items[0]!
const sealed = async () => {
  for (;;) {
    const { waiting } = await verifyChain(pool, vault)
    if (waiting === 0) return
    await new Promise((r) => setTimeout(r, 50))
  }
}

test('what staff do is in the log with its number and outcome, done or refused, and once for one key', async () => {
  const { id } = body<{ id: number }>(await owner('GET', '/admin/v1/me'))
  const placed = await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }])
  const { order } = placed.body as unknown as { order: number }
  const key = crypto.randomUUID()
  for (let i = 0; i < 3; i++) body(await owner('POST', `/admin/v1/orders/${order}/ship`, {}, { key }))
  const ship = (await list('&what=order.ship')).items
  assert.deepEqual(
    ship.map((d) => [d.actor, d.subject, d.outcome]),
    [[id, `order ${order}`, 'done']],
  )
  const merchandiser = await shop.staff('merchandiser')
  assert.equal((await merchandiser('POST', `/admin/v1/orders/${order}/cancel`, { reason: 'x' })).status, 403)
  assert.equal((await last('order.cancel')).outcome, 'access.not_allowed')
  assert.equal((await owner('POST', `/admin/v1/orders/${order}/ship`, {})).status, 422)
  assert.notEqual((await last('order.ship')).outcome, 'done')
  await shop.client()('POST', '/admin/v1/sessions', { email: 'owner@example.jp', password: 'wrong' })
  assert.deepEqual(
    [(await last('staff.sign_in')).outcome, (await last('staff.sign_in')).actor],
    ['access.failed', id],
  )
  await shop.client()('POST', '/admin/v1/sessions', { email: 'nobody@example.jp', password: 'wrong' })
  assert.equal((await last('staff.sign_in')).actor, 0)
  body(await owner('GET', '/admin/v1/exports/products'))
  assert.equal((await last('exports.products')).outcome, 'done')
  // What buyers do is in the journal, and not here; nor is what staff only look at.
  const { rows } = await db.query(`select distinct route from access.deed`)
  assert.ok(rows.every((r) => !/^(cart|order\.place|me$|orders$)/.test(r.route)))
})

test('reading a person is in the log once in ten minutes for a session and an order; who sees nobody leaves nothing', async () => {
  const placed = body<{ order: number }>(await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }]))
  const path = `/admin/v1/orders/${placed.order}`
  const call = await shop.staff('call')
  const accountant = await shop.staff('accountant')
  for (let i = 0; i < 3; i++)
    for (const who of [owner, call, accountant]) assert.equal((await who('GET', path)).status, 200)
  const readings = (await list('&what=order')).items.filter((d) => d.subject === `order ${placed.order}`)
  const idOf = async (who: typeof owner) => body<{ id: number }>(await who('GET', '/admin/v1/me')).id
  assert.deepEqual(
    readings.map((d) => d.actor).toSorted((a, b) => a - b),
    [await idOf(owner), await idOf(call)].toSorted((a, b) => a - b),
  )
  // A sale at the till without a card is nobody's.
  const till = (await db.query(`select id from orders.header where channel = 'till' limit 1`)).rows[0]
  if (till) body(await owner('GET', `/admin/v1/orders/${till.id}`))
  assert.ok(!(await list('&what=order')).items.some((d) => d.subject === `order ${till?.id}`))
})

test('an entry stands in the commit of what it tells of', async () => {
  const { rows } = await db.query(`
    select d.xmin::text = e.xid::text as together from access.deed d join kernel.event e on e.subject = 'order:' || substring(d.subject from 7) and e.kind = 'stock.shipped'
    where d.route = 'order.ship' and d.outcome = 'done'`)
  assert.deepEqual(rows, [{ together: true }])
})

test('the call centre sees its own, the developer what is technical, the merchandiser nothing', async () => {
  const call = await shop.staff('call')
  const mine = body<{ id: number }>(await call('GET', '/admin/v1/me')).id
  const { items } = await list('', call)
  assert.ok(items.length > 0 && items.every((d) => d.actor === mine))
  assert.deepEqual((await list('&actor=1', call)).items, [])
  body(await owner('POST', '/admin/v1/webhooks', { url: 'https://8.8.8.8/hook', kinds: null, shop: null }))
  const technical = await list('', await shop.staff('developer'))
  assert.deepEqual([...new Set(technical.items.map((d) => d.route))], ['webhook.create'])
  assert.equal((await (await shop.staff('merchandiser'))('GET', '/admin/v1/audit')).status, 403)
})

test('pages follow one another, filters hold, a file has it all and computes nothing', async () => {
  const all = (await list()).items
  const pages: Deed[] = []
  for (let cursor = ''; ;) {
    const at = body<{ items: Deed[]; next: string | null }>(
      await owner('GET', `/admin/v1/audit?limit=5${cursor}`),
    )
    pages.push(...at.items)
    if (at.next === null) break
    cursor = `&cursor=${at.next}`
  }
  assert.deepEqual(
    pages.map((d) => d.seq),
    all.map((d) => d.seq),
  )
  assert.deepEqual((await list('&from=2099-01-01')).items, [])
  assert.equal((await list('&to=2099-01-01&from=2020-01-01')).items.length, all.length)
  const { text } = (await owner('GET', '/admin/v1/audit/export')).body as unknown as { text: string }
  const lines = text.trim().split('\r\n')
  assert.equal(lines.length, all.length + 1)
  assert.ok(lines.every((l) => l.split(',').every((cell) => !/^"?\s*[=+@＝＋＠]/.test(cell))))
  assert.equal((await last('audit.export')).outcome, 'done')
})

test('the application may add entries and links, and neither change nor remove one', async () => {
  const app = new pg.Client(shop.database.app)
  await app.connect()
  try {
    for (const table of ['deed', 'link'])
      for (const said of [
        `update access.${table} set ${table === 'deed' ? 'actor = 1' : 'no = 0'}`,
        `delete from access.${table}`,
        `truncate access.${table}`,
      ])
        await assert.rejects(app.query(said), /permission denied/, said)
  } finally {
    await app.end()
  }
})

test('nothing that somebody typed is in it', async () => {
  const marker = 'ｍａｒｋｅｒ田中'
  await owner('POST', '/admin/v1/invitations', {
    family: marker,
    given: 'x',
    email: 'marker@example.jp',
    lang: 'ja',
    role: 'call',
    place: null,
    shops: null,
  })
  await owner('GET', `/admin/v1/customers/${encodeURIComponent(marker)}`)
  await owner('POST', `/admin/v1/connectors/marker-name/run`, {})
  // Somebody whose name is in letters that a code could have.
  const { link } = body<{ link: string }>(
    await owner('POST', '/admin/v1/invitations', {
      family: 'marker',
      given: 'marker',
      email: 'marker-2@example.jp',
      lang: 'en',
      role: 'call',
      place: null,
      shops: null,
    }),
  )
  const token = link.slice(link.indexOf('#') + 1)
  const theirs = { email: 'marker-2@example.jp', password: 'long-enough-to-be-one' }
  body(await shop.client()('POST', '/admin/v1/invitations/accept', { token, password: theirs.password }))
  body(await shop.client()('POST', '/admin/v1/sessions', theirs))
  const { rows } = await db.query('select d::text as text from access.deed d')
  assert.ok(rows.length > 10)
  assert.ok(rows.every((r) => !/marker|田中|127\.0\.0\.1|example/.test(r.text)))
})

test('a hundred at once, over two sealers: one chain, whole and without a gap', async () => {
  const others = [new Sealer(pool), new Sealer(pool)]
  await Promise.all([
    ...Array.from({ length: 100 }, () =>
      owner('POST', '/admin/v1/stock/receipts', {
        place: 'east',
        lines: [{ sku: 'MUG-WHITE', quantity: 1 }],
      }),
    ),
    ...others.flatMap((s) => [s.round(), s.round(), s.round()]),
  ])
  await sealed()
  const verdict = await verifyChain(pool, vault)
  assert.deepEqual([verdict.faults, verdict.waiting], [[], 0])
  assert.deepEqual(
    await one(
      'select count(*)::int as n, max(no)::int as last, count(distinct deed)::int as deeds from access.link',
    ),
    {
      n: verdict.entries,
      last: verdict.entries,
      deeds: verdict.entries,
    },
  )
  console.log(`# ${verdict.entries} entries, one chain`)
})

test('an entry whose commit comes late is linked late, and not passed over', async () => {
  await sealed()
  const late = new pg.Client(shop.database.owner)
  await late.connect()
  const copy = `insert into access.deed (id, at, actor, route, outcome, mark) select gen_random_uuid(), at, actor, route, 'late', mark from access.deed order by seq limit 1`
  await late.query('begin')
  await late.query(copy)
  for (let i = 0; i < 5; i++)
    await owner('POST', '/admin/v1/stock/receipts', {
      place: 'east',
      lines: [{ sku: 'MUG-WHITE', quantity: 1 }],
    })
  await new Promise((r) => setTimeout(r, 2500))
  await late.query('commit')
  await late.end()
  const { faults } = await verifyChain(pool, vault)
  assert.deepEqual(
    faults.map((f) => f.fault),
    ['planted'],
    'put in past the house, it has no mark of the house',
  )
  await sealed()
  const { no } = await one(
    `select l.no from access.deed d join access.link l on l.deed = d.id where d.outcome = 'late'`,
  )
  assert.ok(no > 0)
  const named = (await verifyChain(pool, vault)).faults
  assert.deepEqual(
    named.map((f) => [f.fault, f.no]),
    [['planted', no]],
  )
  await db.query(`delete from access.link where no >= $1`, [no])
  await db.query(`delete from access.deed where outcome = 'late'`)
  await sealed()
  assert.deepEqual((await verifyChain(pool, vault)).faults, [])
})

test('the command line verifies it, and so does the proof of the books', async () => {
  const whole = await akinai(shop, 'audit')
  assert.equal(whole.status, 0, whole.said)
  const head = /[0-9a-f]{64}/.exec(whole.said)![0]
  assert.equal((await akinai(shop, 'audit', '--head', head)).status, 0)
  assert.equal((await akinai(shop, 'audit', '--head', '0'.repeat(64))).status, 3)
  await db.query(
    `update access.deed set outcome = 'x' where id = (select deed from access.link where no = 2)`,
  )
  const changed = await akinai(shop, 'audit')
  assert.equal(changed.status, 3)
  assert.match(changed.said, /✖ 2 seq \d+ \S+ .*was changed/)
  const proven = await akinai(shop, 'prove')
  assert.equal(proven.status, 3)
  assert.match(proven.said, /the audit log is whole: entry 2 /)
  const { proof } = body<{ proof: { differences: { check: string }[] } }>(
    await owner('POST', '/admin/v1/proof', {}),
  )
  assert.deepEqual(
    proof.differences.map((d) => d.check),
    ['the audit log is whole'],
  )
  await db.query(
    `update access.deed set outcome = 'done' where id = (select deed from access.link where no = 2)`,
  )
  assert.equal((await akinai(shop, 'prove')).status, 0)
})

test('a change, a removal, an exchange, a cut and a chain written anew are each found and named', async () => {
  await sealed()
  // The shop's own sealer would link anew what is taken away here.
  await db.query('select pg_advisory_lock($1)', [0x616b6164])
  const { head } = await verifyChain(pool, vault)
  const [a, b] = (
    await db.query(
      'select l.no, l.deed, d.seq from access.link l join access.deed d on d.id = l.deed where l.no in (5, 6) order by l.no',
    )
  ).rows
  const found = async (h?: string) =>
    (await verifyChain(pool, vault, h)).faults.map((f) => [f.fault, f.no, f.deed])
  const planted = async (said: string[], undo: string[], expected: unknown, h?: string) => {
    for (const text of said) await db.query(text)
    assert.deepEqual(await found(h), expected, said[0]!)
    for (const text of undo) await db.query(text)
    assert.deepEqual(await found(head!.hash), [], `undone: ${said[0]}`)
  }
  for (const [column, to, back] of [
    ['actor', 'actor + 1', 'actor - 1'],
    ['at', "at + interval '1 ms'", "at - interval '1 ms'"],
    ['outcome', `outcome || '!'`, `left(outcome, -1)`],
    ['shop', 'coalesce(shop, 0) + 1', 'nullif(shop - 1, 0)'],
  ] as const)
    await planted(
      [`update access.deed set ${column} = ${to} where id = '${a.deed}'`],
      [`update access.deed set ${column} = ${back} where id = '${a.deed}'`],
      [['changed', 5, a.deed]],
    )
  await planted(
    [
      `create table access.kept as select * from access.deed where id = '${a.deed}'`,
      `delete from access.deed where id = '${a.deed}'`,
    ],
    ['insert into access.deed overriding system value select * from access.kept', 'drop table access.kept'],
    [['removed', 5, a.deed]],
  )
  await planted(
    [
      `create table access.kept as select * from access.link where no = 5`,
      'delete from access.link where no = 5',
      `delete from access.deed where false`,
    ],
    ['insert into access.link select * from access.kept', 'drop table access.kept'],
    [
      ['unlinked', 5, null],
      ['changed', 6, b.deed],
    ],
  )
  // The end of the chain is gone, entries and all: only a hash that was noted elsewhere tells.
  const top = (await one('select deed from access.link order by no desc limit 1')).deed
  await planted(
    [
      `create table access.kept as select * from access.deed where id = '${top}'`,
      `create table access.kept_link as select * from access.link where deed = '${top}'`,
      `delete from access.link where deed = '${top}'`,
      `delete from access.deed where id = '${top}'`,
    ],
    [
      'insert into access.deed overriding system value select * from access.kept',
      'insert into access.link select * from access.kept_link',
      'drop table access.kept',
      'drop table access.kept_link',
    ],
    [['cut', null, null]],
    head!.hash,
  )
  // One who may write everything changes an entry and every hash behind it: the mark of the house is not theirs to make.
  await db.query(`update access.deed set actor = actor + 1 where id = '${a.deed}'`)
  let { hash } = await one('select hash from access.link where no = 4')
  const rest = (
    await db.query(
      'select l.no, d.* from access.link l join access.deed d on d.id = l.deed where l.no > 4 order by l.no',
    )
  ).rows as (Entry & { no: number })[]
  for (const e of rest) {
    hash = hashOfEntry(hash, Number(e.no), { ...e, seq: Number(e.seq), actor: Number(e.actor) })
    await db.query('update access.link set hash = $2 where no = $1', [e.no, hash])
  }
  assert.deepEqual(await found(), [['planted', 5, a.deed]])
  assert.ok((await found(head!.hash)).some(([fault]) => fault === 'cut'))
})
