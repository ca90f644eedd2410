import { Bell } from './bell.ts'

type Given = {
  /** Does what is due; answers whether there was anything, in which case the next round follows at once. */
  readonly round: () => Promise<boolean>
  /** How long it rests when nothing was due, or a round failed. */
  readonly pause_ms: number
  readonly alarm?: ((e: unknown) => void) | undefined
}
/** Work in rounds, one after another, in this process: while there is any, when woken, and after a pause. A round that fails is told and stops nothing. */
export class Rounds {
  readonly #given: Given
  readonly #bell = new Bell()
  #run: Promise<void> | undefined
  isStopping = false
  constructor(given: Given) {
    this.#given = given
  }
  start(): void {
    this.#run ??= this.#go()
  }
  wake = (): void => this.#bell.ring()
  /** The round under way is waited for; no other begins. */
  async stop(): Promise<void> {
    this.isStopping = true
    this.wake()
    await this.#run
  }
  async #go(): Promise<void> {
    while (!this.isStopping) {
      const rung = this.#bell.rung
      const more = await this.#given.round().catch((e: unknown) => {
        this.#given.alarm?.(e)
        return false
      })
      if (!more && !this.isStopping) await this.#bell.wait(this.#given.pause_ms, rung)
    }
  }
}
