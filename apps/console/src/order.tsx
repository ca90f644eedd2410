import type { Order } from '@akinai/client'
import {
  Badge,
  Button,
  DateTime,
  formatMoney,
  formatNumber,
  Loading,
  PageHeader,
  Panel,
  Table,
  useListed,
  useText,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from './api.ts'
import { useBack } from './back.ts'
import { Failure, Forbidden } from './failure.tsx'
import { Figure } from './figure.tsx'
import { labels, say, toneOf, useName } from './labels.ts'
import { useMay } from './me.tsx'
import { OrderMovements, type OrderFigure } from './movements.tsx'
import { OrderActions } from './order-actions.tsx'
import { orderWords } from './order-words.ts'

const route = getRouteApi('/orders/$order')
type Line = Order['lines'][number]
type Open = (figure: OrderFigure) => void

/** A unit price may be finer than the smallest coin. */
const priceOf = (price: number, currency: string) =>
  Number.isInteger(price)
    ? formatMoney(price, currency)
    : currency === 'JPY'
      ? `¥${formatNumber(price)}`
      : `${currency} ${price / 100}`
/** The numbers of the units that the buyer has. */
const serialsOn = (line: Line) =>
  line.allocations
    .flatMap((one) => one.serials)
    .map((serial) => `・#${serial}`)
    .join('')

export function OrderPage() {
  const may = useMay()
  return may('orders.read') ? <OrderDetail /> : <Forbidden />
}

function OrderDetail() {
  const t = useText(orderWords)
  const label = useText(labels)
  const number = Number(route.useParams().order)
  const back = useBack('/console/orders', t.back)
  const [figure, setFigure] = useState<OrderFigure | null>(null)
  const found = useQuery({
    queryKey: ['order', number],
    queryFn: () => api.order({ order: number }),
    refetchInterval: 15_000,
  })
  const order = found.data
  if (found.error && !order)
    return (
      <>
        <PageHeader title={t.title(String(number))} back={back} />
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      </>
    )
  if (!order) return <Loading lines={8} />
  return (
    <>
      <PageHeader
        title={t.title(String(order.order))}
        back={back}
        badges={<Badge tone={toneOf(order.status)}>{say(label.status, order.status)}</Badge>}
        words={
          <>
            {say(label.channel, order.channel)}
            {order.external_id && order.channel !== 'till' ? ` ${order.external_id}` : ''}・
            <DateTime at={order.placed_at} />・{say(label.payment, order.payment)}
          </>
        }
        actions={<OrderActions order={order} />}
      />
      <div className="stack">
        <Lines order={order} open={setFigure} />
        <div className="columns">
          <MoneyPanel order={order} open={setFigure} />
          <Destinations order={order} />
          <Shipments order={order} />
          <History order={order} />
        </div>
        <div>
          <Button onClick={() => setFigure({ title: t.allMovements, kind: null })}>{t.allMovements}</Button>
        </div>
      </div>
      <OrderMovements order={order.order} of={figure} onClose={() => setFigure(null)} />
    </>
  )
}

function Lines({ order, open }: { order: Order; open: Open }) {
  const t = useText(orderWords)
  const listed = useListed()
  const name = useName()
  const figure = (
    line: Line,
    value: number,
    word: string,
    of: Omit<OrderFigure, 'title' | 'line'>,
    tone?: 'error',
  ) => {
    const title = t.figure(word, name(line.name))
    return (
      <Figure
        value={value}
        label={title}
        tone={value > 0 ? tone : undefined}
        onOpen={() => open({ ...of, title, line: line.line })}
      />
    )
  }
  const columns: Column<Line>[] = [
    {
      key: 'goods',
      head: t.goods,
      cell: (line) => (
        <>
          <strong>{name(line.name)}</strong>{' '}
          <small className="quiet">
            {line.code}
            {name(line.options_text) ? `・${name(line.options_text)}` : ''}
            {serialsOn(line)}
          </small>
        </>
      ),
    },
    {
      key: 'place',
      head: t.place,
      cell: (line) =>
        listed([...new Map(line.allocations.map((one) => [one.place, name(one.place_name)])).values()]),
    },
    { key: 'price', head: t.price, numeric: true, cell: (line) => priceOf(line.unit_price, order.currency) },
    { key: 'quantity', head: t.quantity, numeric: true, cell: (line) => formatNumber(line.quantity) },
    {
      key: 'held',
      head: t.held,
      numeric: true,
      cell: (line) => figure(line, line.held, t.held, { kind: 'stock.held' }),
    },
    {
      key: 'short',
      head: t.short,
      numeric: true,
      cell: (line) => figure(line, line.short, t.short, { kind: 'stock.short', inverted: true }, 'error'),
    },
    {
      key: 'shipped',
      head: t.shipped,
      numeric: true,
      cell: (line) => figure(line, line.shipped, t.shipped, { kind: 'stock.shipped' }),
    },
    {
      key: 'returned',
      head: t.returned,
      numeric: true,
      cell: (line) => figure(line, line.returned, t.returned, { kind: null, reasons: ['stock.returned'] }),
    },
    {
      key: 'cancelled',
      head: t.cancelled,
      numeric: true,
      cell: (line) =>
        figure(line, line.cancelled, t.cancelled, {
          kind: null,
          reasons: ['stock.released', 'stock.short_dropped'],
        }),
    },
    {
      key: 'amount',
      head: t.amount,
      numeric: true,
      cell: (line) => formatMoney(line.amount, order.currency),
    },
  ]
  return (
    <Table
      label={t.lines}
      columns={columns}
      rows={order.lines}
      rowKey={(line) => String(line.line)}
      empty={null}
    />
  )
}

function MoneyPanel({ order, open }: { order: Order; open: Open }) {
  const t = useText(orderWords)
  const sum = (amount: number) => formatMoney(amount, order.currency)
  const parts = [
    [t.goodsTotal, order.goods],
    [t.shipping, order.shipping],
    [t.fee, order.fee],
    [t.discount, -order.discount],
    [t.points, -order.points],
  ] as const
  const figures = [
    [t.owed, order.owed, { kind: 'payments.owed', yen: true }, order.owed > 0 ? 'warn' : undefined],
    [t.captured, order.captured, { kind: 'payments.captured', yen: true }, undefined],
    [t.refunded, order.refunded, { kind: null, reasons: ['payments.refunded'], yen: true }, undefined],
  ] as const
  return (
    <Panel title={t.money}>
      <dl className="sums">
        {parts
          .filter(([word, yen]) => yen !== 0 || word === t.goodsTotal)
          .map(([word, yen]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{sum(yen)}</dd>
            </div>
          ))}
        <div className="total">
          <dt>{t.total}</dt>
          <dd>{sum(order.total)}</dd>
        </div>
        {order.taxes.map((tax) => (
          <div key={tax.rate} className="quiet">
            <dt>{t.tax(String(tax.rate / 100), sum(tax.due))}</dt>
            <dd>{sum(tax.tax)}</dd>
          </div>
        ))}
      </dl>
      <dl className="sums large">
        {figures.map(([word, yen, of, tone]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>
              <Figure
                value={yen}
                yen
                currency={order.currency}
                label={word}
                tone={tone}
                onOpen={() => open({ title: t.figureMoney(word, String(order.order)), ...of })}
              />
            </dd>
          </div>
        ))}
      </dl>
      {order.pay_by && order.owed > 0 ? (
        <p>
          {t.payBy} <DateTime at={order.pay_by} />
        </p>
      ) : null}
    </Panel>
  )
}

function Destinations({ order }: { order: Order }) {
  const t = useText(orderWords)
  const may = useMay()
  return (
    <Panel title={t.people}>
      <section>
        <h3>{t.buyer}</h3>
        {order.buyer.name ? (
          <p>
            {order.buyer.name} {order.buyer.kana ? <small className="quiet">{order.buyer.kana}</small> : null}
            <br />
            {order.buyer.email ? <a href={`mailto:${order.buyer.email}`}>{order.buyer.email}</a> : null}
            <br />
            {order.buyer.phone}
          </p>
        ) : (
          <p className="quiet">
            {order.masked ? t.masked : order.channel === 'till' ? t.overCounter : t.unknown}
          </p>
        )}
        {may('members.read') ? (
          <Link to="/customers/$identity" params={{ identity: String(order.buyer.identity) }}>
            {t.openCustomer}
          </Link>
        ) : null}
      </section>
      {order.destinations.map((one) => (
        <section key={one.no}>
          <h3>{t.destination}</h3>
          {one.name || one.address ? (
            <p>
              {one.name}
              <br />
              {one.postal ? `〒${one.postal} ` : ''}
              {one.address}
              <br />
              {one.phone}
            </p>
          ) : (
            <p className="quiet">
              {one.place ? t.handed(one.place) : one.masked ? t.masked : one.erased ? t.erased : t.unknown}
            </p>
          )}
        </section>
      ))}
    </Panel>
  )
}

function Shipments({ order }: { order: Order }) {
  const t = useText(orderWords)
  const listed = useListed()
  const label = useText(labels)
  const name = useName()
  const nameOf = (line: number) => name(order.lines.find((one) => one.line === line)?.name)
  return (
    <Panel title={t.shipments}>
      {order.shipments.length === 0 ? <p className="quiet">{t.noShipments}</p> : null}
      <ul className="plain">
        {order.shipments.map((one) => (
          <li key={one.shipment}>
            <DateTime at={one.shipped_at} /> {one.carrier ? say(label.carrier, one.carrier) : ''}{' '}
            {one.tracking ?? ''}
            <br />
            <span className="quiet">
              {listed(one.lines.map((line) => `${nameOf(line.line)} × ${formatNumber(line.quantity)}`))}
            </span>
          </li>
        ))}
      </ul>
      {order.shortages
        .filter((one) => one.state === 'open')
        .map((one) => (
          <p key={one.shortage}>
            <Badge tone="error">{t.short}</Badge> {nameOf(one.line)}: {say(label.nextStep, one.next_step)} (
            {say(label.role, one.owner)}, <DateTime at={one.deadline} form="date" />)
          </p>
        ))}
      {order.payments.length > 0 ? (
        <>
          <h3>{t.payments}</h3>
          <ul className="plain">
            {order.payments.map((one, at) => (
              <li key={at}>
                <DateTime at={one.happened_at} /> {one.kind === 'refund' ? t.refund : t.capture}{' '}
                {one.kind === 'refund' ? '−' : ''}
                {formatMoney(one.amount, order.currency)}{' '}
                <span className="quiet">
                  {one.reason ? say(label.paid, one.reason) : ''} {one.note}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Panel>
  )
}

function History({ order }: { order: Order }) {
  const t = useText(orderWords)
  const label = useText(labels)
  return (
    <Panel title={t.history}>
      <ol className="plain">
        {order.history.map((one) => (
          <li key={one.seq}>
            <DateTime at={one.happened_at} /> {say(label.event, one.kind)}{' '}
            <span className="quiet">
              {one.actor === 0 ? t.customer : (one.actor_name ?? t.staff(String(one.actor)))}
              {one.reason === 'unpaid' ? `・${label.paid.unpaid}` : ''}
              {one.note ? `・${one.note}` : ''}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
