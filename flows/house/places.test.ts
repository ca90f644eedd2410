import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Gate } from '#kernel/gate'
import { freshDatabase, type FreshDatabase } from '#testing'
import { addPlace, archivePlace, foundShop } from './index.ts'

let database: FreshDatabase
let gate: Gate
before(async () => {
  database = await freshDatabase()
  gate = await Gate.open(database.app)
})
after(async () => {
  await gate.close()
  await database.drop()
})

test('of two places put away at the same moment one stays', async () => {
  const place = {
    kind: 'warehouse',
    name: { ja: '倉庫', en: 'Warehouse' },
    postal: null,
    address: null,
  } as const
  const first = await gate.run(foundShop, {
    company: { name: '株式会社東', registration_number: null },
    shop: { name: { ja: '東の店', en: 'East' }, code: 'east' },
    place: { ...place, code: 'one' },
    settings: { payments: ['cod'] },
  })
  const second = await gate.run(addPlace, { ...place, shop: 1, code: 'two', sells_web: true, priority: 20 })
  const answers = await Promise.allSettled(
    [first, second].map(({ place: id }) => gate.run(archivePlace, { place: id, version: 1 })),
  )
  const refused = answers.flatMap((a) =>
    a.status === 'rejected' ? [(a.reason as { code: string }).code] : [],
  )
  assert.deepEqual(refused, ['places.last'])
})
