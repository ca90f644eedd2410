import net from 'node:net'
import type { Config } from '#kernel/config'
import { type Database, openDatabase } from './database.ts'
import { cannotListen, portTaken } from './problems.ts'
import { say, step } from './progress.ts'
import { untilTold } from './until-told.ts'

/** Opens the shop on a prepared database and keeps it open until told to close. */
export async function keepOpen(
  config: Config,
  prepare: (database: Database) => Promise<void>,
  greet: (url: string) => Promise<string>,
): Promise<number> {
  // Asked before anything slow or lasting is done.
  await demandPort(config)
  const told = untilTold()
  const database = await step(
    'データベースを起こしています',
    'starting the database',
    openDatabase(config, say),
  )
  try {
    await prepare(database)
    const { startServer } = await import('#doors/http')
    const server = await step(
      '店を開いています',
      'opening',
      startServer({ config, app: database.app, work: config.workers }),
    )
    process.stdout.write(await greet(server.url))
    await told
    await server.stop()
  } finally {
    await database.close()
  }
  say('閉じました / closed')
  return 0
}

async function demandPort({ host, port }: Config): Promise<void> {
  const probe = net.createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen({ host, port, exclusive: true }, resolve)
    })
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw taken ? portTaken(host, port) : cannotListen(host, port, error)
  }
  await new Promise((resolve) => probe.close(resolve))
}
