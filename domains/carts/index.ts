export {
  choose,
  close,
  create,
  forgetPerson,
  openCart,
  replaceLines,
  type Chosen,
  type OpenCart,
} from './carts.ts'
export { CartClosed, CartEmpty, CartMissing, CartUnready } from './refusals.ts'
