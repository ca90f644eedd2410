import { formatDateTime, formatMoney, type DateForm } from './format.ts'
import { useLang } from './lang.tsx'

/** Whole yen, or the smallest coin of another currency. A refund's minus is a sign as well as a colour. */
export function Money({ yen, currency }: { yen: number; currency?: string }) {
  return (
    <span className="ui-money ui-figure" data-negative={yen < 0 ? '' : undefined}>
      {formatMoney(yen, currency)}
    </span>
  )
}

export function DateTime({ at, form = 'minute' }: { at: string | number | Date; form?: DateForm }) {
  const { lang } = useLang()
  return (
    <time dateTime={new Date(at).toISOString()} title={`${formatDateTime(at)} JST`}>
      {formatDateTime(at, form, lang)}
    </time>
  )
}
