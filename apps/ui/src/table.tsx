import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { Checkbox } from './choice.tsx'
import { isComposing } from './ime.ts'
import { useText } from './lang.tsx'
import { useShortcut } from './shortcuts.tsx'
import { Skeleton } from './states.tsx'
import { useWait } from './wait.ts'
import { words } from './words.ts'

export type Column<Row> = {
  key: string
  head: string
  cell: (row: Row) => ReactNode
  /** Figures stand right, in digits of one width. */
  numeric?: boolean
  /** Never broken over lines. */
  narrow?: boolean
}

export type TableProps<Row> = {
  /** The table's name, read aloud. */
  label: string
  columns: readonly Column<Row>[]
  /** Missing while the first rows are on their way. */
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  /** What a row is called: an order's number. */
  rowLabel?: (row: Row) => string
  /** A click or Enter on a row. */
  onOpen?: (row: Row) => void
  selected?: ReadonlySet<string>
  onSelect?: (selected: ReadonlySet<string>) => void
  /** The row that was left for its page: it has the focus when the list is shown again. */
  returnTo?: string | undefined
  /** An EmptyState. */
  empty: ReactNode
  /** An ErrorState in the place of the rows. */
  error?: ReactNode
  /** Rows of the skeleton: as many as are expected. */
  expected?: number
  /** Nothing in it takes the focus: its frame does, so that keys can scroll it. */
  plain?: true
  /** CSS height from which the rows scroll under their header. */
  maxHeight?: string
}

const interactive = 'a,button,input,select,textarea,label,[role=checkbox],[role=button]'

/** What a menu or a dialog of the row is told comes up to the row, too, and is not the row's. */
const isWithin = (event: { currentTarget: Element; target: EventTarget }) =>
  event.target instanceof Node && event.currentTarget.contains(event.target)

/** j and k move, Enter opens, x selects, with Shift up to here, Escape lets go; arrows do as j and k once a row has the focus. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, rowLabel, onOpen, selected, onSelect } = props
  const t = useText(words)
  const wait = useWait(rows === undefined && !props.error)
  const body = useRef<HTMLTableSectionElement>(null)
  const [active, setActive] = useState(0)
  const anchor = useRef<string | undefined>(undefined)
  const isShifted = useRef(false)
  const last = Math.max(0, (rows?.length ?? 1) - 1)
  const current = Math.min(active, last)
  const keys = rows?.map(rowKey) ?? []
  const hasRows = keys.length > 0 && !props.error
  const picked = keys.filter((key) => selected?.has(key))
  const returnAt = props.returnTo === undefined ? -1 : keys.indexOf(props.returnTo)
  useEffect(() => {
    if (returnAt >= 0) body.current?.querySelectorAll<HTMLElement>('tr[data-row]')[returnAt]?.focus()
  }, [returnAt])

  function focusRow(at: number) {
    const next = Math.min(last, Math.max(0, at))
    setActive(next)
    body.current?.querySelectorAll<HTMLElement>('tr[data-row]')[next]?.focus()
  }
  /** The first j goes to the row that is current, the next ones onward. */
  function step(by: number) {
    focusRow(body.current?.contains(document.activeElement) ? current + by : current)
  }
  function pick(key: string | undefined, upTo = false) {
    if (!onSelect || !selected || key === undefined) return
    const next = new Set(selected)
    const [from, to] = [keys.indexOf(anchor.current ?? ''), keys.indexOf(key)]
    // From the row that was picked last up to here: all of them.
    if (upTo && from >= 0)
      for (const one of keys.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one)
    else if (!next.delete(key)) next.add(key)
    anchor.current = key
    onSelect(next)
  }
  function pickAll(all: boolean) {
    const next = new Set(selected)
    for (const key of keys)
      if (all) next.add(key)
      else next.delete(key)
    onSelect?.(next)
  }
  useShortcut({ keys: 'j', label: t.rowNext, group: t.list, enabled: hasRows, run: () => step(1) })
  useShortcut({ keys: 'k', label: t.rowPrevious, group: t.list, enabled: hasRows, run: () => step(-1) })
  useShortcut({
    keys: 'x',
    label: t.rowPick,
    group: t.list,
    enabled: hasRows && Boolean(onSelect),
    run: () => pick(keys[current]),
  })
  useShortcut({
    keys: 'shift+x',
    label: t.rowPickTo,
    group: t.list,
    enabled: hasRows && Boolean(onSelect),
    run: () => pick(keys[current], true),
  })
  useShortcut({
    keys: 'Escape',
    label: t.pickNone,
    group: t.list,
    enabled: Boolean(onSelect) && (selected?.size ?? 0) > 0,
    run: () => onSelect?.(new Set()),
  })

  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, row: Row, at: number) {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return
    if (!isWithin(event)) return
    if (event.target !== event.currentTarget && event.key === 'Enter') return
    if (event.target instanceof HTMLElement && event.target.matches('input,textarea,select')) return
    const moves: Record<string, number> = {
      j: 1,
      ArrowDown: 1,
      k: -1,
      ArrowUp: -1,
      Home: -Infinity,
      End: Infinity,
    }
    const move = moves[event.key]
    if (move !== undefined) focusRow(move === Infinity ? last : move === -Infinity ? 0 : at + move)
    else if (event.key === 'Enter' && onOpen) onOpen(row)
    else if (event.key.toLowerCase() === 'x') pick(rowKey(row), event.shiftKey)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  function onClick(event: MouseEvent<HTMLTableRowElement>, row: Row, at: number) {
    setActive(at)
    const target = event.target
    if (!isWithin(event) || (target instanceof Element && target.closest(interactive))) return
    if (window.getSelection()?.type === 'Range') return
    onOpen?.(row)
  }

  return (
    <div
      className="ui-table-frame"
      // Without a row to walk to, an empty one is reached and scrolled itself.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={props.plain || rows?.length === 0 ? 0 : undefined}
      style={props.maxHeight ? { maxHeight: props.maxHeight } : undefined}
      aria-busy={wait !== 'none'}
    >
      <table
        className="ui-table"
        // Rows are walked and selected by keys, which only a grid may say.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label={label}
        aria-multiselectable={onSelect ? true : undefined}
      >
        <thead>
          <tr>
            {onSelect ? (
              <th className="ui-pick">
                <Checkbox
                  bare
                  label={t.pickAll}
                  checked={picked.length > 0 && picked.length === keys.length}
                  indeterminate={picked.length > 0 && picked.length < keys.length}
                  onChange={pickAll}
                  disabled={keys.length === 0}
                />
              </th>
            ) : null}
            {columns.map((column) => (
              <th key={column.key} scope="col" data-numeric={column.numeric ? '' : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {wait === 'skeleton' || wait === 'long' ? (
            <SkeletonRows columns={columns} rows={props.expected ?? 8} pick={Boolean(onSelect)} />
          ) : null}
          {props.error
            ? null
            : rows?.map((row, at) => {
                const key = rowKey(row)
                const name = rowLabel?.(row) ?? key
                const isPicked = selected?.has(key) ?? false
                return (
                  <tr
                    key={key}
                    data-row=""
                    data-openable={onOpen ? '' : undefined}
                    tabIndex={at === current ? 0 : -1}
                    aria-selected={onSelect ? isPicked : undefined}
                    onKeyDown={(event) => onKeyDown(event, row, at)}
                    onFocus={() => setActive(at)}
                    onClick={(event) => onClick(event, row, at)}
                  >
                    {onSelect ? (
                      // Shift and a click: all from the row that was picked last. Keys have their own way.
                      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
                      <td
                        className="ui-pick"
                        onClickCapture={(event) => {
                          if (event.isTrusted) isShifted.current = event.shiftKey
                        }}
                      >
                        <Checkbox
                          bare
                          label={t.pickRow(name)}
                          checked={isPicked}
                          onChange={() => pick(key, isShifted.current)}
                          tabIndex={-1}
                        />
                      </td>
                    ) : null}
                    {columns.map((column) => (
                      <td
                        key={column.key}
                        data-numeric={column.numeric ? '' : undefined}
                        data-narrow={column.narrow ? '' : undefined}
                      >
                        {column.cell(row)}
                      </td>
                    ))}
                  </tr>
                )
              })}
        </tbody>
      </table>
      {wait === 'quiet' ? <div className="ui-quiet-wait" /> : null}
      {wait === 'skeleton' ? <output className="ui-unseen">{t.loading}</output> : null}
      {wait === 'long' ? (
        <output className="ui-long-wait">
          <span className="ui-spinner" aria-hidden="true" />
          {t.longWait}
        </output>
      ) : null}
      {props.error ?? (rows?.length === 0 ? props.empty : null)}
    </div>
  )
}

function SkeletonRows<Row>({
  columns,
  rows,
  pick,
}: {
  columns: readonly Column<Row>[]
  rows: number
  pick: boolean
}) {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row}>
      {pick ? <td className="ui-pick">{null}</td> : null}
      {columns.map((column, at) => (
        <td key={column.key}>
          <Skeleton wide={`${55 + ((row * 13 + at * 29) % 40)}%`} />
        </td>
      ))}
    </tr>
  ))
}
