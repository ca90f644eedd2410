/** A file of products is sent, looked at, tried, taken in, cancelled and taken back over the API, and goes out again. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { exportProducts } from '#doors/products'
import { openShop, type Answer, type Client, type Shop } from '#testing'

let shop: Shop, owner: Client
before(async () => {
  shop = await openShop({ work: false, settings: { AKINAI_IMPORT_MEGABYTES: '1' } })
  owner = await shop.staff('owner')
})
after(() => shop?.close())
const told = <T>(a: Answer): T => {
  assert.equal(a.status, 200, JSON.stringify(a.body))
  return a.body as unknown as T
}
const files = '/admin/v1/imports/files'
type Job = {
  job: string
  state: string
  run: number
  created: number
  changed: number
  unchanged: number
  faulty: number
  cancelled: boolean
  faults: { line: number; column: number; head: string; words: string }[]
  undone: number
  kept: number
}
async function send(file: string | Buffer, name = 'products.csv'): Promise<string> {
  const bytes = Buffer.from(file)
  const { upload } = told<{ upload: string }>(await owner('POST', files, { name, bytes: bytes.length }))
  for (let at = 0; at < bytes.length; at += 1000) {
    const part = { offset: at, data: bytes.subarray(at, at + 1000).toString('base64') }
    told(await owner('POST', `${files}/${upload}/parts`, part))
    // A repetition after a lost answer.
    if (at === 0) told(await owner('POST', `${files}/${upload}/parts`, part))
  }
  return upload
}
const until = async (answer: Answer): Promise<Job> => {
  let job = told<Job>(answer)
  while (job.state === 'working') {
    await new Promise((r) => setTimeout(r, 10))
    job = told<Job>(await owner('GET', `/admin/v1/imports/jobs/${job.job}`))
  }
  return job
}

test('sent, tried, taken in, taken back: and the file is gone from the server', async () => {
  const upload = await send('code,name,price\nAPI-1,一,10\nAPI-2,二,x\nAPI-3,三,0.5\n')
  const preview = told<{ encoding: string; headings: string[]; rows: unknown[] }>(
    await owner('POST', `${files}/${upload}/preview`, {}),
  )
  assert.deepEqual(
    [preview.encoding, preview.headings, preview.rows.length],
    ['utf-8', ['code', 'name', 'price'], 3],
  )
  const dry = await until(await owner('POST', `${files}/${upload}/start`, { dry: true }))
  const done = await until(await owner('POST', `${files}/${upload}/start`, { dry: false }))
  for (const job of [dry, done]) {
    assert.deepEqual([job.state, job.created, job.faulty], ['ended', 2, 1])
    assert.deepEqual([job.faults[0]!.line, job.faults[0]!.column, job.faults[0]!.head], [3, 3, 'price'])
  }
  assert.deepEqual(fs.readdirSync(path.join(shop.config.dataDirectory, 'imports')), [])
  assert.equal((await owner('POST', `${files}/${upload}/start`, { dry: false })).status, 404)
  const failed = await owner('GET', `/admin/v1/imports/${done.run}/failed`)
  assert.match(failed.headers.get('content-disposition')!, /failed-\d+\.csv/)
  assert.match(
    (failed.body as unknown as { text: string }).text,
    /^\uFEFF?code,name,price,akinai_line,akinai_column,akinai_error\r\nAPI-2,二,x,3,3 price,/,
  )
  const back = await until(await owner('POST', `/admin/v1/imports/${done.run}/undo`, {}))
  assert.deepEqual([back.state, back.undone, back.kept], ['ended', 2, 0])
  const { items } = told<{ items: { run: number; state: string; restored: number }[] }>(
    await owner('GET', '/admin/v1/imports'),
  )
  assert.deepEqual([items[0]!.run, items[0]!.state, items[0]!.restored], [done.run, 'undone', 2])
})

test('our own export, also in Shift_JIS, sent back, changes nothing; what is too large or out of turn is refused', async () => {
  const out = await owner('GET', '/admin/v1/exports/products')
  const inJis = path.join(shop.config.dataDirectory, 'jis.csv')
  await exportProducts(shop.services.gate, { file: inJis, shop: 1, encoding: 'cp932' })
  for (const file of [(out.body as unknown as { text: string }).text, fs.readFileSync(inJis)]) {
    const job = await until(await owner('POST', `${files}/${await send(file)}/start`, { dry: true }))
    assert.deepEqual([job.created, job.changed, job.faulty], [0, 0, 0], JSON.stringify(job).slice(0, 1500))
    assert.ok(job.unchanged > 10)
  }
  assert.equal((await owner('POST', files, { name: 'x', bytes: 1_048_577 })).status, 422)
  const { upload } = told<{ upload: string }>(await owner('POST', files, { name: 'x', bytes: 10 }))
  assert.equal((await owner('POST', `${files}/${upload}/parts`, { offset: 5, data: 'AAAA' })).status, 409)
  for (let i = 0; i < 2; i++) {
    const data = Buffer.alloc(600_000).toString('base64')
    const answer = await owner('POST', `${files}/${upload}/parts`, { offset: i * 600_000, data })
    assert.equal(answer.status, i === 0 ? 200 : 422)
  }
})

test('cancelled under way: what is done stays and is told', async () => {
  const upload = await send(
    ['code,name', ...Array.from({ length: 20_000 }, (_, i) => `CUT-${i},商品`), ''].join('\n'),
  )
  const job = told<Job>(await owner('POST', `${files}/${upload}/start`, { dry: false }))
  while (told<Job>(await owner('GET', `/admin/v1/imports/jobs/${job.job}`)).created === 0)
    await new Promise((r) => setTimeout(r, 5))
  const ended = await until(await owner('POST', `/admin/v1/imports/jobs/${job.job}/cancel`, {}))
  assert.ok(ended.cancelled && ended.created > 0 && ended.created < 20_000, `${ended.created}`)
  const { items } = told<{ items: { run: number; state: string; created: number }[] }>(
    await owner('GET', '/admin/v1/imports'),
  )
  assert.deepEqual([items[0]!.state, items[0]!.created], ['cancelled', ended.created])
})

test('a file whose reader hung up before it began is not left on the server', async () => {
  const { port, hostname } = new URL(shop.server.local)
  const { TMPDIR: before } = process.env
  const directory = path.join(shop.config.dataDirectory, 'tmp')
  fs.mkdirSync(directory)
  process.env.TMPDIR = directory
  try {
    for (let n = 0; n < 5; n++) {
      const socket = net.connect(Number(port), hostname)
      await new Promise((sent) =>
        socket.write(
          `GET /admin/v1/exports/products HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${owner.cookie}\r\n\r\n`,
          sent,
        ),
      )
      while (fs.readdirSync(directory).length === 0) await new Promise((r) => setTimeout(r, 1))
      socket.destroy()
      for (let i = 0; fs.readdirSync(directory).length > 0; i++) {
        assert.ok(i < 100, fs.readdirSync(directory).join())
        await new Promise((r) => setTimeout(r, 50))
      }
    }
    assert.equal((await owner('GET', '/admin/v1/exports/products')).status, 200)
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
})
