/**
 * `npm run campaign` lists the long proofs; `npm run campaign together` runs those whose name contains the word.
 * A campaign is a `**\/*.campaign.ts`: its default export is given a fresh database and answers what it counted.
 * Daily tests run the same functions with smaller numbers.
 */
import fs from 'node:fs'
import path from 'node:path'
import { freshDatabase, startTestPostgres, type FreshDatabase } from '#testing'

const root = path.resolve(import.meta.dirname, '..')
const skipped = ['node_modules', 'dist', 'data', '.cache', '.git']
const files = fs
  .globSync('**/*.campaign.ts', { cwd: root, exclude: (name) => skipped.includes(path.basename(name)) })
  .toSorted()
const [wanted] = process.argv.slice(2)
if (wanted === undefined) {
  for (const file of files) console.log(file)
  process.exit(0)
}
const chosen = files.filter((file) => file.includes(wanted))
if (chosen.length === 0) {
  console.error(`No campaign's path contains ${wanted}.`)
  process.exit(1)
}

const postgres = await startTestPostgres()
process.env.AKINAI_TEST_PG = postgres.env
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => void postgres.remove().finally(() => process.exit(130)))
let failed = 0
try {
  for (const file of chosen) {
    const began = performance.now()
    const database = await freshDatabase()
    try {
      const { default: campaign } = (await import(path.join(root, file))) as {
        default: (database: FreshDatabase) => Promise<string>
      }
      console.log(
        `${file}: ${await campaign(database)} (${((performance.now() - began) / 1000).toFixed(0)} s)`,
      )
    } catch (error) {
      failed++
      console.error(`${file} failed:`, error)
    } finally {
      await database.drop()
    }
  }
} finally {
  await postgres.remove()
}
process.exit(failed === 0 ? 0 : 1)
