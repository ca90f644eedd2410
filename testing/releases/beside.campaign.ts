/**
 * P22: the previous version goes on selling, shipping and counting while this version's migrations come in, one after the
 * other, under it; then both versions serve the same database. No request fails, and the books balance.
 * `AKINAI_PREVIOUS=COMMIT` names another version. Needs the history: a shallow clone has the daily test alone.
 */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { prooves } from '#flows/reads'
import { migrate, migrations } from '#kernel/db'
import { buy, clientOf, of, proveBooks, signIn, type Answer, type Client, type FreshDatabase } from '#testing'
import { checkOut, serve } from './earlier.ts'
import { previous } from './previous.ts'

export default (database: FreshDatabase) => beside(database, process.env.AKINAI_PREVIOUS ?? previous.commit)

const root = path.resolve(import.meta.dirname, '../..')

async function beside(database: FreshDatabase, commit: string): Promise<string> {
  const tree = checkOut(commit)
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-beside-'))
  const { owner, app } = database
  const client = new pg.Client(owner)
  await client.connect()
  try {
    const { rows } = await client.query(
      `select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema|public)'`,
    )
    for (const { name } of rows) await client.query(`drop schema "${name}" cascade`)
    const old = await serve({ tree: tree.directory, home, owner, app, first: true, work: true })
    const known = new Set(
      (await client.query('select room, name from kernel.migration')).rows.map((r) => `${r.room}/${r.name}`),
    )
    const coming = migrations().filter((m) => !known.has(`${m.room}/${m.name}`))
    assert.ok(coming.length > 0, `${commit} has every migration already: nothing would be rehearsed`)
    const now = { on: true, during: 'before any migration' }
    const tally = { requests: 0, orders: 0, limited: 0, wrong: new Map<string, string>() }
    const load = mixedLoad(old.url, now, tally)
    void load.catch(() => (now.on = false))
    await sleep(5000)
    const done: string[] = []
    for (const m of coming) {
      now.during = `${m.room}/${m.name}`
      await migrate(owner, () => {}, [...migrations().filter((k) => known.has(`${k.room}/${k.name}`)), m])
      known.add(`${m.room}/${m.name}`)
      done.push(now.during)
      await sleep(2500)
    }
    now.during = 'this version beside it'
    const ours = await serve({ tree: root, home, owner, app, first: false, work: true })
    const second = mixedLoad(ours.url, now, tally)
    void second.catch(() => (now.on = false))
    await sleep(10_000)
    now.on = false
    await Promise.all([load, second])
    // The old one goes first, as in an upgrade; what it leaves is taken over.
    await old.close()
    const left = { on: true, during: 'this version alone' }
    const alone = mixedLoad(ours.url, left, tally)
    await sleep(3000)
    left.on = false
    await alone
    await ours.close()
    const faults = `${old.said()}${ours.said()}`.split('\n').filter((line) => line.includes('"fault"'))
    const wrong = [...tally.wrong, ...faults.map((line) => ['fault', line])].map(
      ([what, first]) => `${what}: ${first}`,
    )
    // The first one names the migration that broke it; what follows, follows from it.
    assert.equal(
      wrong.length,
      0,
      `${commit}: ${wrong.length} answers not as before\n${wrong.slice(0, 5).join('\n')}`,
    )
    assert.ok(tally.orders > 50, `${tally.orders} orders`)
    await proveBooks(owner, prooves)
    return `${commit} served ${tally.requests} requests (${tally.orders} orders) while ${done.length} migrations came in and beside this version: 0 errors, ${tally.limited} told to wait; ${done.join(', ')}; books proven`
  } finally {
    await client.end()
    tree.remove()
    fs.rmSync(home, { recursive: true, force: true })
  }
}

type Now = { on: boolean; during: string }
type Tally = { requests: number; orders: number; limited: number; wrong: Map<string, string> }

/** Buyers, the desk, the warehouse, the till and readers at once, until `now.on` ends. Whatever is not a 200 is kept with the migration it came after. */
async function mixedLoad(url: string, now: Now, tally: Tally): Promise<void> {
  const note = (what: string, answer: Answer) => {
    tally.requests++
    if (answer.status === 200) return answer
    // Guessing is slowed: whoever looks up orders and signs in all the time is told to wait. That is an answer.
    if (answer.status === 429) return (tally.limited++, answer)
    const name = `${now.during}: ${what} → ${answer.status}`
    if (!tally.wrong.has(name)) tally.wrong.set(name, JSON.stringify(answer.body).slice(0, 300))
    return answer
  }
  const owner = await signIn(url, 'owner')
  const ask = async (who: Client, method: string, at: string, body?: object) =>
    note(`${method} ${at.replace(/\d{3,}/g, '…')}`, await who(method, at, body))
  const keep = async (what: () => Promise<unknown>) => {
    while (now.on) {
      await what()
      await sleep(20)
    }
  }
  const sku = 'TEE-WHITE-M'
  await ask(owner, 'POST', '/admin/v1/stock/receipts', {
    place: 'east',
    lines: [{ sku, quantity: 1_000_000 }],
  })
  const buyer = async () => {
    const guest = clientOf(url)
    const bought = note('buy', await buy(guest, [{ sku, quantity: 2 }], { payment: 'bank_transfer' }))
    if (bought.status !== 200) return
    const { order, total } = of<{ order: number; total: number }>(bought)
    tally.orders++
    const at = `/admin/v1/orders/${order}`
    await ask(guest, 'POST', '/store/v1/orders/look-up', { order, email: 'hanako@example.jp' })
    if (order % 3 === 0) return void (await ask(owner, 'POST', `${at}/cancel`, { reason: 'customer' }))
    await ask(owner, 'POST', `${at}/captures`, { amount: total })
    await ask(owner, 'POST', `${at}/ship`, { carrier: 'yamato', tracking: '1-2' })
    if (order % 3 === 1)
      await ask(owner, 'POST', `${at}/returns`, {
        lines: [{ line: 1, quantity: 1 }],
        place: 'kyoto',
        condition: 'quarantine',
        reason: 'faulty',
      })
    await ask(owner, 'GET', at)
    await ask(owner, 'GET', `${at}/movements`)
  }
  const reader = async () => {
    const guest = clientOf(url)
    for (const at of ['/store/v1/shop', '/store/v1/products?limit=20', '/store/v1/products/asanagi-mug'])
      await ask(guest, 'GET', at)
    for (const at of [
      'orders?limit=50',
      'orders?status=to_ship&limit=20',
      'channels',
      'products?limit=20',
      'products/terms',
      'shortages',
      'followers',
      'proof',
      'me',
      'places',
      'stock?limit=50',
      `stock/movements?sku=${sku}&place=east&kind=on_hand`,
      'stock/transfers',
      'customers/2900000000018',
    ])
      await ask(owner, 'GET', `/admin/v1/${at}`)
  }
  const warehouse = async () => {
    const at = { place: 'kyoto' }
    await ask(owner, 'POST', '/admin/v1/stock/receipts', {
      ...at,
      lines: [{ sku: 'MUG-WHITE', quantity: 9 }],
    })
    await ask(owner, 'POST', '/admin/v1/stock/counts', { ...at, lines: [{ sku: 'MUG-WHITE', quantity: 90 }] })
    await ask(owner, 'POST', '/admin/v1/stock/adjustments', {
      ...at,
      sku: 'MUG-WHITE',
      by: -1,
      reason: 'lost',
    })
    const lines = [{ sku: 'MUG-WHITE', quantity: 1 }]
    const sent = await ask(owner, 'POST', '/admin/v1/stock/transfers', { from: 'kyoto', to: 'east', lines })
    const { transfer } = of<{ transfer?: number }>(sent)
    if (transfer !== undefined) await ask(owner, 'POST', `/admin/v1/stock/transfers/${transfer}/receive`, {})
    await ask(owner, 'PUT', '/admin/v1/prices', {
      lines: [{ sku: 'GUINOMI', price: 2000 + (Date.now() % 1000) }],
    })
    const goods = [{ sku: 'GUINOMI', quantity: 1, unit_price: 100 }]
    await ask(owner, 'POST', '/admin/v1/mall-orders', {
      channel: 'rakuten',
      external_id: crypto.randomUUID(),
      placed_at: '2026-11-22T10:00:00+09:00',
      lines: goods,
      total: 100,
      paid: true,
      destination: { contact: { family: '佐藤' }, address: { prefecture: 13 } },
    })
  }
  const hand = clientOf(url)
  const atTill = () =>
    ask(hand, 'POST', '/till/v1/sessions', { device: 'kyoto-1', key: 'sample-till-kyoto-1', pin: '1600' })
  while ((await atTill()).status === 429) await sleep(1000)
  let sales = 0
  const till = async () => {
    if (++sales % 50 === 0) await atTill()
    await ask(hand, 'GET', '/till/v1/catalogue')
    await ask(hand, 'POST', '/till/v1/sales', {
      sale: crypto.randomUUID(),
      happened_at: '2026-11-22T10:00:00+09:00',
      lines: [{ sku: 'GUINOMI', quantity: 2, unit_price: 100 }],
      member: '2900000000018',
      tendered: 200,
      total: 200,
    })
    await sleep(100)
  }
  await Promise.all([buyer, buyer, buyer, reader, warehouse, till].map(keep))
}
