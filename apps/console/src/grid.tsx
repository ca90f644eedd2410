import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  EmptyState,
  Field,
  formatNumber,
  Loading,
  PageHeader,
  Panel,
  Select,
  useLang,
  useText,
  useToast,
} from '@akinai/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { api, queries, useKeeper } from './api.ts'
import { Edits } from './edits.tsx'
import { Failure, Forbidden } from './failure.tsx'
import {
  areaOf,
  askOf,
  blank,
  columnsFor,
  faultsOf,
  fillDown,
  keyOf,
  pasteInto,
  redo,
  textOf,
  type,
  undo,
  withValue,
  type Area,
  type Column,
  type Row,
  type Setting,
  type Sheet,
  type Typed,
} from './grid-model.ts'
import { GridTable, type Spot } from './grid-table.tsx'
import { gridWords } from './grid-words.ts'
import { useName } from './labels.ts'
import { useMay } from './me.tsx'
import { SearchField } from './search-field.tsx'
import { Wrong } from './wrong.tsx'

type Result = Answers['skus.edit']['results'][number]
const route = getRouteApi('/products/grid')
const states = ['live', 'archived', 'all'] as const
const atOnce = 40

/** Many SKUs as a spreadsheet has them. */
export function Grid() {
  const may = useMay()
  const search = route.useSearch()
  return may('products.read') ? <Loaded key={JSON.stringify(search)} /> : <Forbidden />
}

function Loaded() {
  const t = useText(gridWords)
  const search = route.useSearch()
  const state = states.find((one) => one === search.state) ?? 'live'
  // What somebody is editing is not replaced behind their back.
  const still = { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false } as const
  const terms = useQuery({ queryKey: ['terms'], queryFn: () => api.catalogTerms(), ...still })
  const found = useInfiniteQuery({
    queryKey: ['skus', search],
    queryFn: ({ pageParam }) =>
      api.skusList({ state, q: search.q, category: search.category, cursor: pageParam, limit: 200 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    ...still,
    gcTime: 0,
  })
  const error = (!terms.data && terms.error) || (!found.data && found.error)
  const back = { href: '/console/products', label: t.back }
  if (error)
    return (
      <>
        <PageHeader title={t.title} back={back} />
        <Failure error={error} onRetry={() => void Promise.all([terms.refetch(), found.refetch()])} />
      </>
    )
  if (!terms.data || !found.data) return <Loading lines={10} />
  return (
    <Editor
      loaded={found.data.pages.flatMap((page) => page.items)}
      categories={terms.data.categories}
      hasMore={found.hasNextPage}
      onMore={() => {
        if (found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage()
      }}
    />
  )
}

function Filters({ categories }: { categories: Setting['categories'] }) {
  const t = useText(gridWords)
  const name = useName()
  const search = route.useSearch()
  const navigate = useNavigate()
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/products/grid', search: { ...search, ...change } })
  return (
    <div className="filters">
      <SearchField
        value={search.q}
        label={t.search}
        hint={t.searchHint}
        find={t.find}
        group={t.list}
        maxLength={100}
        onGo={(q) => go({ q })}
      />
      <Field label={t.category}>
        <Select
          options={[
            { value: '', label: t.allCategories },
            ...categories.map((one) => ({ value: one.code, label: name(one.name) })),
          ]}
          value={search.category ?? ''}
          onChange={(category) => go({ category: category || undefined })}
        />
      </Field>
      <Field label={t.states}>
        <Select
          options={states.map((value) => ({ value: value as string, label: t[value] }))}
          value={search.state ?? 'live'}
          onChange={(state) => go({ state: state === 'live' ? undefined : state })}
        />
      </Field>
    </div>
  )
}

function Editor(props: {
  loaded: readonly Row[]
  categories: Setting['categories']
  hasMore: boolean
  onMore: () => void
}) {
  const t = useText(gridWords)
  const { lang } = useLang()
  const toast = useToast()
  const keep = useKeeper()
  const may = useMay()
  const mayWrite = may('products.write')
  const seesPrices = may('prices.read')
  const setting = useMemo<Setting>(
    () => ({ categories: props.categories, lang, states: { live: t.live, archived: t.archived } }),
    [props.categories, lang, t],
  )
  const columns = useMemo(() => columnsFor(seesPrices), [seesPrices])
  const [known, setKnown] = useState<ReadonlyMap<number, Row>>(new Map())
  const rows = useMemo(() => props.loaded.map((row) => known.get(row.sku) ?? row), [props.loaded, known])
  const [sheet, setSheet] = useState<Sheet>(blank)
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 })
  const [anchor, setAnchor] = useState<Spot>({ row: 0, column: 0 })
  const [results, setResults] = useState<readonly Result[]>([])
  const [progress, setProgress] = useState<{ done: number; all: number } | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [isChecked, setChecked] = useState(false)
  const isDirty = sheet.edits.size > 0
  const faults = useMemo(
    () => faultsOf(rows, sheet.edits, columns, setting),
    [rows, sheet.edits, columns, setting],
  )
  const said = new Map(
    results.flatMap((r) => {
      const row = r.at && rows.find((one) => one.sku === r.at?.sku)
      const column = r.at && columns.find((c) => c.name === r.at?.field)
      return row && column && r.title
        ? [[keyOf(row, column), [r.title, r.todo].filter(Boolean).join(' ')]]
        : []
    }),
  )
  const text = (row: Row, column: Column) =>
    sheet.edits.get(keyOf(row, column)) ?? textOf(row, column.name, setting)
  const fault = (row: Row, column: Column) => {
    const found = faults.get(keyOf(row, column))
    return found ? t.faults[found.fault] : said.get(keyOf(row, column))
  }
  const typeAll = (cells: readonly Typed[]) => {
    if (cells.length === 0) return
    setSheet((now) => type(now, cells, setting))
    // What the server said of a cell is about what stood there before.
    const touched = new Set(cells.map((c) => c.row.product))
    setResults((now) => now.filter((r) => r.result === 'conflict' || !touched.has(r.product)))
  }
  const [reached, setReached] = useState(0)
  const reach = (row: number, column: number) => {
    move({ row, column })
    setReached((n) => n + 1)
  }
  const move = (to: Spot, from: Spot = to) => {
    setSpot(to)
    setAnchor(from)
  }
  const area = areaOf(anchor, spot)
  const fill = () => {
    // One cell takes what stands above it.
    const from = area.top === area.bottom ? { ...area, top: Math.max(0, area.top - 1) } : area
    if (mayWrite) typeAll(fillDown(from, text, rows, columns))
  }
  const paste = (at: Area, told: string[][]) => {
    typeAll(pasteInto(at, told, rows, columns))
    const over = told.length > 1 ? at.top + told.length - rows.length : 0
    if (over > 0) toast({ title: t.cut(formatNumber(over)), tone: 'warn' })
    if (told.length > 1 || told[0]!.length > 1)
      move(
        {
          row: Math.min(rows.length - 1, at.top + told.length - 1),
          column: Math.min(columns.length - 1, at.left + Math.max(...told.map((r) => r.length)) - 1),
        },
        { row: at.top, column: at.left },
      )
  }
  const onEnd = props.onMore
  const end = useCallback(() => onEnd(), [onEnd])

  /** Everything, or what was typed in these rows of one product. */
  async function save(from: readonly Row[] = rows, base = new Map(known)) {
    setChecked(true)
    setFailure(null)
    if (faults.size > 0) return
    const asked = askOf(from, sheet.edits, columns, setting)
    const told: Result[] = []
    const edits = new Map(sheet.edits)
    setProgress({ done: 0, all: asked.length })
    try {
      for (let at = 0; at < asked.length; at += atOnce) {
        const products = asked.slice(at, at + atOnce)
        const { results: answered } = await keep(products, (key) => api.skusEdit({ products }, { key }))
        for (const r of answered) {
          told.push(r)
          if (r.result !== 'saved') continue
          const own = Object.assign(
            {},
            ...products.find((p) => p.product === r.product)!.rows.map((one) => one.to),
          )
          for (const row of from.filter((one) => one.product === r.product)) {
            const to = products
              .find((p) => p.product === r.product)!
              .rows.find((one) => one.sku === row.sku)?.to
            let next: Row = { ...(base.get(row.sku) ?? row), version: r.version ?? row.version }
            for (const column of columns) {
              const value = (column.ofProduct ? own : to)?.[column.name as keyof typeof own]
              if (value !== undefined) next = withValue(next, column.name, value)
              edits.delete(keyOf(row, column))
            }
            base.set(row.sku, next)
          }
        }
        setProgress({ done: Math.min(asked.length, at + atOnce), all: asked.length })
      }
    } catch (error) {
      setFailure(error)
    }
    setKnown(base)
    setSheet((now) => ({ ...now, edits }))
    setResults((now) => [
      ...now.filter((r) => from !== rows && from.every((row) => row.product !== r.product)),
      ...told.filter((r) => r.result !== 'saved'),
    ])
    setProgress(null)
    const good = told.filter((r) => r.result === 'saved').length
    if (good > 0)
      toast(
        good === asked.length
          ? { title: t.saved(formatNumber(good)) }
          : { title: t.savedPart(formatNumber(good), formatNumber(asked.length)), tone: 'warn' },
      )
    // Every list but this one is read again: this one knows what it has saved.
    void queries.invalidateQueries({
      predicate: (one) => one.queryKey[0] !== 'skus' && one.queryKey[0] !== 'terms',
    })
  }
  /** Their values stand in the rows from now on; with `mine`, what was typed is saved over them. */
  function settle(result: Result, mine: boolean) {
    const base = new Map(known)
    const edits = new Map(sheet.edits)
    for (const their of result.theirs)
      for (const row of rows.filter((one) => one.product === result.product)) {
        const column = columns.find((c) => c.name === their.field)
        if (!column || (!column.ofProduct && row.sku !== their.sku)) continue
        base.set(row.sku, withValue(base.get(row.sku) ?? row, their.field, their.now))
        if (!mine) edits.delete(keyOf(row, column))
      }
    setKnown(base)
    setSheet((now) => ({ ...now, edits }))
    setResults((now) => now.filter((r) => r !== result))
    // The buttons that were pressed have gone: the focus goes where the cell is.
    const their = result.theirs[0]
    const y = rows.findIndex((row) => row.sku === their?.sku)
    if (y >= 0)
      reach(
        y,
        Math.max(
          0,
          columns.findIndex((c) => c.name === their?.field),
        ),
      )
    if (mine)
      void save(
        rows.flatMap((row) => (row.product === result.product ? [base.get(row.sku) ?? row] : [])),
        base,
      )
  }
  const first = [...faults.values()][0]
  return (
    <>
      <PageHeader
        title={t.title}
        back={{ href: '/console/products', label: t.back }}
        words={mayWrite ? t.lead : t.readOnly}
        actions={
          mayWrite ? (
            <>
              <Button icon="undo" disabled={sheet.done.length === 0} onClick={() => setSheet(undo)}>
                {t.undo}
              </Button>
              <Button disabled={sheet.undone.length === 0} onClick={() => setSheet(redo)}>
                {t.redo}
              </Button>
              <Button icon="down" onClick={fill}>
                {t.fill}
              </Button>
            </>
          ) : undefined
        }
      />
      <Filters categories={props.categories} />
      <div className="stack">
        {isChecked && first ? (
          <div className="ui-error-state" role="alert">
            <p>
              <strong>{t.wrongCells(formatNumber(faults.size))}</strong>
            </p>
            <div>
              <Button onClick={() => reach(first.row, first.column)}>{t.goToFirst}</Button>
            </div>
          </div>
        ) : null}
        <Wrong error={failure} />
        {results.length > 0 ? (
          <Outcomes
            results={results}
            rows={rows}
            columns={columns}
            setting={setting}
            text={text}
            onShow={reach}
            onSettle={settle}
          />
        ) : null}
        {rows.length === 0 ? (
          <EmptyState title={t.empty} why={t.emptyWhy} />
        ) : (
          <>
            <p className="quiet" id="grid-keys">
              {t.count(formatNumber(rows.length), props.hasMore)}　{t.keys}
            </p>
            <GridTable
              label={t.table}
              rows={rows}
              columns={columns}
              mayWrite={mayWrite && progress === null}
              spot={spot}
              anchor={anchor}
              reached={reached}
              onMove={move}
              text={text}
              isDirty={(row, column) => sheet.edits.has(keyOf(row, column))}
              fault={fault}
              shown={(row, column, told) => <Shown row={row} column={column} text={told} setting={setting} />}
              onType={(row, column, told) => typeAll([{ row, column, text: told }])}
              onPaste={paste}
              onClear={(at) =>
                typeAll(
                  rows.slice(at.top, at.bottom + 1).flatMap((row) =>
                    columns
                      .slice(at.left, at.right + 1)
                      .filter((c) => c.name !== 'archived')
                      .map((column) => ({ row, column, text: '' })),
                  ),
                )
              }
              onFill={fill}
              onUndo={() => setSheet(undo)}
              onRedo={() => setSheet(redo)}
              onToggle={(row, column) =>
                typeAll([{ row, column, text: text(row, column) === t.archived ? t.live : t.archived }])
              }
              onEnd={end}
            />
            {props.hasMore ? (
              <div>
                <Button onClick={props.onMore}>{t.more}</Button>
              </div>
            ) : null}
          </>
        )}
      </div>
      {progress ? (
        <output className="quiet">{t.saving(formatNumber(progress.done), formatNumber(progress.all))}</output>
      ) : null}
      <Edits
        dirty={isDirty}
        busy={progress !== null}
        onSave={() => void save()}
        onDiscard={() => {
          setSheet(blank)
          setResults([])
          setChecked(false)
          setFailure(null)
        }}
      />
    </>
  )
}

function Shown({ row, column, text, setting }: { row: Row; column: Column; text: string; setting: Setting }) {
  const t = useText(gridWords)
  if (column.name === 'archived')
    return <Badge tone={text === setting.states.live ? 'ok' : 'neutral'}>{text}</Badge>
  if (column.name === 'name_en' && text === '' && row.name.ja)
    return <Badge tone="warn">{t.untranslated}</Badge>
  if (column.name === 'price' && /^\d+$/.test(text)) return <>¥{formatNumber(Number(text))}</>
  return <span lang={column.name === 'name_en' ? 'en' : undefined}>{text}</span>
}

/** What was not saved, row by row: refused in the server's words, or changed by somebody else meanwhile. */
function Outcomes(props: {
  results: readonly Result[]
  rows: readonly Row[]
  columns: readonly Column[]
  setting: Setting
  text: (row: Row, column: Column) => string
  onShow: (row: number, column: number) => void
  onSettle: (result: Result, mine: boolean) => void
}) {
  const t = useText(gridWords)
  return (
    <Panel title={t.outcomes}>
      <ul className="plain">
        {props.results.map((r) => {
          const at = r.at ?? r.theirs[0] ?? null
          const y = props.rows.findIndex((row) => (at ? row.sku === at.sku : row.product === r.product))
          const x = Math.max(
            0,
            props.columns.findIndex((c) => c.name === at?.field),
          )
          const row = props.rows[y]
          return (
            <li key={r.product} className="outcome">
              <strong>{row?.code ?? String(r.product)}</strong>
              <span>
                {r.title} {r.result === 'conflict' ? null : r.todo}
                {r.theirs.map((their) => {
                  const column = props.columns.find((c) => c.name === their.field)
                  const own = props.rows.find((one) => one.sku === their.sku)
                  if (!column || !own) return null
                  const theirs = textOf(withValue(own, their.field, their.now), column.name, props.setting)
                  return (
                    <small key={`${their.sku} ${their.field}`} className="block">
                      {own.code}　{t.conflict(t.columns[column.name], theirs, props.text(own, column))}
                    </small>
                  )
                })}
              </span>
              <span className="ui-actions">
                {r.result === 'conflict' ? (
                  <>
                    <Button onClick={() => props.onSettle(r, false)}>{t.theirs}</Button>
                    <Button onClick={() => props.onSettle(r, true)}>{t.mine}</Button>
                  </>
                ) : null}
                {y >= 0 ? (
                  <Button variant="quiet" onClick={() => props.onShow(y, x)}>
                    {t.show}
                  </Button>
                ) : null}
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
