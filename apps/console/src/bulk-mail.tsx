import { ConfirmDialog, formatNumber, useText, type MenuItem } from '@akinai/ui'
import { api } from './api.ts'
import { BulkList, useAsked, useBegin, type Asked } from './bulk-list.tsx'
import { bulkWords } from './bulk-words.ts'
import { Refused } from './failure.tsx'
import type { Selection } from './selection.ts'

type Filter = { state?: 'waiting' | 'sent' | 'failed' | 'kept' }

/** Many letters are sent once more. */
export function BulkMail(is: {
  selection: Selection
  filter: Filter
  mayWrite: boolean
  onBegun: (run: string) => void
}) {
  const t = useText(bulkWords)
  const { selection, filter } = is
  const { ask, asked } = useAsked<'send', Filter>({ ...is, count: (target) => api.bulkMail(target) })
  const items: MenuItem[] =
    is.mayWrite && filter.state !== 'waiting' ? [{ label: t.kind.send, onSelect: () => ask('send') }] : []
  return (
    <BulkList
      list="mail"
      selection={selection}
      filter={filter}
      href="/admin/v1/exports/mail"
      count={(of) => api.bulkMail({ filter: of })}
      items={items}
    >
      {asked ? <Send {...asked} /> : null}
    </BulkList>
  )
}

function Send(is: Asked<'send', Filter>) {
  const t = useText(bulkWords)
  const { count } = is.counted
  const begin = useBegin(is, { count })
  return (
    <ConfirmDialog
      open
      danger={false}
      onClose={is.onClose}
      title={t.kind.send}
      description={t.sendWhat}
      count={{ value: count, noun: t.mail }}
      confirm={t.withCount(t.kind.send, formatNumber(count))}
      onConfirm={() => begin({}, (input, key) => api.bulkSend(input, { key }))}
      explain={(error) => <Refused error={error} />}
    >
      <p>{t.irreversible}</p>
    </ConfirmDialog>
  )
}
