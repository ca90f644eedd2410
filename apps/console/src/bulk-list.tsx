import { Problem } from '@akinai/client'
import { useText, type MenuItem } from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useKeeper } from './api.ts'
import { BulkBar, pickedMost } from './bulk-bar.tsx'
import { bulkWords } from './bulk-words.ts'
import { Download } from './download.tsx'
import { useSaid } from './failure.tsx'
import type { Selection } from './selection.ts'

type Counted = { count: number }
type Filter = Readonly<Record<string, string | number | undefined>>
/** The bar of a list: its rows are taken away as CSV, those selected or all that match; `items`: what else can be done with them. */
export function BulkList<F extends Filter>(is: {
  list: string
  selection: Selection
  filter: F
  /** Where the file is, of a list that gives one. */
  href?: string
  count: (filter: F) => Promise<Counted>
  items?: readonly MenuItem[]
  children?: ReactNode
}) {
  const t = useText(bulkWords)
  const { selection, filter } = is
  const counted = useQuery({
    queryKey: ['bulk', 'count', is.list, filter],
    queryFn: () => is.count(filter),
    enabled: selection.all || selection.ids.size > 0,
    staleTime: 10_000,
  })
  const query = new URLSearchParams(
    selection.all
      ? Object.entries(filter).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, String(value)]],
        )
      : { ids: [...selection.ids].slice(0, pickedMost).join(',') },
  )
  return (
    <>
      <BulkBar selection={selection} count={counted.data?.count} items={is.items ?? []}>
        {is.href === undefined ? null : <Download href={`${is.href}?${query}`}>{t.download}</Download>}
      </BulkBar>
      {is.children}
    </>
  )
}

type Target<F> = { ids: number[] } | { filter: F }
/** A dialog before a run: which rows, what they come to, and what is said when it is closed or has begun. */
export type Asked<Kind extends string, F, C extends Counted = Counted> = {
  kind: Kind
  target: Target<F>
  counted: C
  recount: () => Promise<void>
  onClose: () => void
  onBegun: (run: string) => void
}
/** Asks what the selected rows come to now, then opens the dialog of an action; why that cannot be said is told in a toast. */
export function useAsked<Kind extends string, F, C extends Counted = Counted>(is: {
  selection: Selection
  filter: F
  count: (target: Target<F>) => Promise<C>
  onBegun: (run: string) => void
}): { ask: (kind: Kind) => void; asked: Asked<Kind, F, C> | undefined } {
  const { selection, filter } = is
  const said = useSaid()
  const [asked, setAsked] = useState<Pick<Asked<Kind, F, C>, 'kind' | 'target' | 'counted'>>()
  async function ask(kind: Kind, target: Target<F>) {
    setAsked({ kind, target, counted: await is.count(target) })
  }
  return {
    ask: (kind) => {
      const target = selection.all ? { filter } : { ids: [...selection.ids].map(Number) }
      void ask(kind, target).catch(said)
    },
    asked: asked && {
      ...asked,
      recount: () => ask(asked.kind, asked.target),
      onClose: () => setAsked(undefined),
      onBegun: (run) => {
        selection.clear()
        is.onBegun(run)
      },
    },
  }
}

/** Begins a run; where what matches has changed meanwhile, the dialog says what there is now. */
export function useBegin<F, E extends Counted>(asked: Asked<string, F>, expects: E) {
  const keep = useKeeper()
  return async (
    input: object,
    send: (target: Target<F> & { expects: E }, key: string) => Promise<{ bulk: string }>,
  ) => {
    const target = { ...asked.target, expects }
    try {
      const run = await keep({ kind: asked.kind, ...target, ...input }, (key) => send(target, key))
      asked.onBegun(run.bulk)
    } catch (error) {
      if (error instanceof Problem && error.code === 'bulk.matches_changed') await asked.recount()
      throw error
    }
  }
}
