import { PlaceMissing, placeByCode } from '#domains/places'
import type { Tx } from '#kernel/gate'
import { ownPlaces } from '../own-shop.ts'
import type { Context } from '../route.ts'

/** The number of a place, by the code a caller knows. Another company's place is not there for somebody of some shops. */
export async function placeId(c: Context<unknown>, code: string): Promise<number> {
  const id = await c.services.gate.read(async (tx: Tx, ask: string) => (await placeByCode(tx, ask)).id, code)
  if (c.shops !== undefined && !(await ownPlaces(c))!.has(id)) throw PlaceMissing({ place: code })
  return id
}
/** Somebody of one place may name that place only. */
export async function ownPlaceId(c: Context<unknown>, code: string): Promise<number> {
  const id = await placeId(c, code)
  if (c.within !== undefined && id !== c.within) throw PlaceMissing({ place: code })
  return id
}
