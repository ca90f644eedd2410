import { Button, Dialog, Field, TextInput, useLang, useText } from '@akinai/ui'
import { useId, useState } from 'react'
import type { Item } from './sums.ts'
import { words } from './words.ts'

/** As a number may be: the server takes no other. */
const isSerial = (typed: string) => /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/.test(typed)

/** Which unit is sold: scanned or typed. It is sold also when nobody can read its number. */
export function SerialDialog({
  item,
  known,
  onClose,
  onTake,
}: {
  item: Item
  known: readonly string[]
  onClose: () => void
  onTake: (serial?: string) => void
}) {
  const t = useText(words)
  const { lang } = useLang()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [isChecked, setChecked] = useState(false)
  const serial = typed.normalize('NFKC').trim()
  const fault = known.includes(serial) ? t.serialTwice : isSerial(serial) ? undefined : t.serialWrong
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.serialTitle(item.name[lang])}
      description={t.serialLead}
      actions={
        <>
          <Button onClick={() => onTake()}>{t.serialNone}</Button>
          <Button type="submit" form={id} variant="primary">
            {t.serialTake}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault()
          setChecked(true)
          if (fault === undefined) onTake(serial)
        }}
      >
        <Field label={t.serial} error={isChecked ? fault : undefined}>
          <TextInput
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
            // Whoever opened it is about to scan.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
          />
        </Field>
      </form>
    </Dialog>
  )
}
