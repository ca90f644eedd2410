import { Field, TextInput, useText, useToast } from '@akinai/ui'
import { useState } from 'react'
import { accountWords } from './account-words.ts'
import { api, refresh } from './api.ts'
import { FormDialog } from './form-dialog.tsx'

export function PasswordForm({ has, onClose }: { has: boolean; onClose: () => void }) {
  const t = useText(accountWords)
  const toast = useToast()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={has ? t.passwordChange : t.passwordSet}
      description={has ? t.passwordWhat : undefined}
      submit={has ? t.passwordChange : t.passwordSet}
      disabled={password.length < 12 || (has && current === '')}
      onSubmit={async () => {
        const { ended } = await api.staffPassword({ current: has ? current : null, password })
        toast({ title: t.changed(ended) })
        await refresh()
      }}
    >
      {has ? (
        <Field label={t.current}>
          <TextInput type="password" autoComplete="current-password" value={current} onChange={setCurrent} />
        </Field>
      ) : null}
      <Field label={t.next} hint={t.nextHint}>
        <TextInput type="password" autoComplete="new-password" value={password} onChange={setPassword} />
      </Field>
    </FormDialog>
  )
}
