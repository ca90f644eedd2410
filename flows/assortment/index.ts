export {
  archiveProduct,
  changeProduct,
  createProduct,
  restoreProduct,
  type SaveProduct,
} from './save-product.ts'
