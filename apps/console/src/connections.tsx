import type { Connection, ConnectorKind } from '@akinai/client'
import {
  Badge,
  Button,
  createText,
  DateTime,
  EmptyState,
  Field,
  formatNumber,
  PageHeader,
  Select,
  Table,
  TextInput,
  useLang,
  useText,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './api.ts'
import { useLeft } from './back.ts'
import { Forbidden, unread } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useMay } from './me.tsx'

const words = createText({
  ja: {
    title: '外部連携',
    lead: 'モールなど外部のシステムとのやり取りです。相手先が止まっても、店の販売は止まりません。',
    add: '連携を加える',
    name: '名前',
    nameHint: '半角英小文字・数字・ハイフン。受注の経路（mall:名前）になります。',
    kind: '種類',
    state: '状態',
    worked: '最後に成功した日時',
    lag: '遅れ（秒）',
    aside: '保留',
    waiting: '待ち',
    on: '稼働中',
    off: '停止中',
    failing: '失敗しています',
    empty: '連携はまだありません。',
    emptyWhy: '「連携を加える」から設定できます。',
    never: 'まだありません',
  },
  en: {
    title: 'Connections',
    lead: 'What goes to and comes from malls and other systems. Selling goes on when one of them is down.',
    add: 'Add a connection',
    name: 'Name',
    nameHint: 'Small letters, digits and hyphens. Orders come in as mall:NAME.',
    kind: 'Kind',
    state: 'State',
    worked: 'Last success',
    lag: 'Behind (seconds)',
    aside: 'Set aside',
    waiting: 'Waiting',
    on: 'Active',
    off: 'Stopped',
    failing: 'Failing',
    empty: 'There are no connections yet.',
    emptyWhy: '“Add a connection” sets one up.',
    never: 'Not yet',
  },
})

export function Connections() {
  const may = useMay()
  return may('connectors.read') ? <ConnectionList /> : <Forbidden />
}

export function StateBadge({ connection }: { connection: Connection }) {
  const t = useText(words)
  if (!connection.active) return <Badge>{t.off}</Badge>
  return connection.failure ? <Badge tone="error">{t.failing}</Badge> : <Badge tone="ok">{t.on}</Badge>
}

function ConnectionList() {
  const t = useText(words)
  const { lang } = useLang()
  const may = useMay()
  const navigate = useNavigate()
  const { returnTo, leave } = useLeft('connections')
  const [adding, setAdding] = useState(false)
  const found = useQuery({
    queryKey: ['connectors'],
    queryFn: () => api.connectors(),
    refetchInterval: 5000,
  })
  const columns: Column<Connection>[] = [
    {
      key: 'name',
      head: t.name,
      cell: (row) => (
        <Link to="/connectors/$connection" params={{ connection: row.connection }}>
          {row.connection}
        </Link>
      ),
    },
    { key: 'kind', head: t.kind, cell: (row) => row.label[lang] },
    { key: 'state', head: t.state, narrow: true, cell: (row) => <StateBadge connection={row} /> },
    {
      key: 'worked',
      head: t.worked,
      narrow: true,
      cell: (row) => (row.worked_at ? <DateTime at={row.worked_at} /> : t.never),
    },
    { key: 'lag', head: t.lag, numeric: true, cell: (row) => formatNumber(row.lag_seconds) },
    {
      key: 'waiting',
      head: t.waiting,
      numeric: true,
      cell: (row) => formatNumber(row.waiting_in + row.waiting_out + row.untold),
    },
    { key: 'aside', head: t.aside, numeric: true, cell: (row) => formatNumber(row.quarantined) },
  ]
  const failed = unread(found)
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={
          may('connectors.write') ? (
            <Button variant="primary" disabled={!found.data} onClick={() => setAdding(true)}>
              {t.add}
            </Button>
          ) : undefined
        }
      />
      <Table
        label={t.title}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => row.connection}
        returnTo={returnTo}
        onOpen={(row) => {
          leave(row.connection)
          void navigate({ to: '/connectors/$connection', params: { connection: row.connection } })
        }}
        empty={<EmptyState title={t.empty} why={t.emptyWhy} />}
        error={failed}
      />
      {found.data ? <Add open={adding} onClose={() => setAdding(false)} kinds={found.data.kinds} /> : null}
    </>
  )
}

function Add({
  open,
  onClose,
  kinds,
}: {
  open: boolean
  onClose: () => void
  kinds: readonly ConnectorKind[]
}) {
  const t = useText(words)
  const { lang } = useLang()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [kind, setKind] = useState(kinds[0]?.name ?? '')
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title={t.add}
      submit={t.add}
      disabled={!/^[a-z0-9_-]{2,30}$/.test(name)}
      onSubmit={async () => {
        await api.connectorSave({
          connection: name,
          connector: kind,
          active: false,
          settings: {},
          secrets: {},
        })
        await navigate({ to: '/connectors/$connection', params: { connection: name } })
      }}
    >
      <Field label={t.name} hint={t.nameHint}>
        <TextInput value={name} onChange={setName} />
      </Field>
      <Field label={t.kind}>
        <Select
          value={kind}
          onChange={setKind}
          options={kinds.map((k) => ({ value: k.name, label: k.label[lang] }))}
        />
      </Field>
    </FormDialog>
  )
}
