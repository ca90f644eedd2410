/** A moment. It comes from `tx.now` or from outside, never from the clock inside a rule. */
export type Instant = Date
/** A calendar day, `2026-11-22`. Which day a moment falls on depends on the zone, so the zone is always named. */
export type Day = string & { readonly day?: unique symbol }

/** Before anything of ours. */
export const startOfTime: Instant = new Date(0)

const formats = new Map<string, Intl.DateTimeFormat>()
export function dayIn(zone: string, at: Instant): Day {
  let f = formats.get(zone)
  if (!f) {
    f = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    formats.set(zone, f)
  }
  return f.format(at)
}

/** The moment a day begins in a zone, also where the day begins with a clock change. */
export const startOfDay = (zone: string, day: Day): Instant =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)

export const addDays = (at: Instant, days: number): Instant => new Date(at.getTime() + days * 86_400_000)
export const minutesLater = (at: Instant, minutes: number): Instant =>
  new Date(at.getTime() + minutes * 60_000)
