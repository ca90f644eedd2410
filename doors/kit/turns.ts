import { Bucket } from './bucket.ts'
import type { Limit } from './connector.ts'

/** Whose turn is asked for: an operation, what is allowed of it, and how much faster than the clock that comes back. */
export type Turn = { readonly operation: string; readonly limit: Limit; readonly pace: number }
/** Keeps to what the outside allows. */
export type Turns = {
  /** Takes a turn and answers the wait in ms; takes none, and answers nothing, when it would come later than that. */
  take(turn: Turn, within_ms: number): Promise<number | undefined>
  /** The outside says that there is nothing left, whatever was counted. */
  over(turn: Turn): Promise<void>
  /** The outside says how many a second it allows. */
  told(turn: Turn, rate: number): Promise<void>
}

/** Counted in this process alone: for one that is the only one. */
export class OwnTurns implements Turns {
  readonly #buckets = new Map<string, Bucket>()
  #of(t: Turn): Bucket {
    let bucket = this.#buckets.get(t.operation)
    if (!bucket) this.#buckets.set(t.operation, (bucket = new Bucket(t.limit, t.pace)))
    return bucket
  }
  async take(t: Turn, within_ms: number): Promise<number | undefined> {
    const now = performance.now()
    return this.#of(t).take(now, now + within_ms)
  }
  async over(t: Turn): Promise<void> {
    this.#of(t).drained()
  }
  async told(t: Turn, rate: number): Promise<void> {
    this.#of(t).told(rate)
  }
}
