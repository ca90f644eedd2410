import type { Guarded, Tx } from '#kernel/gate'
import { keyById, keyTable } from './persons.ts'

export type Clock = Guarded<{ erase_at: Date | null }> & { erase_at: Date | null }
/** When somebody is to be forgotten; nothing when they have been. Whoever moves it, or forgets them, at the same moment goes first or not at all. */
export const clockOf = (tx: Tx, person: number): Promise<Clock | undefined> =>
  keyById.guard(tx, keyTable, person)
export const setClock = (tx: Tx, clock: Clock, to: Date): void => tx.update(keyTable, clock, { erase_at: to })
