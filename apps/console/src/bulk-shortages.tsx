import { ConfirmDialog, Field, formatNumber, Select, TextInput, useText, type MenuItem } from '@akinai/ui'
import { useState } from 'react'
import { api } from './api.ts'
import { BulkList, targetOf, useBegin, useSaid, type Target } from './bulk-list.tsx'
import { bulkWords } from './bulk-words.ts'
import { Refused } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { labels } from './labels.ts'
import { useMay } from './me.tsx'
import type { Selection } from './selection.ts'

/** Who sees to shortages. */
export const owners = ['warehouse', 'store', 'call', 'merchandiser', 'owner'] as const
type State = 'open' | 'solved' | 'cancelled'
type Of = Target<{ state: State }>
type Asked = { kind: 'solve' | 'assign'; target: Of; count: number }
const recount = (target: Of) => api.bulkShortages(target)

/** What can be done with many shortages: those that are open are covered from stock, or given to somebody. */
export function BulkShortages(is: { selection: Selection; state: State; onBegun: (run: string) => void }) {
  const t = useText(bulkWords)
  const may = useMay()
  const said = useSaid()
  const { selection, state } = is
  const [asked, setAsked] = useState<Asked>()
  async function begin(kind: Asked['kind']) {
    try {
      const target = targetOf(selection, { state })
      setAsked({ kind, target, count: (await recount(target)).count })
    } catch (error) {
      said(error)
    }
  }
  const kinds = state === 'open' && may('shortages.write') ? (['solve', 'assign'] as const) : []
  const items: MenuItem[] = kinds.map((kind) => ({ label: t.kind[kind], onSelect: () => void begin(kind) }))
  const more = {
    recount,
    onClose: () => setAsked(undefined),
    onBegun: (run: string) => {
      selection.clear()
      is.onBegun(run)
    },
    onCount: (count: number) => asked && setAsked({ ...asked, count }),
  }
  return (
    <BulkList
      list="shortages"
      selection={selection}
      filter={{ state }}
      href="/admin/v1/exports/shortages"
      count={(filter) => recount({ filter })}
      items={items}
    >
      {asked?.kind === 'solve' ? <Solve {...asked} {...more} /> : null}
      {asked?.kind === 'assign' ? <Assign {...asked} {...more} /> : null}
    </BulkList>
  )
}

type Props = Asked & {
  recount: typeof recount
  onClose: () => void
  onBegun: (run: string) => void
  onCount: (count: number) => void
}
function Solve(is: Props) {
  const t = useText(bulkWords)
  const begin = useBegin(is)
  return (
    <ConfirmDialog
      open
      danger={false}
      onClose={is.onClose}
      title={t.kind.solve}
      description={t.solveWhat}
      count={{ value: is.count, noun: t.shortages }}
      confirm={t.withCount(t.kind.solve, formatNumber(is.count))}
      onConfirm={() => begin({}, (input, key) => api.bulkSolve(input, { key }))}
      explain={(error) => <Refused error={error} />}
    />
  )
}

function Assign(is: Props) {
  const t = useText(bulkWords)
  const label = useText(labels)
  const begin = useBegin(is)
  const [owner, setOwner] = useState<(typeof owners)[number]>('warehouse')
  const [local, setLocal] = useState('')
  return (
    <FormDialog
      open
      onClose={is.onClose}
      title={t.kind.assign}
      description={`${t.withCount(t.shortages, formatNumber(is.count))} ${t.assignWhat}`}
      submit={t.withCount(t.kind.assign, formatNumber(is.count))}
      disabled={local === ''}
      onSubmit={() => {
        const to = { owner, deadline: `${local}:00+09:00` }
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
