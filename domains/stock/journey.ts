import { sql } from '#kernel/db'
import { reader, table, type Guarded, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { move, post } from '#kernel/ledger'
import { inTransit, onHand } from './accounts.ts'
import { StockArrived, StockSent } from './events.ts'
import { JourneyMissing, tooFew } from './refusals.ts'
import { unpack, unshelve, type Named, type Unit } from './serials.ts'

type JourneyLine = { line: number; sku: number; quantity: number }
type Row = {
  id: number
  origin: number
  target: number
  state: 'under_way' | 'arrived'
  lines: JourneyLine[]
  sent_at: Date
  arrived_at: Date | null
}
export type Journey = Guarded<Row & { version: number }> & Row
const journeyTable = table<Row>('stock.journey', {
  id: 'bigint',
  origin: 'integer',
  target: 'integer',
  state: 'text',
  lines: 'jsonb',
  sent_at: 'timestamptz',
  arrived_at: 'timestamptz',
})
const byId = reader<number, Row & { version: number }>(
  'id',
  (ids) =>
    sql`select id, version, origin, target, state, lines, sent_at, arrived_at from stock.journey where id = any(${ids}::bigint[])`,
)

/** Goods leave one of our places for another; until they arrive they can be sold from neither. */
export function send(
  tx: Tx,
  ask: {
    origin: number
    target: number
    lines: readonly { sku: number; shelf: number; quantity: number; code: string; serials?: Named }[]
  },
): number {
  const id = tx.number()
  const lines = ask.lines.map((l) => ({
    line: tx.number(),
    sku: l.sku,
    quantity: l.quantity,
    shelf: l.shelf,
    code: l.code,
    serials: l.serials,
  }))
  tx.insert(journeyTable, {
    id,
    origin: ask.origin,
    target: ask.target,
    state: 'under_way',
    lines: lines.map((l) => ({ line: l.line, sku: l.sku, quantity: l.quantity })),
    sent_at: tx.now,
    arrived_at: null,
  })
  post(tx, {
    moves: lines.map((l) =>
      move(
        onHand(l.shelf, { sku: l.sku, place: ask.origin }),
        inTransit(l.line, { sku: l.sku, place: ask.target }),
        l.quantity,
      ),
    ),
    reason: 'stock.sent',
    ref: id,
    no: tooFew(lines),
  })
  for (const l of lines) if (l.serials) unshelve(tx, l.serials, l.shelf, { journey: id, line: l.line })
  append(tx, StockSent, {
    subject: `journey:${id}`,
    body: { journey: id, origin: ask.origin, target: ask.target, skus: lines.map((l) => l.sku) },
  })
  return id
}
export async function openJourney(tx: Tx, id: number): Promise<Journey> {
  const j = await byId.guard(tx, journeyTable, id)
  if (!j || j.state !== 'under_way') throw JourneyMissing({ transfer: id })
  return j
}
/** They have arrived, those with a number of their own with it. */
export function arrive(
  tx: Tx,
  journey: Journey,
  shelfOf: (sku: number) => number,
  units: readonly Unit[],
): void {
  tx.update(journeyTable, journey, { state: 'arrived', arrived_at: tx.now })
  post(tx, {
    moves: journey.lines.map((l) =>
      move(
        inTransit(l.line, { sku: l.sku, place: journey.target }),
        onHand(shelfOf(l.sku), { sku: l.sku, place: journey.target }),
        l.quantity,
      ),
    ),
    reason: 'stock.arrived',
    ref: journey.id,
    no: () => JourneyMissing({ transfer: journey.id }),
  })
  for (const u of units) unpack(tx, [u], shelfOf(u.sku))
  append(tx, StockArrived, {
    subject: `journey:${journey.id}`,
    body: { journey: journey.id, target: journey.target, skus: journey.lines.map((l) => l.sku) },
  })
}
