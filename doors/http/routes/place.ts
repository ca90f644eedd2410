import { PlaceMissing, placeByCode } from '#domains/places'
import type { Tx } from '#kernel/gate'
import type { Context } from '../route.ts'

/** The number of a place, by the code a caller knows. Somebody of one place may name that place only. */
export const placeId = (c: Context<unknown>, code: string): Promise<number> =>
  c.services.gate.read(async (tx: Tx, ask: string) => (await placeByCode(tx, ask)).id, code)
export async function ownPlaceId(c: Context<unknown>, code: string): Promise<number> {
  const id = await placeId(c, code)
  if (c.within !== undefined && id !== c.within) throw PlaceMissing({ place: code })
  return id
}
