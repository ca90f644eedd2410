import type { Webhook } from '@akinai/client'
import { Badge, Button, DateTime, EmptyState, PageHeader, Table, useText, type Column } from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './api.ts'
import { useLeft } from './back.ts'
import { Forbidden, unread } from './failure.tsx'
import { many } from './figure.tsx'
import { useMay } from './me.tsx'
import { EndpointForm, Secret, useShopName, type Shown } from './webhook-form.tsx'
import { webhookWords } from './webhook-words.ts'

/** The list is looked at by the shell as well: whoever may read it sees from every screen that one was given up. */
export const useWebhooks = () =>
  useQuery({ queryKey: ['webhooks'], queryFn: () => api.webhooks(), refetchInterval: 15_000 })

export function Webhooks() {
  const may = useMay()
  return may('webhooks.read') ? <List /> : <Forbidden />
}

export function EndpointState({ endpoint: e }: { endpoint: Webhook }) {
  const t = useText(webhookWords)
  if (e.state === 'broken') return <Badge tone="error">{t.states.broken}</Badge>
  if (e.state === 'off') return <Badge>{t.states.off}</Badge>
  return e.failing_since ? <Badge tone="warn">{t.failing}</Badge> : <Badge tone="ok">{t.states.on}</Badge>
}

function List() {
  const t = useText(webhookWords)
  const { returnTo, leave } = useLeft('webhooks')
  const may = useMay()
  const navigate = useNavigate()
  const shopName = useShopName()
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<Shown & { endpoint: number }>()
  const found = useWebhooks()
  const broken = found.data?.items.filter((e) => e.state === 'broken') ?? []
  const open = (endpoint: number) => {
    leave(String(endpoint))
    return navigate({ to: '/webhooks/$endpoint', params: { endpoint: String(endpoint) } })
  }
  const columns: Column<Webhook>[] = [
    {
      key: 'url',
      head: t.url,
      cell: (row) => (
        <Link className="address" to="/webhooks/$endpoint" params={{ endpoint: String(row.endpoint) }}>
          {row.url}
        </Link>
      ),
    },
    { key: 'state', head: t.state, narrow: true, cell: (row) => <EndpointState endpoint={row} /> },
    { key: 'shop', head: t.shop, narrow: true, cell: (row) => shopName(found.data?.shops, row.shop) },
    {
      key: 'delivered',
      head: t.delivered,
      narrow: true,
      cell: (row) => (row.delivered_at ? <DateTime at={row.delivered_at} /> : t.never),
    },
    { key: 'waiting', head: t.waiting, numeric: true, cell: (row) => many(row.waiting) },
    { key: 'retrying', head: t.retrying, numeric: true, cell: (row) => many(row.retrying) },
    { key: 'dead', head: t.dead, numeric: true, cell: (row) => many(row.dead) },
  ]
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={
          may('webhooks.write') ? (
            <Button variant="primary" disabled={!found.data} onClick={() => setAdding(true)}>
              {t.add}
            </Button>
          ) : undefined
        }
      />
      <div className="stack">
        {broken.length > 0 ? (
          <div className="ui-error-state" role="alert">
            <h2>{t.brokenTitle(broken.length)}</h2>
            <p>{t.brokenWhy}</p>
            <ul>
              {broken.map((e) => (
                <li key={e.endpoint} className="address">
                  <Link to="/webhooks/$endpoint" params={{ endpoint: String(e.endpoint) }}>
                    {e.url}
                  </Link>
                </li>
              ))}
            </ul>
            <p>{t.brokenTodo}</p>
          </div>
        ) : null}
        <Table
          label={t.title}
          columns={columns}
          rows={found.data?.items}
          rowKey={(row) => String(row.endpoint)}
          rowLabel={(row) => row.url}
          returnTo={returnTo}
          onOpen={(row) => void open(row.endpoint)}
          empty={<EmptyState title={t.empty} why={t.emptyWhy} />}
          error={unread(found)}
        />
      </div>
      {found.data && adding ? (
        <EndpointForm
          known={found.data}
          onClose={() => setAdding(false)}
          onSent={(secret, endpoint) => setMade({ secret, endpoint })}
        />
      ) : null}
      {made ? (
        <Secret
          shown={made}
          onClose={() => {
            setMade(undefined)
            void open(made.endpoint)
          }}
        />
      ) : null}
    </>
  )
}
