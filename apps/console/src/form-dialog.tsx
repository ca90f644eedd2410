import { Button, createText, Dialog, useText } from '@akinai/ui'
import { useId, useState, type ReactNode } from 'react'
import { Wrong } from './wrong.tsx'

const words = createText({ ja: { cancel: 'やめる' }, en: { cancel: 'Cancel' } })

type Props = {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  /** A verb. */
  submit: string
  disabled?: boolean
  wide?: boolean
  onSubmit: () => Promise<void>
  children: ReactNode
}

/** A question with fields: closes when it is done, and stays with the server's words when it was refused. */
export function FormDialog({
  open,
  onClose,
  title,
  description,
  submit,
  disabled = false,
  wide = false,
  onSubmit,
  children,
}: Props) {
  const t = useText(words)
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  async function send() {
    setBusy(true)
    setFailure(null)
    try {
      await onSubmit()
      onClose()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  // What is under way is waited for: closed meanwhile, nobody would hear how it went.
  function close() {
    if (busy) return
    setFailure(null)
    onClose()
  }
  return (
    <Dialog
      open={open}
      wide={wide}
      onClose={close}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={close} disabled={busy}>
            {t.cancel}
          </Button>
          <Button type="submit" form={id} variant="primary" busy={busy} disabled={disabled}>
            {submit}
          </Button>
        </>
      }
    >
      {/* ⌘S is heard on its way up from the fields. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        id={id}
        className="fields"
        onKeyDown={(event) => {
          if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
          event.preventDefault()
          if (!disabled) event.currentTarget.requestSubmit()
        }}
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void send()
        }}
      >
        {children}
        <Wrong error={failure} />
      </form>
    </Dialog>
  )
}
