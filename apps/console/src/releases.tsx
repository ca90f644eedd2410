import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  ConfirmDialog,
  DateTime,
  EmptyState,
  formatNumber,
  PageHeader,
  Table,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { Forbidden, Refused, unread } from './failure.tsx'
import { Mark } from './figure.tsx'
import { useMay } from './me.tsx'
import { releaseWords } from './release-words.ts'

type Release = Answers['releases.list']['items'][number]
type Decision = { of: Release; decision: 'given' | 'refused' }
const tones = { asked: 'warn', given: 'ok', refused: 'neutral', expired: 'neutral' } as const

const useReleases = () =>
  useQuery({ queryKey: ['releases'], queryFn: () => api.releasesList(), refetchInterval: 15_000 })

export function Releases() {
  const may = useMay()
  return may('persons.export') ? <List /> : <Forbidden />
}

/** Requests for files of persons: another's is given or refused, one's own is taken where the customers are. */
function List() {
  const t = useText(releaseWords)
  const navigate = useNavigate()
  const found = useReleases()
  const [deciding, setDeciding] = useState<Decision>()
  const toCustomers = () => void navigate({ to: '/customers' })
  const columns: Column<Release>[] = [
    { key: 'at', head: t.at, narrow: true, cell: (row) => <DateTime at={row.asked_at} /> },
    { key: 'who', head: t.who, cell: (row) => <strong>{row.asked_by_name ?? '–'}</strong> },
    { key: 'persons', head: t.persons, numeric: true, cell: (row) => formatNumber(row.persons) },
    { key: 'reason', head: t.reasonOf, cell: (row) => t.reason[row.reason] },
    {
      key: 'state',
      head: t.stateHead,
      narrow: true,
      cell: (row) => <Badge tone={tones[row.state]}>{t.state[row.state]}</Badge>,
    },
    {
      key: 'act',
      head: t.act,
      narrow: true,
      cell: (row) =>
        row.own ? (
          row.state === 'given' ? (
            <Button onClick={toCustomers}>{t.toCustomers}</Button>
          ) : (
            '–'
          )
        ) : row.state === 'asked' ? (
          <span className="pair">
            <Button variant="primary" onClick={() => setDeciding({ of: row, decision: 'given' })}>
              {t.give}
            </Button>
            <Button onClick={() => setDeciding({ of: row, decision: 'refused' })}>{t.refuse}</Button>
          </span>
        ) : (
          '–'
        ),
    },
    { key: 'scope', head: t.scope, narrow: true, cell: (row) => t.scopes[row.scope] },
    {
      key: 'until',
      head: t.until,
      narrow: true,
      cell: (row) =>
        row.until && (row.state === 'asked' || row.state === 'given') ? <DateTime at={row.until} /> : '–',
    },
    { key: 'by', head: t.decidedBy, cell: (row) => row.decided_by_name ?? '–' },
  ]
  const isOwnGiven = found.data?.items.some((r) => r.own && r.state === 'given')
  return (
    <>
      <PageHeader title={t.title} words={isOwnGiven ? t.own : t.lead} />
      <Table
        label={t.title}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => row.release}
        empty={
          <EmptyState
            title={t.empty}
            why={t.emptyWhy}
            action={<Button onClick={toCustomers}>{t.toCustomers}</Button>}
          />
        }
        error={unread(found)}
      />
      {deciding ? <Decide {...deciding} onClose={() => setDeciding(undefined)} /> : null}
    </>
  )
}

function Decide({ of, decision, onClose }: Decision & { onClose: () => void }) {
  const t = useText(releaseWords)
  const toast = useToast()
  const keep = useKeeper()
  const verb = decision === 'given' ? t.give : t.refuse
  return (
    <ConfirmDialog
      open
      danger={false}
      onClose={onClose}
      title={verb}
      description={
        decision === 'given'
          ? t.giveWhat(of.asked_by_name ?? '–', formatNumber(of.persons), t.reason[of.reason])
          : t.refuseWhat
      }
      confirm={verb}
      explain={(error) => <Refused error={error} />}
      onConfirm={async () => {
        const input = { release: of.release, decision }
        await keep(input, (key) => api.releasesDecide(input, { key }))
        toast({ title: t[decision] })
        await refresh()
      }}
    />
  )
}

/** How many wait for whoever looks: said on every screen, for nobody else will decide. */
export function ReleasesWaiting() {
  const t = useText(releaseWords)
  const n = useReleases().data?.items.filter((r) => !r.own && r.state === 'asked').length ?? 0
  return <Mark n={n} words={t.waitingFor(n)} />
}
