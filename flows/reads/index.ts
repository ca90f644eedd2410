export {
  channelsSeen,
  orderDetail,
  orderList,
  orderMatches,
  orderMovements,
  orderRowsOf,
  orderSums,
  ordersSentTo,
  placesOf,
  type OrderFilter,
  type OrderMatch,
} from './orders.ts'
export { letterFacts } from './letters.ts'
export { movementsOf, stockList, stockMatches, transferList, type StockFilter } from './stock.ts'
export {
  anyStaffByMark,
  ownerAwaited,
  personsMarked,
  pinsOf,
  staffByInvitation,
  staffByMark,
  staffCard,
  staffCards,
  staffIn,
  staffList,
} from './staff.ts'
export { heldAt, setupState, type HeldAt, type SetupState } from './setup.ts'
export { shortageCodes, shortageList, shortageMatches, shortageRowsOf } from './shortages.ts'
export { lastProof, prooves, storeProof } from './proofs.ts'
export { productExport } from './product-export.ts'
export {
  categoryList,
  productCodes,
  productDetail,
  productList,
  productMatches,
  taxClasses,
} from './products.ts'
export {
  categoryNames,
  categoryProducts,
  categoryTree,
  priceMoments,
  productChanges,
  skuGrid,
} from './skus.ts'
export { listingList } from './listings.ts'
export { serialHistory, serialList } from './serials.ts'
export {
  placesOfTransfer,
  shopOfMember,
  shopOfOrder,
  shopOfShortage,
  shopsOfPerson,
  whereaboutsOf,
} from './shops.ts'
export {
  customerList,
  customerMatches,
  customerRowsOf,
  identitiesOf,
  joinedWith,
  ordersOf,
  pointMovements,
} from './customers.ts'
export { soldOn, todayAndBefore, waitingNow } from './overview.ts'
