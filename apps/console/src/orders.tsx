import type { Client } from '@akinai/client'
import {
  Badge,
  createText,
  DateTime,
  EmptyState,
  Field,
  formatNumber,
  Money,
  PageHeader,
  Pager,
  Select,
  Table,
  Tabs,
  TextInput,
  useText,
  Button,
  type Column,
} from '@akinai/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './api.ts'
import { useLeft } from './back.ts'
import { Forbidden, unread } from './failure.tsx'
import { labels, say, toneOf } from './labels.ts'
import { useMay } from './me.tsx'
import { cursorOf, paging } from './paging.ts'
import { BulkOrders } from './bulk-orders.tsx'
import { BulkRun } from './bulk-run.tsx'
import { SearchField } from './search-field.tsx'
import { useSelection } from './selection.ts'
import { Views } from './views.tsx'

const words = createText({
  ja: {
    title: '受注',
    lead: 'ウェブ・店頭・モールのすべての注文が、新しいものから並びます。',
    statuses: '状態で絞る',
    number: '注文番号',
    sought: '注文番号・お客様',
    numberHint: '番号、電話の下4桁、よみがな、メール',
    channel: '販売経路',
    anyChannel: 'すべての販売経路',
    from: 'この日から',
    to: 'この日まで',
    until: 'この時刻まで',
    wholeDay: '一日すべてにする',
    placed: '受付日時',
    status: '状態',
    payment: '支払い方法',
    quantity: '点数',
    total: '合計',
    owed: '未収',
    captured: '入金済み',
    empty: '当てはまる注文はありません。',
    emptyWhy: '状態や販売経路の絞り込みを外すと見つかることがあります。',
    clear: '絞り込みを外す',
    external: 'モールの注文番号',
    refunded: '返金済み',
    find: '注文を探す',
    list: '一覧',
  },
  en: {
    title: 'Orders',
    lead: 'Every order of the web, the stores and the malls, newest first.',
    statuses: 'Filter by status',
    number: 'Order number',
    sought: 'Number or customer',
    numberHint: 'Number, phone’s last 4, kana, email',
    channel: 'Channel',
    anyChannel: 'All channels',
    from: 'From',
    to: 'Until',
    until: 'Until',
    wholeDay: 'The whole day',
    placed: 'Placed',
    status: 'Status',
    payment: 'Payment',
    quantity: 'Items',
    total: 'Total',
    owed: 'Owed',
    captured: 'Captured',
    empty: 'No order fits.',
    emptyWhy: 'It may appear without the filters for status or channel.',
    clear: 'Clear the filters',
    external: 'Mall’s number',
    refunded: 'Refunded',
    find: 'Find an order',
    list: 'Lists',
  },
})

const statuses = [
  'all',
  'short',
  'waiting_payment',
  'to_ship',
  'part_shipped',
  'shipped',
  'returned',
  'cancelled',
  'sold',
] as const
type Row = Awaited<ReturnType<Client['orders']>>['items'][number]
const route = getRouteApi('/orders')

export function Orders() {
  const may = useMay()
  return may('orders.read') ? <OrderList /> : <Forbidden />
}

function OrderList() {
  const t = useText(words)
  const label = useText(labels)
  const search = route.useSearch()
  const navigate = useNavigate()
  const { returnTo, leave } = useLeft('orders')
  const channels =
    useQuery({ queryKey: ['channels'], queryFn: () => api.channels(), staleTime: 60_000 }).data?.items.map(
      (one) => one.channel,
    ) ?? []
  const status = statuses.find((one) => one === search.status) ?? 'all'
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/orders', search: { ...search, trail: undefined, ...change } })
  const cursor = cursorOf(search.trail)
  const found = useQuery({
    queryKey: ['orders', search],
    queryFn: () =>
      api.orders({
        status,
        channel: search.channel,
        q: search.q,
        from: search.from,
        to: search.to,
        until: search.until,
        cursor,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
  const { onPrevious, onNext } = paging(search.trail, found.data?.next, (trail) => go({ trail }))
  const [run, setRun] = useState<string>()
  const filter = {
    ...(status !== 'all' && { status }),
    ...(search.channel && { channel: search.channel }),
    ...(search.q && { q: search.q }),
    ...(search.from && { from: search.from }),
    ...(search.to && { to: search.to }),
    ...(search.until && { until: search.until }),
  }
  const selection = useSelection(
    JSON.stringify(filter),
    found.data?.items.map((row) => String(row.order)) ?? [],
  )
  const columns: Column<Row>[] = [
    {
      key: 'order',
      head: t.number,
      narrow: true,
      cell: (row) => (
        <>
          <strong>{row.order}</strong>
          {row.external_id && row.channel !== 'till' ? (
            <small className="quiet" title={t.external}>
              {' '}
              {row.external_id}
            </small>
          ) : null}
        </>
      ),
    },
    { key: 'placed', head: t.placed, narrow: true, cell: (row) => <DateTime at={row.placed_at} /> },
    { key: 'channel', head: t.channel, narrow: true, cell: (row) => say(label.channel, row.channel) },
    {
      key: 'status',
      head: t.status,
      narrow: true,
      cell: (row) => (
        <Badge tone={toneOf(row.status)}>
          {say(label.status, row.status)}
          {row.short > 0 ? ` ${formatNumber(row.short)}` : ''}
        </Badge>
      ),
    },
    { key: 'payment', head: t.payment, narrow: true, cell: (row) => say(label.payment, row.payment) },
    { key: 'quantity', head: t.quantity, numeric: true, cell: (row) => formatNumber(row.quantity) },
    {
      key: 'total',
      head: t.total,
      numeric: true,
      cell: (row) => <Money yen={row.total} currency={row.currency} />,
    },
    {
      key: 'owed',
      head: t.owed,
      numeric: true,
      cell: (row) =>
        row.owed === 0 ? <span className="quiet">0</span> : <Money yen={row.owed} currency={row.currency} />,
    },
    {
      key: 'captured',
      head: t.captured,
      numeric: true,
      cell: (row) =>
        row.captured === 0 ? (
          <span className="quiet">0</span>
        ) : (
          <Money yen={row.captured} currency={row.currency} />
        ),
    },
    {
      key: 'refunded',
      head: t.refunded,
      numeric: true,
      cell: (row) =>
        row.refunded === 0 ? (
          <span className="quiet">0</span>
        ) : (
          <Money yen={row.refunded} currency={row.currency} />
        ),
    },
  ]
  const list = (
    <>
      <Table
        label={t.title}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.order)}
        selected={selection.shown}
        onSelect={selection.pick}
        returnTo={returnTo}
        onOpen={(row) => {
          leave(String(row.order))
          void navigate({ to: '/orders/$order', params: { order: String(row.order) } })
        }}
        empty={
          <EmptyState
            title={t.empty}
            why={t.emptyWhy}
            action={<Button onClick={() => void navigate({ to: '/orders', search: {} })}>{t.clear}</Button>}
          />
        }
        error={unread(found)}
      />
      <Pager busy={found.isPlaceholderData} onPrevious={onPrevious} onNext={onNext} />
      <BulkOrders selection={selection} filter={filter} onBegun={setRun} />
    </>
  )
  return (
    <>
      <PageHeader title={t.title} words={t.lead} />
      <Views list="orders" search={search} />
      <div className="filters">
        <SearchField
          value={search.q}
          label={t.sought}
          hint={t.numberHint}
          find={t.find}
          group={t.list}
          maxLength={254}
          onGo={(q) => go({ q })}
        />
        <Field label={t.from}>
          <TextInput
            type="date"
            value={search.from ?? ''}
            onChange={(from) => go({ from: from || undefined, until: undefined })}
          />
        </Field>
        <Field label={t.to}>
          <TextInput
            type="date"
            value={search.to ?? ''}
            onChange={(to) => go({ to: to || undefined, until: undefined })}
          />
        </Field>
        {search.until ? (
          <p className="ui-actions">
            <Badge>
              {t.until} <DateTime at={search.until} />
            </Badge>
            <Button variant="quiet" onClick={() => go({ until: undefined })}>
              {t.wholeDay}
            </Button>
          </p>
        ) : null}
        <Field label={t.channel}>
          <Select
            options={[
              { value: '', label: t.anyChannel },
              ...channels.map((value) => ({ value, label: say(label.channel, value) })),
            ]}
            value={search.channel ?? ''}
            onChange={(channel) => go({ channel: channel || undefined })}
          />
        </Field>
      </div>
      {run === undefined ? null : (
        <div className="bulk-run">
          <BulkRun key={run} id={run} onClose={() => setRun(undefined)} />
        </div>
      )}
      <Tabs
        label={t.statuses}
        value={status}
        onChange={(next) => go({ status: next === 'all' ? undefined : next })}
        tabs={statuses.map((value) => ({
          value,
          label: label.status[value],
          content: value === status ? list : null,
        }))}
      />
    </>
  )
}
