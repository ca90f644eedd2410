export {
  archiveProduct,
  changeProduct,
  createProduct,
  restoreProduct,
  type SaveProduct,
} from './save-product.ts'
export { editCells, type Cells } from './edit-cells.ts'
export { restoreVersion, wouldRestore, type Difference } from './restore-version.ts'
export { planPrices, withdrawPrice } from './plan-prices.ts'
export {
  changeCategory,
  closeCategory,
  createCategory,
  fileProducts,
  moveCategory,
  orderCategory,
} from './categories.ts'
