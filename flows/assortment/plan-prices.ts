import * as catalog from '#domains/catalog'
import * as pricing from '#domains/pricing'
import type { Tx } from '#kernel/gate'

type Plan = {
  shop: number
  product: number
  /** Of the product; none named is all that are sold. */
  skus: readonly number[]
  price: number
  /** Absent: from now on. */
  from?: string
  /** A price for a while: the one before holds again from here on. */
  until?: string
  /** The planned price that this one takes the place of. */
  replaces?: string
}
const ofProduct = async (tx: Tx, product: number, ids: readonly number[]) => {
  const found = await catalog.productNow(tx, product)
  if (!found) throw catalog.ProductMissing({ product })
  for (const id of ids) if (!found.skus.some((s) => s.id === id)) throw catalog.SkuMissing({ sku: id })
  return found.skus.filter((s) => (ids.length ? ids.includes(s.id) : s.archived_at === null))
}
type Line = pricing.Moment & { sku: number }

/** What takes a planned price back: its own moment costs what is paid without it, and so does the end of one for a while. */
function withdrawn(
  rows: readonly pricing.Moment[],
  sku: { id: number; code: string },
  from: Date,
  now: Date,
): Line[] {
  const row = rows.find((r) => r.from.getTime() === from.getTime())
  if (!row || (row.rule !== 'list' && row.rule !== 'sale'))
    throw pricing.NoSuchPlan({ from: from.toISOString() })
  const isRunning = row.rule === 'sale' && row.from <= now && row.until! > now
  if (row.from <= now && !isRunning) throw pricing.PastPrice({ from: from.toISOString(), at: 'from' })
  const others = rows.filter((r) => r !== row)
  if (pricing.baseAt(others, row.from) === undefined) throw pricing.FirstPrice({ sku: sku.code })
  const end = row.until && rows.find((r) => r.rule === 'end' && r.from.getTime() === row.until!.getTime())
  return [
    {
      sku: sku.id,
      unit_price: 0,
      from: isRunning ? now : row.from,
      until: null,
      rule: isRunning ? 'end' : 'withdrawn',
    },
    ...(end ? [{ sku: sku.id, unit_price: 0, from: end.from, until: null, rule: 'withdrawn' as const }] : []),
  ]
}

/** What SKUs of a product will cost from a moment on, or for a while. What was is not rewritten. */
export async function planPrices(tx: Tx, ask: Plan): Promise<{ planned: number }> {
  const sold = await ofProduct(tx, ask.product, ask.skus)
  const known = await pricing.momentsOf(
    tx,
    ask.shop,
    sold.map((s) => s.id),
  )
  const skus = ask.replaces === undefined ? sold : having(sold, known, ask, ask.replaces)
  const from = ask.from === undefined ? tx.now : new Date(ask.from)
  const until = ask.until === undefined ? null : new Date(ask.until)
  if (ask.from !== undefined && from < tx.now) throw pricing.PastPrice({ from: ask.from, at: 'from' })
  if (until && (until <= from || until <= tx.now)) throw pricing.SaleBackwards({ at: 'until' })
  const unit_price = ask.price * 10_000
  const lines = skus.flatMap((sku): Line[] => {
    const rows = known.get(sku.id) ?? []
    const back = ask.replaces === undefined ? [] : withdrawn(rows, sku, new Date(ask.replaces), tx.now)
    const left = pricing.together(rows, back)
    const other = pricing.inTheWay(left, from, until)
    if (other && other.from.getTime() !== from.getTime())
      throw pricing.PriceInTheWay({ sku: sku.code, from: other.from.toISOString() })
    if (!until) return said(back, [{ sku: sku.id, unit_price, from, until, rule: 'list' }])
    if (pricing.baseAt(left, from) === undefined) throw pricing.Unpriced({ sku: sku.code })
    const follows = left.some((r) => r.rule === 'list' && r.from.getTime() === until.getTime())
    return said(back, [
      { sku: sku.id, unit_price, from, until, rule: 'sale' },
      ...(follows ? [] : [{ sku: sku.id, unit_price: 0, from: until, until: null, rule: 'end' as const }]),
    ])
  })
  if (lines.length) pricing.setPrice(tx, { shop: ask.shop, lines, known })
  return { planned: skus.length }
}
/** Where no SKU is named, those that have a plan of that moment. */
function having<S extends { id: number }>(
  skus: readonly S[],
  known: ReadonlyMap<number, readonly pricing.Moment[]>,
  ask: { skus: readonly number[] },
  from: string,
): readonly S[] {
  if (ask.skus.length) return skus
  const at = Date.parse(from)
  const found = skus.filter((s) =>
    known.get(s.id)?.some((r) => r.from.getTime() === at && (r.rule === 'list' || r.rule === 'sale')),
  )
  if (found.length === 0) throw pricing.NoSuchPlan({ from })
  return found
}
/** One row a moment: what is said anew takes the place of what takes the old back. */
const said = (back: readonly Line[], more: readonly Line[]): Line[] => [
  ...back.filter((b) => !more.some((m) => m.from.getTime() === b.from.getTime())),
  ...more,
]

/** Takes a planned price back, or ends one for a while that is in force. */
export async function withdrawPrice(
  tx: Tx,
  ask: { shop: number; product: number; skus: readonly number[]; from: string },
): Promise<{ withdrawn: number }> {
  const sold = await ofProduct(tx, ask.product, ask.skus)
  const known = await pricing.momentsOf(
    tx,
    ask.shop,
    sold.map((s) => s.id),
  )
  const skus = having(sold, known, ask, ask.from)
  const lines = skus.flatMap((sku) => withdrawn(known.get(sku.id) ?? [], sku, new Date(ask.from), tx.now))
  pricing.setPrice(tx, { shop: ask.shop, lines, known })
  return { withdrawn: skus.length }
}
