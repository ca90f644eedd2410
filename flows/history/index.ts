export { enrolBuyers, openShelves } from './beginnings.ts'
export { recordPastCredit, type PastCredit } from './credit.ts'
export type { Document, Goods, Service } from './documents.ts'
export { recordPastAdjustment, recordPastSale, takenIn, type PastAdjustment, type PastSale } from './sale.ts'
