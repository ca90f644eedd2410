import type { Follower, Holder } from '@akinai/client'
import {
  Badge,
  Button,
  createText,
  DateTime,
  EmptyState,
  formatNumber,
  PageHeader,
  Panel,
  Table,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, refresh } from './api.ts'
import { Failure, Forbidden, unread } from './failure.tsx'
import { useMay } from './me.tsx'

const words = createText({
  ja: {
    title: '連携状況',
    lead: '記録された出来事を追いかけて、一覧を作ったりポイントを付けたりする仕組みの状態です。',
    name: '名前',
    state: '状態',
    behind: '遅れ（件）',
    seconds: '遅れ（秒）',
    failures: '失敗',
    moved: '最後に進んだ日時',
    generation: '世代',
    acts: '操作',
    live: '稼働中',
    building: '作り直し中',
    failing: '失敗しています',
    rebuild: '作り直す',
    rebuilt: '作り直しを始めました。',
    rebuiltWords: '終わるまで、いまの一覧がそのまま使われます。',
    does_: {
      'order-rows': '受注の一覧を作る',
      'points-on-shipment': '出荷に応じてポイントを付ける',
      'erasure-file': '消去したお客様の番号を控える',
      'levels-moved': '在庫と価格の変化をモールへ伝える',
      'parcels-out': '出荷をモールへ伝える',
      mail: 'お客様へのメールを用意する',
      webhooks: 'Webhook の送信を用意する',
    },
    other: 'その他',
    empty: '追いかけている仕組みはありません。',
    holders: '進行を妨げている処理',
    noHolders: '妨げている処理はありません。',
    shopfront: '店頭（ショップ）の品揃え',
    freshAt: 'この時点まで反映済み',
    pid: '番号',
    application: '処理',
    for: '経過（秒）',
    query: '内容',
  },
  en: {
    title: 'Followers',
    lead: 'What follows the recorded events, to make lists and give points, and how far it has come.',
    name: 'Name',
    state: 'State',
    behind: 'Behind (events)',
    seconds: 'Behind (seconds)',
    failures: 'Failures',
    moved: 'Last moved',
    generation: 'Generation',
    acts: 'Actions',
    live: 'Live',
    building: 'Rebuilding',
    failing: 'Failing',
    rebuild: 'Rebuild',
    rebuilt: 'The rebuild has begun.',
    rebuiltWords: 'The present list stays in use until it is done.',
    does_: {
      'order-rows': 'Makes the list of orders',
      'points-on-shipment': 'Gives points for shipments',
      'erasure-file': 'Notes the numbers of customers who were erased',
      'levels-moved': 'Tells malls of stock and prices that changed',
      'parcels-out': 'Tells malls what was sent',
      mail: 'Prepares letters to customers',
      webhooks: 'Prepares webhook messages',
    },
    other: 'Other',
    empty: 'Nothing follows the events.',
    holders: 'What holds them up',
    noHolders: 'Nothing holds them up.',
    shopfront: 'The shop window',
    freshAt: 'Shows everything until',
    pid: 'Process',
    application: 'Program',
    for: 'For (seconds)',
    query: 'Doing',
  },
})

export function Followers() {
  const may = useMay()
  return may('followers.read') ? <FollowerList /> : <Forbidden />
}

function FollowerList() {
  const t = useText(words)
  const may = useMay()
  const toast = useToast()
  const found = useQuery({ queryKey: ['followers'], queryFn: () => api.followers(), refetchInterval: 5000 })
  const rebuild = useMutation({
    networkMode: 'always',
    mutationFn: () => api.followerRebuild({ name: 'order-rows' }),
    onSuccess: async () => {
      toast({ title: t.rebuilt, words: t.rebuiltWords })
      await refresh()
    },
  })
  const does = (name: string) => {
    const known: Readonly<Record<string, string>> = t.does_
    return known[name] ?? t.other
  }
  const columns: Column<Follower>[] = [
    {
      key: 'name',
      head: t.name,
      cell: (row) => (
        <>
          {does(row.name)} <small className="quiet">{row.name}</small>
        </>
      ),
    },
    {
      key: 'state',
      head: t.state,
      narrow: true,
      cell: (row) =>
        row.failures > 0 ? (
          <Badge tone="error">{t.failing}</Badge>
        ) : row.state === 'live' ? (
          <Badge tone="ok">{t.live}</Badge>
        ) : (
          <Badge tone="accent">{t.building}</Badge>
        ),
    },
    { key: 'behind', head: t.behind, numeric: true, cell: (row) => formatNumber(row.behind) },
    {
      key: 'seconds',
      head: t.seconds,
      numeric: true,
      cell: (row) => formatNumber(Math.round(row.behind_seconds)),
    },
    {
      key: 'failures',
      head: t.failures,
      numeric: true,
      cell: (row) => (
        <>
          {formatNumber(row.failures)} {row.failure ? <small className="quiet">{row.failure}</small> : null}
        </>
      ),
    },
    { key: 'generation', head: t.generation, numeric: true, cell: (row) => row.generation },
    {
      key: 'moved',
      head: t.moved,
      narrow: true,
      cell: (row) => (row.moved_at ? <DateTime at={row.moved_at} /> : null),
    },
    ...(may('followers.write')
      ? [
          {
            key: 'acts',
            head: t.acts,
            narrow: true,
            cell: (row: Follower) =>
              row.name === 'order-rows' && row.state === 'live' ? (
                <Button busy={rebuild.isPending} onClick={() => rebuild.mutate()}>
                  {t.rebuild}
                </Button>
              ) : null,
          },
        ]
      : []),
  ]
  const failed = unread(found)
  return (
    <>
      <PageHeader title={t.title} words={t.lead} />
      <div className="stack">
        {rebuild.error ? <Failure error={rebuild.error} onRetry={() => rebuild.mutate()} /> : null}
        <Table
          label={t.title}
          columns={columns}
          rows={found.data?.items}
          rowKey={(row) => `${row.name} ${row.generation}`}
          empty={<EmptyState title={t.empty} />}
          error={failed}
        />
        {found.data ? (
          <div className="columns">
            <Panel title={t.holders}>
              <Holders holders={found.data.holders} />
            </Panel>
            <Panel title={t.shopfront}>
              <p>
                {t.freshAt} <DateTime at={found.data.shopfront.fresh_at} />
              </p>
            </Panel>
          </div>
        ) : null}
      </div>
    </>
  )
}

function Holders({ holders }: { holders: readonly Holder[] }) {
  const t = useText(words)
  if (holders.length === 0) return <p>{t.noHolders}</p>
  const columns: Column<Holder>[] = [
    { key: 'pid', head: t.pid, numeric: true, cell: (row) => row.pid },
    { key: 'application', head: t.application, cell: (row) => row.application },
    {
      key: 'seconds',
      head: t.for,
      numeric: true,
      cell: (row) => (row.seconds === null ? '—' : formatNumber(row.seconds)),
    },
    { key: 'query', head: t.query, cell: (row) => <code>{row.query}</code> },
  ]
  return (
    <Table
      label={t.holders}
      columns={columns}
      rows={holders}
      rowKey={(row) => String(row.pid)}
      empty={null}
    />
  )
}
