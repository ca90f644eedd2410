/** A file of persons leaves with two people (TRUST.md, roles): one asks, another gives, and only what was asked for is taken. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { code, of, standShop, type Answer, type Client } from '#testing'

const { shop, db, owner, one } = await standShop()
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return of<T>(a)
}
const releases = '/admin/v1/releases'
type Release = {
  release: string
  scope: string
  persons: number
  reason: string
  state: string
  own: boolean
  fits: boolean
}
const listed = async (who: Client, query = '') =>
  told<{ items: Release[] }>(await who('GET', `${releases}${query}`)).items
const contact = { family: '=1+1', given: '緑', email: 'mori@example.jp', phone: '080-1234-5678' }
const { member } = told<{ member: number }>(
  await owner('POST', '/admin/v1/customers', { code: '2900000000056', contact }),
)
const asked = async (target: object, who: Client = owner) =>
  told<{ release: string }>(await who('POST', releases, { ...target, reason: 'mailing' })).release
const decided = (release: string, decision: string, who: Client) =>
  who('POST', `${releases}/${release}/decision`, { decision })
const taken = (release: string, query: string, who: Client = owner) =>
  who('GET', `/admin/v1/exports/persons?release=${release}${query}`)
const grown = async (email: string, shops: readonly string[] | undefined) => {
  const password = 'a-long-password'
  told(
    await owner('POST', '/admin/v1/staff', {
      family: '西',
      given: '一',
      email,
      password,
      role: 'owner',
      ...(shops && { shops }),
    }),
  )
  const client = shop.client()
  told(await client('POST', '/admin/v1/sessions', { email, password }))
  return client
}
const second = await grown('nishi@example.jp', undefined)

test('nobody gives what they asked for; another owner does, and the file has the names of just these rows', async () => {
  const release = await asked({ ids: [member] })
  assert.equal(code(await taken(release, `&ids=${member}`)), 'access.release_needed')
  assert.equal(code(await decided(release, 'given', owner)), 'access.own_release')
  const [seen] = await listed(second)
  assert.deepEqual(
    [seen!.release, seen!.scope, seen!.persons, seen!.reason, seen!.state, seen!.own],
    [release, 'chosen', 1, 'mailing', 'asked', false],
  )
  assert.equal((await listed(owner))[0]!.own, true)
  const fits = async (query: string) => (await listed(owner, query)).some((r) => r.fits)
  assert.deepEqual(
    await Promise.all(['', `?ids=${member}`, `?ids=${member},1`, '?all=true', '?kind=member'].map(fits)),
    [false, true, false, false, false],
  )
  told(await decided(release, 'given', second))
  assert.equal(code(await decided(release, 'refused', second)), 'access.release_gone')
  const { text } = told<{ text: string }>(await taken(release, `&ids=${member}`))
  const row = text.split('\r\n')[1]!.split(',')
  assert.deepEqual(
    [row[0], ...row.slice(5, 7), ...row.slice(10, 12)],
    [String(member), "'=1+1", '緑', 'mori@example.jp', '080-1234-5678'],
  )
  // Neither other rows, nor another person, nor the one who gave it.
  assert.equal(code(await taken(release, `&ids=${member},1`)), 'access.release_needed')
  assert.equal(code(await taken(release, '')), 'access.release_needed')
  assert.equal(code(await taken(release, `&ids=${member}`, second)), 'access.release_needed')
  const deeds = await db.query(
    `select outcome, subject from access.deed where route = 'exports.persons' order by seq`,
  )
  assert.deepEqual(deeds.rows[1], { outcome: 'done', subject: `release ${release}` })
  assert.equal(deeds.rows.length, 5)
  const events = await db.query(
    `select body from kernel.event where kind = 'access.release_changed' order by seq`,
  )
  assert.deepEqual(
    events.rows.map((r) => [r.body.change, r.body.persons]),
    [
      ['asked', 1],
      ['given', 1],
    ],
  )
})

test('all that a search leaves: the search is not kept, more persons than were given are not taken', async () => {
  const filter = { q: 'mori@example.jp', kind: 'member' }
  const release = await asked({ filter })
  assert.ok(
    !JSON.stringify(await one('select * from access.release where id = $1', [release])).includes('mori'),
  )
  told(await decided(release, 'given', second))
  const query = `&q=${encodeURIComponent(filter.q)}&kind=member`
  assert.equal((await taken(release, query)).status, 200)
  assert.equal(code(await taken(release, '&kind=member')), 'access.release_needed')
  const whole = await asked({ filter: { kind: 'member' } })
  told(await decided(whole, 'given', second))
  assert.equal((await taken(whole, '&kind=member')).status, 200)
  told(await owner('POST', '/admin/v1/customers', { code: '2900000000063' }))
  assert.equal(code(await taken(whole, '&kind=member')), 'access.release_needed')
})

test('what was refused, or given more than an hour ago, is not taken; what waited a day is not given any more', async () => {
  const refused = await asked({ ids: [member] })
  told(await decided(refused, 'refused', second))
  assert.equal(code(await taken(refused, `&ids=${member}`)), 'access.release_needed')
  const late = await asked({ ids: [member] })
  told(await decided(late, 'given', second))
  await db.query(`update access.release set decided_at = now() - interval '61 minutes' where id = $1`, [late])
  assert.equal(code(await taken(late, `&ids=${member}`)), 'access.release_needed')
  const old = await asked({ ids: [member] })
  await db.query(`update access.release set asked_at = now() - interval '25 hours' where id = $1`, [old])
  assert.equal(code(await decided(old, 'given', second)), 'access.release_gone')
  const states = new Map((await listed(owner)).map((r) => [r.release, r.state]))
  assert.deepEqual(
    [refused, late, old].map((r) => states.get(r)),
    ['refused', 'expired', 'expired'],
  )
  assert.equal(code(await owner('POST', releases, { ids: [1], reason: 'other' })), 'bulk.nothing')
  for (let i = 0; i < 20; i++) await asked({ ids: [member] })
  assert.equal(
    code(await owner('POST', releases, { ids: [member], reason: 'other' })),
    'access.too_many_releases',
  )
  assert.equal(code(await decided(crypto.randomUUID(), 'given', second)), 'access.release_missing')
})

test('two owners who decide at once: one of them does; the database itself knows no one who gave to themselves', async () => {
  const third = await grown('higashi@example.jp', undefined)
  await db.query('delete from access.release')
  const release = await asked({ ids: [member] })
  const both = await Promise.all([decided(release, 'given', second), decided(release, 'refused', third)])
  assert.deepEqual(
    both.map((a) => a.status).toSorted((a, b) => a - b),
    [200, 422],
  )
  await assert.rejects(
    db.query('update access.release set decided_by = asked_by where id = $1', [release]),
    /release_check/,
  )
})
