export { momentsOf, pricesAt, rateOf, setPrice, terms, type Terms } from './prices.ts'
export { quote, type Quote } from './quote.ts'
export { PriceChangedEvent } from './events.ts'
export { baseAt, inTheWay, together, usualPrice, type Moment } from './plan.ts'
export {
  FirstPrice,
  NoSuchPlan,
  PastPrice,
  PriceChanged,
  PriceInTheWay,
  SaleBackwards,
  Unpriced,
} from './refusals.ts'
