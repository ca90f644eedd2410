import { formatMoney, formatNumber } from '@akinai/ui'

/** As far as it was counted: more than `most` is said as more. */
export const many = (n: number, most = 10_000): string =>
  n > most ? `${formatNumber(most)}+` : formatNumber(n)

/** A number that opens what is behind it. */
export function Figure({
  value,
  yen = false,
  currency,
  label,
  onOpen,
  tone,
}: {
  value: number
  yen?: boolean
  currency?: string
  label: string
  onOpen: () => void
  tone?: 'error' | 'warn' | undefined
}) {
  const shown = yen ? formatMoney(value, currency) : formatNumber(value)
  return (
    <button
      type="button"
      className="figure"
      data-tone={tone}
      data-zero={value === 0 ? '' : undefined}
      aria-label={`${label} ${shown}`}
      title={label}
      onClick={onOpen}
    >
      {shown}
    </button>
  )
}

/** How many wait for whoever looks, beside the name of their screen. */
export function Mark({ n, words }: { n: number; words: string }) {
  if (n === 0) return null
  return (
    <span className="mark" title={words}>
      <span aria-hidden="true">{n}</span>
      <span className="ui-unseen">{words}</span>
    </span>
  )
}
