import type { Product } from '@akinai/client'
import { instantOf, localOf } from './japan.ts'

/** A product as it is being edited: nothing is null, so that every field has something to show. */
export type Text = { ja: string; en: string }
type Part = { sku: string; quantity: number }
export type SkuForm = {
  /** For this page alone: a new SKU has no number yet. */
  key: string
  id?: number
  code: string
  jan: string
  options: Record<string, string>
  unit: string
  decimals: number
  case_pack: number | null
  weight_grams: number | null
  lot_kept: boolean
  serial_kept: boolean
  /** Parts of a set, as they are typed: `MUG-WHITE×1、MUG-INDIGO×1`. */
  parts: string
  archived: boolean
  price: number | null
  /** A day and time in Japan; empty is now. */
  price_from: string
}
type Value = { code: string; name: Text; colour: string }
export type OptionForm = { key: string; code: string; name: Text; values: (Value & { key: string })[] }
type TaxClass = 'standard' | 'reduced' | 'zero'
const taxClassOf = (told: string): TaxClass => (told === 'reduced' || told === 'zero' ? told : 'standard')

export type PictureForm = {
  /** For this page alone. */
  key: string
  file: string
  alt: Text
  /** Which SKUs it is of; none: all. */
  skus: number[]
}
export type ProductForm = {
  code: string
  brand: string
  kana: string
  name: Text
  summary: Text
  description: Text
  tax_class: TaxClass
  /** Another class from a day and time in Japan on; empty: none. */
  next_tax_class: TaxClass | ''
  next_tax_from: string
  age: number | null
  pictures: PictureForm[]
  categories: string[]
  options: OptionForm[]
  fields: Record<string, string | number | boolean | null>
  skus: SkuForm[]
}

const none = { ja: '', en: '' }
const key = () => crypto.randomUUID()
const partsText = (parts: readonly Part[] | null) =>
  (parts ?? []).map((part) => `${part.sku}×${part.quantity}`).join('、')

export const newSku = (form?: ProductForm): SkuForm => ({
  key: key(),
  code: '',
  jan: '',
  options: {},
  unit: form?.skus[0]?.unit ?? 'piece',
  decimals: form?.skus[0]?.decimals ?? 0,
  case_pack: null,
  weight_grams: null,
  lot_kept: form?.skus[0]?.lot_kept ?? false,
  serial_kept: form?.skus[0]?.serial_kept ?? false,
  parts: '',
  archived: false,
  price: null,
  price_from: '',
})
export const newOption = (): OptionForm => ({ key: key(), code: '', name: none, values: [newValue()] })
export const newValue = (): OptionForm['values'][number] => ({ key: key(), code: '', name: none, colour: '' })
export const newProduct = (): ProductForm => ({
  code: '',
  brand: '',
  kana: '',
  name: none,
  summary: none,
  description: none,
  tax_class: 'standard',
  next_tax_class: '',
  next_tax_from: '',
  age: null,
  pictures: [],
  categories: [],
  options: [],
  fields: {},
  skus: [newSku()],
})
export const formOf = (product: Product): ProductForm => ({
  code: product.code,
  brand: product.brand ?? '',
  kana: product.kana ?? '',
  name: product.name,
  summary: product.summary ?? none,
  description: product.description ?? none,
  tax_class: taxClassOf(product.tax_class),
  next_tax_class: product.tax_change ? taxClassOf(product.tax_change.tax_class) : '',
  next_tax_from: product.tax_change ? localOf(product.tax_change.from) : '',
  age: product.age,
  pictures: product.pictures.map((one) => ({
    key: one.file,
    file: one.file,
    alt: one.alt,
    skus: one.skus,
  })),
  categories: product.categories,
  options: product.options.map((option) => ({
    key: option.code,
    code: option.code,
    name: option.name,
    values: option.values.map((value) => ({ ...value, key: value.code, colour: value.colour ?? '' })),
  })),
  fields: { ...product.fields },
  skus: product.skus.map((sku) => ({
    key: String(sku.id),
    id: sku.id,
    code: sku.code,
    jan: sku.jan ?? '',
    options: { ...sku.options },
    unit: sku.unit,
    decimals: sku.decimals,
    case_pack: sku.case_pack,
    weight_grams: sku.weight_grams,
    lot_kept: sku.lot_kept,
    serial_kept: sku.serial_kept,
    parts: partsText(sku.components),
    archived: sku.archived,
    price: null,
    price_from: '',
  })),
})

/** `MUG-WHITE×1、MUG-INDIGO×2`, by whichever comma and sign; undefined when it cannot be read. */
function partsOf(text: string): Part[] | null | undefined {
  const told = text.normalize('NFKC').trim()
  if (told === '') return null
  const parts = told.split(/[,、\n]+/).map((one) => /^(\S+?)\s*[×x*]\s*(\d{1,4})$/.exec(one.trim()))
  return parts.every((part) => part !== null)
    ? parts.map((part) => ({ sku: part[1] ?? '', quantity: Number(part[2]) }))
    : undefined
}
/** JAN of 8 or 13 digits with its check digit; the server counts it again. */
export function isJan(typed: string): boolean {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '')
  if (!/^(?:\d{8}|\d{13})$/.test(digits)) return false
  const sum = [...digits.slice(0, -1)]
    .reverse()
    .reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1))
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
const bothOrNull = (text: Text) =>
  text.ja.trim() === '' && text.en.trim() === '' ? null : { ja: text.ja.trim(), en: text.en.trim() }
/** As it is sent. Fields that the editor left as they were are not named. */
export const bodyOf = (form: ProductForm, before: ProductForm) => ({
  code: form.code.trim(),
  brand: orNull(form.brand),
  kana: orNull(form.kana),
  name: { ja: form.name.ja.trim(), en: form.name.en.trim() },
  summary: bothOrNull(form.summary),
  description: bothOrNull(form.description),
  tax_class: form.tax_class,
  tax_change: form.next_tax_class
    ? { tax_class: form.next_tax_class, from: instantOf(form.next_tax_from) }
    : null,
  age: form.age,
  picture: form.pictures[0]?.file ?? null,
  ...(JSON.stringify(form.pictures) === JSON.stringify(before.pictures)
    ? {}
    : { pictures: form.pictures.map(({ file, alt, skus }) => ({ file, alt, skus })) }),
  categories: form.categories,
  options: form.options.map(({ code, name, values }) => ({
    code: code.trim(),
    name,
    values: values.map((value) => ({
      code: value.code.trim(),
      name: value.name,
      ...(value.colour ? { colour: value.colour } : {}),
    })),
  })),
  fields: Object.fromEntries(
    Object.entries(form.fields)
      .filter(([field, value]) => value !== before.fields[field])
      .map(([field, value]) => [field, value === '' ? null : value]),
  ),
  skus: form.skus.map(({ key: _, id, jan, parts, price, price_from, unit, ...sku }) => ({
    ...sku,
    ...(id === undefined ? {} : { id }),
    code: sku.code.trim(),
    jan: orNull(jan),
    unit: unit as 'piece',
    components: partsOf(parts) ?? null,
    ...(price === null ? {} : { price }),
    ...(price !== null && price_from !== '' ? { price_from: instantOf(price_from) } : {}),
  })),
})

/** What is missing or wrong, by field, before anything is sent. */
export type Faults = Readonly<Record<string, string>>
export function faultsOf(
  form: ProductForm,
  say: Readonly<{ needed: string; both: string; jan: string; parts: string; option: string; twice: string }>,
): Faults {
  const faults: Record<string, string> = {}
  const need = (at: string, text: string) => {
    if (text.trim() === '') faults[at] = say.needed
  }
  need('code', form.code)
  need('name/ja', form.name.ja)
  for (const field of ['summary', 'description'] as const) {
    const { ja, en } = form[field]
    if (ja.trim() === '' && en.trim() !== '') faults[`${field}/ja`] = say.both
  }
  if (form.next_tax_class) need('tax_change/from', form.next_tax_from)
  form.options.forEach((option, at) => {
    need(`options/${at}/code`, option.code)
    need(`options/${at}/name/ja`, option.name.ja)
    option.values.forEach((value, n) => {
      need(`options/${at}/values/${n}/code`, value.code)
      need(`options/${at}/values/${n}/name/ja`, value.name.ja)
    })
  })
  const codes = new Set<string>()
  form.skus.forEach((sku, at) => {
    need(`skus/${at}/code`, sku.code)
    if (sku.code.trim() !== '' && codes.has(sku.code.trim())) faults[`skus/${at}/code`] = say.twice
    codes.add(sku.code.trim())
    if (sku.jan.trim() !== '' && !isJan(sku.jan)) faults[`skus/${at}/jan`] = say.jan
    if (partsOf(sku.parts) === undefined) faults[`skus/${at}/components`] = say.parts
    if (!sku.archived && form.options.some((option) => !sku.options[option.code]))
      faults[`skus/${at}/options`] = say.option
  })
  return faults
}

/** Texts that are written in Japanese alone, by name. */
export function untranslated(form: ProductForm): string[] {
  const only = (text: Text) => text.ja.trim() !== '' && text.en.trim() === ''
  return [
    ...(['name', 'summary', 'description'] as const).filter((field) => only(form[field])),
    ...(form.options.some((o) => only(o.name) || o.values.some((v) => only(v.name))) ? ['options'] : []),
  ]
}
/** Every way to choose one value of each option that no SKU stands for yet. */
export function missingVariants(form: ProductForm): Record<string, string>[] {
  const options = form.options.filter((o) => o.code.trim() !== '')
  if (options.length === 0) return []
  const all = options.reduce<Record<string, string>[]>(
    (made, option) =>
      made.length > 5000
        ? made
        : made.flatMap((one) =>
            option.values
              .filter((v) => v.code.trim() !== '')
              .map((v) => ({ ...one, [option.code.trim()]: v.code.trim() })),
          ),
    [{}],
  )
  const mark = (chosen: Readonly<Record<string, string>>) =>
    options.map((o) => chosen[o.code.trim()] ?? '').join('\n')
  const taken = new Set(form.skus.map((sku) => mark(sku.options)))
  return all.filter((one) => !taken.has(mark(one)))
}
/** The SKUs with those made that are missing: first the ones that have no values yet are given some, then new ones are added. */
export function withVariants(form: ProductForm, price: number | null): SkuForm[] {
  const missing = missingVariants(form)
  const isWhole = (sku: SkuForm) =>
    form.options.every((o) => sku.options[o.code]) && Object.keys(sku.options).length === form.options.length
  const skus = form.skus.map((sku) => {
    if (sku.archived || isWhole(sku)) return sku
    const options = missing.shift()
    return options ? { ...sku, options } : sku
  })
  const codes = new Set(skus.map((sku) => sku.code))
  const stem = (form.code || 'sku').toUpperCase()
  for (const options of missing) {
    const parts = form.options.map((o) => (options[o.code] ?? '').toUpperCase())
    let code = [stem, ...parts].join('-').slice(0, 60)
    for (let n = 2; codes.has(code); n++) code = `${[stem, ...parts].join('-').slice(0, 60)}-${n}`
    codes.add(code)
    skus.push({ ...newSku(form), code, options, price })
  }
  return skus
}
