/** A file is sent to one server and another, taken in by one and watched, ended and gone on with by the other. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forkShop, of, standShop, type Answer, type Client } from '#testing'

const { shop, db, owner: here, one } = await standShop({ work: false })
const files = '/admin/v1/imports/files'
type Job = {
  job: string
  state: string
  rows: number
  of: number | null
  created: number
  unchanged: number
  cancelled: boolean
  run: number | null
}
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return of<T>(a)
}
const list = (name: string, n: number) =>
  Buffer.from(['code,name', ...Array.from({ length: n }, (_, i) => `${name}-${i},商品`), ''].join('\n'))
/** Each part to the other server. */
async function send(to: readonly Client[], bytes: Buffer): Promise<string> {
  const { upload } = told<{ upload: string }>(
    await to[0]!('POST', files, { name: 'list.csv', bytes: bytes.length }),
  )
  const size = 100_000
  for (let n = 0; n * size < bytes.length; n++) {
    const data = bytes.subarray(n * size, (n + 1) * size).toString('base64')
    told(await to[n % to.length]!('POST', `${files}/${upload}/parts`, { offset: n * size, data }))
  }
  return upload
}
const see = async (who: Client, job: string) => told<Job>(await who('GET', `/admin/v1/imports/jobs/${job}`))
async function until(who: Client, job: string, holds: (j: Job) => boolean): Promise<Job> {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((r) => setTimeout(r, 50))) {
    const j = await see(who, job)
    if (holds(j)) return j
  }
  assert.fail('did not happen in time')
}
const products = async (name: string) =>
  Number((await one(`select count(*) as n from catalog.product where code like $1`, [`${name}-%`])).n)

test('sent to two servers, taken in by one, its progress is seen and it is ended at the other', async () => {
  const other = await forkShop(shop)
  const there = await other.staff('owner')
  const upload = await send([here, there], list('ACROSS', 20_000))
  for (const who of [here, there])
    assert.deepEqual(
      told<{ headings: string[] }>(await who('POST', `${files}/${upload}/preview`, {})).headings,
      ['code', 'name'],
    )
  const { job } = told<Job>(await there('POST', `${files}/${upload}/start`, { dry: false }))
  // The same file is not taken in twice at once, whoever is asked.
  const twice = await here('POST', `${files}/${upload}/start`, { dry: false })
  assert.deepEqual([twice.status, of<{ code: string }>(twice).code], [409, 'products.job_busy'])
  const first = await until(here, job, (j) => j.rows > 0)
  // Of lines at most: the last one ends the file.
  assert.deepEqual([first.state, first.of], ['working', 20_001])
  const { items } = told<{ items: Job[] }>(await here('GET', '/admin/v1/imports/jobs'))
  assert.deepEqual(
    items.map((j) => j.job),
    [job],
  )
  told(await here('POST', `/admin/v1/imports/jobs/${job}/cancel`, {}))
  const ended = await until(here, job, (j) => j.state === 'ended')
  assert.ok(ended.cancelled && ended.created > 0 && ended.created < 20_000, String(ended.created))
  assert.equal(await products('ACROSS'), ended.created)
  assert.deepEqual(await see(there, job), ended)
  await other.close()
})

test('killed in the middle it has stopped, and the other server goes on: each row once; a server that is stopped leaves it at once', async () => {
  let seen = 0
  const bytes = list('KILLED', 20_000)
  const victim = await forkShop(shop)
  const there = await victim.staff('owner')
  const { job } = told<Job>(
    await there('POST', `${files}/${await send([there], bytes)}/start`, { dry: false }),
  )
  await until(here, job, (j) => j.rows > 0)
  process.kill(victim.pid, 'SIGKILL')
  await victim.close()
  assert.equal((await see(here, job)).state, 'working')
  // Somebody is at it, as far as anybody knows.
  assert.equal((await here('POST', `/admin/v1/imports/jobs/${job}/resume`, {})).status, 409)
  await db.query(`update imports.job set seen_at = seen_at - interval '20 seconds' where id = $1`, [job])
  const stopped = await see(here, job)
  assert.equal(stopped.state, 'stopped')
  seen = await products('KILLED')
  assert.ok(seen > 0 && seen < 20_000, `${seen} before`)

  // Another server takes it on and is itself stopped, politely.
  const second = await forkShop(shop)
  const again = await second.staff('owner')
  assert.equal(told<Job>(await again('POST', `/admin/v1/imports/jobs/${job}/resume`, {})).state, 'working')
  await until(here, job, (j) => j.rows > 0 && j.state === 'working')
  await second.close()
  assert.equal((await see(here, job)).state, 'stopped')

  assert.equal(told<Job>(await here('POST', `/admin/v1/imports/jobs/${job}/resume`, {})).state, 'working')
  const ended = await until(here, job, (j) => j.state !== 'working')
  assert.deepEqual([ended.state, ended.rows, ended.cancelled], ['ended', 20_000, false])
  assert.equal(await products('KILLED'), 20_000)
  const { n, doubled } = await one(
    `select count(*) as n, count(*) - count(distinct product) as doubled from imports.touched where run = $1`,
    [ended.run],
  )
  assert.deepEqual([Number(n), Number(doubled)], [20_000, 0])
  const left = await one(
    'select (select count(*) from imports.part) as parts, (select count(*) from imports.upload) as uploads',
  )
  // The file of the first test was ended by hand and is gone, too.
  assert.deepEqual([Number(left.parts), Number(left.uploads)], [0, 0])
  console.log(`# killed after ${seen} of 20,000 products, gone on with twice: 20,000, none doubled`)
})

test('ended by hand where nobody is at it any more, it is cancelled: its run has no further rows', async () => {
  const bytes = list('LEFT', 20_000)
  const victim = await forkShop(shop)
  const there = await victim.staff('owner')
  const { job } = told<Job>(
    await there('POST', `${files}/${await send([there], bytes)}/start`, { dry: false }),
  )
  await until(here, job, (j) => j.rows > 0)
  await victim.close()
  const ended = told<Job>(await here('POST', `/admin/v1/imports/jobs/${job}/cancel`, {}))
  assert.deepEqual([ended.state, ended.cancelled], ['ended', true])
  assert.equal((await one('select state from imports.run where id = $1', [ended.run])).state, 'cancelled')
  assert.equal((await here('POST', `/admin/v1/imports/jobs/${job}/resume`, {})).status, 409)
})
