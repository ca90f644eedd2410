import {
  Badge,
  Button,
  ConfirmDialog,
  CopyField,
  DateTime,
  Dialog,
  Field,
  Panel,
  TextInput,
  useText,
  useToast,
} from '@akinai/ui'
import { useState } from 'react'
import { encode } from 'uqr'
import type { Answers } from '@akinai/client'
import { accountWords } from './account-words.ts'
import { api, refresh } from './api.ts'
import { Refused } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { Wrong } from './wrong.tsx'

type Begun = Answers['totp.begin']

export function AuthenticatorApp({ factors }: { factors: Answers['me.factors'] }) {
  const t = useText(accountWords)
  const toast = useToast()
  const [begun, setBegun] = useState<Begun>()
  const [codes, setCodes] = useState<readonly string[]>()
  const [asking, setAsking] = useState<'end' | 'renew'>()
  const [failure, setFailure] = useState<unknown>(null)
  const isOn = factors.totp !== null
  async function begin() {
    setFailure(null)
    try {
      setBegun(await api.totpBegin({}))
    } catch (error) {
      setFailure(error)
    }
  }
  async function end() {
    await api.totpOff()
    toast({ title: t.appEnded })
    await refresh()
  }
  async function renew() {
    setCodes((await api.recoveryRenew({})).codes)
    await refresh()
  }
  return (
    <Panel
      title={t.app}
      actions={
        isOn ? (
          <>
            <Button onClick={() => setAsking('renew')}>{t.renew}</Button>
            <Button onClick={() => setAsking('end')}>{t.appEnd}</Button>
          </>
        ) : (
          <Button onClick={() => void begin()}>{t.appBegin}</Button>
        )
      }
    >
      {factors.totp === null ? (
        <p className="quiet">{t.appOff}</p>
      ) : (
        <p className="verdict">
          <Badge tone="ok">
            {t.appOn} <DateTime at={factors.totp} />
          </Badge>
          <Badge tone={factors.recovery < 3 ? 'warn' : 'neutral'}>{t.left(factors.recovery)}</Badge>
        </p>
      )}
      <Wrong error={failure} />
      {begun ? <Confirm begun={begun} onClose={() => setBegun(undefined)} onCodes={setCodes} /> : null}
      {codes ? <Codes codes={codes} onClose={() => setCodes(undefined)} /> : null}
      <ConfirmDialog
        open={asking === 'end'}
        onClose={() => setAsking(undefined)}
        title={t.appEndTitle}
        description={t.appEndWhat}
        confirm={t.appEnd}
        danger={false}
        explain={(error) => <Refused error={error} />}
        onConfirm={end}
      />
      <ConfirmDialog
        open={asking === 'renew'}
        onClose={() => setAsking(undefined)}
        title={t.renewTitle}
        description={t.renewWhat}
        confirm={t.renew}
        danger={false}
        explain={(error) => <Refused error={error} />}
        onConfirm={renew}
      />
    </Panel>
  )
}

function Confirm({
  begun,
  onClose,
  onCodes,
}: {
  begun: Begun
  onClose: () => void
  onCodes: (codes: readonly string[]) => void
}) {
  const t = useText(accountWords)
  const [code, setCode] = useState('')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.appBegin}
      description={t.scan}
      submit={t.confirm}
      disabled={!/^\s*[0-9０-９]{3}\s?[0-9０-９]{3}\s*$/.test(code)}
      onSubmit={async () => {
        const { codes } = await api.totpConfirm({ code })
        onCodes(codes)
        await refresh()
      }}
    >
      <Picture of={begun.uri} label={t.picture} />
      <CopyField label={t.secret} value={begun.secret} />
      <Field label={t.code}>
        <TextInput inputMode="numeric" autoComplete="one-time-code" value={code} onChange={setCode} />
      </Field>
    </FormDialog>
  )
}

/** Dark on light in both themes: that is what cameras look for. */
function Picture({ of, label }: { of: string; label: string }) {
  const { data, size } = encode(of, { border: 4 })
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('')
  return (
    // A picture drawn here has no address that an img could name.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <svg className="scan" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  )
}

/** Shown once. */
function Codes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useText(accountWords)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.codesTitle}
      description={t.codesWhat}
      actions={
        <Button variant="primary" onClick={onClose}>
          {t.kept}
        </Button>
      }
    >
      <ol className="recovery">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <CopyField label={t.codes} value={codes.join(' ')} />
    </Dialog>
  )
}
