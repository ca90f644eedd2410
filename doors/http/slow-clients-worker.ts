/** The other side of P15, in a process of its own: opens what it is told to, holds it until its input ends, and says what it got. */
import http from 'node:http'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const [kind = '', url = '', count = '0', megabytes = '0', cookie = ''] = process.argv.slice(2)
const { port, hostname } = new URL(url)
const many = Number(count)
const answers = new Map<string, number>()
const tell = (what: string) => answers.set(what, (answers.get(what) ?? 0) + 1)
let on = true
let sent = 0
process.stdin.on('end', () => (on = false)).resume()

/** A socket that is written to by hand. Says the first line of what comes back, and that it was closed. */
function socket(o: { read: boolean } = { read: true }): Promise<net.Socket | undefined> {
  return new Promise((resolve) => {
    const s = net.connect(Number(port), hostname)
    let first = true
    s.once('connect', () => resolve(s))
    s.once('error', () => resolve(undefined))
    s.once('close', () => tell('closed'))
    if (!o.read) return void s.pause()
    s.on('data', (data) => {
      const status = /^HTTP\/1\.1 (\d+)/.exec(data.toString('latin1'))?.[1]
      if (first && status) tell(status)
      first = false
    })
  })
}
const head = (path: string, more: string) => `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${more}`
const json = 'Content-Type: application/json\r\n'

/** So many sockets, each fed a piece a second. */
async function drip(open: string, piece: (n: number) => string) {
  const held: net.Socket[] = []
  for (let i = 0; i < many && on; i++) {
    const s = await socket()
    if (s) held.push(s)
    s?.write(open)
  }
  tell(`opened ${held.length}`)
  for (let n = 0; on; n++) {
    for (const s of held) if (s.writable) s.write(piece(n))
    await sleep(1000)
  }
  for (const s of held) s.destroy()
}
/** Asks for many answers and takes none of them. */
async function unread(request: string, times: number) {
  const held: net.Socket[] = []
  for (let i = 0; i < many && on; i++) {
    const s = await socket({ read: false })
    if (s) held.push(s)
    s?.write(request.repeat(times))
  }
  tell(`opened ${held.length}`)
  while (on) await sleep(50)
  for (const s of held) s.destroy()
}
/** One body after the other, as fast as it is taken. */
async function flood(path: string, type: string, chunked: boolean) {
  const bytes = Number(megabytes) * 1_000_000
  const block = Buffer.alloc(65_536, 0x20)
  await new Promise<void>((resolve) => {
    const request = http.request(
      {
        port,
        hostname,
        path,
        method: 'POST',
        headers: {
          'content-type': type,
          'idempotency-key': crypto.randomUUID(),
          ...(!chunked && { 'content-length': bytes }),
        },
      },
      (answer) => {
        tell(String(answer.statusCode))
        answer.resume()
      },
    )
    request.on('error', () => {}) // hung up on, as it deserves
    request.on('close', resolve)
    let left = bytes
    const more = () => {
      while (left > 0) {
        if (request.destroyed) return
        left -= block.length
        sent += block.length
        if (!request.write(block)) return void request.once('drain', more)
      }
      request.end()
    }
    more()
  })
}
async function repeat(what: () => Promise<unknown>) {
  while (on) {
    await what()
    await sleep(100)
  }
}
async function send(headers: Record<string, string>, body: string) {
  await fetch(`${url}/store/v1/carts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
    body,
  }).then(
    async (answer) => {
      await answer.text()
      tell(String(answer.status))
    },
    () => tell('hung up'),
  )
}
const attacks: Record<string, () => Promise<void>> = {
  'slow headers': () => drip(head('/store/v1/carts', ''), (n) => `X-${n}: a\r\n`),
  'slow bodies': () => drip(head('/store/v1/carts', `${json}Content-Length: 100000\r\n\r\n`), () => ' '),
  'unread answers': () =>
    unread(`GET /store/v1/products?limit=100 HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`, 50),
  'unread streams': () =>
    unread(
      `GET /admin/v1/events/stream?after=evt_0_0_0 HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\n\r\n`,
      1,
    ),
  'idle connections': () =>
    drip(`GET /store/v1/shop HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`, () => ''),
  'huge bodies': () =>
    repeat(async () => {
      for (const chunked of [false, true])
        for (const [path, type] of [
          ['/store/v1/carts', 'application/json'],
          ['/store/v1/carts', 'application/octet-stream'],
          ['/cart', 'application/x-www-form-urlencoded'],
          ['/nowhere', 'application/json'],
        ] as const)
          if (on) await flood(path, type, chunked)
    }),
  'deep bodies': () =>
    repeat(async () => {
      await send({}, '['.repeat(1_000_000))
      await send({}, `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`)
      await send({}, `{"lines":[${'{},'.repeat(300_000)}{}]}`)
    }),
  'many headers': () =>
    repeat(async () => {
      await send(Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`x-${i}`, 'a'])), '{}')
      const s = await socket()
      s?.write(`${head('/store/v1/carts', '')}${'X-A: b\r\n'.repeat(100_000)}\r\n`)
      await sleep(200)
      s?.destroy()
    }),
}
await attacks[kind]!()
console.log(JSON.stringify({ answers: Object.fromEntries(answers), sent }))
process.exit(0)
