import { isAscii, isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import iconv from 'iconv-lite'
import { bytesOf } from './rows.ts'

export type Encoding = 'utf-8' | 'cp932'
/** What cannot be read of a record, and in which cell (from 1; 0: the record as a whole). */
export type Unread = {
  readonly column: number
  readonly why: 'bytes' | 'nul' | 'quote' | 'long'
  readonly found: string
}
/** A record of a CSV file as it stands there, with the line it begins on (the first is 1). */
export type FileRecord = {
  readonly line: number
  readonly cells: readonly string[]
  readonly unread: readonly Unread[]
}
export type Looked = {
  /** The first 32 hex digits of the SHA-256 of what is in it, unpacked. */
  readonly id: string
  readonly bytes: number
  readonly encoding: Encoding
  readonly bom: boolean
  readonly utf16: boolean
  readonly records_at_most: number
}

const quote = 0x22
const comma = 0x2c
const cr = 0x0d
const lf = 0x0a

/**
 * Which file it is and how its letters are written, by all of its lines: UTF-8 where every line is UTF-8; else what more of
 * the lines that are not plain ASCII can be. Neither encoding has a second byte that looks like a quote, comma or line end.
 */
export async function lookAt(file: string): Promise<Looked> {
  const sum = createHash('sha256')
  let bytes = 0
  let utf8 = 0
  let other = 0
  let lines = 0
  let head: Buffer = Buffer.alloc(0)
  let rest: Buffer = Buffer.alloc(0)
  const weigh = (piece: Buffer) => {
    if (isAscii(piece)) return
    if (isUtf8(piece)) return void utf8++
    for (let from = 0; from < piece.length;) {
      const end = piece.indexOf(lf, from)
      const line = piece.subarray(from, end < 0 ? piece.length : end)
      if (!isAscii(line)) {
        if (isUtf8(line)) utf8++
        else other++
      }
      if (end < 0) break
      from = end + 1
    }
  }
  for await (const chunk of bytesOf(file) as AsyncIterable<Buffer>) {
    sum.update(chunk)
    bytes += chunk.length
    if (head.length < 3) head = Buffer.concat([head, chunk.subarray(0, 3)])
    for (let at = chunk.indexOf(lf); at >= 0; at = chunk.indexOf(lf, at + 1)) lines++
    const last = chunk.lastIndexOf(lf)
    // A line longer than a record may be is nobody's: what has come of it is weighed as it is.
    if (last < 0 && rest.length < 1_000_000) {
      rest = Buffer.concat([rest, chunk])
      continue
    }
    weigh(rest.length ? Buffer.concat([rest, chunk.subarray(0, last + 1)]) : chunk.subarray(0, last + 1))
    rest = Buffer.from(chunk.subarray(last + 1))
  }
  weigh(rest)
  return {
    id: sum.digest('hex').slice(0, 32),
    bytes,
    encoding: other > utf8 ? 'cp932' : 'utf-8',
    bom: head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf,
    utf16: (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff),
    records_at_most: lines + 1,
  }
}

const hex = (b: Buffer) => b.subarray(0, 8).toString('hex').toUpperCase().replace(/../g, '$& ').trim()
/** The first bytes of a cell that are no letters of its encoding. */
function strange(cell: Buffer, encoding: Encoding): string {
  for (let at = 0; at < cell.length;) {
    const byte = cell[at]!
    const size =
      encoding === 'utf-8'
        ? byte < 0xc0
          ? 1
          : byte < 0xe0
            ? 2
            : byte < 0xf0
              ? 3
              : 4
        : byte < 0x80 || (byte >= 0xa1 && byte <= 0xdf)
          ? 1
          : 2
    const letter = cell.subarray(at, at + size)
    if (encoding === 'utf-8' ? !isUtf8(letter) : iconv.decode(letter, 'cp932').includes('\uFFFD'))
      return hex(letter)
    at += size
  }
  return ''
}
function lettersOf(cell: Buffer, encoding: Encoding): string | undefined {
  if (isAscii(cell)) return cell.toString('latin1')
  if (encoding === 'utf-8') return isUtf8(cell) ? cell.toString('utf8') : undefined
  const text = iconv.decode(cell, 'cp932')
  return text.includes('\uFFFD') ? undefined : text
}
/** As much of it as can be read; the rest as `\x83`. */
function shown(cell: Buffer): string {
  return cell.toString('utf8', 0, 2000).includes('\uFFFD')
    ? cell
        .toString('latin1', 0, 500)
        .replace(/[^\x20-\x7e]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
    : cell.toString('utf8', 0, 2000)
}

const longest = 256 * 1024
/** Where in a cell the reader is. */
const In = { start: 0, plain: 1, quoted: 2, closed: 3, junk: 4 } as const

/**
 * Reads a CSV file record by record, in hands of at most 500 records or a megabyte. What cannot be read is told with its
 * line and cell, and reading goes on behind it: bytes that are no letters, NUL, a quote that is left open or written on,
 * a record longer than 256 KB (its bytes are not kept, however many there are).
 */
export async function* recordsOf(file: string, encoding: Encoding): AsyncGenerator<FileRecord[]> {
  let hand: FileRecord[] = []
  let weight = 0
  let line = 1
  let began = 1
  let state: number = In.start
  let buffer: Buffer = Buffer.alloc(0)
  let at = 0
  let from = 0
  let cellFrom = 0
  /** Whether the record has grown too long to be kept, and in which cell. */
  let long = 0
  let cell = 1
  let quoted = false
  let junk = 0
  const spans: number[] = []
  let first = true

  const endCell = (end: number) => {
    if (!long) spans.push(cellFrom, end, quoted ? 1 : 0)
    cell++
    quoted = false
    cellFrom = end + 1
  }
  const endRecord = (end: number, open: boolean) => {
    const unread: Unread[] = []
    const cells: string[] = []
    if (long) unread.push({ column: long, why: 'long', found: '' })
    else {
      const whole = buffer.subarray(from, end)
      const plain = isAscii(whole)
      const nul = whole.includes(0)
      for (let n = 0; n < spans.length; n += 3) {
        let a = spans[n]!
        let b = spans[n + 1]!
        const column = n / 3 + 1
        const isQuoted = spans[n + 2] === 1
        if (isQuoted) {
          a++
          if (b > a && buffer[b - 1] === quote) b--
        }
        const bytes = buffer.subarray(a, b)
        let text = plain ? bytes.toString('latin1') : lettersOf(bytes, encoding)
        if (text === undefined) {
          unread.push({ column, why: 'bytes', found: strange(bytes, encoding) })
          text = shown(bytes)
        }
        if (nul && text.includes('\0')) {
          unread.push({ column, why: 'nul', found: '' })
          text = text.replaceAll('\0', '\\x00')
        }
        cells.push(isQuoted && text.includes('"') ? text.replaceAll('""', '"') : text)
      }
      if (open || junk) unread.push({ column: open ? cells.length : junk, why: 'quote', found: '' })
      weight += whole.length
    }
    if (long || cells.length > 1 || cells[0] !== '') hand.push({ line: began, cells, unread })
    spans.length = 0
    long = 0
    junk = 0
    cell = 1
    state = In.start
  }

  for await (const chunk of bytesOf(file) as AsyncIterable<Buffer>) {
    // What is left of a record under way moves to the front; of one too long nothing is kept.
    const shift = long ? at : from
    const kept = buffer.subarray(shift)
    for (let n = 0; n < spans.length; n++) if (n % 3 !== 2) spans[n]! -= shift
    cellFrom -= shift
    from -= shift
    at -= shift
    if (long) {
      from = 0
      cellFrom = 0
    }
    buffer = kept.length ? Buffer.concat([kept, chunk]) : chunk
    if (first) {
      if (buffer.length < 3) continue
      first = false
      if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) at = from = cellFrom = 3
    }
    for (; at < buffer.length; at++) {
      const byte = buffer[at]!
      if (state === In.quoted) {
        if (byte === quote) state = In.closed
        else if (byte === lf) line++
      } else if (byte === lf) {
        const end = at > from && buffer[at - 1] === cr ? at - 1 : at
        endCell(end)
        endRecord(end, false)
        line++
        began = line
        from = cellFrom = at + 1
        if (hand.length >= 500 || weight > 1_000_000) {
          yield hand
          hand = []
          weight = 0
        }
      } else if (byte === comma) {
        endCell(at)
        state = In.start
      } else if (byte === quote) {
        if (state === In.start) {
          state = In.quoted
          quoted = true
        } else if (state === In.closed) state = In.quoted
        else if (state === In.plain) {
          // A quote within a plain cell is a letter, as spreadsheets read it.
        } else junk ||= cell
      } else if (state === In.start) state = In.plain
      else if (state === In.closed && byte !== cr) {
        state = In.junk
        junk ||= cell
      }
      if (!long && at - from > longest) {
        long = cell
        spans.length = 0
      }
    }
    if (!long && at - from > longest) long = cell
  }
  if (first && buffer.length) at = buffer.length
  if (at > from || spans.length || long) {
    // The last line has no end. Of three bytes or less nobody has looked at any.
    if (first) spans.push(0, buffer.length, 0)
    else endCell(at)
    endRecord(at, state === In.quoted)
  }
  if (hand.length) yield hand
}
