import type { Answers } from '@akinai/client'
import {
  Button,
  Checkbox,
  EmptyState,
  Field,
  Panel,
  recall,
  remember,
  Select,
  Table,
  TextInput,
  useText,
} from '@akinai/ui'
import { useId, useRef, useState } from 'react'
import { api } from './api.ts'
import { importWords } from './import-words.ts'
import { Wrong } from './wrong.tsx'

type Preview = Answers['imports.preview']
type Encoding = 'utf-8' | 'cp932'
type Mapping = '' | 'mhlw' | 'jan-list' | 'own' | 'declared'
/** Which field each heading fills; what is left out is not there. */
type Columns = Readonly<Record<string, string>>
/** How a file is to be read. */
type How = { mapping: Mapping; columns: Columns; list: string; declaration: string; encoding: string }
const part = 1_500_000

/** The bytes of a part, as base64. */
async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}
async function send(file: File): Promise<string> {
  const { upload } = await api.importsUpload({ name: file.name.slice(0, 200), bytes: file.size })
  for (let at = 0; at < file.size; at += part)
    await api.importsPart({ upload, offset: at, data: await base64(file.slice(at, at + part)) })
  return upload
}
/** As the API takes it: a field, and the headings that fill it. */
function byField(columns: Columns): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const [heading, field] of Object.entries(columns)) (fields[field] ??= []).push(heading)
  return fields
}
const byHeading = (p: Preview): Columns =>
  Object.fromEntries(Object.entries(p.columns).flatMap(([field, heads]) => heads.map((h) => [h, field])))
function asked(how: How) {
  const encoding = how.encoding === '' ? {} : { encoding: how.encoding as Encoding }
  if (how.mapping === 'own')
    return { ...encoding, mapping: how.list.trim() || 'columns', columns: byField(how.columns) }
  if (how.mapping === 'declared') return { ...encoding, mapping: how.declaration }
  return { ...encoding, ...(how.mapping !== '' && { mapping: how.mapping }) }
}
/** Columns are chosen on the page, and none is yet: there is nothing to ask the server. */
const isBlank = (how: How) => how.mapping === 'own' && Object.keys(how.columns).length === 0
/** What was chosen for files with the same headings, on this device. */
const place = (headings: readonly string[]) => `import ${headings.join('\u0001')}`
function chosenBefore(headings: readonly string[]): Pick<How, 'columns' | 'list'> | undefined {
  try {
    const kept: unknown = JSON.parse(recall(place(headings)) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('columns' in kept) || !('list' in kept))
      return undefined
    const told = Object.entries(kept.columns as object).filter(([h]) => headings.includes(h))
    return { columns: Object.fromEntries(told.map(([h, f]) => [h, String(f)])), list: String(kept.list) }
  } catch {
    return undefined
  }
}

/** A file is chosen, looked at, its columns named, and taken in or tried. */
export function TakeIn({ onJob }: { onJob: (job: string) => void }) {
  const t = useText(importWords)
  const id = useId()
  const [file, setFile] = useState<File>()
  const [upload, setUpload] = useState<string>()
  const [shown, setShown] = useState<Preview>()
  const [how, setHow] = useState<How>({ mapping: '', columns: {}, list: '', declaration: '', encoding: '' })
  const [isRemembered, setRemembered] = useState(false)
  const [from, setFrom] = useState('')
  const [discontinue, setDiscontinue] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const turn = useRef(0)
  /** What is asked for last is what counts, whichever answer comes first. */
  const during = async (work: (isLast: () => boolean) => Promise<void>) => {
    const mine = ++turn.current
    const isLast = () => mine === turn.current
    setBusy(true)
    setError(undefined)
    try {
      await work(isLast)
    } catch (e) {
      if (isLast()) setError(e)
    } finally {
      if (isLast()) setBusy(false)
    }
  }
  /** The file as it would be read that way; a declaration that is not there yet is waited for. */
  const look = (next: How) => {
    setHow(next)
    setRemembered(false)
    if (isBlank(next)) setError(undefined)
    else if (upload !== undefined && (next.mapping !== 'declared' || next.declaration !== ''))
      void during(async (isLast) => {
        const p = await api.importsPreview({ upload, ...asked(next) })
        if (isLast()) setShown(p)
      })
  }
  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    setShown(undefined)
    setUpload(undefined)
    setRemembered(false)
    if (!chosen) return
    void during(async (isLast) => {
      const at = await send(chosen)
      if (!isLast()) return
      setUpload(at)
      let p = await api.importsPreview({ upload: at, ...asked(how) })
      if (!isLast()) return
      const before = how.mapping === '' ? chosenBefore(p.headings) : undefined
      if (before) {
        const next: How = { ...how, ...before, mapping: 'own' }
        p = await api.importsPreview({ upload: at, ...asked(next) })
        if (!isLast()) return
        setHow(next)
        setRemembered(true)
      } else if (how.mapping === 'own') setHow({ ...how, columns: byHeading(p) })
      setShown(p)
    })
  }
  const start = (dry: boolean) =>
    during(async () => {
      // A file leaves the server when it was taken in: it is sent again.
      const at = upload ?? (await send(file!))
      if (how.mapping === 'own' && shown)
        remember(place(shown.headings), JSON.stringify({ columns: how.columns, list: how.list }))
      const job = await api.importsStart({
        upload: at,
        dry,
        discontinue,
        ...asked(how),
        ...(from !== '' && { from }),
      })
      setUpload(dry ? at : undefined)
      onJob(job.job)
    })
  const isReady = shown !== undefined && shown.unfit === null && !isBlank(how) && !busy
  return (
    <Panel title={t.choose}>
      <div className="fields">
        <p>
          <label htmlFor={id}>{t.file}</label>{' '}
          <input id={id} type="file" accept=".csv,.txt,.gz" onChange={(e) => choose(e.target.files?.[0])} />
        </p>
        <p className="quiet">{t.fileHint}</p>
        <Field label={t.mapping} hint={t.mappingHint}>
          <Select
            value={how.mapping}
            onChange={(mapping) =>
              look({ ...how, mapping, ...(mapping === 'own' && shown && { columns: byHeading(shown) }) })
            }
            options={[
              { value: '', label: t.byHeading },
              { value: 'own', label: t.own },
              { value: 'declared', label: t.declared },
              { value: 'mhlw', label: t.mhlw },
              { value: 'jan-list', label: t.janList },
            ]}
          />
        </Field>
        {how.mapping === 'declared' ? (
          <Declaration onRead={(declaration) => look({ ...how, declaration })} />
        ) : null}
        <Field label={t.encoding}>
          <Select
            value={how.encoding}
            onChange={(encoding) => look({ ...how, encoding })}
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
        <Wrong error={error} />
        {shown && how.mapping === 'own' ? (
          <>
            {isRemembered ? <p>{t.remembered}</p> : null}
            <ColumnTable
              preview={shown}
              columns={how.columns}
              onChange={(columns) => look({ ...how, columns })}
            />
            <Field label={t.listName} hint={t.listNameHint}>
              <TextInput
                value={how.list}
                maxLength={40}
                onChange={(list) => setHow({ ...how, list })}
                placeholder="columns"
              />
            </Field>
            <p>
              <Button onClick={() => save(how)}>{t.saveDeclaration}</Button>
            </p>
          </>
        ) : null}
        {shown && isBlank(how) ? <output>{t.chooseCode}</output> : null}
        {shown?.unfit && !isBlank(how) ? (
          <div className="ui-error-state" role="alert">
            <p>{shown.unfit}</p>
            {how.mapping === 'own' ? null : (
              <Button onClick={() => look({ ...how, mapping: 'own', columns: byHeading(shown) })}>
                {t.chooseColumns}
              </Button>
            )}
          </div>
        ) : null}
        {shown ? (
          <First preview={how.mapping === 'own' ? { ...shown, mapping: how.list.trim() || t.own } : shown} />
        ) : null}
        <p className="ui-actions">
          <Button disabled={!isReady} onClick={() => void start(true)}>
            {t.dry}
          </Button>
          <Button variant="primary" disabled={!isReady} onClick={() => void start(false)}>
            {t.take}
          </Button>
        </p>
      </div>
    </Panel>
  )
}

/** What was chosen, as the command line and other shops take it. */
function save(how: How) {
  const name = how.list.trim() || 'columns'
  const text = JSON.stringify({ name, columns: byField(how.columns) }, null, 2)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = `${name}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}

function Declaration({ onRead }: { onRead: (text: string) => void }) {
  const t = useText(importWords)
  const id = useId()
  const [isWrong, setWrong] = useState(false)
  async function read(file: File | undefined) {
    if (!file) return
    const text = await file.text()
    try {
      // Without the blanks that people leave in it.
      const short = JSON.stringify(JSON.parse(text))
      setWrong(false)
      onRead(short)
    } catch {
      setWrong(true)
    }
  }
  return (
    <div>
      <p>
        <label htmlFor={id}>{t.declaration}</label>{' '}
        <input
          id={id}
          type="file"
          accept=".json,application/json"
          onChange={(e) => void read(e.target.files?.[0])}
        />
      </p>
      <p className="quiet">{t.declarationHint}</p>
      {isWrong ? <p role="alert">{t.declarationWrong}</p> : null}
    </div>
  )
}

/** Each heading of the file with an example, and which field it fills. */
function ColumnTable({
  preview: p,
  columns,
  onChange,
}: {
  preview: Preview
  columns: Columns
  onChange: (columns: Columns) => void
}) {
  const t = useText(importWords)
  const known: Readonly<Record<string, string>> = t.fields
  const options = [
    { value: '', label: t.skip },
    ...p.fields.map((field) => ({ value: field, label: known[field] ?? field })),
  ]
  const rows = p.headings.flatMap((heading, at) => (heading === '' ? [] : [{ heading, at }]))
  const example = (at: number) => p.rows.map((row) => row.cells[at] ?? '').find((cell) => cell !== '') ?? ''
  function set(heading: string, field: string) {
    const { [heading]: _, ...rest } = columns
    onChange(field === '' ? rest : { ...rest, [heading]: field })
  }
  return (
    <Table
      label={t.mapping}
      rows={rows}
      rowKey={(row) => row.heading}
      columns={[
        { key: 'heading', head: t.heading, cell: (row) => row.heading },
        { key: 'example', head: t.example, cell: (row) => example(row.at).slice(0, 60) },
        {
          key: 'field',
          head: t.field,
          cell: (row) => (
            <Select
              label={t.fieldOf(row.heading)}
              value={columns[row.heading] ?? ''}
              onChange={(field) => set(row.heading, field)}
              options={options}
            />
          ),
        },
      ]}
      empty={<EmptyState title={t.noRows} />}
    />
  )
}

function First({ preview: p }: { preview: Preview }) {
  const t = useText(importWords)
  const known: Readonly<Record<string, string>> = t.fields
  const field = (heading: string) =>
    Object.entries(p.columns)
      .filter(([, heads]) => heads.includes(heading))
      .map(([name]) => known[name] ?? name)
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
