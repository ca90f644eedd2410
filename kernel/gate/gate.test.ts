import { after, before, test } from 'node:test'
import { freshDatabase, type FreshDatabase } from '#testing'
import { claims } from './claims.ts'
import { inArena } from './lab.ts'

let db: FreshDatabase
before(async () => {
  db = await freshDatabase()
})
after(() => db.drop())

for (const [name, claim] of Object.entries(claims))
  test(name, { timeout: 60_000 }, async () => {
    console.log(`# ${await inArena(db, claim)}`)
  })
