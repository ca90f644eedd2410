export { pricesAt, rateOf, setPrice, terms, type Terms, type Term } from './prices.ts'
export { quote, type Quote, type QuoteLine, type QuotedLine } from './quote.ts'
export { PriceChangedEvent } from './events.ts'
export { PriceChanged, Unpriced } from './refusals.ts'
