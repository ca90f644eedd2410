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
  categoriesLeft,
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
export { draftOf, skuDraftOf } from './drafts.ts'
export { demandFit, units, variantsMost, type SkuDraft } from './fit.ts'
export { isJan } from './jan.ts'
export {
  categoryCodes,
  categoryNow,
  categoryToEdit,
  changeCategory,
  childrenOf,
  createCategory,
  firstMost,
  placeOf,
  productsIn,
  refile,
  refiledMost,
} from './categories.ts'
export { before, changesSince } from './history.ts'
export { picturesShown, plainPicture } from './pictures.ts'
export { CategoryChanged, ProductChanged } from './events.ts'
export {
  CategoryGone,
  CategoryHasOthers,
  CodeTaken,
  EditedMeanwhile,
  PictureUnknown,
  ProductMissing,
  VersionMissing,
  SerialFixed,
  SkuArchived,
  SkuMissing,
} from './refusals.ts'
export type { ChangeRow, Component, Image, Option, Picture, ProductRow, SkuRow } from './tables.ts'
