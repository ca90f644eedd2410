/** Token buckets by address and by account, in this process's memory: they slow guessing and flooding; they count nothing that matters. */
export class Limits {
  readonly #buckets = new Map<string, { tokens: number; at: number }>()
  readonly #most = 50_000
  /** Takes a token; answers 0, or the seconds until there is one. */
  take(name: string, perSecond: number, burst: number, now = performance.now()): number {
    let b = this.#buckets.get(name)
    if (!b) {
      if (this.#buckets.size >= this.#most) this.#sweep(now)
      this.#buckets.set(name, (b = { tokens: burst, at: now }))
    }
    b.tokens = Math.min(burst, b.tokens + ((now - b.at) / 1000) * perSecond)
    b.at = now
    if (b.tokens >= 1) {
      b.tokens--
      return 0
    }
    return Math.ceil((1 - b.tokens) / perSecond)
  }
  #sweep(now: number) {
    for (const [name, b] of this.#buckets) if (now - b.at > 600_000) this.#buckets.delete(name)
    if (this.#buckets.size >= this.#most) this.#buckets.clear()
  }
}
