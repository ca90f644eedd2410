import { usualPrice, type Moment } from '#domains/pricing'
import type { Instant } from '#kernel/time'
import type { Offer } from './shapes.ts'

const twoWeeks = 14 * 86_400_000
/** What SKUs on offer usually cost, as far as it may be said: it must have been paid long enough at the offer's beginning, and still at the end of the time it is shown. */
export function offersOf(
  rows: readonly (Moment & { shop: number; sku: number })[],
  now: Instant,
): Map<string, Offer> {
  const offers = new Map<string, Offer>()
  for (const [key, all] of Map.groupBy(rows, (r) => `${r.shop} ${r.sku}`)) {
    const running = all.findLast((r) => r.from <= now)
    if (running?.rule !== 'sale' || !running.until) continue
    const shown = new Date(Math.min(running.until.getTime(), running.from.getTime() + twoWeeks))
    const usual = usualPrice(all, running.from)
    const isLong = usual !== undefined && usual > running.unit_price && usualPrice(all, shown) === usual
    offers.set(key, {
      until: running.until.toISOString(),
      usual: isLong ? Math.floor(usual / 10_000) : null,
      usual_until: isLong ? shown.toISOString() : null,
    })
  }
  return offers
}
