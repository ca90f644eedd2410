import type { Tx } from '#kernel/gate'
import type { Spot } from '#domains/history'
import { catalog, customers, history, places, stock } from './rooms.ts'

export type OpenShelves = Spot & {
  place: string
  at: string
  skus: readonly { code: string; name: string; leaves: number }[]
}
/**
 * Before a file's first sale: its SKUs are made where they are not known, and each shelf receives what it lacks of all that will
 * leave it, so that none goes below zero in whatever order the file's documents are taken in.
 */
export async function openShelves(tx: Tx, ask: OpenShelves): Promise<{ created: number; received: number }> {
  if (await history.documentAt(tx, ask, 'opening')) return { created: 0, received: 0 }
  const [place, known] = await Promise.all([
    places.placeByCode(tx, ask.place),
    catalog.skusIfKnown(
      tx,
      ask.skus.map((s) => s.code),
    ),
  ])
  const shelves = await Promise.all(known.map(async (s) => (s ? stock.shelvesOf(tx, s.id) : [])))
  let created = 0
  const lines = ask.skus.flatMap((s, i) => {
    let sku = known[i]?.id
    if (sku === undefined) {
      created++
      sku = catalog.createProduct(tx, pastProduct(s), [pastSku(s.code)]).skus[0]!
    }
    const quantity = s.leaves - stock.freeOn(shelves[i]!, place.id)
    const shelf = stock.shelfFor(tx, shelves[i]!, { sku, place: place.id })
    return quantity > 0 ? [{ sku, place: place.id, shelf, quantity }] : []
  })
  if (lines.length) stock.receive(tx, { place: place.id, lines, happenedAt: new Date(ask.at) })
  const received = lines.reduce((n, l) => n + l.quantity, 0)
  history.recordDocument(tx, ask, { kind: 'opening', units: received })
  return { created, received }
}
/** Without a price, so no shop sells it before somebody has looked at it. */
const pastProduct = (s: { code: string; name: string }): catalog.ProductDraft => ({
  code: s.code,
  brand: null,
  name: { ja: s.name, en: s.name },
  kana: null,
  summary: null,
  description: null,
  tax_class: 'zero',
  age: null,
  picture: null,
  options: [],
  categories: [],
  fields: {},
})
const pastSku = (code: string): catalog.SkuDraft => ({
  code,
  jan: null,
  options: {},
  unit: 'piece',
  decimals: 0,
  case_pack: null,
  weight_grams: null,
  lot_kept: false,
  serial_kept: false,
  components: null,
  archived: false,
})

export type EnrolBuyers = Spot & { shop: number; source: string; codes: readonly string[] }
/** The buyers a file names, by the numbers it gives them. A number is all that is known of them. */
export async function enrolBuyers(tx: Tx, ask: EnrolBuyers): Promise<{ enrolled: number }> {
  if (await history.documentAt(tx, ask, 'buyers')) return { enrolled: 0 }
  const known = await Promise.all(ask.codes.map((c) => customers.identityIfKnown(tx, c)))
  const fresh = ask.codes.filter((_, i) => !known[i])
  for (const code of fresh)
    customers.identify(tx, { id: tx.number(), kind: 'guest', source: ask.source, shop: ask.shop, code })
  history.recordDocument(tx, ask, { kind: 'buyers', units: fresh.length })
  return { enrolled: fresh.length }
}
