import type { Refusal } from '#kernel/refusal'

type Type =
  | 'uuid'
  | 'text'
  | 'bigint'
  | 'integer'
  | 'smallint'
  | 'boolean'
  | 'jsonb'
  | 'timestamptz'
  | 'date'
  | 'bytea'
/** A table as the gate writes it: set-wise, in the order of declaration, so that a parent is there before its children. */
export type Table<R> = {
  readonly name: string
  readonly columns: Readonly<Record<keyof R & string, Type>>
  readonly rank: number
  readonly clash: Readonly<Record<string, 'rerun' | ((row: R) => Refusal)>>
  /** What two rows of one batch may not share: the second request runs again, without the database having to say no. */
  readonly same: ((row: R) => string) | undefined
}
const declared = new Map<string, Table<never>>()

/**
 * Declares a table. A versioned one has `id` and `version` besides its columns and is changed only through a guard.
 * `clash` says what a broken unique constraint means: a refusal in words, or `rerun` where the flow would now find the other's row.
 */
export function table<R extends object>(
  name: string,
  columns: Record<keyof R & string, Type>,
  clash: Table<R>['clash'] = {},
  same?: (row: R) => string,
): Table<R> {
  if (declared.has(name)) throw new Error(`table ${name} is declared twice`)
  const made: Table<R> = { name, columns, rank: declared.size, clash, same }
  declared.set(name, made as Table<never>)
  return made
}
/** What a unique violation means, found by its constraint. */
export function clashOf(
  tableName: string,
  constraint: string,
): 'rerun' | ((row: never) => Refusal) | undefined {
  return declared.get(tableName)?.clash[constraint] as 'rerun' | ((row: never) => Refusal) | undefined
}

export type Id = string | number
export type Versioned = { readonly id: Id; readonly version: number }
declare const guarded: unique symbol
/** A row that must still be as it was read when the request commits. Only such a row can be changed or deleted. */
export type Guarded<R> = Readonly<R> & Versioned & { readonly [guarded]: true }
