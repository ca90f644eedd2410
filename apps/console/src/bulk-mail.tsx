import { ConfirmDialog, formatNumber, useText, type MenuItem } from '@akinai/ui'
import { useState } from 'react'
import { api } from './api.ts'
import { BulkList, targetOf, useBegin, useSaid, type Target } from './bulk-list.tsx'
import { bulkWords } from './bulk-words.ts'
import { Refused } from './failure.tsx'
import type { Selection } from './selection.ts'

type Filter = { state?: 'waiting' | 'sent' | 'failed' | 'kept' }
type Of = Target<Filter>
type Asked = { target: Of; count: number }
const recount = (target: Of) => api.bulkMail(target)

/** Many letters are sent once more. */
export function BulkMail(is: {
  selection: Selection
  filter: Filter
  mayWrite: boolean
  onBegun: (run: string) => void
}) {
  const t = useText(bulkWords)
  const said = useSaid()
  const { selection, filter } = is
  const [asked, setAsked] = useState<Asked>()
  async function ask() {
    try {
      const target = targetOf(selection, filter)
      setAsked({ target, count: (await recount(target)).count })
    } catch (error) {
      said(error)
    }
  }
  const items: MenuItem[] =
    is.mayWrite && filter.state !== 'waiting' ? [{ label: t.kind.send, onSelect: () => void ask() }] : []
  return (
    <BulkList
      list="mail"
      selection={selection}
      filter={filter}
      href="/admin/v1/exports/mail"
      count={(of) => recount({ filter: of })}
      items={items}
    >
      {asked ? (
        <Send
          {...asked}
          onClose={() => setAsked(undefined)}
          onCount={(count) => setAsked({ ...asked, count })}
          onBegun={(run) => {
            selection.clear()
            is.onBegun(run)
          }}
        />
      ) : null}
    </BulkList>
  )
}

function Send(
  is: Asked & { onClose: () => void; onBegun: (run: string) => void; onCount: (count: number) => void },
) {
  const t = useText(bulkWords)
  const begin = useBegin({ ...is, kind: 'send', recount })
  return (
    <ConfirmDialog
      open
      danger={false}
      onClose={is.onClose}
      title={t.kind.send}
      description={t.sendWhat}
      count={{ value: is.count, noun: t.mail }}
      confirm={t.withCount(t.kind.send, formatNumber(is.count))}
      onConfirm={() => begin({}, (input, key) => api.bulkSend(input, { key }))}
      explain={(error) => <Refused error={error} />}
    >
      <p>{t.irreversible}</p>
    </ConfirmDialog>
  )
}
