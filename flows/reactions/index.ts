export { earnOnShipment, shipmentEarns } from './earn-points.ts'
export { orderRows } from './order-rows.ts'
