/** Second factors, passkeys and proofs: what opens a session, once, and what does not. */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { codeOf, recoveryHash, stepAt } from '#domains/access'
import { Limits } from './limits.ts'
import { authenticator, buy, standShop, unbase32, type Answer, type Client } from '#testing'

const { shop, db, owner, one } = await standShop()
const origin = `http://localhost:${new URL(shop.url).port}`
const admin = '/admin/v1'
// Whoever tries as often as this file waits for long.
const calm = () => void Object.assign(shop.services, { limits: new Limits() })
beforeEach(calm)
const code = (a: Answer) => [a.status, (a.body as { code?: string }).code]
const body = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
type Options = { challenge: string; user: { id: string } }
const request = async () =>
  body<Options>(await shop.client()('POST', `${admin}/sessions/passkey/request`, {}))
const staffOf = async (who: Client) => body<{ id: number }>(await who('GET', `${admin}/me`)).id
const now = (secret: string, off = 0) => codeOf(unbase32(secret), stepAt(new Date()) + off)
/** The step before may be used still: whoever signs in twice within thirty seconds waits, but not a test. */
const forgetStep = () => db.query('update access.totp set step = 0')
async function enrol(who: Client) {
  const begun = body<{ secret: string; uri: string }>(await who('POST', `${admin}/me/totp`, {}))
  const { codes } = body<{ codes: string[] }>(
    await who('PUT', `${admin}/me/totp`, { code: now(begun.secret) }),
  )
  return { ...begun, codes }
}
const signIn = (name: string, second?: string, who = shop.client()) =>
  who('POST', `${admin}/sessions`, {
    email: `${name}@example.jp`,
    password: `sample-${name}`,
    ...(second !== undefined && { code: second }),
  })

test('with an authenticator app the password alone opens nothing; a code does, once; the secret lies sealed', async () => {
  const call = await shop.staff('call')
  const { secret, uri, codes } = await enrol(call)
  assert.match(uri, /^otpauth:\/\/totp\/Akinai%3Acall%40example\.jp\?secret=[A-Z2-7]{32}&issuer=Akinai$/)
  assert.equal(new Set(codes).size, 10)
  const kept = await one('select box from access.totp')
  assert.ok(!kept.box.includes(unbase32(secret)) && !kept.box.includes(secret))
  // The code that confirmed it is used.
  assert.deepEqual(code(await signIn('call', now(secret))), [403, 'access.code_wrong'])
  await forgetStep()
  const asked = await signIn('call')
  assert.deepEqual(code(asked), [403, 'access.second_factor'])
  assert.equal(asked.headers.getSetCookie().length, 0)
  assert.deepEqual(code(await signIn('call', '000000')), [403, 'access.code_wrong'])
  body(await signIn('call', now(secret)))
  assert.deepEqual(code(await signIn('call', now(secret))), [403, 'access.code_wrong'], 'a replay')
  await forgetStep()
  calm()
  const code_ = now(secret)
  const at = await Promise.all([1, 2, 3].map(() => signIn('call', code_)))
  assert.deepEqual(
    at.map((a) => String(a.status)).toSorted(),
    ['200', '403', '403'],
    'of one code at once, one comes in',
  )
})

test('a recovery code opens once, whatever its dashes; the database has hashes; new ones replace them', async () => {
  const accountant = await shop.staff('accountant')
  const { codes } = await enrol(accountant)
  const { rows } = await db.query('select r::text as text from access.recovery r')
  assert.ok(rows.every((r) => codes.every((c) => !r.text.includes(c))))
  assert.ok(rows.some((r) => r.text.includes(recoveryHash(codes[0]!))))
  body(await signIn('accountant', codes[0]!.toLowerCase().replaceAll('-', ' ')))
  assert.deepEqual(code(await signIn('accountant', codes[0])), [403, 'access.code_wrong'])
  const renewed = body<{ codes: string[] }>(await accountant('POST', `${admin}/me/recovery-codes`, {}))
  assert.deepEqual(code(await signIn('accountant', codes[1])), [403, 'access.code_wrong'])
  body(await signIn('accountant', renewed.codes[1]))
  const { recovery } = body<{ recovery: number }>(await accountant('GET', `${admin}/me/factors`))
  assert.equal(recovery, 9)
})

test('guessing codes is slowed after five', async () => {
  const developer = await shop.staff('developer')
  await enrol(developer)
  const answers = []
  for (let i = 0; i < 7; i++) answers.push(code(await signIn('developer', `00000${i}`))[1])
  assert.deepEqual(answers.slice(-2), ['access.too_many', 'access.too_many'])
})

const stale = async (minutes: number, who = owner) => {
  const staff = await staffOf(who)
  await db.query(
    `update access.session set proven_at = now() - make_interval(mins => $1) where ended_at is null and staff = $2`,
    [minutes, staff],
  )
  shop.services.sessions.forgetStaff(staff)
}

test('what is dangerous wants a proof of the last ten minutes, and any of the three will do', async () => {
  const email = {
    family: '試し',
    given: 'め',
    email: 'step@example.jp',
    lang: 'ja',
    role: 'call',
    place: null,
    shops: null,
  }
  const ask = () => owner('POST', `${admin}/invitations`, email)
  await stale(11)
  const before = (await one('select count(*)::int as n from access.staff')).n
  assert.deepEqual(code(await ask()), [403, 'access.step_up'])
  assert.equal((await one('select count(*)::int as n from access.staff')).n, before)
  body(await owner('GET', `${admin}/staff`))
  assert.deepEqual(code(await owner('POST', `${admin}/me/proof`, { password: 'not it' })), [
    403,
    'access.wrong',
  ])
  assert.deepEqual(code(await ask()), [403, 'access.step_up'])
  body(await owner('POST', `${admin}/me/proof`, { password: 'sample-owner' }))
  body(await ask())
  const { secret } = await enrol(owner)
  await forgetStep()
  await stale(11)
  assert.deepEqual(code(await owner('DELETE', `${admin}/me/totp`)), [403, 'access.step_up'])
  assert.deepEqual(
    code(
      await owner('PUT', `${admin}/me/password`, { current: 'sample-owner', password: 'another-password' }),
    ),
    [403, 'access.step_up'],
  )
  body(await owner('POST', `${admin}/me/proof`, { code: now(secret) }))
  assert.deepEqual(code(await owner('POST', `${admin}/me/proof`, { code: now(secret) })), [
    403,
    'access.code_wrong',
  ])
  body(await owner('DELETE', `${admin}/me/totp`))
  await stale(9)
  assert.notEqual(code(await ask())[1], 'access.step_up')
  // Another's passkey proves nobody but them.
  const call = shop.client()
  await db.query(
    `delete from access.totp where staff = (select id from access.staff where role = 'call' order by id limit 1)`,
  )
  body(await signIn('call', undefined, call))
  const key = authenticator(origin)
  const made = body<Options>(await call('POST', `${admin}/me/passkeys/creation`, {}))
  body(await call('POST', `${admin}/me/passkeys`, { name: 'x', response: key.create(made) }))
  const theirs = key.get(await request())
  assert.deepEqual(code(await owner('POST', `${admin}/me/proof`, { passkey: theirs })), [
    403,
    'access.passkey_wrong',
  ])
  body(await call('POST', `${admin}/me/proof`, { passkey: key.get(await request()) }))
})

test('a passkey signs in without an address; a replay, another origin, no verification and a copied key do not', async () => {
  const merchandiser = await shop.staff('merchandiser')
  const key = authenticator(origin)
  const creation = async () => body<Options>(await merchandiser('POST', `${admin}/me/passkeys/creation`, {}))
  const add = (response: object) =>
    merchandiser('POST', `${admin}/me/passkeys`, { name: '持ち歩く鍵', response })
  const o = await creation()
  for (const [what, response] of [
    ['another origin', key.create(o, { origin: 'https://evil.example' })],
    ['nobody was verified', key.create(await creation(), { flags: 65 })],
    ['another’s challenge', key.create({ ...o, challenge: (await request()).challenge })],
  ] as const)
    assert.deepEqual(code(await add(response)), [403, 'access.passkey_wrong'], what)
  const good = key.create(await creation())
  body(await add(good))
  assert.deepEqual(code(await add(good)), [403, 'access.passkey_wrong'], 'a challenge is answered once')
  const { rows } = await db.query('select p::text as text from access.passkey p')
  assert.ok(rows.every((r) => !r.text.includes('持ち歩く鍵')))

  const come = (response: object) => shop.client()('POST', `${admin}/sessions/passkey`, { response })
  const once = key.get(await request())
  body(await come(once))
  assert.deepEqual(code(await come(once)), [403, 'access.passkey_wrong'], 'a replay')
  for (const [what, response] of [
    ['another origin', key.get(await request(), { origin: 'https://evil.example' })],
    ['nobody was verified', key.get(await request(), { flags: 1 })],
    ['the counter went back', key.get(await request(), { count: 1 })],
    ['a challenge of nobody', key.get({ challenge: 'made-up' })],
    ['nobody’s key', authenticator(origin).get(await request())],
    ['another’s handle', { ...key.get(await request()), userHandle: 'c3RhZmYgMQ' }],
  ] as const)
    assert.deepEqual(code(await come(response)), [403, 'access.passkey_wrong'], what)
  const late = key.get(await request())
  await db.query(`update access.challenge set expires_at = now() - interval '1 second'`)
  assert.deepEqual(code(await come(late)), [403, 'access.passkey_wrong'], 'five minutes are over')
  body(await come(key.get(await request())))
  const { rows: hidden } = await db.query('select c::text as text from access.challenge c')
  const open = await request()
  assert.ok(hidden.every((r) => !r.text.includes(open.challenge)))
})

test('the last way in stays; an owner resets another’s factors, not their own', async () => {
  const invited = body<{ staff: number; link: string }>(
    await owner('POST', `${admin}/invitations`, {
      family: '鍵',
      given: 'だけ',
      email: 'key-only@example.jp',
      lang: 'ja',
      role: 'call',
      place: null,
      shops: null,
    }),
  )
  const token = invited.link.slice(invited.link.indexOf('#') + 1)
  const key = authenticator(origin)
  const hers = shop.client()
  const options = body<Options>(await hers('POST', `${admin}/invitations/passkey`, { token }))
  body(
    await hers('POST', `${admin}/invitations/accept`, {
      token,
      passkey: { name: '鍵', response: key.create(options) },
    }),
  )
  const remove = () => hers('DELETE', `${admin}/me/passkeys/${key.id}`)
  assert.deepEqual(code(await remove()), [422, 'access.last_way'])
  const mine = await staffOf(owner)
  assert.deepEqual(code(await owner('POST', `${admin}/staff/${mine}/second-factor/reset`, {})), [
    422,
    'access.not_self',
  ])
  body(await hers('PUT', `${admin}/me/password`, { current: null, password: 'long-enough-to-be-one' }))
  await enrol(hers)
  body(await owner('POST', `${admin}/staff/${invited.staff}/second-factor/reset`, {}))
  assert.deepEqual(code(await hers('GET', `${admin}/me`)), [401, 'access.sign_in'])
  const come = { email: 'key-only@example.jp', password: 'long-enough-to-be-one' }
  body(await hers('POST', `${admin}/sessions`, come))
  const left = body<{ passkeys: unknown[]; totp: null; recovery: number }>(
    await hers('GET', `${admin}/me/factors`),
  )
  assert.deepEqual([left.passkeys, left.totp, left.recovery], [[], null, 0])
})

test('one’s own sessions are listed and ended, and nobody else’s', async () => {
  const warehouse = [await shop.staff('east'), await shop.staff('east'), await shop.staff('east')]
  type List = { items: { session: string; current: boolean }[] }
  const list = async (who: Client) => body<List>(await who('GET', `${admin}/me/sessions`)).items
  const mine = await list(warehouse[0]!)
  assert.equal(mine.filter((s) => s.current).length, 1)
  const others = await list(owner)
  body(await warehouse[0]!('DELETE', `${admin}/me/sessions/${others[0]!.session}`))
  body(await owner('GET', `${admin}/me`))
  const second = (await list(warehouse[1]!)).find((s) => s.current)!
  body(await warehouse[0]!('DELETE', `${admin}/me/sessions/${second.session}`))
  assert.equal((await warehouse[1]!('GET', `${admin}/me`)).status, 401)
  assert.equal(
    body<{ ended: number }>(await warehouse[0]!('DELETE', `${admin}/me/sessions`)).ended >= 1,
    true,
  )
  assert.equal((await warehouse[2]!('GET', `${admin}/me`)).status, 401)
  body(await warehouse[0]!('GET', `${admin}/me`))
})

test('money that goes back and files that go out want a fresh proof; what moves neither does not', async () => {
  const bought = async (payment: string) =>
    body<{ order: number; total: number }>(
      await buy(shop.client(), [{ sku: 'MUG-WHITE', quantity: 2 }], { payment }),
    )
  const paid = await bought('cod')
  const unpaid = await bought('cod')
  const order = `${admin}/orders/${paid.order}`
  body(await owner('POST', `${order}/ship`, {}))
  body(await owner('POST', `${order}/captures`, { amount: paid.total }))
  const back = { lines: [{ line: 1, quantity: 1 }], place: 'kichijoji', condition: 'sellable', reason: 'x' }
  // Whoever may not refund gives nothing back when they say nothing of money: no proof is asked.
  const east = await shop.staff('east')
  await stale(11, east)
  const taken = await east('POST', `${order}/returns`, { ...back, place: 'east' })
  assert.equal(body<{ refunded: number }>(taken).refunded, 0)
  await stale(11)
  const wanted: [string, string, object?][] = [
    ['POST', `${order}/refunds`, { amount: 100, reason: 'x' }],
    ['POST', `${order}/returns`, { ...back, refund: 100 }],
    ['POST', `${order}/returns`, back],
    ['POST', `${order}/cancel`, { reason: 'x' }],
    ['GET', `${admin}/exports/products`],
    ['GET', `${admin}/audit/export`],
  ]
  for (const [method, path, input] of wanted)
    assert.deepEqual(
      code(await owner(method, path, input)),
      [403, 'access.step_up'],
      `${method} ${path} ${JSON.stringify(input)}`,
    )
  // Nothing was owed back for what was not paid; goods may come back without money.
  body(await owner('POST', `${admin}/orders/${unpaid.order}/cancel`, { reason: 'x' }))
  body(await owner('POST', `${order}/returns`, { ...back, refund: 0 }))
  body(await owner('POST', `${admin}/me/proof`, { password: 'sample-owner' }))
  body(await owner('POST', `${order}/refunds`, { amount: 100, reason: 'x' }))
  assert.equal((await owner('GET', `${admin}/exports/products`)).status, 200)
})
