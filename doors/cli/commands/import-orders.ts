import { parseArgs } from 'node:util'
import { openVault } from '#domains/persons'
import { startFollowers } from '#doors/worker'
import { importOrders, minorUnits, NotTakenIn, Unreadable, type Report } from '#doors/history'
import { loadConfig, secretKey } from '#kernel/config'
import { Gate } from '#kernel/gate'
import { Refusal } from '#kernel/refusal'
import { demandMigrated, openDatabase } from '../database.ts'
import { misused } from '../problems.ts'
import { say } from '../progress.ts'

export const help = `
akinai import orders FILE [--channel NAME] [--currency GBP] [--zone Europe/London] [--place CODE] [--json]

Replays the order history of another shop from a CSV file (plain or gzip) with the columns InvoiceNo, StockCode,
Description, Quantity, InvoiceDate, UnitPrice, CustomerID. Sales, payments, parcels and returns are booked on their days,
in their own currency. docs/importing-orders.md says what becomes of each kind of row.
他の店の注文履歴を CSV ファイルから取り込みます。販売・入金・出荷・返品をその日付とその通貨で記帳します。

  --channel   whose history it is (default: history); order and buyer numbers are unique within it
  --currency  of the prices (default: GBP)
  --zone      of the times (default: Europe/London)
  --place     code of the place that served the orders (default: the first that serves the web shop)
  --json      the report as JSON on stdout
`

export async function run(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      channel: { type: 'string', default: 'history' },
      currency: { type: 'string', default: 'GBP' },
      zone: { type: 'string', default: 'Europe/London' },
      place: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [file] = positionals
  if (values.help || file === undefined) {
    ;(values.help ? process.stdout : process.stderr).write(`${help.trim()}\n`)
    return values.help ? 0 : 2
  }
  if (!spoken(() => moneyOf(values.currency))) throw misused(`--currency ${values.currency}`)
  if (!spoken(() => new Intl.DateTimeFormat('en', { timeZone: values.zone })))
    throw misused(`--zone ${values.zone}`)
  const config = loadConfig()
  const database = await openDatabase(config, say)
  try {
    await demandMigrated(database.owner)
    const vault = openVault(secretKey(config))
    const gate = await Gate.open(database.app, {
      lanes: config.gateLanes,
      secret: vault.sign.toString('base64'),
    })
    const followers = startFollowers({ app: database.app, gate, config })
    try {
      const place = values.place ?? (await firstPlace(gate))
      let told = performance.now()
      const began = told
      const report = await importOrders(
        gate,
        vault,
        { file, shop: 1, place, channel: values.channel, currency: values.currency, zone: values.zone },
        (done, of) => {
          if (performance.now() - told < 1000) return
          told = performance.now()
          const rate = Math.round(done / ((told - began) / 1000))
          say(`${done} / ${of} 行 / lines (${Math.floor((100 * done) / of)} %, ${rate}/s)`)
        },
      )
      const booked = performance.now()
      await followers.caughtUp()
      const seconds = report.seconds + (performance.now() - booked) / 1000
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ ...report, seconds })}\n`
          : worded({ ...report, seconds }, values.currency),
      )
      return 0
    } finally {
      await followers.stop()
      await gate.close()
    }
  } catch (error) {
    const words = toldAs(error, file)
    if (words === undefined) throw error
    process.stderr.write(words)
    return 1
  } finally {
    await database.close()
  }
}
async function firstPlace(gate: Gate): Promise<string> {
  const { allPlaces } = await import('#domains/places')
  const places = await gate.read(async (tx) => [...(await allPlaces(tx))], {})
  const open = places.filter((p) => p.sells_web).toSorted((a, b) => a.priority - b.priority)
  return (open[0] ?? places[0])?.code ?? ''
}
function toldAs(error: unknown, file: string): string | undefined {
  if (error instanceof Unreadable)
    return [
      `${file}: 読めない行があるため、何も取り込んでいません / nothing was taken in, for these rows cannot be read:`,
      ...error.faults.map((f) => `  line ${f.line}, ${f.column}: “${f.found}” ${f.words}`),
      ...(error.more ? ['  … and more / ほか'] : []),
      '',
    ].join('\n')
  if (error instanceof NotTakenIn && error.cause instanceof Refusal)
    return `${file}: ${error.line} 行目からの伝票 ${error.number} を取り込めません / the document ${error.number} from line ${error.line} on cannot be taken in: ${error.cause.code} ${JSON.stringify(error.cause.detail)}\n`
  if ((error as { code?: string }).code === 'ENOENT')
    return `${file}: ファイルがありません / there is no such file\n`
  return undefined
}

/** Whether it is one that is known, of currencies or zones. */
function spoken(make: () => unknown): boolean {
  try {
    make()
    return true
  } catch {
    return false
  }
}
/** Ten-thousandths of the smallest coin, as the currency is written: yen have no smaller one. */
const moneyOf = (currency: string) => {
  const places = minorUnits(currency)
  const form = new Intl.NumberFormat('en', {
    minimumFractionDigits: places,
    maximumFractionDigits: places + 4,
    signDisplay: 'negative',
  })
  return (tenThousandths: number) => form.format(tenThousandths / 10_000 / 10 ** places)
}
function worded(r: Report, currency: string): string {
  const money = moneyOf(currency)
  const lines: string[] = []
  const row = (...cells: (string | number)[]) =>
    lines.push(cells.map((c, i) => (i === 0 ? String(c).padEnd(42) : String(c).padStart(16))).join(''))
  row(`ファイルの内容 / the file (${r.lines} lines, ${r.invoices} documents)`, 'lines', 'units', currency)
  let units = 0
  let told = 0
  for (const [name, s] of Object.entries(r.told)) {
    row(`  ${name}`, s.lines, s.units, money(s.told))
    units += s.units
    told += s.told
  }
  row('  total', r.lines, units, money(told))
  const of = (kind: string) => r.became.find((b) => b.kind === kind)
  const [sale, credit, adjustment] = [of('sale'), of('credit'), of('adjustment')]
  row('帳簿の内容 / the books', 'documents', 'units', currency)
  row('  orders', sale?.documents ?? 0, sale?.units ?? 0, money((sale?.amount ?? 0) * 10_000))
  const linked = (credit?.units ?? 0) + (credit?.unlinked_units ?? 0)
  row('  returned to their orders', credit?.documents ?? 0, linked, money(-(credit?.refunded ?? 0) * 10_000))
  row('  without a known order', '', -(credit?.unlinked_units ?? 0), money(-(credit?.credited ?? 0) * 10_000))
  row('  found and lost', adjustment?.documents ?? 0, adjustment?.units ?? 0, money(0))
  const bookedUnits = (sale?.units ?? 0) + (credit?.units ?? 0) + (adjustment?.units ?? 0)
  const booked = ((sale?.amount ?? 0) - (credit?.refunded ?? 0) - (credit?.credited ?? 0)) * 10_000
  row('  total', '', bookedUnits, money(booked))
  const services = r.told.service.units + r.told['credited service'].units
  row('差 / difference', '', units - bookedUnits, money(told - booked))
  row('  carriage, fees, discounts are no units', '', services, '')
  row('  prices finer than the smallest coin', '', '', money(r.rounded))
  row('  unexplained', '', units - bookedUnits - services, money(told - booked - r.rounded))
  lines.push(`${r.seconds.toFixed(1)} s, ${Math.round(r.lines / r.seconds)} lines/s`)
  return `${lines.join('\n')}\n`
}
