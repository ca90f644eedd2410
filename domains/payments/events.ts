import { Type } from 'typebox'
import { event } from '#kernel/journal'
const id = Type.Integer()
export const PaymentCaptured = event(
  'payments.captured',
  Type.Object({ order: id, amount: id, method: Type.String() }),
)
export const PaymentRefunded = event(
  'payments.refunded',
  Type.Object({ order: id, amount: id, reason: Type.String() }),
)
