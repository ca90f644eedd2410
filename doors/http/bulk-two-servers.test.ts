/** A run is walked by whichever server is free: one is killed in the middle, another goes on, and each row is touched once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forkShop, of, standShop, type Answer } from '#testing'

const { shop, db, owner, one } = await standShop({ work: false })
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return of<T>(a)
}
type Run = {
  bulk: string
  state: string
  matched: number
  done: number
  same: number
  refused: number
  undone: number
  kept: number
}
const at = '/admin/v1/bulk'
const rows = 3000
async function until(run: Run, holds: (r: Run) => boolean): Promise<Run> {
  for (const end = Date.now() + 90_000; Date.now() < end; await new Promise((r) => setTimeout(r, 30))) {
    const r = told<Run>(await owner('GET', `${at}/${run.bulk}`))
    if (holds(r)) return r
  }
  assert.fail('did not happen in time')
}
const outcomes = async (run: Run) => {
  const { n } = await one('select count(*)::int as n from bulk.outcome where run = $1', [run.bulk])
  return n as number
}
/** Products by the table itself: a catalogue of the size is not what is tested. */
await db.query(
  `insert into catalog.product (id, code, name, tax_class, options, categories, extension, created_at)
   select 900000000 + n, 'BULK-' || n, jsonb_build_object('ja', '皿 ' || n, 'en', 'Dish'), 'standard', '[]', '[]', '{}', now() from generate_series(1, $1::int) n`,
  [rows],
)

test('killed in the middle, another server goes on: each of all that matched once, though they leave the list meanwhile', async () => {
  const victim = await forkShop(shop)
  const run = told<Run>(
    await owner('POST', `${at}/products/archive`, {
      filter: { state: 'live', q: 'BULK-' },
      expects: { count: rows },
    }),
  )
  for (const end = Date.now() + 60_000; (await outcomes(run)) === 0;) {
    assert.ok(Date.now() < end, 'nobody takes it')
    await new Promise((r) => setTimeout(r, 20))
  }
  process.kill(victim.pid, 'SIGKILL')
  await victim.close()
  const before = await outcomes(run)
  assert.ok(before > 0 && before < rows, `${before} before`)
  assert.equal(told<Run>(await owner('GET', `${at}/${run.bulk}`)).state, 'running')
  await db.query(`update bulk.run set seen_at = seen_at - interval '20 seconds' where id = $1`, [run.bulk])
  // The next one is stopped politely: it leaves the run at once.
  const second = await forkShop(shop)
  await until(run, (r) => r.done > before)
  await second.close()
  const middle = await outcomes(run)
  const left = await one('select process, state from bulk.run where id = $1', [run.bulk])
  assert.ok(left.state === 'finished' || left.process === null)
  const third = await forkShop(shop)
  const ended = await until(run, (r) => r.state !== 'running')
  assert.deepEqual(
    [ended.state, ended.matched, ended.done, ended.same, ended.refused],
    ['finished', rows, rows, 0, 0],
  )
  const { n, twice } = await one(
    `select count(*)::int as n, count(*) filter (where version <> 2)::int as twice from catalog.product where code like 'BULK-%' and archived_at is not null`,
  )
  assert.deepEqual([n, twice], [rows, 0])
  const { deeds } = await one(
    `select count(*)::int as deeds from access.deed where route = 'catalog.archive' and subject like 'product 9000%' and outcome = 'done'`,
  )
  assert.equal(deeds, rows)
  console.log(`# ${rows} products: killed after ${before}, left after ${middle}, each archived once`)

  // Cancelled in the middle of another one, nothing further is done; both are taken back.
  const resume = told<Run>(
    await owner('POST', `${at}/products/resume`, {
      filter: { state: 'archived', q: 'BULK-' },
      expects: { count: rows },
    }),
  )
  while ((await outcomes(resume)) === 0) await new Promise((r) => setTimeout(r, 10))
  told(await owner('POST', `${at}/${resume.bulk}/cancel`, {}))
  const cancelled = await until(resume, (r) => r.state === 'cancelled')
  const live = async () =>
    (
      await one(
        `select count(*)::int as n from catalog.product where code like 'BULK-%' and archived_at is null`,
      )
    ).n as number
  assert.ok(cancelled.done > 0 && cancelled.done < rows, String(cancelled.done))
  assert.equal(await live(), cancelled.done)
  told(await owner('POST', `${at}/${resume.bulk}/undo`, {}))
  const back = await until(resume, (r) => r.state === 'undone')
  assert.deepEqual([back.undone, back.kept, await live()], [cancelled.done, 0, 0])
  await third.close()
})
