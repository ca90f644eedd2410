import { Busy } from '#kernel/refusal'

/**
 * Readers of what happens as it happens. Each looks at the journal again and again, so there are so many at most and they
 * look in turn: measured, a hundred of them that looked at every commit made everybody else wait eight times as long.
 */
export class Streams {
  #open = 0
  #turn: Promise<unknown> = Promise.resolve()
  readonly #most: number
  constructor(most = 50) {
    this.#most = most
  }
  /** Takes a place, to be given back once. */
  enter(): () => void {
    if (this.#open >= this.#most) throw new Busy('too many streams')
    this.#open++
    let left = false
    return () => {
      if (!left) this.#open--
      left = true
    }
  }
  /** One after the other, and for at most a third of the time: whoever reads the journal from its beginning does it beside the others' work. */
  inTurn<T>(look: () => Promise<T>): Promise<T> {
    let began = 0
    const mine = this.#turn.then(() => {
      began = performance.now()
      return look()
    })
    const rest = () => new Promise((r) => setTimeout(r, 2 * Math.min(500, performance.now() - began)))
    this.#turn = mine.then(rest, rest)
    return mine
  }
}
