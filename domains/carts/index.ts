export {
  choose,
  close,
  create,
  forgetPerson,
  openCart,
  replaceLines,
  type CartLine,
  type Chosen,
  type OpenCart,
} from './carts.ts'
export { CartClosed, CartEmpty, CartMissing, CartUnready } from './refusals.ts'
