import net from 'node:net'

/** A loopback port that was free a moment ago. Another process may take it first: who can, listens on 0 instead. */
export async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no loopback address')
  return address.port
}
