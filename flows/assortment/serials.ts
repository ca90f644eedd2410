import * as catalog from '#domains/catalog'
import * as stock from '#domains/stock'
import type { Tx } from '#kernel/gate'

/** A SKU that has been in stock goes on as it was: units without numbers could not get them, nor lose them. */
export async function demandSerialsAsTheyWere(
  tx: Tx,
  before: catalog.Edited,
  skus: readonly { id?: number; serial_kept?: boolean }[],
): Promise<void> {
  for (const [i, s] of skus.entries()) {
    const was = before.skus.find((k) => k.id === s.id)
    if (
      was &&
      was.serial_kept !== (s.serial_kept ?? was.serial_kept) &&
      (await stock.shelvesOf(tx, was.id)).length > 0
    )
      throw catalog.SerialFixed({ sku: was.code, at: `skus/${i}/serial_kept` })
  }
}
