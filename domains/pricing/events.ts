import { Type } from 'typebox'
import { event } from '#kernel/journal'
export const PriceChangedEvent = event(
  'pricing.price_changed',
  Type.Object({ shop: Type.Integer(), skus: Type.Array(Type.Integer()) }),
)
