import fs from 'node:fs'
import { flatFields, type FieldValue, type Option } from '#domains/catalog'
import { inCp932 } from '#domains/imports'
import { asLine, unwritable, writtenAs, type Encoding } from '#doors/files'
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
 * must be one of its own: else nothing is kept, and each cell with one that is not is named by its row and column.
 */
export async function exportProducts(
  gate: Gate,
  ask: { file: string; shop: number; encoding: Encoding },
): Promise<{ products: number; rows: number }> {
  const heads = ownColumns()
  // Before a cell is calmed: what CP932 writes for a minus sign is one to a spreadsheet.
  const letters = ask.encoding === 'cp932' ? inCp932 : (text: string) => text
  const out = fs.openSync(ask.file, 'w')
  let products = 0
  let rows = 0
  const missing: Missing[] = []
  let cells = 0
  try {
    fs.writeSync(out, Buffer.from(`${ask.encoding === 'utf-8' ? '\uFEFF' : ''}${asLine(heads)}`))
    for (const sets of [false, true])
      for (let after = ''; ;) {
        const page = checked<Product[]>(
          await gate.reads.ask(productExport({ shop: ask.shop, sets, after, limit: 500 })),
        )
        if (!page.length) break
        after = page.at(-1)!.code
        const lines = page.flatMap((p) => p.skus.map((s) => cellsOf(p, s, heads).map(letters)))
        const bytes = writtenAs(lines.map(asLine).join(''), ask.encoding)
        if (bytes) fs.writeSync(out, bytes)
        else
          for (const found of missingIn(lines, heads, rows + 2)) {
            cells++
            if (missing.length < shownMissing) missing.push(found)
          }
        products += page.length
        rows += lines.length
      }
    if (missing.length) throw LetterMissing({ ...missing[0]!, cells, missing })
  } catch (error) {
    fs.closeSync(out)
    fs.rmSync(ask.file, { force: true })
    throw error
  }
  fs.closeSync(out)
  return { products, rows }
}

const shownMissing = 20
/** Where a letter is that CP932 lacks: its row in the file (the headings are the first), column, and the product. */
type Missing = { row: number; product: string; column: string; letter: string }
function* missingIn(lines: readonly string[][], heads: readonly string[], first: number): Generator<Missing> {
  for (const [n, cells] of lines.entries())
    for (const [i, cell] of cells.entries()) {
      const letter = unwritable(cell)
      if (letter !== undefined) yield { row: first + n, product: cells[0]!, column: heads[i]!, letter }
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
