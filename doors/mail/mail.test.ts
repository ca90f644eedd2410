/** Order mail: a letter an event, taken by a mail server once, or perhaps twice and known as one; to our own shop's buyers alone. */
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { Mailer, send, type Post } from './index.ts'
import {
  buy,
  forkShop,
  mailServer,
  of,
  readMail,
  standShop,
  type Client,
  type Got,
  type Reply,
} from '#testing'

let to: (address: string) => Reply = () => undefined
let data: (got: Got) => Reply = () => undefined
const server = await mailServer({ to: (a) => to(a), data: (g) => data(g) })
const from = 'shop@migiwato.example'
const settings = {
  AKINAI_SMTP_URL: server.url,
  AKINAI_MAIL_FROM: from,
}
const { shop, db, owner, one } = await standShop({ work: false, settings })
shop.services.followers.start()
after(() => server.close())
beforeEach(() => {
  to = data = () => undefined
  server.got.length = 0
})

const mailer = (post: Partial<Post> = {}) =>
  new Mailer({
    pool: shop.services.pool,
    vault: shop.services.vault,
    timeZone: shop.config.timeZone,
    baseUrl: 'https://shop.example',
    post: { url: server.url, from, ...post },
    alarm: (e) => assert.fail(String(e)),
  })
/** Sends all that is due, in this process. */
async function deliver(m = mailer()) {
  await seen()
  while ((await m.round()) > 0) await m.idle()
}
/** Until the follower has read all that was committed. */
async function seen(name = 'mail') {
  const { xid } = await one('select pg_snapshot_xmax(pg_current_snapshot())::text as xid')
  const position = { epoch: shop.services.gate.epoch, xid: String(BigInt(xid) - 1n) }
  assert.ok(await shop.services.followers.reached(shop.services.pool, name, position, 10_000))
}
const due = () =>
  db.query(`update mail.message set next_at = now() - interval '1 second' where state = 'waiting'`)
const order = async (
  more: Parameters<typeof buy>[2] = {},
  client: Client = shop.client(),
  lines = [{ sku: 'MUG-WHITE', quantity: 1 }],
) => {
  const bought = await buy(client, lines, more)
  assert.equal(bought.status, 200, JSON.stringify(bought.body))
  return of<{ order: number; total: number }>(bought)
}
const act = async (number: number, what: string, body: object) => {
  const answer = await owner('POST', `/admin/v1/orders/${number}/${what}`, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}
const rows = async (number: number) =>
  (
    await db.query(
      `select kind, state, attempts, failure from mail.message where "order" = $1 order by seq`,
      [number],
    )
  ).rows as { kind: string; state: string; attempts: number; failure: string | null }[]
const english = (client: Client): Client =>
  Object.assign(
    ((method, path, body, more = {}) =>
      client(method, path, body, {
        ...more,
        headers: { ...more.headers, 'accept-language': 'en' },
      })) as Client,
    { cookie: '' },
  )

test('a whole order, paid by transfer: placed, paid, sent, given back, each told once and in full', async () => {
  await owner('POST', '/admin/v1/stock/receipts', {
    place: 'east',
    lines: [{ sku: 'SENCHA-80', quantity: 5 }],
  })
  const { order: number, total } = await order(
    { payment: 'bank_transfer', email: 'whole@example.jp' },
    undefined,
    [
      { sku: 'MUG-WHITE', quantity: 2 },
      { sku: 'SENCHA-80', quantity: 1 },
    ],
  )
  await act(number, 'captures', { amount: total })
  await act(number, 'ship', { carrier: 'yamato', tracking: '1234-5678-9012' })
  await act(number, 'refunds', { amount: 300, reason: '傷' })
  await deliver()
  assert.deepEqual(
    (await rows(number)).map((r) => [r.kind, r.state, r.attempts]),
    ['placed', 'paid', 'shipped', 'refunded'].map((kind) => [kind, 'sent', 1]),
  )
  const mine = server.got.filter((g) => g.to.includes('whole@example.jp')).map((g) => readMail(g.raw))
  assert.equal(mine.length, 4)
  const by = (words: string) => mine.find((m) => m.headers.subject!.includes(words))!
  const placed = by('ご注文を承りました')
  assert.equal(placed.headers.subject, `【みぎわと（見本の店）】ご注文を承りました（注文番号 ${number}）`)
  assert.equal(placed.headers.to, '山田 花子 <whole@example.jp>')
  assert.equal(placed.headers.from, `みぎわと（見本の店） <${from}>`)
  assert.equal(placed.headers['auto-submitted'], 'auto-generated')
  const { settings: rules } = shop.services.shopfront.shop()!
  const header = await one('select * from orders.header where id = $1', [number])
  const yen = (n: number) => `${Number(n).toLocaleString('ja-JP')}円`
  for (const part of [
    '山田 花子 様',
    String(number),
    yen(total),
    rules.bank_account!.ja.split('\n')[0]!,
    header.terms.when_to_pay.ja,
    header.terms.delivery.ja,
    header.terms.cancellation.ja,
    '〒150-0001',
    '東京都渋谷区神宮前1-1',
    'https://shop.example/orders',
    rules.law!.seller!.ja,
    shop.services.shopfront.shop()!.registration_number!,
    ...header.taxes.map(
      (x: { rate: number; due: number; tax: number }) =>
        `${x.rate / 100}%対象 ${yen(x.due)}（内消費税 ${yen(x.tax)}）`,
    ),
  ])
    for (const text of [placed.text, placed.html]) assert.ok(text.includes(part), `${part}\n${text}`)
  assert.equal(header.taxes.length, 2)
  assert.ok(by('ご入金').text.includes(yen(total)))
  const sent = by('発送').text
  assert.ok(
    ['ヤマト運輸', '1234-5678-9012', '2点', '1点'].every((part) => sent.includes(part)),
    sent,
  )
  assert.ok(
    by('ご返金').text.includes('300円') && !by('ご返金').text.includes('傷'),
    'a desk’s note is not the buyer’s',
  )
})

test('in English to whoever ordered in it; a cancellation tells what is given back, alone', async () => {
  const client = english(shop.client())
  const { order: number, total } = await order({ payment: 'bank_transfer', email: 'en@example.jp' }, client)
  await act(number, 'captures', { amount: total })
  await act(number, 'cancel', { reason: 'x' })
  const { order: part } = await order({ email: 'en@example.jp' }, client, [{ sku: 'MUG-WHITE', quantity: 2 }])
  await act(part, 'ship', { lines: [{ line: 1, quantity: 1 }] })
  await act(part, 'cancel', { reason: 'x' })
  await deliver()
  assert.deepEqual(
    (await rows(number)).map((r) => r.kind),
    ['placed', 'paid', 'cancelled'],
  )
  const mine = server.got.filter((g) => g.to.includes('en@example.jp')).map((g) => readMail(g.raw))
  const by = (words: string) => mine.find((m) => m.headers.subject!.includes(words))!
  const placed = by(`We have your order ${number}`)
  assert.ok(
    placed.text.includes('Dear 花子 山田,') && placed.text.includes('https://shop.example/orders?lang=en'),
  )
  assert.ok(placed.text.includes('Transfer to our account within 7 days.'))
  const cancelled = by(`Your order ${number} is cancelled`)
  assert.ok(cancelled.text.includes(`Refund: ¥${total.toLocaleString('en-US')}`), cancelled.text)
  const given = by(`A part of your order ${part} is cancelled`)
  assert.ok(given.text.includes('Cancelled') && !given.text.includes('Refund'), given.text)
  assert.ok(!mine.some((m) => /[ぁ-ん]/.test(m.text.replace(/・.*|.*（.*/g, ''))), 'no Japanese sentence')
})

test('an event read twice, by a follower set back to the beginning, makes one letter', async () => {
  const { order: number } = await order({ email: 'once@example.jp' })
  await deliver()
  await db.query(`update kernel.follower set xid = '0', seq = 0 where name = 'mail'`)
  shop.services.followers.wake()
  await new Promise((r) => setTimeout(r, 1500))
  await db.query(`update kernel.follower set xid = '0', seq = 0 where name = 'mail'`)
  shop.services.followers.wake()
  await new Promise((r) => setTimeout(r, 1500))
  const [{ xid }] = (await db.query(`select xid::text from kernel.follower where name = 'mail'`)).rows
  assert.notEqual(xid, '0', 'it has read all again')
  await deliver()
  assert.equal(server.got.filter((g) => g.to.includes('once@example.jp')).length, 1)
  assert.equal((await rows(number)).length, 1)
})

test('a server killed before its mail was taken, or after: another sends it, and what may have come twice is known as one', async () => {
  for (const [when, times] of [
    ['before', 1],
    ['after', 2],
  ] as const) {
    const address = `killed-${when}@example.jp`
    const asked = Promise.withResolvers<void>()
    const silent = (): Reply => {
      asked.resolve()
      return 'silence'
    }
    to = (a) => (when === 'before' && a === address ? silent() : undefined)
    data = (g) => (when === 'after' && g.to.includes(address) ? silent() : undefined)
    const other = await forkShop(shop, settings)
    const { order: number } = await order({ email: address })
    await asked.promise
    process.kill(other.pid, 'SIGKILL')
    await other.close()
    to = data = () => undefined
    assert.deepEqual(
      (await rows(number)).map((r) => [r.state, r.attempts]),
      [['waiting', 1]],
    )
    assert.equal(await mailer().round(), 0, 'its lease still stands')
    await due()
    await deliver()
    const taken = server.got.filter((g) => g.to.includes(address))
    assert.equal(taken.length, times)
    assert.equal(new Set(taken.map((g) => g.id)).size, 1)
    assert.match(taken[0]!.id, /^<mail_\d+_\d+_\d+\.[0-9a-f]{16}@migiwato\.example>$/)
    assert.equal((await rows(number))[0]!.state, 'sent')
  }
})

test('three processes at once send forty letters, each once', async () => {
  await owner('POST', '/admin/v1/stock/receipts', {
    place: 'east',
    lines: [{ sku: 'MUG-WHITE', quantity: 60 }],
  })
  for (let i = 0; i < 40; i++) await order({ email: `crowd-${i}@example.jp` })
  await seen()
  await Promise.all([mailer(), mailer(), mailer()].map((m) => deliver(m)))
  const crowd = server.got.filter((g) => g.to[0]!.startsWith('crowd-'))
  assert.equal(crowd.length, 40)
  assert.equal(new Set(crowd.map((g) => g.to[0])).size, 40)
})

test('come back later: tried again after a pause, and taken; no: given up with its code', async () => {
  let calls = 0
  data = (g) => (g.to[0] === 'later@example.jp' && ++calls === 1 ? 421 : undefined)
  to = (a) => (a === 'never@example.jp' ? 550 : undefined)
  const later = (await order({ email: 'later@example.jp' })).order
  const never = (await order({ email: 'never@example.jp' })).order
  await deliver()
  assert.deepEqual(await rows(later), [
    { kind: 'placed', state: 'waiting', attempts: 1, failure: 'smtp_421' },
  ])
  assert.deepEqual(await rows(never), [{ kind: 'placed', state: 'failed', attempts: 1, failure: 'smtp_550' }])
  const { pause } = await one(
    `select extract(epoch from next_at - now())::float as pause from mail.message where "order" = $1`,
    [later],
  )
  assert.ok(pause > 20 && pause < 37, `${pause}`)
  await due()
  await deliver()
  assert.deepEqual(await rows(later), [{ kind: 'placed', state: 'sent', attempts: 2, failure: null }])
  assert.equal((await rows(never))[0]!.attempts, 1)
  // Three days of it, and it would say what is no longer so.
  to = () => 451
  const late = (await order({ email: 'late@example.jp' })).order
  await seen()
  await db.query(`update mail.message set give_up_at = now() where "order" = $1`, [late])
  await deliver()
  assert.deepEqual(await rows(late), [{ kind: 'placed', state: 'failed', attempts: 1, failure: 'smtp_451' }])
  to = () => undefined
  // Somebody has mended it and sends it again.
  const { items } = of<{ items: { message: string }[] }>(await owner('GET', `/admin/v1/mail?order=${never}`))
  assert.deepEqual((await owner('POST', `/admin/v1/mail/${items[0]!.message}/send`, {})).body, { again: 1 })
  await deliver()
  assert.deepEqual(await rows(never), [{ kind: 'placed', state: 'sent', attempts: 1, failure: null }])
})

test('no answer after the whole mail was handed over: sent again under the same number', async () => {
  let calls = 0
  data = (g) => (g.to[0] === 'silent@example.jp' && ++calls === 1 ? 'silence' : undefined)
  const { order: number } = await order({ email: 'silent@example.jp' })
  await deliver(mailer({ wait: 500 }))
  assert.deepEqual(await rows(number), [
    { kind: 'placed', state: 'waiting', attempts: 1, failure: 'timeout' },
  ])
  await due()
  await deliver()
  const taken = server.got.filter((g) => g.to.includes('silent@example.jp'))
  assert.deepEqual([taken.length, new Set(taken.map((g) => g.id)).size], [2, 1])
  assert.equal((await rows(number))[0]!.state, 'sent')
})

test('a wrong login or a server that is away keeps letters waiting, for an operator to mend', async () => {
  const closed = await mailServer({ login: { user: 'shop', password: 'p@ss word' } })
  const { order: number } = await order({ email: 'login@example.jp' })
  const withLogin = (login: string) => ({ url: closed.url.replace('//', `//${login}@`) })
  await deliver(mailer(withLogin('shop:wrong')))
  assert.deepEqual(await rows(number), [{ kind: 'placed', state: 'waiting', attempts: 1, failure: 'login' }])
  await due()
  await deliver(mailer({ url: 'smtp://127.0.0.1:9' }))
  assert.deepEqual(await rows(number), [
    { kind: 'placed', state: 'waiting', attempts: 2, failure: 'unreachable' },
  ])
  await due()
  await deliver(mailer(withLogin('shop:p%40ss%20word')))
  assert.deepEqual(await rows(number), [{ kind: 'placed', state: 'sent', attempts: 3, failure: null }])
  assert.equal(closed.got.length, 1)
  await closed.close()
})

test('no name or address makes a header, a recipient or a tag', async () => {
  const client = shop.client()
  const cart = of<{ cart: string; token: string }>(
    await client('POST', '/store/v1/carts', { lines: [{ sku: 'MUG-WHITE', quantity: 1 }] }),
  )
  const headers = { 'akinai-cart-token': cart.token }
  const evil = '<img src=x onerror=alert(1)>\r\nBcc: evil@example.com'
  const quote = await client(
    'PUT',
    `/store/v1/carts/${cart.cart}/checkout`,
    {
      contact: {
        family: `山\r\nBcc: b@evil.example`,
        given: '\u202e"<x@y.z>',
        email: 'safe@example.jp',
        phone: '090-0000-0000',
      },
      address: {
        postal: '150-0001',
        prefecture: 13,
        city: '渋谷区',
        line1: evil,
        line2: '\r\n\r\n.\r\nRCPT TO:<b@evil.example>',
      },
      payment: 'cod',
    },
    { headers },
  )
  assert.equal(quote.status, 200, JSON.stringify(quote.body))
  const expects = of<{ total: number }>(quote).total
  assert.equal(
    (await client('POST', '/store/v1/orders', { cart: cart.cart, expects }, { headers })).status,
    200,
  )
  await deliver()
  const got = server.got.filter((g) => g.raw.includes('safe@example.jp'))
  assert.equal(got.length, 1)
  assert.deepEqual(got[0]!.to, ['safe@example.jp'])
  const { headers: told, text, html } = readMail(got[0]!.raw)
  assert.ok(!('bcc' in told) && !/^\s*(Bcc|RCPT)/im.test(got[0]!.raw.split('\r\n\r\n')[0]!), got[0]!.raw)
  assert.ok(/山 Bcc: b@evil\.example.* <safe@example\.jp>$/.test(told.to!), String(told.to))
  assert.ok(
    !html.includes('<img') && html.includes('&lt;img src=x onerror=alert(1)&gt; Bcc: evil@example.com'),
  )
  assert.ok(!text.includes('\u202e') && !/^(Bcc|RCPT)/m.test(text), text)
  // An address that would be two, or a command, is never said to a mail server.
  const letter = {
    to: { name: 'x', address: '' },
    from: 'x',
    subject: 's',
    text: 't',
    html: 'h',
    lang: 'ja' as const,
  }
  const before = server.got.length
  for (const address of [
    'a,b@example.jp',
    'a@example.jp>\r\nRCPT TO:<b@example.jp',
    'a b@example.jp',
    '',
    'a@b@c.jp',
    '"a"@example.jp',
  ])
    assert.deepEqual(
      await send({ url: server.url, from }, { ...letter, to: { name: 'x', address } }, '<1@x>'),
      {
        failure: 'address',
        final: true,
      },
    )
  assert.equal(server.got.length, before)
})

test('somebody erased is written to no more, and their letter is closed', async () => {
  const { order: number } = await order({ email: 'gone@example.jp' })
  await seen()
  const { person } = await one('select person from orders.destination where "order" = $1', [number])
  assert.equal((await owner('POST', `/admin/v1/persons/${person}/erase`, { reason: 'asked' })).status, 200)
  await deliver()
  assert.deepEqual(await rows(number), [{ kind: 'placed', state: 'failed', attempts: 1, failure: 'erased' }])
  assert.equal(server.got.filter((g) => g.to.includes('gone@example.jp')).length, 0)
  const { items } = of<{ items: { message: string }[] }>(await owner('GET', `/admin/v1/mail?order=${number}`))
  const opened = of<{ letter: unknown }>(await owner('GET', `/admin/v1/mail/${items[0]!.message}`))
  assert.equal(opened.letter, null)
})

test('a mall’s buyers and the till’s hear nothing; nor does anybody of what is a day old', async () => {
  const mall = of<{ order: number }>(
    await owner('POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: 'M-1',
      placed_at: new Date().toISOString(),
      lines: [{ sku: 'TEE-WHITE-M', quantity: 1, unit_price: 100 }],
      total: 100,
      paid: false,
      destination: { contact: { family: '佐藤', email: 'mall@example.jp' }, address: { prefecture: 13 } },
    }),
  ).order
  await act(mall, 'ship', {})
  await act(mall, 'captures', { amount: 100 })
  const till = shop.client()
  await till('POST', '/till/v1/sessions', { device: 'kyoto-1', key: 'sample-till-kyoto-1', pin: '1600' })
  const sold = await till('POST', '/till/v1/sales', {
    sale: crypto.randomUUID(),
    happened_at: new Date().toISOString(),
    lines: [{ sku: 'GUINOMI', quantity: 1, unit_price: 100 }],
    tendered: 100,
    total: 100,
  })
  assert.equal(sold.status, 200)
  const { order: old } = await order({ email: 'old@example.jp' })
  const { order: past } = await order({ email: 'past@example.jp' })
  const { order: young } = await order({ email: 'young@example.jp' })
  await seen()
  // As after a restore, or a follower that was away: the journal is read again, and one event is old by then.
  await db.query('delete from mail.message where "order" = any($1)', [[old, past, young]])
  await db.query(
    `update kernel.event set recorded_at = recorded_at - interval '25 hours' where subject = $1`,
    [`order:${old}`],
  )
  await db.query(
    `update kernel.event set happened_at = happened_at - interval '25 hours' where subject = $1`,
    [`order:${past}`],
  )
  await db.query(`update kernel.follower set xid = '0', seq = 0 where name = 'mail'`)
  shop.services.followers.wake()
  for (let i = 0; i < 100 && (await rows(young)).length === 0; i++)
    await new Promise((r) => setTimeout(r, 50))
  await deliver()
  assert.deepEqual(await Promise.all([mall, of<{ order: number }>(sold).order, old, past].map(rows)), [
    [],
    [],
    [],
    [],
  ])
  assert.equal((await rows(young)).length, 1)
  const { n } = await one(
    `select count(*)::int as n from mail.message m join orders.header h on h.id = m."order" where h.channel <> 'web'`,
  )
  assert.equal(n, 0)
})

test('the outbox holds numbers and codes; its rows say nothing of what the mail server said', async () => {
  to = () => 550
  await order({ email: 'quoted@example.jp' })
  await deliver()
  const all = JSON.stringify((await db.query('select * from mail.message')).rows)
  assert.ok(!/@|山田|secret\.example/.test(all))
})

test('without SMTP letters are kept, shown, and sent when somebody says so', async () => {
  const quiet = await forkShop(shop)
  try {
    // Our own follower lets go of the journal.
    await shop.services.followers.stop()
    const { order: number } = await order({ email: 'kept@example.jp' }, quiet.client())
    for (let i = 0; i < 200 && (await rows(number)).length === 0; i++)
      await new Promise((r) => setTimeout(r, 50))
    assert.deepEqual(await rows(number), [{ kind: 'placed', state: 'kept', attempts: 0, failure: null }])
    const hand = (method: string, path: string, body?: unknown) =>
      quiet.client()(method, path, body, { headers: { cookie: owner.cookie } })
    const refused = await hand('POST', '/admin/v1/mail/send', {})
    assert.deepEqual([refused.status, of<{ code: string }>(refused).code], [422, 'mail.no_smtp'])
    const list = of<{
      sends: boolean
      counts: { kept: number }
      items: { message: string; state: string }[]
    }>(await hand('GET', `/admin/v1/mail?state=kept`))
    assert.deepEqual([list.sends, list.counts.kept, list.items.length], [false, 1, 1])
    const opened = of<{ letter: { subject: string; to: string } }>(
      await hand('GET', `/admin/v1/mail/${list.items[0]!.message}`),
    )
    assert.equal(opened.letter.to, 'kept@example.jp')
    assert.deepEqual((await owner('POST', '/admin/v1/mail/send', {})).body, { again: 1 })
    const m = mailer()
    while ((await m.round()) > 0) await m.idle()
    assert.equal((await rows(number))[0]!.state, 'sent')
    assert.equal(server.got.filter((g) => g.to.includes('kept@example.jp')).length, 1)
  } finally {
    await quiet.close()
  }
})

test('who may see no persons sees that mail was sent, not what it says', async () => {
  const { items } = of<{ items: { message: string }[] }>(await owner('GET', '/admin/v1/mail?limit=1'))
  const developer = await shop.staff('developer')
  assert.equal((await developer('GET', '/admin/v1/mail')).status, 200)
  assert.equal((await developer('GET', `/admin/v1/mail/${items[0]!.message}`)).status, 403)
  assert.equal((await developer('POST', `/admin/v1/mail/${items[0]!.message}/send`, {})).status, 403)
  assert.equal((await owner('GET', '/admin/v1/mail/mail_1_1_1')).status, 404)
  for (const id of ['mail_1_08_1', 'mail_1_1', 'mail_1_-1_1', 'evt_1_1_1'])
    assert.equal((await owner('GET', `/admin/v1/mail/${id}`)).status, 400)
})

test('work under way is finished at shutdown', async () => {
  const asked = Promise.withResolvers<void>()
  data = () => {
    asked.resolve()
    return undefined
  }
  const { order: number } = await order({ email: 'drained@example.jp' })
  await db.query(
    `insert into mail.message (epoch, xid, seq, kind, "order", person, shop, state, next_at, give_up_at)
     select e.epoch, e.xid, e.seq, 'placed', $1, d.person, 1, 'waiting', now(), now() + interval '1 day' from kernel.event e join orders.destination d on d."order" = $1
     where e.subject = 'order:' || $1 and e.kind = 'orders.placed' on conflict do nothing`,
    [number],
  )
  const m = mailer()
  m.start()
  await asked.promise
  await m.stop()
  assert.equal((await rows(number))[0]!.state, 'sent')
})
