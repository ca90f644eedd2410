import type { Mail } from '@akinai/client'
import {
  Badge,
  Button,
  ConfirmDialog,
  DateTime,
  EmptyState,
  formatNumber,
  PageHeader,
  Pager,
  Table,
  Tabs,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, refresh } from './api.ts'
import { BulkMail } from './bulk-mail.tsx'
import { BulkRun } from './bulk-run.tsx'
import { Forbidden, Refused, unread } from './failure.tsx'
import { many } from './figure.tsx'
import { MailLetter } from './mail-letter.tsx'
import { mailWords, whyNot } from './mail-words.ts'
import { useMay } from './me.tsx'
import { cursorOf, paging } from './paging.ts'
import { useSelection } from './selection.ts'
import { Views } from './views.tsx'
import { Wrong } from './wrong.tsx'

const route = getRouteApi('/mail')
const states = ['all', 'waiting', 'sent', 'failed', 'kept'] as const
const tones = { waiting: 'accent', sent: 'ok', failed: 'error', kept: 'warn' } as const

export function MailPage() {
  const may = useMay()
  return may('mail.read') ? <Outbox /> : <Forbidden />
}

function Outbox() {
  const t = useText(mailWords)
  const may = useMay()
  const toast = useToast()
  const search = route.useSearch()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Mail>()
  const [asking, setAsking] = useState(false)
  const state = states.find((one) => one === search.state) ?? 'all'
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/mail', search: { ...search, trail: undefined, ...change } })
  const found = useQuery({
    queryKey: ['mail', search],
    queryFn: () =>
      api.mail({
        ...(state !== 'all' && { state }),
        cursor: cursorOf(search.trail),
        limit: 25,
      }),
    refetchInterval: 5000,
  })
  const [run, setRun] = useState<string>()
  const filter = state === 'all' ? {} : { state }
  const selection = useSelection(state, found.data?.items.map((row) => String(row.id)) ?? [])
  const { onPrevious, onNext } = paging(search.trail, found.data?.next, (trail) => go({ trail }))
  const again = useMutation({
    networkMode: 'always',
    mutationFn: (message: string) => api.mailSend({ message }),
    onSuccess: async ({ again: n }) => {
      toast({ title: n > 0 ? t.going(formatNumber(n)) : t.waits })
      await refresh()
    },
  })
  async function sendKept() {
    const { again: n } = await api.mailSendKept({})
    toast({ title: t.going(formatNumber(n)) })
    await refresh()
  }
  const counts = found.data?.counts
  const sends = found.data?.sends === true
  const writes = may('mail.write') && sends
  const columns = useColumns({
    open: may('mail.open') ? setOpened : undefined,
    send: writes ? (row) => again.mutate(row.message) : undefined,
    busy: again.isPending ? again.variables : undefined,
  })
  const list = (
    <>
      <Table
        label={t.title}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.id)}
        rowLabel={(row) => t.about(t.letter, t.kinds[row.kind], row.order)}
        selected={selection.shown}
        onSelect={selection.pick}
        {...(may('mail.open') && { onOpen: setOpened })}
        empty={
          state === 'all' ? (
            <EmptyState title={t.empty} why={t.emptyWhy} />
          ) : (
            <EmptyState title={t.emptyState} />
          )
        }
        error={unread(found)}
      />
      <Pager onPrevious={onPrevious} onNext={onNext} />
      <BulkMail selection={selection} filter={filter} mayWrite={writes} onBegun={setRun} />
    </>
  )
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={
          writes && counts && counts.kept > 0 ? (
            <Button onClick={() => setAsking(true)}>{t.keptAll(many(counts.kept))}</Button>
          ) : undefined
        }
      />
      <Views list="mail" search={search} />
      <div className="stack">
        {run === undefined ? null : (
          <div className="bulk-run">
            <BulkRun key={run} id={run} onClose={() => setRun(undefined)} />
          </div>
        )}
        {found.data && !sends ? (
          <div className="ui-error-state" role="alert">
            <h2>{t.unset}</h2>
            <p>{t.unsetWhy}</p>
            <p>{t.unsetTodo}</p>
          </div>
        ) : null}
        <Wrong error={again.error} />
        <Tabs
          label={t.states}
          value={state}
          onChange={(next) => go({ state: next === 'all' ? undefined : next })}
          tabs={states.map((value) => ({
            value,
            label: t[value],
            ...(counts && value !== 'all' && value !== 'sent' && { count: counts[value] }),
            content: value === state ? list : null,
          }))}
        />
      </div>
      {opened ? (
        <MailLetter
          mail={opened}
          onClose={() => setOpened(undefined)}
          onSend={writes && opened.state !== 'waiting' ? () => again.mutate(opened.message) : undefined}
        />
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t.keptTitle(many(counts?.kept ?? 0))}
        description={t.keptWhat}
        confirm={t.send}
        danger={false}
        explain={(error) => <Refused error={error} />}
        onConfirm={sendKept}
      />
    </>
  )
}

type Acts = {
  open: ((mail: Mail) => void) | undefined
  send: ((mail: Mail) => void) | undefined
  busy: string | undefined
}
function useColumns({ open, send, busy }: Acts): Column<Mail>[] {
  const t = useText(mailWords)
  return [
    { key: 'at', head: t.at, narrow: true, cell: (row) => <DateTime at={row.created_at} /> },
    {
      key: 'order',
      head: t.order,
      narrow: true,
      cell: (row) => (
        <Link to="/orders/$order" params={{ order: String(row.order) }}>
          {row.order}
        </Link>
      ),
    },
    { key: 'kind', head: t.kind, narrow: true, cell: (row) => t.kinds[row.kind] },
    {
      key: 'state',
      head: t.state,
      narrow: true,
      cell: (row) => <Badge tone={tones[row.state]}>{t[row.state]}</Badge>,
    },
    { key: 'tries', head: t.tries, numeric: true, cell: (row) => row.attempts },
    {
      key: 'when',
      head: t.when,
      narrow: true,
      cell: (row) =>
        row.state === 'waiting' && row.attempts > 0 ? (
          <span className="quiet">
            {t.next}
            <DateTime at={row.next_at} />
          </span>
        ) : row.sent_at ? (
          <DateTime at={row.sent_at} />
        ) : (
          '–'
        ),
    },
    {
      key: 'why',
      head: t.why,
      cell: (row) => (row.failure ? <span className="goods">{whyNot(t, row.failure)}</span> : '–'),
    },
    ...(open || send
      ? [
          {
            key: 'acts',
            head: t.acts,
            narrow: true,
            cell: (row: Mail) => (
              <span className="pair">
                {open ? (
                  <Button
                    variant="quiet"
                    aria-label={t.about(t.look, t.kinds[row.kind], row.order)}
                    onClick={() => open(row)}
                  >
                    {t.look}
                  </Button>
                ) : null}
                {send && row.state !== 'waiting' && row.failure !== 'erased' ? (
                  <Button
                    busy={busy === row.message}
                    aria-label={t.about(row.state === 'kept' ? t.send : t.once, t.kinds[row.kind], row.order)}
                    onClick={() => send(row)}
                  >
                    {row.state === 'kept' ? t.send : t.once}
                  </Button>
                ) : null}
              </span>
            ),
          },
        ]
      : []),
  ]
}
