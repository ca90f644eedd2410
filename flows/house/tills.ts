import * as access from '#domains/access'
import * as places from '#domains/places'
import * as shops from '#domains/shops'
import type { Tx } from '#kernel/gate'

/** A till stands in a store that is in use, of the company whose shop it sells for. `hash` is all that is kept of its key. */
export const addTill = (hash: string) =>
  async function addTill(tx: Tx, ask: { shop: number; place: number; code: string }) {
    await demandStore(tx, ask)
    const id = tx.number()
    access.addDevice(tx, { id, code: ask.code, place: ask.place, shop: ask.shop, key_hash: hash })
    return { till: id }
  }
/** Another key: whoever has the one before opens nothing with it. */
export const renewTill = (hash: string) =>
  async function renewTillKey(tx: Tx, ask: { till: number }) {
    access.renewTill(tx, await access.tillAt(tx, ask.till), hash)
    return ask
  }
export async function disableTill(tx: Tx, ask: { till: number }) {
  access.switchTill(tx, await access.tillAt(tx, ask.till), 'off')
  return ask
}
export async function enableTill(tx: Tx, ask: { till: number }) {
  const till = await access.tillAt(tx, ask.till)
  await demandStore(tx, till)
  access.switchTill(tx, till, 'on')
  return ask
}
async function demandStore(tx: Tx, ask: { shop: number; place: number }): Promise<void> {
  const [found, { entity }] = await Promise.all([
    places.placeAt(tx, { place: ask.place }),
    shops.shopById(tx, ask.shop),
  ])
  if (found.kind !== 'store' || found.archived_at || found.entity !== entity) throw access.NoStore({})
}
