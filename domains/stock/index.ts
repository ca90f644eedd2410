export { condition, shortOf, type Condition, type Goods } from './accounts.ts'
export { freeOn, shelfFor, shelfNumbers, shelvesLately, shelvesOf, type Shelf } from './shelves.ts'
export { adjust, count, opening, receive, takeIn } from './receive.ts'
export { cover, coverElsewhere, hold, lack, release, releaseShort } from './hold.ts'
export { giveBack, hand, ship } from './ship.ts'
export { arrive, openJourney, send } from './journey.ts'
export {
  SerialMoved,
  StockArrived,
  StockCounted,
  StockCovered,
  StockReceived,
  StockReleased,
  StockReturned,
  StockSent,
  StockShipped,
} from './events.ts'
export {
  CountBySerial,
  JourneyMissing,
  NothingHeld,
  NotEnough,
  OutOfStock,
  SerialMissing,
  SerialsNeeded,
  SerialsNotKept,
} from './refusals.ts'
export {
  nameUnits,
  serialsSoldOn,
  standing,
  unitsFor,
  unitsOn,
  unitsUnderWay,
  type Named,
} from './serials.ts'
