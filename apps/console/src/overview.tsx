import {
  createText,
  DateTime,
  formatMoney,
  formatNumber,
  Loading,
  PageHeader,
  Panel,
  Table,
  useText,
  type Column,
} from '@akinai/ui'
import type { Answers } from '@akinai/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from './api.ts'
import { Facts } from './facts.tsx'
import { Failure, Forbidden } from './failure.tsx'
import { many } from './figure.tsx'
import { labels, say } from './labels.ts'
import { useMay } from './me.tsx'
import { StepsLeft } from './setup.tsx'

const words = createText({
  ja: {
    title: '概況',
    lead: '今日のここまでを、先週の同じ曜日の同じ時刻までと比べます。数字を押すと、その注文が開きます。',
    today: '今日の売上',
    waiting: '対応を待つ注文',
    channel: '経路',
    orders: '件数',
    total: '金額',
    before: (date: string) => `${date} 件数`,
    totalBefore: (date: string) => `${date} 金額`,
    change: '増減',
    all: '合計',
    none: '今日も先週の同じ曜日も、まだ注文はありません。',
    nothing: '待っている注文はありません。',
    open: (what: string) => `${what}の注文を開く`,
    asOf: '時点',
  },
  en: {
    title: 'Overview',
    lead: 'Today so far beside the same hours of the same weekday a week ago. A number opens its orders.',
    today: 'Sold today',
    waiting: 'Orders that wait for somebody',
    channel: 'Channel',
    orders: 'Orders',
    total: 'Amount',
    before: (date: string) => `Orders, ${date}`,
    totalBefore: (date: string) => `Amount, ${date}`,
    change: 'Change',
    all: 'All',
    none: 'No order yet, neither today nor on this weekday a week ago.',
    nothing: 'Nothing waits.',
    open: (what: string) => `Open the orders: ${what}`,
    asOf: 'As of',
  },
})
type Told = Answers['overview']
type Row = Told['channels'][number]

export function Overview() {
  const may = useMay()
  return may('orders.read') ? <Today /> : <Forbidden />
}

function Today() {
  const t = useText(words)
  const label = useText(labels)
  const may = useMay()
  const found = useQuery({ queryKey: ['overview'], queryFn: () => api.overview(), refetchInterval: 30_000 })
  if (found.error && !found.data)
    return (
      <>
        <PageHeader title={t.title} />
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      </>
    )
  if (!found.data) return <Loading lines={6} />
  const { day, before, before_until, channels, waiting } = found.data
  const sum = channels.reduce(
    (all, c) => ({
      ...all,
      orders: all.orders + c.orders,
      total: all.total + c.total,
      orders_before: all.orders_before + c.orders_before,
      total_before: all.total_before + c.total_before,
    }),
    { channel: '', orders: 0, total: 0, orders_before: 0, total_before: 0 },
  )
  const rows = channels.length > 1 ? [...channels, sum] : channels
  const short = (date: string) => date.slice(5).replace('-', '/')
  const to = (row: Row, on: string, text: string) => (
    <Link
      to="/orders"
      search={{
        status: 'sold',
        ...(row.channel && { channel: row.channel }),
        from: on,
        to: on,
        ...(on === before && { until: before_until }),
      }}
      aria-label={`${row.channel ? say(label.channel, row.channel) : t.all} ${short(on)} ${text}`}
    >
      {text}
    </Link>
  )
  const columns: Column<Row>[] = [
    {
      key: 'channel',
      head: t.channel,
      narrow: true,
      cell: (row) => (row.channel ? say(label.channel, row.channel) : <strong>{t.all}</strong>),
    },
    { key: 'orders', head: t.orders, numeric: true, cell: (row) => to(row, day, formatNumber(row.orders)) },
    {
      key: 'total',
      head: t.total,
      numeric: true,
      cell: (row) => to(row, day, formatMoney(row.total)),
    },
    {
      key: 'before',
      head: t.before(short(before)),
      numeric: true,
      cell: (row) => to(row, before, formatNumber(row.orders_before)),
    },
    {
      key: 'totalBefore',
      head: t.totalBefore(short(before)),
      numeric: true,
      cell: (row) => to(row, before, formatMoney(row.total_before)),
    },
    { key: 'change', head: t.change, numeric: true, cell: (row) => changeOf(row) },
  ]
  return (
    <>
      <PageHeader title={t.title} words={t.lead} />
      <div className="stack">
        {may('settings.write') ? <StepsLeft /> : null}
        <Panel title={t.waiting}>
          {waiting.every((w) => w.orders === 0) ? <p>{t.nothing}</p> : null}
          <Facts
            large
            of={waiting.map((w) => [
              label.status[w.status],
              <Link
                key={w.status}
                to="/orders"
                search={{ status: w.status }}
                aria-label={t.open(`${label.status[w.status]} ${many(w.orders)}`)}
              >
                {many(w.orders)}
              </Link>,
            ])}
          />
        </Panel>
        <Panel title={t.today}>
          {rows.length === 0 ? (
            <p>{t.none}</p>
          ) : (
            <Table
              label={t.today}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.channel || 'all'}
              empty={null}
            />
          )}
          <p className="quiet">
            {t.asOf} <DateTime at={new Date(found.dataUpdatedAt).toISOString()} />
          </p>
        </Panel>
      </div>
    </>
  )
}
function changeOf(row: Row): string {
  if (row.total_before === 0) return '–'
  const percent = Math.round((100 * (row.total - row.total_before)) / row.total_before)
  return `${percent > 0 ? '+' : ''}${formatNumber(percent)} %`
}
