export { Finder } from './finder.ts'
export type { Facets } from './facets.ts'
export type { Card, Detail, ListAnswer, ListAsk, ShopInfo } from './shapes.ts'
export { Shopfront } from './shopfront.ts'
