import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freshDatabase, type FreshDatabase } from '#testing'
import { Type } from 'typebox'
import {
  event,
  Followers,
  holders,
  openEpoch,
  readEvents,
  rebuild,
  standings,
  type Follower,
  type Happened,
} from './index.ts'

const Counted = event('test.counted', Type.Object({ n: Type.Number() }))
const Renamed = event('test.renamed', Type.Object({ sku: Type.Number(), by: Type.Number() }), [
  (body: { code: string }) => ({ sku: Number(body.code) }),
  (body: { sku: number }) => ({ ...body, by: 0 }),
])

let database: FreshDatabase
const open = new Set<pg.Client>()
const running = new Set<Followers>()
async function connect(config: pg.ClientConfig = database.app): Promise<pg.Client> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  open.add(client)
  return client
}
let db: pg.Client
before(async () => {
  database = await freshDatabase()
  db = await connect(database.owner)
  await db.query(`
    create schema test;
    create table test.seen (follower text not null, generation integer not null, epoch integer not null, xid xid8 not null, seq bigint not null, n integer, at timestamptz not null default clock_timestamp());
    grant usage on schema test to akinai_app; grant all on all tables in schema test to akinai_app`)
})
after(async () => {
  for (const f of running) await f.stop()
  for (const c of open) await c.end().catch(() => {})
  await database.drop()
})
beforeEach(async () => {
  for (const f of running) await f.stop()
  running.clear()
  await db.query(`truncate kernel.event, kernel.follower, kernel.epoch, test.seen;
    insert into kernel.epoch (epoch, system_identifier) select 1, system_identifier::text from pg_control_system()`)
})

const write = async (
  client: pg.Client,
  n: number,
  more: { kind?: string; version?: number; body?: object; epoch?: number; xid?: string } = {},
) =>
  Number(
    (
      await client.query(
        `insert into kernel.event (epoch, xid, key, kind, version, subject, actor, body, happened_at, recorded_at)
         values ($1, coalesce($2::xid8, pg_current_xact_id()), gen_random_uuid(), $3, $4, 'test:1', 0, $5, now(), now()) returning seq`,
        [more.epoch ?? 1, more.xid, more.kind ?? Counted.kind, more.version ?? 1, more.body ?? { n }],
      )
    ).rows[0].seq,
  )
/** A projection that writes down what it was given. */
const scribe = (name: string, more: Partial<Follower> = {}): Follower => ({
  name,
  project: async (client, happened, generation) => {
    for (const h of happened)
      await client.query('insert into test.seen values ($1, $2, $3, $4::xid8, $5, $6)', [
        name,
        generation,
        h.epoch,
        h.xid,
        h.seq,
        (h.body as { n?: number }).n ?? null,
      ])
  },
  ...more,
})
function start(followers: readonly Follower[], alarm?: (name: string, e: unknown) => void): Followers {
  const f = new Followers(database.app, followers, alarm)
  running.add(f)
  f.start()
  return f
}
const seen = async (follower: string, generation = 1): Promise<number[]> =>
  (
    await db.query('select n from test.seen where follower = $1 and generation = $2 order by at', [
      follower,
      generation,
    ])
  ).rows.map((r) => r.n)
async function until(what: string, ready: () => Promise<boolean>, ms = 8000): Promise<void> {
  const end = performance.now() + ms
  while (!(await ready())) {
    assert.ok(performance.now() < end, `never: ${what}`)
    await sleep(10)
  }
}

test('an event whose transaction commits late is not lost; a cursor on the sequence number would lose it', async () => {
  const [early, late] = [await connect(), await connect()]
  start([scribe('late')])
  let naive = 0
  const naively: number[] = []
  const look = async () => {
    const { rows } = await db.query(
      `select seq, body->'n' as n from kernel.event where seq > $1 order by seq`,
      [naive],
    )
    for (const r of rows) naively.push(r.n)
    naive = rows.at(-1)?.seq ?? naive
  }
  await write(db, 1)
  await late.query('begin')
  const held = await write(late, 2)
  const passed = await write(early, 3)
  assert.ok(held < passed)
  await look()
  await sleep(100)
  await late.query('commit')
  await look()
  await write(db, 4)
  await look()
  await until('four events', async () => (await seen('late')).length === 4)
  assert.deepEqual(await seen('late'), [1, 2, 3, 4])
  assert.deepEqual(naively, [1, 3, 4])
  console.log('# follower read 1 2 3 4, the naive cursor 1 3 4')
})

test('numbers that grow a digit stay in order, also across pages', async () => {
  // Longer numbers come first in a sort by letters: a page cut among them would put the cursor past the shorter ones.
  for (const xid of ['9', '10', '99', '100', '998', '999', '1000', '1001'])
    await write(db, Number(xid), { xid })
  const read: number[] = []
  for (let after = { epoch: 0, xid: '0', seq: 0 }; ;) {
    const { happened } = await readEvents(db, after, undefined, 3)
    read.push(...happened.map((h) => (h.body as { n: number }).n))
    const last = happened.at(-1)
    if (!last) break
    after = { epoch: last.epoch, xid: last.xid, seq: last.seq }
  }
  assert.deepEqual(read, [9, 10, 99, 100, 998, 999, 1000, 1001])
})

test('a storm of transactions of every length: each event exactly once', async () => {
  const storm = await Promise.all(Array.from({ length: 8 }, () => connect()))
  const f = start([scribe('storm', { batch: 37 }), scribe('few', { kinds: ['test.other'] })])
  await Promise.all(
    storm.map(async (client, i) => {
      for (let n = 0; n < 60; n++) {
        await client.query('begin')
        for (let k = 0; k < 3; k++) await write(client, i * 1000 + n * 10 + k)
        if (Math.random() < 0.3) await sleep(Math.random() * 20)
        await client.query(Math.random() < 0.1 ? 'rollback' : 'commit')
        f.wake()
      }
    }),
  )
  const { rows } = await db.query(`select (body->'n')::int as n from kernel.event order by xid, seq`)
  await until('all of the storm', async () => (await seen('storm')).length >= rows.length)
  assert.deepEqual(
    (await seen('storm')).toSorted((a, b) => a - b),
    rows.map((r) => r.n).toSorted((a, b) => a - b),
  )
  // A follower of other kinds has moved past them all the same.
  await until('the other passed', async () => (await standings(db)).every((s) => s.behind === 0))
  const moved = (
    await db.query(
      `select xid::text::bigint > (select min(xid::text::bigint) from kernel.event) as past from kernel.follower where name = 'few'`,
    )
  ).rows[0]
  assert.equal(moved.past, true)
  console.log(`# events ${rows.length}, each once`)
})

test('a restore into another cluster opens an epoch: each event once across it, though old numbers are higher', async () => {
  const first = start([scribe('moved'), scribe('half', { batch: 2 })])
  for (let n = 1; n <= 4; n++) await write(db, n)
  await until('four', async () => (await seen('moved')).length === 4)
  await first.stop()
  // In the old cluster numbers had gone far ahead; two of its events were not yet followed when it was lost.
  await db.query(`update kernel.event set xid = (xid::text::bigint + 1000000000)::text::xid8;
    update kernel.follower set xid = (xid::text::bigint + 1000000000)::text::xid8, horizon = (horizon::text::bigint + 1000000000)::text::xid8`)
  await write(db, 5, { xid: '5000000000' })
  await write(db, 6, { xid: '5000000001' })
  // Without an epoch they, and whatever follows, would not be seen for a billion transactions.
  const stuck = start([scribe('moved')])
  await write(db, 99)
  await sleep(300)
  assert.equal((await seen('moved')).length, 4)
  await stuck.stop()
  await db.query(`delete from kernel.event where (body->'n')::int = 99`)

  await db.query(`update kernel.epoch set system_identifier = 'another'`)
  assert.equal(await openEpoch(db), 2)
  assert.equal(await openEpoch(db), 2) // only once
  await write(db, 7, { epoch: 2 })
  start([scribe('moved'), scribe('half', { batch: 2 }), scribe('new')])
  await until(
    'seven',
    async () =>
      (await seen('moved')).length >= 7 &&
      (await seen('half')).length >= 7 &&
      (await seen('new')).length >= 7,
  )
  await sleep(100)
  for (const name of ['moved', 'half', 'new']) assert.deepEqual(await seen(name), [1, 2, 3, 4, 5, 6, 7])
  await write(db, 8, { epoch: 2 })
  await until('eight', async () => (await seen('moved')).length === 8)
  console.log('# epochs 2, events 8, each once, in order')
})

test('a follower that dies between its work and its commit has done neither; next time both, once', async () => {
  let deaths = 0
  const backend = async (client: pg.ClientBase) =>
    (await client.query('select pg_backend_pid() as pid')).rows[0].pid as number
  const follower = scribe('mortal', { batch: 5 })
  start([
    {
      ...follower,
      project: async (client, happened, generation) => {
        await follower.project!(client, happened, generation)
        if (deaths < 5 && Math.random() < 0.5) {
          deaths++
          await db.query('select pg_terminate_backend($1)', [await backend(client)])
          await sleep(20)
        }
      },
    },
  ])
  for (let n = 0; n < 100; n++) await write(db, n)
  await until('a hundred', async () => (await seen('mortal')).length >= 100, 20_000)
  assert.deepEqual(
    await seen('mortal'),
    Array.from({ length: 100 }, (_, n) => n),
  )
  assert.ok(deaths > 0)
  console.log(`# events 100, deaths ${deaths}, each once`)
})

test('a reaction that fails half-way is repeated with the same events', async () => {
  const given: number[][] = []
  let failures = 0
  start([
    {
      name: 'react',
      batch: 10,
      react: async (happened: readonly Happened[]) => {
        given.push(happened.map((h) => h.seq))
        if (failures++ < 2) throw new Error('the outside failed')
      },
    },
  ])
  for (let n = 0; n < 3; n++) await write(db, n)
  await until(
    'the third try',
    async () => given.length >= 3 && (await standings(db)).every((s) => s.behind === 0),
  )
  assert.deepEqual(given[1]!.slice(0, given[0]!.length), given[0])
  assert.equal(new Set(given.slice(2).flat()).size, 3)
  console.log(`# tries ${given.length}, failures 2, events 3`)
})

test('two processes: one follows, the other stands by and takes over when the first connection dies', async () => {
  const worked: string[] = []
  const as = (who: string) =>
    scribe('shared', {
      project: async (client, happened, generation) => {
        worked.push(who)
        await scribe('shared').project!(client, happened, generation)
      },
    })
  start([as('a')])
  await write(db, 1)
  await until('one', async () => (await seen('shared')).length === 1)
  start([as('b')])
  for (let n = 2; n <= 20; n++) {
    await write(db, n)
    await sleep(5)
  }
  await until('twenty', async () => (await seen('shared')).length === 20)
  assert.deepEqual(new Set(worked), new Set(['a']))
  // The first loses its connection again and again, until the other has it.
  for (let n = 21; !worked.includes('b'); n++) {
    assert.ok(n < 200)
    await db.query(
      `select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.classid = ${0x616b69} and l.database = (select oid from pg_database where datname = current_database())`,
    )
    await write(db, n)
    await sleep(150)
  }
  const total = Number((await db.query('select count(*)::int as n from kernel.event')).rows[0].n)
  await until('all', async () => (await seen('shared')).length >= total)
  await sleep(50)
  assert.deepEqual(
    await seen('shared'),
    Array.from({ length: total }, (_, n) => n + 1),
  )
  console.log(`# events ${total}, each once; taken over after ${worked.length} pages`)
})

test('a projection is rebuilt beside the live one and swapped: reads never see a gap, and the old one is removed', async () => {
  const discarded: number[] = []
  start([
    scribe('list', {
      batch: 20,
      discard: async (client, generation) => {
        discarded.push(generation)
        await client.query('delete from test.seen where follower = $1 and generation = $2', [
          'list',
          generation,
        ])
      },
    }),
  ])
  for (let n = 0; n < 200; n++) await write(db, n)
  await until('two hundred', async () => (await seen('list')).length === 200)
  const reader = await connect()
  let least = Infinity,
    reads = 0,
    over = false
  const generations = new Set<number>()
  const reading = (async () => {
    while (!over) {
      const { rows } = await reader.query(
        `select count(*)::int as n, min(generation) as generation from test.seen where follower = 'list' and generation = (select generation from kernel.follower where name = 'list' and state = 'live')`,
      )
      least = Math.min(least, rows[0].n)
      generations.add(rows[0].generation)
      reads++
    }
  })()
  assert.equal(await rebuild(db, 'list'), 2)
  for (let n = 200; n < 260; n++) await write(db, n)
  await until(
    'the swap',
    async () =>
      (
        await db.query(
          `select from kernel.follower where name = 'list' and generation = 2 and state = 'live'`,
        )
      ).rowCount === 1,
  )
  await until('all in the new one', async () => (await seen('list', 2)).length === 260)
  await db.query(
    `update kernel.follower set moved_at = moved_at - interval '1 minute' where state = 'retired'`,
  )
  await until('the old one removed', async () => (await seen('list', 1)).length === 0)
  over = true
  await reading
  assert.ok(least >= 200, `${least}`)
  assert.deepEqual(
    [...generations].toSorted((a, b) => a - b),
    [1, 2],
  )
  assert.deepEqual(discarded, [1])
  assert.equal((await db.query(`select from kernel.follower where name = 'list'`)).rowCount, 1)
  console.log(`# reads ${reads}, least rows seen ${least}, generations 1 → 2`)
})

test('a stalled horizon names who holds it, also to the application', async () => {
  const [holder, app] = [
    await connect({ ...database.owner, application_name: 'a forgotten window' }),
    await connect(),
  ]
  await holder.query('begin')
  await holder.query('select pg_current_xact_id()')
  await write(db, 1)
  assert.equal((await readEvents(db, { epoch: 0, xid: '0', seq: 0 }, undefined, 10)).happened.length, 0)
  for (const client of [db, app]) {
    const found = await holders(client, 0)
    assert.ok(
      found.some((h) => h.application === 'a forgotten window'),
      JSON.stringify(found),
    )
  }
  await holder.query('rollback')
  assert.equal((await readEvents(db, { epoch: 0, xid: '0', seq: 0 }, undefined, 10)).happened.length, 1)
  console.log('# holder named to the owner and to the application')
})

test('old versions read as the newest; a newer one, and a body of another shape, stop the follower, noted without content', async () => {
  const bodies: unknown[] = []
  const alarms: unknown[] = []
  const f = start(
    [{ name: 'versions', react: async (happened) => void bodies.push(...happened.map((h) => h.body)) }],
    (_, e) => alarms.push(e),
  )
  await write(db, 0, { kind: Renamed.kind, version: 1, body: { code: '7' } })
  await write(db, 0, { kind: Renamed.kind, version: 2, body: { sku: 8 } })
  await write(db, 0, { kind: Renamed.kind, version: 3, body: { sku: 9, by: 1 } })
  await until('three', async () => bodies.length === 3)
  assert.deepEqual(bodies, [
    { sku: 7, by: 0 },
    { sku: 8, by: 0 },
    { sku: 9, by: 1 },
  ])
  const bad = await write(db, 0, { kind: Renamed.kind, version: 3, body: { sku: '山田太郎' } })
  await until('a note', async () => (await standings(db))[0]!.failures > 0)
  const [standing] = await standings(db)
  assert.match(standing!.failure!, /does not read as version 3/)
  assert.doesNotMatch(standing!.failure!, /山田/)
  assert.ok(alarms.length > 0)
  await db.query('delete from kernel.event where seq = $1', [bad])
  await until('mended', async () => (await standings(db))[0]!.failures === 0)
  await f.stop()
  // A fault whose message quotes what it could not read.
  start([{ name: 'quoting', react: async () => void JSON.parse('山田太郎 <taro@example.jp>') }])
  await until('a second note', async () =>
    (await standings(db)).some((s) => s.name === 'quoting' && s.failures > 0),
  )
  const note = (await standings(db)).find((s) => s.name === 'quoting')!.failure!
  assert.doesNotMatch(note, /山田|taro/, note)
  assert.throws(() => Renamed.read(4, {}), /newer version/)
  console.log(`# versions 1 2 3 read; noted: ${standing!.failure} / ${note}`)
})

test('who waits for a position gets it, in this process and in another; who waits too long is told', async () => {
  const f = start([scribe('reach', { kinds: [Counted.kind] })])
  const elsewhere = new Followers(database.app, [])
  for (let n = 0; n < 10; n++) {
    await db.query('begin')
    const xid = (await db.query('select pg_current_xact_id()::text as xid')).rows[0].xid as string
    await write(db, n, n % 2 ? { kind: 'test.other' } : {})
    await db.query('commit')
    f.wake()
    assert.equal(await (n < 5 ? f : elsewhere).reached(db, 'reach', { epoch: 1, xid }, 3000), true)
    assert.equal((await seen('reach')).length, Math.floor(n / 2) + 1)
  }
  await db.query('begin')
  const xid = (await db.query('select pg_current_xact_id()::text as xid')).rows[0].xid as string
  assert.equal(await f.reached(await connect(), 'reach', { epoch: 1, xid }, 100), false)
  await db.query('rollback')
  console.log('# reached 10 of 10, not reached 1 of 1')
})

test('a thousand wakes leave no timer and no sleeper behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((x) => x === 'Timeout').length
  const f = start([scribe('awake'), scribe('awake too')])
  await write(db, 1)
  await until('one', async () => (await seen('awake')).length === 1)
  const before = timers()
  for (let n = 0; n < 1000; n++) {
    f.wake()
    if (n % 10 === 0) await sleep(3)
  }
  await sleep(50)
  assert.ok(timers() <= before + 3, `${before} → ${timers()}`)
  await f.stop()
  assert.deepEqual(await seen('awake'), [1])
  console.log(`# wakes 1,000, timers ${before} → ${timers()}`)
})
