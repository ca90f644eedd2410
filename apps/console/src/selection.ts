import { useState } from 'react'

type Picked = { of: string; ids: ReadonlySet<string>; all: boolean }
export type Selection = {
  readonly ids: ReadonlySet<string>
  /** Everything that fits the filter, whatever is on the page. */
  readonly all: boolean
  /** There is something to select. */
  readonly hasRows: boolean
  /** Rows as they look: on a page of a list of which all is selected, each is. */
  readonly shown: ReadonlySet<string>
  pick(ids: ReadonlySet<string>): void
  pickAll(): void
  clear(): void
}
const none: ReadonlySet<string> = new Set()

/** What is selected of a list narrowed by `of`: narrowed otherwise, nothing is. Pages that are turned keep it. */
export function useSelection(of: string, page: readonly string[]): Selection {
  const [picked, setPicked] = useState<Picked>({ of, ids: none, all: false })
  const isCurrent = picked.of === of
  const all = isCurrent && picked.all
  const ids = isCurrent ? picked.ids : none
  const shown = all ? new Set(page) : ids
  return {
    ids,
    all,
    shown,
    hasRows: page.length > 0,
    pick(next) {
      // Of all, one that is let go leaves the others of the page.
      setPicked({ of, ids: next, all: all && page.every((id) => next.has(id)) && page.length > 0 })
    },
    pickAll: () => setPicked({ of, ids: none, all: true }),
    clear: () => setPicked({ of, ids: none, all: false }),
  }
}
