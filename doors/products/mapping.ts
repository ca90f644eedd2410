import { declaredFields } from '#domains/catalog'
import { FileUnreadable, type Columns } from '#domains/imports'

/** Which columns of a file fill which of our fields. */
export type Mapping = {
  /** What is missing of the list's next file is discontinued. */
  readonly name: string
  readonly columns: Columns
  /** For fields that no column fills. */
  readonly values?: Readonly<Record<string, string>>
  /** The day from which its prices hold stands in the file's name. */
  readonly dated?: boolean
}
const productFields = [
  'code',
  'name',
  'name_ja',
  'name_en',
  'kana',
  'brand',
  'summary',
  'summary_ja',
  'summary_en',
  'description',
  'description_ja',
  'description_en',
  'tax_class',
  'age',
  'picture',
  'categories',
  'options',
  'archived',
] as const
export const skuFields = [
  'sku',
  'jan',
  'sku_options',
  'unit',
  'decimals',
  'case_pack',
  'weight_grams',
  'lot_kept',
  'serial_kept',
  'components',
  'sku_archived',
  'price',
  'price_from',
] as const
/** The columns of our own export, in their order. */
export const ownColumns = (): string[] => [
  ...productFields.filter((f) => !['name', 'summary', 'description'].includes(f)),
  ...declaredFields().map((f) => `field:${f.field}`),
  ...skuFields,
]
const isField = (name: string) =>
  ([...productFields, ...skuFields] as readonly string[]).includes(name) ||
  declaredFields().some((f) => `field:${f.field}` === name)

/** What a column can be. */
export const mappingFields = (): string[] => [
  ...productFields,
  ...declaredFields().map((f) => `field:${f.field}`),
  ...skuFields,
]
/** 薬価基準収載品目リスト of the ministry of health (厚生労働省): one item a row, its price with decimals. */
const mhlw: Mapping = {
  name: 'mhlw',
  columns: {
    code: ['薬価基準収載医薬品コード'],
    name: ['品名'],
    brand: ['メーカー名'],
    summary: ['成分名', '規格'],
    price: ['薬価'],
  },
  dated: true,
}
const janList: Mapping = { name: 'jan-list', columns: { code: ['jan'], jan: ['jan'], name: ['name'] } }
export const builtIn: Readonly<Record<string, Mapping>> = { mhlw, 'jan-list': janList }

/** What a mapping file or `heading=field, …` says. */
export function mappingOf(text: string, name: string): Mapping {
  if (!text.trimStart().startsWith('{')) {
    const columns: Record<string, string[]> = {}
    for (const pair of text.split(',')) {
      const eq = pair.lastIndexOf('=')
      const field = pair.slice(eq + 1).trim()
      if (eq < 1) throw FileUnreadable({ why: 'mapping', found: pair.slice(0, 100) })
      ;(columns[field] ??= []).push(pair.slice(0, eq).trim())
    }
    return demandFields({ name, columns })
  }
  let told: unknown
  try {
    told = JSON.parse(text)
  } catch {
    throw FileUnreadable({ why: 'mapping', found: name })
  }
  const m = told as Partial<Mapping>
  const texts = (o: unknown) => typeof o === 'object' && o !== null
  if (!texts(m.columns) || (m.values !== undefined && !texts(m.values)))
    throw FileUnreadable({ why: 'mapping', found: name })
  const columns = Object.fromEntries(
    Object.entries(m.columns!).map(([field, heads]) => [field, [heads].flat().map(String)]),
  )
  return demandFields({
    name: typeof m.name === 'string' ? m.name.slice(0, 100) : name,
    columns,
    ...(m.values && { values: Object.fromEntries(Object.entries(m.values).map(([k, v]) => [k, String(v)])) }),
    ...(m.dated === true && { dated: true }),
  })
}
function demandFields(m: Mapping): Mapping {
  for (const field of [...Object.keys(m.columns), ...Object.keys(m.values ?? {})])
    if (!isField(field)) throw FileUnreadable({ why: 'field', found: field.slice(0, 100) })
  return m
}
/** The mapping that fits a file's headings, where nobody has said one. */
export function guessed(headings: readonly string[]): Mapping {
  const there = new Set(headings)
  for (const m of Object.values(builtIn))
    if (
      Object.values(m.columns)
        .flat()
        .every((h) => there.has(h))
    )
      return m
  return { name: 'akinai', columns: Object.fromEntries(headings.filter(isField).map((h) => [h, [h]])) }
}
