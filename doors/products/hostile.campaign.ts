/** P16: a file of a million rows that means harm: NUL, two encodings in one file, a field of 10 MB, formulas, shifted columns. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { Fault } from '#domains/imports'
import type { FreshDatabase } from '#testing'

export default async function campaign(database: FreshDatabase): Promise<string> {
  return hostile(database, Number(process.env.ROWS ?? 1_000_000))
}

/** As tools/bootstrap.mjs runs an import. */
const asImported = ['--max-semi-space-size=16', '--no-memory-pool', '--max-old-space-size=160']
const sjis = Buffer.from([0x93, 0xf1, 0x8d, 0x73, 0x96, 0xda])
/** Row `n` of the file, and what is to be said of it: column and code. */
function row(n: number, rows: number): { bytes: Buffer; fault?: [number, string] } {
  const text = (name: string, price = `${n % 1000}.5`) => Buffer.from(`H-${n},${name},${price}\n`)
  if (n === Math.floor(rows / 2))
    return {
      bytes: Buffer.concat([Buffer.from(`H-${n},"`), Buffer.alloc(10_000_000, 'x'), Buffer.from('",1\n')]),
      fault: [2, 'imports.cell_unreadable'],
    }
  switch (n % 10) {
    case 0:
      return { bytes: text('a\0b'), fault: [2, 'imports.cell_unreadable'] }
    case 1:
      return {
        bytes: Buffer.concat([Buffer.from(`H-${n},`), sjis, Buffer.from(',1\n')]),
        fault: [2, 'imports.cell_unreadable'],
      }
    case 2:
      return { bytes: Buffer.from(`H-${n},three,4,5\n`), fault: [4, 'imports.row_unfit'] }
    case 3:
      return { bytes: text(['=1+1', '@SUM(A1)', '＝HYPERLINK(1)', '-2+3'][n % 4]!) }
    case 4:
      return { bytes: text('価格が無い', '=9*9'), fault: [3, 'imports.cell_unfit'] }
    case 5:
      return { bytes: Buffer.from(`H ${n},コード,1\n`), fault: [1, 'imports.cell_unfit'] }
    case 6:
      return { bytes: text('"閉じた"後', '1'), fault: [2, 'imports.cell_unreadable'] }
    default:
      return { bytes: text('"二行の\n名前"') }
  }
}

/** Takes such a file in, in a process of its own, and holds every fault against what was planted. */
export async function hostile(database: FreshDatabase, rows: number): Promise<string> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'akinai-hostile-'))
  const file = path.join(directory, 'hostile.csv')
  const db = new pg.Client(database.owner)
  await db.connect()
  try {
    const planted = write(file, rows)
    const script = `
      import { Gate } from '#kernel/gate'
      import { importProducts, failedRows } from '#doors/products'
      const { app, file } = JSON.parse(process.env.AKINAI_TEST)
      const gate = await Gate.open(app, { lanes: 2 })
      const r = await importProducts(gate, { file, shop: 1, zone: 'Asia/Tokyo' })
      let given = 0, formulas = 0
      for await (const part of failedRows(gate, r.run, 'en')) {
        given++
        if (/(^|,)"?\\s*[=+\\-@＝＋－＠]/.test(part)) formulas++
      }
      await gate.close()
      console.log(JSON.stringify({ ...r, faults: r.faults.length, given: given - 1, formulas, peak: process.resourceUsage().maxRSS / 1024 }))`
    const began = performance.now()
    const child = spawn(process.execPath, [...asImported, '--input-type=module-typescript', '-e', script], {
      cwd: path.resolve(import.meta.dirname, '../..'),
      env: { ...process.env, AKINAI_TEST: JSON.stringify({ app: database.app, file }) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
    const [code] = await once(child, 'close')
    assert.equal(code, 0)
    const seconds = (performance.now() - began) / 1000
    const r = JSON.parse(said) as {
      run: number
      rows: number
      created: number
      faulty: number
      given: number
      formulas: number
      encoding: string
      peak: number
    }
    assert.deepEqual(
      [r.rows, r.created, r.faulty, r.given, r.encoding],
      [rows, rows - planted.size, planted.size, planted.size, 'utf-8'],
    )
    assert.equal(r.formulas, 0)
    // Every fault, by line, column and code.
    let last = -1
    let found = 0
    while (true) {
      const { rows: batches } = await db.query(
        'select line, faults from imports.batch where run = $1 and line > $2 order by line limit 50',
        [r.run, last],
      )
      if (!batches.length) break
      for (const b of batches as { line: number; faults: Fault[] }[]) {
        last = b.line
        for (const f of b.faults) {
          assert.deepEqual([f.column, f.code], planted.get(f.line), `line ${f.line}`)
          found++
        }
      }
    }
    assert.equal(found, planted.size)
    assert.ok(r.peak <= 300, `${Math.round(r.peak)} MB`)
    assert.ok(seconds <= 300, `${Math.round(seconds)} s`)
    return `${rows} rows, ${found} faults by line and column, ${r.created} products, ${seconds.toFixed(0)} s, ${Math.round(r.peak)} MB at most`
  } finally {
    await db.end()
    fs.rmSync(directory, { recursive: true, force: true })
  }
}
function write(file: string, rows: number): Map<number, [number, string]> {
  const planted = new Map<number, [number, string]>()
  const out = fs.openSync(file, 'w')
  let line = 2
  let hand: Buffer[] = [Buffer.from('code,name,price\n')]
  for (let n = 0; n < rows; n++) {
    const { bytes, fault } = row(n, rows)
    hand.push(bytes)
    if (fault) planted.set(line, fault)
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) line++
    if (hand.length >= 2000) {
      fs.writeSync(out, Buffer.concat(hand))
      hand = []
    }
  }
  fs.writeSync(out, Buffer.concat(hand))
  fs.closeSync(out)
  return planted
}
