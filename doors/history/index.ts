export { importOrders, minorUnits, NotTakenIn, Unreadable, type Report } from './import.ts'
