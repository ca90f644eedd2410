export {
  cancelled,
  closed,
  linesOf,
  orderByExternal,
  orderById,
  partCancelled,
  place,
  touch,
  type Cancelled,
  type Line,
} from './orders.ts'
export { OrderCancelled, OrderClosed, OrderPartCancelled, OrderPlaced } from './events.ts'
export { OrderMissing, OrderNotOpen } from './refusals.ts'
