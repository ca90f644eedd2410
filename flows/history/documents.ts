import type { Spot } from '#domains/history'
import { lineAmount, type Rounding } from '#kernel/money'

/** What every document of the past says of itself. `channel` names the shop it comes from: its numbers are unique within it. */
export type Document = Spot & {
  readonly shop: number
  readonly place: string
  readonly channel: string
  readonly currency: string
  /** The number it bears there. */
  readonly number: string
  /** The code of its buyer's identity. */
  readonly buyer: string
  readonly at: string
}
/** `unit_price` in ten-thousandths of a minor unit; `quantity` and price as a positive pair, whichever way the goods went. */
export type Goods = { readonly sku: string; readonly quantity: number; readonly unit_price: number }
/** A row that is no goods: carriage, a fee, a discount. */
export type Service = { readonly code: string; readonly quantity: number; readonly unit_price: number }

export const amountOf = (l: { quantity: number; unit_price: number }, rounding: Rounding): number =>
  lineAmount(l.unit_price, l.quantity, 0, rounding)
/** Ten-thousandths of a minor unit, as the file says. */
export const toldOf = (rows: readonly { quantity: number; unit_price: number }[]): number =>
  rows.reduce((sum, r) => sum + r.quantity * r.unit_price, 0)
