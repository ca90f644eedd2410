import {
  Badge,
  Button,
  ConfirmDialog,
  DateTime,
  EmptyState,
  PageHeader,
  Panel,
  Table,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answers } from '@akinai/client'
import { accountWords, agentName } from './account-words.ts'
import { api, refresh } from './api.ts'
import { AuthenticatorApp } from './account-app.tsx'
import { Pin } from './account-pin.tsx'
import { Passkeys } from './account-passkeys.tsx'
import { PasswordForm } from './account-password.tsx'
import { Refused, unread, useSaid } from './failure.tsx'

type Session = Answers['me.sessions']['items'][number]

/** One's own: how one comes in, and where one is. */
export function Account() {
  const t = useText(accountWords)
  const factors = useQuery({ queryKey: ['me', 'factors'], queryFn: () => api.meFactors() })
  const failed = unread(factors)
  return (
    <>
      <PageHeader title={t.title} words={t.lead} />
      <div className="stack">
        {failed}
        {factors.data ? (
          <>
            <Password has={factors.data.password} />
            <AuthenticatorApp factors={factors.data} />
            <Passkeys of={factors.data.passkeys} />
            <Pin has={factors.data.pin} />
          </>
        ) : null}
        <Sessions />
      </div>
    </>
  )
}

function Password({ has }: { has: boolean }) {
  const t = useText(accountWords)
  const [changing, setChanging] = useState(false)
  const act = has ? t.passwordChange : t.passwordSet
  return (
    <Panel title={t.password} actions={<Button onClick={() => setChanging(true)}>{act}</Button>}>
      <p className="quiet">{has ? t.passwordWhat : t.passwordNone}</p>
      {changing ? <PasswordForm has={has} onClose={() => setChanging(false)} /> : null}
    </Panel>
  )
}

function Sessions() {
  const t = useText(accountWords)
  const toast = useToast()
  const said = useSaid()
  const [asking, setAsking] = useState(false)
  const found = useQuery({ queryKey: ['me', 'sessions'], queryFn: () => api.meSessions() })
  async function end(send: () => Promise<{ ended: number }>) {
    const { ended } = await send()
    toast({ title: t.ended(ended) })
    await refresh()
  }
  const name = (s: Session) =>
    s.device === null ? (s.agent && agentName(s.agent)) || t.unknown : t.till(s.device)
  const columns: Column<Session>[] = [
    {
      key: 'device',
      head: t.device,
      cell: (row) => (
        <span className="goods">
          {name(row)} {row.current ? <Badge tone="accent">{t.this}</Badge> : null}
        </span>
      ),
    },
    { key: 'since', head: t.since, narrow: true, cell: (row) => <DateTime at={row.created_at} /> },
    { key: 'until', head: t.until, narrow: true, cell: (row) => <DateTime at={row.expires_at} /> },
    {
      key: 'acts',
      head: t.acts,
      narrow: true,
      cell: (row) =>
        row.current ? (
          '–'
        ) : (
          <Button
            aria-label={t.about(t.end, name(row))}
            onClick={() => void end(() => api.meSessionEnd({ session: row.session })).catch(said)}
          >
            {t.end}
          </Button>
        ),
    },
  ]
  const others = found.data?.items.some((s) => !s.current) ?? false
  return (
    <Panel
      title={t.sessions}
      actions={others ? <Button onClick={() => setAsking(true)}>{t.endAll}</Button> : undefined}
    >
      <Table
        label={t.sessions}
        plain
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => row.session}
        rowLabel={name}
        expected={2}
        empty={<EmptyState title={t.never} />}
        error={unread(found)}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t.endAllTitle}
        description={t.endAllWhat}
        confirm={t.endAll}
        danger={false}
        explain={(error) => <Refused error={error} />}
        onConfirm={() => end(() => api.meSessionsEnd())}
      />
    </Panel>
  )
}
