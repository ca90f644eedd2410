import { formatMoney, formatNumber } from '@akinai/ui'

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
