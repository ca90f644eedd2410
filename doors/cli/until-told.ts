import { say } from './progress.ts'

/**
 * Waits for Ctrl-C or SIGTERM. A terminal and npm both pass Ctrl-C on, so one press may arrive twice: only a second
 * one that comes later means "at once", and then whatever was committed is safe and the rest is recovered next time.
 */
export function untilTold(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined
    const told = (name: NodeJS.Signals) => {
      if (first !== undefined && performance.now() - first > 2000) process.exit(130)
      if (first !== undefined) return
      first = performance.now()
      say(
        '受けた仕事を終えてから閉じます（もう一度 Ctrl-C ですぐ終了） / finishing what was begun (Ctrl-C again: at once)',
      )
      resolve(name)
    }
    process.on('SIGINT', told)
    process.on('SIGTERM', told)
  })
}
