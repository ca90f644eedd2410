export { importOrders, NotTakenIn, Unreadable, type Report } from './import.ts'
