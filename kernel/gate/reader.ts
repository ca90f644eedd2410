import type { Statement } from '#kernel/db'
import type { Key, Lookup } from './reads.ts'
import type { Guarded, Id, Table, Versioned } from './table.ts'
import type { Tx } from './tx.ts'

export type Reader<K extends Key, R> = {
  one(tx: Tx, key: K): Promise<Readonly<R> | undefined>
  all(tx: Tx, key: K, o?: { fresh: boolean }): Promise<readonly Readonly<R>[]>
  /** Reads a versioned row and makes the commit depend on its version. */
  guard<T>(tx: Tx, table: Table<T>, key: K): Promise<(Guarded<R> & R) | undefined>
  /** The same for every row under the key. */
  guardAll<T>(tx: Tx, table: Table<T>, key: K): Promise<(Guarded<R> & R)[]>
}

/**
 * Declares a coalesced read: one statement answers everybody who asked while the last one was under way. Its rows name their key in the column `by`.
 * `keep_ms` is for what changes rarely (a shop's rules, a product's tax class): an answer is used again for so long, unless a
 * command of this process writes to one of its tables, or `forget` is told that another did. What is kept cannot be guarded;
 * a request that starts over reads everything anew.
 */
export function reader<K extends Key, R>(
  by: keyof R & string,
  ask: (keys: K[]) => Statement,
  o: { keep_ms?: number } = {},
): Reader<K, R> {
  const lookup: Lookup = { by, ask: ask as Lookup['ask'], keep_ms: o.keep_ms ?? 0 }
  const guarded = <T>(tx: Tx, table: Table<T>, row: unknown) => {
    if (lookup.keep_ms > 0) throw new Error(`what is kept cannot be guarded: ${table.name}`)
    const { id, version } = row as Versioned
    tx.guard(table as Table<never>, id as Id, version)
    return row as Guarded<R> & R
  }
  return {
    one: async (tx, key) => (await tx.read(lookup, key))[0] as Readonly<R> | undefined,
    all: (tx, key, o) => tx.read(lookup, key, o?.fresh) as Promise<readonly Readonly<R>[]>,
    async guard(tx, table, key) {
      const row = (await tx.read(lookup, key))[0]
      return row === undefined ? undefined : guarded(tx, table, row)
    },
    guardAll: async (tx, table, key) => (await tx.read(lookup, key)).map((row) => guarded(tx, table, row)),
  }
}
