import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import { formatMoney, formatNumber } from './format.ts'
import { PortalsInside } from './home.tsx'
import { isComposing } from './ime.ts'
import { useText } from './lang.tsx'
import { words } from './words.ts'

/** Esc belongs to the input method while it composes. */
function wasComposing(details: { reason: string; event: Event }): boolean {
  return (
    details.reason === 'escape-key' && details.event instanceof KeyboardEvent && isComposing(details.event)
  )
}

const fields = 'input, textarea, select, [role="combobox"], [role="radio"]'
/** The first thing that is asked; a finger gets no keyboard that it did not ask for. */
function firstField(popup: HTMLElement | null, how: string): HTMLElement | true {
  if (how === 'touch') return true
  const asked = [...(popup?.querySelectorAll<HTMLElement>(fields) ?? [])]
  return asked.find((one) => one.tabIndex >= 0 && !one.matches(':disabled') && one.offsetParent) ?? true
}
/** Where what opened it has gone with what was done, the focus is on the page, and not on nothing. */
function useReturn(open: boolean): void {
  useEffect(() => {
    if (!open) return
    return () => {
      const look = () => {
        if (document.activeElement !== document.body) return
        document.querySelector<HTMLElement>('main[tabindex]')?.focus({ preventScroll: true })
      }
      setTimeout(look, 100)
    }
  }, [open])
}

export type DialogProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  /** Buttons, the main one last. */
  actions?: ReactNode
  wide?: boolean
  children?: ReactNode
}

export function Dialog({ open, onClose, title, description, actions, wide = false, children }: DialogProps) {
  const t = useText(words)
  const popup = useRef<HTMLDivElement>(null)
  useReturn(open)
  return (
    <BaseDialog.Root
      open={open}
      onOpenChange={(next, details) => {
        if (wasComposing(details)) details.cancel()
        else if (!next) onClose()
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="ui-veil" />
        <BaseDialog.Popup
          ref={popup}
          className="ui-dialog"
          data-wide={wide ? '' : undefined}
          initialFocus={(how) => firstField(popup.current, how)}
        >
          <PortalsInside>
            <div className="ui-dialog-head">
              <BaseDialog.Title>{title}</BaseDialog.Title>
              <BaseDialog.Close render={<IconButton icon="close" label={t.close} tooltip={false} />} />
            </div>
            <div className="ui-dialog-body">
              {description ? <BaseDialog.Description>{description}</BaseDialog.Description> : null}
              {children}
            </div>
            {actions ? <div className="ui-dialog-foot">{actions}</div> : null}
          </PortalsInside>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

export type ConfirmDialogProps = {
  open: boolean
  onClose: () => void
  title: ReactNode
  /** What will happen, and to whom. */
  description: ReactNode
  /** How many things are touched, stated large: { value: 128, noun: '注文' }. */
  count?: { value: number; noun: string }
  /** How much money moves, in whole yen or the smallest coin of another currency, stated large. */
  amount?: number
  currency?: string
  /** A verb: 返金する. */
  confirm: string
  /** What the way out is called where 「やめる」 says too little. */
  cancel?: string
  danger?: boolean
  /** The dialog closes when it is done, and stays with its reason when it fails. */
  onConfirm: () => Promise<void> | void
  /** Says a failure in words; without it the error's own message is shown. */
  explain?: (error: unknown) => ReactNode
  /** What is asked before it is done: the reason, the amount. */
  children?: ReactNode
}

/** Before what cannot be undone. What can be undone is done at once, with an undo in its toast. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onClose,
    title,
    description,
    count,
    amount,
    currency,
    confirm,
    cancel,
    danger = true,
    onConfirm,
    explain,
    children,
  } = props
  const t = useText(words)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ReactNode>(null)
  useReturn(open)

  async function go() {
    setBusy(true)
    setFailure(null)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setFailure(explain ? explain(error) : error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(next, details) => {
        if (wasComposing(details) || busy) details.cancel()
        else if (!next) {
          setFailure(null)
          onClose()
        }
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="ui-veil" />
        <AlertDialog.Popup className="ui-dialog">
          <PortalsInside>
            <div className="ui-dialog-head">
              <AlertDialog.Title>{title}</AlertDialog.Title>
            </div>
            <div className="ui-dialog-body">
              <AlertDialog.Description>{description}</AlertDialog.Description>
              {count || amount !== undefined ? (
                <dl className="ui-facts" data-plain={danger ? undefined : ''}>
                  {count ? (
                    <div>
                      <dt>{count.noun}</dt>
                      <dd>{formatNumber(count.value)}</dd>
                    </div>
                  ) : null}
                  {amount === undefined ? null : (
                    <div>
                      <dt>{t.amount}</dt>
                      <dd>{formatMoney(amount, currency)}</dd>
                    </div>
                  )}
                </dl>
              ) : null}
              {children}
              {danger ? <p>{t.irreversible}</p> : null}
              {failure ? (
                <div className="ui-error-state" role="alert">
                  {failure}
                </div>
              ) : null}
            </div>
            <div className="ui-dialog-foot">
              <AlertDialog.Close render={<Button disabled={busy} />}>{cancel ?? t.cancel}</AlertDialog.Close>
              <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void go()}>
                {confirm}
              </Button>
            </div>
          </PortalsInside>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
