import { createText, IconButton, useText } from '@akinai/ui'
import { useRef, useState, type ReactNode } from 'react'

const words = createText({
  ja: {
    up: (name: string) => `${name}を前へ`,
    down: (name: string) => `${name}を後ろへ`,
    moved: (name: string, place: string, all: string) => `${name}を、${all}件中${place}番目に移しました。`,
  },
  en: {
    up: (name) => `Move ${name} up`,
    down: (name) => `Move ${name} down`,
    moved: (name, place, all) => `${name} is now ${place} of ${all}.`,
  },
})

type Props<Item> = {
  items: readonly Item[]
  keyOf: (item: Item) => string
  nameOf: (item: Item) => string
  children: (item: Item, at: number) => ReactNode
  onMove: (from: number, to: number) => void
  label: string
  className?: string
  disabled?: boolean
}

/** A list in an order of somebody's own: by dragging, by buttons, and by Alt with the arrows. */
export function Sortable<Item>(props: Props<Item>) {
  const { items, keyOf, nameOf, onMove, disabled = false } = props
  const t = useText(words)
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const [isTyping, setTyping] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  function move(from: number, to: number) {
    const item = items[from]
    if (!item || from === to || to < 0 || to >= items.length) return
    const held = document.activeElement
    onMove(from, to)
    setSaid(t.moved(nameOf(item), String(to + 1), String(items.length)))
    // What had the focus keeps it in the item's new place.
    requestAnimationFrame(() => {
      if (held instanceof HTMLElement && list.current?.contains(held)) held.focus()
    })
  }
  return (
    <>
      <ul ref={list} className={`sortable ${props.className ?? ''}`} aria-label={props.label}>
        {items.map((item, at) => (
          // Keys bubble to here from the buttons of the item, which take the focus.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={keyOf(item)}
            draggable={!disabled && !isTyping}
            // Text in a field is selected with the mouse, not carried away.
            onPointerDown={(event) =>
              setTyping(event.target instanceof Element && event.target.closest('input,textarea') !== null)
            }
            data-dragged={dragged === at ? '' : undefined}
            data-over={over === at && dragged !== at ? '' : undefined}
            onDragStart={(event) => {
              // A list in an item of another moves its own item alone.
              event.stopPropagation()
              event.dataTransfer.effectAllowed = 'move'
              event.dataTransfer.setData('text/plain', keyOf(item))
              setDragged(at)
            }}
            onDragOver={(event) => {
              if (dragged === null) return
              event.preventDefault()
              setOver(at)
            }}
            onDrop={(event) => {
              if (dragged === null) return
              event.preventDefault()
              event.stopPropagation()
              move(dragged, at)
              setDragged(null)
              setOver(null)
            }}
            onDragEnd={() => {
              setDragged(null)
              setOver(null)
            }}
            onKeyDown={(event) => {
              if (disabled || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
              event.preventDefault()
              event.stopPropagation()
              move(at, at + (event.key === 'ArrowUp' ? -1 : 1))
            }}
          >
            {props.children(item, at)}
            {disabled ? null : (
              <span className="pair">
                <IconButton
                  icon="up"
                  label={t.up(nameOf(item))}
                  tooltip={false}
                  aria-disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                />
                <IconButton
                  icon="down"
                  label={t.down(nameOf(item))}
                  tooltip={false}
                  aria-disabled={at === items.length - 1}
                  onClick={() => move(at, at + 1)}
                />
              </span>
            )}
          </li>
        ))}
      </ul>
      <output className="ui-unseen">{said}</output>
    </>
  )
}
export const moved = <Item,>(items: readonly Item[], from: number, to: number): Item[] => {
  const rest = items.filter((_, at) => at !== from)
  return [...rest.slice(0, to), items[from]!, ...rest.slice(to)]
}
