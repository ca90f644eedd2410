import fs from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { openVault } from '#domains/persons'
import {
  builtIn,
  failedRows,
  importProducts,
  keptRows,
  mappingOf,
  tryImport,
  undoImport,
  wordsOf,
  type Mapping,
  type Progress,
  type Report,
} from '#doors/products'
import { cancelImport } from '#flows/imports'
import { loadConfig, secretKey } from '#kernel/config'
import { Gate } from '#kernel/gate'
import { unitPriceText } from '#kernel/money'
import { demandMigrated, openDatabase } from '../database.ts'
import { numberIn } from '../problems.ts'
import { say } from '../progress.ts'

export const help = `
akinai import products FILE [--dry-run] [--mapping NAME|FILE | --columns "heading=field,…"] [options]
akinai import products --undo RUN
akinai import products --failed RUN OUT.csv

Takes products in from a CSV file (UTF-8 or CP932, plain or gzip). What is new is made, what differs is changed, prices hold
from their day on; the rest stays as it is. Begun again, it does what is missing. Rows that cannot be taken in are named by
line and column, and given back as a file. docs/importing-products.md lists the fields.
商品を CSV ファイル（UTF-8・Shift_JIS（CP932）、gzip も可）から取り込みます。取り込めない行は行番号と列名で示します。

  --dry-run      say what would become of each row, and write nothing
  --mapping      akinai (our own export), mhlw (薬価基準収載品目リスト), jan-list, or a JSON file; default: what fits the headings
  --columns      "商品番号=code,商品名=name,価格=price"
  --encoding     utf-8 or cp932 (default: what the file is)
  --from         day from which prices hold, 2026-04-01 (default: the date in an mhlw file's name, else now)
  --discontinue  archive what the list's last file named and this one does not; what comes back is on sale again
  --again        take in once more a file that was taken in before
  --shop         number of the shop whose prices are meant (default: 1)
  --undo RUN     take a whole import back
  --failed RUN   write the rows that could not be taken in to OUT.csv
  --json         the report as JSON on stdout
`

export async function run(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean' },
      mapping: { type: 'string' },
      columns: { type: 'string' },
      encoding: { type: 'string' },
      from: { type: 'string' },
      discontinue: { type: 'boolean' },
      again: { type: 'boolean' },
      shop: { type: 'string', default: '1' },
      undo: { type: 'string' },
      failed: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [file] = positionals
  const badly =
    (file === undefined && values.undo === undefined) ||
    (values.encoding !== undefined && !['utf-8', 'cp932'].includes(values.encoding))
  if (values.help || badly) {
    ;(values.help ? process.stdout : process.stderr).write(`${help.trim()}\n`)
    return values.help ? 0 : 2
  }
  const shop = numberIn('--shop', values.shop)
  const undone = values.undo === undefined ? undefined : numberIn('--undo', values.undo)
  const failed = values.failed === undefined ? undefined : numberIn('--failed', values.failed)
  if (file !== undefined && failed === undefined && !fs.existsSync(file)) {
    process.stderr.write(`${file}: ファイルがありません / there is no such file\n`)
    return 1
  }
  const mapping = mappingFrom(values)
  const config = loadConfig()
  const database = await openDatabase(config, say)
  try {
    await demandMigrated(database.owner)
    const vault = openVault(secretKey(config))
    const gate = await Gate.open(database.app, {
      lanes: config.gateLanes,
      secret: vault.sign.toString('base64'),
    })
    try {
      if (undone !== undefined) return await undo(gate, undone)
      if (failed !== undefined) {
        await pipeline(failedRows(gate, failed, 'ja'), fs.createWriteStream(file!))
        return 0
      }
      const ask = {
        file: file!,
        shop,
        zone: config.timeZone,
        ...(mapping && { mapping }),
        ...(values.encoding && {
          encoding: values.encoding === 'cp932' ? ('cp932' as const) : ('utf-8' as const),
        }),
        ...(values.from !== undefined && { from: values.from }),
        ...(values.discontinue && { discontinue: true }),
        ...(values.again && { again: true }),
      }
      let told = performance.now()
      let current: number | null = null
      const tell = (p: Progress) => {
        current = p.run
        if (performance.now() - told < 1000) return
        told = performance.now()
        say(
          `${p.rows} / ≤ ${p.of} 行 / lines: ${p.created} 新規/new, ${p.changed} 変更/changed, ${p.faulty} 誤り/faulty`,
        )
      }
      // Ctrl-C ends it between two batches: what is done stays and is reported.
      const stop = new AbortController()
      const cancel = () => {
        stop.abort()
        if (current !== null) void gate.run(cancelImport, { run: current }).catch(() => {})
      }
      process.once('SIGINT', cancel)
      const report = values['dry-run']
        ? await tryImport(gate, ask, tell, stop.signal)
        : await importProducts(gate, ask, tell)
      process.off('SIGINT', cancel)
      process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : worded(report))
      return report.faulty > 0 ? 1 : 0
    } finally {
      await gate.close()
    }
  } finally {
    await database.close()
  }
}

function mappingFrom(values: {
  mapping?: string | undefined
  columns?: string | undefined
}): Mapping | undefined {
  if (values.columns !== undefined) return mappingOf(values.columns, values.mapping ?? 'columns')
  if (values.mapping === undefined || values.mapping === 'akinai') return undefined
  if (Object.hasOwn(builtIn, values.mapping)) return builtIn[values.mapping]
  const text = fs.existsSync(values.mapping) ? fs.readFileSync(values.mapping, 'utf8') : values.mapping
  return mappingOf(text, path.basename(values.mapping, '.json'))
}
async function undo(gate: Gate, run: number): Promise<number> {
  const { undone, kept } = await undoImport(gate, run)
  const lines = [`${undone} 行を元に戻しました / taken back`]
  if (kept) {
    lines.push(`${kept} 行はその後変更されたため、そのままです / changed since, and left as they are:`)
    for (const k of await keptRows(gate, run)) lines.push(`  line ${k.line}: ${k.code} (${k.why})`)
  }
  process.stdout.write(`${lines.join('\n')}\n`)
  return kept ? 1 : 0
}

const shown = (field: string, value: unknown) =>
  value === null
    ? '–'
    : field === 'price'
      ? unitPriceText(Number(value))
      : typeof value === 'string'
        ? value
        : JSON.stringify(value)
function worded(r: Report): string {
  const lines = [
    `${r.name}: ${r.encoding}${r.bom ? ' (BOM)' : ''}, ${r.mapping}${r.from ? `, 価格適用 / prices from ${r.from}` : ''}`,
    ...(r.before
      ? ['このファイルは取り込み済みです。何も変えていません / taken in before: nothing was changed']
      : []),
    ...(r.state === 'dry' ? ['試行です。何も書いていません / a dry run: nothing was written'] : []),
    ...(r.state === 'cancelled'
      ? ['中止しました。ここまでの分は残っています / cancelled: what is done stays']
      : []),
    ...(r.run === null ? [] : [`取り込み番号 / run ${r.run}`]),
    `${r.rows} 行 / rows`,
    `  新規 / new            ${r.created}`,
    `  変更 / changed        ${r.changed}`,
    `  変更なし / unchanged  ${r.unchanged}`,
    `  掲載終了 / discontinued ${r.discontinued}`,
    `  価格 / prices set     ${r.prices}`,
    `  誤り / faulty rows    ${r.faulty}`,
  ]
  if (r.state === 'dry') {
    for (const d of r.differences.slice(0, 20))
      lines.push(
        `  ${d.kind} line ${d.line} ${d.code}: ${d.changes.map((c) => `${c.field} ${shown(c.field, c.before)} → ${shown(c.field, c.after)}`).join('; ')}`.slice(
          0,
          300,
        ),
      )
    if (r.differences.length > 20) lines.push('  …')
  }
  for (const f of r.faults.slice(0, 50))
    lines.push(
      `  line ${f.line}, column ${f.column}${f.head ? ` (${f.head})` : ''}: ${wordsOf(f, 'ja')} / ${wordsOf(f, 'en')}`,
    )
  if (r.faults.length > 50 || r.more_faults) lines.push(`  … --failed ${r.run ?? 'RUN'} OUT.csv`)
  lines.push(`${r.seconds.toFixed(1)} s, ${Math.round(r.rows / Math.max(r.seconds, 0.001))} rows/s`)
  return `${lines.join('\n')}\n`
}
