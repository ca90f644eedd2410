import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  Checkbox,
  ConfirmDialog,
  DateTime,
  EmptyState,
  Field,
  formatNumber,
  PageHeader,
  Panel,
  Select,
  Table,
  TextInput,
  useText,
  type Column,
  type Tone,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { api, queries } from './api.ts'
import { Failure, Forbidden, Refused } from './failure.tsx'
import { importWords } from './import-words.ts'
import { useMay } from './me.tsx'

type Job = Answers['imports.job']
type Run = Answers['imports.list']['items'][number]
type Preview = Answers['imports.preview']
type Difference = Job['differences'][number]
type Encoding = 'utf-8' | 'cp932'
const part = 1_500_000

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
            <a className="download" href="/admin/v1/exports/products">
              {t.exportUtf8}
            </a>
            <a className="download" href="/admin/v1/exports/products?encoding=cp932">
              {t.exportCp932}
            </a>
          </>
        }
      />
      <TakeIn onJob={setJob} />
      {job === undefined ? null : <Work key={job} id={job} />}
      <History onJob={setJob} />
    </>
  )
}

/** The bytes of a part, as base64. */
async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}
async function send(file: File, tell: (sent: number) => void): Promise<string> {
  const { upload } = await api.importsUpload({ name: file.name.slice(0, 200), bytes: file.size })
  for (let at = 0; at < file.size; at += part) {
    await api.importsPart({ upload, offset: at, data: await base64(file.slice(at, at + part)) })
    tell(Math.min(file.size, at + part))
  }
  return upload
}

function TakeIn({ onJob }: { onJob: (job: string) => void }) {
  const t = useText(importWords)
  const id = useId()
  const [file, setFile] = useState<File>()
  const [upload, setUpload] = useState<string>()
  const [shown, setShown] = useState<Preview>()
  const [mapping, setMapping] = useState('')
  const [encoding, setEncoding] = useState('')
  const [from, setFrom] = useState('')
  const [discontinue, setDiscontinue] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const how = (m: string, e: string) => ({
    ...(m !== '' && { mapping: m }),
    ...(e !== '' && { encoding: e as Encoding }),
  })
  const during = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
    } catch (e) {
      setError(e)
    } finally {
      setBusy(false)
    }
  }
  const look = (at: string, m: string, e: string) =>
    during(async () => setShown(await api.importsPreview({ upload: at, ...how(m, e) })))
  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    setShown(undefined)
    setUpload(undefined)
    if (!chosen) return
    void during(async () => {
      const at = await send(chosen, () => {})
      setUpload(at)
      setShown(await api.importsPreview({ upload: at, ...how(mapping, encoding) }))
    })
  }
  const start = (dry: boolean) =>
    during(async () => {
      let at = upload
      // A file leaves the server when it was taken in: it is sent again.
      if (at === undefined) at = await send(file!, () => {})
      const job = await api.importsStart({
        upload: at,
        dry,
        discontinue,
        ...how(mapping, encoding),
        ...(from !== '' && { from }),
      })
      setUpload(dry ? at : undefined)
      onJob(job.job)
    })
  return (
    <Panel title={t.choose}>
      <div className="form">
        <p>
          <label htmlFor={id}>{t.file}</label>{' '}
          <input id={id} type="file" accept=".csv,.txt,.gz" onChange={(e) => choose(e.target.files?.[0])} />
        </p>
        <p className="quiet">{t.fileHint}</p>
        <Field label={t.mapping} hint={t.mappingHint}>
          <Select
            value={mapping}
            onChange={(next) => {
              setMapping(next)
              if (upload !== undefined) void look(upload, next, encoding)
            }}
            options={[
              { value: '', label: t.byHeading },
              { value: 'mhlw', label: t.mhlw },
              { value: 'jan-list', label: t.janList },
            ]}
          />
        </Field>
        <Field label={t.encoding}>
          <Select
            value={encoding}
            onChange={(next) => {
              setEncoding(next)
              if (upload !== undefined) void look(upload, mapping, next)
            }}
            options={[
              { value: '', label: t.detected },
              { value: 'utf-8', label: 'UTF-8' },
              { value: 'cp932', label: 'Shift_JIS (CP932)' },
            ]}
          />
        </Field>
        <Field label={t.from} hint={t.fromHint}>
          <TextInput type="date" value={from} onChange={setFrom} />
        </Field>
        <Checkbox label={t.discontinue} checked={discontinue} onChange={setDiscontinue} />
        {error === undefined ? null : (
          <div role="alert">
            <Refused error={error} />
          </div>
        )}
        {shown ? <Shown preview={shown} /> : null}
        <p className="filters">
          <Button disabled={!shown || busy} onClick={() => void start(true)}>
            {t.dry}
          </Button>
          <Button variant="primary" disabled={!shown || busy} onClick={() => void start(false)}>
            {t.take}
          </Button>
        </p>
      </div>
    </Panel>
  )
}

function Shown({ preview: p }: { preview: Preview }) {
  const t = useText(importWords)
  const field = (heading: string) =>
    Object.entries(p.columns)
      .filter(([, heads]) => heads.includes(heading))
      .map(([name]) => name)
      .join(', ')
  return (
    <>
      <p>
        {t.readAs}:{' '}
        <strong>{p.encoding === 'cp932' ? 'Shift_JIS (CP932)' : `UTF-8${p.bom ? ' (BOM)' : ''}`}</strong>,{' '}
        {t.columns}: <strong>{p.mapping}</strong>
      </p>
      <Table
        plain
        label={t.preview}
        rows={p.rows}
        rowKey={(row) => String(row.line)}
        columns={[
          { key: 'line', head: t.line, numeric: true, cell: (row) => row.line },
          ...p.headings.map((heading, i) => ({
            key: `c${i}`,
            head: `${heading || '–'}${field(heading) ? ` → ${field(heading)}` : ''}`,
            cell: (row: Preview['rows'][number]) => row.cells[i] ?? '',
          })),
        ]}
        empty={<EmptyState title={t.noRows} />}
      />
    </>
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
    refetchInterval: (query) => (query.state.data && query.state.data.state !== 'working' ? false : 500),
  })
  const job = found.data
  const isOver = job !== undefined && job.state !== 'working'
  useEffect(() => {
    if (isOver) void queries.invalidateQueries({ queryKey: ['imports'] })
  }, [isOver])
  if (found.error && !job) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!job) return null
  const undoing = job.undone !== null
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
        job.state === 'working' && !undoing ? (
          <Button onClick={() => void api.importsCancel({ job: id }).then(() => found.refetch())}>
            {t.cancel}
          </Button>
        ) : undefined
      }
    >
      <div aria-live="polite" className="form">
        {job.state === 'working' ? (
          <>
            <progress aria-label={t.progress} {...(job.of ? { value: job.rows, max: job.of } : {})} />
            <p>{t.rowsDone(formatNumber(job.rows))}</p>
          </>
        ) : null}
        {job.failure !== null ? <p role="alert">{job.failure || t.failed}</p> : null}
        {job.cancelled ? <p>{t.cancelled}</p> : null}
        {job.before ? <p>{t.before}</p> : null}
        {undoing ? (
          <p>{t.undoneRows(formatNumber(job.undone ?? 0), formatNumber(job.kept ?? 0))}</p>
        ) : (
          <dl className="sums">
            {(['created', 'changed', 'unchanged', 'discontinued', 'prices', 'faulty'] as const).map(
              (name) => (
                <div key={name}>
                  <dt>{t[name]}</dt>
                  <dd>{formatNumber(job[name])}</dd>
                </div>
              ),
            )}
          </dl>
        )}
      </div>
      {job.faults.length ? (
        <>
          <h3>{t.faults}</h3>
          <Faults faults={job.faults} />
          {job.run !== null && !job.dry ? (
            <p>
              <a href={`/admin/v1/imports/${job.run}/failed`}>{t.failedRows}</a>
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

function Faults({ faults }: { faults: Job['faults'] }) {
  const t = useText(importWords)
  return (
    <Table
      plain
      maxHeight="50vh"
      label={t.faults}
      rows={faults}
      rowKey={(row) => `${row.line} ${row.column} ${row.words}`}
      columns={[
        { key: 'line', head: t.line, numeric: true, cell: (row) => row.line },
        { key: 'column', head: t.column, cell: (row) => (row.column ? `${row.column} ${row.head}` : '–') },
        { key: 'words', head: t.what, cell: (row) => row.words },
      ]}
      empty={<EmptyState title={t.noRows} />}
    />
  )
}

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
        row.faulty ? <a href={`/admin/v1/imports/${row.run}/failed`}>{formatNumber(row.faulty)}</a> : 0,
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
        empty={<EmptyState title={t.empty} why={t.emptyWhy} />}
        error={
          found.error && !found.data ? (
            <Failure error={found.error} onRetry={() => void found.refetch()} />
          ) : undefined
        }
      />
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
