export { enrolBuyers, openShelves } from './beginnings.ts'
export { recordPastCredit } from './credit.ts'
export type { Document, Goods, Service } from './documents.ts'
export { recordPastAdjustment, recordPastSale, takenIn, type PastSale } from './sale.ts'
