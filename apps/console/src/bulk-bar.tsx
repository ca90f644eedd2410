import { Button, formatNumber, IconButton, Menu, useShortcut, useText, type MenuItem } from '@akinai/ui'
import { useRef, type ReactNode } from 'react'
import { bulkWords } from './bulk-words.ts'
import { many } from './figure.tsx'
import type { Selection } from './selection.ts'

/** Most that may be named one by one. */
export const pickedMost = 500

/** Counting ends there. */
const most = 100_000

/** What can be done with the rows that are selected: stays in view below the list, out of the way while none is. */
export function BulkBar(is: {
  selection: Selection
  /** How many fit the filter; missing while nobody has asked. */
  count: number | undefined
  items: readonly MenuItem[]
  children?: ReactNode
}) {
  const t = useText(bulkWords)
  const { selection, count, items } = is
  const acts = useRef<HTMLSpanElement>(null)
  const isSome = selection.all || selection.ids.size > 0
  const isOver = !selection.all && selection.ids.size > pickedMost
  useShortcut({
    keys: 'b',
    label: items.length > 0 ? t.openMenu : t.download,
    group: t.group,
    enabled: isSome && !isOver,
    // Where there is nothing but a file, the file.
    run: () => acts.current?.querySelector<HTMLElement>(items.length > 0 ? 'button' : 'a')?.click(),
  })
  useShortcut({
    keys: 'shift+a',
    label: t.allKeys,
    group: t.group,
    enabled: !selection.all && selection.hasRows,
    run: selection.pickAll,
  })
  if (!isSome) return null
  const words = selection.all
    ? t.pickedAll(count === undefined ? '…' : many(count, most))
    : t.picked(formatNumber(selection.ids.size))
  return (
    <section className="bulk-bar" data-foot aria-label={t.bar}>
      <span className="bulk-count">
        <output>{words}</output>
        <IconButton icon="close" label={t.clear} onClick={selection.clear} />
      </span>
      {!selection.all && count !== undefined && count > selection.ids.size ? (
        <Button variant="quiet" onClick={selection.pickAll}>
          {t.all(many(count, most))}
        </Button>
      ) : null}
      {isOver ? <span className="quiet">{t.tooMany}</span> : null}
      <span className="bulk-acts" ref={acts}>
        {isOver ? null : is.children}
        {isOver || items.length === 0 ? null : (
          <Menu
            trigger={
              <Button variant="primary" icon="down" iconAt="end">
                {t.act}
              </Button>
            }
            items={items}
          />
        )}
      </span>
    </section>
  )
}
