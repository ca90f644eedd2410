import * as catalog from '#domains/catalog'
import * as places from '#domains/places'
import * as pricing from '#domains/pricing'
import * as stock from '#domains/stock'
import type { Tx } from '#kernel/gate'

type Lines = readonly { sku: string; quantity: number; serials?: readonly string[] }[]

/** Codes to SKUs and shelves; the same SKU twice is one line (the last count holds, receipts add up). */
async function onto(tx: Tx, ask: { place: string; lines: Lines }, merge: (a: number, b: number) => number) {
  const [place, skus] = await Promise.all([
    places.placeByCode(tx, ask.place),
    catalog.skusByCode(
      tx,
      ask.lines.map((l) => l.sku),
    ),
  ])
  const quantities = new Map<number, number>()
  skus.forEach((s, i) => {
    const before = quantities.get(s.id)
    quantities.set(
      s.id,
      before === undefined ? ask.lines[i]!.quantity : merge(before, ask.lines[i]!.quantity),
    )
  })
  const shelves = await Promise.all([...quantities.keys()].map((sku) => stock.shelfNumbers(tx, sku)))
  const known = new Map(skus.map((s) => [s.id, s]))
  const lines = [...quantities].map(([sku, quantity], i) => ({
    sku,
    place: place.id,
    quantity,
    code: known.get(sku)!.code,
    shelves: shelves[i]!,
  }))
  /** Of SKUs that are kept by number, the very units. Most have none, and nothing is asked for them. */
  const units = async (): Promise<Map<number, stock.Named>> => {
    const named = new Map<number, stock.Named>()
    const told = (sku: number) => ask.lines.flatMap((l, i) => (skus[i]!.id === sku ? (l.serials ?? []) : []))
    const some = ask.lines.some((l) => l.serials?.length)
    for (const sku of known.values())
      if (some || sku.serial_kept) {
        const quantity = Math.abs(quantities.get(sku.id)!)
        const found = await stock.unitsFor(tx, { sku, serials: told(sku.id), quantity })
        if (found) named.set(sku.id, found)
      }
    return named
  }
  return {
    place,
    units,
    numbered: skus.find((s) => s.serial_kept),
    shelve: (named?: ReadonlyMap<number, stock.Named>) =>
      lines.map((l) => ({
        sku: l.sku,
        place: l.place,
        quantity: l.quantity,
        code: l.code,
        shelf: stock.shelfFor(tx, l.shelves, l),
        ...(named?.has(l.sku) && { serials: named.get(l.sku)! }),
      })),
  }
}

/** Goods came in. */
export async function receiveStock(
  tx: Tx,
  ask: { place: string; lines: Lines; happened_at?: string },
): Promise<{ received: number }> {
  const { place, shelve, units } = await onto(tx, ask, (a, b) => a + b)
  const lines = shelve(await units())
  stock.receive(tx, {
    place: place.id,
    lines,
    ...(ask.happened_at && { happenedAt: new Date(ask.happened_at) }),
  })
  return { received: lines.reduce((n, l) => n + l.quantity, 0) }
}
/** What was there when the books began. */
export async function openStock(tx: Tx, ask: { place: string; lines: Lines }): Promise<{ opened: number }> {
  const { place, shelve, units } = await onto(tx, ask, (a, b) => a + b)
  const lines = shelve(await units())
  stock.opening(tx, { place: place.id, lines })
  return { opened: lines.length }
}
/** Shelves were counted: each is brought to what was counted. */
export async function countStock(
  tx: Tx,
  ask: { place: string; lines: Lines; happened_at?: string },
): Promise<{ counted: number }> {
  const { place, shelve, numbered } = await onto(tx, ask, (_, b) => b)
  if (numbered) throw stock.CountBySerial({ sku: numbered.code })
  const lines = shelve()
  stock.count(tx, {
    place: place.id,
    lines,
    ...(ask.happened_at && { happenedAt: new Date(ask.happened_at) }),
  })
  return { counted: lines.length }
}
/** Found, broken, lost: by so many, with a reason. */
export async function adjustStock(
  tx: Tx,
  ask: { place: string; sku: string; by: number; reason: string; serials?: readonly string[] },
): Promise<{ by: number }> {
  const told = { sku: ask.sku, quantity: ask.by, ...(ask.serials && { serials: ask.serials }) }
  const { shelve, units } = await onto(tx, { place: ask.place, lines: [told] }, (a) => a)
  const [line] = shelve(await units())
  stock.adjust(tx, { ...line!, by: ask.by, reason: ask.reason })
  return { by: ask.by }
}
/** Goods leave for another of our places. */
export async function sendTransfer(
  tx: Tx,
  ask: { from: string; to: string; lines: Lines },
): Promise<{ transfer: number }> {
  const [{ place, shelve, units }, target] = await Promise.all([
    onto(tx, { place: ask.from, lines: ask.lines }, (a, b) => a + b),
    places.placeByCode(tx, ask.to),
  ])
  const lines = shelve(await units())
  return { transfer: stock.send(tx, { origin: place.id, target: target.id, lines }) }
}
/** They have arrived. */
export async function receiveTransfer(
  tx: Tx,
  ask: { transfer: number; place?: number },
): Promise<{ received: number }> {
  const journey = await stock.openJourney(tx, ask.transfer)
  // Goods under way to another place are not there for somebody of one place.
  if (ask.place !== undefined && journey.target !== ask.place)
    throw stock.JourneyMissing({ transfer: ask.transfer })
  const shelves = new Map(
    await Promise.all(journey.lines.map(async (l) => [l.sku, await stock.shelvesOf(tx, l.sku)] as const)),
  )
  const skus = await catalog.skusById(
    tx,
    journey.lines.map((l) => l.sku),
  )
  const units = await Promise.all(
    journey.lines.map(async (l, i) => (skus[i]!.serial_kept ? stock.unitsUnderWay(tx, l.line) : [])),
  )
  const opened = new Map<number, number>()
  const shelf = (sku: number) => {
    if (!opened.has(sku))
      opened.set(sku, stock.shelfFor(tx, shelves.get(sku)!, { sku, place: journey.target }))
    return opened.get(sku)!
  }
  stock.arrive(tx, journey, shelf, units.flat())
  return { received: journey.lines.reduce((n, l) => n + l.quantity, 0) }
}
/** What SKUs cost from a moment on. */
export async function setPrices(
  tx: Tx,
  ask: { shop: number; lines: readonly { sku: string; price: number; from?: string }[] },
): Promise<{ priced: number }> {
  const skus = await catalog.skusByCode(
    tx,
    ask.lines.map((l) => l.sku),
  )
  const known = await pricing.momentsOf(
    tx,
    ask.shop,
    skus.map((s) => s.id),
  )
  pricing.setPrice(tx, {
    shop: ask.shop,
    known,
    lines: ask.lines.map((l, i) => ({
      sku: skus[i]!.id,
      unit_price: l.price * 10_000,
      ...(l.from && { from: new Date(l.from) }),
    })),
  })
  return { priced: ask.lines.length }
}
