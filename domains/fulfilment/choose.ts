/** Which place serves which line. Pure: it sees what every shelf has and decides; the ledger still has the last word. */
export type Need = {
  readonly line: number
  readonly sku: number
  readonly quantity: number
  readonly perLine: number
}
export type Supply = {
  readonly sku: number
  readonly shelf: number
  readonly place: number
  readonly priority: number
  readonly free: number
}
export type Pick = {
  line: number
  sku: number
  shelf: number
  place: number
  quantity: number
  perLine: number
}
export type Plan = {
  readonly picks: Pick[]
  readonly missing: { line: number; sku: number; quantity: number; perLine: number; left: number }[]
}

/**
 * One parcel if one place has everything; else the fewest parcels by always taking the place that covers most of what is left.
 * Places are asked by priority (lower first), then by number, so that equal shelves answer equally.
 */
export function choose(needs: readonly Need[], supply: readonly Supply[]): Plan {
  const free = new Map(supply.map((s) => [s.shelf, s.free]))
  const open = needs.map((n) => ({ ...n, left: n.quantity }))
  const places = [...new Map(supply.map((s) => [s.place, s.priority]))]
    .sort((a, b) => a[1] - b[1] || a[0] - b[0])
    .map(([p]) => p)
  const picks: Pick[] = []
  const coverage = (place: number) => {
    const here = new Map<number, number>()
    for (const s of supply)
      if (s.place === place) here.set(s.sku, (here.get(s.sku) ?? 0) + Math.max(0, free.get(s.shelf)!))
    let units = 0
    for (const n of open) {
      const take = Math.min(n.left, here.get(n.sku) ?? 0)
      units += take
      here.set(n.sku, (here.get(n.sku) ?? 0) - take)
    }
    return units
  }
  while (open.some((n) => n.left > 0)) {
    let best: number | undefined
    let most = 0
    for (const p of places) {
      const c = coverage(p)
      if (c > most) {
        most = c
        best = p
      }
    }
    if (best === undefined) break
    for (const n of open)
      for (const s of supply) {
        if (n.left === 0) break
        if (s.place !== best || s.sku !== n.sku) continue
        const quantity = Math.min(n.left, Math.max(0, free.get(s.shelf)!))
        if (quantity === 0) continue
        picks.push({ line: n.line, sku: n.sku, shelf: s.shelf, place: s.place, quantity, perLine: n.perLine })
        free.set(s.shelf, free.get(s.shelf)! - quantity)
        n.left -= quantity
      }
  }
  const total = (sku: number) => supply.reduce((n, s) => (s.sku === sku ? n + Math.max(0, s.free) : n), 0)
  const missing = open
    .filter((n) => n.left > 0)
    .map((n) => ({ line: n.line, sku: n.sku, quantity: n.left, perLine: n.perLine, left: total(n.sku) }))
  return { picks, missing }
}
