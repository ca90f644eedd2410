import type { Tx } from '#kernel/gate'
import { plan, type Change, type PlanAsk, type Planned, type Unfit } from './plan.ts'
import { catalog, imports, pricing } from './rooms.ts'

export type TakeAsk = PlanAsk & {
  readonly run: number
  readonly line: number
  /** Rows of the file in this batch, also those that cannot be read. */
  readonly rows: number
  readonly faults: readonly imports.Fault[]
  /** Where each of our fields stands in the file. */
  readonly heads: Readonly<Record<string, readonly [number, string]>>
  /** Every row as it stands in the file, by its line. */
  readonly raw: readonly (readonly [number, string])[]
}
export type Taken = imports.Counts & { faults: readonly imports.Fault[] }
const none = (): imports.Counts => ({
  created: 0,
  changed: 0,
  unchanged: 0,
  discontinued: 0,
  prices: 0,
  faulty: 0,
})

export async function beginImport(tx: Tx, ask: Parameters<typeof imports.beginRun>[1]): Promise<imports.Run> {
  return imports.beginRun(tx, ask)
}
const asFaults = (u: Unfit, heads: TakeAsk['heads']): imports.Fault[] => {
  const [column = 0, head = ''] =
    heads[u.field] ?? (u.field.startsWith('name') ? (heads.name_ja ?? heads.name) : undefined) ?? []
  return u.of.skus.map((s) =>
    s.line === u.line
      ? { line: s.line, column, head, code: u.refusal.code, detail: u.refusal.detail }
      : {
          line: s.line,
          column: 0,
          head: '',
          code: 'imports.row_unfit',
          detail: { why: 'together', found: String(u.line) },
        },
  )
}
const kindOf = (p: Planned) => (!p.before ? 'new' : p.changes.length > 0 ? 'changed' : 'unchanged')

export type Difference = {
  readonly line: number
  readonly code: string
  readonly kind: 'new' | 'changed' | 'unchanged'
  readonly changes: readonly Change[]
}
/** What taking the batch in would do. */
export async function tryProducts(
  tx: Tx,
  ask: PlanAsk & Pick<TakeAsk, 'heads'>,
): Promise<{ counts: imports.Counts; faults: imports.Fault[]; differences: Difference[] }> {
  const counts = none()
  const faults: imports.Fault[] = []
  const differences: Difference[] = []
  for (const p of await plan(tx, ask)) {
    if ('refusal' in p) {
      faults.push(...asFaults(p, ask.heads))
      counts.faulty += p.of.skus.length
      continue
    }
    const kind = kindOf(p)
    counts[kind === 'new' ? 'created' : kind]++
    counts.prices += p.prices.length
    differences.push({ line: p.of.line, code: p.of.code, kind, changes: p.changes })
  }
  return { counts, faults, differences }
}

/** Takes a batch of a file in: products made and changed, prices from their day on, and what each was before. Once. */
export async function takeProducts(tx: Tx, ask: TakeAsk): Promise<Taken> {
  const [known] = await Promise.all([
    imports.batchAt(tx, ask.run, ask.line),
    imports.runUnderWay(tx, ask.run, 'running'),
  ])
  if (known) return taken(known, known.faults)
  const planned = await plan(tx, ask)
  const moments = await pricing.momentsOf(
    tx,
    ask.shop,
    planned.flatMap((p) =>
      'refusal' in p || p.prices.length === 0 ? [] : (p.before?.skus.map((s) => s.id) ?? []),
    ),
  )
  const counts = none()
  counts.faulty = new Set(ask.faults.map((f) => f.line)).size
  const faults = [...ask.faults]
  const prices: { sku: number; unit_price: number; from?: Date }[] = []
  const touched: (Omit<imports.Touched, 'prices'> & {
    prices: { sku: number; was: number | null; from: Date | null }[]
  })[] = []
  for (const p of planned) {
    if ('refusal' in p) {
      faults.push(...asFaults(p, ask.heads))
      counts.faulty += p.of.skus.length
      continue
    }
    const kind = kindOf(p)
    counts[kind === 'new' ? 'created' : kind]++
    const written = write(tx, p)
    for (const price of p.prices)
      prices.push({
        sku: written.skus[price.at]!,
        unit_price: price.unit_price,
        ...(price.from && { from: price.from }),
      })
    touched.push({
      run: ask.run,
      line: p.of.line,
      product: written.product,
      kind,
      after: written.version,
      before: p.before && kind === 'changed' ? image(p.before) : null,
      prices: p.prices.map((x) => ({ sku: written.skus[x.at]!, was: x.was, from: x.from })),
    })
  }
  counts.prices = prices.length
  const ids = prices.length ? pricing.setPrice(tx, { shop: ask.shop, lines: prices, known: moments }) : []
  let n = 0
  for (const t of touched)
    imports.recordTouched(tx, {
      ...t,
      prices: t.prices.map((x) => ({
        sku: x.sku,
        was: x.was,
        price: ids[n++]!,
        from: (x.from ?? tx.now).toISOString(),
      })),
    })
  const faulty = new Set(faults.map((f) => f.line))
  const failed = ask.raw.filter(([line]) => faulty.has(line))
  imports.recordBatch(tx, { run: ask.run, line: ask.line, rows: ask.rows, ...counts, faults, failed })
  return taken(counts, faults)
}
const taken = (c: imports.Counts, faults: readonly imports.Fault[]): Taken => ({
  created: c.created,
  changed: c.changed,
  unchanged: c.unchanged,
  discontinued: c.discontinued,
  prices: c.prices,
  faulty: c.faulty,
  faults,
})
/** The product as it was, to be restored. */
const image = ({ skus, ...p }: catalog.Edited) => ({ ...p, skus })

function write(tx: Tx, p: Planned): { product: number; skus: number[]; version: number } {
  if (!p.before) {
    const made = catalog.createProduct(tx, p.draft, p.skus)
    return { ...made, version: 1 }
  }
  const ids = p.skus.map((s) => s.id ?? 0)
  const changed = p.edited
    ? catalog.changeProduct(tx, p.before, p.draft, p.skus)
    : { product: p.before.id, skus: ids }
  if (p.archived !== undefined) catalog.archiveProduct(tx, p.before, p.archived ? tx.now : null)
  return { ...changed, version: p.before.version + (p.edited || p.archived !== undefined ? 1 : 0) }
}

/** Products of the list's latest file that this one has not touched. */
export async function missingProducts(
  tx: Tx,
  ask: { run: number; shop: number; list: string; after: number },
): Promise<{ product: number; code: string }[]> {
  const found = await imports.missingFrom(tx, { ...ask, limit: 250 })
  const products = await Promise.all(found.map((f) => catalog.productNow(tx, f.product)))
  return products.flatMap((p) => (p ? [{ product: p.id, code: p.code }] : []))
}
/** Products that the file no longer names: archived if the run says so, else counted. Once. */
export async function takeMissing(
  tx: Tx,
  ask: { run: number; products: readonly number[] },
): Promise<{ discontinued: number }> {
  const line = -ask.products[0]!
  const [run, known] = await Promise.all([
    imports.runUnderWay(tx, ask.run, 'running'),
    imports.batchAt(tx, ask.run, line),
  ])
  if (known) return { discontinued: known.discontinued }
  const found = await Promise.all(ask.products.map((p) => catalog.productNow(tx, p)))
  let discontinued = 0
  for (const p of found) {
    if (!p) continue
    discontinued++
    const archive = run.discontinue && p.archived_at === null
    if (archive) catalog.archiveProduct(tx, p, tx.now)
    imports.recordTouched(tx, {
      run: run.id,
      line: -p.id,
      product: p.id,
      kind: 'discontinued',
      after: p.version + (archive ? 1 : 0),
      before: archive ? image(p) : null,
      prices: [],
    })
  }
  imports.recordBatch(tx, { run: run.id, line, rows: 0, ...none(), discontinued, faults: [], failed: [] })
  return { discontinued }
}
export async function endImport(tx: Tx, ask: { run: number; rows: number }): Promise<{ run: number }> {
  const run = await imports.runUnderWay(tx, ask.run, 'running')
  imports.setRun(tx, run, { state: 'done', rows: ask.rows, ended_at: tx.now })
  return { run: run.id }
}
/** No further batch is taken in; what was taken in stays until it is taken back. */
export async function cancelImport(tx: Tx, ask: { run: number }): Promise<{ run: number; state: string }> {
  const run = await imports.runToChange(tx, ask.run)
  if (run.state !== 'running') return { run: run.id, state: run.state }
  imports.setRun(tx, run, { state: 'cancelled', ended_at: tx.now })
  return { run: run.id, state: 'cancelled' }
}
