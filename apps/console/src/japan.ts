/** A day and time as `datetime-local` has them, by Japan's clock whatever the machine's zone. */
export const localOf = (at: string): string =>
  new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 16)
export const instantOf = (local: string): string => `${local}:00+09:00`
