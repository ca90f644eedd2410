/** Lists as files: every row that fits and is whoever asks’ to see, none twice, no cell that is computed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buy, code, of, standShop, type Answer, type Client } from '#testing'

const { shop, db, owner, one } = await standShop()
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return of<T>(a)
}
const lists = '/admin/v1/exports'
const english = { headers: { 'accept-language': 'en' } }
/** Heads and rows; no cell of these holds a comma or a line. */
async function file(path: string, who: Client = owner, more = {}): Promise<string[][]> {
  const { text } = told<{ text: string }>(await who('GET', path, undefined, more))
  assert.ok(text.endsWith('\r\n'))
  return text
    .slice(0, -2)
    .split('\r\n')
    .map((line) => line.split(','))
}
const counted = async (list: string, body: object, who: Client = owner) =>
  told<{ count: number }>(await who('POST', `/admin/v1/bulk/${list}`, body)).count
const deeds = async (route: string) =>
  Number(
    (await one(`select count(*) as n from access.deed where route = $1 and outcome = 'done'`, [route])).n,
  )

test('customers: all that match over many pages, each once; nobody gets a name', async () => {
  const contact = { family: '=1+1', given: '緑', email: 'mori@example.jp', phone: '080-1234-5678' }
  const { member } = told<{ member: number }>(
    await owner('POST', '/admin/v1/customers', { code: '2900000000056', contact }),
  )
  told(
    await owner('POST', `/admin/v1/identities/${member}/consents`, {
      channel: 'mail',
      given: true,
      told_by: 'phone',
    }),
  )
  await db.query(
    `insert into customers.identity (id, kind, source, shop, created_at) select 700000000 + n, 'phone', 'desk', 1, now() from generate_series(1, 1234) n`,
  )
  // Another shop’s.
  await db.query(
    `insert into customers.identity (id, kind, source, shop, created_at) values (800000000, 'phone', 'desk', 2, now())`,
  )
  const all = await file(`${lists}/customers`)
  const [heads, ...rows] = all
  assert.deepEqual(heads!.slice(0, 7), ['お客様番号', '種類', '販売経路', '会員番号', '登録日時', '姓', '名'])
  assert.equal(rows.length, await counted('customers', { filter: {} }))
  assert.equal(new Set(rows.map((r) => r[0])).size, rows.length)
  assert.equal(rows.length, Number((await one('select count(*) as n from customers.identity')).n))
  const mori = rows.find((r) => r[0] === String(member))!
  // Who they are leaves with two people: `releases.test.ts`.
  const unnamed = Array.from({ length: 12 }, () => '')
  assert.deepEqual(mori.slice(5, 17), unnamed)
  assert.deepEqual(mori.slice(-5), ['given', '', '', '', ''])
  const phone = await file(`${lists}/customers?kind=phone`)
  assert.equal(phone.length - 1, 1235)
  const found = await file(`${lists}/customers?q=${encodeURIComponent(contact.email)}`)
  assert.deepEqual(
    found.slice(1).map((r) => r[0]),
    [String(member)],
  )
  const some = await file(`${lists}/customers?ids=700000001,700000007`)
  assert.deepEqual(
    some.slice(1).map((r) => r[0]),
    ['700000001', '700000007'],
  )
  assert.equal((await file(`${lists}/customers?ids=1`, owner, english))[0]![0], 'customer_number')

  const store = await shop.staff('kyoto')
  const masked = await file(`${lists}/customers?ids=${member}`, store)
  assert.deepEqual(masked[1]!.slice(5, 17), unnamed)
  assert.equal(code(await (await shop.staff('east'))('GET', `${lists}/customers`)), 'access.not_allowed')

  const { id } = told<{ id: number }>(
    await owner('POST', '/admin/v1/staff', {
      family: '北',
      given: '一郎',
      email: 'kita@example.jp',
      password: 'a-long-password',
      role: 'call',
      shops: ['migiwato'],
    }),
  )
  assert.ok(id > 0)
  const home = shop.client()
  told(await home('POST', '/admin/v1/sessions', { email: 'kita@example.jp', password: 'a-long-password' }))
  const theirs = await file(`${lists}/customers`, home)
  assert.equal(theirs.length, all.length - 1)
  assert.ok(!theirs.some((r) => r[0] === '800000000' || r.includes('mori@example.jp')))
  assert.deepEqual(theirs.find((r) => r[0] === String(member))!.slice(5, 17), unnamed)
  assert.equal((await file(`${lists}/customers?ids=800000000`, home)).length, 1)
  assert.equal(await counted('customers', { ids: [800000000] }, home), 0)
  assert.equal(await deeds('exports.customers'), 8)

  await db.query(
    `insert into customers.identity (id, kind, source, shop, created_at) select 900000000 + n, 'organisation', 'desk', 1, now() from generate_series(1, 100001) n`,
  )
  assert.equal(await counted('customers', { filter: { kind: 'organisation' } }), 100_001)
  const many = await owner('GET', `${lists}/customers?kind=organisation`)
  assert.deepEqual([many.status, code(many)], [422, 'bulk.too_many'])
  await db.query('delete from customers.identity where id >= 700000000')
})

test('stock: rows that were chosen, of a place, or all; of another company’s places none', async () => {
  const [heads, ...rows] = await file(`${lists}/stock`)
  assert.deepEqual(heads!.slice(0, 3), ['SKU', 'JAN', '商品コード'])
  assert.equal(rows.length, await counted('stock', { filter: {} }))
  assert.equal(new Set(rows.map((r) => `${r[0]} ${r[5]}`)).size, rows.length)
  type Row = { id: number; sku: string; place: number; place_code: string; on_hand: number }
  const { items } = told<{ items: Row[] }>(await owner('GET', '/admin/v1/stock?limit=3'))
  const ids = items.map((r) => `${r.id}-${r.place}`).join(',')
  const some = await file(`${lists}/stock?ids=${ids}`)
  assert.deepEqual(
    some.slice(1).map((r) => [r[0], r[5], r[7]]),
    items.map((r) => [r.sku, r.place_code, String(r.on_hand)]),
  )
  const kyoto = await file(`${lists}/stock?place=kyoto`)
  assert.ok(kyoto.length > 1 && kyoto.slice(1).every((r) => r[5] === 'kyoto'))
  assert.equal(kyoto.length - 1, await counted('stock', { filter: { place: 'kyoto' } }))
  assert.equal((await owner('GET', `${lists}/stock?ids=1`)).status, 400)
  // Whoever works for a shop of another company sees nothing that lies here.
  await db.query(`update access.staff set shops = '[77]', version = version + 1 where role = 'warehouse'`)
  const elsewhere = await shop.staff('east')
  assert.equal((await file(`${lists}/stock`, elsewhere)).length, 1)
  assert.equal((await file(`${lists}/stock?ids=${ids}`, elsewhere)).length, 1)
  await db.query(`update access.staff set shops = null, version = version + 1 where role = 'warehouse'`)
})

test('shortages, letters and the audit log: what is listed is in the file, chosen rows alone, and nothing of a person', async () => {
  const mall = (externalId: string, sku: string) =>
    owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: externalId,
      placed_at: '2026-11-22T10:00:00+09:00',
      lines: [{ sku, quantity: 1, unit_price: 900 }],
      total: 900,
      paid: true,
      destination: { contact: { family: '山田' }, address: {} },
    })
  for (const n of [1, 2, 3]) told(await mall(`X-${n}`, `NEW-CODE-${n}`))
  const { items } = told<{ items: { shortage: number; order: number; sku: string }[] }>(
    await owner('GET', '/admin/v1/shortages?limit=200'),
  )
  const [heads, ...short] = await file(`${lists}/shortages?state=open`)
  assert.equal(heads![0], '不足番号')
  assert.deepEqual(
    short.map((r) => [r[0], r[1], r[3]]),
    items.map((s) => [String(s.shortage), String(s.order), s.sku]),
  )
  assert.equal(await counted('shortages', { filter: { state: 'open' } }), items.length)
  const one_ = items.at(-1)!.shortage
  assert.deepEqual(
    (await file(`${lists}/shortages?ids=${one_}`)).slice(1).map((r) => r[0]),
    [String(one_)],
  )
  // A store: what its own place owes.
  const tenjin = await shop.staff('tenjin')
  assert.equal((await file(`${lists}/shortages`, tenjin)).length, 1)

  for (let n = 0; n < 3; n++) told(await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 1 }]))
  type Letter = { id: number; message: string; order: number }
  let letters: Letter[] = []
  for (const end = Date.now() + 10_000; letters.length < 3 && Date.now() < end;)
    letters = told<{ items: Letter[] }>(await owner('GET', '/admin/v1/mail?limit=200')).items
  assert.equal(letters.length, 3)
  const [mailHeads, ...mails] = await file(`${lists}/mail`)
  assert.equal(mailHeads![0], 'メール番号')
  assert.deepEqual(
    mails.map((r) => r[0]),
    letters.map((m) => m.message).toReversed(),
  )
  const chosen = await file(`${lists}/mail?ids=${letters[0]!.id}`)
  assert.deepEqual(
    chosen.slice(1).map((r) => [r[0], r[1]]),
    [[letters[0]!.message, String(letters[0]!.order)]],
  )
  assert.equal((await file(`${lists}/mail?state=sent`)).length, 1)
  assert.equal(await counted('mail', { filter: { state: 'kept' } }), letters.length)

  const log = told<{ items: { seq: number }[] }>(await owner('GET', '/admin/v1/audit?limit=3')).items
  const entries = await file(`/admin/v1/audit/export?ids=${log.map((d) => d.seq).join(',')}`)
  assert.deepEqual(
    entries.slice(1).map((r) => r[1]),
    log.map((d) => String(d.seq)),
  )
  const what = 'exports.mail'
  const { n } = await one('select count(*)::int as n from access.deed where route = $1', [what])
  assert.ok(n >= 3)
  assert.equal(await counted('audit', { filter: { what } }), n)
  // The call centre sees what it did itself, also where it names another’s entries.
  const call = await shop.staff('call')
  assert.equal((await file(`/admin/v1/audit/export?ids=${log.map((d) => d.seq).join(',')}`, call)).length, 1)
  const text = [...short, ...mails].flat().join()
  assert.ok(!/山田|花子|@|090-/.test(text))
})

test('what holds anything of a person, or of what staff did, is taken away by somebody who has proved themselves lately', async () => {
  await db.query(
    `update access.session set created_at = now() - interval '1 hour', proven_at = now() - interval '1 hour'`,
  )
  // A session is known for a moment.
  await new Promise((r) => setTimeout(r, 2200))
  for (const list of ['exports/customers', 'exports/orders', 'exports/mail', 'audit/export'])
    assert.equal(code(await owner('GET', `/admin/v1/${list}`)), 'access.step_up', list)
  for (const list of ['stock', 'shortages']) await file(`${lists}/${list}`)
})
