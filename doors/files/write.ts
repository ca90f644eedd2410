import iconv from 'iconv-lite'
import type { Encoding } from './records.ts'

/**
 * What a spreadsheet would take for a formula, also in full width and behind blanks; and the same behind apostrophes, so that
 * one more or one less is told apart.
 */
const live = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/
/** A cell that no spreadsheet computes: an apostrophe before what would be a formula. */
export const calmed = (cell: string): string => (live.test(cell) ? `'${cell}` : cell)
/** The cell as it was before it was calmed. */
export const excited = (cell: string): string =>
  cell.startsWith("'") && live.test(cell) ? cell.slice(1) : cell

const asCell = (cell: string) => {
  const calm = calmed(cell)
  return /[",\r\n\t]|^\s|\s$/.test(calm) ? `"${calm.replaceAll('"', '""')}"` : calm
}
export const asCells = (cells: readonly string[]): string => cells.map(asCell).join(',')
/** One record, as spreadsheets take it in. */
export const asLine = (cells: readonly string[]): string => `${asCells(cells)}\r\n`

const inBytes = (text: string) => {
  const bytes = iconv.encode(text, 'cp932')
  return iconv.decode(bytes, 'cp932') === text ? bytes : undefined
}
/** Text as bytes, every letter of it; none where the encoding lacks one: nothing is written in its place. */
export const writtenAs = (text: string, encoding: Encoding): Buffer | undefined =>
  encoding === 'utf-8' ? Buffer.from(text) : inBytes(text)
/** The first letter that CP932 lacks. */
export const unwritable = (text: string): string | undefined => [...text].find((letter) => !inBytes(letter))
