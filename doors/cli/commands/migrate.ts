import { parseArgs } from 'node:util'
import { loadConfig } from '#kernel/config'
import { migrate } from '#kernel/db'
import { openDatabase } from '../database.ts'
import { say } from '../progress.ts'

export const help = `
akinai migrate

Brings the database to this version: forward only, each file in one transaction, safe to repeat and to interrupt.
データベースをこの版の形にします。前へのみ進み、途中で止めても繰り返しても安全です。
`

export async function run(words: string[]): Promise<number> {
  parseArgs({ args: words, options: {} })
  const database = await openDatabase(loadConfig(), say)
  let count = 0
  try {
    await migrate(database.owner, (line) => {
      count++
      say(line)
    })
  } finally {
    await database.close()
  }
  process.stdout.write(`${count} 件を適用しました / ${count} migrations applied\n`)
  return 0
}
