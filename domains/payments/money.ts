import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { account, kind, move, post, type Account } from '#kernel/ledger'
import { PaymentCaptured, PaymentRefunded } from './events.ts'
import { OverCaptured, OverRefunded } from './refusals.ts'

// owed + captured is what an order still is worth; a yen is in one of them, or outside.
const owedKind = kind({ number: 21, name: 'payments.owed', book: 'money', ephemeral: true })
const capturedKind = kind({ number: 22, name: 'payments.captured', book: 'money' })
// A gift back for which no sale of ours is known: below zero by what was given, one account for each such document.
const creditedKind = kind({ number: 23, name: 'payments.credited', book: 'money', floor: null })
const salesKind = kind({ number: 121, name: 'payments.sales', book: 'money', counter: true })
const refundedKind = kind({ number: 122, name: 'payments.refunded', book: 'money', counter: true })

type Purse = { shop: number; currency: string }
type Debt = Purse & { order: number }
const of = (d: Purse) => ({ unit: 0, currency: d.currency, shop: d.shop })
/** What the buyer still has to pay. */
export const owed = (d: Debt): Account => account(owedKind, d.order, of(d))
/** What has been paid and not given back: the most that can be refunded. */
export const captured = (d: Debt): Account => account(capturedKind, d.order, of(d))
const sales = (d: Purse) => account(salesKind, d.shop, of(d))
const refunded = (d: Purse) => account(refundedKind, d.shop, of(d))

type Row = {
  id: number
  order: number
  kind: 'capture' | 'refund'
  method: string
  amount: number
  /** What a refund followed from. */
  reason: 'desk' | 'cancelled' | 'returned' | null
  /** What somebody wrote about it, with the persons. */
  note: string | null
  actor: number
  happened_at: Date
  recorded_at: Date
}
const recordTable = table<Row>('payments.record', {
  id: 'bigint',
  order: 'bigint',
  kind: 'text',
  method: 'text',
  amount: 'bigint',
  reason: 'text',
  note: 'uuid',
  actor: 'bigint',
  happened_at: 'timestamptz',
  recorded_at: 'timestamptz',
})
const record = (
  tx: Tx,
  order: number,
  r: Pick<Row, 'kind' | 'method' | 'amount' | 'reason' | 'note' | 'happened_at'>,
) =>
  tx.insert(recordTable, {
    id: tx.number(),
    order,
    kind: r.kind,
    method: r.method,
    amount: r.amount,
    reason: r.reason,
    note: r.note,
    actor: tx.actor.id,
    happened_at: r.happened_at,
    recorded_at: tx.now,
  })

/** The sale: from now on this is owed. */
export function owe(tx: Tx, ask: Debt & { amount: number; happenedAt?: Date }): void {
  if (ask.amount > 0)
    post(tx, {
      moves: [move(sales(ask), owed(ask), ask.amount)],
      reason: 'payments.owed',
      ref: ask.order,
      ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
    })
}
/** Money arrived. Refused beyond what is owed: an overpayment waits for a person. */
export function capture(
  tx: Tx,
  ask: Debt & { amount: number; method: string; note?: string; happenedAt?: Date },
): void {
  if (ask.amount === 0) return
  post(tx, {
    moves: [move(owed(ask), captured(ask), ask.amount)],
    reason: 'payments.captured',
    ref: ask.order,
    ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
    no: (s) => OverCaptured({ owed: s[0]!.has, wanted: ask.amount }),
  })
  record(tx, ask.order, {
    kind: 'capture',
    method: ask.method,
    amount: ask.amount,
    reason: null,
    note: ask.note ?? null,
    happened_at: ask.happenedAt ?? tx.now,
  })
  append(tx, PaymentCaptured, {
    subject: `order:${ask.order}`,
    shop: ask.shop,
    body: { order: ask.order, amount: ask.amount, method: ask.method },
  })
}
/** The buyer need not pay this any more: cancelled before payment. */
export function waive(tx: Tx, ask: Debt & { amount: number }): void {
  if (ask.amount > 0)
    post(tx, {
      moves: [move(owed(ask), sales(ask), ask.amount)],
      reason: 'payments.waived',
      ref: ask.order,
      no: (s) => OverCaptured({ owed: s[0]!.has, wanted: ask.amount }),
    })
}
/** Money goes back. Never more than was captured and not yet given back, whoever asks at once. */
export function refund(
  tx: Tx,
  ask: Debt & {
    amount: number
    method: string
    reason: 'desk' | 'cancelled' | 'returned'
    note?: string
    happenedAt?: Date
  },
): void {
  if (ask.amount === 0) return
  post(tx, {
    moves: [move(captured(ask), refunded(ask), ask.amount)],
    reason: 'payments.refunded',
    ref: ask.order,
    ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
    no: (s) => OverRefunded({ captured: s[0]!.has, wanted: ask.amount }),
  })
  record(tx, ask.order, {
    kind: 'refund',
    method: ask.method,
    amount: ask.amount,
    reason: ask.reason,
    note: ask.note ?? null,
    happened_at: ask.happenedAt ?? tx.now,
  })
  append(tx, PaymentRefunded, {
    subject: `order:${ask.order}`,
    shop: ask.shop,
    ...(ask.happenedAt && { happenedAt: ask.happenedAt }),
    body: { order: ask.order, amount: ask.amount, reason: ask.reason },
  })
}

/** Money was given back and no sale of ours is known for it. A fact of the past, under the number of its document. */
export function credit(tx: Tx, ask: Purse & { document: number; amount: number; happenedAt: Date }): void {
  if (ask.amount > 0)
    post(tx, {
      moves: [move(account(creditedKind, ask.document, of(ask)), refunded(ask), ask.amount)],
      reason: 'payments.credited',
      ref: ask.document,
      happenedAt: ask.happenedAt,
    })
}

const refundsOf = reader<number, { order: number; actor: number; amount: number }>(
  'order',
  (orders) =>
    sql`select "order", actor, sum(amount)::bigint as amount from payments.record where "order" = any(${orders}::bigint[]) and kind = 'refund' group by "order", actor`,
)
/** What somebody has refunded of an order so far. */
export const refundedBy = async (tx: Tx, ask: { order: number; actor: number }): Promise<number> =>
  (await refundsOf.all(tx, ask.order)).find((r) => r.actor === ask.actor)?.amount ?? 0
