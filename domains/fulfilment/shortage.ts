import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { ShortageClosed, ShortageOpened } from './events.ts'
import { ShortageMissing } from './refusals.ts'

type Row = {
  id: number
  allocation: number
  order: number
  line: number
  sku: number
  place: number
  owner: string
  deadline: Date
  next_step: string
  state: 'open' | 'solved' | 'cancelled'
  opened_at: Date
  closed_at: Date | null
}
type Known = Row & { version: number }
export type Shortage = Guarded<Known> & Known
const shortageTable = table<Row>('fulfilment.shortage', {
  id: 'bigint',
  allocation: 'bigint',
  order: 'bigint',
  line: 'smallint',
  sku: 'bigint',
  place: 'integer',
  owner: 'text',
  deadline: 'timestamptz',
  next_step: 'text',
  state: 'text',
  opened_at: 'timestamptz',
  closed_at: 'timestamptz',
})
const byId = reader<number, Known>(
  'id',
  (ids) =>
    sql`select id, version, allocation, "order", line, sku, place, owner, deadline, next_step, state, opened_at, closed_at from fulfilment.shortage where id = any(${ids}::bigint[])`,
)
const byOrder = reader<number, Known>(
  'order',
  (ids) =>
    sql`select id, version, allocation, "order", line, sku, place, owner, deadline, next_step, state, opened_at, closed_at from fulfilment.shortage where "order" = any(${ids}::bigint[]) and state = 'open' order by "order", id`,
)

/** Somebody must find goods: who, until when, and what to do first. How many stands in the ledger. */
export function openShortage(
  tx: Tx,
  s: {
    allocation: number
    order: number
    line: number
    sku: number
    place: number
    owner: string
    deadline: Date
    next_step: string
    quantity: number
  },
): number {
  const id = tx.number()
  tx.insert(shortageTable, {
    id,
    allocation: s.allocation,
    order: s.order,
    line: s.line,
    sku: s.sku,
    place: s.place,
    owner: s.owner,
    deadline: s.deadline,
    next_step: s.next_step,
    state: 'open',
    opened_at: tx.now,
    closed_at: null,
  })
  append(tx, ShortageOpened, {
    subject: `order:${s.order}`,
    body: { shortage: id, order: s.order, sku: s.sku, place: s.place, quantity: s.quantity },
  })
  return id
}
export async function shortageById(tx: Tx, id: number): Promise<Shortage> {
  const s = await byId.guard(tx, shortageTable, id)
  if (!s || s.state !== 'open') throw ShortageMissing({ shortage: id })
  return s
}
/** The open shortages of an order. */
export const shortagesOf = (tx: Tx, order: number): Promise<Shortage[]> =>
  byOrder.guardAll(tx, shortageTable, order)
export function closeShortage(tx: Tx, s: Shortage, state: 'solved' | 'cancelled'): void {
  tx.update(shortageTable, s, { state, closed_at: tx.now })
  append(tx, ShortageClosed, {
    subject: `order:${s.order}`,
    body: { shortage: s.id, order: s.order, sku: s.sku, state },
  })
}
export const reassign = (tx: Tx, s: Shortage, to: { owner: string; deadline: Date }): void =>
  tx.update(shortageTable, s, { owner: to.owner, deadline: to.deadline })
