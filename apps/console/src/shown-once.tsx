import { Button, CopyField, Dialog } from '@akinai/ui'
import type { ReactNode } from 'react'

/** What is shown once and never again: a link, a secret, codes. It has gone where its answer was lost. */
export function ShownOnce({
  title,
  description,
  label,
  hint,
  value,
  done,
  onClose,
  children,
}: {
  title: string
  description: ReactNode
  label: string
  hint?: string
  /** Null: gone. */
  value: string | null
  /** A verb: it is kept. */
  done: string
  onClose: () => void
  children?: ReactNode
}) {
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={title}
      description={description}
      actions={
        <Button variant="primary" onClick={onClose}>
          {done}
        </Button>
      }
    >
      {value === null ? null : <CopyField label={label} value={value} {...(hint && { hint })} />}
      {children}
    </Dialog>
  )
}
