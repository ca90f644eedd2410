import { dayIn, minutesLater, startOfDay, type Day, type Instant } from '#kernel/time'

/** When orders leave, and how long they are under way. Days are Japan's. */
export type DeliveryRule = {
  /** Orders until then leave the same day: `15:00`. */
  readonly cutoff: string
  /** Weekdays on which nothing leaves, 0 is Sunday. */
  readonly closed_weekdays: readonly number[]
  /** Other days on which nothing leaves. */
  readonly closed_days: readonly Day[]
  /** Days from leaving to arriving, the least and the most. */
  readonly days: readonly [number, number]
  /** The same by prefecture (JIS X 0401), where it differs. */
  readonly by_prefecture: Readonly<Record<string, readonly [number, number]>>
}
export type Promised = {
  /** Until when one must have ordered for it. */
  readonly order_by: string
  readonly ships: Day
  readonly from: Day
  readonly to: Day
}
const zone = 'Asia/Tokyo'

/** What can be promised for goods that are on a shelf, ordered (or paid) at a moment, to a prefecture. */
export function promiseOf(rule: DeliveryRule, at: Instant, prefecture: number): Promised {
  const [hours = 0, minutes = 0] = rule.cutoff.split(':').map(Number)
  const cutoffOf = (day: Day): Instant => minutesLater(startOfDay(zone, day), hours * 60 + minutes)
  const later = (day: Day, days: number): Day => Temporal.PlainDate.from(day).add({ days }).toString()
  const weekday = (day: Day): number => Temporal.PlainDate.from(day).dayOfWeek % 7
  const isOpen = (day: Day): boolean =>
    !rule.closed_weekdays.includes(weekday(day)) && !rule.closed_days.includes(day)
  let ships = dayIn(zone, at)
  if (at.getTime() >= cutoffOf(ships).getTime()) ships = later(ships, 1)
  for (let n = 0; n < 366 && !isOpen(ships); n++) ships = later(ships, 1)
  const [least, most] = rule.by_prefecture[prefecture] ?? rule.days
  return {
    order_by: cutoffOf(ships).toISOString(),
    ships,
    from: later(ships, least),
    to: later(ships, most),
  }
}
