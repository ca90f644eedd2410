import * as places from '#domains/places'
import * as shops from '#domains/shops'
import { heldAt, type HeldAt } from '#flows/reads'
import type { Tx } from '#kernel/gate'

type Text = { ja: string; en: string }
type Wanted = {
  kind: places.PlaceKind
  name: Text
  postal: string | null
  address: Text | null
  sells_web: boolean
  priority: number
}
type Answer = { place: number; version: number }

/** Another place of the company whose shop this is. */
export async function addPlace(
  tx: Tx,
  ask: Wanted & { shop: number; code: string },
): Promise<{ place: number }> {
  const [{ entity }, id] = await Promise.all([shops.shopById(tx, ask.shop), places.freePlaceNumber(tx)])
  const { code, kind, name, postal, address, sells_web, priority } = ask
  places.add(tx, { id, code, kind, entity, name, postal, address, sells_web, priority })
  return { place: id }
}
export async function changePlace(tx: Tx, ask: Wanted & { place: number; version: number }): Promise<Answer> {
  const [place, [held]] = await Promise.all([places.placeAt(tx, ask), tx.list<HeldAt>(heldAt(ask.place))])
  // Tills stand in stores.
  if (place.kind === 'store' && ask.kind !== 'store' && held && held.tills > 0)
    throw places.PlaceInUse({ on_hand: 0, held: 0, short: 0, on_the_way: 0, tills: held.tills })
  const { kind, name, postal, address, sells_web, priority } = ask
  places.change(tx, place, { kind, name, postal, address, sells_web, priority })
  return { place: place.id, version: place.version + 1 }
}
/** A place is put away when nothing stands there, nothing is on its way there or from there, and no till is open; one stays. */
export async function archivePlace(tx: Tx, ask: { place: number; version: number }): Promise<Answer> {
  const [place, all, [held]] = await Promise.all([
    places.placeAt(tx, ask),
    places.allPlaces(tx),
    tx.list<HeldAt>(heldAt(ask.place)),
  ])
  if (held && Object.values(held).some((n) => n !== 0)) throw places.PlaceInUse(held)
  // The one that stays is guarded: of two places put away at once, the second finds the first gone.
  const others = all.filter((p) => p.id !== place.id)
  const left = await Promise.all(others.map((p) => places.placeAt(tx, { place: p.id })))
  if (left.every((p) => p.archived_at !== null)) throw places.LastPlace({})
  places.archive(tx, place)
  return { place: place.id, version: place.version + 1 }
}
export async function resumePlace(tx: Tx, ask: { place: number; version: number }): Promise<Answer> {
  const place = await places.placeAt(tx, ask)
  places.resume(tx, place)
  return { place: place.id, version: place.version + 1 }
}
