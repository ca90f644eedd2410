import assert from 'node:assert/strict'
import net from 'node:net'
import { after, before, test } from 'node:test'
import { openShop, type Shop } from '#testing'
import { Streams } from './streams.ts'

let shop: Shop
before(async () => (shop = await openShop({ work: false })))
after(() => shop.close())

test('readers of events look one after the other, also when one of them fails', async () => {
  const streams = new Streams()
  let looking = 0
  let most = 0
  const look = async (n: number) => {
    most = Math.max(most, ++looking)
    await new Promise((r) => setTimeout(r, 5))
    looking--
    if (n === 3) throw new Error('its own')
    return n
  }
  const got = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => streams.inTurn(() => look(n))))
  assert.equal(most, 1)
  assert.deepEqual(
    got.map((g) => g.status === 'fulfilled' && g.value),
    [0, 1, 2, false, 4, 5, 6, 7],
  )
})

test('fifty readers of events at once; another is told to come back, until one has left', async () => {
  const owner = await shop.staff('owner')
  const open = async () => {
    const stop = new AbortController()
    const answer = await fetch(`${shop.server.local}/admin/v1/events/stream`, {
      headers: { cookie: owner.cookie },
      signal: stop.signal,
    })
    return { answer, stop }
  }
  const readers = await Promise.all(Array.from({ length: 50 }, open))
  try {
    assert.ok(readers.every((r) => r.answer.status === 200))
    const no = await open()
    assert.equal(no.answer.status, 503)
    assert.equal(((await no.answer.json()) as { code: string }).code, 'http.busy')
    readers[7]!.stop.abort()
    const until = performance.now() + 5000
    let yes = await open()
    while (yes.answer.status === 503 && performance.now() < until) yes = await open()
    assert.equal(yes.answer.status, 200)
    readers.push(yes)
    assert.equal((await owner('GET', '/admin/v1/orders')).status, 200)
  } finally {
    for (const r of readers) r.stop.abort()
  }
})

test('readers who leave before their first word, and those who ask for the head alone, keep no place', async () => {
  const owner = await shop.staff('owner')
  const { port, hostname } = new URL(shop.server.local)
  const ask = (method: string) =>
    `${method} /admin/v1/events/stream HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${owner.cookie}\r\n\r\n`
  await Promise.all(
    Array.from({ length: 60 }, async () => {
      const socket = net.connect(Number(port), hostname)
      await new Promise((sent) => socket.write(ask('GET'), sent))
      socket.destroy()
    }),
  )
  const stream = `${shop.server.local}/admin/v1/events/stream`
  const headers = { cookie: owner.cookie }
  for (let n = 0; n < 60; n++) {
    const answer = await fetch(stream, { method: 'HEAD', headers })
    assert.ok([200, 503].includes(answer.status))
  }
  await new Promise((r) => setTimeout(r, 3000))
  const statements = async () =>
    Number(
      /^akinai_sql_statements_total (\d+)/m.exec(
        await (await fetch(`${shop.server.local}/metrics`)).text(),
      )![1],
    )
  const before = await statements()
  await new Promise((r) => setTimeout(r, 1500))
  const asked = (await statements()) - before
  console.log(`# ${asked} statements in a second and a half without a reader`)
  assert.ok(asked < 15, `${asked} statements for nobody`)
  const stop = new AbortController()
  const readers = await Promise.all(
    Array.from({ length: 50 }, () => fetch(stream, { headers, signal: stop.signal })),
  )
  stop.abort()
  assert.deepEqual([...new Set(readers.map((r) => r.status))], [200])
})
