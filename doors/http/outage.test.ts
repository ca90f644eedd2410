/** P14, daily: a database that is away or full is told in words, and the window stays open. The full disk itself: `npm run campaign full-disk`. */
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { prooves } from '#flows/reads'
import { appConfig, migrate } from '#kernel/db'
import { startEmbedded } from '#kernel/embedded'
import { buy, code, of, openShop, proveBooks } from '#testing'
import { problemOf } from './problem.ts'

test('no room and no connection are 503 in both languages; a file of ours that is missing is a fault', () => {
  for (const lang of ['ja', 'en'] as const)
    for (const [error, expected] of [
      [{ code: '53100' }, 'http.full'],
      [{ code: 'ENOSPC', syscall: 'write' }, 'http.full'],
      [{ code: '57P03' }, 'http.away'],
      [{ code: 'ENOENT', syscall: 'connect' }, 'http.away'],
      [new Error('Connection terminated unexpectedly'), 'http.away'],
    ] as const) {
      const { problem, fault, retryAfter } = problemOf(error, lang)
      assert.deepEqual([problem.status, problem.code, fault], [503, expected, false])
      assert.ok(retryAfter! > 0 && problem.todo)
      assert.equal(/[ぁ-ん]/.test(problem.title), lang === 'ja')
    }
  assert.equal(problemOf({ code: 'ENOENT', syscall: 'open' }, 'en').problem.status, 500)
})

test('while the database is away the window stays whole, commands are answered 503 and are done once when it is back', async () => {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-away-'))
  fs.chmodSync(home, 0o755)
  const start = () =>
    startEmbedded({
      directory: path.join(home, 'postgres'),
      settings: { shared_buffers: '32MB', max_connections: '60' },
    })
  let server = await start()
  try {
    await migrate(server.config)
    const owner = { ...server.config }
    const database = { owner, app: appConfig(owner), name: 'own', drop: async () => {} }
    const shop = await openShop({ database, work: false })
    try {
      const shopper = shop.client()
      const items = async () =>
        of<{ items: { code: string }[] }>(await shopper('GET', '/store/v1/products?limit=50')).items.map(
          (item) => item.code,
        )
      const before = await items()
      assert.ok(before.length > 5)
      const lines = [{ sku: 'MUG-WHITE', quantity: 1 }]
      assert.equal((await buy(shopper, lines)).status, 200)
      const health = async () => {
        const answer = await fetch(`${shop.url}/readyz`)
        return [answer.status, of<{ trouble: string | null }>({ body: await answer.json() } as never).trouble]
      }
      assert.deepEqual(await health(), [200, null])
      await server.stop('immediate')
      const key = crypto.randomUUID()
      const cart = () => shopper('POST', '/store/v1/carts', { lines }, { key })
      const no = await cart()
      assert.deepEqual([no.status, code(no)], [503, 'http.away'])
      assert.ok(Number(no.headers.get('retry-after')) > 0)
      assert.deepEqual(await health(), [503, 'away'])
      const began = performance.now()
      assert.equal((await cart()).status, 503)
      assert.ok(performance.now() - began < 3000, 'an outage that has lasted is told at once')
      assert.deepEqual(await items(), before)
      server = await start()
      let yes = await cart()
      while (yes.status === 503) yes = await cart()
      assert.equal(yes.status, 200)
      assert.deepEqual((await cart()).body, yes.body, 'once')
      assert.equal((await buy(shopper, lines)).status, 200)
      assert.deepEqual(await health(), [200, null])
      await proveBooks(owner, prooves)
    } finally {
      await shop.close()
    }
  } finally {
    await server.stop('immediate')
    fs.rmSync(home, { recursive: true, force: true })
  }
})
