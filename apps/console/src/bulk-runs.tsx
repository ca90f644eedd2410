import {
  Badge,
  Button,
  DateTime,
  EmptyState,
  formatNumber,
  PageHeader,
  Table,
  useText,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api } from './api.ts'
import { BulkRun, runTones, type Run } from './bulk-run.tsx'
import { bulkWords } from './bulk-words.ts'
import { unread } from './failure.tsx'

const route = getRouteApi('/bulk')

/** What was done to many rows at once, by oneself or by others who may do the same; found again after a reload. */
export function BulkRuns() {
  const t = useText(bulkWords)
  const { run: shown } = route.useSearch()
  const navigate = useNavigate()
  const panel = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<string>()
  // What was opened stands above the list, and may be out of sight: it has the focus, and Back gives it to the row again.
  useEffect(() => {
    if (shown !== undefined && shown === opened) panel.current?.focus()
  }, [shown, opened])
  const found = useQuery({
    queryKey: ['bulk'],
    queryFn: () => api.bulkList(),
    refetchInterval: (query) =>
      query.state.data?.items.some((run) => run.state === 'running' || run.state === 'undoing')
        ? 1000
        : 10_000,
  })
  const number = (key: 'matched' | 'done' | 'refused'): Column<Run> => ({
    key,
    head: t[key],
    numeric: true,
    cell: (row) => formatNumber(row[key]),
  })
  const columns: Column<Run>[] = [
    { key: 'at', head: t.began, narrow: true, cell: (row) => <DateTime at={row.started_at} /> },
    {
      key: 'what',
      head: t.what,
      narrow: true,
      cell: (row) => t.about(t[row.on], t.kind[row.kind]),
    },
    {
      key: 'state',
      head: t.stateHead,
      narrow: true,
      cell: (row) => <Badge tone={runTones[row.state]}>{t.state[row.state]}</Badge>,
    },
    number('matched'),
    number('done'),
    number('refused'),
    { key: 'who', head: t.who, narrow: true, cell: (row) => row.staff_name ?? '–' },
  ]
  return (
    <>
      <PageHeader title={t.title} words={t.lead} />
      <div className="stack">
        {shown === undefined ? null : (
          <div ref={panel} tabIndex={-1} className="opened">
            <BulkRun key={shown} id={shown} />
          </div>
        )}
        <Table
          label={t.title}
          columns={columns}
          rows={found.data?.items}
          rowKey={(row) => row.bulk}
          rowLabel={(row) => t.kind[row.kind]}
          returnTo={shown === undefined ? opened : undefined}
          onOpen={(row) => {
            setOpened(row.bulk)
            void navigate({ to: '/bulk', search: { run: row.bulk } })
          }}
          empty={
            <EmptyState
              title={t.empty}
              why={t.emptyWhy}
              action={<Button onClick={() => void navigate({ to: '/orders' })}>{t.toOrders}</Button>}
            />
          }
          error={unread(found)}
        />
      </div>
    </>
  )
}
