import { Button, createText, Dialog, Field, InsideDialogs, TextInput, useText } from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState, useSyncExternalStore } from 'react'
import { api } from './api.ts'
import { hasPasskeys, signWithPasskey } from './passkey.ts'
import { proof } from './proof-asked.ts'
import { Wrong } from './wrong.tsx'

const words = createText({
  ja: {
    title: 'ご本人の確認',
    lead: '大切な操作の前に、ご本人であることを確かめます。確かめると、そのまま続きを行います。10分間は再び尋ねません。',
    password: 'パスワード',
    code: '確認コード',
    codeHint: '認証アプリの6桁のコード、または回復コード。',
    withCode: '確認コードを使う',
    withPassword: 'パスワードを使う',
    passkey: 'パスキーで確かめる',
    cancel: 'やめる',
    go: '確かめる',
  },
  en: {
    title: 'Prove that it is you',
    lead: 'This is asked before what matters. What you were doing then goes on by itself, and you are not asked again for ten minutes.',
    password: 'Password',
    code: 'Code',
    codeHint: 'Six digits of your authenticator app, or a recovery code.',
    withCode: 'Use a code',
    withPassword: 'Use the password',
    passkey: 'Use a passkey',
    cancel: 'Cancel',
    go: 'Go on',
  },
})

/** Opens when the server wants a proof, inside whichever dialog is open. */
export function StepUp() {
  const host = useId()
  const { asking, host: last } = useSyncExternalStore(proof.listen, proof.state)
  useEffect(() => proof.enter(host), [host])
  if (!asking || last !== host) return null
  return (
    <InsideDialogs node={null}>
      <Question />
    </InsideDialogs>
  )
}

function Question() {
  const t = useText(words)
  const id = useId()
  const ways = useQuery({ queryKey: ['me', 'factors'], queryFn: () => api.meFactors() }).data
  const [other, setOther] = useState(false)
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const hasCode = ways?.totp != null
  const byCode = hasCode && (other || !ways.password)
  const canType = ways === undefined || ways.password || hasCode
  async function prove(send: () => Promise<unknown>) {
    setBusy(true)
    setFailure(null)
    try {
      await send()
      proof.settle(true)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  const passkey = async () => api.staffProve({ passkey: await signWithPasskey(await api.passkeyRequest({})) })
  return (
    <Dialog
      open
      onClose={() => proof.settle(false)}
      title={t.title}
      description={t.lead}
      actions={
        <>
          <Button onClick={() => proof.settle(false)}>{t.cancel}</Button>
          {canType ? (
            <Button type="submit" form={id} variant="primary" busy={busy} disabled={said === ''}>
              {t.go}
            </Button>
          ) : null}
        </>
      }
    >
      <form
        id={id}
        className="fields"
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          if (!busy) void prove(() => api.staffProve(byCode ? { code: said } : { password: said }))
        }}
      >
        {canType ? (
          <Field label={byCode ? t.code : t.password} hint={byCode ? t.codeHint : undefined}>
            <TextInput
              key={byCode ? 'code' : 'password'}
              type={byCode ? 'text' : 'password'}
              autoComplete={byCode ? 'one-time-code' : 'current-password'}
              // The one question there is.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              value={said}
              onChange={setSaid}
            />
          </Field>
        ) : null}
        <div className="filters">
          {hasCode && ways.password ? (
            <Button
              variant="quiet"
              onClick={() => {
                setOther(!other)
                setSaid('')
              }}
            >
              {byCode ? t.withPassword : t.withCode}
            </Button>
          ) : null}
          {ways && ways.passkeys.length > 0 && hasPasskeys() ? (
            <Button busy={busy} onClick={() => void prove(passkey)}>
              {t.passkey}
            </Button>
          ) : null}
        </div>
        <Wrong error={failure} />
      </form>
    </Dialog>
  )
}
