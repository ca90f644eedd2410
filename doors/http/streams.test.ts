import assert from 'node:assert/strict'
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
