// Rows stand at their places and only those in sight: a table's own elements could not.
// oxlint-disable jsx-a11y/prefer-tag-over-role
import { isComposing, useText } from '@akinai/ui'
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import {
  areaOf,
  keyOf,
  pasted,
  written,
  type Area,
  type Column,
  type ColumnName,
  type Row,
} from './grid-model.ts'
import { gridWords } from './grid-words.ts'

export type Spot = { row: number; column: number }
const rowHeight = 36
const beyond = 8

type Props = {
  rows: readonly Row[]
  columns: readonly Column[]
  mayWrite: boolean
  spot: Spot
  anchor: Spot
  /** Counts up when the cell that one is at is to have the focus. */
  reached: number
  onMove: (spot: Spot, anchor?: Spot) => void
  text: (row: Row, column: Column) => string
  isDirty: (row: Row, column: Column) => boolean
  fault: (row: Row, column: Column) => string | undefined
  /** A cell that is shown otherwise than by its text. */
  shown: (row: Row, column: Column, text: string) => ReactNode
  onType: (row: Row, column: Column, text: string) => void
  onPaste: (area: Area, told: string[][]) => void
  onClear: (area: Area) => void
  onFill: () => void
  onUndo: () => void
  onRedo: () => void
  onToggle: (row: Row, column: Column) => void
  /** The end of the rows is in sight. */
  onEnd: () => void
  label: string
}

/** What is wrong with a cell near the end of what is seen is said leftwards, near its foot upwards. */
function keepInFrame(says: HTMLElement | null) {
  const frame = says?.closest('[role=grid]')?.getBoundingClientRect()
  if (!says || !frame) return
  const { right, bottom } = says.getBoundingClientRect()
  if (right > frame.right - 20) says.dataset['end'] = ''
  if (bottom > frame.bottom - 20) says.dataset['up'] = ''
}

/**
 * A sheet of cells: one field stands in the cell that one is at, with its text selected, so that typing replaces it, also
 * through an input method. Only the rows in sight are in the document.
 */
export function GridTable(props: Props) {
  const { rows, columns, spot, anchor, onMove } = props
  const t = useText(gridWords)
  const frame = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState<string | null>(null)
  const [seen, setSeen] = useState({ from: 0, to: 40 })
  const hasFocus = useRef(false)
  const leaving = useRef(false)
  const area = areaOf(anchor, spot)
  const row = rows[spot.row]
  const column = columns[spot.column]
  const isEditable = props.mayWrite && column !== undefined && column.name !== 'variant'
  const template = columns.map((c) => `${c.width}px`).join(' ')
  const width = columns.reduce((sum, c) => sum + c.width, 0)
  const lefts = columns.map((_, n) => columns.slice(0, n).reduce((sum, c) => sum + c.width, 0))

  useLayoutEffect(() => {
    const box = frame.current
    if (!box) return
    const look = () => {
      const from = Math.max(0, Math.floor(box.scrollTop / rowHeight) - beyond)
      const to = Math.ceil((box.scrollTop + box.clientHeight) / rowHeight) + beyond
      setSeen((before) => (before.from === from && before.to === to ? before : { from, to }))
    }
    look()
    box.addEventListener('scroll', look, { passive: true })
    const watch = new ResizeObserver(look)
    watch.observe(box)
    return () => {
      box.removeEventListener('scroll', look)
      watch.disconnect()
    }
  }, [])
  const { onEnd } = props
  useEffect(() => {
    if (seen.to >= rows.length) onEnd()
  }, [seen.to, rows.length, onEnd])
  const { reached } = props
  useLayoutEffect(() => {
    if (reached > 0) hasFocus.current = true
  }, [reached])
  // The cell that one is at is in sight, beside the codes and below the heads that stand still.
  useLayoutEffect(() => {
    const box = frame.current
    if (!box || !hasFocus.current) return
    const top = spot.row * rowHeight
    const head = rowHeight
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + rowHeight + head > box.scrollTop + box.clientHeight)
      box.scrollTop = top + rowHeight + head - box.clientHeight
    const left = lefts[spot.column] ?? 0
    const fixed = spot.column === 0 ? 0 : Math.min(columns[0]!.width, box.clientWidth / 2)
    if (spot.column > 0 && left - fixed < box.scrollLeft) box.scrollLeft = left - fixed
    else if (left + (columns[spot.column]?.width ?? 0) > box.scrollLeft + box.clientWidth)
      box.scrollLeft = left + (columns[spot.column]?.width ?? 0) - box.clientWidth
    field.current?.focus({ preventScroll: true })
    if (draft === null) field.current?.select()
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [spot.row, spot.column, draft === null, reached])

  const clamp = (to: Spot): Spot => ({
    row: Math.max(0, Math.min(rows.length - 1, to.row)),
    column: Math.max(0, Math.min(columns.length - 1, to.column)),
  })
  const go = (by: Partial<Spot>, extend = false) => {
    const to = clamp({ row: spot.row + (by.row ?? 0), column: spot.column + (by.column ?? 0) })
    onMove(to, extend ? anchor : to)
  }
  function commit() {
    if (draft !== null && row && column) props.onType(row, column, draft)
    setDraft(null)
  }
  function goRight(back: boolean) {
    if (!back && spot.column < columns.length - 1) go({ column: 1 })
    else if (!back) onMove(clamp({ row: spot.row + 1, column: 0 }))
    else if (spot.column > 0) go({ column: -1 })
    else onMove(clamp({ row: spot.row - 1, column: columns.length - 1 }))
  }
  function press(event: KeyboardEvent<HTMLInputElement>) {
    if (isComposing(event) || !row || !column) return
    const mod = event.ctrlKey || event.metaKey
    const key = event.key
    if (draft !== null) {
      if (key === 'Escape') setDraft(null)
      else if (key === 'Enter') {
        commit()
        go({ row: event.shiftKey ? -1 : 1 })
      } else if (key === 'Tab') {
        commit()
        goRight(event.shiftKey)
      } else if (key === 'ArrowUp' || key === 'ArrowDown') {
        commit()
        go({ row: key === 'ArrowUp' ? -1 : 1 })
      } else return
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 400) / rowHeight) - 2)
    const far = mod ? Infinity : 1
    const moves: Record<string, Partial<Spot>> = {
      ArrowUp: { row: -far },
      ArrowDown: { row: far },
      ArrowLeft: { column: -far },
      ArrowRight: { column: far },
      PageUp: { row: -page },
      PageDown: { row: page },
      Home: mod ? { row: -Infinity, column: -Infinity } : { column: -Infinity },
      End: mod ? { row: Infinity, column: Infinity } : { column: Infinity },
    }
    const move = moves[key]
    const lower = key.toLowerCase()
    if (key === 'Tab') {
      if (
        leaving.current ||
        (!event.shiftKey && spot.row === rows.length - 1 && spot.column === columns.length - 1)
      )
        return
      if (event.shiftKey && spot.row === 0 && spot.column === 0) return
      goRight(event.shiftKey)
    } else if (key === 'Escape') {
      leaving.current = true
      onMove(spot, spot)
      event.preventDefault()
      return
    } else if (move) go(move, event.shiftKey)
    else if (key === 'Enter' || key === 'F2') {
      if (isEditable && column.name === 'archived') props.onToggle(row, column)
      else if (isEditable) setDraft(props.text(row, column))
    } else if (mod && lower === 'a') onMove(clamp({ row: Infinity, column: Infinity }), { row: 0, column: 0 })
    else if (mod && lower === 'd') props.onFill()
    else if (mod && lower === 'z') {
      if (event.shiftKey) props.onRedo()
      else props.onUndo()
    } else if (mod && lower === 'y') props.onRedo()
    else if ((key === 'Delete' || key === 'Backspace') && props.mayWrite) props.onClear(area)
    else if (key === ' ' && isEditable && column.name === 'archived') props.onToggle(row, column)
    else {
      if (!mod) leaving.current = false
      return
    }
    leaving.current = false
    event.preventDefault()
    event.stopPropagation()
  }
  const first = Math.max(0, Math.min(seen.from, rows.length - 1))
  const sight = rows.slice(first, seen.to).map((_, n) => first + n)
  const all = row && !sight.includes(spot.row) ? [...sight, spot.row] : sight
  return (
    <div
      ref={frame}
      className="grid-frame"
      role="grid"
      tabIndex={-1}
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-readonly={props.mayWrite ? undefined : true}
      onFocus={() => (hasFocus.current = true)}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return
        hasFocus.current = false
        leaving.current = false
        commit()
      }}
      onCopy={(event) => {
        if (draft !== null) return
        event.preventDefault()
        event.clipboardData.setData(
          'text/plain',
          written(
            rows
              .slice(area.top, area.bottom + 1)
              .map((r) => columns.slice(area.left, area.right + 1).map((c) => props.text(r, c))),
          ),
        )
      }}
      onPaste={(event) => {
        if (draft !== null || !props.mayWrite) return
        event.preventDefault()
        props.onPaste(area, pasted(event.clipboardData.getData('text/plain')))
      }}
    >
      <div
        role="row"
        aria-rowindex={1}
        className="grid-head"
        style={{ gridTemplateColumns: template, width }}
      >
        {columns.map((c, x) => (
          <div
            key={c.name}
            role="columnheader"
            aria-colindex={x + 1}
            className="grid-cell"
            data-numeric={c.numeric ? '' : undefined}
          >
            {t.columns[c.name]}
          </div>
        ))}
      </div>
      <div role="presentation" className="grid-body" style={{ height: rows.length * rowHeight, width }}>
        {all.map((y) => {
          const r = rows[y]!
          return (
            <div
              key={r.sku}
              role="row"
              aria-rowindex={y + 2}
              className="grid-row"
              style={{ gridTemplateColumns: template, top: y * rowHeight, width }}
            >
              {columns.map((c, x) => {
                const isHere = y === spot.row && x === spot.column
                const isIn = y >= area.top && y <= area.bottom && x >= area.left && x <= area.right
                const text = props.text(r, c)
                const wrong = props.fault(r, c)
                const id = `grid-${r.sku}-${c.name}`
                return (
                  <div
                    key={c.name}
                    role="gridcell"
                    tabIndex={-1}
                    aria-colindex={x + 1}
                    aria-selected={isIn}
                    className="grid-cell"
                    data-here={isHere ? '' : undefined}
                    data-in={isIn && (area.top !== area.bottom || area.left !== area.right) ? '' : undefined}
                    data-dirty={props.isDirty(r, c) ? '' : undefined}
                    data-wrong={wrong === undefined ? undefined : ''}
                    data-numeric={c.numeric ? '' : undefined}
                    title={wrong ?? (text.length > 18 ? text : undefined)}
                    onMouseDown={(event) => {
                      if (event.button !== 0 || (isHere && draft !== null)) return
                      event.preventDefault()
                      commit()
                      hasFocus.current = true
                      onMove({ row: y, column: x }, event.shiftKey ? anchor : undefined)
                      field.current?.focus({ preventScroll: true })
                    }}
                    onMouseEnter={(event) => {
                      if (event.buttons === 1 && hasFocus.current && draft === null)
                        onMove({ row: y, column: x }, anchor)
                    }}
                    onDoubleClick={() => {
                      if (!props.mayWrite || c.name === 'variant') return
                      if (c.name === 'archived') props.onToggle(r, c)
                      else setDraft(text)
                    }}
                  >
                    {isHere ? (
                      <input
                        key={keyOf(r, c)}
                        ref={field}
                        className="grid-field"
                        aria-label={`${t.columns[c.name as ColumnName]} ${r.code}`}
                        aria-invalid={wrong === undefined ? undefined : true}
                        aria-describedby={wrong === undefined ? undefined : id}
                        lang={c.name === 'name_en' ? 'en' : undefined}
                        value={draft ?? text}
                        readOnly={!isEditable}
                        data-editing={draft === null ? undefined : ''}
                        autoComplete="off"
                        spellCheck={false}
                        onChange={(event) => {
                          if (isEditable) setDraft(event.currentTarget.value)
                        }}
                        onKeyDown={press}
                      />
                    ) : (
                      props.shown(r, c, text)
                    )}
                    {wrong === undefined ? null : (
                      <span
                        id={id}
                        className={isHere ? 'grid-fault' : 'ui-unseen'}
                        ref={isHere ? keepInFrame : undefined}
                      >
                        {wrong}
                      </span>
                    )}
                  </div>
                )
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}
