/** Eighteen months of trade that never was: what the stores sold and what a marketplace sold, so that every list has something to show. */
import { chanceFrom } from '#kernel/ids'
import { members } from './members.ts'
import type { SampleProduct } from './types.ts'

export type PastLine = { sku: string; quantity: number; unit_price: number }
export type PastSale = {
  /** Its number, the same on every machine. */
  number: string
  at: Date
  /** A store's code, or undefined for the marketplace. */
  place: string | undefined
  lines: PastLine[]
  total: number
  /** Whose card was shown at the till: which of the members. */
  member: number | undefined
}
const months = 18
const day = 86_400_000
const stores = ['kichijoji', 'kichijoji', 'kyoto', 'tenjin']

/** Sales of the months before a moment, the oldest first. Weekends, gift seasons and growth show in them. */
export function past(products: readonly SampleProduct[], until: Date): PastSale[] {
  const roll = chanceFrom(20_260_401)
  const goods = products
    .filter((p) => p.components === undefined && p.age === undefined)
    .flatMap((p) => p.variants)
  // A few sell often, most seldom.
  const pick = () => goods[Math.floor(goods.length * roll() ** 2.2)]!
  const sales: PastSale[] = []
  const days = Math.round(months * 30.4)
  for (let back = days; back >= 1; back--) {
    const at = new Date(until.getTime() - back * day)
    const weekday = new Date(at.getTime() + 9 * 3_600_000).getUTCDay()
    const month = new Date(at.getTime() + 9 * 3_600_000).getUTCMonth()
    const busy =
      (weekday === 0 || weekday === 6 ? 1.7 : 1) *
      ([5, 6, 11].includes(month) ? 1.4 : 1) *
      (1.3 - (0.6 * back) / days)
    for (const kind of ['store', 'mall'] as const) {
      const mean = (kind === 'store' ? 1.5 : 0.8) * busy
      const count = Math.floor(mean) + (roll() < mean % 1 ? 1 : 0)
      for (let n = 0; n < count; n++) {
        const lines = new Map<string, PastLine>()
        for (let i = 1 + Math.floor(roll() ** 2 * 3); i > 0; i--) {
          const { sku, price } = pick()
          lines.set(sku, { sku, quantity: 1 + Math.floor(roll() ** 3 * 3), unit_price: price })
        }
        // Between ten in the morning and eight in the evening.
        const hour = 1 + roll() * 10
        const begin = Math.floor((at.getTime() + 9 * 3_600_000) / day) * day - 9 * 3_600_000
        const all = [...lines.values()]
        const number = sales.length + 1
        sales.push({
          number: `${kind === 'store' ? 'S' : 'M'}${String(number).padStart(6, '0')}`,
          at: new Date(Math.min(begin + (9 + hour) * 3_600_000, until.getTime() - 60_000)),
          place: kind === 'store' ? stores[Math.floor(roll() * stores.length)]! : undefined,
          lines: all,
          total: all.reduce((sum, l) => sum + l.unit_price * l.quantity, 0),
          // Some come often, most now and then.
          member:
            kind === 'store' && roll() < 0.3
              ? Math.floor(members.length * (((number * 7919) % 1000) / 1000) ** 1.6)
              : undefined,
        })
      }
    }
  }
  return sales.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}
