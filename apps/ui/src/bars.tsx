import { useEffect, useSyncExternalStore } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useText } from './lang.tsx'
import { useShortcut } from './shortcuts.tsx'
import { words } from './words.ts'

function watchLine(changed: () => void): () => void {
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}

const useOffline = (): boolean => useSyncExternalStore(watchLine, () => !navigator.onLine)

/**
 * A bar, not a dialog: work goes on. Shows itself when the browser is offline or `offline` says so. `queued`: how much is
 * kept here to be sent; an app that keeps nothing promises nothing.
 */
export function OfflineBar({ offline, queued }: { offline?: boolean; queued?: number }) {
  const t = useText(words)
  const noticed = useOffline()
  if (!(offline ?? noticed)) return null
  return (
    <output className="ui-bar" data-tone="warn">
      <Icon name="offline" />
      <strong>{t.offline}</strong>
      <span>{queued === undefined ? t.offlineStays : t.offlineWords}</span>
      {queued ? <strong>{t.queued(queued)}</strong> : null}
    </output>
  )
}

export type SaveBarProps = {
  dirty: boolean
  busy?: boolean
  onSave: () => void
  onDiscard: () => void
}

/** Stands while an edit is not saved; ⌘S or Ctrl-S saves, leaving the page asks. */
export function SaveBar({ dirty, busy = false, onSave, onDiscard }: SaveBarProps) {
  const t = useText(words)
  useShortcut({ keys: 'mod+s', label: t.save, enabled: dirty, run: () => !busy && onSave() })
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
  if (!dirty) return null
  return (
    <section className="ui-save-bar" aria-label={t.unsaved}>
      <output>{t.unsaved}</output>
      <Button disabled={busy} onClick={onDiscard}>
        {t.discard}
      </Button>
      <Button variant="primary" busy={busy} onClick={onSave}>
        {t.save}
      </Button>
    </section>
  )
}
