import { once } from 'node:events'
import type net from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Got = { id: string; from: string; to: string[]; raw: string }
/** What a mail server says to a recipient or to a whole message: nothing is yes, a number is its no; `silence` never answers. */
export type Reply = number | 'silence' | undefined

/** A real mail server on a free port, which keeps what it took. `to` and `data` decide what it takes. */
export async function mailServer(
  decide: {
    to?: (address: string) => Reply
    data?: (got: Got) => Reply
    /** Who may sign in; nobody has to otherwise. */
    login?: { user: string; password: string }
  } = {},
) {
  const got: Got[] = []
  const answer = (reply: Reply, done: (e?: Error) => void) => {
    if (reply === undefined) return done()
    if (reply !== 'silence')
      done(Object.assign(new Error(`no <somebody@secret.example>`), { responseCode: reply }))
  }
  const server = new SMTPServer({
    authOptional: decide.login === undefined,
    disabledCommands: decide.login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    logger: false,
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) =>
      username === decide.login?.user && password === decide.login?.password
        ? done(null, { user: 'shop' })
        : done(new Error('no')),
    onRcptTo: ({ address }, _session, done) => answer(decide.to?.(address), done),
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString()
        const id = /^Message-ID: (.+)$/im.exec(raw)?.[1] ?? ''
        const { mailFrom, rcptTo } = session.envelope
        const one = {
          id,
          raw,
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((r) => r.address),
        }
        const reply = decide.data?.(one)
        if (reply === undefined || reply === 'silence') got.push(one)
        answer(reply, done)
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as net.AddressInfo
  return {
    got,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** A mail as somebody reads it: its headers decoded and unfolded, its parts by type. */
export function readMail(raw: string): { headers: Record<string, string>; text: string; html: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const headers = headersOf(head)
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1]
  const parts = rest
    .join('\r\n\r\n')
    .split(`--${boundary}`)
    .map((part) => {
      const [top = '', ...body] = part.replace(/^\r\n/, '').split('\r\n\r\n')
      const of = headersOf(top)
      return {
        type: of['content-type'] ?? '',
        body: decoded(body.join('\r\n\r\n'), of['content-transfer-encoding']),
      }
    })
  const of = (type: string) => parts.find((p) => p.type.startsWith(type))?.body ?? ''
  return { headers, text: of('text/plain'), html: of('text/html') }
}
function headersOf(head: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const at = line.indexOf(':')
    if (at > 0) found[line.slice(0, at).toLowerCase()] = words(line.slice(at + 1).trim())
  }
  return found
}
const quoted = (text: string) =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString()
const decoded = (body: string, how: string | undefined) =>
  how === 'base64' ? Buffer.from(body, 'base64').toString() : how === 'quoted-printable' ? quoted(body) : body
/** RFC 2047: several words of one text are joined before they are read. */
const words = (value: string) =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(?:=\?utf-8\?B\?[^?]*\?=)+/gi, (all) =>
      Buffer.concat(
        [...all.matchAll(/\?B\?([^?]*)\?=/gi)].map(([, b]) => Buffer.from(b!, 'base64')),
      ).toString(),
    )
    .replace(/(?:=\?utf-8\?Q\?[^?]*\?=)+/gi, (all) =>
      quoted([...all.matchAll(/\?Q\?([^?]*)\?=/gi)].map(([, q]) => q!.replace(/_/g, ' ')).join('')),
    )
