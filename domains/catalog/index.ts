export {
  addCategory,
  addProduct,
  skuByCode,
  skuById,
  skusOrUnknown,
  skusByCode,
  skusById,
  skusIfKnown,
  type Sku,
} from './catalog.ts'
export {
  archiveProduct,
  categoryIds,
  changeProduct,
  createProduct,
  demandFree,
  holdersOf,
  partsOf,
  productByCode,
  productNow,
  productToEdit,
  type Edited,
  type ProductDraft,
} from './edit.ts'
export {
  declaredFields,
  declareFields,
  flatFields,
  withFields,
  type Field,
  type FieldValue,
} from './fields.ts'
export { demandFit, units, variantsMost, type SkuDraft } from './fit.ts'
export { isJan } from './jan.ts'
export { ProductChanged } from './events.ts'
export { CodeTaken, ProductMissing, SerialFixed, SkuArchived, SkuMissing } from './refusals.ts'
export type { Component, Option, ProductRow, SkuRow } from './tables.ts'
