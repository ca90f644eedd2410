/** Work on a calendar, once for the whole installation however many processes wait for it. Queues and clocks are pg-boss's. */
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { ClientConfig } from '#kernel/db'

export type Schedule = {
  readonly name: string
  /** Minute hour day month weekday. */ readonly cron: string
  readonly run: () => Promise<unknown>
}
export type Jobs = {
  /** Runs one now, without waiting for its hour. */ now(name: string): Promise<void>
  stop(): Promise<void>
}

export async function schedule(
  config: ClientConfig,
  tasks: readonly Schedule[],
  zone: string,
  alarm: (name: string, error: unknown) => void,
): Promise<Jobs> {
  const connections = new pg.Pool({ ...config, max: 2, application_name: 'akinai jobs' })
  connections.on('error', () => {})
  const boss = new PgBoss({
    db: { executeSql: async (text: string, values?: unknown[]) => connections.query(text, values as never) },
    migrate: false, // the schema is ours to migrate, as the owner
    createSchema: false,
  } as never)
  boss.on('error', (e: unknown) => alarm('jobs', e))
  await boss.start()
  for (const t of tasks) {
    await boss.createQueue(t.name)
    await boss.work(t.name, { pollingIntervalSeconds: 20 }, async () => {
      try {
        await t.run()
      } catch (e) {
        alarm(t.name, e)
        throw e
      }
    })
    await boss.schedule(t.name, t.cron, {}, { tz: zone, retryLimit: 2 } as never)
  }
  return {
    async now(name) {
      await boss.send(name, {})
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: 5000 } as never)
      await connections.end()
    },
  }
}
