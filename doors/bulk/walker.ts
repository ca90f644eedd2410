import type pg from 'pg'
import { staffById, type Staff } from '#domains/access'
import * as bulk from '#domains/bulk'
import type { Vault } from '#domains/persons'
import { doItem, keepRefusal, undoItem } from '#flows/bulk'
import { ask, outage } from '#kernel/db'
import type { Actor, Gate } from '#kernel/gate'
import { derivedKey, uuid } from '#kernel/ids'
import { Busy, Refusal } from '#kernel/refusal'
import { Rounds } from '#kernel/time'

type Given = {
  gate: Gate
  pool: pg.Pool
  vault: Vault
  /** What went wrong on our side. */
  alarm?: (e: unknown) => void
}
/** Runs at once, so that a long one holds up nobody's short one; items of each at once, so that a commit takes a few. */
const runsAtOnce = 3
const itemsAtOnce = 8
const page = 200
/** In ms: how often whoever walks a run says so. */
const pulse = 1000
type End = { state: 'finished' | 'cancelled' | 'failed' | 'undone'; why: string | null }

/**
 * Walks bulk runs, in whichever process: each is taken under a lease and walked item by item, every one a command whose key follows
 * from run and item. Killed anywhere, another process goes on, and what was done is done once.
 */
export class Walker {
  readonly #given: Given
  readonly #process = uuid()
  readonly #under = new Map<string, Promise<void>>()
  readonly #rounds: Rounds
  constructor(given: Given) {
    this.#given = given
    this.#rounds = new Rounds({ round: () => this.#take(), pause_ms: 500, alarm: given.alarm })
  }
  start(): void {
    this.#rounds.start()
  }
  wake(): void {
    this.#rounds.wake()
  }
  /** What is under way is left for another process to go on with at once. */
  async stop(): Promise<void> {
    await this.#rounds.stop()
    await Promise.allSettled(this.#under.values())
  }

  async #take(): Promise<boolean> {
    if (this.#under.size >= runsAtOnce) return false
    const [run] = await ask<bulk.Taken>(this.#given.pool, bulk.takeRun(this.#process))
    if (!run || this.#under.has(run.id)) return false
    const walked = this.#walk(run)
      .catch((e: unknown) => this.#given.alarm?.(e))
      .finally(() => {
        this.#under.delete(run.id)
        this.wake()
      })
    this.#under.set(run.id, walked)
    return true
  }
  async #counts(id: string): Promise<bulk.Counts> {
    return (await ask<bulk.Counts>(this.#given.pool, bulk.countsOf(id)))[0]!
  }
  async #walk(run: bulk.Taken): Promise<void> {
    const { pool } = this.#given
    const mine = { id: run.id, process: this.#process }
    const stop = new AbortController()
    const see = async () => {
      const [known] = await ask<{ ending: boolean }>(
        pool,
        bulk.seeRun({ ...mine, counts: await this.#counts(run.id) }),
      )
      if (!known || known.ending) stop.abort()
    }
    const beat = setInterval(() => void see().catch(() => {}), pulse)
    if (run.ending) stop.abort()
    try {
      const end = await this.#items(run, stop.signal)
      if (end === 'left') await ask(pool, bulk.leaveRun(run.id, this.#process))
      else
        await ask(pool, bulk.endRun({ ...mine, from: run.state, ...end, counts: await this.#counts(run.id) }))
    } finally {
      clearInterval(beat)
    }
  }
  async #items(run: bulk.Taken, stop: AbortSignal): Promise<End | 'left'> {
    const { pool } = this.#given
    const isUndo = run.state === 'undoing'
    const [asker] = await ask<Staff>(pool, staffById(isUndo ? run.undo_staff! : run.staff))
    if (!asker) return { state: 'failed', why: bulk.AskerGone.code }
    const actor = { id: asker.id, name: asker.role }
    let end: End | 'left' | undefined
    for (let at = 0; end === undefined;) {
      const items = await ask<bulk.Item>(
        pool,
        isUndo ? bulk.doneAfter(run.id, at, page) : bulk.itemsAfter(run.id, at, page),
      )
      if (items.length === 0) return { state: isUndo ? 'undone' : 'finished', why: null }
      at = isUndo ? items.at(-1)!.item : items.at(-1)!.n
      const queue = [...items]
      await Promise.all(
        Array.from({ length: itemsAtOnce }, async () => {
          while (end === undefined) {
            if (this.#rounds.isStopping) end = 'left'
            else if (stop.aborted) end = { state: 'cancelled', why: null }
            const item = end === undefined ? queue.shift() : undefined
            if (!item) return
            const ended = await this.#one(run, item, actor)
            end ??= ended
          }
        }),
      )
    }
    return end
  }
  /** One item; answers why no further one is to be done. */
  async #one(run: bulk.Taken, item: bulk.Item, actor: Actor): Promise<End | 'left' | undefined> {
    const { gate, vault } = this.#given
    const back = run.state === 'undoing'
    const about = { run: run.id, item: item.item }
    // Taken back once more after somebody who might not, it is another question.
    const turn = back ? `undo ${run.version}` : 'do'
    const key = derivedKey('bulk', run.id, turn, item.item)
    for (let tries = 0; ; tries++)
      try {
        if (back) await gate.run(undoItem(vault), about, { key, actor })
        else await gate.run(doItem(vault), { ...about, amount: item.amount ?? 0 }, { key, actor })
        return undefined
      } catch (e) {
        if (e instanceof Busy && tries < 20 && !this.#rounds.isStopping) {
          await new Promise((r) => setTimeout(r, 100 + 100 * tries))
          continue
        }
        if (e instanceof Busy || outage(e)) return 'left'
        if (e instanceof Refusal && e.code === bulk.RunStopped.code) return { state: 'cancelled', why: null }
        if (e instanceof Refusal && e.code === bulk.AskerGone.code) return { state: 'failed', why: e.code }
        if (!(e instanceof Refusal)) this.#given.alarm?.(e)
        const no = e instanceof Refusal ? e : bulk.ItemFault({})
        await gate.run(
          keepRefusal(vault),
          { ...about, code: no.code, detail: no.detail, back },
          { key: derivedKey('bulk refused', run.id, turn, item.item), actor },
        )
        return undefined
      }
  }
}
