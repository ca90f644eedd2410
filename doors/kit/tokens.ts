/** Tokens that are still good, in memory only. Several who need the same one at once ask once. */
export class Tokens {
  readonly #held = new Map<string, { token: Promise<string>; until: number }>()
  async get(name: string, make: () => Promise<{ token: string; seconds: number }>): Promise<string> {
    const held = this.#held.get(name)
    if (held && held.until > performance.now()) return held.token
    const entry = { token: Promise.resolve(''), until: performance.now() + 60_000 }
    entry.token = make().then(({ token, seconds }) => {
      // A minute early: it must still be good when it arrives.
      entry.until = performance.now() + Math.max(1, seconds - 60) * 1000
      return token
    })
    entry.token.catch(() => this.#held.delete(name))
    this.#held.set(name, entry)
    if (this.#held.size > 500) this.#held.delete(this.#held.keys().next().value!)
    return entry.token
  }
  forget(): void {
    this.#held.clear()
  }
}
