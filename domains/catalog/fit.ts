/** What a product and its SKUs must be, whoever edits them. Pure. */
import { isJan } from './jan.ts'
import {
  CodeTaken,
  DecimalsFixed,
  JanWrong,
  OptionsUnfit,
  SerialUnfit,
  SetFixed,
  SkuMissing,
  TooManyVariants,
} from './refusals.ts'
import type { Component, Option } from './tables.ts'

export const variantsMost = 500
export const units = [
  'piece',
  'pair',
  'set',
  'sheet',
  'book',
  'bottle',
  'bag',
  'box',
  'metre',
  'gram',
  'kilogram',
  'millilitre',
  'litre',
] as const
export type SkuDraft = {
  /** Of a SKU that is there already. */
  id?: number
  code: string
  jan: string | null
  options: Record<string, string>
  unit: string
  decimals: number
  case_pack: number | null
  weight_grams: number | null
  lot_kept: boolean
  serial_kept: boolean
  components: Component[] | null
  archived: boolean
}
type Before = {
  id: number
  code: string
  options: Record<string, string>
  decimals: number
  archived: boolean
  components: Component[] | null
}

/** Refuses, naming the field, what cannot be kept. SKUs that are not named stay as they were, and count, too. */
export function demandFit(
  options: readonly Option[],
  skus: readonly SkuDraft[],
  before: readonly Before[],
): void {
  const known = new Map(before.map((s) => [s.id, s]))
  const named = new Set(skus.flatMap((s) => (s.id === undefined ? [] : [s.id])))
  const rest = before.filter((s) => !named.has(s.id))
  if (rest.length + skus.length > variantsMost)
    throw TooManyVariants({ most: variantsMost, has: rest.length + skus.length, at: 'skus' })
  const seen = new Set<string>()
  skus.forEach((s, i) => {
    for (const [field, code] of Object.entries({ code: s.code, jan: s.jan })) {
      // A JAN may be the SKU's own code, too.
      if (code === null || (field === 'jan' && code === s.code)) continue
      if (seen.has(code)) throw CodeTaken({ code, at: `skus/${i}/${field}` })
      seen.add(code)
    }
    // A number stands for one whole unit that lies on a shelf.
    if (s.serial_kept && (s.decimals > 0 || s.components !== null))
      throw SerialUnfit({ sku: s.code, at: `skus/${i}/serial_kept` })
    if (s.jan !== null && !isJan(s.jan)) throw JanWrong({ jan: s.jan, at: `skus/${i}/jan` })
    if (s.id === undefined) return
    const was = known.get(s.id)
    if (!was || !known.delete(s.id)) throw SkuMissing({ sku: s.code })
    // What was counted in the books would mean another quantity.
    if (was.decimals !== s.decimals) throw DecimalsFixed({ sku: s.code, at: `skus/${i}/decimals` })
    if ((was.components === null) !== (s.components === null))
      throw SetFixed({ sku: s.code, at: `skus/${i}/components` })
  })
  demandOptions(options, [
    ...skus.map((s, i) => ({ ...s, at: `skus/${i}/options` })),
    ...rest.map((s) => ({ ...s, at: 'options' })),
  ])
}

/** What is sold names one value of each option, and no two the same. */
function demandOptions(
  options: readonly Option[],
  skus: readonly { code: string; options: Record<string, string>; archived: boolean; at: string }[],
): void {
  const values = new Map(options.map((o) => [o.code, new Set(o.values.map((v) => v.code))]))
  if (values.size < options.length || options.some((o) => values.get(o.code)!.size < o.values.length))
    throw OptionsUnfit({ sku: '', at: 'options' })
  const taken = new Set<string>()
  for (const s of skus) {
    if (s.archived) continue
    const chosen = options.map((o) => s.options[o.code])
    const fits =
      Object.keys(s.options).length === options.length &&
      options.every((o) => values.get(o.code)!.has(s.options[o.code] ?? ''))
    if (!fits || taken.has(chosen.join('\n'))) throw OptionsUnfit({ sku: s.code, at: s.at })
    taken.add(chosen.join('\n'))
  }
}
