import { Button, Field, Panel, TextInput, useText, useToast } from '@akinai/ui'
import { useState } from 'react'
import { accountWords } from './account-words.ts'
import { api, refresh } from './api.ts'
import { FormDialog } from './form-dialog.tsx'

/** What one opens a till with. */
export function Pin({ has }: { has: boolean }) {
  const t = useText(accountWords)
  const [changing, setChanging] = useState(false)
  return (
    <Panel
      title={t.pin}
      actions={<Button onClick={() => setChanging(true)}>{has ? t.pinChange : t.pinSet}</Button>}
    >
      <p className="quiet">{has ? t.pinHas : t.pinNone}</p>
      {changing ? <PinForm has={has} onClose={() => setChanging(false)} /> : null}
    </Panel>
  )
}

function PinForm({ has, onClose }: { has: boolean; onClose: () => void }) {
  const t = useText(accountWords)
  const toast = useToast()
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const digits = (typed: string) => typed.normalize('NFKC').replace(/\D/g, '').slice(0, 8)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={has ? t.pinChange : t.pinSet}
      submit={has ? t.pinChange : t.pinSet}
      disabled={pin.length < 4 || again !== pin}
      onSubmit={async () => {
        await api.mePin({ pin })
        toast({ title: t.pinDone })
        await refresh()
      }}
    >
      <Field label={t.pinNew} hint={t.pinHint}>
        <TextInput
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={(typed) => setPin(digits(typed))}
        />
      </Field>
      <Field
        label={t.pinAgain}
        error={again.length >= pin.length && pin !== '' && again !== pin ? t.pinDiffers : undefined}
      >
        <TextInput
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={again}
          onChange={(typed) => setAgain(digits(typed))}
        />
      </Field>
    </FormDialog>
  )
}
