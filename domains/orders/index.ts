export {
  cancelled,
  closed,
  linesOf,
  orderByExternal,
  openOrder,
  orderById,
  place,
  touch,
  type Draft,
  type Line,
  type OpenOrder,
} from './orders.ts'
export { OrderCancelled, OrderClosed, OrderPlaced } from './events.ts'
export { OrderMissing, OrderNotOpen } from './refusals.ts'
