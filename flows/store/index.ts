export { sellAtTill, type TillSale } from './sell-at-till.ts'
