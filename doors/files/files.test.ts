import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { recordsOf, rowsOf } from './index.ts'

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-files-'))
after(() => fs.rmSync(directory, { recursive: true, force: true }))
const text = `code,name\n${'A,一\n'.repeat(300_000)}`
const written = (name: string, what: string | Buffer) => {
  fs.writeFileSync(path.join(directory, name), what)
  return path.join(directory, name)
}
/** Files of this directory that this process holds open. */
const open = () =>
  fs.readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${fd}`).startsWith(directory)
    } catch {
      return false
    }
  })

test(
  'a reader that stops early leaves no file open, packed or not',
  { skip: process.platform !== 'linux' && 'what is open is read from /proc' },
  async () => {
    for (const file of [written('a.csv', text), written('a.csv.gz', gzipSync(text))])
      for (const read of [() => recordsOf(file, 'utf-8'), () => rowsOf(file)]) {
        for await (const hand of read()) {
          assert.ok(hand.length > 0)
          break
        }
        for (let n = 0; open().length > 0; n++) {
          assert.ok(n < 40, `${file} stays open`)
          await new Promise((r) => setTimeout(r, 25))
        }
      }
  },
)
test('a file that breaks off is refused by whoever reads it', async () => {
  const file = written('half.gz', gzipSync(text).subarray(0, 2000))
  const read = async (rows: AsyncIterable<unknown>) => {
    for await (const _ of rows);
  }
  await assert.rejects(read(recordsOf(file, 'utf-8')), { code: 'Z_BUF_ERROR' })
  await assert.rejects(read(rowsOf(file)), { code: 'Z_BUF_ERROR' })
})
