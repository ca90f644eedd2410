import { sql } from '#kernel/db'
import { reader, type Tx } from '#kernel/gate'
import { append } from '#kernel/journal'
import { ProductChanged } from './events.ts'
import { SkuMissing } from './refusals.ts'
import {
  categoryTable,
  productTable,
  skuTable,
  type Component,
  type ProductRow,
  type SkuRow,
  type Text,
} from './tables.ts'

/** What a flow needs to know of a SKU. Quantities are whole numbers of its smallest unit, `decimals` of them to one `unit`. */
export type Sku = {
  id: number
  code: string
  jan: string | null
  product: number
  options: Record<string, string>
  decimals: number
  components: Component[] | null
  archived: boolean
  tax_class: string
  age: number | null
  name: Text
  product_code: string
  lot_kept: boolean
  /** Each unit bears a number of its own. */
  serial_kept: boolean
  /** Present on a code that nobody has registered: records it. */
  unknown?: () => void
}
const byId = reader<number, Sku>(
  'id',
  (ids) => sql`
  select s.id, s.code, s.jan, s.product, s.options, s.decimals, s.components, s.lot_kept, s.serial_kept, s.archived_at is not null or p.archived_at is not null as archived, case when p.next_tax_from <= now() then p.next_tax_class else p.tax_class end as tax_class, p.age, p.name, p.code as product_code
  from catalog.sku s join catalog.product p on p.id = s.product where s.id = any(${ids}::bigint[])`,
  { keep_ms: 30_000 },
)
const byCode = reader<string, Sku & { asked: string }>(
  'asked',
  (codes) => sql`
  select k.asked, s.id, s.code, s.jan, s.product, s.options, s.decimals, s.components, s.lot_kept, s.serial_kept, s.archived_at is not null or p.archived_at is not null as archived, case when p.next_tax_from <= now() then p.next_tax_class else p.tax_class end as tax_class, p.age, p.name, p.code as product_code
  from unnest(${codes}::text[]) k(asked) join lateral (select * from catalog.sku where code = k.asked union select * from catalog.sku where jan = k.asked limit 1) s on true join catalog.product p on p.id = s.product`,
  { keep_ms: 30_000 },
)

export async function skuById(tx: Tx, id: number): Promise<Sku> {
  const sku = await byId.one(tx, id)
  if (!sku) throw SkuMissing({ sku: id })
  return sku
}
export const skusById = (tx: Tx, ids: readonly number[]): Promise<Sku[]> =>
  Promise.all(ids.map((id) => skuById(tx, id)))
/** By our code or by JAN. */
export async function skuByCode(tx: Tx, code: string): Promise<Sku> {
  const sku = await byCode.one(tx, code)
  if (!sku) throw SkuMissing({ sku: code })
  return sku
}
/** For facts: what an outside system sold under a code we do not know is kept under that code, archived, until somebody says what it is. */
async function skuOrUnknown(tx: Tx, code: string): Promise<Sku> {
  const known = await byCode.one(tx, code)
  if (known) return known
  const product = tx.number()
  const id = tx.number()
  const name = { ja: `未登録の商品 ${code}`, en: `Unregistered item ${code}` }
  return {
    id,
    code,
    jan: null,
    product,
    options: {},
    decimals: 0,
    components: null,
    archived: true,
    tax_class: 'standard',
    age: null,
    name,
    product_code: `unregistered-${code}`,
    lot_kept: false,
    serial_kept: false,
    unknown: () =>
      addProduct(
        tx,
        {
          id: product,
          code: `unregistered-${code}`,
          brand: null,
          name,
          kana: null,
          summary: null,
          description: null,
          tax_class: 'standard',
          age: null,
          picture: null,
          options: [],
          categories: [],
          archived: true,
        },
        [
          {
            id,
            code,
            jan: null,
            options: {},
            position: 0,
            unit: 'piece',
            decimals: 0,
            case_pack: null,
            weight_grams: null,
            lot_kept: false,
            components: null,
          },
        ],
      ),
  }
}
/** The same for the lines of one fact: a code that stands on two of them is one new SKU. */
export function skusOrUnknown(tx: Tx, codes: readonly string[]): Promise<Sku[]> {
  const found = new Map<string, Promise<Sku>>()
  for (const c of codes) if (!found.has(c)) found.set(c, skuOrUnknown(tx, c))
  return Promise.all(codes.map((c) => found.get(c)!))
}
export const skusIfKnown = (tx: Tx, codes: readonly string[]): Promise<(Sku | undefined)[]> =>
  Promise.all(codes.map((c) => byCode.one(tx, c)))
export const skusByCode = (tx: Tx, codes: readonly string[]): Promise<Sku[]> =>
  Promise.all(codes.map((c) => skuByCode(tx, c)))

export function addCategory(
  tx: Tx,
  c: { id: number; code: string; parent: number | null; name: Text; position: number },
): void {
  tx.insert(categoryTable, {
    id: c.id,
    code: c.code,
    parent: c.parent,
    name: c.name,
    position: c.position,
    first: [],
    archived_at: null,
  })
}
export function addProduct(
  tx: Tx,
  p: Omit<
    ProductRow,
    'created_at' | 'extension' | 'archived_at' | 'next_tax_class' | 'next_tax_from' | 'pictures'
  > & {
    archived?: true
  },
  skus: readonly (Omit<SkuRow, 'product' | 'archived_at' | 'serial_kept'> & { serial_kept?: boolean })[],
): void {
  tx.insert(productTable, {
    id: p.id,
    code: p.code,
    brand: p.brand,
    name: p.name,
    kana: p.kana,
    summary: p.summary,
    description: p.description,
    tax_class: p.tax_class,
    next_tax_class: null,
    next_tax_from: null,
    age: p.age,
    picture: p.picture,
    pictures: [],
    options: p.options,
    categories: p.categories,
    extension: {},
    created_at: tx.now,
    archived_at: p.archived ? tx.now : null,
  })
  for (const s of skus)
    tx.insert(skuTable, {
      id: s.id,
      product: p.id,
      code: s.code,
      jan: s.jan,
      options: s.options,
      position: s.position,
      unit: s.unit,
      decimals: s.decimals,
      case_pack: s.case_pack,
      weight_grams: s.weight_grams,
      lot_kept: s.lot_kept,
      serial_kept: s.serial_kept ?? false,
      components: s.components,
      archived_at: null,
    })
  append(tx, ProductChanged, {
    subject: `product:${p.id}`,
    body: { product: p.id, skus: skus.map((s) => s.id) },
  })
}
