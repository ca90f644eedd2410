import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from './make.ts'
import { SetupProblem } from './setup-problem.ts'
import { startEmbedded, type Embedded, type EmbeddedAsk } from './start.ts'

/**
 * Starts the server again when it has ended without being told to: PostgreSQL ends itself when its log cannot be written,
 * as on a full disk, and cannot come up before there is room. Several processes of one installation may keep one server:
 * whoever starts it first has started it for all. The address stays the same, so connections find it again.
 */
export function keepRunning(first: Embedded, ask: EmbeddedAsk, pause_ms = 1000) {
  const log = ask.log ?? (() => {})
  const ending = new AbortController()
  let server = first
  const port = first.config.host === '127.0.0.1' ? { port: first.config.port } : {}
  const watch = async () => {
    let told: string | undefined
    while (!ending.signal.aborted) {
      if (!isAlive(server.pid))
        try {
          if (told === undefined)
            log(
              (told = 'データベースが止まったので起こし直します / the database has ended: starting it again'),
            )
          server = await startEmbedded({ ...ask, ...port })
          log('データベースが動いています / the database runs again')
          told = undefined
        } catch (e) {
          // A disk that is full stays so for a while: said once, tried until there is room.
          const words = e instanceof SetupProblem ? String(e) : 'the database does not start'
          if (words !== told) log((told = words))
        }
      await sleep(pause_ms, undefined, { signal: ending.signal, ref: false }).catch(() => {})
    }
  }
  const watching = watch()
  return {
    /** Watches no longer; answers the server as it is now. */
    async letGo(): Promise<Embedded> {
      ending.abort()
      await watching
      return server
    },
  }
}
