import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'

/** Where a document of the past stands: its file and its first line. Never what it says, for two lines may say the same. */
export type Spot = { readonly file: string; readonly line: number }
export type Kind = 'opening' | 'buyers' | 'sale' | 'credit' | 'adjustment'
type Row = Spot & {
  kind: Kind
  ref: number | null
  /** Ten-thousandths of a minor unit, as the file says. */
  told: number
  units: number
  amount: number
  refunded: number
  unlinked_units: number
  credited: number
  recorded_at: Date
}
const documentTable = table<Row>(
  'history.document',
  {
    file: 'text',
    line: 'bigint',
    kind: 'text',
    ref: 'bigint',
    told: 'bigint',
    units: 'bigint',
    amount: 'bigint',
    refunded: 'bigint',
    unlinked_units: 'bigint',
    credited: 'bigint',
    recorded_at: 'timestamptz',
  },
  { document_pkey: 'rerun' },
  (r) => `${r.file} ${r.line} ${r.kind}`,
)
const known = reader<string, { key: string; ref: number | null }>(
  'key',
  (keys) => sql`
  select k.key, d.ref from unnest(${keys}::text[]) k(key) join history.document d
    on d.file = split_part(k.key, ' ', 1) and d.line = split_part(k.key, ' ', 2)::bigint and d.kind = split_part(k.key, ' ', 3)`,
)

/** Whether the document was taken in before, and what became of it. */
export const documentAt = (tx: Tx, at: Spot, kind: Kind) => known.one(tx, `${at.file} ${at.line} ${kind}`)
/** Says that it is taken in, in the same commit as what it became. */
export const recordDocument = (
  tx: Tx,
  at: Spot,
  d: { kind: Kind } & Partial<Omit<Row, 'file' | 'line' | 'recorded_at'>>,
): void =>
  void tx.insert(documentTable, {
    ref: null,
    told: 0,
    units: 0,
    amount: 0,
    refunded: 0,
    unlinked_units: 0,
    credited: 0,
    ...d,
    file: at.file,
    line: at.line,
    recorded_at: tx.now,
  })
