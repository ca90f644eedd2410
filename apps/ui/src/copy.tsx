import { useRef, useState } from 'react'
import { Button, type ButtonVariant } from './button.tsx'
import { Field, TextInput } from './field.tsx'
import { useText } from './lang.tsx'
import { words } from './words.ts'

/** A button that copies and says so. Where the browser gives no clipboard (no TLS), `onPress` is all that it does. */
export function CopyButton({
  value,
  variant,
  onPress,
}: {
  value: string
  variant?: ButtonVariant
  onPress?: () => void
}) {
  const t = useText(words)
  const [copied, setCopied] = useState(false)
  async function copy() {
    onPress?.()
    if (!('clipboard' in navigator)) return
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 3000)
  }
  return (
    <Button {...(variant && { variant })} icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
      <span aria-live="polite">{copied ? t.copied : t.copy}</span>
    </Button>
  )
}

/** Text to be taken elsewhere: selected as it is copied, ready for the keys where nothing else copies. */
export function CopyField({ label, hint, value }: { label: string; hint?: string; value: string }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      <div className="ui-copy">
        <TextInput
          ref={input}
          readOnly
          value={value}
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={value} onPress={() => input.current?.select()} />
      </div>
    </Field>
  )
}
