import type { Answers, Webhook, WebhookDelivery } from '@akinai/client'
import {
  Badge,
  Button,
  ConfirmDialog,
  DateTime,
  EmptyState,
  Field,
  formatNumber,
  Loading,
  PageHeader,
  Pager,
  Panel,
  Select,
  Table,
  TextInput,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { useAtOnce } from './at-once.ts'
import { Facts } from './facts.tsx'
import { Failure, Forbidden, Refused, unread } from './failure.tsx'
import { many } from './figure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { say } from './labels.ts'
import { useMay } from './me.tsx'
import { cursorOf, paging } from './paging.ts'
import { EndpointForm, Secret, useShopName, type Shown as ShownSecret } from './webhook-form.tsx'
import { failureWords, webhookWords } from './webhook-words.ts'
import { EndpointState, useWebhooks } from './webhooks.tsx'
import { Wrong } from './wrong.tsx'

export function WebhookPage() {
  const may = useMay()
  return may('webhooks.read') ? <Page /> : <Forbidden />
}

function Page() {
  const t = useText(webhookWords)
  const { endpoint: id } = useParams({ from: '/webhooks/$endpoint' })
  const found = useWebhooks()
  if (found.error && !found.data) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const endpoint = found.data.items.find((e) => String(e.endpoint) === id)
  if (!endpoint) return <EmptyState title={t.none} why={t.emptyWhy} />
  return <Shown known={found.data} endpoint={endpoint} />
}

function Shown({ known, endpoint: e }: { known: Answers['webhooks']; endpoint: Webhook }) {
  const t = useText(webhookWords)
  const may = useMay()
  const toast = useToast()
  const keep = useKeeper()
  const atOnce = useAtOnce()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'edit' | 'rotate' | 'archive'>()
  const [secret, setSecret] = useState<ShownSecret>()
  const close = () => setAsking(undefined)
  const trial = useMutation({
    networkMode: 'always',
    mutationFn: () => api.webhookTry({ endpoint: e.endpoint }),
  })
  const turn = useMutation({
    networkMode: 'always',
    mutationFn: async (state: 'on' | 'off') => {
      const { endpoint, url, kinds, shop, version } = e
      const input = { endpoint, url, kinds, shop, version, state }
      await atOnce<Answers['webhooks']>(
        ['webhooks'],
        (seen) =>
          'items' in seen && 'kinds' in seen
            ? {
                ...seen,
                items: seen.items.map((one) => (one.endpoint === endpoint ? { ...one, state } : one)),
              }
            : seen,
        async () => {
          await keep(input, (key) => api.webhookChange(input, { key }))
          toast({ title: state === 'on' ? t.wentOn : t.paused })
        },
      )
    },
  })
  async function rotate() {
    const { secret: made, until } = await keep({ rotate: e.endpoint, version: e.version }, (key) =>
      api.webhookRotate({ endpoint: e.endpoint }, { key }),
    )
    setSecret({ secret: made, until })
    await refresh()
  }
  async function archive() {
    const input = { endpoint: e.endpoint, version: e.version }
    await keep(input, (key) => api.webhookArchive(input, { key }))
    toast({ title: t.archived })
    await refresh()
    await navigate({ to: '/webhooks' })
  }
  const writes = may('webhooks.write')
  const goOn = (
    <Button busy={turn.isPending} onClick={() => turn.mutate('on')}>
      {t.goOn}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={<span className="address">{e.url}</span>}
        back={{
          href: '/console/webhooks',
          label: t.back,
          onClick: (event) => {
            event.preventDefault()
            void navigate({ to: '/webhooks' })
          },
        }}
        actions={
          writes ? (
            <>
              {e.state === 'on' ? (
                <Button busy={turn.isPending} onClick={() => turn.mutate('off')}>
                  {t.pause}
                </Button>
              ) : e.state === 'off' ? (
                goOn
              ) : null}
              <Button onClick={() => setAsking('edit')}>{t.edit}</Button>
              <Button variant="primary" busy={trial.isPending} onClick={() => trial.mutate()}>
                {t.test}
              </Button>
            </>
          ) : undefined
        }
      />
      <div className="stack">
        {e.state === 'broken' ? (
          <div className="ui-error-state" role="alert">
            <h2>{t.brokenOne}</h2>
            <p>{t.brokenWhy}</p>
            <p>{t.brokenTodo}</p>
            {writes ? <p>{goOn}</p> : null}
          </div>
        ) : null}
        {trial.error ? <Failure error={trial.error} /> : null}
        {trial.data ? (
          <output className="verdict">
            <Badge tone={trial.data.ok ? 'ok' : 'error'}>
              {trial.data.ok
                ? t.arrived(trial.data.status ?? 0, formatNumber(trial.data.milliseconds))
                : failureWords(t, trial.data.failure ?? '')}
            </Badge>
          </output>
        ) : null}
        <Standing known={known} endpoint={e} />
        <Panel
          title={t.key}
          actions={writes ? <Button onClick={() => setAsking('rotate')}>{t.rotate}</Button> : undefined}
        >
          <p>{t.keyWords}</p>
          {e.before_until ? (
            <p>
              <strong>
                {t.keyBoth} <DateTime at={e.before_until} />
              </strong>
            </p>
          ) : null}
        </Panel>
        <Deliveries endpoint={e} />
        {writes ? (
          <p>
            <Button variant="danger" onClick={() => setAsking('archive')}>
              {t.archive}
            </Button>
          </p>
        ) : null}
      </div>
      {asking === 'edit' ? (
        <EndpointForm known={known} endpoint={e} onClose={close} onSent={() => toast({ title: t.saved })} />
      ) : null}
      <ConfirmDialog
        open={asking === 'rotate'}
        onClose={close}
        title={t.rotate}
        description={t.rotateWhat}
        confirm={t.rotate}
        danger={false}
        explain={(error) => <Refused error={error} />}
        onConfirm={rotate}
      />
      <ConfirmDialog
        open={asking === 'archive'}
        onClose={close}
        title={t.archiveTitle}
        description={t.archiveWhat}
        confirm={t.archive}
        explain={(error) => <Refused error={error} />}
        onConfirm={archive}
      />
      {secret ? <Secret shown={secret} onClose={() => setSecret(undefined)} /> : null}
    </>
  )
}

function Standing({ known, endpoint: e }: { known: Answers['webhooks']; endpoint: Webhook }) {
  const t = useText(webhookWords)
  const shopName = useShopName()
  const at = (moment: string | null, none: string) => (moment ? <DateTime at={moment} /> : none)
  const facts = [
    [t.delivered, at(e.delivered_at, t.never)],
    [t.since, at(e.failing_since, t.none)],
    [t.waiting, many(e.waiting)],
    [t.retrying, many(e.retrying)],
    [t.dead, many(e.dead)],
    [t.shop, shopName(known.shops, e.shop)],
    [t.kinds, e.kinds ? e.kinds.map((kind) => say(t.event, kind)).join(' / ') : t.kindsAll],
    [t.made, at(e.created_at, t.none)],
  ] as const
  return (
    <Panel title={t.state}>
      <p>
        <EndpointState endpoint={e} />
      </p>
      <Facts of={facts} />
    </Panel>
  )
}

type State = 'all' | WebhookDelivery['state']
type Replay = { events: string[] } | { dead: true } | { from: string; to: string }
const tones = { pending: 'accent', done: 'ok', dead: 'error' } as const
const isEvent = (text: string) => /^evt_\d{1,9}_\d{1,19}_\d{1,16}$/.test(text)

function Deliveries({ endpoint: e }: { endpoint: Webhook }) {
  const t = useText(webhookWords)
  const may = useMay()
  const toast = useToast()
  const [state, setState] = useState<State>('all')
  const [trail, setTrail] = useState<string>()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [range, setRange] = useState<{ from: string; to: string }>()
  const before = cursorOf(trail)
  const found = useQuery({
    queryKey: ['webhooks', e.endpoint, 'deliveries', state, before],
    queryFn: () =>
      api.webhookDeliveries({
        endpoint: e.endpoint,
        ...(state !== 'all' && { state }),
        ...(before && { before }),
        limit: 25,
      }),
    refetchInterval: 5000,
    placeholderData: (last) => last,
  })
  const page = paging(trail, found.data?.next, (next) => {
    setTrail(next)
    setPicked(new Set())
  })
  async function replay(what: Replay) {
    const { again } = await api.webhookReplay({ endpoint: e.endpoint, ...what })
    setPicked(new Set())
    toast({ title: (e.state === 'on' ? t.replayed : t.replayedLater)(formatNumber(again)) })
    await refresh()
  }
  const again = useMutation({ networkMode: 'always', mutationFn: replay })
  const writes = may('webhooks.write')
  const columns: Column<WebhookDelivery>[] = [
    { key: 'at', head: t.at, narrow: true, cell: (row) => <DateTime at={row.created_at} /> },
    {
      key: 'kind',
      head: t.kind,
      cell: (row) => (
        <span className="goods">
          {say(t.event, row.kind)}
          <br />
          <small className="quiet">{row.event}</small>
        </span>
      ),
    },
    {
      key: 'state',
      head: t.state,
      narrow: true,
      cell: (row) => <Badge tone={tones[row.state]}>{row.state === 'dead' ? t.given : t[row.state]}</Badge>,
    },
    { key: 'tries', head: t.tries, numeric: true, cell: (row) => row.attempts },
    {
      key: 'next',
      head: t.next,
      narrow: true,
      cell: (row) => (row.state === 'pending' ? <DateTime at={row.next_at} /> : '–'),
    },
    {
      key: 'answer',
      head: t.answer,
      cell: (row) => (row.failure ? failureWords(t, row.failure) : (row.status ?? '–')),
    },
    ...(writes
      ? [
          {
            key: 'acts',
            head: t.acts,
            narrow: true,
            cell: (row: WebhookDelivery) => (
              <Button
                busy={again.isPending}
                aria-label={`${t.again}: ${row.event}`}
                onClick={() => again.mutate({ events: [row.event] })}
              >
                {t.again}
              </Button>
            ),
          },
        ]
      : []),
  ]
  const events = found.data?.items.map((d) => d.event) ?? []
  const chosen = events.filter((event) => picked.has(event))
  const ends = chosen.length > 0 ? chosen : events
  return (
    <Panel title={t.deliveries}>
      <div className="filters">
        <Field label={t.filter}>
          <Select
            value={state}
            onChange={(next) => {
              setState(next)
              setTrail(undefined)
              setPicked(new Set())
            }}
            options={[
              { value: 'all', label: t.all },
              { value: 'pending', label: t.pending },
              { value: 'done', label: t.done },
              { value: 'dead', label: t.given },
            ]}
          />
        </Field>
      </div>
      <Wrong error={again.error} />
      <Table
        label={t.deliveries}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => row.event}
        {...(writes && events.length > 0
          ? { selected: picked, onSelect: setPicked }
          : { plain: true as const })}
        empty={<EmptyState title={t.noDeliveries} why={t.noDeliveriesWhy} />}
        error={unread(found)}
      />
      <Pager onPrevious={page.onPrevious} onNext={page.onNext} busy={found.isFetching && !found.data} />
      {writes ? (
        <div className="ui-actions">
          {chosen.length > 0 ? (
            <Button busy={again.isPending} onClick={() => again.mutate({ events: chosen })}>
              {t.some(chosen.length)}
            </Button>
          ) : null}
          <Button onClick={() => setRange({ from: ends.at(-1) ?? 'evt_0_0_0', to: ends[0] ?? '' })}>
            {t.range}
          </Button>
          {e.dead > 0 ? (
            <Button busy={again.isPending} onClick={() => again.mutate({ dead: true })}>
              {t.allDead(many(e.dead))}
            </Button>
          ) : null}
        </div>
      ) : null}
      {range ? (
        <FormDialog
          open
          onClose={() => setRange(undefined)}
          title={t.range}
          description={t.rangeWhat}
          submit={t.again}
          disabled={!isEvent(range.from) || !isEvent(range.to)}
          onSubmit={() => replay(range)}
        >
          <Field label={t.from} hint={t.eventHint}>
            <TextInput value={range.from} onChange={(from) => setRange({ ...range, from })} />
          </Field>
          <Field label={t.to}>
            <TextInput value={range.to} onChange={(to) => setRange({ ...range, to })} />
          </Field>
        </FormDialog>
      ) : null}
    </Panel>
  )
}
