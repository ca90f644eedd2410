import type { Answers, Shortage } from '@akinai/client'
import {
  Badge,
  Button,
  createText,
  DateTime,
  EmptyState,
  Field,
  formatNumber,
  IconButton,
  Menu,
  PageHeader,
  Pager,
  Select,
  Table,
  Tabs,
  TextInput,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { useAtOnce } from './at-once.ts'
import { useLeft } from './back.ts'
import { BulkRun } from './bulk-run.tsx'
import { BulkShortages, owners } from './bulk-shortages.tsx'
import { Forbidden, unread } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { instantOf, localOf } from './japan.ts'
import { labels, say, useName } from './labels.ts'
import { useMay } from './me.tsx'
import { cursorOf, paging } from './paging.ts'
import { Views } from './views.tsx'
import { usePlaces } from './places.ts'
import { useSelection } from './selection.ts'
import { SerialsField, serialsOf } from './serials.tsx'

const words = createText({
  ja: {
    title: '不足',
    lead: '売れたのに棚にない商品です。急ぐものから並んでいます。',
    states: '状態で絞る',
    open: '未解決',
    solved: '解決済み',
    cancelled: '取り消し',
    order: '注文',
    goods: '商品',
    quantity: '不足数',
    place: '拠点',
    owner: '担当',
    deadline: '期限',
    overdue: '期限切れ',
    next: '次にすること',
    more: (goods: string) => `${goods} のその他の操作`,
    free: '使える在庫',
    acts: '操作',
    empty: '不足はありません。',
    emptyWhy: 'モールや店頭で在庫を超えて売れると、ここに並びます。',
    emptyClosed: '当てはまる不足はありません。',
    solve: '在庫を割り当てる',
    of: (goods: string, sku: string, n: string) => `${goods}（${sku}）× ${n}。`,
    solveLead: 'ほかの注文に使われていない在庫を、この不足に割り当てます。',
    from: '在庫の拠点',
    anywhere: 'どの拠点でもよい（優先順）',
    solved_: '在庫を割り当てました。',
    solvedWords: (covered: string, left: string) =>
      `${covered}点を割り当てました。残りの不足は${left}点です。`,
    assign: '担当と期限を変える',
    assignLead: 'だれが、いつまでに解決するかを決めます。',
    assigned: '担当と期限を変えました。',
  },
  en: {
    title: 'Shortages',
    lead: 'Sold, but not on the shelf. The most pressing first.',
    states: 'Filter by state',
    open: 'Open',
    solved: 'Solved',
    cancelled: 'Cancelled',
    order: 'Order',
    goods: 'Goods',
    quantity: 'Short by',
    place: 'Place',
    owner: 'Owner',
    deadline: 'Deadline',
    overdue: 'Overdue',
    next: 'Next step',
    more: (goods) => `More for ${goods}`,
    free: 'Free stock',
    acts: 'Actions',
    empty: 'Nothing is short.',
    emptyWhy: 'What a mall or a store sells beyond the stock appears here.',
    emptyClosed: 'No shortage fits.',
    solve: 'Use free stock',
    of: (goods, sku, n) => `${goods} (${sku}) × ${n}. `,
    solveLead: 'Takes stock that no other order holds for this shortage.',
    from: 'Stock of',
    anywhere: 'Any place, by priority',
    solved_: 'Stock is taken for the shortage.',
    solvedWords: (covered, left) => `${covered} covered, ${left} still short.`,
    assign: 'Change owner and deadline',
    assignLead: 'Who solves it, and until when.',
    assigned: 'Owner and deadline are changed.',
  },
})

const route = getRouteApi('/shortages')
const states = ['open', 'solved', 'cancelled'] as const
type Deed = { deed: 'solve' | 'assign'; shortage: Shortage }

export function Shortages() {
  const may = useMay()
  return may('shortages.read') ? <ShortageList /> : <Forbidden />
}

function ShortageList() {
  const t = useText(words)
  const search = route.useSearch()
  const navigate = useNavigate()
  const [deed, setDeed] = useState<Deed | null>(null)
  const { returnTo, leave } = useLeft('shortages')
  const state = states.find((one) => one === search.state) ?? 'open'
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/shortages', search: { ...search, trail: undefined, ...change } })
  const found = useQuery({
    queryKey: ['shortages', search],
    queryFn: () => api.shortages({ state, cursor: cursorOf(search.trail) }),
    refetchInterval: 15_000,
  })
  const [run, setRun] = useState<string>()
  const selection = useSelection(state, found.data?.items.map((row) => String(row.shortage)) ?? [])
  const { onPrevious, onNext } = paging(search.trail, found.data?.next, (trail) => go({ trail }))
  const list = (
    <>
      <Table
        label={t.title}
        columns={useColumns(state === 'open', found.dataUpdatedAt, setDeed)}
        rows={found.data?.items}
        rowKey={(row) => String(row.shortage)}
        selected={selection.shown}
        onSelect={selection.pick}
        returnTo={returnTo}
        onOpen={(row) => {
          leave(String(row.shortage))
          void navigate({ to: '/orders/$order', params: { order: String(row.order) } })
        }}
        empty={
          state === 'open' ? (
            <EmptyState icon="ok" title={t.empty} why={t.emptyWhy} />
          ) : (
            <EmptyState title={t.emptyClosed} />
          )
        }
        error={unread(found)}
      />
      <Pager onPrevious={onPrevious} onNext={onNext} />
      <BulkShortages selection={selection} state={state} onBegun={setRun} />
    </>
  )
  return (
    <>
      <PageHeader title={t.title} words={t.lead} />
      <Views list="shortages" search={search} />
      {run === undefined ? null : (
        <div className="bulk-run">
          <BulkRun key={run} id={run} onClose={() => setRun(undefined)} />
        </div>
      )}
      <Tabs
        label={t.states}
        value={state}
        onChange={(next) => go({ state: next === 'open' ? undefined : next })}
        tabs={states.map((value) => ({ value, label: t[value], content: value === state ? list : null }))}
      />
      {deed?.deed === 'solve' ? <Solve shortage={deed.shortage} onClose={() => setDeed(null)} /> : null}
      {deed?.deed === 'assign' ? <Assign shortage={deed.shortage} onClose={() => setDeed(null)} /> : null}
    </>
  )
}

function useColumns(isOpen: boolean, now: number, act: (deed: Deed) => void): Column<Shortage>[] {
  const t = useText(words)
  const label = useText(labels)
  const name = useName()
  const may = useMay()
  const places = usePlaces()
  return [
    {
      key: 'order',
      head: t.order,
      narrow: true,
      cell: (row) => (
        <Link to="/orders/$order" params={{ order: String(row.order) }}>
          {row.order}
        </Link>
      ),
    },
    {
      key: 'goods',
      head: t.goods,
      cell: (row) => (
        <span className="goods">
          {name(row.name)} <small className="quiet">{row.sku}</small>
        </span>
      ),
    },
    ...(isOpen
      ? [
          {
            key: 'quantity',
            head: t.quantity,
            numeric: true,
            cell: (row: Shortage) => <strong>{formatNumber(row.quantity)}</strong>,
          },
        ]
      : []),
    {
      key: 'place',
      head: t.place,
      narrow: true,
      cell: (row) => name(places.find((one) => one.code === row.place)?.name) || row.place,
    },
    { key: 'owner', head: t.owner, narrow: true, cell: (row) => say(label.role, row.owner) },
    {
      key: 'deadline',
      head: t.deadline,
      narrow: true,
      cell: (row) => (
        <>
          <DateTime at={row.deadline} />{' '}
          {isOpen && Date.parse(row.deadline) < now ? <Badge tone="error">{t.overdue}</Badge> : null}
        </>
      ),
    },
    {
      key: 'next',
      head: t.next,
      cell: (row) => <span className="next-step">{say(label.nextStep, row.next_step)}</span>,
    },
    ...(isOpen
      ? [{ key: 'free', head: t.free, numeric: true, cell: (row: Shortage) => formatNumber(row.free) }]
      : []),
    ...(isOpen && may('shortages.write')
      ? [
          {
            key: 'acts',
            head: t.acts,
            narrow: true,
            cell: (row: Shortage) => (
              <span className="pair">
                <Button onClick={() => act({ deed: 'solve', shortage: row })}>{t.solve}</Button>
                <Menu
                  trigger={<IconButton icon="more" label={t.more(name(row.name))} tooltip={false} />}
                  items={[{ label: t.assign, onSelect: () => act({ deed: 'assign', shortage: row }) }]}
                />
              </span>
            ),
          },
        ]
      : []),
  ]
}

type Props = { shortage: Shortage; onClose: () => void }
function Solve({ shortage, onClose }: Props) {
  const t = useText(words)
  const name = useName()
  const toast = useToast()
  const keep = useKeeper()
  const places = usePlaces()
  const [place, setPlace] = useState('')
  const [typed, setTyped] = useState('')
  // What a till sold has left: which units they were is what is said now.
  const asksNumbers = shortage.serial_kept && shortage.channel === 'till'
  const serials = serialsOf(typed)
  async function solve() {
    const input = {
      shortage: shortage.shortage,
      ...(place ? { place } : {}),
      ...(asksNumbers ? { serials } : {}),
    }
    const done = await keep(input, (key) => api.shortageSolve(input, { key }))
    toast({ title: t.solved_, words: t.solvedWords(formatNumber(done.covered), formatNumber(done.left)) })
    await refresh()
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.solve}
      description={t.of(name(shortage.name), shortage.sku, formatNumber(shortage.quantity)) + t.solveLead}
      submit={t.solve}
      onSubmit={solve}
      disabled={asksNumbers && serials.length === 0}
    >
      <Field label={t.from}>
        <Select
          options={[
            { value: '', label: t.anywhere },
            ...places.map((one) => ({ value: one.code, label: name(one.name) })),
          ]}
          value={place}
          onChange={setPlace}
        />
      </Field>
      {asksNumbers ? <SerialsField wanted={shortage.quantity} value={typed} onChange={setTyped} /> : null}
    </FormDialog>
  )
}

function Assign({ shortage, onClose }: Props) {
  const t = useText(words)
  const label = useText(labels)
  const toast = useToast()
  const keep = useKeeper()
  const atOnce = useAtOnce()
  const [owner, setOwner] = useState<(typeof owners)[number]>(
    owners.find((one) => one === shortage.owner) ?? 'warehouse',
  )
  const [deadline, setDeadline] = useState(localOf(shortage.deadline))
  // Closed at once: what was asked for is seen in the list.
  async function assign() {
    const input = { shortage: shortage.shortage, owner, deadline: instantOf(deadline) }
    void atOnce<Answers['shortages']>(
      ['shortages'],
      (seen) => ({
        ...seen,
        items: seen.items.map((one) => (one.shortage === input.shortage ? { ...one, ...input } : one)),
      }),
      async () => {
        await keep(input, (key) => api.shortageAssign(input, { key }))
        toast({ title: t.assigned })
      },
    )
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.assign}
      description={t.assignLead}
      submit={t.assign}
      onSubmit={assign}
      disabled={deadline === ''}
    >
      <Field label={t.owner}>
        <Select
          options={owners.map((value) => ({ value, label: label.role[value] }))}
          value={owner}
          onChange={setOwner}
        />
      </Field>
      <Field label={t.deadline}>
        <TextInput type="datetime-local" value={deadline} onChange={setDeadline} required />
      </Field>
    </FormDialog>
  )
}
