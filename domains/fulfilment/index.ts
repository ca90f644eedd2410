export { allocate, allocationsOf, splitLine, type Allocated, type Need } from './allocate.ts'
export { choose, type Plan, type Supply } from './choose.ts'
export { promiseOf, type Promised } from './promise.ts'
export { lastShipped, recordShipment, shipmentById } from './shipment.ts'
export {
  closeShortage,
  openShortage,
  reassign,
  shortageById,
  shortagesOf,
  type Shortage,
} from './shortage.ts'
export { ShortageOpened, ShortageClosed } from './events.ts'
export { ShortageMissing } from './refusals.ts'
