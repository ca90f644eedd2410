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
export const OrderCancelled = event(
  'orders.cancelled',
  Type.Object({ order: id, reason: Type.String(), skus: Type.Array(id) }),
)
/** Nothing is left to do: everything was shipped or cancelled, and paid. */
export const OrderClosed = event('orders.closed', Type.Object({ order: id }))
