import type { Session } from '#domains/access'

/** Sessions seen in the last moments, so that not every request asks the database; ending one here forgets it at once, ending it elsewhere within two seconds. */
export class Sessions {
  readonly #seen = new Map<string, { session: Session | undefined; until: number }>()
  /** How often something was forgotten: what was looked up meanwhile may be what it was before. */
  #forgotten = 0
  async find(hash: string, ask: () => Promise<Session | undefined>): Promise<Session | undefined> {
    const known = this.#seen.get(hash)
    const now = performance.now()
    if (known && known.until > now) return known.session
    if (this.#seen.size > 10_000) this.#seen.clear()
    const before = this.#forgotten
    const session = await ask()
    if (this.#forgotten === before) this.#seen.set(hash, { session, until: now + 2000 })
    return session
  }
  forget(hash: string): void {
    this.#forgotten++
    this.#seen.delete(hash)
  }
  /** What somebody may do has changed. */
  forgetStaff(staff: number): void {
    this.#forgotten++
    for (const [hash, { session }] of this.#seen) if (session?.staff === staff) this.#seen.delete(hash)
  }
}
