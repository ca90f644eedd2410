import type { Vault } from '#domains/persons'
import type { Tx } from '#kernel/gate'
import { demandWhole, pictureOf } from './picture.ts'
import { demandRefundable } from './refundable.ts'
import { orders, payments, persons } from './rooms.ts'

export type CapturePayment = { order: number; amount: number; note?: string; happened_at?: string }
/** Money for an order has arrived: by transfer, or handed over by the carrier who collected it. */
export const capturePayment = (vault: Vault) =>
  async function capturePayment(tx: Tx, ask: CapturePayment): Promise<{ owed: number; captured: number }> {
    const p = await pictureOf(tx, ask.order)
    if (p.order.state === 'cancelled') throw orders.OrderNotOpen({ order: ask.order, state: p.order.state })
    const note = ask.note && (await persons.noteOn(tx, vault, { person: p.order.buyer, words: ask.note }))
    payments.capture(tx, {
      ...p.debt,
      amount: ask.amount,
      method: p.order.payment,
      ...(note && { note: note() }),
      ...(ask.happened_at && { happenedAt: new Date(ask.happened_at) }),
    })
    const done = p.owed === ask.amount && p.allocations.every((a) => a.held === 0)
    if (done && p.order.state === 'open') orders.closed(tx, p.order)
    else orders.touch(tx, p.order)
    return { owed: p.owed - ask.amount, captured: p.captured + ask.amount }
  }

export type RefundPayment = {
  order: number
  amount: number
  note: string
  within?: number
  /** They have given their own PIN with it. */
  pin?: boolean
}
/** Money goes back to the buyer: never more than was captured, whoever else refunds at the same moment. */
export const refundPayment = (vault: Vault) =>
  async function refundPayment(tx: Tx, ask: RefundPayment): Promise<{ captured: number }> {
    const p = await pictureOf(tx, ask.order, ask.within)
    demandWhole(p, ask.within)
    await demandRefundable(tx, p, { amount: ask.amount, pin: ask.pin })
    const note = await persons.noteOn(tx, vault, { person: p.order.buyer, words: ask.note })
    payments.refund(tx, {
      ...p.debt,
      amount: ask.amount,
      method: p.order.payment,
      reason: 'desk',
      note: note(),
    })
    orders.touch(tx, p.order)
    return { captured: p.captured - ask.amount }
  }
