export { momentsOf, pricesAt, rateOf, setPrice, terms, type Terms, type Term } from './prices.ts'
export { quote, type Quote, type QuoteLine, type QuotedLine } from './quote.ts'
export { PriceChangedEvent } from './events.ts'
export { baseAt, inTheWay, together, usualPrice, type Moment, type Rule } from './plan.ts'
export {
  FirstPrice,
  NoSuchPlan,
  PastPrice,
  PriceChanged,
  PriceInTheWay,
  SaleBackwards,
  Unpriced,
} from './refusals.ts'
