import { table } from '#kernel/gate'
import type { FieldValue } from './fields.ts'
import { CategoryCodeTaken, CodeTaken } from './refusals.ts'

export type Text = { ja: string; en: string }
export type Component = { sku: number; quantity: number }
export type Option = { code: string; name: Text; values: { code: string; name: Text; colour?: string }[] }
/** One of a product's pictures. Without SKUs it is of all of them. */
export type Picture = {
  file: string
  width: number
  height: number
  /** Widths in which there is a smaller one. */
  sizes: number[]
  alt: Text
  skus: number[]
}
export type ProductRow = {
  id: number
  code: string
  brand: string | null
  name: Text
  kana: string | null
  summary: Text | null
  description: Text | null
  tax_class: string
  /** From its moment on instead of the one above. */
  next_tax_class: string | null
  next_tax_from: Date | null
  age: number | null
  picture: string | null
  pictures: Picture[]
  options: Option[]
  categories: number[]
  /** A merchant's own fields, under the name of their extension. */
  extension: Record<string, Record<string, FieldValue>>
  created_at: Date
  archived_at: Date | null
}
export type SkuRow = {
  id: number
  product: number
  code: string
  jan: string | null
  options: Record<string, string>
  position: number
  unit: string
  decimals: number
  case_pack: number | null
  weight_grams: number | null
  lot_kept: boolean
  serial_kept: boolean
  components: Component[] | null
  archived_at: Date | null
}

export type CategoryRow = {
  id: number
  code: string
  parent: number | null
  name: Text
  position: number
  /** Products that come first, in this order. */
  first: number[]
  archived_at: Date | null
}
export const categoryTable = table<CategoryRow>(
  'catalog.category',
  {
    id: 'integer',
    code: 'text',
    parent: 'integer',
    name: 'jsonb',
    position: 'integer',
    first: 'jsonb',
    archived_at: 'timestamptz',
  },
  { category_code_key: (r) => CategoryCodeTaken({ code: r.code, at: 'code' }) },
)
export const productTable = table<ProductRow>(
  'catalog.product',
  {
    id: 'bigint',
    code: 'text',
    brand: 'text',
    name: 'jsonb',
    kana: 'text',
    summary: 'jsonb',
    description: 'jsonb',
    tax_class: 'text',
    next_tax_class: 'text',
    next_tax_from: 'timestamptz',
    age: 'smallint',
    picture: 'text',
    pictures: 'jsonb',
    options: 'jsonb',
    categories: 'jsonb',
    extension: 'jsonb',
    created_at: 'timestamptz',
    archived_at: 'timestamptz',
  },
  // Two facts about one code that nobody knows, at once: the later finds what the earlier registered.
  { product_code_key: 'rerun' },
)
export const skuTable = table<SkuRow>(
  'catalog.sku',
  {
    id: 'bigint',
    product: 'bigint',
    code: 'text',
    jan: 'text',
    options: 'jsonb',
    position: 'smallint',
    unit: 'text',
    decimals: 'smallint',
    case_pack: 'integer',
    weight_grams: 'integer',
    lot_kept: 'boolean',
    serial_kept: 'boolean',
    components: 'jsonb',
    archived_at: 'timestamptz',
  },
  {
    sku_code_key: 'rerun',
    sku_jan_key: (r) => CodeTaken({ code: r.jan ?? r.code }),
  },
)

/** Columns of a product, and of its SKUs by their numbers, as far as a change touched them; null is a SKU that was not there. */
export type Image = {
  product: Partial<ProductRow>
  skus: Record<string, Partial<SkuRow> | null>
}
export type ChangeRow = {
  id: number
  product: number
  version: number
  at: Date
  actor: number
  what: 'created' | 'changed' | 'archived' | 'resumed' | 'restored'
  before: Image
  after: Image
}
export const changeTable = table<ChangeRow>('catalog.change', {
  id: 'bigint',
  product: 'bigint',
  version: 'integer',
  at: 'timestamptz',
  actor: 'bigint',
  what: 'text',
  before: 'jsonb',
  after: 'jsonb',
})
