/** Wakes whoever waits. Nobody races against a promise that outlives them: that would keep every wait there ever was. */
export class Bell {
  readonly #waiting = new Set<() => void>()
  /** How often it has been rung. */
  rung = 0
  ring = (): void => {
    this.rung++
    for (const rouse of this.#waiting) rouse()
  }
  /** Until it is rung, or so long; not at all where it was rung since it had been rung `since` times. */
  wait = (ms: number, since = this.rung): Promise<void> =>
    new Promise((resolve) => {
      if (this.rung !== since) return resolve()
      const rouse = () => {
        clearTimeout(timer)
        this.#waiting.delete(rouse)
        resolve()
      }
      const timer = setTimeout(rouse, ms)
      this.#waiting.add(rouse)
    })
}
