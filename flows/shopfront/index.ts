export { Finder } from './finder.ts'
export { type Facets } from './facets.ts'
export {
  Shopfront,
  type Card,
  type Detail,
  type ListAsk,
  type ListAnswer,
  type ShopInfo,
} from './shopfront.ts'
