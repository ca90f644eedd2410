export { orderDetail, orderList, orderMovements, orderView, type OrderDetail } from './orders.ts'
export { movementsOf, stockList, transferList, type StockRow } from './stock.ts'
export { shortageList } from './shortages.ts'
export { lastProof, prooves, storeProof } from './proofs.ts'
