import { Type } from 'typebox'
import { event } from '#kernel/journal'
// Every one names its SKUs: whoever shows stock needs no more to know what to look at again.
const id = Type.Integer()
const skus = Type.Array(id)
export const StockReceived = event('stock.received', Type.Object({ place: id, skus, reason: Type.String() }))
export const StockCounted = event('stock.counted', Type.Object({ place: id, skus }))
export const StockShipped = event('stock.shipped', Type.Object({ order: id, shipment: id, skus }))
export const StockReleased = event('stock.released', Type.Object({ order: id, skus }))
export const StockCovered = event('stock.covered', Type.Object({ order: id, shortage: id, skus }))
export const StockReturned = event('stock.returned', Type.Object({ order: id, record: id, skus }))
export const StockSent = event('stock.sent', Type.Object({ journey: id, origin: id, target: id, skus }))
export const StockArrived = event('stock.arrived', Type.Object({ journey: id, target: id, skus }))
/** A unit with a number of its own is somewhere else now. `serial` is the unit's, not what is written on it. */
export const SerialMoved = event(
  'stock.serial_moved',
  Type.Object({
    serial: id,
    sku: id,
    state: Type.String(),
    shelf: Type.Optional(id),
    journey: Type.Optional(id),
    order: Type.Optional(id),
  }),
)
