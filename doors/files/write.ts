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

/** A letter that the encoding does not have: nothing is written in its place. */
export class Unwritable extends Error {
  readonly letter: string
  constructor(letter: string) {
    super(`the letter ${letter} is not in CP932`)
    this.letter = letter
  }
}
/** Text as bytes, every letter of it. */
export function writtenAs(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  const bytes = iconv.encode(text, 'cp932')
  if (iconv.decode(bytes, 'cp932') === text) return bytes
  for (const letter of text)
    if (iconv.decode(iconv.encode(letter, 'cp932'), 'cp932') !== letter) throw new Unwritable(letter)
  throw new Unwritable(text)
}
