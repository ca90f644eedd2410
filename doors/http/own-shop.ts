/** Staff of one shop among several: what is another shop's is not there for them, in the words of what is missing. */
import { connectionBy, ConnectionMissing } from '#domains/channels'
import { IdentityMissing, MemberMissing } from '#domains/customers'
import { ShortageMissing } from '#domains/fulfilment'
import { LetterMissing, shopOfLetter, spotOf } from '#domains/mail'
import { OrderMissing } from '#domains/orders'
import { PersonUnknown } from '#domains/persons'
import { allPlaces, PlaceMissing } from '#domains/places'
import { ShopMissing } from '#domains/shops'
import { JourneyMissing, SerialMissing } from '#domains/stock'
import { EndpointMissing } from '#domains/webhooks'
import { ReleaseMissing, shopOfRelease, shopOfTill, TillMissing, type Session } from '#domains/access'
import {
  placesOfTransfer,
  shopOfMember,
  shopOfOrder,
  shopOfShortage,
  shopsOfPerson,
  whereaboutsOf,
} from '#flows/reads'
import { ask, sql } from '#kernel/db'
import type { Tx } from '#kernel/gate'
import type { Refusal } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import type { Context, Services } from './route.ts'

/** The shop a request is about: a till's own; the one named by `akinai-shop`; else the first that this person works for. */
export function shopOf(s: Services, session: Session | undefined, named: string | undefined): number {
  if (session?.device_shop) return session.device_shop
  const first = s.shopfront.shop()?.id ?? 1
  if (!session) return first
  const mine = session.shops
  if (named === undefined) return mine === null ? first : (mine[0] ?? -1)
  const shop = s.shopfront.shopById(Number(named))
  if (!shop || (mine !== null && !mine.includes(shop.id))) throw ShopMissing({ shop: named })
  return shop.id
}

/** The places of the companies whose shops somebody works for; undefined where that is all of them. */
export async function ownPlaces(c: Context<unknown>): Promise<ReadonlySet<number> | undefined> {
  if (c.shops === undefined) return undefined
  const entities = new Set(c.shops.map((id) => c.services.shopfront.shopById(id)?.entity))
  const all = await c.services.gate.read(async (tx: Tx) => [...(await allPlaces(tx))], undefined)
  return new Set(all.filter((p) => entities.has(p.entity)).map((p) => p.id))
}

type Judge = (
  c: Context<unknown>,
  told: never,
  input: Record<string, unknown>,
) => Promise<Refusal | undefined>
const byShop =
  <V>(statement: (told: V) => Parameters<typeof ask>[1], no: (told: V) => Refusal): Judge =>
  async (c, told: V) => {
    const rows = await ask<{ shop: number }>(c.services.pool, statement(told))
    return rows.length > 0 && rows.every((r) => c.shops!.includes(r.shop)) ? undefined : no(told)
  }
/**
 * What a path names, and whose it is. Each parameter of each route for staff is here or among those that are nobody's: a test
 * says so. An order, a person, a parcel of goods never changes its shop, so it is looked at before the command and not in it.
 */
export const judges: Readonly<Record<string, Judge>> = {
  order: byShop(shopOfOrder, (order: number) => OrderMissing({ order })),
  shortage: byShop(shopOfShortage, (shortage: number) => ShortageMissing({ shortage })),
  person: byShop(shopsOfPerson, (person: number) => PersonUnknown({ person })),
  staff: byShop(shopsOfPerson, (person: number) => PersonUnknown({ person })),
  identity: byShop(shopsOfPerson, (identity: number) => IdentityMissing({ identity })),
  code: byShop(shopOfMember, (code: string) => MemberMissing({ code })),
  transfer: async (c, transfer: number) => {
    const mine = await ownPlaces(c)
    const found = await ask<{ place: number }>(c.services.pool, placesOfTransfer(transfer))
    return found.some((r) => mine!.has(r.place)) ? undefined : JourneyMissing({ transfer })
  },
  serial: async (c, serial: string, input) => {
    const sku = String(input.sku)
    const mine = await ownPlaces(c)
    const [at] = await ask<{ place: number | null; shop: number | null; target: number | null }>(
      c.services.pool,
      whereaboutsOf(sku, serial),
    )
    const isOther =
      !at ||
      (at.shop !== null && !c.shops!.includes(at.shop)) ||
      [at.place, at.target].some((place) => place !== null && !mine!.has(place))
    return isOther ? SerialMissing({ sku, serial }) : undefined
  },
  connection: byShop(connectionBy, (connection: string) => ConnectionMissing({ connection })),
  place: async (c, place: number) => {
    const mine = new Set(c.shops!.map((id) => c.services.shopfront.shopById(id)?.entity))
    const [at] = await ask<{ entity: number }>(
      c.services.pool,
      sql`select entity from places.place where id = ${place}::int`,
    )
    return at && mine.has(at.entity) ? undefined : PlaceMissing({ place })
  },
  release: byShop(shopOfRelease, () => ReleaseMissing({})),
  till: byShop(shopOfTill, (till: number) => TillMissing({ till })),
  // One that hears of every shop is nobody's who works for some.
  endpoint: byShop(
    (endpoint: number) =>
      sql`select coalesce(shop, 0) as shop from webhooks.endpoint where id = ${endpoint}::bigint`,
    (endpoint: number) => EndpointMissing({ endpoint }),
  ),
  message: byShop(
    (message: string) => shopOfLetter(spotOf(message)),
    (message: string) => LetterMissing({ message }),
  ),
}
/** Goods, and followers of the journal: every shop's alike. */
// A file that was sent, a job, an import and a bulk run are looked up by the shop of whoever asks, a view by whose it is; a note is looked up with its customer, sessions and passkeys by who they are.
export const nobodys: readonly string[] = [
  'product',
  'category',
  'at',
  'sku',
  'name',
  'upload',
  'job',
  'run',
  'bulk',
  'view',
  'session',
  'passkey',
  'note',
]

export async function demandOwnShop(
  c: Context<unknown>,
  path: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (c.shops === undefined) return
  for (const [name, told] of Object.entries(path)) {
    const no = await judges[name]?.(c, checked<never>(told), path)
    if (no) throw no
  }
}
