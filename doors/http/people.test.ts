/** Staff come, change and go: by links that work once, and never past what the one who lets them in may do. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { akinai, mailServer, readMail, standShop, type Answer, type Client } from '#testing'

const post = await mailServer()
after(() => post.close())
const { shop, db, owner, one } = await standShop({
  settings: { AKINAI_SMTP_URL: post.url, AKINAI_MAIL_FROM: 'shop@example.jp' },
})
const code = (a: Answer) => [a.status, (a.body as { code?: string }).code]
const body = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
const admin = '/admin/v1'
const work = { role: 'call', place: null, shops: null }
let count = 0
const somebody = (more: object = {}) => ({
  family: '試し',
  given: `${++count}`,
  email: `person-${count}@example.jp`,
  lang: 'ja',
  ...work,
  ...more,
})
type Link = { staff: number; link: string; mailed: boolean }
const secretOf = ({ link }: Link) => link.slice(link.indexOf('#') + 1)
const invite = async (more: object = {}) => {
  const person = somebody(more)
  return { ...body<Link>(await owner('POST', `${admin}/invitations`, person)), email: person.email }
}
const accept = (link: Link, password = 'long-enough-to-be-one', who: Client = shop.client()) =>
  who('POST', `${admin}/invitations/accept`, { token: secretOf(link), password })
type Member = { staff: number; version: number; state: string; role: string; email: string }
const listed = async (staff: number) =>
  body<{ items: Member[] }>(await owner('GET', `${admin}/staff`)).items.find((m) => m.staff === staff)!

test('somebody invited by mail comes in by the link, once; the database has its hash alone', async () => {
  const link = await invite()
  assert.equal(link.mailed, true)
  const mail = readMail(post.got.at(-1)!.raw)
  for (const part of [mail.text, mail.html]) assert.ok(part.includes(link.link))
  assert.deepEqual(post.got.at(-1)!.to, [link.email])
  const { rows } = await db.query('select s::text as text from access.staff s')
  assert.ok(rows.every((r) => !r.text.includes(secretOf(link))))
  assert.equal((await listed(link.staff)).state, 'invited')
  // Nobody comes in without a password, and a short one is none.
  assert.deepEqual(code(await accept(link, 'short')), [400, 'http.invalid'])
  const hers = shop.client()
  body(await accept(link, 'long-enough-to-be-one', hers))
  assert.equal(body<{ id: number }>(await hers('GET', `${admin}/me`)).id, link.staff)
  assert.deepEqual(code(await accept(link)), [404, 'access.invitation_gone'])
  assert.equal((await listed(link.staff)).state, 'active')
  const again = await owner(
    'POST',
    `${admin}/invitations`,
    somebody({ email: ` ${link.email.toUpperCase()}`.trim() }),
  )
  assert.deepEqual(code(again), [409, 'access.staff_known'])
  const { rows: told } = await db.query(
    `select subject, body from kernel.event where kind = 'access.staff_changed' and subject = $1 order by seq`,
    [`staff:${link.staff}`],
  )
  assert.deepEqual(
    told.map((r) => r.body.change),
    ['invited', 'joined'],
  )
})

test('two who open one link at once: one comes in', async () => {
  const link = await invite()
  const answers = await Promise.all([1, 2, 3, 4].map(() => accept(link)))
  assert.deepEqual(answers.map((a) => String(a.status)).toSorted(), ['200', '404', '404', '404'])
})

test('a link that was taken back, replaced or is a week old opens nothing', async () => {
  const link = await invite()
  body(await owner('DELETE', `${admin}/staff/${link.staff}/invitation`))
  assert.deepEqual(code(await accept(link)), [404, 'access.invitation_gone'])
  assert.equal((await listed(link.staff)).state, 'withdrawn')
  const second = body<Link>(await owner('POST', `${admin}/staff/${link.staff}/invitation`, {}))
  const third = body<Link>(await owner('POST', `${admin}/staff/${link.staff}/invitation`, {}))
  assert.deepEqual(code(await accept(second)), [404, 'access.invitation_gone'])
  await db.query(`update access.staff set invited_until = now() - interval '1 second' where id = $1`, [
    link.staff,
  ])
  assert.equal((await listed(link.staff)).state, 'expired')
  assert.deepEqual(code(await accept(third)), [404, 'access.invitation_gone'])
  // The same request sent again does not show another's link.
  const key = crypto.randomUUID()
  const path = `${admin}/staff/${link.staff}/invitation`
  const first = body<Link>(await owner('POST', path, {}, { key }))
  assert.equal(body<{ link: null }>(await owner('POST', path, {}, { key })).link, null)
  body(await accept(first))
})

test('a new link for somebody who is in ends what they had open, and the old password', async () => {
  const link = await invite()
  const old = shop.client()
  body(await accept(link, 'the-first-of-passwords', old))
  const again = body<Link>(await owner('POST', `${admin}/staff/${link.staff}/invitation`, {}))
  body(await accept(again, 'the-second-of-passwords'))
  assert.deepEqual(code(await old('GET', `${admin}/me`)), [401, 'access.sign_in'])
  const tryIn = (password: string) =>
    shop.client()('POST', `${admin}/sessions`, { email: link.email, password })
  assert.deepEqual(code(await tryIn('the-first-of-passwords')), [401, 'access.failed'])
  body(await tryIn('the-second-of-passwords'))
})

test('a role changes at once, under the version that was seen; disabled ends every session at once', async () => {
  const link = await invite()
  const hers = shop.client()
  body(await accept(link, 'long-enough-to-be-one', hers))
  assert.deepEqual(code(await hers('GET', `${admin}/webhooks`)), [403, 'access.not_allowed'])
  const { version } = await listed(link.staff)
  const to = { ...work, role: 'developer', version }
  body(await owner('PUT', `${admin}/staff/${link.staff}`, to))
  body(await hers('GET', `${admin}/webhooks`))
  assert.deepEqual(code(await owner('PUT', `${admin}/staff/${link.staff}`, to)), [
    409,
    'access.staff_outdated',
  ])
  body(await owner('POST', `${admin}/staff/${link.staff}/disable`, {}))
  assert.deepEqual(code(await hers('GET', `${admin}/me`)), [401, 'access.sign_in'])
  const signIn = () =>
    hers('POST', `${admin}/sessions`, { email: link.email, password: 'long-enough-to-be-one' })
  assert.deepEqual(code(await signIn()), [401, 'access.failed'])
  assert.deepEqual(code(await owner('POST', `${admin}/staff/${link.staff}/invitation`, {})), [
    404,
    'persons.unknown',
  ])
  body(await owner('POST', `${admin}/staff/${link.staff}/enable`, {}))
  body(await signIn())
})

test('the last owner of every shop stays, whoever changes the others at the same moment', async () => {
  const me = body<{ id: number }>(await owner('GET', `${admin}/me`)).id
  const mine = () => listed(me)
  const lesser = async () =>
    owner('PUT', `${admin}/staff/${me}`, { ...work, version: (await mine()).version })
  assert.deepEqual(code(await lesser()), [422, 'access.last_owner'])
  assert.deepEqual(code(await owner('POST', `${admin}/staff/${me}/disable`, {})), [422, 'access.not_self'])
  // One who was invited and has not come yet helps nobody.
  const link = await invite({ role: 'owner' })
  assert.deepEqual(code(await lesser()), [422, 'access.last_owner'])
  const hers = shop.client()
  body(await accept(link, 'long-enough-to-be-one', hers))
  let both = 0
  for (let round = 0; round < 5; round++) {
    const [a, b] = await Promise.all([
      hers('POST', `${admin}/staff/${me}/disable`, {}),
      owner('POST', `${admin}/staff/${link.staff}/disable`, {}),
    ])
    if (a.status === 200 && b.status === 200) both++
    const n = (
      await one(
        `select count(*)::int as n from access.staff where role = 'owner' and shops is null and disabled_at is null and password is not null`,
      )
    ).n
    assert.equal(n, 1)
    await db.query('update access.staff set disabled_at = null, version = version + 1 where id = any($1)', [
      [me, link.staff],
    ])
    for (const [who, email, password] of [
      [owner, 'owner@example.jp', 'sample-owner'],
      [hers, link.email, 'long-enough-to-be-one'],
    ] as const)
      body(await who('POST', `${admin}/sessions`, { email, password }))
  }
  assert.equal(both, 0)
  body(await owner('POST', `${admin}/staff/${link.staff}/disable`, {}))
})

test('an owner of one shop sees and changes that shop’s staff, and grants no other', async () => {
  const link = await invite({ role: 'owner', shops: ['migiwato'] })
  const theirs = shop.client()
  body(await accept(link, 'long-enough-to-be-one', theirs))
  const { items } = body<{ items: Member[] }>(await theirs('GET', `${admin}/staff`))
  assert.deepEqual(
    items.map((m) => m.staff),
    [link.staff],
  )
  assert.deepEqual(code(await theirs('POST', `${admin}/invitations`, somebody())), [403, 'access.not_yours'])
  const everybody = body<{ items: Member[] }>(await owner('GET', `${admin}/staff`)).items
  const other = everybody.find((m) => m.email === 'call@example.jp')!
  for (const [method, path, sent] of [
    ['PUT', '', { ...work, version: other.version }],
    ['POST', '/disable', {}],
    ['POST', '/invitation', {}],
    ['POST', '/second-factor/reset', {}],
  ] as const)
    assert.deepEqual(code(await theirs(method, `${admin}/staff/${other.staff}${path}`, sent)), [
      404,
      'persons.unknown',
    ])
  body(await theirs('POST', `${admin}/invitations`, somebody({ shops: ['migiwato'] })))
})

test('the command line lets in whoever has lost everything, and the second factor is gone', async () => {
  const link = await invite()
  const hers = shop.client()
  body(await accept(link, 'the-first-of-passwords', hers))
  const { rows } = await db.query(
    `insert into access.totp (staff, box, confirmed_at) values ($1, 'x', now()) returning staff`,
    [link.staff],
  )
  assert.equal(rows.length, 1)
  const { status, said } = await akinai(shop, 'user', 'link', '--email', link.email)
  assert.equal(status, 0, said)
  const found = /\/console\/invitation#\S+/.exec(said)![0]
  body(await accept({ ...link, link: found }, 'the-second-of-passwords'))
  assert.deepEqual(code(await hers('GET', `${admin}/me`)), [401, 'access.sign_in'])
  const signIn = { email: link.email, password: 'the-second-of-passwords' }
  body(await shop.client()('POST', `${admin}/sessions`, signIn))
  assert.match(
    (await akinai(shop, 'user', 'link', '--email', 'nobody@example.jp')).said,
    /no member of staff/,
  )
})
