import { Type } from 'typebox'
import { event } from '#kernel/journal'

/** A shop was founded, or its rules, its name or its company's are others from now on. `changed` names what. */
export const ShopChanged = event(
  'shops.shop_changed',
  Type.Object({ shop: Type.Integer(), changed: Type.Array(Type.String()) }),
)
