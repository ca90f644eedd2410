import type { Limit } from './connector.ts'

/** So many at once after a rest, then so many a second: who comes too early is told how long to wait. */
export class Bucket {
  #limit: Limit
  readonly #pace: number
  #left: number
  #at: number | undefined
  constructor(limit: Limit, pace = 1) {
    this.#limit = limit
    this.#pace = pace
    this.#left = limit.burst
  }
  #fill(now: number) {
    if (this.#at !== undefined)
      this.#left = Math.min(
        this.#limit.burst,
        this.#left + ((now - this.#at) / 1000) * this.#limit.rate * this.#pace,
      )
    this.#at = now
  }
  /** Takes one and answers the wait in ms; takes none, and answers nothing, when its turn would come after `until`. */
  take(now: number, until: number): number | undefined {
    this.#fill(now)
    const wait = this.#left >= 1 ? 0 : ((1 - this.#left) / (this.#limit.rate * this.#pace)) * 1000
    if (now + wait > until) return undefined
    this.#left--
    return wait
  }
  /** The outside says that there is nothing left, whatever we had counted. */
  drained(): void {
    this.#left = Math.min(this.#left, 0)
  }
  /** The outside says how fast this seller may ask. */
  told(rate: number | undefined): void {
    if (rate !== undefined && rate > 0) this.#limit = { rate, burst: this.#limit.burst }
  }
}
