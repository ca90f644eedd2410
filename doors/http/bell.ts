/** Wakes whoever waits. Nobody races against a promise that outlives them: that would keep every wait there ever was. */
export class Bell {
  readonly #waiting = new Set<() => void>()
  ring = (): void => {
    for (const rouse of this.#waiting) rouse()
  }
  wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const rouse = () => {
        clearTimeout(timer)
        this.#waiting.delete(rouse)
        resolve()
      }
      const timer = setTimeout(rouse, ms)
      this.#waiting.add(rouse)
    })
}
