import * as catalog from '#domains/catalog'
import * as places from '#domains/places'
import * as pricing from '#domains/pricing'
import * as stock from '#domains/stock'
import type { Tx } from '#kernel/gate'

type Lines = readonly { sku: string; quantity: number }[]

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
  const codes = new Map(skus.map((s) => [s.id, s.code]))
  const lines = [...quantities].map(([sku, quantity], i) => ({
    sku,
    place: place.id,
    quantity,
    code: codes.get(sku)!,
    shelves: shelves[i]!,
  }))
  return {
    place,
    lines,
    shelve: () =>
      lines.map((l) => ({
        sku: l.sku,
        place: l.place,
        quantity: l.quantity,
        code: l.code,
        shelf: stock.shelfFor(tx, l.shelves, l),
      })),
  }
}

/** Goods came in. */
export async function receiveStock(
  tx: Tx,
  ask: { place: string; lines: Lines; happened_at?: string },
): Promise<{ received: number }> {
  const { place, shelve } = await onto(tx, ask, (a, b) => a + b)
  const lines = shelve()
  stock.receive(tx, {
    place: place.id,
    lines,
    ...(ask.happened_at && { happenedAt: new Date(ask.happened_at) }),
  })
  return { received: lines.reduce((n, l) => n + l.quantity, 0) }
}
/** What was there when the books began. */
export async function openStock(tx: Tx, ask: { place: string; lines: Lines }): Promise<{ opened: number }> {
  const { place, shelve } = await onto(tx, ask, (a, b) => a + b)
  const lines = shelve()
  stock.opening(tx, { place: place.id, lines })
  return { opened: lines.length }
}
/** Shelves were counted: each is brought to what was counted. */
export async function countStock(
  tx: Tx,
  ask: { place: string; lines: Lines; happened_at?: string },
): Promise<{ counted: number }> {
  const { place, shelve } = await onto(tx, ask, (_, b) => b)
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
  ask: { place: string; sku: string; by: number; reason: string },
): Promise<{ by: number }> {
  const { shelve } = await onto(tx, { place: ask.place, lines: [{ sku: ask.sku, quantity: 0 }] }, (a) => a)
  const [line] = shelve()
  stock.adjust(tx, { ...line!, by: ask.by, reason: ask.reason })
  return { by: ask.by }
}
/** Goods leave for another of our places. */
export async function sendTransfer(
  tx: Tx,
  ask: { from: string; to: string; lines: Lines },
): Promise<{ transfer: number }> {
  const [{ place, shelve }, target] = await Promise.all([
    onto(tx, { place: ask.from, lines: ask.lines }, (a, b) => a + b),
    places.placeByCode(tx, ask.to),
  ])
  return { transfer: stock.send(tx, { origin: place.id, target: target.id, lines: shelve() }) }
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
  stock.arrive(tx, journey, (sku) => stock.shelfFor(tx, shelves.get(sku)!, { sku, place: journey.target }))
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
  pricing.setPrice(tx, {
    shop: ask.shop,
    lines: ask.lines.map((l, i) => ({
      sku: skus[i]!.id,
      unit_price: l.price * 10_000,
      ...(l.from && { from: new Date(l.from) }),
    })),
  })
  return { priced: ask.lines.length }
}
