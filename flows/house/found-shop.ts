import * as places from '#domains/places'
import * as shops from '#domains/shops'
import type { Tx } from '#kernel/gate'

type Text = { ja: string; en: string }
export type Founding = {
  company: { name: string; registration_number: string | null }
  shop: { name: Text; code: string }
  place: {
    kind: places.PlaceKind
    code: string
    name: Text
    postal: string | null
    address: Text | null
  }
  settings: Partial<shops.Settings>
}

/**
 * The first company, its shop, its rules and the place it sells from come into being together, or not at all. Refused where
 * there is a shop already: whoever founds at the same moment is asked again, finds it, and is told so.
 */
export async function foundShop(tx: Tx, ask: Founding): Promise<{ shop: number; place: number }> {
  await shops.demandNone(tx)
  const { payments = [], bank_account = { ja: '', en: '' } } = ask.settings
  shops.demandPayable({ payments, bank_account })
  const place = await places.freePlaceNumber(tx)
  const { shop, company } = ask
  shops.setUp(tx, {
    id: 1,
    code: shop.code,
    name: shop.name,
    currency: 'JPY',
    rounding: 'down',
    from: tx.now,
    entity: { id: 1, code: shop.code, ...company },
    brand: { id: 1, code: shop.code, name: shop.name },
    settings: ask.settings,
  })
  places.add(tx, {
    ...ask.place,
    id: place,
    entity: 1,
    sells_web: true,
    priority: ask.place.kind === 'warehouse' ? 10 : 50,
  })
  return { shop: 1, place }
}
