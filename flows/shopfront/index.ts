export { Finder } from './finder.ts'
export type { Card, Detail, ListAnswer, ListAsk, ListInJson, ShopInfo } from './shapes.ts'
export { Shopfront } from './shopfront.ts'
