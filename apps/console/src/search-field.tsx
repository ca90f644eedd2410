import { Field, TextInput, useShortcut } from '@akinai/ui'
import { useRef, useState } from 'react'

/** The search of a list: goes on Enter, as folded text; emptied, it shows all again; `/` leads to it. */
export function SearchField(is: {
  value: string | undefined
  label: string
  hint: string
  /** What the keyboard help calls it, and the group there. */
  find: string
  group: string
  maxLength: number
  onGo: (q: string | undefined) => void
}) {
  const box = useRef<HTMLInputElement>(null)
  useShortcut({ keys: '/', label: is.find, group: is.group, run: () => box.current?.focus() })
  // Its text starts anew when the address says another search.
  return <Typed key={is.value ?? ''} is={is} box={box} />
}

function Typed({
  is,
  box,
}: {
  is: Parameters<typeof SearchField>[0]
  box: React.RefObject<HTMLInputElement | null>
}) {
  const [typed, setTyped] = useState(is.value ?? '')
  return (
    <Field label={is.label}>
      <TextInput
        ref={box}
        type="search"
        placeholder={is.hint}
        value={typed}
        onChange={(next) => {
          setTyped(next)
          if (next === '' && is.value) is.onGo(undefined)
        }}
        onEnter={(q) => is.onGo(q.normalize('NFKC').trim() || undefined)}
        maxLength={is.maxLength}
      />
    </Field>
  )
}
