import { table } from '#kernel/gate'

export const kinds = [
  'ship',
  'capture',
  'cancel',
  'archive',
  'resume',
  'file_in',
  'file_out',
  'reprice',
  'solve',
  'assign',
  'send',
] as const
export type Kind = (typeof kinds)[number]
export type RunState = 'running' | 'finished' | 'cancelled' | 'failed' | 'undoing' | 'undone'
export type Reason = 'customer' | 'mistake' | 'stock' | 'faulty'
/** Whole yen, or percent of the usual price. */
export type Reprice = { by: 'percent' | 'yen'; change: number; round: number; from?: string }
/** Who sees to a shortage, and until when. */
export type Assign = { owner: string; deadline: string }
/** What an action needs to know besides its rows. */
export type How = { reason?: Reason; category?: number; reprice?: Reprice; assign?: Assign }
export type RunRow = {
  id: string
  digest: string
  shop: number
  kind: Kind
  how: How
  filter: object
  lang: 'ja' | 'en'
  staff: number
  session: string | null
  origin: string | null
  /** Whoever asked has given their own PIN with it. */
  pin: boolean
  undo_staff: number | null
  undo_session: string | null
  undo_origin: string | null
  matched: number
  amount: number | null
  done: number
  /** Was so already. */
  same: number
  refused: number
  undone: number
  kept: number
  state: RunState
  why: string | null
  ending: boolean
  started_at: Date
  ended_at: Date | null
  undone_at: Date | null
}
/** The gate locks a run's row, so that a cancelled one has no further items; the rest of it is written by statements. */
export const runTable = table<{ id: string; state: string }>('bulk.run', { id: 'uuid', state: 'text' })

export type Outcome = {
  run: string
  item: number
  outcome: 'done' | 'same' | 'refused'
  code: string | null
  detail: object | null
  before: object | null
  recorded_at: Date
}
export const outcomeTable = table<Outcome>(
  'bulk.outcome',
  {
    run: 'uuid',
    item: 'bigint',
    outcome: 'text',
    code: 'text',
    detail: 'jsonb',
    before: 'jsonb',
    recorded_at: 'timestamptz',
  },
  { outcome_pkey: 'rerun' },
  (r) => `${r.run} ${r.item}`,
)
export type Returned = Omit<Outcome, 'outcome' | 'before'> & { outcome: 'undone' | 'kept' }
export const returnedTable = table<Returned>(
  'bulk.returned',
  {
    run: 'uuid',
    item: 'bigint',
    outcome: 'text',
    code: 'text',
    detail: 'jsonb',
    recorded_at: 'timestamptz',
  },
  { returned_pkey: 'rerun' },
  (r) => `${r.run} ${r.item}`,
)
