import type { StockRow } from '@akinai/client'
import {
  Button,
  createText,
  EmptyState,
  Field,
  IconButton,
  Menu,
  PageHeader,
  Pager,
  Select,
  Table,
  useText,
  type Column,
} from '@akinai/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './api.ts'
import { BulkList } from './bulk-list.tsx'
import { Forbidden, unread } from './failure.tsx'
import { Figure } from './figure.tsx'
import { useName } from './labels.ts'
import { useMay } from './me.tsx'
import { StockMovements, type StockFigure } from './movements.tsx'
import { cursorOf, paging } from './paging.ts'
import { Views } from './views.tsx'
import { usePlaces } from './places.ts'
import { SearchField } from './search-field.tsx'
import { useSelection } from './selection.ts'
import { Serials } from './serials.tsx'
import { RecordAny } from './stock-any.tsx'
import { StockAction, Transfers, type Deed } from './stock-actions.tsx'
import { stockWords } from './stock-words.ts'

const route = getRouteApi('/stock')
const kinds = ['on_hand', 'held', 'short', 'quarantine', 'in_transit'] as const
const deeds = ['receive', 'count', 'adjust', 'send'] as const
/** A row as the server spells it: the SKU’s number and the place’s. */
const keyOf = (row: StockRow) => `${row.id}-${row.place}`
const more = createText({ ja: { more: '操作' }, en: { more: 'Actions' } })

export function Stock() {
  const may = useMay()
  return may('stock.read') ? <StockList /> : <Forbidden />
}

function StockList() {
  const t = useText(stockWords)
  const name = useName()
  const may = useMay()
  const search = route.useSearch()
  const navigate = useNavigate()
  const places = usePlaces()
  const [figure, setFigure] = useState<StockFigure | null>(null)
  const [deed, setDeed] = useState<{ deed: Deed; row: StockRow } | null>(null)
  const [isTransfers, setTransfers] = useState(false)
  const [isAny, setAny] = useState(false)
  const [numbered, setNumbered] = useState<string | null>(null)
  const only =
    search.only === 'short' ? ('short' as const) : search.only === 'out' ? ('out' as const) : undefined
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/stock', search: { ...search, trail: undefined, ...change } })
  const found = useQuery({
    queryKey: ['stock', search],
    queryFn: () => api.stock({ q: search.q, place: search.place, only, cursor: cursorOf(search.trail) }),
    placeholderData: keepPreviousData,
  })
  const { onPrevious, onNext } = paging(search.trail, found.data?.next, (trail) => go({ trail }))
  const mayMove = may('stock.write')
  const filter = {
    ...(search.q && { q: search.q }),
    ...(search.place && { place: search.place }),
    ...(only && { only }),
  }
  const selection = useSelection(JSON.stringify(filter), found.data?.items.map(keyOf) ?? [])
  const figureOf = (row: StockRow, kind: (typeof kinds)[number]): StockFigure => ({
    sku: row.sku,
    place: row.place_code,
    kind,
    value: row[kind],
    title: t.figure(t[kind], row.sku, name(row.place_name)),
  })
  return (
    <>
      <PageHeader
        title={t.title}
        words={mayMove ? t.lead : `${t.lead} ${t.readOnly}`}
        actions={
          <>
            <Button onClick={() => setTransfers(true)}>{t.transfers}</Button>
            {mayMove ? (
              <Button variant="primary" onClick={() => setAny(true)}>
                {t.first}
              </Button>
            ) : null}
          </>
        }
      />
      <Views list="stock" search={search} />
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
        <Field label={t.place}>
          <Select
            options={[
              { value: '', label: t.anyPlace },
              ...places.map((one) => ({ value: one.code, label: name(one.name) })),
            ]}
            value={search.place ?? ''}
            onChange={(place) => go({ place: place || undefined })}
          />
        </Field>
        <Field label={t.only}>
          <Select
            options={[
              { value: '', label: t.all },
              { value: 'short', label: t.onlyShort },
              { value: 'out', label: t.onlyOut },
            ]}
            value={only ?? ''}
            onChange={(next) => go({ only: next || undefined })}
          />
        </Field>
      </div>
      <Table
        label={t.title}
        columns={useColumns(mayMove, setFigure, setDeed, setNumbered, figureOf)}
        rows={found.data?.items}
        rowKey={keyOf}
        selected={selection.shown}
        onSelect={selection.pick}
        rowLabel={(row) => row.sku}
        // What lies on the shelf is what a row is asked about first.
        onOpen={(row) => setFigure(figureOf(row, 'on_hand'))}
        empty={
          search.q === undefined && search.place === undefined && only === undefined ? (
            <EmptyState
              title={t.bare}
              why={t.bareWhy}
              action={mayMove ? <Button onClick={() => setAny(true)}>{t.first}</Button> : undefined}
            />
          ) : (
            <EmptyState
              title={t.empty}
              why={t.emptyWhy}
              action={<Button onClick={() => void navigate({ to: '/stock', search: {} })}>{t.clear}</Button>}
            />
          )
        }
        error={unread(found)}
      />
      <Pager busy={found.isPlaceholderData} onPrevious={onPrevious} onNext={onNext} />
      <BulkList
        list="stock"
        selection={selection}
        filter={filter}
        href="/admin/v1/exports/stock"
        count={(of) => api.bulkStock({ filter: of })}
      />
      <StockMovements of={figure} onClose={() => setFigure(null)} />
      {deed ? <StockAction deed={deed.deed} row={deed.row} onClose={() => setDeed(null)} /> : null}
      {numbered === null ? null : <Serials sku={numbered} onClose={() => setNumbered(null)} />}
      {isAny ? <RecordAny onClose={() => setAny(false)} /> : null}
      <Transfers open={isTransfers} onClose={() => setTransfers(false)} />
    </>
  )
}

function useColumns(
  mayMove: boolean,
  open: (figure: StockFigure) => void,
  act: (act: { deed: Deed; row: StockRow }) => void,
  show: (sku: string) => void,
  figureOf: (row: StockRow, kind: (typeof kinds)[number]) => StockFigure,
): Column<StockRow>[] {
  const t = useText(stockWords)
  const words = useText(more)
  const name = useName()
  return [
    {
      key: 'goods',
      head: t.goods,
      cell: (row) => (
        <>
          {name(row.name)} <small className="quiet">{name(row.options_text)}</small>
        </>
      ),
    },
    {
      key: 'sku',
      head: t.sku,
      narrow: true,
      cell: (row) =>
        row.serial_kept ? (
          <button
            type="button"
            className="figure"
            title={t.serials}
            aria-label={`${row.sku} ${t.serials}`}
            onClick={() => show(row.sku)}
          >
            {row.sku}
          </button>
        ) : (
          <code>{row.sku}</code>
        ),
    },
    { key: 'place', head: t.place, narrow: true, cell: (row) => name(row.place_name) },
    ...kinds.map((kind): Column<StockRow> => ({
      key: kind,
      head: t[kind],
      numeric: true,
      cell: (row) => (
        <Figure
          value={row[kind]}
          label={figureOf(row, kind).title}
          tone={
            kind === 'short' && row.short > 0
              ? 'error'
              : kind === 'on_hand' && row.on_hand === 0
                ? 'warn'
                : undefined
          }
          onOpen={() => open(figureOf(row, kind))}
        />
      ),
    })),
    ...(mayMove
      ? [
          {
            key: 'acts',
            head: words.more,
            narrow: true,
            cell: (row: StockRow) => (
              <Menu
                trigger={
                  <IconButton icon="more" label={t.acts(row.sku, name(row.place_name))} tooltip={false} />
                }
                items={[
                  // What bears numbers is not counted by how many: it is adjusted by which.
                  ...deeds
                    .filter((deed) => !(row.serial_kept && deed === 'count'))
                    .map((deed) => ({ label: t[deed], onSelect: () => act({ deed, row }) })),
                  ...(row.serial_kept ? [{ label: t.serials, onSelect: () => show(row.sku) }] : []),
                ]}
              />
            ),
          },
        ]
      : []),
  ]
}
