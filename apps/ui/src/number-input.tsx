import { Input } from '@base-ui/react/input'
import { useState, type ComponentProps } from 'react'
import { foldDigits, wholeNumber } from './fold.ts'
import { formatNumber } from './format.ts'
import { isComposing } from './ime.ts'

export type NumberInputProps = Omit<
  ComponentProps<'input'>,
  'className' | 'style' | 'value' | 'defaultValue' | 'onChange' | 'type' | 'min' | 'max' | 'step'
> & {
  /** A whole number, or null while nothing is entered. */
  value: number | null
  onChange: (value: number | null) => void
  min?: number
  max?: number
  /** Stands before the figure: ¥. */
  before?: string
  /** Stands after the figure: 円, 点, pcs. */
  after?: string
}

/**
 * Whole yen and quantities. Full-width digits are folded as soon as the input method lets go of them;
 * what is no number stays visible and counts as nothing, so that the form can say so.
 */
export function NumberInput(props: NumberInputProps) {
  const { value, onChange, min, max, before, after, onBlur, onKeyDown, ...rest } = props
  const [draft, setDraft] = useState<string | null>(null)
  const shown = draft ?? (value === null ? '' : formatNumber(value))
  const within = (next: number) => Math.min(max ?? next, Math.max(min ?? next, next))

  function take(typed: string) {
    const next = wholeNumber(typed)
    onChange(next ?? null)
  }
  return (
    <span className="ui-number">
      {before ? <span aria-hidden="true">{before}</span> : null}
      <Input
        {...rest}
        className="ui-input"
        inputMode={min !== undefined && min >= 0 ? 'numeric' : 'text'}
        autoComplete="off"
        value={shown}
        onValueChange={(typed, details) => {
          const composing = isComposing(details.event as KeyboardEvent)
          setDraft(composing ? typed : foldDigits(typed))
          if (!composing) take(typed)
        }}
        onCompositionEnd={(event) => {
          setDraft(foldDigits(event.currentTarget.value))
          take(event.currentTarget.value)
        }}
        onBlur={(event) => {
          const next = wholeNumber(event.currentTarget.value)
          if (next !== undefined) setDraft(null)
          if (typeof next === 'number' && within(next) !== next) onChange(within(next))
          onBlur?.(event)
        }}
        onKeyDown={(event) => {
          if (isComposing(event)) return event.stopPropagation()
          const way = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
          if (way !== 0) {
            event.preventDefault()
            const next = within((wholeNumber(event.currentTarget.value) ?? 0) + way)
            setDraft(String(next))
            onChange(next)
          }
          onKeyDown?.(event)
        }}
      />
      {after ? <span aria-hidden="true">{after}</span> : null}
    </span>
  )
}
