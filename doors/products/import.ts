import path from 'node:path'
import { FileUnreadable, ImportStopped, runList, type Counts, type Fault, type Run } from '#domains/imports'
import { lookAt, recordsOf, type Encoding, type FileRecord, type Looked } from '#doors/files'
import {
  beginImport,
  beginUndo,
  endImport,
  missingProducts,
  takeMissing,
  takeProducts,
  tryProducts,
  undoRows,
  type Difference,
} from '#flows/imports'
import type { Actor, Gate } from '#kernel/gate'
import { derivedKey, uuid } from '#kernel/ids'
import { Refusal } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import { guessed, type Mapping } from './mapping.ts'
import { batchesOf, headed, headingsIn, type Batch, type Headed } from './read.ts'
import { Seen } from './seen.ts'

export type Ask = {
  readonly file: string
  /** What the file is called, where it lies under another name. */
  readonly name?: string
  readonly shop: number
  readonly zone: string
  /** Absent: what fits the headings. */
  readonly mapping?: Mapping
  /** Absent: what its lines are. */
  readonly encoding?: Encoding
  /** The day from which prices hold; absent: as the file's name says, or from now on. */
  readonly from?: string
  /** Archive what the list's latest file named and this one does not; and what comes back is on sale. */
  readonly discontinue?: boolean
  /** Take a file in again that was taken in already. */
  readonly again?: boolean
  readonly actor?: Actor
}
export type Report = Counts & {
  readonly run: number | null
  readonly file: string
  readonly name: string
  readonly encoding: Encoding
  readonly bom: boolean
  readonly mapping: string
  readonly from: string | null
  readonly state: 'done' | 'cancelled' | 'dry'
  /** This file had been taken in before: nothing was done. */
  readonly before: boolean
  readonly rows: number
  readonly faults: readonly Fault[]
  readonly more_faults: boolean
  readonly differences: readonly (Difference | Gone)[]
  readonly seconds: number
}
type Gone = {
  readonly line: 0
  readonly code: string
  readonly kind: 'discontinued'
  readonly changes: readonly []
}
export type Progress = Counts & { rows: number; of: number; run: number | null }
export type Tell = (progress: Progress) => void
const shownFaults = 1000
const shownDifferences = 2000
const none = (): Counts => ({ created: 0, changed: 0, unchanged: 0, discontinued: 0, prices: 0, faulty: 0 })

/** What a file is and how it would be read: shown before anything is done with it. */
export async function preview(ask: Pick<Ask, 'file' | 'mapping' | 'encoding'>) {
  const looked = await readable(ask.file)
  const encoding = ask.encoding ?? looked.encoding
  for await (const hand of recordsOf(ask.file, encoding)) {
    const headings = headingsIn(hand[0])
    const mapping = ask.mapping ?? guessed(headings)
    return {
      ...looked,
      encoding,
      headings,
      mapping,
      unfit: unfitOf(hand[0], mapping),
      rows: hand.slice(1, 11).map((r) => ({ line: r.line, cells: r.cells.map((c) => c.slice(0, 200)) })),
    }
  }
  throw FileUnreadable({ why: 'empty', found: '' })
}
/** Why these columns cannot be taken for this file: it is shown all the same, so that others can be chosen. */
function unfitOf(first: FileRecord | undefined, mapping: Mapping): Refusal | null {
  try {
    headed(first, () => mapping)
    return null
  } catch (error) {
    if (error instanceof Refusal && error.code === FileUnreadable.code) return error
    throw error
  }
}
async function readable(file: string): Promise<Looked> {
  let looked
  try {
    looked = await lookAt(file)
  } catch (error) {
    if (String((error as { code?: string }).code).startsWith('Z_'))
      throw FileUnreadable({ why: 'gzip', found: '' })
    throw error
  }
  if (looked.utf16) throw FileUnreadable({ why: 'utf16', found: '' })
  if (looked.bytes === 0) throw FileUnreadable({ why: 'empty', found: '' })
  return looked
}
/** The moment from which a file's prices hold. */
function fromOf(ask: Ask, mapping: Mapping, name: string): string | null {
  const m = mapping.dated ? /(20\d\d)[-_]?(\d\d)[-_]?(\d\d)/.exec(name) : null
  const day = ask.from ?? (m ? `${m[1]}-${m[2]}-${m[3]}` : undefined)
  if (day === undefined) return null
  try {
    return Temporal.PlainDate.from(day).toZonedDateTime(ask.zone).toInstant().toString()
  } catch {
    throw FileUnreadable({ why: 'from', found: day.slice(0, 50) })
  }
}
type Prepared = { looked: Looked; encoding: Encoding; h: Headed; from: string | null; name: string }
async function prepare(ask: Ask): Promise<Prepared> {
  const looked = await readable(ask.file)
  const encoding = ask.encoding ?? looked.encoding
  const name = ask.name ?? path.basename(ask.file)
  for await (const hand of recordsOf(ask.file, encoding)) {
    const h = headed(hand[0], (headings) => ask.mapping ?? guessed(headings))
    return { looked, encoding, h, from: fromOf(ask, h.mapping, name), name }
  }
  throw FileUnreadable({ why: 'empty', found: '' })
}

/** What taking a file in would do, product by product. Writes nothing. */
export async function tryImport(
  gate: Gate,
  ask: Ask,
  tell: Tell = () => {},
  stop?: AbortSignal,
): Promise<Report> {
  const began = performance.now()
  const p = await prepare(ask)
  const report = open(ask, p, null)
  const seen = new Seen()
  for await (const batch of batchesOf(ask.file, p.encoding, () => p.h.mapping, undefined, seen)) {
    if (stop?.aborted) break
    note(report, batch.rows, { ...none(), faulty: linesOf(batch.faults) }, batch.faults)
    const found = await gate.read(tryProducts, {
      shop: ask.shop,
      from: p.from,
      revive: revives(ask, p),
      twins: p.encoding === 'cp932',
      products: batch.products,
      heads: p.h.heads,
      promised: batch.parts.filter((c) => seen.has(`s ${c}`)),
    })
    note(report, 0, found.counts, found.faults)
    for (const d of found.differences)
      if (d.kind !== 'unchanged' && report.differences.length < shownDifferences) report.differences.push(d)
    tell({ ...sums(report), rows: report.rows, of: p.looked.records_at_most - 1, run: null })
  }
  // Of a file that was read in part nobody knows what it leaves out.
  if (stop?.aborted) return { ...report, state: 'cancelled', seconds: (performance.now() - began) / 1000 }
  for await (const gone of missing(gate, ask, p, Number.MAX_SAFE_INTEGER, seen)) {
    report.discontinued += gone.length
    for (const g of gone)
      if (report.differences.length < shownDifferences)
        report.differences.push({ line: 0, code: g.code, kind: 'discontinued', changes: [] })
  }
  return { ...report, state: 'dry', seconds: (performance.now() - began) / 1000 }
}

/**
 * Takes a file of products in: batch by batch through the gate, each under a key of its run and line. Ended anywhere and begun
 * again it does what is missing; a file that was taken in under the same terms changes nothing.
 */
export async function importProducts(
  gate: Gate,
  ask: Ask,
  tell: Tell = () => {},
  stop?: AbortSignal,
): Promise<Report> {
  const began = performance.now()
  const p = await prepare(ask)
  const actor = ask.actor ? { actor: ask.actor } : {}
  const run = await gate.run(
    beginImport,
    {
      file: p.looked.id,
      terms: derivedKey(
        'terms',
        ask.shop,
        JSON.stringify(p.h.mapping),
        p.from ?? '',
        String(ask.discontinue ?? false),
        p.encoding,
      ),
      name: p.name.slice(0, 200),
      encoding: p.encoding,
      shop: ask.shop,
      list: p.h.mapping.name,
      headings: p.h.headings,
      prices_from: p.from === null ? null : new Date(p.from),
      discontinue: ask.discontinue ?? false,
      again: ask.again ?? false,
    },
    actor,
  )
  const report = open(ask, p, run.id)
  if (run.state === 'done') {
    const [was] = checked<(Counts & { rows: number })[]>(
      await gate.reads.ask(runList({ shop: ask.shop, run: run.id, limit: 1 })),
    )
    return { ...report, ...was!, before: true, seconds: (performance.now() - began) / 1000 }
  }
  // A refusal is remembered under its key: what was cancelled and is begun again is asked anew. The batch itself is there once.
  const send: Gate['run'] = async (flow, value, o) => {
    try {
      return await gate.run(flow, value, { ...o, ...actor })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return gate.run(flow, value, { ...actor, key: uuid() })
    }
  }
  const seen = new Seen()
  const under = new Set<Promise<void>>()
  let failed: unknown
  const take = (batch: Batch) => {
    const running = (async () => {
      try {
        const got = await send(
          takeProducts,
          {
            run: run.id,
            line: batch.line,
            rows: batch.rows,
            shop: ask.shop,
            from: p.from,
            revive: revives(ask, p),
            twins: p.encoding === 'cp932',
            products: batch.products,
            faults: batch.faults,
            raw: batch.raw,
            heads: p.h.heads,
          },
          { key: derivedKey('products', run.id, batch.line) },
        )
        note(report, batch.rows, got, got.faults)
        tell({ ...sums(report), rows: report.rows, of: p.looked.records_at_most - 1, run: run.id })
      } catch (error) {
        failed ??= error
      }
    })()
    under.add(running)
    void running.then(() => under.delete(running))
  }
  for await (const batch of batchesOf(ask.file, p.encoding, () => p.h.mapping, undefined, seen)) {
    // The parts of a set may be in the batches before.
    while (under.size >= 3 || (batch.parts.length && under.size)) await Promise.race(under)
    if (failed || stop?.aborted) break
    take(batch)
  }
  await Promise.all(under)
  try {
    if (failed) throw failed
    if (stop?.aborted) return { ...report, state: 'cancelled', seconds: (performance.now() - began) / 1000 }
    for await (const gone of missing(gate, ask, p, run.id, seen)) {
      const products = gone.map((g) => g.product)
      const got = await send(
        takeMissing,
        { run: run.id, products },
        { key: derivedKey('missing', run.id, products[0]!) },
      )
      report.discontinued += got.discontinued
    }
    await send(endImport, { run: run.id, rows: report.rows }, { key: derivedKey('end', run.id) })
  } catch (error) {
    if (!(error instanceof Refusal && error.code === ImportStopped.code)) throw error
    return { ...report, state: 'cancelled', seconds: (performance.now() - began) / 1000 }
  }
  // Of a run that was ended and begun again, what earlier processes found gone counts, too.
  const [whole] = checked<{ discontinued: number }[]>(
    await gate.reads.ask(runList({ shop: ask.shop, run: run.id, limit: 1 })),
  )
  return { ...report, discontinued: whole!.discontinued, seconds: (performance.now() - began) / 1000 }
}
const revives = (ask: Ask, p: Prepared) => ask.discontinue === true && !p.h.mapping.columns.archived
const linesOf = (faults: readonly Fault[]) => new Set(faults.map((f) => f.line)).size

/** Products of the list's latest file that do not stand in this one, readable or not. */
async function* missing(gate: Gate, ask: Ask, p: Prepared, run: number, seen: Seen) {
  let after = 0
  while (true) {
    const found = await gate.read(missingProducts, { run, shop: ask.shop, list: p.h.mapping.name, after })
    if (!found.length) return
    after = found.at(-1)!.product
    const gone = found.filter((f) => !seen.has(`p ${f.code}`))
    if (gone.length) yield gone
  }
}

type Open = { -readonly [K in keyof Report]: Report[K] } & {
  faults: Fault[]
  differences: (Difference | Gone)[]
}
const open = (ask: Ask, p: Prepared, run: Run['id'] | null): Open => ({
  run,
  file: p.looked.id,
  name: p.name,
  encoding: p.encoding,
  bom: p.looked.bom,
  mapping: p.h.mapping.name,
  from: p.from,
  state: 'done',
  before: false,
  rows: 0,
  ...none(),
  faults: [],
  more_faults: false,
  differences: [],
  seconds: 0,
})
const sums = (r: Counts): Counts => ({
  created: r.created,
  changed: r.changed,
  unchanged: r.unchanged,
  discontinued: r.discontinued,
  prices: r.prices,
  faulty: r.faulty,
})
function note(report: Open, rows: number, counts: Counts, faults: readonly Fault[]) {
  report.rows += rows
  for (const name of ['created', 'changed', 'unchanged', 'discontinued', 'prices', 'faulty'] as const)
    report[name] += counts[name]
  for (const f of faults) {
    if (report.faults.length < shownFaults) report.faults.push(f)
    else report.more_faults = true
  }
}

/** Takes a whole import back. What was changed since stays, and is named by `keptOf`. */
export async function undoImport(
  gate: Gate,
  run: number,
  tell: (done: { undone: number; kept: number }) => void = () => {},
  actor?: Actor,
  stop?: AbortSignal,
): Promise<{ undone: number; kept: number }> {
  const o = actor ? { actor } : {}
  const sum = { undone: 0, kept: 0 }
  const { state } = await gate.run(beginUndo, { run }, o)
  if (state === 'undone') return sum
  for (let step = 0; !stop?.aborted; step++) {
    const got = await gate.run(undoRows, { run, step }, o)
    sum.undone += got.undone
    sum.kept += got.kept
    tell(sum)
    if (got.undone + got.kept === 0) break
  }
  return sum
}
