import { Type } from 'typebox'
import { event } from '#kernel/journal'
const id = Type.Integer()
export const OrderPlaced = event(
  'orders.placed',
  Type.Object({
    order: id,
    shop: id,
    channel: Type.String(),
    buyer: id,
    total: id,
    payment: Type.String(),
    lines: Type.Array(Type.Object({ line: id, sku: id, quantity: id })),
    skus: Type.Array(id),
  }),
)
const cancelled = Type.Object({
  order: id,
  /** Somebody decided so, or the payment did not come. */
  reason: Type.Enum(['desk', 'unpaid']),
  /** What they wrote about it, with the persons. */
  note: Type.Union([Type.String(), Type.Null()]),
  skus: Type.Array(id),
})
export const OrderCancelled = event('orders.cancelled', cancelled, [
  // Version 1 bore the words.
  (b: { reason: string }) => ({ ...b, reason: b.reason === 'unpaid' ? 'unpaid' : 'desk', note: null }),
])
/** What had not been shipped was given up, or a mall asks less for it (`skus` is empty); the rest stands. */
export const OrderPartCancelled = event('orders.part_cancelled', cancelled)
/** Nothing is left to do: everything was shipped or cancelled, and paid. */
export const OrderClosed = event('orders.closed', Type.Object({ order: id }))
