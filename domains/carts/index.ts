export { choose, close, create, openCart, replaceLines, type CartLine, type OpenCart } from './carts.ts'
export { CartClosed, CartEmpty, CartMissing, CartUnready } from './refusals.ts'
