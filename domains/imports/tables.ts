import { table } from '#kernel/gate'

/** What is wrong with a cell: its line, its column in the file, and why, as a refusal's code and detail. */
export type Fault = {
  readonly line: number
  /** From 1; 0: the row as a whole. */
  readonly column: number
  readonly head: string
  readonly code: string
  readonly detail: Readonly<Record<string, unknown>>
}
export type Counts = {
  created: number
  changed: number
  unchanged: number
  discontinued: number
  /** Prices that were set. */
  prices: number
  faulty: number
}
export type State = 'running' | 'cancelled' | 'done' | 'undoing' | 'undone'
/** A field of ours, and the columns of the file that fill it. */
export type Columns = Readonly<Record<string, readonly string[]>>
export type RunRow = {
  id: number
  file: string
  terms: string
  attempt: number
  name: string
  encoding: string
  shop: number
  list: string
  headings: readonly string[]
  prices_from: Date | null
  discontinue: boolean
  state: State
  rows: number
  staff: number
  started_at: Date
  ended_at: Date | null
  undone_at: Date | null
}
export const runTable = table<RunRow>(
  'imports.run',
  {
    id: 'bigint',
    file: 'text',
    terms: 'text',
    attempt: 'integer',
    name: 'text',
    encoding: 'text',
    shop: 'integer',
    list: 'text',
    headings: 'jsonb',
    prices_from: 'timestamptz',
    discontinue: 'boolean',
    state: 'text',
    rows: 'bigint',
    staff: 'bigint',
    started_at: 'timestamptz',
    ended_at: 'timestamptz',
    undone_at: 'timestamptz',
  },
  { run_file_terms_attempt_key: 'rerun' },
)
export type BatchRow = Counts & {
  run: number
  line: number
  rows: number
  faults: readonly Fault[]
  /** The faulty rows by their lines, as they stand in the file. */
  failed: readonly (readonly [number, string])[]
  recorded_at: Date
}
export const batchTable = table<BatchRow>(
  'imports.batch',
  {
    run: 'bigint',
    line: 'bigint',
    rows: 'integer',
    created: 'integer',
    changed: 'integer',
    unchanged: 'integer',
    discontinued: 'integer',
    prices: 'integer',
    faulty: 'integer',
    faults: 'jsonb',
    failed: 'jsonb',
    recorded_at: 'timestamptz',
  },
  { batch_pkey: 'rerun' },
  (r) => `${r.run} ${r.line}`,
)
export type TouchedPrice = { sku: number; price: number; from: string; was: number | null }
export type Touched = {
  run: number
  line: number
  product: number
  kind: 'new' | 'changed' | 'unchanged' | 'discontinued'
  after: number
  /** The product and its SKUs as they were; null where there was none. */
  before: object | null
  prices: readonly TouchedPrice[]
}
export const touchedTable = table<Touched>('imports.touched', {
  run: 'bigint',
  line: 'bigint',
  product: 'bigint',
  kind: 'text',
  after: 'integer',
  before: 'jsonb',
  prices: 'jsonb',
})
type Undone = {
  run: number
  line: number
  product: number
  outcome: 'restored' | 'archived' | 'kept'
  why: string | null
  recorded_at: Date
}
export const undoneTable = table<Undone>(
  'imports.undone',
  {
    run: 'bigint',
    line: 'bigint',
    product: 'bigint',
    outcome: 'text',
    why: 'text',
    recorded_at: 'timestamptz',
  },
  { undone_pkey: 'rerun' },
  (r) => `${r.run} ${r.product}`,
)
