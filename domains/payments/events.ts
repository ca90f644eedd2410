import { Type } from 'typebox'
import { event } from '#kernel/journal'
const id = Type.Integer()
export const PaymentCaptured = event(
  'payments.captured',
  Type.Object({ order: id, amount: id, method: Type.String() }),
)
export const PaymentRefunded = event(
  'payments.refunded',
  Type.Object({ order: id, amount: id, reason: Type.Enum(['desk', 'cancelled', 'returned']) }),
  // Version 1 bore the words, where somebody had decided it at the desk.
  [
    (b: { reason: string }) => ({
      ...b,
      reason: b.reason === 'cancelled' || b.reason === 'returned' ? b.reason : 'desk',
    }),
  ],
)
