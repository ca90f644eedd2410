import { after, before, test } from 'node:test'
import { freshDatabase, proveBooks, type FreshDatabase } from '#testing'
import { against, decisions } from './model.campaign.ts'

let database: FreshDatabase
before(async () => {
  database = await freshDatabase()
})
after(async () => {
  try {
    await proveBooks(database.app)
  } finally {
    await database.drop()
  }
})

test('P6: thirty thousand decisions are those of the simplest ledger', () => {
  console.log(`# ${decisions(30_000)}`)
})
test(
  'P6, P7: a thousand steps through the gate answer and stand as the simplest ledger',
  { timeout: 120_000 },
  async () => {
    console.log(`# ${await against(database, 1000)}`)
  },
)
