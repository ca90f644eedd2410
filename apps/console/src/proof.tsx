import type { Proof as Proven } from '@akinai/client'
import {
  Badge,
  Button,
  createText,
  DateTime,
  EmptyState,
  formatNumber,
  Loading,
  PageHeader,
  Panel,
  Table,
  useText,
  type Column,
} from '@akinai/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'
import { Facts } from './facts.tsx'
import { Failure, Forbidden } from './failure.tsx'
import { useMay } from './me.tsx'

const words = createText({
  ja: {
    title: '照合',
    lead: 'すべての動きを初めから足し直し、残高・注文・一覧と一致するかを確かめます。毎晩自動で行います。',
    run: '照合する',
    last: '最後の照合',
    transfers: '動き',
    accounts: '口座',
    events: '出来事',
    differences: '差異',
    balanced: '帳簿は一致しています。',
    unbalanced: '帳簿に差異があります。管理者にお知らせください。注文の受け付けは続いています。',
    never: 'まだ照合していません。',
    neverWhy: '「照合する」を押すと、いまの帳簿を確かめます。',
    check: '確かめたこと',
    what: '場所',
    expected: 'あるべき値',
    found: '見つかった値',
    more: 'ほかにも差異があります。はじめのものだけを表示しています。',
  },
  en: {
    title: 'Proof',
    lead: 'Adds every movement again from the start and compares balances, orders and lists. Done each night by itself.',
    run: 'Prove the books',
    last: 'Last proof',
    transfers: 'Movements',
    accounts: 'Accounts',
    events: 'Events',
    differences: 'Differences',
    balanced: 'The books balance.',
    unbalanced: 'The books differ. Tell an administrator. Orders are still taken.',
    never: 'Nothing has been proved yet.',
    neverWhy: '“Prove the books” checks them as they are now.',
    check: 'What was checked',
    what: 'Where',
    expected: 'Expected',
    found: 'Found',
    more: 'There are more differences. Only the first are shown.',
  },
})

export function Proof() {
  const may = useMay()
  return may('proof.read') ? <Proofs /> : <Forbidden />
}

function Proofs() {
  const t = useText(words)
  const queries = useQueryClient()
  const found = useQuery({ queryKey: ['proof'], queryFn: () => api.proof() })
  const prove = useMutation({
    networkMode: 'always',
    mutationFn: () => api.proofRun(),
    onSuccess: (answer) => queries.setQueryData(['proof'], answer),
  })
  const proof = found.data?.proof
  const run = (
    <Button variant="primary" busy={prove.isPending} onClick={() => prove.mutate()}>
      {t.run}
    </Button>
  )
  return (
    <>
      <PageHeader title={t.title} words={t.lead} actions={run} />
      <div className="stack">
        {prove.error ? <Failure error={prove.error} onRetry={() => prove.mutate()} /> : null}
        {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.isPending ? <Loading /> : null}
        {found.data && !proof ? <EmptyState title={t.never} why={t.neverWhy} /> : null}
        {proof ? <Proved proof={proof} /> : null}
      </div>
    </>
  )
}

function Proved({ proof }: { proof: Proven }) {
  const t = useText(words)
  const columns: Column<Proven['differences'][number]>[] = [
    { key: 'check', head: t.check, cell: (row) => row.check },
    { key: 'what', head: t.what, cell: (row) => <code>{row.what}</code> },
    { key: 'expected', head: t.expected, numeric: true, cell: (row) => row.expected },
    { key: 'found', head: t.found, numeric: true, cell: (row) => row.found },
  ]
  const figures = [
    [t.transfers, formatNumber(proof.transfers)],
    [t.accounts, formatNumber(proof.accounts)],
    [t.events, formatNumber(proof.events)],
    [t.differences, formatNumber(proof.differences.length)],
  ] as const
  const isBalanced = proof.differences.length === 0
  return (
    <>
      <Panel title={t.last}>
        <output className="verdict">
          <Badge tone={isBalanced ? 'ok' : 'error'}>{isBalanced ? t.balanced : t.unbalanced}</Badge>{' '}
          <DateTime at={proof.at} />
        </output>
        <Facts of={figures} large />
      </Panel>
      {isBalanced ? null : (
        <>
          <Table
            label={t.differences}
            columns={columns}
            rows={proof.differences}
            rowKey={(row) => `${row.check} ${row.what}`}
            empty={null}
          />
          {proof.more ? <p>{t.more}</p> : null}
        </>
      )}
    </>
  )
}
