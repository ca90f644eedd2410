import type { Answers } from '@akinai/client'
import { foldDigits } from '@akinai/ui'
import { isJan } from './product-form.ts'

/** The grid without its screen: what stands in a cell as text, what is typed over it, and what of it is sent. */
export type Row = Answers['skus.list']['items'][number]
type Category = Answers['catalog.terms']['categories'][number]
type Cells = {
  code?: string
  jan?: string | null
  price?: number
  archived?: boolean
  weight_grams?: number | null
  case_pack?: number | null
  name_ja?: string
  name_en?: string
  brand?: string | null
  kana?: string | null
  categories?: string[]
}
export type Field = keyof Cells
export type ColumnName = Field | 'variant'
type FaultName = 'needed' | 'code' | 'jan' | 'number' | 'price' | 'state' | 'category'
export type Setting = {
  categories: readonly Category[]
  lang: 'ja' | 'en'
  states: { live: string; archived: string }
}
export type Column = {
  name: ColumnName
  width: number
  /** One cell for all SKUs of a product. */
  ofProduct?: true
  numeric?: true
}
const columns: readonly Column[] = [
  { name: 'code', width: 170 },
  { name: 'variant', width: 120 },
  { name: 'name_ja', width: 220, ofProduct: true },
  { name: 'name_en', width: 220, ofProduct: true },
  { name: 'price', width: 130, numeric: true },
  { name: 'jan', width: 140 },
  { name: 'archived', width: 110 },
  { name: 'categories', width: 180, ofProduct: true },
  { name: 'brand', width: 130, ofProduct: true },
  { name: 'kana', width: 160, ofProduct: true },
  { name: 'weight_grams', width: 100, numeric: true },
  { name: 'case_pack', width: 90, numeric: true },
]
export const columnsFor = (seesPrices: boolean): readonly Column[] =>
  seesPrices ? columns : columns.filter((c) => c.name !== 'price')

export const keyOf = (row: Row, column: Column): string =>
  column.ofProduct ? `product ${row.product} ${column.name}` : `sku ${row.sku} ${column.name}`

const nameOf = (text: { ja: string; en: string }, lang: 'ja' | 'en') => text[lang] || text.ja
/** What stands in a cell that nobody has typed over. */
export function textOf(row: Row, name: ColumnName, s: Setting): string {
  switch (name) {
    case 'variant':
      return nameOf(row.variant, s.lang)
    case 'name_ja':
      return row.name.ja
    case 'name_en':
      return row.name.en
    case 'archived':
      return row.archived ? s.states.archived : s.states.live
    case 'categories':
      return row.categories
        .map((code) => {
          const known = s.categories.find((c) => c.code === code)
          return known ? nameOf(known.name, s.lang) : code
        })
        .join(s.lang === 'ja' ? '、' : ', ')
    default:
      return String(row[name] ?? '')
  }
}
/** The value that a cell's text stands for, or what is wrong with it. */
function read(name: Field, typed: string, s: Setting): { value: Cells[Field] } | { fault: FaultName } {
  const text = typed.trim()
  const digits = foldDigits(text).replace(/[¥￥円,，\s]/g, '')
  switch (name) {
    case 'code':
      return /^[\p{L}\p{N}._-]{1,64}$/u.test(text) ? { value: text } : { fault: text ? 'code' : 'needed' }
    case 'jan':
      return text === ''
        ? { value: null }
        : isJan(text)
          ? { value: text.normalize('NFKC').replace(/[\s-]/g, '') }
          : { fault: 'jan' }
    case 'price':
      return /^\d{1,9}$/.test(digits) && Number(digits) <= 100_000_000
        ? { value: Number(digits) }
        : { fault: 'price' }
    case 'weight_grams':
    case 'case_pack':
      if (digits === '') return { value: null }
      return /^\d{1,8}$/.test(digits) &&
        (name === 'weight_grams' || (Number(digits) > 0 && Number(digits) <= 1_000_000))
        ? { value: Number(digits) }
        : { fault: 'number' }
    case 'archived': {
      const told = text.toLowerCase()
      if (['販売終了', 'no longer sold', 'archived', s.states.archived.toLowerCase()].includes(told))
        return { value: true }
      if (['販売中', 'on sale', 'live', s.states.live.toLowerCase()].includes(told)) return { value: false }
      return { fault: 'state' }
    }
    case 'categories': {
      const found = text
        .split(/[,、，\n]+/)
        .map((one) => one.trim())
        .filter(Boolean)
        .map(
          (one) => s.categories.find((c) => c.code === one || c.name.ja === one || c.name.en === one)?.code,
        )
      return found.includes(undefined)
        ? { fault: 'category' }
        : { value: [...new Set(found.filter((code) => code !== undefined))] }
    }
    case 'name_ja':
      return text ? { value: text.slice(0, 200) } : { fault: 'needed' }
    case 'name_en':
      return { value: text.slice(0, 200) }
    case 'brand':
      return { value: text === '' ? null : text.slice(0, 100) }
    case 'kana':
      return { value: text === '' ? null : text.slice(0, 200) }
  }
}
/** The value that was read from the server. */
export function valueOf(row: Row, name: Field): Cells[Field] {
  if (name === 'name_ja') return row.name.ja
  if (name === 'name_en') return row.name.en
  if (name === 'price') return row.price ?? undefined
  return row[name]
}
export function withValue(row: Row, name: string, value: unknown): Row {
  if (name === 'name_ja' || name === 'name_en')
    return { ...row, name: { ...row.name, [name === 'name_ja' ? 'ja' : 'en']: value } }
  return { ...row, [name]: value }
}

export type Edits = ReadonlyMap<string, string>
type Step = readonly { key: string; from: string | undefined; to: string | undefined }[]
/** Cells typed over, with what was done and can be taken back. */
export type Sheet = { edits: Edits; done: readonly Step[]; undone: readonly Step[] }
export const blank: Sheet = { edits: new Map(), done: [], undone: [] }
const stepsMost = 200
const put = (edits: Edits, step: Step, way: 'from' | 'to'): Edits => {
  const next = new Map(edits)
  for (const one of step) {
    const text = one[way]
    if (text === undefined) next.delete(one.key)
    else next.set(one.key, text)
  }
  return next
}
export type Typed = { row: Row; column: Column; text: string }
/** Types into cells, as one step. What is typed as it stood is no edit. */
export function type(sheet: Sheet, cells: readonly Typed[], s: Setting): Sheet {
  const step = new Map<string, Step[number]>()
  for (const { row, column, text } of cells) {
    if (column.name === 'variant') continue
    const key = keyOf(row, column)
    const to = text === textOf(row, column.name, s) ? undefined : text
    step.set(key, { key, from: sheet.edits.get(key), to })
  }
  const told = [...step.values()].filter((one) => one.from !== one.to)
  if (told.length === 0) return sheet
  return { edits: put(sheet.edits, told, 'to'), done: [...sheet.done, told].slice(-stepsMost), undone: [] }
}
export function undo(sheet: Sheet): Sheet {
  const step = sheet.done.at(-1)
  if (!step) return sheet
  return {
    edits: put(sheet.edits, step, 'from'),
    done: sheet.done.slice(0, -1),
    undone: [...sheet.undone, step],
  }
}
export function redo(sheet: Sheet): Sheet {
  const step = sheet.undone.at(-1)
  if (!step) return sheet
  return {
    edits: put(sheet.edits, step, 'to'),
    done: [...sheet.done, step],
    undone: sheet.undone.slice(0, -1),
  }
}

/** As spreadsheets put it on the clipboard: tabs and lines; what holds one of them stands in quotes. */
export const written = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) =>
      row.map((cell) => (/[\t\n\r"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join('\t'),
    )
    .join('\n')
export function pasted(text: string): string[][] {
  const rows: string[][] = [['']]
  let quoted = false
  const put = (char: string) => {
    const row = rows.at(-1)!
    row[row.length - 1] += char
  }
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let at = 0; at < plain.length; at++) {
    const char = plain[at]!
    if (quoted) {
      if (char !== '"') put(char)
      else if (plain[at + 1] === '"') put(plain[++at]!)
      else quoted = false
    } else if (char === '"' && rows.at(-1)!.at(-1) === '') quoted = true
    else if (char === '\t') rows.at(-1)!.push('')
    else if (char === '\n') rows.push([''])
    else put(char)
  }
  return rows
}
export type Area = { top: number; left: number; bottom: number; right: number }
export const areaOf = (a: { row: number; column: number }, b: { row: number; column: number }): Area => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
})
/** What a paste types, from the area's first cell on. One value fills the area; what reaches beyond the rows is left out. */
export function pasteInto(
  area: Area,
  told: readonly (readonly string[])[],
  rows: readonly Row[],
  all: readonly Column[],
): Typed[] {
  const isOne = told.length === 1 && told[0]!.length === 1
  const height = isOne ? area.bottom - area.top + 1 : told.length
  const width = isOne ? area.right - area.left + 1 : Math.max(...told.map((row) => row.length))
  const cells: Typed[] = []
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const row = rows[area.top + y]
      const column = all[area.left + x]
      const text = isOne ? told[0]![0] : told[y]?.[x]
      if (row && column && text !== undefined) cells.push({ row, column, text })
    }
  return cells
}
/** The area's first row, in every row of it. */
export function fillDown(
  area: Area,
  shown: (row: Row, column: Column) => string,
  rows: readonly Row[],
  all: readonly Column[],
): Typed[] {
  const first = rows[area.top]
  if (!first) return []
  return rows
    .slice(area.top + 1, area.bottom + 1)
    .flatMap((row) =>
      all.slice(area.left, area.right + 1).map((column) => ({ row, column, text: shown(first, column) })),
    )
}

type Asked = { product: number; rows: { sku: number; was: Cells; to: Cells }[] }
/** What is sent: by product, each cell with what stood there. A cell of a product is told once. */
export function askOf(rows: readonly Row[], edits: Edits, all: readonly Column[], s: Setting): Asked[] {
  const products = new Map<number, Asked>()
  const told = new Set<string>()
  for (const row of rows) {
    const was: Record<string, unknown> = {}
    const to: Record<string, unknown> = {}
    for (const column of all) {
      const key = keyOf(row, column)
      const text = edits.get(key)
      if (text === undefined || column.name === 'variant' || told.has(key)) continue
      told.add(key)
      const found = read(column.name, text, s)
      if ('fault' in found) continue
      const before = valueOf(row, column.name)
      if (before !== undefined) was[column.name] = before
      to[column.name] = found.value
    }
    if (Object.keys(to).length === 0) continue
    const of = products.get(row.product) ?? { product: row.product, rows: [] }
    products.set(row.product, of)
    of.rows.push({ sku: row.sku, was, to })
  }
  return [...products.values()]
}
/** Every cell that cannot be sent as it is typed. */
export function faultsOf(rows: readonly Row[], edits: Edits, all: readonly Column[], s: Setting) {
  const faults = new Map<string, { fault: FaultName; row: number; column: number }>()
  if (edits.size === 0) return faults
  rows.forEach((row, y) =>
    all.forEach((column, x) => {
      const key = keyOf(row, column)
      const text = edits.get(key)
      if (text === undefined || column.name === 'variant' || faults.has(key)) return
      const found = read(column.name, text, s)
      if ('fault' in found) faults.set(key, { fault: found.fault, row: y, column: x })
    }),
  )
  return faults
}
