import { parseArgs } from 'node:util'
import { loadConfig } from '#kernel/config'
import { demandMigrated, openDatabase } from '../database.ts'
import { say } from '../progress.ts'
import { untilTold } from '../until-told.ts'

export const help = `
akinai work

Does background work only (followers, schedules, deliveries), beside servers that run with AKINAI_WORKERS=false.
裏方の仕事だけを行います。サーバーを AKINAI_WORKERS=false で動かすときに、その隣で。
`

export async function run(words: string[]): Promise<number> {
  parseArgs({ args: words, options: {} })
  const config = loadConfig()
  const told = untilTold()
  const database = await openDatabase(config, say)
  try {
    await demandMigrated(database.owner)
    const { startWork } = await import('#doors/worker')
    const work = await startWork({ config, app: database.app })
    say('裏方の仕事を始めました / working')
    await told
    await work.stop()
  } finally {
    await database.close()
  }
  return 0
}
