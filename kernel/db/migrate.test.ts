/** P22: a table in use is filled in batches, killed half-way and gone on with; indexes and locks that meet trouble. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { migrate, migrations, Unfit, type Migration } from '#kernel/db'
import { freshDatabase, type FreshDatabase } from '#testing'

let database: FreshDatabase, db: pg.Client
before(async () => {
  database = await freshDatabase()
  db = new pg.Client(database.owner)
  await db.connect()
  await db.query('create schema big')
})
after(async () => {
  await db.end()
  await database.drop()
})
const made = (name: string, text: string): Migration => ({
  room: 'domains/big',
  name,
  text,
  checksum: `checksum of ${name}`,
})
const bring = (files: Migration[], log?: (line: string) => void) =>
  migrate(database.owner, log, [...migrations(), ...files])
const done = async (name: string) =>
  (await db.query(`select 1 from kernel.migration where room = 'domains/big' and name = $1`, [name])).rowCount

test(
  'a hundred thousand rows are filled while they are written to, by a migration that is killed half-way: each row once, and no write waits long',
  { timeout: 180_000 },
  async () => {
    const rows = 100_000
    await db.query(
      `create table big.thing (id bigint primary key, name text not null, filled text, times int not null default 0, touched int not null default 0);
       insert into big.thing (id, name) select i * 3, 'n' || i from generate_series(1, ${rows}) i`,
    )
    const files = [
      made(
        '0001_fill.sql',
        `-- in batches: big.thing by id, 250 at a time\nupdate big.thing set filled = upper(name), times = times + 1 where id between $1 and $2`,
      ),
    ]
    const waits: number[] = []
    const writing = { on: true, added: 0 }
    const writer = async (n: number) => {
      const client = new pg.Client(database.owner)
      await client.connect()
      for (let i = 0; writing.on; i++) {
        const began = performance.now()
        await client.query('update big.thing set touched = touched + 1 where id = $1', [
          3 * (1 + ((i * 7919 + n * 31) % rows)),
        ])
        waits.push(performance.now() - began)
        if (i % 20 === 0) {
          // Behind what was passed and before what is to come.
          await client.query(
            `insert into big.thing (id, name, filled) values ($1, 'new', 'BY NEW VERSION')`,
            [3 * (1 + ((i * 104_729 + n * 7) % rows)) + 1 + n],
          )
          writing.added++
        }
      }
      await client.end()
    }
    const child = spawn(
      process.execPath,
      [
        '--input-type=module-typescript',
        '-e',
        `import { migrate, migrations } from '#kernel/db'
         const { owner, files } = JSON.parse(process.env.AKINAI_FILL)
         await migrate(owner, () => {}, [...migrations(), ...files])`,
      ],
      {
        cwd: path.resolve(import.meta.dirname, '../..'),
        env: { ...process.env, AKINAI_FILL: JSON.stringify({ owner: database.owner, files }) },
        stdio: 'inherit',
      },
    )
    const ended = once(child, 'exit')
    const writers = Promise.all([0, 1].map(writer))
    const filled = async () =>
      (await db.query('select to_regclass($1) is not null as there', ['kernel.backfill'])).rows[0].there
        ? Number((await db.query('select coalesce(sum(rows), 0) as n from kernel.backfill')).rows[0].n)
        : 0
    while ((await filled()) < rows * 0.3) {
      assert.equal(child.exitCode, null, 'it ended before it was killed')
      await sleep(5)
    }
    child.kill('SIGKILL')
    await ended
    const half = await filled()
    assert.ok(half < rows, `${half} were filled when it was killed`)
    assert.equal(await done('0001_fill.sql'), 0)
    const told: string[] = []
    await bring(files, (line) => told.push(line))
    writing.on = false
    await writers
    assert.equal(await done('0001_fill.sql'), 1)
    const { rows: counted } = await db.query(
      `select count(*) filter (where name <> 'new' and (filled is distinct from upper(name) or times <> 1))::int as bad,
        count(*) filter (where name = 'new' and (filled is null or times > 1))::int as bad_new, count(*)::int as n, sum(touched)::int as touched from big.thing`,
    )
    assert.deepEqual(counted[0], { bad: 0, bad_new: 0, n: rows + writing.added, touched: waits.length })
    assert.ok(waits.length > 500 && writing.added > 20)
    const sorted = waits.toSorted((a, b) => a - b)
    const longest = sorted.at(-1)!
    assert.ok(longest < 2000, `a write waited ${longest} ms`)
    await bring(files)
    assert.equal((await db.query('select max(times)::int as n from big.thing')).rows[0].n, 1, 'once')
    console.log(
      `# ${rows} rows filled, killed after ${half}; ${waits.length} writes meanwhile: median ${sorted[sorted.length >> 1]!.toFixed(1)}, longest ${longest.toFixed(0)} ms; ${writing.added} rows added`,
    )
  },
)

test('the application may read how far a filling has come, and not change it', async () => {
  const client = new pg.Client(database.app)
  await client.connect()
  try {
    assert.equal((await client.query('select from kernel.backfill')).rowCount, 1)
    await assert.rejects(client.query('delete from kernel.backfill'), { code: '42501' })
  } finally {
    await client.end()
  }
})

test('what another program keeps in the same database is nothing to the application', async () => {
  await db.query('create schema theirs create table secret (word text)')
  await bring([made('0009_beside.sql', 'create table big.beside (id int)')])
  const { rows } = await db.query(
    `select has_schema_privilege('akinai_app', 'theirs', 'usage') as theirs, has_table_privilege('akinai_app', 'theirs.secret', 'select') as secret, has_table_privilege('akinai_app', 'big.beside', 'select') as ours`,
  )
  assert.deepEqual(rows[0], { theirs: false, secret: false, ours: true })
})

test('an index that was left half-made is made anew; one that is whole is not made twice', async () => {
  await db.query('create table big.twice (a int)')
  await db.query('insert into big.twice values (1), (1)')
  const file = made(
    '0002_index.sql',
    '-- outside transaction\ncreate unique index concurrently if not exists twice_a on big.twice (a)',
  )
  const whole = async () =>
    (await db.query(`select indisvalid as whole from pg_index where indexrelid = 'big.twice_a'::regclass`))
      .rows[0].whole
  await assert.rejects(bring([file]), { code: '23505' })
  assert.equal(await whole(), false)
  await db.query('delete from big.twice')
  await bring([file])
  assert.deepEqual([await whole(), await done('0002_index.sql')], [true, 1])
  // Made, and ended before it was written down.
  await db.query(`delete from kernel.migration where name = '0002_index.sql'`)
  await bring([file])
  assert.deepEqual([await whole(), await done('0002_index.sql')], [true, 1])
})

test('a table that somebody holds: nobody waits behind the migration for more than its two seconds, and it comes in when they let go', async () => {
  await db.query('create table big.held (a int)')
  const file = made('0003_held.sql', 'alter table big.held add column b int')
  const holder = new pg.Client(database.owner)
  await holder.connect()
  const reader = new pg.Client(database.owner)
  await reader.connect()
  try {
    await holder.query('begin')
    await holder.query('select from big.held')
    const told: string[] = []
    const coming = bring([file], (line) => told.push(line))
    let longest = 0
    while (!told.some((line) => line.includes('trying again'))) {
      const began = performance.now()
      await reader.query('select from big.held')
      longest = Math.max(longest, performance.now() - began)
      await sleep(10)
    }
    assert.ok(longest > 500, 'readers were held up by the waiting migration')
    assert.ok(longest < 3000, `a reader waited ${longest} ms`)
    await holder.query('commit')
    await coming
    assert.equal(await done('0003_held.sql'), 1)
    await holder.query('begin')
    await holder.query('select from big.held')
    const never = made('0004_never.sql', 'alter table big.held add column c int')
    await assert.rejects(bring([never]), (e) => e instanceof Unfit && e.code === 'held')
    assert.equal(await done('0004_never.sql'), 0)
    await holder.query('commit')
    await bring([never])
    assert.equal(await done('0004_never.sql'), 1)
  } finally {
    await holder.end()
    await reader.end()
  }
})
