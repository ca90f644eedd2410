export {
  condition,
  heldFor,
  inTransit,
  onHand,
  shippedOn,
  shortOf,
  type Condition,
  type Goods,
} from './accounts.ts'
export { freeOn, shelfFor, shelfNumbers, shelvesLately, shelvesOf, type Shelf } from './shelves.ts'
export { adjust, count, opening, receive } from './receive.ts'
export { cover, coverElsewhere, hold, lack, release, releaseShort } from './hold.ts'
export { giveBack, hand, ship } from './ship.ts'
export { arrive, openJourney, send, type Journey } from './journey.ts'
export {
  StockArrived,
  StockCounted,
  StockCovered,
  StockReceived,
  StockReleased,
  StockReturned,
  StockSent,
  StockShipped,
} from './events.ts'
export { JourneyMissing, NothingHeld, NotEnough, OutOfStock } from './refusals.ts'
