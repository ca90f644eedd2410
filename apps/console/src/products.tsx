import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  EmptyState,
  formatNumber,
  PageHeader,
  Pager,
  Table,
  Tabs,
  useLang,
  useText,
  type Column,
} from '@akinai/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './api.ts'
import { useLeft } from './back.ts'
import { Forbidden, unread } from './failure.tsx'
import { useName } from './labels.ts'
import { useMay } from './me.tsx'
import { Picture } from './picture.tsx'
import { cursorOf, paging } from './paging.ts'
import { productWords } from './product-words.ts'
import { BulkProducts } from './bulk-products.tsx'
import { BulkRun } from './bulk-run.tsx'
import { SearchField } from './search-field.tsx'
import { useSelection } from './selection.ts'
import { Views } from './views.tsx'

type Row = Answers['catalog.products']['items'][number]
const route = getRouteApi('/products')
const states = ['live', 'archived', 'all'] as const

export function Products() {
  const may = useMay()
  return may('products.read') ? <ProductList /> : <Forbidden />
}

function ProductList() {
  const t = useText(productWords)
  const may = useMay()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { returnTo, leave } = useLeft('products')
  const state = states.find((one) => one === search.state) ?? 'live'
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/products', search: { ...search, trail: undefined, ...change } })
  const found = useQuery({
    queryKey: ['products', search],
    queryFn: () => api.catalogProducts({ state, q: search.q, cursor: cursorOf(search.trail) }),
    placeholderData: keepPreviousData,
  })
  const { onPrevious, onNext } = paging(search.trail, found.data?.next, (trail) => go({ trail }))
  const [run, setRun] = useState<string>()
  const filter = { state, ...(search.q && { q: search.q }) }
  const mayAct = may('products.write') || may('prices.write')
  const selection = useSelection(
    JSON.stringify(filter),
    found.data?.items.map((row) => String(row.product)) ?? [],
  )
  const open = (product: string) => void navigate({ to: '/products/$product', params: { product } })
  const list = (
    <>
      <Table
        label={t.title}
        columns={useColumns(may('prices.read'))}
        rows={found.data?.items}
        rowKey={(row) => String(row.product)}
        {...(mayAct && { selected: selection.shown, onSelect: selection.pick })}
        rowLabel={(row) => row.code}
        returnTo={returnTo}
        onOpen={(row) => {
          leave(String(row.product))
          open(String(row.product))
        }}
        empty={
          search.q === undefined && state === 'live' ? (
            <EmptyState
              title={t.bare}
              why={t.bareWhy}
              action={
                may('products.write') ? <Button onClick={() => open('new')}>{t.add}</Button> : undefined
              }
            />
          ) : (
            <EmptyState
              title={t.empty}
              why={t.emptyWhy}
              action={
                <Button onClick={() => void navigate({ to: '/products', search: {} })}>{t.clear}</Button>
              }
            />
          )
        }
        error={unread(found)}
      />
      <Pager busy={found.isPlaceholderData} onPrevious={onPrevious} onNext={onNext} />
      {mayAct ? <BulkProducts selection={selection} filter={filter} onBegun={setRun} /> : null}
    </>
  )
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={
          may('products.write') ? (
            <>
              <Button
                onClick={() =>
                  void navigate({ to: '/products/grid', search: { q: search.q, state: search.state } })
                }
              >
                {t.grid}
              </Button>
              <Button variant="primary" onClick={() => open('new')}>
                {t.add}
              </Button>
            </>
          ) : undefined
        }
      />
      <Views list="products" search={search} />
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
      </div>
      {run === undefined ? null : (
        <div className="bulk-run">
          <BulkRun key={run} id={run} onClose={() => setRun(undefined)} />
        </div>
      )}
      <Tabs
        label={t.states}
        value={state}
        onChange={(next) => go({ state: next === 'live' ? undefined : next })}
        tabs={states.map((value) => ({ value, label: t[value], content: value === state ? list : null }))}
      />
    </>
  )
}

function useColumns(seesPrices: boolean): Column<Row>[] {
  const { lang } = useLang()
  const t = useText(productWords)
  const name = useName()
  const price = (row: Row) =>
    row.price_min == null || row.price_max == null ? (
      <span className="quiet">{t.noPrice}</span>
    ) : row.price_min === row.price_max ? (
      `¥${formatNumber(row.price_min)}`
    ) : (
      `¥${formatNumber(row.price_min)}${lang === 'ja' ? '〜' : '–'}${formatNumber(row.price_max)}`
    )
  return [
    {
      key: 'name',
      head: t.name,
      cell: (row) => (
        <span className="goods ware">
          <Picture file={row.picture} />
          <span>
            <strong>{name(row.name)}</strong>{' '}
            {row.name.en === '' ? <Badge tone="warn">{t.untranslated}</Badge> : null}{' '}
            {row.brand ? <small className="quiet">{row.brand}</small> : null}
          </span>
        </span>
      ),
    },
    { key: 'code', head: t.code, narrow: true, cell: (row) => <code>{row.code}</code> },
    { key: 'skus', head: t.skus, numeric: true, cell: (row) => formatNumber(row.skus) },
    ...(seesPrices ? [{ key: 'price', head: t.price, numeric: true, narrow: true, cell: price }] : []),
    {
      key: 'state',
      head: t.state,
      narrow: true,
      cell: (row) => (row.archived ? <Badge>{t.archived}</Badge> : <Badge tone="ok">{t.live}</Badge>),
    },
  ]
}
