import { Type } from 'typebox'
import { event } from '#kernel/journal'
/** A product or one of its SKUs was created, edited or archived. */
export const ProductChanged = event(
  'catalog.product_changed',
  Type.Object({ product: Type.Integer(), skus: Type.Array(Type.Integer()) }),
)
export const CategoryChanged = event(
  'catalog.category_changed',
  Type.Object({ categories: Type.Array(Type.Integer()) }),
)
