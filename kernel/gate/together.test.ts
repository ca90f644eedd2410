import { after, before, test } from 'node:test'
import { freshDatabase, type FreshDatabase } from '#testing'
import { together } from './together.campaign.ts'

let db: FreshDatabase
before(async () => {
  db = await freshDatabase()
})
after(() => db.drop())

test(
  'P5c: two thousand batches that share rows end as the same commands one by one',
  { timeout: 300_000 },
  async () => {
    console.log(`# ${await together(db, 2000, 20_261_122)}`)
  },
)
