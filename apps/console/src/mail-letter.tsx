import type { Mail } from '@akinai/client'
import { Button, Dialog, EmptyState, Loading, Tabs, useText } from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from './api.ts'
import { Failure } from './failure.tsx'
import { mailWords } from './mail-words.ts'

/** Nothing of a letter runs, is fetched or leads anywhere: it is looked at, on white as in a mail program. */
const shut = `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'"><base target="_top">`

type Props = { mail: Mail; onClose: () => void; onSend: (() => void) | undefined }
/** One letter as it would be sent now, as HTML and as text. */
export function MailLetter({ mail, onClose, onSend }: Props) {
  const t = useText(mailWords)
  const [form, setForm] = useState<'html' | 'text'>('html')
  const found = useQuery({
    queryKey: ['mail', mail.message, 'letter'],
    queryFn: () => api.mailLetter({ message: mail.message }),
  })
  const letter = found.data?.letter
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t.preview}
      actions={
        letter && onSend ? (
          <Button
            variant="primary"
            onClick={() => {
              onSend()
              onClose()
            }}
          >
            {mail.state === 'kept' ? t.send : t.again}
          </Button>
        ) : undefined
      }
    >
      {found.error && !found.data ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading />
      ) : !letter ? (
        <EmptyState title={t.gone} why={t.goneWhy} />
      ) : (
        <>
          <p>
            <strong>{letter.subject}</strong>
            <br />
            <span className="address">
              {t.to}
              {letter.name} &lt;{letter.to}&gt;
            </span>
          </p>
          <p className="quiet">{t.asSent}</p>
          <Tabs
            label={t.form}
            value={form}
            onChange={setForm}
            tabs={[
              {
                value: 'html',
                label: t.html,
                content: (
                  <iframe
                    className="letter"
                    title={letter.subject}
                    sandbox=""
                    srcDoc={letter.html.replace('<head>', `<head>${shut}`)}
                  />
                ),
              },
              {
                value: 'text',
                label: t.text,
                content: (
                  // Whoever has no pointer scrolls it, too.
                  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
                  <pre className="letter" tabIndex={0} aria-label={letter.subject} lang={letter.lang}>
                    {letter.text}
                  </pre>
                ),
              },
            ]}
          />
        </>
      )}
    </Dialog>
  )
}
