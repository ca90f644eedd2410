import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { pipeline, Transform, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'

/** One row of a file, with the line it begins on (the heading is line 1): a quoted cell may span several. */
export type FileRow = { readonly line: number; readonly cells: Readonly<Record<string, string>> }

/** The bytes of a file, unpacked where they are gzip, whatever the name says. */
export function bytesOf(file: string): Readable {
  const magic = Buffer.alloc(2)
  const handle = fs.openSync(file, 'r')
  fs.readSync(handle, magic, 0, 2, 0)
  fs.closeSync(handle)
  const raw = fs.createReadStream(file, { highWaterMark: 256 * 1024 })
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return raw
  return joined(raw, createGunzip())
}
/** What ends one of them ends the others: a reader that stops early leaves no file open, and what cannot be read is said at the end. */
const joined = <Last extends Transform>(...streams: [Readable, ...Transform[], Last]): Last => {
  pipeline(streams, () => {})
  return streams.at(-1) as Last
}
/** The first 32 hex digits of the SHA-256 of what is in a file: packed or not, under any name, it is the same file. */
export async function fileId(file: string): Promise<string> {
  const sum = createHash('sha256')
  for await (const bytes of bytesOf(file)) sum.update(bytes)
  return sum.digest('hex').slice(0, 32)
}
/** Reads a CSV file of UTF-8 as a stream, however long it is: only what the reader has not taken yet is in memory. */
export async function* rowsOf(file: string): AsyncGenerator<FileRow[]> {
  const parser = parse({
    columns: true,
    bom: true,
    info: true,
    max_record_size: 1_000_000,
    skip_empty_lines: true,
  })
  // In hands of five hundred: a promise a row would cost more than the row.
  const hands = new Transform({
    objectMode: true,
    readableHighWaterMark: 4,
    writableHighWaterMark: 1000,
    transform(r: { record: Record<string, string>; info: { lines: number } }, _, done) {
      hand.push({ line: began, cells: r.record })
      began = r.info.lines + 1
      if (hand.length === 500) {
        this.push(hand)
        hand = []
      }
      done()
    },
    flush(done) {
      if (hand.length) this.push(hand)
      done()
    },
  })
  let hand: FileRow[] = []
  let began = 2
  yield* joined(bytesOf(file), parser, hands) as AsyncIterable<FileRow[]>
}
