import fs from 'node:fs'
import { flatFields, type FieldValue, type Option } from '#domains/catalog'
import { asLine, Unwritable, writtenAs, type Encoding } from '#doors/files'
import { productExport } from '#flows/reads'
import type { Gate } from '#kernel/gate'
import { unitPriceText } from '#kernel/money'
import { checked } from '#kernel/trust'
import { LetterMissing } from './refusals.ts'
import { ownColumns } from './mapping.ts'

type Words = { ja: string; en: string } | null
type Product = {
  code: string
  brand: string | null
  name: Words
  kana: string | null
  summary: Words
  description: Words
  tax_class: string
  age: number | null
  picture: string | null
  options: Option[]
  extension: Record<string, Record<string, FieldValue>>
  archived: boolean
  categories: string[]
  skus: {
    code: string
    jan: string | null
    options: Record<string, string>
    unit: string
    decimals: number
    case_pack: number | null
    weight_grams: number | null
    lot_kept: boolean
    serial_kept: boolean
    archived: boolean
    components: { sku: string; quantity: number }[] | null
    price: number | null
    from: string | null
  }[]
}

/**
 * Writes the products of a shop to a file, a row a SKU, so that taking the file in changes nothing. In CP932 every letter
 * must be one of its own: else nothing is kept, and the first letter that is not is named.
 */
export async function exportProducts(
  gate: Gate,
  ask: { file: string; shop: number; encoding: Encoding },
): Promise<{ products: number; rows: number }> {
  const heads = ownColumns()
  const out = fs.openSync(ask.file, 'w')
  let products = 0
  let rows = 0
  try {
    fs.writeSync(out, Buffer.from(`${ask.encoding === 'utf-8' ? '\uFEFF' : ''}${asLine(heads)}`))
    for (const sets of [false, true])
      for (let after = ''; ;) {
        const page = checked<Product[]>(
          await gate.reads.ask(productExport({ shop: ask.shop, sets, after, limit: 500 })),
        )
        if (!page.length) break
        after = page.at(-1)!.code
        const lines = page.flatMap((p) => p.skus.map((s) => cellsOf(p, s, heads)))
        fs.writeSync(out, bytesOf(lines, heads, ask.encoding))
        products += page.length
        rows += lines.length
      }
  } catch (error) {
    fs.closeSync(out)
    fs.rmSync(ask.file, { force: true })
    throw error
  }
  fs.closeSync(out)
  return { products, rows }
}

function bytesOf(lines: readonly string[][], heads: readonly string[], encoding: Encoding): Buffer {
  try {
    return writtenAs(lines.map(asLine).join(''), encoding)
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error
    for (const cells of lines)
      for (const [i, cell] of cells.entries())
        try {
          writtenAs(cell, encoding)
        } catch (inner) {
          if (!(inner instanceof Unwritable)) throw inner
          throw LetterMissing({ product: cells[0]!, column: heads[i]!, letter: inner.letter })
        }
    throw error
  }
}
const yes = (is: boolean) => (is ? 'yes' : 'no')
const json = (value: object) => (Object.keys(value).length ? JSON.stringify(value) : '')
function cellsOf(p: Product, s: Product['skus'][number], heads: readonly string[]): string[] {
  const fields = flatFields(p.extension)
  const cells: Record<string, string | number | null> = {
    code: p.code,
    name_ja: p.name!.ja,
    name_en: p.name!.en,
    kana: p.kana,
    brand: p.brand,
    summary_ja: p.summary?.ja ?? null,
    summary_en: p.summary?.en ?? null,
    description_ja: p.description?.ja ?? null,
    description_en: p.description?.en ?? null,
    tax_class: p.tax_class,
    age: p.age,
    picture: p.picture,
    categories: p.categories.join(' '),
    options: json(p.options),
    archived: yes(p.archived),
    sku: s.code,
    jan: s.jan,
    sku_options: json(s.options),
    unit: s.unit,
    decimals: s.decimals,
    case_pack: s.case_pack,
    weight_grams: s.weight_grams,
    lot_kept: yes(s.lot_kept),
    serial_kept: yes(s.serial_kept),
    components: (s.components ?? []).map((c) => `${c.sku}*${c.quantity}`).join(' '),
    sku_archived: yes(s.archived),
    price: s.price === null ? '' : unitPriceText(s.price),
    price_from: s.from === null ? '' : Temporal.Instant.from(s.from).toString(),
  }
  return heads.map((h) => {
    if (!h.startsWith('field:')) return String(cells[h] ?? '')
    const value = fields[h.slice('field:'.length)]
    return value === undefined ? '' : typeof value === 'boolean' ? yes(value) : String(value)
  })
}
