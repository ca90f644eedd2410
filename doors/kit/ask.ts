/**
 * The only way out. Signs, waits its turn, times out, tries again where that is harmless, records, and hides what must not
 * be kept. An effect of which nobody knows whether it took place is not tried again here: whoever asked looks first.
 */
import { setTimeout as rest } from 'node:timers/promises'
import type { Answer, Ask, Call } from './call.ts'
import type { Connector, Settings } from './connector.ts'
import { hide } from './hide.ts'
import { Tokens } from './tokens.ts'
import { OwnTurns, type Turn, type Turns } from './turns.ts'

export type OutageCode = 'unreachable' | 'slow' | 'throttled' | 'broken' | 'garbage' | 'denied' | 'declined'
/** The outside failed, or would not. `unsure`: it may have done what was asked. */
export class Outage extends Error {
  readonly code: OutageCode
  readonly operation: string
  readonly status: number | null
  readonly unsure: boolean
  constructor(code: OutageCode, operation: string, status: number | null, unsure: boolean) {
    super(`${operation}: ${code}`)
    this.code = code
    this.operation = operation
    this.status = status
    this.unsure = unsure
  }
}
export type Exchange = {
  operation: string
  method: string
  path: string
  status: number | null
  outage: string | null
  ms: number
  tries: number
  asked: unknown
  answered: unknown
}
export type Patience = {
  /** For one try, in ms. */ readonly try: number
  /** For all of them together. */ readonly whole: number
  /** The first pause between tries; it doubles. */ readonly pause: number
  /** How much faster than the clock what may be asked comes back; 1, except where a test has no hours. */ readonly pace: number
}
const usual: Patience = { try: 10_000, whole: 45_000, pause: 500, pace: 1 }
/** A turn that is further off is not waited for: others of the round need not stand behind it. */
const waitMost = 10_000
/** An outage must not use up what may be asked when it is over. */
const triesMost = 4
/** No answer of a page of orders comes near it; a stream without end does. */
const bytesMost = 16 * 1024 * 1024

/** What outlives a round: how much may still be asked, and tokens that are still good. */
export class Memory {
  readonly turns: Turns
  readonly tokens = new Tokens()
  constructor(turns: Turns = new OwnTurns()) {
    this.turns = turns
  }
}

export function asking(ask: {
  connector: Connector
  settings: Settings
  memory: Memory
  record: (e: Exchange) => void
  patience?: Partial<Patience>
  signal?: AbortSignal
}): Ask {
  const patience = { ...usual, ...ask.patience }
  const plain = new Set(ask.connector.plain)
  const bare: Ask = (call) => attempts(call, async (c) => ({ ...c.headers }))
  const attempts = async (
    call: Call,
    sign: (call: Call) => Promise<Record<string, string>>,
  ): Promise<Answer> => {
    const began = performance.now()
    const until = began + patience.whole
    const { turns } = ask.memory
    const mine = turnOf(ask.connector, call, patience.pace)
    let tries = 0
    let signedAnew = false
    let last: Answer | undefined
    const done = (outage: Outage | undefined) =>
      ask.record({
        operation: call.operation,
        method: call.method,
        path: call.upload || call.download !== undefined ? '(document)' : call.path,
        status: last?.status ?? outage?.status ?? null,
        outage: outage?.code ?? null,
        ms: Math.round(performance.now() - began),
        tries,
        asked: hide({ ...call.query, ...(call.body as object), ...call.form }, plain),
        answered: hide(last?.body, plain),
      })
    try {
      for (;;) {
        await waitTurn(turns, mine, until, ask.signal)
        const headers = await sign(call)
        tries++
        let wait: number | undefined
        let outage: Outage
        try {
          const got = await once(
            ask.connector.base(call, ask.settings),
            call,
            headers,
            patience.try,
            ask.signal,
          )
          last = { status: got.status, body: got.body }
          if (got.rate !== undefined && got.rate > 0) await turns.told(mine, got.rate)
          if (got.status < 400) {
            done(undefined)
            return last
          }
          if (ask.connector.expired(got.status, got.body) && !signedAnew) {
            signedAnew = true
            ask.memory.tokens.forget()
            continue
          }
          if (got.status === 429) {
            await turns.over(mine)
            outage = new Outage('throttled', call.operation, 429, false)
            wait = got.retryAfter
          } else if (got.status >= 500)
            outage = new Outage('broken', call.operation, got.status, call.effect === true)
          else if (got.status === 401 || got.status === 403)
            throw new Outage('denied', call.operation, got.status, false)
          else {
            // A no is an answer: whoever asked knows what it means.
            done(undefined)
            return last
          }
        } catch (e) {
          if (!(e instanceof Outage)) throw e
          if (e.code === 'denied') throw e
          outage = e
        }
        if (outage.unsure) throw outage
        const pause = (wait ?? patience.pause * 2 ** (tries - 1)) * (0.5 + Math.random() / 2)
        if (tries >= triesMost || performance.now() + pause > until) throw outage
        await rest(pause, undefined, ask.signal ? { signal: ask.signal } : {})
      }
    } catch (e) {
      if (e instanceof Outage) done(e)
      throw e
    }
  }
  return (call) =>
    attempts(call, (c) =>
      c.upload || c.download !== undefined
        ? Promise.resolve({})
        : ask.connector.sign(c, { settings: ask.settings, tokens: ask.memory.tokens, bare }),
    )
}

const turnOf = (connector: Connector, call: Call, pace: number): Turn => ({
  operation: call.operation,
  limit: connector.limits[call.operation] ?? { rate: 1, burst: 5 },
  pace,
})
async function waitTurn(
  turns: Turns,
  turn: Turn,
  until: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const wait = await turns.take(turn, Math.min(until - performance.now(), waitMost))
  if (wait === undefined) throw new Outage('throttled', turn.operation, null, false)
  if (wait > 0) await rest(wait, undefined, signal ? { signal } : {})
}

type Got = { status: number; body: unknown; retryAfter: number | undefined; rate: number | undefined }
async function once(
  base: string,
  call: Call,
  headers: Record<string, string>,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<Got> {
  const url = new URL(call.upload?.url ?? call.download ?? base.replace(/\/$/, '') + call.path)
  for (const [name, value] of Object.entries(call.query ?? {}))
    if (value !== undefined)
      url.searchParams.set(name, Array.isArray(value) ? value.join(',') : String(value))
  const time = AbortSignal.timeout(ms)
  const body = call.upload?.text ?? (call.form ? new URLSearchParams(call.form).toString() : json(call.body))
  let response: Response | undefined
  try {
    response = await fetch(url, {
      method: call.method,
      redirect: 'error',
      signal: signal ? AbortSignal.any([time, signal]) : time,
      headers: {
        accept: 'application/json',
        'user-agent': 'Akinai (Language=TypeScript)',
        ...(body !== undefined && {
          'content-type':
            call.upload?.type ?? (call.form ? 'application/x-www-form-urlencoded' : 'application/json'),
        }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    const text = await limited(response)
    return {
      status: response.status,
      body: parse(text, response.status),
      retryAfter: seconds(response.headers.get('retry-after')),
      rate: Number(response.headers.get('x-amzn-ratelimit-limit')) || undefined,
    }
  } catch (e) {
    // From the first byte sent on it may have been done.
    const unsure = call.effect === true && !neverSent(e)
    if (e instanceof SyntaxError || e instanceof RangeError || isGarbled(e))
      throw new Outage('garbage', call.operation, response?.status ?? null, unsure)
    throw new Outage(time.aborted ? 'slow' : 'unreachable', call.operation, response?.status ?? null, unsure)
  }
}
const json = (body: unknown) => (body === undefined ? undefined : JSON.stringify(body))
const seconds = (header: string | null) => {
  const n = Number(header)
  return header !== null && Number.isFinite(n) && n >= 0 ? Math.min(n, 600) * 1000 : undefined
}
/** Neither the words of HTTP nor of text. */
const isGarbled = (e: unknown) =>
  /^HPE_|ERR_ENCODING|UND_ERR_RESPONSE/.test(
    String((e as { cause?: { code?: string } }).cause?.code ?? (e as { code?: string }).code ?? ''),
  )
const neverSent = (e: unknown) =>
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_INVALID_URL/.test(
    String((e as { cause?: { code?: string } }).cause?.code ?? (e as { code?: string }).code ?? ''),
  )
async function limited(response: Response): Promise<string> {
  if (!response.body) return ''
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body) {
    size += part.length
    if (size > bytesMost) throw new RangeError('an answer without end')
    parts.push(part)
  }
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(Buffer.concat(parts))
}
/** An error page in HTML is what its status says, not garbage. */
function parse(text: string, status: number): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch (e) {
    if (status >= 400) return undefined
    throw e
  }
}
