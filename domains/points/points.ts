import { Type } from 'typebox'
import { sql } from '#kernel/db'
import { reader, type Tx } from '#kernel/gate'
import { append, event } from '#kernel/journal'
import { account, balance, kind, move, post, type Account, type Move } from '#kernel/ledger'
import { refusal } from '#kernel/refusal'

// Paid points are prepaid instruments and stay apart from what is given (資金決済法); none are sold yet.
const freeKind = kind({ number: 41, name: 'points.free', book: 'points' })
const claimedKind = kind({
  number: 42,
  name: 'points.clawback',
  book: 'points',
  floor: null,
  ephemeral: true,
})
const issuedKind = kind({ number: 141, name: 'points.issued', book: 'points', counter: true })
const spentKind = kind({ number: 142, name: 'points.spent', book: 'points', counter: true })

const programme = 1
const main = { unit: programme }
/** A member's points. The owner is the identity that earned them, so that joining two customers can be undone. */
export const of = (member: number): Account => account(freeKind, member, main)
const issued = account(issuedKind, programme, main)
const spent = account(spentKind, programme, main)

export const PointsMoved = event(
  'points.moved',
  Type.Object({
    member: Type.Integer(),
    order: Type.Integer(),
    amount: Type.Integer(),
    reason: Type.String(),
  }),
)
/** Somebody of the staff gave or took points; `reason` is a code. */
export const PointsAdjusted = event(
  'points.adjusted',
  Type.Object({ member: Type.Integer(), amount: Type.Integer(), reason: Type.String() }),
)
export const PointsShort = refusal<{ has: number; wanted: number }>(
  'points.short',
  'refused',
  (d) => [
    `ポイント残高は${d.has}ポイントです（ご利用希望：${d.wanted}）。ポイントは使われていません。`,
    '残高までの数にしてください。',
  ],
  (d) => [`There are ${d.has} points (asked: ${d.wanted}). None were used.`, 'Use no more than there are.'],
)

const say = (tx: Tx, ask: { member: number; order: number; amount: number }, reason: string) =>
  append(tx, PointsMoved, {
    subject: `member:${ask.member}`,
    body: { member: ask.member, order: ask.order, amount: ask.amount, reason },
  })

export const balanceOf = (tx: Tx, member: number): Promise<number> => balance(tx, of(member))
/** Points for goods that have left the house. */
export function earn(tx: Tx, ask: { member: number; order: number; amount: number }): void {
  if (ask.amount <= 0) return
  post(tx, { moves: [move(issued, of(ask.member), ask.amount)], reason: 'points.earned', ref: ask.order })
  say(tx, ask, 'earned')
}
/** Never below zero, from however many channels at once. */
export function spend(tx: Tx, ask: { member: number; order: number; amount: number }): void {
  if (ask.amount <= 0) return
  post(tx, {
    moves: [move(of(ask.member), spent, ask.amount)],
    reason: 'points.spent',
    ref: ask.order,
    no: (s) => PointsShort({ has: s[0]!.has, wanted: ask.amount }),
  })
  say(tx, ask, 'spent')
}
/** What a member has, and for the rest a claim against them. */
function takenFrom(has: number, ask: { member: number; amount: number }, to: Account): Move[] {
  const now = Math.min(has, ask.amount)
  return [
    ...(now > 0 ? [move(of(ask.member), to, now)] : []),
    ...(ask.amount > now ? [move(account(claimedKind, ask.member, main), to, ask.amount - now)] : []),
  ]
}
/** A sale at the till has happened, also when the member has spent the points elsewhere meanwhile: what is missing stands against them as a claim. */
export async function spendAsFact(
  tx: Tx,
  ask: { member: number; amount: number; happenedAt: Date },
): Promise<(order: number) => void> {
  const has = await balanceOf(tx, ask.member)
  return (order) => {
    if (ask.amount <= 0) return
    post(tx, {
      moves: takenFrom(has, ask, spent),
      reason: 'points.spent',
      ref: order,
      happenedAt: ask.happenedAt,
      no: (s) => PointsShort({ has: s[0]!.has, wanted: ask.amount }),
    })
    say(tx, { ...ask, order }, 'spent')
  }
}
/** The order they paid for was cancelled. */
export function giveBackSpent(tx: Tx, ask: { member: number; order: number; amount: number }): void {
  if (ask.amount <= 0) return
  post(tx, { moves: [move(spent, of(ask.member), ask.amount)], reason: 'points.given_back', ref: ask.order })
  say(tx, ask, 'given_back')
}
/** Earned points of returned goods. What the member has already spent stands against them as a claim. */
export async function takeBack(
  tx: Tx,
  ask: { member: number; order: number; amount: number },
): Promise<() => void> {
  const has = await balanceOf(tx, ask.member)
  return () => {
    if (ask.amount <= 0) return
    post(tx, {
      moves: takenFrom(has, ask, issued),
      reason: 'points.taken_back',
      ref: ask.order,
      no: (s) => PointsShort({ has: s[0]!.has, wanted: ask.amount }),
    })
    say(tx, ask, 'taken_back')
  }
}

export const adjustReasons = ['goodwill', 'correction', 'campaign'] as const
/** Given (above zero) or taken (below) by hand. Nobody is left with less than none. */
export function adjust(
  tx: Tx,
  ask: { member: number; amount: number; reason: (typeof adjustReasons)[number] },
): void {
  const [from, to] = ask.amount > 0 ? [issued, of(ask.member)] : [of(ask.member), issued]
  post(tx, {
    moves: [move(from, to, Math.abs(ask.amount))],
    reason: `points.adjusted:${ask.reason}`,
    no: (s) => PointsShort({ has: s[0]!.has, wanted: -ask.amount }),
  })
  const { member, amount, reason } = ask
  append(tx, PointsAdjusted, { subject: `member:${member}`, body: { member, amount, reason } })
}

const earnedByOrder = reader<number, { order: number; amount: number }>(
  'order',
  (orders) => sql`
  select ref as order, sum(case reason when 'points.earned' then amount else -amount end)::bigint as amount from ledger.transfer
  where ref = any(${orders}::bigint[]) and book = 'points' and reason in ('points.earned', 'points.taken_back') group by ref`,
)
/** What an order has earned and not lost again. */
export async function earnedFor(tx: Tx, order: number): Promise<number> {
  return (await earnedByOrder.one(tx, order))?.amount ?? 0
}
