import { once } from 'node:events'
import net from 'node:net'

/**
 * A network cable between a browser and a server: what a browser only emulates (and lets a worker or a
 * reload slip past) really happens here.
 */
export async function cable(url: string) {
  const target = new URL(url)
  const open = new Set<net.Socket>()
  let cut = false
  let losing: { request: string; lost: () => void } | undefined
  const server = net.createServer((near) => {
    if (cut) return void near.destroy()
    const far = net.connect(Number(target.port), target.hostname)
    let lose = false
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
    near.on('data', (sent) => {
      if (losing && sent.includes(losing.request)) lose = true
      far.write(sent)
    })
    far.on('data', (answer) => {
      if (!lose) return void near.write(answer)
      near.destroy()
      losing?.lost()
      losing = undefined
    })
    near.on('end', () => far.end())
    far.on('end', () => near.end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  const drop = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${port}`,
    cut() {
      cut = true
      drop()
    },
    mend() {
      cut = false
    },
    /** The next request that contains these words reaches the server; its answer never comes back. */
    loseAnswerTo(request: string): Promise<void> {
      return new Promise((lost) => {
        losing = { request, lost }
      })
    },
    async close() {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}
