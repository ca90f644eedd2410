import { Problem } from '@akinai/client'
import { Button, Field, LangSwitch, Panel, TextInput, ThemeSwitch, useText } from '@akinai/ui'
import { useState } from 'react'
import { Keypad } from './keypad.tsx'
import { knownDevice, signIn, type Session } from './session.ts'
import { words } from './words.ts'

export function SignIn({ onOpen }: { onOpen: (session: Session) => void }) {
  const t = useText(words)
  return (
    <main className="door">
      <h1>{t.title}</h1>
      <Panel>
        <PinForm onOpen={onOpen} />
      </Panel>
      <div className="switches">
        <LangSwitch />
        <ThemeSwitch />
      </div>
    </main>
  )
}

/** Device and key once, then the PIN alone. */
export function PinForm({ onOpen }: { onOpen: (session: Session) => void }) {
  const t = useText(words)
  const [known, setKnown] = useState(knownDevice)
  const [device, setDevice] = useState(known?.device ?? '')
  const [key, setKey] = useState(known?.key ?? '')
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  async function open() {
    setBusy(true)
    setFailure(null)
    try {
      onOpen(await signIn({ device: device.trim(), key: key.trim() }, pin))
    } catch (error) {
      setFailure(error)
      setPin('')
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void open()
      }}
    >
      {known ? (
        <p className="known">
          {t.till} <strong>{known.device}</strong>
          <Button
            variant="quiet"
            onClick={() => {
              setKnown(null)
              setKey('')
            }}
          >
            {t.otherDevice}
          </Button>
        </p>
      ) : (
        <>
          <Field label={t.device}>
            <TextInput value={device} onChange={setDevice} required autoComplete="off" />
          </Field>
          <Field label={t.key} hint={t.keyHint}>
            <TextInput type="password" value={key} onChange={setKey} required autoComplete="off" />
          </Field>
        </>
      )}
      <Field label={t.pin} hint={t.pinHint}>
        <TextInput
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={pin}
          onChange={(typed) => setPin(typed.normalize('NFKC').replace(/\D/g, ''))}
        />
      </Field>
      <Keypad
        label={t.pinKeys}
        erase={t.erase}
        onKey={(digit) => setPin((pin + digit).slice(0, 8))}
        onErase={() => setPin(pin.slice(0, -1))}
      />
      {failure ? <Said error={failure} /> : null}
      <Button type="submit" variant="primary" wide busy={busy} disabled={pin.length < 4 || !device || !key}>
        {t.open}
      </Button>
    </form>
  )
}

/** A refusal in the server's words. */
export function Said({ error }: { error: unknown }) {
  const t = useText(words)
  const fields = error instanceof Problem ? error.fields : { title: t.fault, todo: undefined }
  return (
    <div className="ui-error-state" role="alert">
      <p>
        <strong>{fields.title}</strong>
      </p>
      {fields.todo ? <p>{fields.todo}</p> : null}
    </div>
  )
}
