import { useRef, useState } from 'react'
import { Button } from './button.tsx'
import { Field, TextInput } from './field.tsx'
import { useText } from './lang.tsx'
import { words } from './words.ts'

/** Text to be taken elsewhere. Where the browser gives no clipboard (no TLS), it is selected, ready for the keys that copy. */
export function CopyField({ label, hint, value }: { label: string; hint?: string; value: string }) {
  const t = useText(words)
  const input = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  async function copy() {
    input.current?.select()
    if (!('clipboard' in navigator)) return
    await navigator.clipboard.writeText(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 3000)
  }
  return (
    <div className="ui-copy">
      <Field label={label} {...(hint === undefined ? {} : { hint })}>
        <TextInput
          ref={input}
          readOnly
          value={value}
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
        />
      </Field>
      <Button icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
        <span aria-live="polite">{copied ? t.copied : t.copy}</span>
      </Button>
    </div>
  )
}
