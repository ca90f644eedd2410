import type pg from 'pg'
import { takeOut, type Vault } from '#domains/persons'
import { delivered, failed, giveUpEndpoint, takeDue } from '#flows/webhooks'
import { ask } from '#kernel/db'
import type { Gate } from '#kernel/gate'
import { derivedKey } from '#kernel/ids'
import { events } from '#kernel/journal'
import { Rounds } from '#kernel/time'
import { checked } from '#kernel/trust'
import type { Resolve } from './guard.ts'
import { send } from './send.ts'
import { signatureOf } from './sign.ts'

/** Seconds after which a message is tried again: about four days in all, then it is dead until somebody sends it again. */
export const pauses = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, 86_400]
/** Hours of nothing but failures after which an endpoint is left alone. */
export const patienceHours = 72
const lease = 120

type Due = {
  endpoint: number
  epoch: number
  xid: string
  seq: number
  attempts: number
  url: string
  secret: Buffer
  secret_before: Buffer | null
  before_until: Date | null
  failing_since: Date | null
  kind: string
  version: number
  subject: string
  shop: number | null
  body: unknown
  happened_at: Date
  recorded_at: Date
}
/** The number of a message: the same however often it is sent, so a receiver knows it again. */
export const messageId = (e: { epoch: number; xid: string; seq: number }): string =>
  `evt_${e.epoch}_${e.xid}_${e.seq}`
/** An event as it leaves the house. Bodies carry ids, codes and amounts only, in their latest version. */
export function messageOf(
  e: Omit<
    Due,
    'endpoint' | 'attempts' | 'url' | 'secret' | 'secret_before' | 'before_until' | 'failing_since'
  >,
) {
  const kind = events.get(e.kind)
  return {
    type: e.kind,
    timestamp: e.happened_at.toISOString(),
    data: {
      id: messageId(e),
      version: kind?.version ?? e.version,
      subject: e.subject,
      shop: e.shop,
      recorded_at: e.recorded_at.toISOString(),
      body: checked<Record<string, unknown>>(kind ? kind.read(e.version, e.body) : e.body),
    },
  }
}
/** The secrets that sign now. */
export const secretsOf = (
  vault: Vault,
  e: Pick<Due, 'endpoint' | 'secret' | 'secret_before' | 'before_until'>,
  now: Date,
): string[] =>
  [e.secret, ...(e.secret_before && e.before_until && now < e.before_until ? [e.secret_before] : [])].map(
    (box) => takeOut(vault, `webhook ${e.endpoint}`, box),
  )

type Given = {
  gate: Gate
  pool: pg.Pool
  vault: Vault
  /** Private networks that may be called, as `10.1.0.0/16`. */
  allowed: readonly string[]
  clock?: () => Date
  resolve?: Resolve
  timeout?: number
  /** An endpoint is given up. */
  alarm?: (endpoint: number) => void
  /** Something failed on our side; what it was about is tried again when its lease has run out. */
  fault?: (e: unknown) => void
}
/** Sends what is due, in this process. Several may: each message is taken by one of them, and taken over when that one dies. */
export class Deliveries {
  readonly #given: Given
  readonly #busy = new Map<number, number>()
  readonly #sending = new Set<Promise<void>>()
  readonly #rounds: Rounds
  constructor(given: Given) {
    this.#given = given
    this.#rounds = new Rounds({
      round: async () => (await this.round()) > 0,
      pause_ms: 1000,
      alarm: given.fault,
    })
  }
  #now = () => this.#given.clock?.() ?? new Date()

  start(): void {
    this.#rounds.start()
  }
  wake(): void {
    this.#rounds.wake()
  }
  /** What is being sent is noted down where it ends soon; of the rest nobody knows, and it is sent once more. */
  async stop(): Promise<void> {
    await this.#rounds.stop()
    await soon([...this.#sending], 3000)
  }
  /** Takes what is due and sends it; answers how many were taken. */
  async round(): Promise<number> {
    const busy = [...this.#busy].filter(([, n]) => n >= 4).map(([endpoint]) => endpoint)
    const due = await ask<Due>(this.#given.pool, takeDue(this.#now(), 4, busy, lease))
    const all = due.map(async (d) => {
      this.#busy.set(d.endpoint, (this.#busy.get(d.endpoint) ?? 0) + 1)
      try {
        await this.#one(d)
      } catch (e) {
        if (!this.#rounds.isStopping) this.#given.fault?.(e)
      } finally {
        this.#busy.set(d.endpoint, this.#busy.get(d.endpoint)! - 1)
        this.wake()
      }
    })
    for (const one of all) {
      this.#sending.add(one)
      void one.then(() => this.#sending.delete(one))
    }
    // A slow endpoint is not waited for: the next round goes on with the others.
    await soon(all, 200)
    return due.length
  }
  async #one(d: Due): Promise<void> {
    const { pool, gate, vault } = this.#given
    const body = JSON.stringify(messageOf(d))
    const id = messageId(d)
    const seconds = Math.floor(this.#now().getTime() / 1000)
    const sent = await send(
      d.url,
      {
        'content-type': 'application/json',
        'user-agent': 'Akinai-Webhooks',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatureOf(secretsOf(vault, d, this.#now()), id, seconds, body),
      },
      body,
      this.#given,
    )
    const now = this.#now()
    if (sent.failure === undefined) return void (await ask(pool, delivered(d, now, sent.status!)))
    // Not too regular: endpoints that fell over together are not all called again at the same moment.
    const pause = pauses[d.attempts - 1]
    const next =
      pause === undefined ? undefined : new Date(now.getTime() + pause * (800 + 400 * Math.random()))
    await ask(pool, failed(d, now, { next, status: sent.status, failure: sent.failure }))
    const since = d.failing_since ?? now
    // 410: gone for good, says the other side.
    if (sent.status === 410 || now.getTime() - since.getTime() > patienceHours * 3_600_000) {
      await gate.run(
        giveUpEndpoint,
        { endpoint: d.endpoint },
        { key: derivedKey('webhook-broken', d.endpoint, id, d.attempts) },
      )
      this.#given.alarm?.(d.endpoint)
    }
  }
}
const soon = (all: readonly Promise<unknown>[], ms: number) =>
  Promise.race([Promise.all(all), new Promise((r) => setTimeout(r, ms).unref())])
