import { Type } from 'typebox'
import { event } from '#kernel/journal'
const id = Type.Integer()
export const ShortageOpened = event(
  'fulfilment.shortage_opened',
  Type.Object({ shortage: id, order: id, sku: id, place: id, quantity: id }),
)
export const ShortageClosed = event(
  'fulfilment.shortage_closed',
  Type.Object({ shortage: id, order: id, sku: id, state: Type.String() }),
)
