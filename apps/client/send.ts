/** What an error says of itself, in the reader's language (RFC 9457). */
export type ProblemFields = {
  type: string
  title: string
  status: number
  code: string
  todo?: string
  detail?: Readonly<Record<string, unknown>>
  errors?: readonly { path: string; message: string }[]
  id?: string
}

/** Every failure of a call, also that nobody answered (`status` 0). */
export class Problem extends Error {
  readonly fields: ProblemFields
  constructor(fields: ProblemFields) {
    super([fields.title, fields.todo].filter(Boolean).join(' '))
    this.name = 'Problem'
    this.fields = fields
  }
  get status(): number {
    return this.fields.status
  }
  get code(): string {
    return this.fields.code
  }
  /** Nobody answered, or somebody too busy: the same call with the same key may simply be sent again. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type Options = {
  /** The command's Idempotency-Key; a new one if not given. Give the same again to repeat safely. */
  key?: string
  signal?: AbortSignal
  headers?: Readonly<Record<string, string>>
}
export type Send = <T>(method: Method, path: string, input: object, options?: Options) => Promise<T>
export type Settings = {
  /** Where the server is; the page's own by default. */
  base?: string
  lang: () => 'ja' | 'en'
  /** Longest wait for an answer, in milliseconds. */
  wait_ms?: number
  /** Asked when the server wants a fresh proof of who is signed in (`access.step_up`); once it is given, the same is sent again. */
  prove?: () => Promise<boolean>
}

const silence = {
  ja: {
    title: 'サーバーに接続できません。',
    todo: '通信を確かめて、もう一度お試しください。同じ操作が二重に記録されることはありません。',
  },
  en: {
    title: 'The server cannot be reached.',
    todo: 'Check the connection and try again. Nothing is recorded twice.',
  },
} as const

/** `:order` of the path is taken from the input; what remains is the query of a GET, or the body. */
function addressed(method: Method, path: string, input: object): { url: string; rest: object } {
  const rest = new Map<string, unknown>(Object.entries(input).filter(([, value]) => value !== undefined))
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest.get(name)
    rest.delete(name)
    return encodeURIComponent(String(value))
  })
  if (method !== 'GET') return { url: filled, rest: Object.fromEntries(rest) }
  const query = new URLSearchParams([...rest].map(([name, value]) => [name, String(value)]))
  return { url: query.size > 0 ? `${filled}?${query}` : filled, rest: {} }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const isProblem = (value: unknown): value is ProblemFields =>
  isObject(value) && typeof value['title'] === 'string' && typeof value['code'] === 'string'

export function createSend({ base = '', lang, wait_ms = 20_000, prove }: Settings): Send {
  const unanswered = (status: number) =>
    new Problem({ type: 'about:blank', status, code: 'client.unreachable', ...silence[lang()] })
  const sendOnce: Send = async (method, path, input, options = {}) => {
    const { url, rest } = addressed(method, path, input)
    const isCommand = method !== 'GET'
    const wait = AbortSignal.timeout(wait_ms)
    let response: Response
    let answer: unknown
    try {
      response = await fetch(base + url, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: options.signal ? AbortSignal.any([options.signal, wait]) : wait,
        headers: {
          'accept-language': lang(),
          ...(isCommand && {
            'content-type': 'application/json',
            'idempotency-key': options.key ?? crypto.randomUUID(),
          }),
          ...options.headers,
        },
        ...(isCommand && method !== 'DELETE' && { body: JSON.stringify(rest) }),
      })
      const text = await response.text()
      answer = text.startsWith('{') ? JSON.parse(text) : undefined
    } catch (error) {
      if (options.signal?.aborted) throw error
      throw unanswered(0)
    }
    if (!response.ok) throw isProblem(answer) ? new Problem(answer) : unanswered(response.status)
    // The server's answer has the shape that its route declares; the server's own tests hold it to that.
    return answer as Awaited<ReturnType<typeof JSON.parse>>
  }
  return async (method, path, input, options = {}) => {
    const same = { ...options, key: options.key ?? crypto.randomUUID() }
    try {
      return await sendOnce(method, path, input, same)
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'access.step_up' && (await prove?.()))) throw error
      return sendOnce(method, path, input, same)
    }
  }
}
