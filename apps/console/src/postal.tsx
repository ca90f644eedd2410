import { createText, Field, TextInput, useText } from '@akinai/ui'
import { useEffect, useRef, useState } from 'react'
import { api } from './api.ts'

const words = createText({
  ja: { unknown: 'この郵便番号の住所は見つかりませんでした。住所をご入力ください。' },
  en: { unknown: 'No address is known for this postal code. Please type it.' },
})
export const digitsOf = (postal: string): string => postal.normalize('NFKC').replace(/\D/g, '')

/** A postal code that begins the address: as much as all of its towns have in common. What somebody has typed stays. */
export function PostalField({
  label,
  hint,
  error,
  value,
  address,
  onChange,
  onAddress,
}: {
  label: string
  hint: string
  error?: string | undefined
  value: string
  address: string
  onChange: (postal: string) => void
  onAddress: (address: string) => void
}) {
  const t = useText(words)
  /** The code that is looked up, what it filled in, and what stands there now: an answer may be late. */
  const asked = useRef('')
  const filled = useRef('')
  const shown = useRef(address)
  useEffect(() => {
    shown.current = address
  })
  const [isUnknown, setUnknown] = useState(false)
  async function look(postal: string) {
    const [{ items }, { prefectures }] = await Promise.all([api.addresses({ postal }), api.shop()])
    if (asked.current !== postal) return
    setUnknown(items.length === 0)
    const [first] = items
    if (!first || (shown.current.trim() !== '' && shown.current !== filled.current)) return
    const isSame = (of: 'prefecture' | 'city' | 'town') => items.every((one) => one[of] === first[of])
    const begun = [
      isSame('prefecture') && prefectures.find((p) => p.code === first.prefecture)?.name.ja,
      isSame('prefecture') && isSame('city') && first.city,
      items.length === 1 && first.town,
    ]
      .filter(Boolean)
      .join('')
    filled.current = begun
    onAddress(begun)
  }
  return (
    <Field label={label} hint={isUnknown ? t.unknown : hint} error={error}>
      <TextInput
        inputMode="numeric"
        autoComplete="postal-code"
        maxLength={9}
        value={value}
        onChange={(typed) => {
          onChange(typed)
          setUnknown(false)
          const digits = digitsOf(typed)
          asked.current = digits
          // Nothing is lost where it is not found: the address can be typed.
          if (digits.length === 7 && digits !== digitsOf(value)) void look(digits).catch(() => undefined)
        }}
      />
    </Field>
  )
}
