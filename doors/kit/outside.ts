/** An outside system on a port of its own that can misbehave: what every simulator of a connector needs beside the vendor's rules. */
import http from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** What an outside system does that it should not. */
export type FaultKind =
  | 'throttled'
  | 'broken'
  | 'unavailable'
  | 'slow'
  | 'silent'
  | 'silent_after'
  | 'cut_after'
  | 'garbage'
  | 'not_http'
  | 'expired'
  | 'duplicates'
  | 'disorder'
  | 'unknown_fields'
  | 'bad_rows'
  | 'left_out'
export type Asked = {
  /** `GET /orders/:id`, as the table of answers names it. */
  readonly operation: string
  readonly parts: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: http.IncomingHttpHeaders
  readonly body: unknown
  /** Whether a fault of what is told (`duplicates`, `disorder`, `bad_rows`, `left_out`) is this answer's. */
  has(fault: FaultKind): boolean
}
export type Said = { readonly status: number; readonly body?: unknown }
type Planted = { kind: FaultKind; operation: string; times: number }

/** Answers by `METHOD /path/:part`. What is not among them is a 404; an answer that throws is a 500 and is kept in `refused`. */
export class Outside {
  readonly #server: http.Server
  readonly #answers: ReadonlyMap<string, (asked: Asked) => Said>
  readonly #hanging = new Set<http.ServerResponse>()
  #faults: Planted[] = []
  /** Faults that were met, by kind. */
  readonly met: Record<string, number> = {}
  /** What was asked that the vendor would have refused. */
  readonly refused: string[] = []
  readonly url: string
  private constructor(server: http.Server, answers: Readonly<Record<string, (asked: Asked) => Said>>) {
    this.#server = server
    this.#answers = new Map(Object.entries(answers))
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('request', (request, response) => void this.#serve(request, response))
  }
  static async open(answers: Readonly<Record<string, (asked: Asked) => Said>>): Promise<Outside> {
    const server = http.createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return new Outside(server, answers)
  }
  plant(kind: FaultKind, operation: string, times = 1): void {
    this.#faults.push({ kind, operation, times })
  }
  heal(): void {
    this.#faults = []
    for (const response of this.#hanging) response.destroy()
    this.#hanging.clear()
  }
  async close(): Promise<void> {
    this.heal()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #met(operation: string, of: readonly FaultKind[]): FaultKind | undefined {
    const found = this.#faults.find((f) => f.operation === operation && f.times > 0 && of.includes(f.kind))
    if (!found) return undefined
    found.times--
    this.met[found.kind] = (this.met[found.kind] ?? 0) + 1
    return found.kind
  }
  #find(method: string, pathname: string) {
    const asked = pathname.split('/')
    for (const [operation, answer] of this.#answers) {
      const [of, path = ''] = operation.split(' ')
      const wanted = path.split('/')
      if (of !== method || wanted.length !== asked.length) continue
      const parts: Record<string, string> = {}
      const fits = wanted.every((word, n) => {
        if (!word.startsWith(':')) return word === asked[n]
        parts[word.slice(1)] = decodeURIComponent(asked[n]!)
        return true
      })
      if (fits) return { operation, answer, parts }
    }
    return undefined
  }
  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url)
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += String(chunk)
    const found = this.#find(request.method!, url.pathname)
    if (!found) return send(response, { status: 404 })
    const { operation, answer, parts } = found
    const before = this.#met(operation, [
      'throttled',
      'broken',
      'unavailable',
      'slow',
      'silent',
      'garbage',
      'not_http',
      'expired',
    ])
    switch (before) {
      case 'throttled':
        return send(response, { status: 429 })
      case 'broken':
        return send(response, { status: 500 })
      case 'unavailable':
        return send(response, { status: 503 })
      case 'expired':
        return send(response, { status: 401 })
      case 'garbage':
        return void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"orders": [ \u0000 <<<')
      case 'not_http':
        return void request.socket.end('\u0007\u0008\u0000garbage\r\n\r\n')
      case 'silent':
        return void this.#hanging.add(response)
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, 3000))
        break
      default:
    }
    let said: Said
    try {
      said = answer({
        operation,
        parts,
        query: url.searchParams,
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
        has: (fault) => this.#met(operation, [fault]) !== undefined,
      })
    } catch (error) {
      this.refused.push(`${operation}: ${String(error)}`)
      said = { status: 500 }
    }
    const after = this.#met(operation, ['silent_after', 'cut_after', 'unknown_fields'])
    if (after === 'silent_after') return void this.#hanging.add(response)
    if (after === 'cut_after') return void request.socket.destroy()
    send(response, after === 'unknown_fields' ? { ...said, body: withUnknown(said.body) } : said)
  }
}

function send(response: http.ServerResponse, { status, body }: Said): void {
  if (response.destroyed) return
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(body === undefined ? '{}' : JSON.stringify(body))
}
/** Fields that the vendor adds tomorrow, in every part. */
function withUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknown)
  if (typeof value !== 'object' || value === null) return value
  const told = Object.entries(value).map(([name, of]) => [name, withUnknown(of)] as const)
  return { ...Object.fromEntries(told), x_new: { of: ['tomorrow'] } }
}
