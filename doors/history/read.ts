/** The order history of a real shop, row by row: what each kind of row is, and how it is taken in. docs/importing-orders.md names them all. */
import { unitPrice } from '#kernel/money'
import type { FileRow } from '#doors/files'

/** The columns of a file, by what they hold. Another file of the same shop has the same. */
const columns = {
  number: 'InvoiceNo',
  code: 'StockCode',
  name: 'Description',
  quantity: 'Quantity',
  at: 'InvoiceDate',
  price: 'UnitPrice',
  buyer: 'CustomerID',
} as const
export type Row = {
  readonly line: number
  readonly number: string
  readonly code: string
  readonly name: string
  readonly quantity: number
  /** Ten-thousandths of a minor unit; below zero where the file says so. */
  readonly price: number
  readonly buyer: string
  readonly at: string
}
export type Fault = {
  readonly line: number
  readonly column: string
  readonly found: string
  readonly words: string
}

/** Codes that are no goods. */
const carriage = new Set(['POST', 'DOT', 'C2'])
const charges = new Set(['D', 'M', 'S', 'B', 'BANK CHARGES', 'AMAZONFEE', 'CRUK'])
export const isService = (code: string): boolean => carriage.has(code) || charges.has(code)
export const isCarriage = (code: string): boolean => carriage.has(code)

/** A row as it is meant, or what is wrong with it, by column. Codes differ in case only by accident: they are one SKU. */
export function readRow(row: FileRow, minorUnits: number): Row | Fault {
  const cell = (name: keyof typeof columns) => row.cells[columns[name]]
  for (const name of Object.values(columns))
    if (row.cells[name] === undefined)
      return { line: row.line, column: name, found: '', words: 'the column is missing' }
  const bad = (name: keyof typeof columns, words: string): Fault => ({
    line: row.line,
    column: columns[name],
    found: cell(name)!.slice(0, 40),
    words,
  })
  const number = cell('number')!.trim()
  const code = cell('code')!.trim().toUpperCase()
  if (number === '') return bad('number', 'is empty')
  if (code === '' || code.length > 60) return bad('code', 'is empty or longer than 60')
  const quantity = /^-?\d{1,9}$/.test(cell('quantity')!) ? Number(cell('quantity')) : 0
  if (quantity === 0) return bad('quantity', 'is no whole number but zero')
  const m = /^(-?)(\d{1,9}(?:\.\d{1,6})?)$/.exec(cell('price')!)
  const price = m ? unitPrice(shifted(m[2]!, minorUnits)) : undefined
  if (price === undefined) return bad('price', 'is no amount with at most four decimals of a minor unit')
  const at = cell('at')!
  const told = /^(\d{4})[-/](\d\d)[-/](\d\d)[ T](\d\d:\d\d)(:\d\d)?$/.exec(at)
  if (!told) return bad('at', 'is no time like 2010-12-01 08:26:00 or 2010/12/01 08:26')
  return {
    line: row.line,
    number,
    code,
    name: cell('name')!.trim(),
    quantity,
    price: m![1] ? 0 - price : price,
    buyer: cell('buyer')!.trim().replace(/\.0$/, ''),
    at: `${told[1]}-${told[2]}-${told[3]} ${told[4]}${told[5] ?? ':00'}`,
  }
}
/** Pounds to pence, in text: no float comes near it. */
function shifted(text: string, places: number): string {
  const [whole = '0', part = ''] = text.split('.')
  const digits = part.padEnd(places, '0')
  return `${(whole + digits.slice(0, places)).replace(/^0+(?=\d)/, '')}${digits.length > places ? `.${digits.slice(places)}` : ''}`
}

/** Rows of one number that stand together. */
export type Invoice = {
  readonly number: string
  readonly at: string
  readonly buyer: string
  readonly rows: readonly Row[]
}
/** What an invoice becomes: at most one of each, each known by its first line. */
export type Parts = {
  readonly sale: readonly Row[]
  readonly credit: readonly Row[]
  readonly found: readonly Row[]
  readonly lost: readonly Row[]
}
/** Which treatment each row gets. Every row gets exactly one. */
export function partsOf(invoice: Invoice): Parts {
  const cancels = invoice.number.startsWith('C')
  // Nobody bought it and nobody paid: a count that went up under an invoice number.
  const nobodys = invoice.buyer === '' && invoice.rows.every((r) => r.price === 0)
  const parts = { sale: [] as Row[], credit: [] as Row[], found: [] as Row[], lost: [] as Row[] }
  for (const r of invoice.rows) {
    const worth = r.quantity * r.price
    if (r.quantity < 0 && r.price === 0 && !cancels) parts.lost.push(r)
    else if (r.quantity > 0 && nobodys) parts.found.push(r)
    else if (cancels ? worth <= 0 : worth < 0) parts.credit.push(r)
    else parts.sale.push(r)
  }
  return parts
}
/** Groups rows that stand together; one that follows later under the same number is an invoice of its own. */
export class Invoices {
  #rows: Row[] = []
  take(row: Row): Invoice | undefined {
    const before = this.#rows[0]
    if (before && (before.number !== row.number || before.buyer !== row.buyer)) {
      const done = this.rest()
      this.#rows = [row]
      return done
    }
    this.#rows.push(row)
    return undefined
  }
  rest(): Invoice | undefined {
    const [first] = this.#rows
    if (!first) return undefined
    const rows = this.#rows
    this.#rows = []
    return { number: first.number, at: first.at, buyer: first.buyer, rows }
  }
}
