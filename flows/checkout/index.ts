export { addToCart, changeCart, createCart, readCart, type CartAnswer } from './cart.ts'
export { prepare, prepareAtOnce, readQuote, type QuoteAnswer } from './prepare.ts'
export { placeOrder, type Placed, type PlaceOrder } from './place-order.ts'
export { AgeNeeded, TooManyLines } from './refusals.ts'
