/** What is kept of an answer takes the memory that it needs, and no more. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { standShop } from '#testing'

const { shop } = await standShop({ sample: 'full' })
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

test('cards written between other work keep their own bytes alive, not the pool that buffers share', async () => {
  const ask = shop.client()
  const codes: string[] = []
  for (let next: string | null | undefined = ''; next !== null && next !== undefined;) {
    const page = (await ask('GET', `/store/v1/products?limit=1${next && `&cursor=${next}`}`))
      .body as unknown as {
      items: { code: string }[]
      next: string | null
    }
    codes.push(...page.items.map((item) => item.code))
    // As long as there is other work, each card stands in a piece of the pool of its own.
    for (let n = 0; n < 40; n++) Buffer.from('x'.repeat(3000))
    next = page.next
  }
  for (let n = 0; n < 3; n++) {
    collect()
    await new Promise((r) => setTimeout(r, 50))
  }
  const kept = process.memoryUsage().arrayBuffers
  console.log(`# ${(kept / 1e6).toFixed(1)} MB after ${codes.length} cards`)
  assert.ok(codes.length >= 200, `only ${codes.length} cards`)
  // 1 MB as it is; 19 MB with pieces of the pool, 64 kB for each card of the sample shop.
  assert.ok(kept < 5_000_000, `${(kept / 1e6).toFixed(1)} MB are kept`)
})
