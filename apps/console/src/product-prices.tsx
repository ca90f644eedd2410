import type { Answers, Product } from '@akinai/client'
import {
  Badge,
  Button,
  ConfirmDialog,
  DateTime,
  Field,
  formatDateTime,
  formatNumber,
  Loading,
  NumberInput,
  Panel,
  Select,
  Table,
  TextInput,
  useListed,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { Failure, Refused } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { instantOf, localOf } from './japan.ts'
import { priceWords } from './price-words.ts'

type Sku = Answers['catalog.prices']['skus'][number]
type Price = Sku['prices'][number]
type Line = Price & { sku: number; code: string; isRunning: boolean }
type Asking = { what: 'plan'; line?: Line } | { what: 'withdraw'; line: Line }
const yen = (price: number) => `¥${formatNumber(price)}`

/** What each SKU cost, costs and will cost: as a calendar, and line by line. */
export function ProductPrices({ product, mayWrite }: { product: Product; mayWrite: boolean }) {
  const t = useText(priceWords)
  const listed = useListed()
  const [asking, setAsking] = useState<Asking | null>(null)
  const found = useQuery({
    queryKey: ['product-prices', product.product],
    queryFn: () => api.catalogPrices({ product: product.product }),
  })
  if (found.error && !found.data) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={3} />
  const now = Date.parse(String(found.data.now))
  const skus = found.data.skus.filter((sku) => !sku.archived)
  const lines = skus.flatMap((sku) =>
    sku.prices.map((price): Line => ({
      ...price,
      sku: sku.sku,
      code: sku.code,
      isRunning: price.state === 'now' && price.rule === 'sale',
    })),
  )
  /** How many SKUs have the same plan. */
  const likeOf = (line: Line | undefined) =>
    lines.filter(
      (one) =>
        line && !one.replaced && one.rule === line.rule && one.from === line.from && one.price === line.price,
    ).length
  const usual = [...new Set(skus.map((sku) => sku.usual))]
  const columns: Column<Line>[] = [
    { key: 'sku', head: t.sku, narrow: true, cell: (line) => <strong>{line.code}</strong> },
    { key: 'price', head: t.price, numeric: true, narrow: true, cell: (line) => yen(line.price) },
    { key: 'from', head: t.from, narrow: true, cell: (line) => <DateTime at={String(line.from)} /> },
    {
      key: 'until',
      head: t.until,
      narrow: true,
      cell: (line) => (line.until ? <DateTime at={String(line.until)} /> : null),
    },
    {
      key: 'kind',
      head: t.kind,
      cell: (line) => (
        <>
          {line.replaced || line.rule === 'withdrawn' ? (
            <Badge>{line.replaced ? t.replaced : t.rules[line.rule]}</Badge>
          ) : (
            <Badge tone={line.state === 'now' ? 'ok' : line.state === 'planned' ? 'accent' : 'neutral'}>
              {t.state[line.state]}
            </Badge>
          )}{' '}
          {line.rule === 'sale' || line.rule === 'end'
            ? t.rules[line.rule]
            : line.rule === 'withdrawn' && !line.replaced
              ? t.goesOn
              : null}
        </>
      ),
    },
    { key: 'who', head: t.who, cell: (line) => line.actor_name ?? t.houseActor },
    ...(mayWrite
      ? [
          {
            key: 'do',
            head: t.actions,
            cell: (line: Line) =>
              line.replaced || (line.rule !== 'list' && line.rule !== 'sale') ? null : line.isRunning ? (
                <Button variant="quiet" onClick={() => setAsking({ what: 'withdraw', line })}>
                  {t.end}
                </Button>
              ) : line.state === 'planned' ? (
                <span className="ui-actions">
                  <Button variant="quiet" onClick={() => setAsking({ what: 'plan', line })}>
                    {t.edit}
                  </Button>
                  <Button variant="quiet" onClick={() => setAsking({ what: 'withdraw', line })}>
                    {t.withdraw}
                  </Button>
                </span>
              ) : null,
          },
        ]
      : []),
  ]
  return (
    <Panel
      title={t.title}
      actions={mayWrite ? <Button onClick={() => setAsking({ what: 'plan' })}>{t.plan}</Button> : undefined}
    >
      <p className="quiet">{t.lead}</p>
      {lines.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <>
          <Timeline skus={skus} now={now} />
          <p>
            {usual.every((price) => price === null)
              ? t.usualNone
              : t.usual(
                  listed(
                    skus
                      .filter((sku) => sku.usual !== null)
                      .slice(0, 6)
                      .map((sku) =>
                        usual.length === 1 ? yen(sku.usual ?? 0) : `${sku.code} ${yen(sku.usual ?? 0)}`,
                      )
                      .slice(0, usual.length === 1 ? 1 : undefined),
                  ),
                )}{' '}
            <small className="quiet">{t.usualWhy}</small>
          </p>
          <Table
            label={t.list}
            columns={columns}
            rows={lines}
            rowKey={(line) => `${line.sku} ${String(line.from)} ${String(line.recorded_at)} ${line.rule}`}
            rowLabel={(line) => line.code}
            empty={null}
            maxHeight="420px"
          />
        </>
      )}
      {asking?.what === 'plan' ? (
        <PlanDialog
          product={product}
          line={asking.line}
          like={likeOf(asking.line)}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking?.what === 'withdraw' ? (
        <WithdrawDialog
          product={product}
          line={asking.line}
          like={likeOf(asking.line)}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </Panel>
  )
}

const day = 86_400_000
/** A row a SKU, its prices as bars from eight weeks ago to what is planned last. */
function Timeline({ skus, now }: { skus: readonly Sku[]; now: number }) {
  const t = useText(priceWords)
  const moments = skus.flatMap((sku) =>
    sku.prices.filter((p) => !p.replaced).map((p) => Date.parse(String(p.from))),
  )
  const start = now - 56 * day
  const end = Math.max(now + 42 * day, ...moments.map((m) => m + 14 * day))
  const place = (at: number) => `${(100 * (Math.min(end, Math.max(start, at)) - start)) / (end - start)}%`
  const marks = Array.from({ length: 4 }, (_, n) => start + ((end - start) * n) / 4)
  return (
    <section className="timeline" aria-label={t.timeline}>
      <div className="timeline-scale" aria-hidden="true">
        {marks
          .filter((at) => Math.abs(at - now) > (end - start) / 9)
          .map((at) => (
            <span key={at} style={{ insetInlineStart: place(at) }}>
              {formatDateTime(at, 'date')}
            </span>
          ))}
        <span style={{ insetInlineStart: place(now) }}>
          <strong>{t.today}</strong>
        </span>
      </div>
      {skus.slice(0, 30).map((sku) => (
        <div key={sku.sku} className="timeline-row">
          <span className="timeline-name">{sku.code}</span>
          <div className="timeline-track">
            {barsOf(sku).map((bar) => {
              const until = bar.until ?? end
              if (until <= start) return null
              const words = t.bar(
                sku.code,
                yen(bar.price),
                formatDateTime(bar.from, 'date'),
                bar.until ? formatDateTime(bar.until, 'date') : t.noEnd,
              )
              return (
                <span
                  key={bar.from}
                  className="timeline-bar"
                  title={words}
                  data-state={bar.from > now ? 'planned' : until > now ? 'now' : 'past'}
                  data-sale={bar.sale ? '' : undefined}
                  style={{
                    insetInlineStart: place(bar.from),
                    width: `calc(${place(until)} - ${place(bar.from)})`,
                  }}
                >
                  <span aria-hidden="true">{yen(bar.price)}</span>
                  <span className="ui-unseen">{words}</span>
                </span>
              )
            })}
            <span className="timeline-now" style={{ insetInlineStart: place(now) }} />
          </div>
        </div>
      ))}
    </section>
  )
}
/** What was and will be paid, without moments that change nothing. */
function barsOf(sku: Sku): { price: number; from: number; until: number | undefined; sale: boolean }[] {
  const bars: { price: number; from: number; until: number | undefined; sale: boolean }[] = []
  const told = sku.prices.filter((p) => !p.replaced).toReversed()
  for (const p of told) {
    const from = Date.parse(String(p.from))
    const before = bars.at(-1)
    const sale = p.rule === 'sale'
    if (before && before.price === p.price && before.sale === sale) continue
    if (before) before.until = from
    bars.push({ price: p.price, from, until: undefined, sale })
  }
  return bars
}

function PlanDialog({
  product,
  line,
  like,
  onClose,
}: {
  product: Product
  line: Line | undefined
  like: number
  onClose: () => void
}) {
  const t = useText(priceWords)
  const toast = useToast()
  const keep = useKeeper()
  const [sku, setSku] = useState(line && like < 2 ? String(line.sku) : '')
  const [price, setPrice] = useState<number | null>(line?.price ?? null)
  const [from, setFrom] = useState(line ? localOf(String(line.from)) : '')
  const [until, setUntil] = useState(line?.until ? localOf(String(line.until)) : '')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={line ? t.edit : t.plan}
      description={t.planLead}
      submit={t.submit}
      disabled={price === null}
      onSubmit={async () => {
        const input = {
          product: product.product,
          skus: sku === '' ? [] : [Number(sku)],
          price: price ?? 0,
          // A moment that nobody touched is the very one, to the second.
          ...(from === ''
            ? {}
            : { from: line && from === localOf(String(line.from)) ? String(line.from) : instantOf(from) }),
          ...(until === '' ? {} : { until: instantOf(until) }),
          ...(line ? { replaces: String(line.from) } : {}),
        }
        await keep(input, (key) => api.catalogPlanPrice(input, { key }))
        await refresh()
        toast({ title: t.planned })
      }}
    >
      <Field label={t.forSku}>
        {line ? (
          <SameSelect line={line} like={like} value={sku} onChange={setSku} />
        ) : (
          <Select
            options={[
              { value: '', label: t.allSkus },
              ...product.skus
                .filter((one) => !one.archived)
                .map((one) => ({ value: String(one.id), label: one.code })),
            ]}
            value={sku}
            onChange={setSku}
          />
        )}
      </Field>
      <Field label={t.newPrice}>
        <NumberInput min={0} before="¥" value={price} onChange={setPrice} />
      </Field>
      <Field label={t.from} hint={t.fromHint} mark="optional">
        <TextInput type="datetime-local" value={from} onChange={setFrom} />
      </Field>
      <Field label={t.until} hint={t.untilHint} mark="optional">
        <TextInput type="datetime-local" value={until} onChange={setUntil} />
      </Field>
    </FormDialog>
  )
}

/** One SKU, or all that have the same plan. */
function SameSelect({
  line,
  like,
  value,
  onChange,
}: {
  line: Line
  like: number
  value: string
  onChange: (value: string) => void
}) {
  const t = useText(priceWords)
  return (
    <Select
      options={[
        ...(like > 1 ? [{ value: '', label: t.allLike(String(like)) }] : []),
        { value: String(line.sku), label: line.code },
      ]}
      value={value}
      onChange={onChange}
    />
  )
}

function WithdrawDialog({
  product,
  line,
  like,
  onClose,
}: {
  product: Product
  line: Line
  like: number
  onClose: () => void
}) {
  const [sku, setSku] = useState(like > 1 ? '' : String(line.sku))
  const t = useText(priceWords)
  const toast = useToast()
  const keep = useKeeper()
  return (
    <ConfirmDialog
      open
      danger={false}
      onClose={onClose}
      title={line.isRunning ? t.end : t.withdraw}
      description={(line.isRunning ? t.endLead : t.withdrawLead)(line.code, yen(line.price))}
      confirm={line.isRunning ? t.end : t.withdraw}
      explain={(error) => <Refused error={error} />}
      onConfirm={async () => {
        const input = {
          product: product.product,
          skus: sku === '' ? [] : [Number(sku)],
          from: String(line.from),
        }
        await keep(input, (key) => api.catalogWithdrawPrice(input, { key }))
        await refresh()
        toast({ title: line.isRunning ? t.ended : t.withdrawn })
      }}
    >
      <Field label={t.forSku}>
        <SameSelect line={line} like={like} value={sku} onChange={setSku} />
      </Field>
    </ConfirmDialog>
  )
}
