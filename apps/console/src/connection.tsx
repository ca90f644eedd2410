import type { Answers, Connection, ConnectorKind, ConnectorMessage } from '@akinai/client'
import {
  Badge,
  Button,
  Checkbox,
  createText,
  DateTime,
  EmptyState,
  Field,
  formatNumber,
  Loading,
  NumberInput,
  PageHeader,
  Panel,
  Select,
  Table,
  TextInput,
  useLang,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { StateBadge } from './connections.tsx'
import { Facts } from './facts.tsx'
import { Edits } from './edits.tsx'
import { Failure, Forbidden, unread } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { Listings } from './listings.tsx'
import { useMay } from './me.tsx'

const words = createText({
  ja: {
    state: '状況',
    verified: '照合元',
    unverified: '相手先の資料では未確認です。',
    worked: '最後に成功した日時',
    tried: '最後に試した日時',
    next: '次に試す日時',
    read: '受注を読んだ時点',
    lag: '遅れ（秒）',
    waitingIn: '取り込み待ち',
    waitingOut: '送信待ち（出荷）',
    untold: '送信待ち（在庫）',
    listed: '出品',
    tryIt: 'つないでみる',
    runNow: 'いま動かす',
    ran: '動かしました。',
    busy: 'いま動いています。終わり次第もう一度動かします。',
    settings: '設定',
    save: '設定を保存する',
    saved: '設定を保存しました。',
    active: 'この連携を動かす',
    secretThere: '保存済みです。変えるときだけ入力してください。値は表示できません。',
    secretMissing: 'まだありません。',
    moved: 'アドレスを変えると、鍵の入れ直しが必要です。',
    aside: '保留',
    asideLead: '読み取れなかったもの、受け付けられなかったものです。直したあとに、もう一度処理できます。',
    asideNone: '保留はありません。',
    number: '番号',
    what: '種類',
    external: '相手先の番号',
    why: '理由',
    place: '項目',
    at: '日時',
    acts: '操作',
    again: 'もう一度',
    all: 'すべてもう一度',
    range: '範囲を指定',
    from: 'この番号から',
    to: 'この番号まで',
    replayed: (n: number) => `${n}件をもう一度処理します。`,
    limits: '呼び出しの上限',
    operation: '操作名',
    rate: '毎秒',
    burst: '続けて',
    left: '残り',
    calls: '最近の呼び出し',
    status: '結果',
    ms: 'ミリ秒',
    tries: '回数',
    noCalls: '呼び出しはまだありません。',
    in: '受信',
    out: '送信',
    never: 'まだありません',
  },
  en: {
    state: 'Standing',
    verified: 'Checked against',
    unverified: 'Unverified against the vendor.',
    worked: 'Last success',
    tried: 'Last tried',
    next: 'Next try',
    read: 'Orders read until',
    lag: 'Behind (seconds)',
    waitingIn: 'Waiting to come in',
    waitingOut: 'Shipments waiting to go out',
    untold: 'Stock waiting to go out',
    listed: 'Listed',
    tryIt: 'Try it',
    runNow: 'Run now',
    ran: 'Done.',
    busy: 'It is running. It will run once more at the end.',
    settings: 'Settings',
    save: 'Save settings',
    saved: 'Settings saved.',
    active: 'Run this connection',
    secretThere: 'Kept. Fill in only to change it; it cannot be shown.',
    secretMissing: 'Not there yet.',
    moved: 'When an address changes, the keys are needed anew.',
    aside: 'Set aside',
    asideLead: 'What could not be read or was not accepted. Once mended, it can be done again.',
    asideNone: 'Nothing is set aside.',
    number: 'Number',
    what: 'Kind',
    external: 'Their number',
    why: 'Why',
    place: 'Field',
    at: 'When',
    acts: 'Actions',
    again: 'Again',
    all: 'All again',
    range: 'A range',
    from: 'From number',
    to: 'To number',
    replayed: (n: number) => `${n} will be done again.`,
    limits: 'Limits',
    operation: 'Operation',
    rate: 'A second',
    burst: 'At once',
    left: 'Left',
    calls: 'Last calls',
    status: 'Result',
    ms: 'ms',
    tries: 'Tries',
    noCalls: 'No calls yet.',
    in: 'in',
    out: 'out',
    never: 'Not yet',
  },
})
type Whole = Answers['connector']

export function ConnectionPage() {
  const may = useMay()
  return may('connectors.read') ? <Page /> : <Forbidden />
}

function Page() {
  const { connection: name } = useParams({ from: '/connectors/$connection' })
  const found = useQuery({
    queryKey: ['connector', name],
    queryFn: () => api.connector({ connection: name }),
    refetchInterval: 5000,
  })
  const kinds = useQuery({ queryKey: ['connectors'], queryFn: () => api.connectors() })
  if (found.error && !found.data) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data || !kinds.data) return <Loading />
  const kind = kinds.data.kinds.find((k) => k.name === found.data.connection.connector)
  return <Shown whole={found.data} kind={kind} />
}

function Shown({ whole, kind }: { whole: Whole; kind: ConnectorKind | undefined }) {
  const t = useText(words)
  const may = useMay()
  const toast = useToast()
  const { connection: c } = whole
  const trial = useMutation({
    networkMode: 'always',
    mutationFn: () => api.connectorTry({ connection: c.connection }),
    onSettled: () => refresh(),
  })
  const run = useMutation({
    networkMode: 'always',
    mutationFn: () => api.connectorRun({ connection: c.connection }),
    onSuccess: async ({ ran }) => {
      toast({ title: ran ? t.ran : t.busy })
      await refresh()
    },
  })
  return (
    <>
      <PageHeader
        title={c.connection}
        words={c.verified ? `${t.verified}: ${c.verified}` : t.unverified}
        actions={
          may('connectors.write') ? (
            <>
              <Button busy={run.isPending} onClick={() => run.mutate()}>
                {t.runNow}
              </Button>
              <Button variant="primary" busy={trial.isPending} onClick={() => trial.mutate()}>
                {t.tryIt}
              </Button>
            </>
          ) : undefined
        }
      />
      <div className="stack">
        {trial.error ? <Failure error={trial.error} /> : null}
        {trial.data ? (
          <output className="verdict">
            <Badge tone={trial.data.works ? 'ok' : 'error'}>{trial.data.words}</Badge>
          </output>
        ) : null}
        <Standing connection={c} />
        <Aside name={c.connection} />
        {kind?.can.levels ? <Listings name={c.connection} item={kind.item} /> : null}
        {kind && may('connectors.write') ? (
          <Settings key={JSON.stringify(whole.secrets)} whole={whole} kind={kind} />
        ) : null}
        <Limits whole={whole} />
        <Calls whole={whole} />
      </div>
    </>
  )
}

function Standing({ connection: c }: { connection: Connection }) {
  const t = useText(words)
  const at = (moment: string | null) => (moment ? <DateTime at={moment} /> : t.never)
  const facts = [
    [t.worked, at(c.worked_at)],
    [t.tried, at(c.tried_at)],
    [t.next, at(c.next_at)],
    [t.read, at(c.read_until)],
    [t.lag, formatNumber(c.lag_seconds)],
    [t.waitingIn, formatNumber(c.waiting_in)],
    [t.waitingOut, formatNumber(c.waiting_out)],
    [t.untold, formatNumber(c.untold)],
    [t.listed, formatNumber(c.listed)],
  ] as const
  return (
    <Panel title={t.state}>
      <p>
        <StateBadge connection={c} />
      </p>
      {c.failure ? (
        <output>
          {c.failure.words}{' '}
          <small className="quiet">
            {c.failure.operation} {c.failure.status}
          </small>
        </output>
      ) : null}
      <Facts of={facts} />
    </Panel>
  )
}

function Aside({ name }: { name: string }) {
  const t = useText(words)
  const may = useMay()
  const toast = useToast()
  const keep = useKeeper()
  const [asking, setAsking] = useState(false)
  const [from, setFrom] = useState<number | null>(null)
  const [to, setTo] = useState<number | null>(null)
  const found = useQuery({
    queryKey: ['connector', name, 'aside'],
    queryFn: () => api.connectorMessages({ connection: name, state: 'quarantined', limit: 50 }),
    refetchInterval: 5000,
  })
  async function replay(range: { from?: number; to?: number }) {
    const { replayed } = await keep({ name, ...range }, (key) =>
      api.connectorReplay({ connection: name, ...range }, { key }),
    )
    toast({ title: t.replayed(replayed) })
    await refresh()
  }
  const again = useMutation({ networkMode: 'always', mutationFn: replay })
  const writes = may('connectors.write')
  const columns: Column<ConnectorMessage>[] = [
    { key: 'number', head: t.number, numeric: true, cell: (row) => row.message },
    { key: 'what', head: t.what, cell: (row) => `${row.way === 'in' ? t.in : t.out} ${row.kind}` },
    { key: 'external', head: t.external, cell: (row) => <code>{row.external_id}</code> },
    { key: 'why', head: t.why, cell: (row) => row.words ?? row.reason },
    { key: 'place', head: t.place, cell: (row) => <code>{row.place}</code> },
    { key: 'at', head: t.at, narrow: true, cell: (row) => <DateTime at={row.at} /> },
    ...(writes
      ? [
          {
            key: 'acts',
            head: t.acts,
            narrow: true,
            cell: (row: ConnectorMessage) => (
              <Button
                busy={again.isPending}
                onClick={() => again.mutate({ from: row.message, to: row.message })}
              >
                {t.again}
              </Button>
            ),
          },
        ]
      : []),
  ]
  const some = (found.data?.items.length ?? 0) > 0
  return (
    <Panel title={t.aside}>
      <p>{t.asideLead}</p>
      {again.error ? <Failure error={again.error} /> : null}
      <Table
        {...(writes && some ? {} : { plain: true as const })}
        label={t.aside}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.message)}
        empty={<EmptyState title={t.asideNone} />}
        error={unread(found)}
      />
      {writes && some ? (
        <p className="ui-actions">
          <Button onClick={() => setAsking(true)}>{t.range}</Button>{' '}
          <Button busy={again.isPending} onClick={() => again.mutate({})}>
            {t.all}
          </Button>
        </p>
      ) : null}
      <FormDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t.range}
        submit={t.again}
        disabled={from === null || to === null || from > to}
        onSubmit={() => replay({ from: from ?? 1, to: to ?? 1 })}
      >
        <Field label={t.from}>
          <NumberInput value={from} onChange={setFrom} min={1} />
        </Field>
        <Field label={t.to}>
          <NumberInput value={to} onChange={setTo} min={1} />
        </Field>
      </FormDialog>
    </Panel>
  )
}

function Settings({ whole, kind }: { whole: Whole; kind: ConnectorKind }) {
  const t = useText(words)
  const { lang } = useLang()
  const toast = useToast()
  const { connection: c } = whole
  const [before, setBefore] = useState({ active: c.active, settings: whole.settings })
  const [active, setActive] = useState(c.active)
  const [settings, setSettings] = useState<Record<string, string>>({ ...whole.settings })
  const [secrets, setSecrets] = useState<Record<string, string>>({})
  const isDirty =
    JSON.stringify({ active, settings }) !== JSON.stringify(before) ||
    Object.values(secrets).some((value) => value !== '')
  const save = useMutation({
    networkMode: 'always',
    mutationFn: () =>
      api.connectorSave({ connection: c.connection, connector: kind.name, active, settings, secrets }),
    onSuccess: async () => {
      setSecrets({})
      setBefore({ active, settings })
      toast({ title: t.saved })
      await refresh()
    },
  })
  return (
    <Panel title={t.settings}>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Checkbox label={t.active} checked={active} onChange={setActive} />
        {kind.settings.map((s) => {
          const label = s.label[lang]
          const set = (value: string) =>
            s.kind === 'secret'
              ? setSecrets((all) => ({ ...all, [s.name]: value }))
              : setSettings((all) => ({ ...all, [s.name]: value }))
          const hint = [
            s.hint?.[lang],
            s.kind === 'secret' && (whole.secrets.includes(s.name) ? t.secretThere : t.secretMissing),
            s.kind === 'url' && t.moved,
          ]
            .filter(Boolean)
            .join(' ')
          return (
            <Field key={s.name} label={label} hint={hint || undefined}>
              {s.kind === 'choice' ? (
                <Select
                  value={settings[s.name] ?? s.standard ?? ''}
                  onChange={set}
                  options={(s.choices ?? []).map((value) => ({ value, label: value }))}
                />
              ) : (
                <TextInput
                  value={(s.kind === 'secret' ? secrets[s.name] : (settings[s.name] ?? s.standard)) ?? ''}
                  type={s.kind === 'secret' ? 'password' : 'text'}
                  autoComplete={s.kind === 'secret' ? 'new-password' : 'off'}
                  onChange={set}
                />
              )}
            </Field>
          )
        })}
        {save.error ? <Failure error={save.error} /> : null}
        <p>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {t.save}
          </Button>
        </p>
      </form>
      <Edits
        dirty={isDirty}
        busy={save.isPending}
        onSave={() => save.mutate()}
        onDiscard={() => {
          setActive(before.active)
          setSettings({ ...before.settings })
          setSecrets({})
          save.reset()
        }}
      />
    </Panel>
  )
}

function Limits({ whole }: { whole: Whole }) {
  const t = useText(words)
  const columns: Column<Whole['limits'][number]>[] = [
    { key: 'operation', head: t.operation, cell: (row) => <code>{row.operation}</code> },
    { key: 'rate', head: t.rate, numeric: true, cell: (row) => row.rate },
    { key: 'burst', head: t.burst, numeric: true, cell: (row) => formatNumber(row.burst) },
    { key: 'left', head: t.left, numeric: true, cell: (row) => formatNumber(row.left) },
  ]
  return (
    <Panel title={t.limits}>
      <Table
        plain
        label={t.limits}
        columns={columns}
        rows={whole.limits}
        rowKey={(row) => row.operation}
        empty={null}
      />
    </Panel>
  )
}

function Calls({ whole }: { whole: Whole }) {
  const t = useText(words)
  const columns: Column<Whole['exchanges'][number]>[] = [
    { key: 'at', head: t.at, narrow: true, cell: (row) => <DateTime at={row.at} /> },
    { key: 'operation', head: t.operation, cell: (row) => <code>{row.operation}</code> },
    { key: 'status', head: t.status, cell: (row) => row.words ?? row.status },
    { key: 'ms', head: t.ms, numeric: true, cell: (row) => formatNumber(row.ms) },
    { key: 'tries', head: t.tries, numeric: true, cell: (row) => formatNumber(row.tries) },
  ]
  return (
    <Panel title={t.calls}>
      <Table
        plain
        label={t.calls}
        columns={columns}
        rows={whole.exchanges}
        rowKey={(row) => String(row.id)}
        empty={<EmptyState title={t.noCalls} />}
      />
    </Panel>
  )
}
