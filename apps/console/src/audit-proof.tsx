import type { Answers } from '@akinai/client'
import { Badge, Button, CopyField, Dialog, Field, formatNumber, TextInput, useText } from '@akinai/ui'
import { useId, useState } from 'react'
import { api } from './api.ts'
import { auditWords } from './audit-words.ts'
import { Wrong } from './wrong.tsx'

type Verdict = Answers['audit.verify']

export function AuditProof({ onClose }: { onClose: () => void }) {
  const t = useText(auditWords)
  const id = useId()
  const [head, setHead] = useState('')
  const [busy, setBusy] = useState(false)
  const [verdict, setVerdict] = useState<Verdict>()
  const [failure, setFailure] = useState<unknown>(null)
  async function verify() {
    setBusy(true)
    setFailure(null)
    try {
      const noted = head.trim().toLowerCase()
      setVerdict(await api.auditVerify(noted === '' ? {} : { head: noted }))
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t.verify}
      actions={
        <>
          <Button onClick={onClose}>{t.close}</Button>
          <Button type="submit" form={id} variant="primary" busy={busy}>
            {t.check}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="fields"
        onSubmit={(event) => {
          event.preventDefault()
          void verify()
        }}
      >
        <Field label={t.before} hint={t.headHint}>
          <TextInput value={head} spellCheck={false} autoComplete="off" maxLength={64} onChange={setHead} />
        </Field>
        <Wrong error={failure} />
        {verdict ? <Told verdict={verdict} /> : null}
      </form>
    </Dialog>
  )
}

function Told({ verdict }: { verdict: Verdict }) {
  const t = useText(auditWords)
  const isWhole = verdict.faults.length === 0
  return (
    <div className="stack" aria-live="polite">
      <p className="verdict">
        <Badge tone={isWhole ? 'ok' : 'error'}>{isWhole ? t.whole : t.broken}</Badge>
        {t.count(formatNumber(verdict.entries))}
      </p>
      {isWhole ? null : (
        <div className="ui-error-state">
          <ul>
            {verdict.faults.map((f) => (
              <li key={`${f.no} ${f.deed} ${f.fault}`} className="address">
                {f.no === null ? null : <strong>{t.nth(formatNumber(f.no))} </strong>}
                {t.fault[f.fault]}
                {f.deed ? (
                  <>
                    {' '}
                    <code>{f.deed}</code>
                  </>
                ) : null}
              </li>
            ))}
          </ul>
          {verdict.more ? <p>{t.more}</p> : null}
          <p>{t.brokenTodo}</p>
        </div>
      )}
      {verdict.head ? (
        <CopyField label={t.head(formatNumber(verdict.head.no))} value={verdict.head.hash} />
      ) : null}
    </div>
  )
}
