import type { Deed } from '@akinai/client'
import {
  Badge,
  Button,
  DateTime,
  EmptyState,
  Field,
  formatNumber,
  PageHeader,
  Pager,
  Select,
  Table,
  TextInput,
  useText,
  type Column,
} from '@akinai/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './api.ts'
import { AuditProof } from './audit-proof.tsx'
import { auditWords } from './audit-words.ts'
import { BulkList } from './bulk-list.tsx'
import { Download } from './download.tsx'
import { Forbidden, unread } from './failure.tsx'
import { say } from './labels.ts'
import { useMay } from './me.tsx'
import { cursorOf, paging } from './paging.ts'
import { useSelection } from './selection.ts'
import { Views } from './views.tsx'

const route = getRouteApi('/audit')
/** What a filter names: everything is none. */
const everything = '*'

export function Audit() {
  const may = useMay()
  return may('audit.read') ? <AuditLog /> : <Forbidden />
}

function AuditLog() {
  const t = useText(auditWords)
  const may = useMay()
  const search = route.useSearch()
  const navigate = useNavigate()
  const [verifying, setVerifying] = useState(false)
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/audit', search: { ...search, trail: undefined, ...change } })
  const filter = {
    ...(/^\d{1,15}$/.test(search.actor ?? '') && { actor: Number(search.actor) }),
    ...(search.what && { what: search.what }),
    ...(search.from && { from: search.from }),
    ...(search.to && { to: search.to }),
  }
  const found = useQuery({
    queryKey: ['audit', search],
    queryFn: () => api.audit({ ...filter, cursor: cursorOf(search.trail), limit: 50 }),
    placeholderData: keepPreviousData,
  })
  const { onPrevious, onNext } = paging(search.trail, found.data?.next, (trail) => go({ trail }))
  const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]))
  const selection = useSelection(String(query), found.data?.items.map((row) => String(row.seq)) ?? [])
  const isFiltered = [...query].length > 0
  const whats = (found.data?.whats ?? []).map((value) => ({ value, label: say(t.deeds, value) }))
  const columns = useColumns()
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={
          <>
            <Download href={`/admin/v1/audit/export?${query}`}>{t.export}</Download>
            {may('proof.read') ? (
              <Button variant="primary" onClick={() => setVerifying(true)}>
                {t.verify}
              </Button>
            ) : null}
          </>
        }
      />
      <Views list="audit" search={search} />
      <div className="filters">
        <Field label={t.who} hint={t.whoHint}>
          <TextInput
            key={search.actor ?? ''}
            inputMode="numeric"
            defaultValue={search.actor ?? ''}
            onEnter={(actor) => go({ actor: actor.trim() || undefined })}
            onBlur={(event) => {
              const actor = event.currentTarget.value.trim()
              if (actor !== (search.actor ?? '')) go({ actor: actor || undefined })
            }}
          />
        </Field>
        <Field label={t.what}>
          <Select
            value={search.what ?? everything}
            onChange={(what) => go({ what: what === everything ? undefined : what })}
            options={[{ value: everything, label: t.anyWhat }, ...whats]}
          />
        </Field>
        <Field label={t.from}>
          <TextInput
            type="date"
            value={search.from ?? ''}
            onChange={(from) => go({ from: from || undefined })}
          />
        </Field>
        <Field label={t.to}>
          <TextInput type="date" value={search.to ?? ''} onChange={(to) => go({ to: to || undefined })} />
        </Field>
      </div>
      <Table
        label={t.title}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.seq)}
        selected={selection.shown}
        onSelect={selection.pick}
        empty={
          <EmptyState
            title={t.empty}
            {...(isFiltered && {
              why: t.emptyWhy,
              action: (
                <Button
                  onClick={() => go({ actor: undefined, what: undefined, from: undefined, to: undefined })}
                >
                  {t.clear}
                </Button>
              ),
            })}
          />
        }
        error={unread(found)}
      />
      <Pager onPrevious={onPrevious} onNext={onNext} />
      <BulkList
        list="audit"
        selection={selection}
        filter={filter}
        href="/admin/v1/audit/export"
        count={(of) => api.bulkAudit({ filter: of })}
      />
      {verifying ? <AuditProof onClose={() => setVerifying(false)} /> : null}
    </>
  )
}

function useColumns(): Column<Deed>[] {
  const search = route.useSearch()
  const t = useText(auditWords)
  return [
    { key: 'at', head: t.at, narrow: true, cell: (row) => <DateTime at={row.at} /> },
    {
      key: 'who',
      head: t.who,
      narrow: true,
      cell: (row) =>
        row.actor === 0 ? (
          <span className="quiet">{t.nobody}</span>
        ) : (
          <Link to="/audit" search={{ ...search, actor: String(row.actor), trail: undefined }}>
            {row.actor_name || row.actor}
          </Link>
        ),
    },
    { key: 'what', head: t.what, narrow: true, cell: (row) => say(t.deeds, row.route) },
    {
      key: 'subject',
      head: t.subject,
      narrow: true,
      cell: (row) =>
        row.subject
          ?.split(', ')
          .map((part) => part.replace(/^\w+/, (kind) => say(t.subjects, kind)))
          .join(' · ') ?? '–',
    },
    {
      key: 'outcome',
      head: t.outcome,
      narrow: true,
      cell: (row) => (
        <>
          <Badge tone={row.outcome === 'done' ? 'ok' : 'warn'}>
            {row.outcome in t.outcomes ? say(t.outcomes, row.outcome) : t.outcomes.refused}
          </Badge>
          {row.outcome in t.outcomes ? null : (
            <>
              {' '}
              <code>{row.outcome}</code>
            </>
          )}
        </>
      ),
    },
    { key: 'origin', head: t.origin, narrow: true, cell: (row) => <code>{row.origin ?? '–'}</code> },
    {
      key: 'no',
      head: t.place,
      numeric: true,
      cell: (row) =>
        row.no === null ? (
          <span className="quiet">{t.linking}</span>
        ) : (
          <span title={row.hash ?? ''}>{formatNumber(row.no)}</span>
        ),
    },
  ]
}
