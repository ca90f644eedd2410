import { Refusal } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import type { Tx } from '#kernel/gate'
import { catalog, imports, pricing } from './rooms.ts'

/** An import is to be taken back: from now on it has no further rows. */
export async function beginUndo(tx: Tx, ask: { run: number }): Promise<{ run: number; state: string }> {
  const run = await imports.runToChange(tx, ask.run)
  if (run.state === 'running') throw imports.ImportBusy({ run: run.id })
  if (run.state === 'undoing' || run.state === 'undone') return { run: run.id, state: run.state }
  imports.setRun(tx, run, { state: 'undoing' })
  return { run: run.id, state: 'undoing' }
}
/**
 * Takes some rows of an import back, the last first: a product is as it was before, one that was new is archived, a price is
 * what it was from the same day on. What somebody has changed since stays as they made it, and is named.
 */
export async function undoRows(
  tx: Tx,
  ask: { run: number; step: number },
): Promise<{ undone: number; kept: number }> {
  const run = await imports.runUnderWay(tx, ask.run, 'undoing')
  const rows = await imports.toUndo(tx, run.id, 250)
  const [products, priced, known] = await Promise.all([
    Promise.all(rows.map((r) => catalog.productNow(tx, r.product))),
    (async () => {
      const asked = rows.flatMap((r) => r.prices.map((p) => ({ sku: p.sku, at: new Date(p.from) })))
      return asked.length ? pricing.pricesAt(tx, run.shop, asked) : []
    })(),
    pricing.momentsOf(
      tx,
      run.shop,
      rows.flatMap((r) => r.prices.map((p) => p.sku)),
    ),
  ])
  let n = 0
  let kept = 0
  const lines: { sku: number; unit_price: number; from: Date }[] = []
  rows.forEach((row, i) => {
    const now = products[i]
    const prices = row.prices.map((p) => ({ ...p, now: priced[n++] }))
    let outcome: 'restored' | 'archived' | 'kept' = row.kind === 'new' ? 'archived' : 'restored'
    let why: string | null = null
    const was = checked<(catalog.ProductRow & { skus: (catalog.SkuRow & { archived: boolean })[] }) | null>(
      row.before,
    )
    if (!now || now.version !== row.after) [outcome, why] = ['kept', 'changed']
    else if (prices.some((p) => p.now?.id !== p.price)) [outcome, why] = ['kept', 'price']
    // A price cannot be taken away again, only followed by another.
    else if (row.kind !== 'new' && prices.some((p) => p.was === null))
      [outcome, why] = ['kept', 'first_price']
    else if (row.kind === 'new') catalog.archiveProduct(tx, now, now.archived_at ?? tx.now)
    else if (was) {
      try {
        restore(tx, now, was)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        ;[outcome, why] = ['kept', error.code]
      }
    }
    if (outcome === 'kept') kept++
    else
      for (const p of prices)
        // Without a price before, the product was new: it is archived with the one it got.
        if (p.was !== null) lines.push({ sku: p.sku, unit_price: p.was, from: new Date(p.from) })
    imports.recordUndone(tx, { run: run.id, line: row.line, product: row.product, outcome, why })
  })
  if (lines.length) pricing.setPrice(tx, { shop: run.shop, lines, known })
  if (rows.length === 0) imports.setRun(tx, run, { state: 'undone', undone_at: tx.now })
  return { undone: rows.length - kept, kept }
}
function restore(
  tx: Tx,
  now: catalog.Edited,
  was: catalog.ProductRow & { skus: (catalog.SkuRow & { archived: boolean })[] },
): void {
  const before = catalog.flatFields(was.extension)
  const fields = Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(catalog.flatFields(now.extension))])]
      .filter((f) => JSON.stringify(before[f]) !== JSON.stringify(catalog.flatFields(now.extension)[f]))
      .map((f) => [f, before[f] ?? null]),
  )
  const skus = now.skus.map((s): catalog.SkuDraft => {
    const old = was.skus.find((k) => k.id === s.id)
    // What the import added is no longer sold.
    if (!old) return { ...catalog.skuDraftOf(s), archived: true }
    return { ...catalog.skuDraftOf(old), archived: old.archived }
  })
  const tax_change =
    was.next_tax_class === null ? null : { tax_class: was.next_tax_class, from: new Date(was.next_tax_from!) }
  catalog.changeProduct(tx, now, { ...catalog.draftOf(was), tax_change, fields }, skus)
  const wasArchived = was.archived_at !== null
  if (wasArchived !== (now.archived_at !== null)) catalog.archiveProduct(tx, now, wasArchived ? tx.now : null)
}
/** The rows of an import that were not taken back: line, product, and what has happened since. */
export async function keptOfImport(
  tx: Tx,
  ask: { run: number },
): Promise<{ line: number; why: string; code: string }[]> {
  const rows = await imports.keptOf(tx, ask.run)
  const products = await Promise.all(rows.map((r) => catalog.productNow(tx, r.product)))
  return rows.map((r, i) => ({ line: r.line, why: r.why, code: products[i]?.code ?? String(r.product) }))
}
