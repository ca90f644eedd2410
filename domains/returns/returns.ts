import { table, type Tx } from '#kernel/gate'
type Row = {
  id: number
  order: number
  lines: { line: number; quantity: number }[]
  place: number
  condition: number
  refund: number
  /** Why, in somebody's words, with the persons. */
  note: string | null
  happened_at: Date
  recorded_at: Date
}
const recordTable = table<Row>('returns.record', {
  id: 'bigint',
  order: 'bigint',
  lines: 'jsonb',
  place: 'integer',
  condition: 'smallint',
  refund: 'bigint',
  note: 'uuid',
  happened_at: 'timestamptz',
  recorded_at: 'timestamptz',
})
/** What came back of which original lines, in which condition, and what was given for it. */
export const recordReturn = (
  tx: Tx,
  r: Omit<Row, 'id' | 'recorded_at' | 'happened_at' | 'note'> & { note?: string; happenedAt?: Date },
): number =>
  tx.insert(recordTable, {
    id: tx.number(),
    order: r.order,
    lines: r.lines,
    place: r.place,
    condition: r.condition,
    refund: r.refund,
    note: r.note ?? null,
    happened_at: r.happenedAt ?? tx.now,
    recorded_at: tx.now,
  }).id
