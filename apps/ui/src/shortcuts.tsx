import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Dialog } from './dialog.tsx'
import { createListener } from './keys.ts'
import { useText } from './lang.tsx'
import { words } from './words.ts'

export type Shortcut = {
  /** `j`, `g o` (g, then o), `mod+s` (⌘ or Ctrl), `/`. */
  keys: string
  label: string
  group?: string
  run: () => void
  /** False while there is nothing to do: another holder of the same keys is asked. */
  enabled?: boolean
}

type Entry = { current: Shortcut }
type Registry = { add: (entry: Entry) => () => void }
const ShortcutContext = createContext<Registry | null>(null)

/** Typing belongs to the field, and an open dialog keeps its keys; only ⌘ and Ctrl reach through a field. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable=true]') !== null
  )
}
const keepers = ':is([role=dialog],[role=alertdialog]):not(.ui-toast),[role=menu],[role=listbox]'
/** A toast has the role of a dialog but keeps no keys; a closed list stays in the document, unseen. */
const isDialogOpen = () => [...document.querySelectorAll(keepers)].some((one) => one.checkVisibility())

/** One listener for all shortcuts of the page; `?` shows the list. Off while composing. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const t = useText(words)
  const entries = useRef<Entry[]>([])
  const [listed, setListed] = useState<Shortcut[] | null>(null)
  const registry = useMemo<Registry>(
    () => ({
      add: (entry) => {
        entries.current = [...entries.current, entry]
        return () => {
          entries.current = entries.current.filter((one) => one !== entry)
        }
      },
    }),
    [],
  )
  useEffect(() => {
    const listen = createListener()
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || isDialogOpen()) return
      if (isTyping(event.target) && !event.ctrlKey && !event.metaKey) return
      const known = ['?', ...entries.current.map((entry) => entry.current.keys)]
      const keys = listen(event, known, event.timeStamp)
      if (keys === undefined) return
      event.preventDefault()
      if (keys === '?') setListed(entries.current.map((entry) => entry.current))
      else entries.current.findLast((entry) => entry.current.keys === keys)?.current.run()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <ShortcutContext value={registry}>
      {children}
      <Dialog open={listed !== null} onClose={() => setListed(null)} title={t.shortcuts}>
        <ShortcutList shortcuts={listed ?? []} />
      </Dialog>
    </ShortcutContext>
  )
}

/** Registers a shortcut as long as the component is on screen; what was registered last wins. */
export function useShortcut(shortcut: Shortcut): void {
  const registry = use(ShortcutContext)
  const entry = useRef(shortcut)
  useEffect(() => {
    entry.current = shortcut
  })
  const enabled = shortcut.enabled ?? true
  useEffect(() => (enabled ? registry?.add(entry) : undefined), [registry, enabled])
}

/** The list that `?` shows. */
function ShortcutList({ shortcuts }: { shortcuts: readonly Pick<Shortcut, 'keys' | 'label' | 'group'>[] }) {
  const t = useText(words)
  const all = [...shortcuts, { keys: '?', label: t.showShortcuts }]
  const groups = Map.groupBy(all, (shortcut) => shortcut.group ?? t.everywhere)
  return [...groups].map(([group, members]) => (
    <section key={group}>
      <h3>{group}</h3>
      <dl className="ui-shortcuts">
        {[...new Map(members.map((member) => [member.keys, member])).values()].map((member) => (
          <div key={member.keys} style={{ display: 'contents' }}>
            <dt>{member.label}</dt>
            <dd>
              <Keys keys={member.keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ))
}

const isApple = () => /Mac|iPhone|iPad/.test(navigator.userAgent)

export function Keys({ keys }: { keys: string }) {
  return keys.split(' ').map((press) => {
    const shown = press
      .replace('mod+', isApple() ? '⌘' : 'Ctrl+')
      .replace('alt+', isApple() ? '⌥' : 'Alt+')
      .replace('shift+', isApple() ? '⇧' : 'Shift+')
      .replace('Escape', 'Esc')
    return <kbd key={press}>{shown}</kbd>
  })
}
