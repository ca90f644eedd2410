import { Toast as BaseToast } from '@base-ui/react/toast'
import { useCallback, useEffect, useRef, type ReactNode } from 'react'
import { Button, IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { useText } from './lang.tsx'
import { words } from './words.ts'

type ToastTone = 'info' | 'ok' | 'warn' | 'error'

export type ToastAsk = {
  title: string
  words?: string
  tone?: ToastTone
  /** Takes the deed back; offered for ten seconds. */
  undo?: () => Promise<void> | void
}

type Data = { undo?: () => Promise<void> | void }
/** Errors stay until they are closed. */
const wait_ms = 10_000
const icons = { info: 'info', ok: 'ok', warn: 'warn', error: 'error' } as const

/** `const toast = useToast(); toast({ title: '発送しました。', undo })` */
export function useToast(): (ask: ToastAsk) => string {
  const { add } = BaseToast.useToastManager<Data>()
  return useCallback(
    ({ title, words: description, tone = 'ok', undo }: ToastAsk) =>
      add({
        title,
        type: tone,
        priority: tone === 'error' ? 'high' : 'low',
        timeout: tone === 'error' ? 0 : wait_ms,
        ...(description === undefined ? {} : { description }),
        ...(undo === undefined ? {} : { data: { undo } }),
      }),
    [add],
  )
}

/** How high the notices are, for a page that makes room below. */
function useRoomBelow() {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const shown = ref.current
    if (!shown) return
    const { style } = document.documentElement
    const watch = new ResizeObserver(() => style.setProperty('--toasts', `${shown.offsetHeight}px`))
    watch.observe(shown)
    return () => {
      watch.disconnect()
      style.removeProperty('--toasts')
    }
  }, [])
  return ref
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useText(words)
  const room = useRoomBelow()
  return (
    <BaseToast.Provider limit={4} timeout={wait_ms}>
      {children}
      <BaseToast.Portal>
        <BaseToast.Viewport ref={room} className="ui-toasts" aria-label={t.notices}>
          <Toasts />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  )
}

function Toasts() {
  const t = useText(words)
  const { toasts, close, update } = BaseToast.useToastManager<Data>()

  async function takeBack(id: string, undo: () => Promise<void> | void) {
    try {
      await undo()
      update(id, { title: t.undone, description: '', type: 'ok', data: {}, timeout: wait_ms })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      update(id, { description: reason, type: 'error', timeout: 0 })
    }
  }
  return toasts.map((toast) => {
    const undo = toast.data?.undo
    const tone = toast.type === 'info' || toast.type === 'warn' || toast.type === 'error' ? toast.type : 'ok'
    return (
      <BaseToast.Root key={toast.id} toast={toast} className="ui-toast">
        <Icon name={icons[tone]} />
        <BaseToast.Content className="ui-toast-content">
          <BaseToast.Title className="ui-toast-title" render={<p />} />
          {toast.description ? <BaseToast.Description className="ui-toast-words" /> : null}
        </BaseToast.Content>
        {undo ? (
          <Button variant="quiet" icon="undo" onClick={() => void takeBack(toast.id, undo)}>
            {t.undo}
          </Button>
        ) : null}
        <IconButton icon="close" label={t.close} tooltip={false} onClick={() => close(toast.id)} />
      </BaseToast.Root>
    )
  })
}
