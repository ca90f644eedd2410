export { shipmentEarns } from './earn-points.ts'
export { toMail } from './to-mail.ts'
export { orderRows } from './order-rows.ts'
