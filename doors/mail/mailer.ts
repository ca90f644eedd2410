import { settle, takeDue, type Due } from '#domains/mail'
import { ask } from '#kernel/db'
import { Rounds } from '#kernel/time'
import { letterOf, type House } from './letter.ts'
import { messageIdOf, send, type Post, type Sent } from './post.ts'

/** Seconds after which a letter is tried again; the last goes on until its time is over. */
export const pauses = [30, 120, 600, 1800, 3600, 7200]
/** Longer than any attempt lasts: until then nobody else takes the letter. */
const lease = 300
const atOnce = 5
type Given = House & {
  post: Post
  clock?: () => Date
  /** What went wrong on our side. */
  alarm?: (e: unknown) => void
}

/** Sends what is due, in this process. Several may: each letter is taken by one of them, and taken over when that one dies. */
export class Mailer {
  readonly #given: Given
  readonly #busy = new Set<Promise<void>>()
  readonly #rounds: Rounds
  constructor(given: Given) {
    this.#given = given
    this.#rounds = new Rounds({
      round: async () => (await this.round()) > 0,
      pause_ms: 1000,
      alarm: given.alarm,
    })
  }
  #now = () => this.#given.clock?.() ?? new Date()
  start(): void {
    this.#rounds.start()
  }
  wake(): void {
    this.#rounds.wake()
  }
  /** Nothing new is begun; what is under way is waited for, but not for a server that does not answer: that letter is taken over. */
  async stop(): Promise<void> {
    await this.#rounds.stop()
    await Promise.race([Promise.all(this.#busy), new Promise((r) => setTimeout(r, 10_000).unref())])
  }
  /** Takes what is due and begins to send it, a few at once; answers how many were taken. */
  async round(): Promise<number> {
    const free = atOnce - this.#busy.size
    const due = free > 0 ? await ask<Due>(this.#given.pool, takeDue(this.#now(), free, lease)) : []
    for (const d of due) {
      const one: Promise<void> = this.#one(d)
        .catch((e: unknown) => this.#given.alarm?.(e))
        .finally(() => {
          this.#busy.delete(one)
          this.wake()
        })
      this.#busy.add(one)
    }
    return due.length
  }
  /** Until everything that was taken is settled. */
  async idle(): Promise<void> {
    while (this.#busy.size) await Promise.all(this.#busy)
  }
  async #one(d: Due): Promise<void> {
    const sent = await this.#send(d)
    const now = this.#now()
    if (sent.failure === undefined)
      return void (await ask(
        this.#given.pool,
        settle(d, { state: 'sent', sent: now, next: null, failure: null }),
      ))
    // Not too regular: what failed together does not come back together.
    const pause = pauses[Math.min(d.attempts, pauses.length) - 1]! * (0.8 + 0.4 * Math.random())
    const next = new Date(now.getTime() + pause * 1000)
    const isOver = sent.final || next > d.give_up_at
    await ask(
      this.#given.pool,
      settle(d, {
        state: isOver ? 'failed' : 'waiting',
        next: isOver ? null : next,
        sent: null,
        failure: sent.failure,
      }),
    )
  }
  async #send(d: Due): Promise<Sent> {
    const { post, vault } = this.#given
    const letter = await letterOf(this.#given, d)
    if (!letter) return { failure: 'erased', final: true }
    return send(post, letter, messageIdOf(vault, d, post.from))
  }
}
