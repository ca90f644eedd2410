import type { Lang } from './text.ts'

const whole = new Intl.NumberFormat('ja-JP', { maximumFractionDigits: 0 })

/**
 * `¥1,980`. Yen are whole: anything else is a fault of the caller. Of another currency the amount is in its smallest coin:
 * 1,980 pence are £19.80.
 */
export function formatMoney(yen: number, currency = 'JPY'): string {
  if (!Number.isSafeInteger(yen)) throw new RangeError(`not a whole amount of yen: ${yen}`)
  if (currency !== 'JPY') {
    const foreign = new Intl.NumberFormat('en', { style: 'currency', currency })
    return foreign.format(yen / 10 ** (foreign.resolvedOptions().maximumFractionDigits ?? 0))
  }
  return `${yen < 0 ? '-' : ''}¥${whole.format(Math.abs(yen))}`
}

export const formatNumber = (value: number): string => value.toLocaleString('ja-JP')

const parts = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const longDate = {
  ja: new Intl.DateTimeFormat('ja-JP', {
    timeZone: 'Asia/Tokyo',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }),
  en: new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Tokyo',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  }),
}

export type DateForm = 'minute' | 'date' | 'long'

/** `2026/11/23 14:05`, `2026/11/23`, or `11月23日(月)`; always Japan's time, whatever the machine's zone. */
export function formatDateTime(
  at: string | number | Date,
  form: DateForm = 'minute',
  lang: Lang = 'ja',
): string {
  const date = new Date(at)
  if (form === 'long') return longDate[lang].format(date)
  const piece = Object.fromEntries(parts.formatToParts(date).map(({ type, value }) => [type, value]))
  const day = `${piece['year']}/${piece['month']}/${piece['day']}`
  return form === 'date' ? day : `${day} ${piece['hour']}:${piece['minute']}`
}
