import type pg from 'pg'
import * as channels from '#domains/channels'
import type { Turn, Turns } from '#doors/kit'
import { ask } from '#kernel/db'

/** Turns counted in the database: however many processes ask for a connection, the outside is asked no more than it allows. */
export class SharedTurns implements Turns {
  readonly #pool: pg.Pool
  readonly #connection: number
  /** What the outside said last: it says so with every answer. */
  readonly #said = new Map<string, number>()
  constructor(pool: pg.Pool, connection: number) {
    this.#pool = pool
    this.#connection = connection
  }
  #row = ({ operation, limit, pace }: Turn) => ({ connection: this.#connection, operation, ...limit, pace })

  async take(turn: Turn, within_ms: number): Promise<number | undefined> {
    const [taken] = await ask<{ wait_ms: number }>(
      this.#pool,
      channels.takeTurn({ ...this.#row(turn), within_ms }),
    )
    return taken?.wait_ms
  }
  async over(turn: Turn): Promise<void> {
    await ask(this.#pool, channels.turnsOver(this.#row(turn)))
  }
  async told(turn: Turn, rate: number): Promise<void> {
    if (this.#said.get(turn.operation) === rate) return
    await ask(this.#pool, channels.turnsTold({ ...this.#row(turn), told: rate }))
    this.#said.set(turn.operation, rate)
  }
}
