import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own: `program` says `open URL` when it is, and ends with its input. What it says is kept. */
export async function openProcess(ask: { program: string; cwd: string; env: Record<string, string> }) {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', ask.program], {
    cwd: ask.cwd,
    env: { ...process.env, ...ask.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  const open = Promise.withResolvers<string>()
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const url = /open (http\S+)/.exec(said)?.[1]
      if (url) open.resolve(url)
    })
  const ended = once(child, 'exit')
  void ended.then(() => open.reject(new Error(`the other server ended: ${said}`)))
  return {
    url: await open.promise,
    pid: child.pid!,
    said: () => said,
    async close() {
      child.stdin.end()
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(late)
    },
  }
}
