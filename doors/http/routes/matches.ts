import Type, { type Static } from 'typebox'
import { letterMatches, states } from '#domains/mail'
import { customerMatches, shortageMatches, stockMatches, type StockFilter } from '#flows/reads'
import { ask } from '#kernel/db'
import { ownPlaces } from '../own-shop.ts'
import type { Context } from '../route.ts'
import { kinds, sought } from './customers.ts'
import { placeId } from './place.ts'
import { code, short } from './shapes.ts'

/** What lists are narrowed by, beside rows that were chosen one by one; and the numbers of all that fit, within what whoever asks may see. */
export const customerFilter = { q: Type.Optional(short(254)), kind: Type.Optional(Type.Enum([...kinds])) }
export const stockFilter = {
  q: Type.Optional(short(100)),
  place: Type.Optional(code),
  only: Type.Optional(Type.Enum(['short', 'out'])),
}
export const shortageFilter = { state: Type.Optional(Type.Enum(['open', 'solved', 'cancelled'])) }
export const mailFilter = { state: Type.Optional(Type.Enum([...states])) }

const filters = {
  customers: Type.Object(customerFilter),
  stock: Type.Object(stockFilter),
  shortages: Type.Object(shortageFilter),
  mail: Type.Object(mailFilter),
}
type Filter = { [K in keyof typeof filters]: Static<(typeof filters)[K]> }
/** Either some rows or a filter. */
type Target<F, Id = number> = { ids?: readonly Id[] | undefined; filter?: F | undefined }
const numbers = (rows: readonly { id: number }[]) => rows.map((r) => r.id)

export async function customersThatFit(
  c: Context<unknown>,
  t: Target<Filter['customers']>,
  limit: number,
): Promise<number[]> {
  await c.caughtUp('order-rows')
  const q = t.filter?.q?.trim()
  const by = q ? await sought(c, q) : { persons: null, code: null }
  const kind = t.filter?.kind ?? null
  const shops = c.shops ?? null
  return numbers(
    await ask<{ id: number }>(
      c.services.pool,
      customerMatches({ ...by, kind, ids: t.ids ?? null, shops, limit }),
    ),
  )
}
export type Shelf = { sku: number; place: number }
/** A shelf of the list as its row spells it: the SKU’s number and the place’s. */
export const shelfPattern = '\\d{1,15}-\\d{1,9}'
export function shelfOf(told: string): Shelf {
  const [sku, place] = told.split('-').map(Number)
  return { sku: sku!, place: place! }
}
export async function shelvesThatFit(
  c: Context<unknown>,
  t: Target<Filter['stock'], Shelf>,
  limit: number,
): Promise<Shelf[]> {
  return ask<Shelf>(c.services.pool, stockMatches(await stockAsked(c, t), limit))
}
export async function stockAsked(
  c: Context<unknown>,
  t: Target<Filter['stock'], Shelf>,
): Promise<StockFilter> {
  const { q, place, only } = t.filter ?? {}
  const own = await ownPlaces(c)
  return {
    ...(q && { q }),
    ...(place && { place: await placeId(c, place) }),
    ...(only && { only }),
    ...(own && { places: [...own] }),
    ...(t.ids && { pairs: t.ids }),
  }
}
export async function shortagesThatFit(
  c: Context<unknown>,
  t: Target<Filter['shortages']>,
  limit: number,
): Promise<number[]> {
  return numbers(
    await ask<{ id: number }>(
      c.services.pool,
      shortageMatches({
        state: t.ids ? null : (t.filter?.state ?? 'open'),
        ids: t.ids ?? null,
        place: c.within ?? null,
        shops: c.shops ?? null,
        limit,
      }),
    ),
  )
}
export async function lettersThatFit(
  c: Context<unknown>,
  t: Target<Filter['mail']>,
  limit: number,
): Promise<number[]> {
  await c.caughtUp('mail')
  const state = t.filter?.state ?? null
  return numbers(
    await ask<{ id: number }>(
      c.services.pool,
      letterMatches({ state, ids: t.ids ?? null, shops: c.shops ?? null, limit }),
    ),
  )
}
