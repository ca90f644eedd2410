import { fileId, rowsOf } from '#doors/files'
import {
  enrolBuyers,
  openShelves,
  recordPastAdjustment,
  recordPastCredit,
  recordPastSale,
  takenIn,
} from '#flows/history'
import { capturePayment, shipOrder } from '#flows/desk'
import type { Vault } from '#domains/persons'
import type { Gate } from '#kernel/gate'
import { derivedKey, uuid } from '#kernel/ids'
import { Refusal } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import {
  Invoices,
  isCarriage,
  isService,
  partsOf,
  readRow,
  type Fault,
  type Invoice,
  type Row,
} from './read.ts'

export type Ask = {
  readonly file: string
  readonly shop: number
  readonly place: string
  /** Whose history it is: order numbers and buyers' numbers are unique within it. */
  readonly channel: string
  readonly currency: string
  readonly zone: string
  /** Documents under way at once. */
  readonly atOnce?: number
}
type Treatment = 'sale' | 'free' | 'service' | 'credit' | 'credited service' | 'found' | 'lost'
type Sums = { lines: number; units: number; told: number }
export type Report = {
  readonly file: string
  readonly lines: number
  readonly invoices: number
  readonly told: Record<Treatment, Sums>
  readonly became: readonly {
    kind: string
    documents: number
    told: number
    units: number
    amount: number
    refunded: number
    unlinked_units: number
    credited: number
  }[]
  /** Prices finer than the smallest coin: what rounding them took, in ten-thousandths of a minor unit. */
  readonly rounded: number
  readonly seconds: number
}
export class Unreadable extends Error {
  readonly faults: readonly Fault[]
  readonly more: boolean
  constructor(faults: readonly Fault[], more: boolean) {
    super('the file cannot be read')
    this.faults = faults
    this.more = more
  }
}
/** How many digits a currency's smallest coin is behind the point. */
export const minorUnits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits!
const chunk = 250

/**
 * Replays a file of past orders. It is read twice: first what it holds (nothing is written if a row cannot be read), then
 * document by document, each a few commands whose keys are made of file and line. Ended anywhere, the next run does what is
 * missing; a run after the last one does nothing.
 */
export async function importOrders(
  gate: Gate,
  vault: Vault,
  ask: Ask,
  tell: (done: number, of: number) => void = () => {},
): Promise<Report> {
  const began = performance.now()
  const id = await fileId(ask.file)
  const seen = await survey(ask)
  const common = { file: id, shop: ask.shop, place: ask.place, channel: ask.channel, currency: ask.currency }
  const key = (what: string, line: number) =>
    derivedKey('history', id, line, what, ask.shop, ask.place, ask.channel, ask.currency, ask.zone)
  // A refusal is remembered under its key. What was refused the last time (a shelf that was empty then) is asked anew: the
  // document itself says whether it was taken in.
  const run: Gate['run'] = async (flow, value, o) => {
    try {
      return await gate.run(flow, value, o)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return gate.run(flow, value, { ...o, key: uuid() })
    }
  }
  const instant = (at: string) =>
    Temporal.PlainDateTime.from(at.replace(' ', 'T')).toZonedDateTime(ask.zone).toInstant().toString()

  const skus = [...seen.skus].map(([code, s]) => ({ code, name: s.name || code, leaves: s.leaves }))
  for (let n = 0; n < skus.length; n += chunk)
    await run(
      openShelves,
      { file: id, line: n, place: ask.place, at: instant(seen.first), skus: skus.slice(n, n + chunk) },
      { key: key('opening', n) },
    )
  const buyerOf = (buyer: string) => `${ask.channel}:${buyer || 'unknown'}`
  const buyers = [...seen.buyers].map(buyerOf)
  for (let n = 0; n < buyers.length; n += chunk)
    await run(
      enrolBuyers,
      { file: id, line: n, shop: ask.shop, source: ask.channel, codes: buyers.slice(n, n + chunk) },
      { key: key('buyers', n) },
    )

  const pay = capturePayment(vault)
  const positive = (r: Row) => ({
    sku: r.code,
    code: r.code,
    quantity: Math.abs(r.quantity),
    unit_price: Math.abs(r.price),
  })
  const goodsOf = (rows: readonly Row[]) =>
    rows
      .filter((r) => !isService(r.code))
      .map(({ code, quantity, price }) => ({
        sku: code,
        quantity: Math.abs(quantity),
        unit_price: Math.abs(price),
      }))
  async function takeIn(invoice: Invoice): Promise<void> {
    const at = instant(invoice.at)
    const { sale, credit, found, lost } = partsOf(invoice)
    const document = (rows: readonly Row[]) => ({
      ...common,
      line: rows[0]!.line,
      number: invoice.number,
      buyer: buyerOf(invoice.buyer),
      at,
    })
    if (sale.length) {
      const d = document(sale)
      const services = sale
        .filter((r) => isService(r.code))
        .map((r) => ({ ...positive(r), carriage: isCarriage(r.code) }))
        .map(({ code, quantity, unit_price, carriage }) => ({ code, quantity, unit_price, carriage }))
      const sold = await run(
        recordPastSale,
        { ...d, goods: goodsOf(sale), services },
        { key: key('sale', d.line) },
      )
      if (sold.state === 'open') {
        if (sold.owed > 0)
          await run(
            pay,
            { order: sold.order, amount: sold.owed, happened_at: at },
            { key: key('pay', d.line), name: 'history.pay' },
          )
        if (sold.goods)
          await run(shipOrder, { order: sold.order, shipped_at: at }, { key: key('ship', d.line) })
      }
    }
    if (credit.length) {
      const d = document(credit)
      const services = credit
        .filter((r) => isService(r.code))
        .map(positive)
        .map(({ code, quantity, unit_price }) => ({ code, quantity, unit_price }))
      await run(
        recordPastCredit,
        { ...d, known: invoice.buyer !== '', goods: goodsOf(credit), services },
        { key: key('credit', d.line) },
      )
    }
    for (const [reason, rows] of [
      ['found', found],
      ['lost', lost],
    ] as const)
      if (rows.length) {
        const d = document(rows)
        await run(recordPastAdjustment, { ...d, reason, goods: goodsOf(rows) }, { key: key(reason, d.line) })
      }
  }

  // A buyer's documents follow one another, for a return looks for what was bought before; different buyers' go side by side.
  const last = new Map<string, Promise<void>>()
  const under = new Set<Promise<void>>()
  let failed: unknown
  let done = 0
  const begin = (invoice: Invoice) => {
    const before = invoice.buyer === '' ? undefined : last.get(invoice.buyer)
    const running = (async () => {
      await before
      if (failed) return
      try {
        await takeIn(invoice)
        done += invoice.rows.length
      } catch (error) {
        failed ??= new NotTakenIn(invoice, error)
      }
    })()
    under.add(running)
    if (invoice.buyer) last.set(invoice.buyer, running)
    void running.then(() => {
      under.delete(running)
      if (last.get(invoice.buyer) === running) last.delete(invoice.buyer)
    })
  }
  const minor = minorUnits(ask.currency)
  const groups = new Invoices()
  for await (const hand of rowsOf(ask.file)) {
    for (const cells of hand) {
      const invoice = groups.take(readRow(cells, minor) as Row)
      if (invoice) begin(invoice)
      while (under.size >= (ask.atOnce ?? 40)) await Promise.race(under)
      if (failed) break
    }
    if (failed) break
    tell(done, seen.lines)
  }
  const rest = groups.rest()
  if (rest && !failed) begin(rest)
  await Promise.all(under)
  if (failed) throw failed
  tell(done, seen.lines)
  const became = checked<Report['became']>(await gate.reads.ask(takenIn(id)))
  return {
    file: id,
    lines: seen.lines,
    invoices: seen.invoices,
    told: seen.told,
    became,
    rounded: seen.rounded,
    seconds: (performance.now() - began) / 1000,
  }
}
/** A document that could not be taken in stops the file: what came before stays, and the next run goes on here. */
export class NotTakenIn extends Error {
  readonly line: number
  readonly number: string
  constructor(invoice: Invoice, cause: unknown) {
    super(`line ${invoice.rows[0]!.line}`, { cause })
    this.line = invoice.rows[0]!.line
    this.number = invoice.number
  }
}

/** What a file holds, without writing anything. Refuses a file with rows that cannot be read, naming line and column. */
async function survey(ask: Ask) {
  const faults: Fault[] = []
  const skus = new Map<string, { name: string; leaves: number }>()
  const buyers = new Set<string>()
  const told: Record<Treatment, Sums> = {
    sale: none(),
    free: none(),
    service: none(),
    credit: none(),
    'credited service': none(),
    found: none(),
    lost: none(),
  }
  let lines = 0
  let invoices = 0
  let rounded = 0
  let first = ''
  const add = (treatment: Treatment, r: Row) => {
    told[treatment].lines++
    told[treatment].units += r.quantity
    told[treatment].told += r.quantity * r.price
  }
  const look = (invoice: Invoice | undefined) => {
    if (!invoice) return
    invoices++
    buyers.add(invoice.buyer)
    const parts = partsOf(invoice)
    for (const r of parts.sale) add(isService(r.code) ? 'service' : r.price === 0 ? 'free' : 'sale', r)
    for (const r of parts.credit) add(isService(r.code) ? 'credited service' : 'credit', r)
    for (const r of parts.found) add(isService(r.code) ? 'service' : 'found', r)
    for (const r of parts.lost) add(isService(r.code) ? 'service' : 'lost', r)
    for (const r of invoice.rows) {
      if (isService(r.code)) continue
      let sku = skus.get(r.code)
      if (!sku) skus.set(r.code, (sku = { name: '', leaves: 0 }))
      // The words of somebody who sold it, not of somebody who lost it.
      if (!sku.name && r.price > 0 && r.quantity > 0) sku.name = r.name.slice(0, 200)
    }
    for (const r of [...parts.sale, ...parts.lost])
      if (!isService(r.code)) skus.get(r.code)!.leaves += Math.abs(r.quantity)
  }
  const minor = minorUnits(ask.currency)
  const groups = new Invoices()
  for await (const hand of rowsOf(ask.file))
    for (const cells of hand) {
      lines++
      const row = readRow(cells, minor)
      if ('column' in row) {
        if (faults.length < 101) faults.push(row)
        continue
      }
      if (first === '' || row.at < first) first = row.at
      rounded += (row.quantity * row.price) % 10_000
      look(groups.take(row))
    }
  look(groups.rest())
  if (faults.length) throw new Unreadable(faults.slice(0, 100), faults.length > 100)
  return { lines, invoices, skus, buyers, told, rounded, first }
}
const none = (): Sums => ({ lines: 0, units: 0, told: 0 })
