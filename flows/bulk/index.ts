export { actions } from './actions.ts'
export { doItem, keepRefusal, undoItem } from './items.ts'
export { priced } from './on-products.ts'
