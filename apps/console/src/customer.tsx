import {
  Badge,
  Button,
  ConfirmDialog,
  DateTime,
  formatNumber,
  Loading,
  Money,
  PageHeader,
  Panel,
  Table,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, refresh } from './api.ts'
import { useAtOnce } from './at-once.ts'
import { useBack } from './back.ts'
import { Adjust, Consent, Contact, Join, Note, type Channel, type Customer } from './customer-forms.tsx'
import { customerWords } from './customer-words.ts'
import { Facts } from './facts.tsx'
import { Failure, Forbidden, Refused, useSaid } from './failure.tsx'
import { labels, say, toneOf } from './labels.ts'
import { useMay } from './me.tsx'

const route = getRouteApi('/customers/$identity')
const channels: readonly Channel[] = ['mail', 'sms', 'line', 'phone', 'post']

export function CustomerPage() {
  const may = useMay()
  return may('members.read') ? <Detail /> : <Forbidden />
}

function Detail() {
  const t = useText(customerWords)
  const may = useMay()
  const toast = useToast()
  const number = Number(route.useParams().identity)
  const back = useBack('/console/customers', t.back)
  const [erasing, setErasing] = useState(false)
  const found = useQuery({
    queryKey: ['customer', number],
    queryFn: () => api.identity({ identity: number }),
  })
  const customer = found.data
  if (found.error && !customer)
    return (
      <>
        <PageHeader title={t.of(String(number))} back={back} />
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      </>
    )
  if (!customer) return <Loading lines={8} />
  const mine = customer.identities.find((i) => i.identity === number)!
  const p = customer.person
  const name = p && ([p.family, p.given].filter(Boolean).join(' ') || p.organisation)
  return (
    <>
      <PageHeader
        title={name || t.of(String(number))}
        back={back}
        badges={<Badge>{t.kind[mine.kind]}</Badge>}
        words={
          <>
            {t.of(String(number))}
            {mine.code ? `・${mine.code}` : ''}・<DateTime at={mine.created_at} />
          </>
        }
        actions={
          may('persons.erase') && customer.person ? (
            <Button variant="danger" onClick={() => setErasing(true)}>
              {t.erase}
            </Button>
          ) : undefined
        }
      />
      <div className="stack">
        <div className="columns">
          <ContactPanel customer={customer} number={number} />
          <PointsPanel customer={customer} number={number} />
          <ConsentPanel customer={customer} number={number} />
          <NotePanel customer={customer} number={number} />
        </div>
        <OrdersPanel customer={customer} />
        <IdentityPanel customer={customer} number={number} />
      </div>
      <ConfirmDialog
        open={erasing}
        onClose={() => setErasing(false)}
        title={t.eraseTitle}
        description={t.eraseWhat(formatNumber(mine.orders), formatNumber(mine.points))}
        confirm={t.eraseDo}
        explain={(error) => <Refused error={error} />}
        onConfirm={async () => {
          await api.personErase({ person: number, reason: 'asked' })
          toast({ title: t.erased })
          await refresh()
        }}
      />
    </>
  )
}

type Of = { customer: Customer; number: number }

function ContactPanel({ customer, number }: Of) {
  const t = useText(customerWords)
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const p = customer.person
  const address =
    p &&
    [p.postal, [p.prefecture, p.city, p.line1].filter(Boolean).join(''), p.line2].filter(Boolean).join(' ')
  return (
    <Panel
      title={t.contact}
      actions={
        may('members.write') && !customer.masked ? (
          <Button onClick={() => setEditing(true)}>{t.edit}</Button>
        ) : undefined
      }
    >
      {customer.masked ? (
        <p>{t.masked}</p>
      ) : p ? (
        <Facts
          of={(
            [
              [t.kana, [p.family_kana, p.given_kana].filter(Boolean).join(' ')],
              [t.organisation, p.organisation],
              [
                t.email,
                p.email ? (
                  <a key="mail" href={`mailto:${p.email}`}>
                    {p.email}
                  </a>
                ) : (
                  ''
                ),
              ],
              [
                t.phone,
                p.phone ? (
                  <a key="phone" href={`tel:${p.phone.replace(/[^\d+]/g, '')}`}>
                    {p.phone}
                  </a>
                ) : (
                  ''
                ),
              ],
              [t.address, address],
            ] as const
          ).filter(([, value]) => Boolean(value))}
        />
      ) : (
        <p>{t.noContact}</p>
      )}
      {editing ? <Contact number={number} person={p} onClose={() => setEditing(false)} /> : null}
    </Panel>
  )
}

function PointsPanel({ customer, number }: Of) {
  const t = useText(customerWords)
  const label = useText(labels)
  const may = useMay()
  const [adjusting, setAdjusting] = useState(false)
  const mine = customer.identities.find((i) => i.identity === number)!
  const columns: Column<Customer['movements'][number]>[] = [
    { key: 'at', head: t.at, narrow: true, cell: (row) => <DateTime at={row.happened_at} /> },
    {
      key: 'what',
      head: t.what,
      cell: (row) => (
        <>
          {say(label.reason, row.reason)}
          {row.order === null ? null : (
            <>
              {' '}
              <Link to="/orders/$order" params={{ order: String(row.order) }}>
                {row.order}
              </Link>
            </>
          )}
          {row.actor_name ? <small className="quiet"> {row.actor_name}</small> : null}
        </>
      ),
    },
    {
      key: 'by',
      head: t.by,
      numeric: true,
      cell: (row) => `${row.amount > 0 ? '+' : '−'}${formatNumber(Math.abs(row.amount))}`,
    },
  ]
  return (
    <Panel
      title={`${t.points} ${formatNumber(mine.points)}`}
      actions={
        may('points.write') ? <Button onClick={() => setAdjusting(true)}>{t.adjust}</Button> : undefined
      }
    >
      {customer.identities.length > 1 ? <p>{`${t.total} ${formatNumber(customer.points)}`}</p> : null}
      {customer.movements.length === 0 ? (
        <p>{t.noMovements}</p>
      ) : (
        <Table
          plain
          label={t.movements}
          columns={columns}
          rows={customer.movements}
          rowKey={(row) => String(row.seq)}
          empty={null}
        />
      )}
      {adjusting ? <Adjust number={number} onClose={() => setAdjusting(false)} /> : null}
    </Panel>
  )
}

function ConsentPanel({ customer, number }: Of) {
  const t = useText(customerWords)
  const may = useMay()
  const [telling, setTelling] = useState<Channel>()
  return (
    <Panel title={t.consents}>
      <p>{t.consentsLead}</p>
      <Facts
        of={channels.map((channel) => {
          const told = customer.consents.find((c) => c.channel === channel)
          return [
            t.channel[channel],
            <span key={channel} className="pair">
              <Badge tone={told ? (told.given ? 'ok' : 'warn') : 'neutral'}>
                {told ? (told.given ? t.yes : t.no) : t.unsaid}
              </Badge>
              {told ? (
                <small className="quiet">
                  {t.since_(t.toldBy[told.told_by])} <DateTime at={told.told_at} />
                </small>
              ) : null}
              {may('members.write') ? (
                <Button
                  variant="quiet"
                  aria-label={t.tell(t.channel[channel])}
                  onClick={() => setTelling(channel)}
                >
                  {t.record}
                </Button>
              ) : null}
            </span>,
          ]
        })}
      />
      {telling ? <Consent number={number} channel={telling} onClose={() => setTelling(undefined)} /> : null}
    </Panel>
  )
}

function NotePanel({ customer, number }: Of) {
  const t = useText(customerWords)
  const may = useMay()
  const toast = useToast()
  const atOnce = useAtOnce()
  const [writing, setWriting] = useState(false)
  async function remove(note: number) {
    await atOnce<Customer>(
      ['customer', number],
      (seen) => ({ ...seen, notes: seen.notes.filter((one) => one.note !== note) }),
      async () => {
        await api.identityNoteRemove({ identity: number, note, removed: true })
        toast({
          title: t.removed,
          undo: async () => {
            await api.identityNoteRemove({ identity: number, note, removed: false })
            await refresh()
          },
        })
      },
    )
  }
  return (
    <Panel
      title={t.notes}
      actions={
        may('members.write') && !customer.masked ? (
          <Button onClick={() => setWriting(true)}>{t.writeNote}</Button>
        ) : undefined
      }
    >
      {customer.masked ? <p>{t.masked}</p> : customer.notes.length === 0 ? <p>{t.noNotes}</p> : null}
      <ul className="notes">
        {customer.notes.map((n) => (
          <li key={n.note}>
            <p className="said">{n.words}</p>
            <span className="pair">
              <small className="quiet">
                {n.staff_name} <DateTime at={n.written_at} />
              </small>
              {may('members.write') ? (
                <Button variant="quiet" onClick={() => void remove(n.note)}>
                  {t.remove}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {writing ? <Note number={number} onClose={() => setWriting(false)} /> : null}
    </Panel>
  )
}

function OrdersPanel({ customer }: { customer: Customer }) {
  const t = useText(customerWords)
  const label = useText(labels)
  const navigate = useNavigate()
  const columns: Column<Customer['orders'][number]>[] = [
    { key: 'order', head: t.order, narrow: true, cell: (row) => <strong>{row.order}</strong> },
    { key: 'placed', head: t.placed, narrow: true, cell: (row) => <DateTime at={row.placed_at} /> },
    { key: 'channel', head: t.channelOf, narrow: true, cell: (row) => say(label.channel, row.channel) },
    {
      key: 'status',
      head: t.status,
      cell: (row) => <Badge tone={toneOf(row.status)}>{say(label.status, row.status)}</Badge>,
    },
    { key: 'total', head: t.sum, numeric: true, cell: (row) => <Money yen={row.total} /> },
  ]
  const may = useMay()
  return (
    <Panel title={t.orders}>
      {customer.orders.length === 0 ? (
        <p>{t.noOrders}</p>
      ) : (
        <Table
          label={t.orders}
          columns={columns}
          rows={customer.orders}
          rowKey={(row) => String(row.order)}
          {...(may('orders.read')
            ? {
                onOpen: (row: { order: number }) =>
                  void navigate({ to: '/orders/$order', params: { order: String(row.order) } }),
              }
            : { plain: true as const })}
          empty={null}
        />
      )}
    </Panel>
  )
}

function IdentityPanel({ customer, number }: Of) {
  const t = useText(customerWords)
  const may = useMay()
  const toast = useToast()
  const said = useSaid()
  const [joining, setJoining] = useState(false)
  const writes = may('members.join')
  const others = customer.identities.filter((i) => i.identity !== number)
  async function part(identity: number) {
    await api.identityPart({ identity })
    toast({
      title: t.parted,
      undo: async () => {
        await api.identityJoin({ identity: number, other: identity })
        await refresh()
      },
    })
    await refresh()
  }
  const columns: Column<Customer['identities'][number]>[] = [
    {
      key: 'number',
      head: t.number,
      narrow: true,
      cell: (row) => (
        <Link to="/customers/$identity" params={{ identity: String(row.identity) }}>
          {row.identity}
        </Link>
      ),
    },
    { key: 'kind', head: t.kindOf, narrow: true, cell: (row) => t.kind[row.kind] },
    { key: 'card', head: t.card, cell: (row) => row.code ?? '–' },
    { key: 'orders', head: t.orders, numeric: true, cell: (row) => formatNumber(row.orders) },
    { key: 'points', head: t.points, numeric: true, cell: (row) => formatNumber(row.points) },
    ...(writes
      ? [
          {
            key: 'part',
            head: t.part,
            narrow: true,
            cell: (row: Customer['identities'][number]) => (
              <Button
                aria-label={t.partOf(String(row.identity))}
                onClick={() => void part(row.identity).catch(said)}
              >
                {t.part}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Panel
      title={t.identities}
      actions={writes ? <Button onClick={() => setJoining(true)}>{t.join}</Button> : undefined}
    >
      {others.length === 0 ? (
        <p>{t.alone}</p>
      ) : (
        <Table
          plain
          label={t.identities}
          columns={columns}
          rows={others}
          rowKey={(row) => String(row.identity)}
          empty={null}
        />
      )}
      {joining ? <Join number={number} onClose={() => setJoining(false)} /> : null}
    </Panel>
  )
}
