import type { Session } from '#domains/access'

/** Sessions seen in the last moments, so that not every request asks the database; ending one here forgets it at once, ending it elsewhere within two seconds. */
export class Sessions {
  readonly #seen = new Map<string, { session: Session | undefined; until: number }>()
  async find(hash: string, ask: () => Promise<Session | undefined>): Promise<Session | undefined> {
    const known = this.#seen.get(hash)
    const now = performance.now()
    if (known && known.until > now) return known.session
    if (this.#seen.size > 10_000) this.#seen.clear()
    const session = await ask()
    this.#seen.set(hash, { session, until: now + 2000 })
    return session
  }
  forget(hash: string): void {
    this.#seen.delete(hash)
  }
  /** What somebody may do has changed. */
  forgetStaff(staff: number): void {
    for (const [hash, { session }] of this.#seen) if (session?.staff === staff) this.#seen.delete(hash)
  }
}
