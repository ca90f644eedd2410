export {
  cancelled,
  closed,
  linesOf,
  orderByExternal,
  openOrder,
  orderById,
  partCancelled,
  place,
  touch,
  type Cancelled,
  type Draft,
  type Line,
  type OpenOrder,
} from './orders.ts'
export { OrderCancelled, OrderClosed, OrderPartCancelled, OrderPlaced } from './events.ts'
export { OrderMissing, OrderNotOpen } from './refusals.ts'
