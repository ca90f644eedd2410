import type { ProductDraft } from './edit.ts'
import type { SkuDraft } from './fit.ts'
import type { ProductRow, SkuRow } from './tables.ts'

/** What is there, as an editor would tell it: whoever changes one thing keeps the others. */
export const draftOf = (p: ProductRow): Omit<ProductDraft, 'pictures'> => ({
  code: p.code,
  brand: p.brand,
  name: p.name,
  kana: p.kana,
  summary: p.summary,
  description: p.description,
  tax_class: p.tax_class,
  age: p.age,
  picture: p.picture,
  options: p.options,
  categories: p.categories,
  fields: {},
})
export const skuDraftOf = (s: SkuRow): SkuDraft => ({
  id: s.id,
  code: s.code,
  jan: s.jan,
  options: s.options,
  unit: s.unit,
  decimals: s.decimals,
  case_pack: s.case_pack,
  weight_grams: s.weight_grams,
  lot_kept: s.lot_kept,
  serial_kept: s.serial_kept,
  components: s.components,
  archived: s.archived_at !== null,
})
