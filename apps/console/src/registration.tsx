import { Field, RadioGroup, TextInput, useText } from '@akinai/ui'
import { setupWords } from './setup-words.ts'

/** `company`: its number is the corporate number, which checks itself. `person`: a sole proprietor's does not. */
export type Registration = { legal: 'company' | 'person' | 'none'; number: string }
export const numberOf = (r: Registration): string | null =>
  r.legal === 'none'
    ? null
    : r.number
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^T\d]/g, '')

/** 法人番号 bears a check digit: 9 less the sum of the other twelve, weighted 1 and 2 from the right, modulo 9. */
function isCorporate(thirteen: string): boolean {
  const sum = [...thirteen.slice(1)]
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 2), 0)
  return Number(thirteen[0]) === 9 - (sum % 9)
}
export function faultOf(r: Registration): 'numberWrong' | 'checkWrong' | undefined {
  const number = numberOf(r)
  if (number === null) return undefined
  if (!/^T\d{13}$/.test(number)) return 'numberWrong'
  return r.legal === 'company' && !isCorporate(number.slice(1)) ? 'checkWrong' : undefined
}
/** As it was kept: whether a number is a company's shows in its check digit. */
export const registrationOf = (number: string | null): Registration => ({
  legal: number === null ? 'none' : isCorporate(number.slice(1)) ? 'company' : 'person',
  number: number ?? '',
})

export function RegistrationFields({
  value,
  isChecked,
  disabled = false,
  onChange,
}: {
  value: Registration
  isChecked: boolean
  disabled?: boolean
  onChange: (value: Registration) => void
}) {
  const t = useText(setupWords)
  const fault = isChecked ? faultOf(value) : undefined
  return (
    <>
      <RadioGroup
        label={t.registration}
        value={value.legal}
        disabled={disabled}
        onChange={(legal) => onChange({ ...value, legal })}
        options={(['company', 'person', 'none'] as const).map((legal) => ({
          value: legal,
          label: t.legal[legal],
        }))}
      />
      {value.legal === 'none' ? null : (
        <Field label={t.number} hint={t.numberHint} error={fault && t[fault]}>
          <TextInput
            disabled={disabled}
            autoComplete="off"
            spellCheck={false}
            maxLength={20}
            value={value.number}
            onChange={(number) => onChange({ ...value, number })}
          />
        </Field>
      )}
    </>
  )
}
