import { ConfirmDialog, Field, formatNumber, Select, TextInput, useText, type MenuItem } from '@akinai/ui'
import { useState } from 'react'
import { api } from './api.ts'
import { BulkList, useAsked, useBegin, type Asked } from './bulk-list.tsx'
import { bulkWords } from './bulk-words.ts'
import { Refused } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { instantOf } from './japan.ts'
import { labels } from './labels.ts'
import { useMay } from './me.tsx'
import type { Selection } from './selection.ts'

/** Who sees to shortages. */
export const owners = ['warehouse', 'store', 'call', 'merchandiser', 'owner'] as const
type State = 'open' | 'solved' | 'cancelled'
type Kind = 'solve' | 'assign'
type Props = Asked<Kind, { state: State }>

/** What can be done with many shortages: those that are open are covered from stock, or given to somebody. */
export function BulkShortages(is: { selection: Selection; state: State; onBegun: (run: string) => void }) {
  const t = useText(bulkWords)
  const may = useMay()
  const { selection, state, onBegun } = is
  const filter = { state }
  const { ask, asked } = useAsked<Kind, { state: State }>({
    selection,
    filter,
    onBegun,
    count: (target) => api.bulkShortages(target),
  })
  const kinds = state === 'open' && may('shortages.write') ? (['solve', 'assign'] as const) : []
  const items: MenuItem[] = kinds.map((kind) => ({ label: t.kind[kind], onSelect: () => ask(kind) }))
  return (
    <BulkList
      list="shortages"
      selection={selection}
      filter={filter}
      href="/admin/v1/exports/shortages"
      count={(of) => api.bulkShortages({ filter: of })}
      items={items}
    >
      {asked?.kind === 'solve' ? <Solve {...asked} /> : null}
      {asked?.kind === 'assign' ? <Assign {...asked} /> : null}
    </BulkList>
  )
}

function Solve(is: Props) {
  const t = useText(bulkWords)
  const { count } = is.counted
  const begin = useBegin(is, { count })
  return (
    <ConfirmDialog
      open
      danger={false}
      onClose={is.onClose}
      title={t.kind.solve}
      description={t.solveWhat}
      count={{ value: count, noun: t.shortages }}
      confirm={t.withCount(t.kind.solve, formatNumber(count))}
      onConfirm={() => begin({}, (input, key) => api.bulkSolve(input, { key }))}
      explain={(error) => <Refused error={error} />}
    />
  )
}

function Assign(is: Props) {
  const t = useText(bulkWords)
  const label = useText(labels)
  const { count } = is.counted
  const begin = useBegin(is, { count })
  const [owner, setOwner] = useState<(typeof owners)[number]>('warehouse')
  const [local, setLocal] = useState('')
  return (
    <FormDialog
      open
      onClose={is.onClose}
      title={t.kind.assign}
      description={`${t.withCount(t.shortages, formatNumber(count))} ${t.assignWhat}`}
      submit={t.withCount(t.kind.assign, formatNumber(count))}
      disabled={local === ''}
      onSubmit={() => {
        const to = { owner, deadline: instantOf(local) }
        return begin(to, (input, key) => api.bulkAssign({ ...input, ...to }, { key }))
      }}
    >
      <Field label={t.owner}>
        <Select
          options={owners.map((value) => ({ value, label: label.role[value] }))}
          value={owner}
          onChange={setOwner}
        />
      </Field>
      <Field label={t.deadline}>
        <TextInput type="datetime-local" value={local} onChange={setLocal} required />
      </Field>
    </FormDialog>
  )
}
