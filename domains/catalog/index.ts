export {
  addCategory,
  addProduct,
  jan13,
  skuByCode,
  skuById,
  skusOrUnknown,
  skusByCode,
  skusById,
  type Component,
  type Sku,
} from './catalog.ts'
export { ProductChanged } from './events.ts'
export { CodeTaken, SkuArchived, SkuMissing } from './refusals.ts'
