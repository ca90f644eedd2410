import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop } from '#testing'

test('the sample shop’s passwords and keys open nothing at a public address', async () => {
  let refused = 0
  for (const [base, expected] of [
    [undefined, 200],
    ['https://shop.example.jp', 401],
  ] as const) {
    const shop = await openShop({ settings: base ? { AKINAI_BASE_URL: base } : {} })
    try {
      const asked = shop.client()
      const staff = await asked('POST', '/admin/v1/sessions', {
        email: 'owner@example.jp',
        password: 'sample-owner',
      })
      const till = await asked('POST', '/till/v1/sessions', {
        device: 'kichijoji-1',
        key: 'sample-till-kichijoji-1',
        pin: '1180',
      })
      assert.deepEqual([staff.status, till.status], [expected, expected])
      if (expected === 401) refused += 2
    } finally {
      await shop.close()
    }
  }
  console.log(`# refused at a public address: ${refused}`)
})
