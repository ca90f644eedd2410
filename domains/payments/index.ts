export { capture, credit, owe, owed, captured, refund, refundedBy, waive } from './money.ts'
export { PaymentCaptured, PaymentRefunded } from './events.ts'
export { MethodUnknown, OverCaptured, OverRefunded } from './refusals.ts'
