import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  ConfirmDialog,
  DateTime,
  EmptyState,
  Field,
  formatNumber,
  PageHeader,
  Panel,
  Select,
  Table,
  useText,
  type Column,
  type Tone,
} from '@akinai/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, queries } from './api.ts'
import { Download } from './download.tsx'
import { Failure, Forbidden, Refused, unread } from './failure.tsx'
import { TakeIn } from './import-file.tsx'
import { ImportRun } from './import-run.tsx'
import { Faults, sums, type Run } from './import-sums.tsx'
import { importWords } from './import-words.ts'
import { useMay } from './me.tsx'

type Job = Answers['imports.job']
type Difference = Job['differences'][number]

export function Imports() {
  const may = useMay()
  return may('products.write') ? <ImportPage /> : <Forbidden />
}

function ImportPage() {
  const t = useText(importWords)
  const [job, setJob] = useState<string>()
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={
          <>
            <Download href="/admin/v1/exports/products">{t.exportUtf8}</Download>
            <Download href="/admin/v1/exports/products?encoding=cp932">{t.exportCp932}</Download>
          </>
        }
      />
      <div className="stack">
        <TakeIn onJob={setJob} />
        {job === undefined ? null : <Work key={job} id={job} />}
        <Open shown={job} onJob={setJob} />
        <History onJob={setJob} />
      </div>
    </>
  )
}

/** What is under way, in whichever process, or has stopped: found again after the page was left. */
function Open({ shown, onJob }: { shown: string | undefined; onJob: (job: string) => void }) {
  const t = useText(importWords)
  const found = useQuery({
    queryKey: ['imports', 'open'],
    queryFn: () => api.importsJobs(),
    refetchInterval: 5000,
  })
  const jobs = found.data?.items.filter((job) => job.job !== shown) ?? []
  if (jobs.length === 0) return null
  return (
    <Panel title={t.under}>
      <Table
        label={t.under}
        rows={jobs}
        rowKey={(row) => row.job}
        rowLabel={(row) => row.name}
        onOpen={(row) => onJob(row.job)}
        columns={[
          { key: 'at', head: t.at, narrow: true, cell: (row) => <DateTime at={row.started_at} /> },
          {
            key: 'name',
            head: t.file,
            cell: (row) => (
              <Button variant="quiet" onClick={() => onJob(row.job)}>
                {row.name}
              </Button>
            ),
          },
          {
            key: 'state',
            head: t.state,
            narrow: true,
            cell: (row) =>
              row.state === 'stopped' ? (
                <Badge tone="warn">{t.stopped}</Badge>
              ) : (
                <Badge tone="accent">{t.running}</Badge>
              ),
          },
          { key: 'rows', head: t.line, numeric: true, cell: (row) => formatNumber(row.rows) },
        ]}
        empty={null}
      />
    </Panel>
  )
}

const kinds = ['all', 'new', 'changed', 'discontinued'] as const

/** What an import does, while it does it and afterwards. */
function Work({ id }: { id: string }) {
  const t = useText(importWords)
  const [kind, setKind] = useState<(typeof kinds)[number]>('all')
  const found = useQuery({
    queryKey: ['import', id],
    queryFn: () => api.importsJob({ job: id }),
    refetchInterval: (query) =>
      query.state.data?.state === 'ended' || query.state.data?.state === 'failed' ? false : 500,
  })
  const act = useMutation({
    networkMode: 'always',
    mutationFn: (what: 'cancel' | 'resume') =>
      what === 'cancel' ? api.importsCancel({ job: id }) : api.importsResume({ job: id }),
    onSuccess: () => found.refetch(),
  })
  const job = found.data
  const isOver = job?.state === 'ended' || job?.state === 'failed'
  useEffect(() => {
    if (isOver) void queries.invalidateQueries({ queryKey: ['imports'] })
  }, [isOver])
  if (found.error && !job) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!job) return null
  const undoing = job.kind === 'undo'
  const title = job.dry ? t.dryResult : undoing ? t.undoResult : t.result
  const changes: Column<Difference>[] = [
    { key: 'line', head: t.line, numeric: true, cell: (row) => (row.line === 0 ? '–' : row.line) },
    { key: 'code', head: t.code, cell: (row) => <code>{row.code}</code> },
    { key: 'kind', head: t.kind, narrow: true, cell: (row) => <Badge>{t[row.kind]}</Badge> },
    {
      key: 'changes',
      head: t.changes,
      cell: (row) =>
        row.changes
          .map((c) => `${c.field}: ${priced(c.field, c.before)} → ${priced(c.field, c.after)}`)
          .join(' / '),
    },
  ]
  return (
    <Panel
      title={title}
      actions={
        isOver ? undefined : (
          <>
            {undoing ? null : (
              <Button busy={act.isPending} onClick={() => act.mutate('cancel')}>
                {t.cancel}
              </Button>
            )}
            {job.state === 'stopped' ? (
              <Button variant="primary" busy={act.isPending} onClick={() => act.mutate('resume')}>
                {t.resume}
              </Button>
            ) : null}
          </>
        )
      }
    >
      <div aria-live="polite" className="form">
        {job.state === 'working' ? (
          <>
            <progress aria-label={t.progress} {...(job.of ? { value: job.rows, max: job.of } : {})} />
            <p>{t.rowsDone(formatNumber(job.rows))}</p>
          </>
        ) : null}
        {job.state === 'stopped' ? (
          <>
            <p>
              <Badge tone="warn">{t.stopped}</Badge>
            </p>
            <p>{t.stoppedWhy}</p>
          </>
        ) : null}
        {act.error ? (
          <div role="alert">
            <Refused error={act.error} />
          </div>
        ) : null}
        {job.failure !== null ? <p role="alert">{job.failure || t.failed}</p> : null}
        {job.cancelled ? <p>{t.cancelled}</p> : null}
        {job.before ? <p>{t.before}</p> : null}
        {undoing ? (
          <p>{t.undoneRows(formatNumber(job.undone ?? 0), formatNumber(job.kept ?? 0))}</p>
        ) : (
          <dl className="counts">
            {sums.map((name) => (
              <div key={name}>
                <dt>{t[name]}</dt>
                <dd>{formatNumber(job[name])}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {job.faults.length ? (
        <>
          <h3>{t.faults}</h3>
          <Faults faults={job.faults} />
          {job.run !== null && !job.dry ? (
            <p>
              <Download href={`/admin/v1/imports/${job.run}/failed`}>{t.failedRows}</Download>
            </p>
          ) : null}
        </>
      ) : null}
      {job.dry ? (
        <>
          <h3>{t.differences}</h3>
          <Field label={t.filter}>
            <Select
              value={kind}
              onChange={setKind}
              options={kinds.map((value) => ({ value, label: t[value] }))}
            />
          </Field>
          <Table
            plain
            maxHeight="60vh"
            label={t.differences}
            columns={changes}
            rows={job.differences.filter((d) => kind === 'all' || d.kind === kind)}
            rowKey={(row) => `${row.line} ${row.code}`}
            empty={<EmptyState title={t.noDifferences} />}
          />
        </>
      ) : null}
    </Panel>
  )
}
/** Unit prices come in ten-thousandths. */
const priced = (field: string, value: string | null) =>
  value === null ? '–' : field === 'price' ? String(Number(value) / 10_000) : value

const tones: Record<Run['state'], Tone> = {
  running: 'accent',
  cancelled: 'warn',
  done: 'ok',
  undoing: 'accent',
  undone: 'neutral',
}

function History({ onJob }: { onJob: (job: string) => void }) {
  const t = useText(importWords)
  const [undo, setUndo] = useState<Run>()
  const [opened, setOpened] = useState<Run>()
  const found = useQuery({ queryKey: ['imports'], queryFn: () => api.importsList() })
  const columns: Column<Run>[] = [
    { key: 'at', head: t.at, narrow: true, cell: (row) => <DateTime at={row.started_at} /> },
    { key: 'name', head: t.file, cell: (row) => row.name },
    {
      key: 'state',
      head: t.state,
      narrow: true,
      cell: (row) => <Badge tone={tones[row.state]}>{t[row.state]}</Badge>,
    },
    { key: 'created', head: t.created, numeric: true, cell: (row) => formatNumber(row.created) },
    { key: 'changed', head: t.changed, numeric: true, cell: (row) => formatNumber(row.changed) },
    {
      key: 'discontinued',
      head: t.discontinued,
      numeric: true,
      cell: (row) => formatNumber(row.discontinued),
    },
    {
      key: 'faulty',
      head: t.faulty,
      numeric: true,
      cell: (row) =>
        row.faulty ? (
          <Download href={`/admin/v1/imports/${row.run}/failed`}>{formatNumber(row.faulty)}</Download>
        ) : (
          0
        ),
    },
    {
      key: 'undo',
      head: t.undoHead,
      narrow: true,
      cell: (row) =>
        row.state === 'done' || row.state === 'cancelled' ? (
          <Button onClick={() => setUndo(row)}>{t.undo}</Button>
        ) : row.kept ? (
          t.keptRows(formatNumber(row.kept))
        ) : null,
    },
  ]
  return (
    <Panel title={t.history}>
      <Table
        label={t.history}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.run)}
        rowLabel={(row) => row.name}
        onOpen={setOpened}
        empty={<EmptyState title={t.empty} why={t.emptyWhy} />}
        error={unread(found)}
      />
      {opened ? <ImportRun run={opened} onClose={() => setOpened(undefined)} /> : null}
      <ConfirmDialog
        open={undo !== undefined}
        onClose={() => setUndo(undefined)}
        title={t.undoTitle}
        description={t.undoWhat}
        {...(undo && { count: { value: undo.created + undo.changed, noun: t.products } })}
        confirm={t.undo}
        danger
        onConfirm={async () => {
          const job = await api.importsUndo({ run: undo!.run })
          onJob(job.job)
        }}
      />
    </Panel>
  )
}
