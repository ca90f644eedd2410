import { Problem } from '@akinai/client'
import { useText, useToast, type MenuItem } from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useKeeper } from './api.ts'
import { BulkBar, pickedMost } from './bulk-bar.tsx'
import { bulkWords } from './bulk-words.ts'
import { Download } from './download.tsx'
import type { Selection } from './selection.ts'

type Counted = { count: number }
type Filter = Readonly<Record<string, string | number>>
/** The bar of a list whose rows are taken away as CSV, those selected or all that match; `items`: what else can be done with them. */
export function BulkList<F extends Filter>(is: {
  list: string
  selection: Selection
  filter: F
  /** Where the file is. */
  href: string
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
      ? Object.entries(filter).map(([name, value]) => [name, String(value)])
      : { ids: [...selection.ids].slice(0, pickedMost).join(',') },
  )
  return (
    <>
      <BulkBar selection={selection} count={counted.data?.count} items={is.items ?? []}>
        <Download href={`${is.href}?${query}`}>{t.download}</Download>
      </BulkBar>
      {is.children}
    </>
  )
}

export type Target<F> = { ids: number[] } | { filter: F }
export const targetOf = <F,>(selection: Selection, filter: F): Target<F> =>
  selection.all ? { filter } : { ids: [...selection.ids].map(Number) }

/** Says in a toast why nothing is begun. */
export function useSaid(): (error: unknown) => void {
  const toast = useToast()
  return (error) => {
    const said = error instanceof Problem ? error.fields : undefined
    toast({ title: said?.title ?? String(error), tone: 'error', ...(said?.todo && { words: said.todo }) })
  }
}

type Asked<T> = {
  kind: string
  target: T
  count: number
  recount: (target: T) => Promise<Counted>
  onBegun: (run: string) => void
  onCount: (count: number) => void
}
/** Begins a run; where what matches has changed meanwhile, the dialog says how many there are now. */
export function useBegin<T extends object>(is: Asked<T>) {
  const keep = useKeeper()
  return async (
    input: object,
    send: (target: T & { expects: Counted }, key: string) => Promise<{ bulk: string }>,
  ) => {
    const target = { ...is.target, expects: { count: is.count } }
    try {
      const run = await keep({ kind: is.kind, ...target, ...input }, (key) => send(target, key))
      is.onBegun(run.bulk)
    } catch (error) {
      if (error instanceof Problem && error.code === 'bulk.matches_changed')
        is.onCount((await is.recount(is.target)).count)
      throw error
    }
  }
}
