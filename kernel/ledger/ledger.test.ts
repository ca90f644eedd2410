import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { freshDatabase, type FreshDatabase } from '#testing'
import { Type } from 'typebox'
import { Gate, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import { account, kind, move, numbersOf, post, prove } from './index.ts'

const shelf = kind({ number: 500, name: 'test.shelf', book: 'stock' })
const held = kind({ number: 501, name: 'test.held', book: 'stock', ephemeral: true })
const outside = kind({ number: 502, name: 'test.outside', book: 'stock', counter: true })
const lost = kind({ number: 503, name: 'test.lost', book: 'stock', counter: true })
const Moved = event('test.moved', Type.Object({ sku: Type.Number() }))
const on = (sku: number) => account(shelf, sku, { unit: sku })

let database: FreshDatabase, owner: pg.Client, app: pg.Client, gate: Gate
before(async () => {
  database = await freshDatabase()
  owner = new pg.Client(database.owner)
  app = new pg.Client(database.app)
  for (const client of [owner, app]) await client.connect()
  gate = await Gate.open(database.app)
})
after(async () => {
  await gate.close()
  for (const client of [owner, app]) await client.end()
  await database.drop()
})
const empty = `truncate ledger.transfer, ledger.account, kernel.request, kernel.event`
beforeEach(async () => {
  await owner.query(empty)
  for (let sku = 1; sku <= 5; sku++) {
    await gate.run(receive, { sku, amount: 10 })
    await gate.run(hold, { sku, amount: 3 })
  }
  await gate.run(receive, { sku: 1, amount: 1 })
  await gate.run(lose, { sku: 1, amount: 2 })
})
/** P4: whatever a test did to the books, it left them balanced, or put them back. */
afterEach(async () => assert.deepEqual((await prove(app)).differences, []))

async function receive(tx: Tx, ask: { sku: number; amount: number }) {
  post(tx, {
    moves: [move(account(outside, ask.sku, { unit: ask.sku }), on(ask.sku), ask.amount)],
    reason: 'test',
  })
  append(tx, Moved, { subject: `sku:${ask.sku}`, body: { sku: ask.sku } })
}
async function hold(tx: Tx, ask: { sku: number; amount: number }) {
  post(tx, {
    moves: [move(on(ask.sku), account(held, ask.sku, { unit: ask.sku }), ask.amount)],
    reason: 'test',
  })
}
/** From one counter to another: neither has a row whose balance could show it. */
async function lose(tx: Tx, ask: { sku: number; amount: number }) {
  post(tx, {
    moves: [
      move(
        account(outside, ask.sku, { unit: ask.sku }),
        account(lost, ask.sku, { unit: ask.sku }),
        ask.amount,
      ),
    ],
    reason: 'test',
  })
}

test('P5: the application may add to transfers and events and read them, nothing else; it owns nothing and makes nothing', async () => {
  const refused = [
    ...['ledger.transfer', 'kernel.event'].flatMap((t) => [
      `update ${t} set actor = 1`,
      `delete from ${t}`,
      `truncate ${t}`,
      `alter table ${t} add column x int`,
      `drop table ${t}`,
      `create trigger x before insert on ${t} for each row execute function suppress_redundant_updates_trigger()`,
      `alter table ${t} disable trigger all`,
    ]),
    'truncate ledger.account',
    'drop table ledger.account',
    'alter table ledger.account drop constraint account_check',
    'create table public.mine (x int)',
    'create table ledger.mine (x int)',
    'create table kernel.mine (x int)',
    'create schema mine',
    'create role mine',
    'set role postgres',
    `update kernel.migration set checksum = ''`,
    `alter sequence ledger.transfer_seq_seq restart`,
    `select setval('ledger.transfer_seq_seq', 1)`,
    `set session_replication_role = 'replica'`,
    `copy ledger.transfer to program 'true'`,
  ]
  for (const text of refused) await assert.rejects(app.query(text), { code: '42501' }, text)
  const { rows } = await owner.query(`select
    (select count(*)::int from pg_class where relowner = 'akinai_app'::regrole) + (select count(*)::int from pg_proc where proowner = 'akinai_app'::regrole)
      + (select count(*)::int from pg_namespace where nspowner = 'akinai_app'::regrole) + (select count(*)::int from pg_type where typowner = 'akinai_app'::regrole) as owns,
    (select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication from pg_roles where rolname = 'akinai_app') as may,
    (select count(*)::int from pg_auth_members where member = 'akinai_app'::regrole) as member`)
  assert.deepEqual(rows[0], { owns: 0, may: false, member: 0 })
  console.log(`# refused ${refused.length}, owned 0, roles 0`)
})

const damages: Record<string, { by: string; check: RegExp; what: RegExp }> = {
  'the amount of a transfer': {
    by: `update ledger.transfer set amount = amount + 1 where debit = ${on(1).id}`,
    check: /every balance equals/,
    what: new RegExp(`account ${on(1).id} \\(test.shelf\\)`),
  },
  'the amount of a transfer between two counters': {
    by: `update ledger.transfer set amount = amount + 1 where credit >> 44 = 503`,
    check: /every request has/,
    what: /request /,
  },
  'the account of a transfer': {
    by: `update ledger.transfer set credit = ${on(2).id} where credit = ${on(1).id}`,
    check: /every balance equals/,
    what: new RegExp(`account ${on(2).id}`),
  },
  'a balance': {
    by: `update ledger.account set balance = balance + 1 where id = ${on(3).id}`,
    check: /every balance equals/,
    what: new RegExp(`account ${on(3).id}`),
  },
  'a removed account': {
    by: `delete from ledger.account where id = ${on(3).id}`,
    check: /every balance equals/,
    what: new RegExp(`account ${on(3).id} \\(test.shelf\\)`),
  },
  'an account out of nowhere': {
    by: `insert into ledger.account (id, book, kind, owner, unit, balance, floor) values (${on(99).id}, 'stock', 500, 99, 99, 5, 0)`,
    check: /every balance equals/,
    what: new RegExp(`account ${on(99).id}`),
  },
  'an account of an unknown kind': {
    by: `insert into ledger.account (id, book, kind, owner, unit, balance) values (${509 * 2 ** 44 + 1}, 'stock', 509, 1, 1, 0)`,
    check: /known kind/,
    what: /account \d+/,
  },
  'a transfer of an unknown kind': {
    by: `update ledger.transfer set credit = ${509 * 2 ** 44 + 1} where credit >> 44 = 503`,
    check: /known kind/,
    what: /transfer \d+/,
  },
  'an account whose number is another': {
    by: `update ledger.account set owner = 77 where id = ${on(3).id}`,
    check: /numbers it is made of/,
    what: new RegExp(`account ${on(3).id}`),
  },
  'a transfer of another unit than its account': {
    by: `update ledger.transfer set unit = 2 where debit = ${on(1).id}`,
    check: /count the same thing/,
    what: /transfer \d+/,
  },
  'an account used for two units': {
    by: `update ledger.transfer set unit = 2 where debit = ${on(1).id}`,
    check: /sums to zero/,
    what: /account \d+/,
  },
  'a broken floor': {
    by: `alter table ledger.account drop constraint account_check; update ledger.account set balance = -1 where id = ${on(4).id}`,
    check: /below its floor/,
    what: new RegExp(`account ${on(4).id} \\(test.shelf\\)`),
  },
  'a floor that was lifted': {
    by: `update ledger.account set floor = null where id = ${on(4).id}`,
    check: /below its floor/,
    what: new RegExp(`account ${on(4).id}`),
  },
  'a transfer without its request': {
    by: `delete from kernel.request where key = (select key from ledger.transfer where debit = ${on(1).id})`,
    check: /belongs to an answered request/,
    what: /transfer \d+/,
  },
  'a transfer that was removed, between two counters': {
    by: `delete from ledger.transfer where credit >> 44 = 503`,
    check: /every request has/,
    what: /request /,
  },
  'a transfer that was doubled': {
    by: `insert into ledger.transfer (key, line, debit, credit, amount, book, unit, reason, actor, happened_at, recorded_at)
      select key, 9, debit, credit, amount, book, unit, reason, actor, happened_at, recorded_at from ledger.transfer where credit >> 44 = 503`,
    check: /every request has/,
    what: /request /,
  },
  'an event that was removed': {
    by: `delete from kernel.event where seq = (select min(seq) from kernel.event)`,
    check: /every request has/,
    what: /request /,
  },
  'an event that was doubled': {
    by: `insert into kernel.event (epoch, key, kind, version, subject, actor, body, happened_at, recorded_at)
      select epoch, key, kind, version, subject, actor, body, happened_at, recorded_at from kernel.event limit 1`,
    check: /every request has/,
    what: /request /,
  },
  'an event that nobody asked for': {
    by: `insert into kernel.event (epoch, key, kind, version, subject, actor, body, happened_at, recorded_at)
      select epoch, gen_random_uuid(), kind, version, subject, actor, body, happened_at, recorded_at from kernel.event limit 1`,
    check: /belongs to an answered request/,
    what: /event \d+/,
  },
}
for (const [name, damage] of Object.entries(damages))
  test(`P5b: ${name} is found and named`, async () => {
    await owner.query('begin')
    try {
      await owner.query(`set local session_replication_role = 'replica'`)
      await owner.query(damage.by)
      await owner.query('savepoint damaged') // the proof wants a transaction of its own: it is given this one
      const { differences } = await proveWithin()
      const found = differences.filter((d) => damage.check.test(d.check))
      assert.ok(found.length > 0, `not found: ${JSON.stringify(differences)}`)
      assert.ok(
        found.some((d) => damage.what.test(d.what)),
        JSON.stringify(found),
      )
      console.log(
        `# ${found[0]!.check}: ${found[0]!.what} ${found[0]!.expected ?? ''} ${found[0]!.found ?? ''}`,
      )
    } finally {
      await owner.query('rollback')
    }
  })
/** The proof over damage that is never committed: its own begin and rollback become nothing. */
function proveWithin() {
  const client = {
    query: (text: string, values?: unknown[]) =>
      /^(begin|rollback)/.test(text) ? Promise.resolve({ rows: [] }) : owner.query(text, values),
  }
  return prove(client as unknown as pg.Client)
}

test('the proof lists a hundred of a kind and says that there are more', async () => {
  await owner.query('begin')
  try {
    await owner.query(`insert into ledger.account (id, book, kind, owner, unit, balance, floor)
      select (500::bigint << 44) + g, 'stock', 500, g, g, 1, 0 from generate_series(1000, 1200) g`)
    const { differences, more } = await proveWithin()
    assert.equal(differences.length, 100)
    assert.equal(more, true)
  } finally {
    await owner.query('rollback')
  }
})

test('an account is its kind and owner', () => {
  assert.deepEqual(numbersOf(on(12_345).id), { kind: 500, owner: 12_345 })
  assert.deepEqual(numbersOf(account(shelf, 2 ** 44 - 1, { unit: 1 }).id), { kind: 500, owner: 2 ** 44 - 1 })
  for (const bad of [-1, 2 ** 44, 0.5, NaN]) assert.throws(() => account(shelf, bad, { unit: 1 }))
  assert.throws(() => kind({ number: 500, name: 'test.again', book: 'stock' }))
  assert.throws(() => kind({ number: 511.5, name: 'test.half', book: 'stock' }))
})
