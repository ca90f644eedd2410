import type { ConnectorKind, Listing } from '@akinai/client'
import {
  Badge,
  Button,
  Checkbox,
  ConfirmDialog,
  createText,
  DateTime,
  EmptyState,
  Field,
  formatMoney,
  formatNumber,
  Pager,
  Panel,
  Table,
  TextInput,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh } from './api.ts'
import { Refused, unread } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useName } from './labels.ts'
import { useMay } from './me.tsx'
import { cursorOf, paging } from './paging.ts'

const words = createText({
  ja: {
    title: '出品との結び付き',
    lead: '商品コードと相手先の出品コードを結び付けると、その在庫を（設定により価格と文章も）相手先へ知らせ、注文を商品に結び付けます。',
    add: '結び付ける',
    find: '検索（コード・商品名）',
    failedOnly: '失敗したものだけ',
    sku: '商品コード',
    goods: '商品名',
    external: '出品コード',
    externalHint: '相手先での SKU。半角40字までです。',
    type: '商品タイプ',
    typeHint: '分からないときは PRODUCT のままにしてください。',
    item: (label: string) => `${label}（新しく出品するとき）`,
    itemHint: '相手先に出品がまだないときに入れてください。価格と在庫を付けて新品として出品します。',
    toldPrice: '知らせた価格',
    told: '知らせた在庫',
    toldAt: '知らせた日時',
    state: '状態',
    never: 'まだ知らせていません',
    ok: '知らせました',
    failed: (code: string) =>
      code === 'unpriced' ? '価格がないため出品できません' : `受け付けられません（${code}）`,
    acts: '操作',
    end: '外す',
    endTitle: 'この結び付きを外しますか',
    endWhat: (external: string) =>
      `「${external}」の在庫は、今後知らせません。相手先の出品はそのまま残ります。`,
    linked: '結び付けました。在庫を知らせます。',
    ended: '結び付きを外しました。',
    none: '結び付けた出品はありません。',
    noneWhy: '「結び付ける」から、商品コードと出品コードを登録できます。',
  },
  en: {
    title: 'Listings',
    lead: 'Links a SKU to the code it has there: its stock (and, by setting, price and texts) is told there, and their orders find the product.',
    add: 'Link a listing',
    find: 'Search (codes, name)',
    failedOnly: 'Failed only',
    sku: 'SKU',
    goods: 'Product',
    external: 'Their code',
    externalHint: 'The SKU over there; 40 letters at most.',
    type: 'Product type',
    typeHint: 'If you do not know it, leave PRODUCT.',
    item: (label: string) => `${label} (for a new listing)`,
    itemHint: 'If there is no listing yet: it is made, as new, with its price and stock.',
    toldPrice: 'Price told',
    told: 'Stock told',
    toldAt: 'Told',
    state: 'State',
    never: 'Not told yet',
    ok: 'Told',
    failed: (code: string) =>
      code === 'unpriced' ? 'Cannot be listed: it has no price' : `Not accepted (${code})`,
    acts: 'Actions',
    end: 'Unlink',
    endTitle: 'End this link?',
    endWhat: (external: string) =>
      `The stock of “${external}” is told no more. The listing over there stays.`,
    linked: 'Linked. Its stock will be told.',
    ended: 'The link has ended.',
    none: 'No listings are linked.',
    noneWhy: '“Link a listing” names a SKU and its code there.',
  },
})

/** What of ours is offered in an outside system, under which code. */
export function Listings({ name, item }: { name: string; item: ConnectorKind['item'] }) {
  const t = useText(words)
  const may = useMay()
  const nameOf = useName()
  const [q, setQ] = useState('')
  const [failed, setFailed] = useState(false)
  const [trail, setTrail] = useState<string>()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Listing>()
  const toast = useToast()
  const cursor = cursorOf(trail)
  const found = useQuery({
    queryKey: ['connector', name, 'listings', q, failed, cursor],
    queryFn: () =>
      api.connectorListed({
        connection: name,
        limit: 20,
        ...(q.trim() && { q: q.trim() }),
        ...(failed && { only: 'failed' as const }),
        ...(cursor && { cursor }),
      }),
    refetchInterval: 5000,
    placeholderData: (last) => last,
  })
  const page = paging(trail, found.data?.next, setTrail)
  const writes = may('connectors.write')
  const columns: Column<Listing>[] = [
    { key: 'sku', head: t.sku, narrow: true, cell: (row) => <code>{row.sku}</code> },
    { key: 'goods', head: t.goods, cell: (row) => <span className="goods">{nameOf(row.name)}</span> },
    { key: 'external', head: t.external, narrow: true, cell: (row) => <code>{row.external_sku}</code> },
    { key: 'type', head: t.type, narrow: true, cell: (row) => row.product_type },
    {
      key: 'told',
      head: t.told,
      numeric: true,
      cell: (row) => (row.told === null ? '–' : formatNumber(row.told)),
    },
    {
      key: 'price',
      head: t.toldPrice,
      numeric: true,
      cell: (row) => (row.told_price === null ? '–' : formatMoney(row.told_price)),
    },
    {
      key: 'at',
      head: t.toldAt,
      narrow: true,
      cell: (row) => (row.told_at ? <DateTime at={row.told_at} /> : '–'),
    },
    {
      key: 'state',
      head: t.state,
      narrow: true,
      cell: (row) =>
        row.failure ? (
          <Badge tone="error">{t.failed(row.failure)}</Badge>
        ) : row.told_at ? (
          <Badge tone="ok">{t.ok}</Badge>
        ) : (
          <Badge>{t.never}</Badge>
        ),
    },
    ...(writes
      ? [
          {
            key: 'acts',
            head: t.acts,
            narrow: true,
            cell: (row: Listing) => (
              <Button aria-label={`${t.end}: ${row.sku}`} onClick={() => setEnding(row)}>
                {t.end}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Panel
      title={t.title}
      actions={writes ? <Button onClick={() => setAdding(true)}>{t.add}</Button> : undefined}
    >
      <p>{t.lead}</p>
      <div className="filters">
        <Field label={t.find}>
          <TextInput
            value={q}
            type="search"
            maxLength={100}
            onChange={(next) => {
              setQ(next)
              setTrail(undefined)
            }}
          />
        </Field>
        <Checkbox
          label={t.failedOnly}
          checked={failed}
          onChange={(next) => {
            setFailed(next)
            setTrail(undefined)
          }}
        />
      </div>
      <Table
        {...(writes && (found.data?.items.length ?? 0) > 0 ? {} : { plain: true as const })}
        label={t.title}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => row.sku}
        empty={<EmptyState title={t.none} why={t.noneWhy} />}
        error={unread(found)}
      />
      {page.onPrevious || page.onNext ? <Pager onPrevious={page.onPrevious} onNext={page.onNext} /> : null}
      {adding ? <Link name={name} item={item} onClose={() => setAdding(false)} /> : null}
      <ConfirmDialog
        open={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={t.endTitle}
        description={t.endWhat(ending?.external_sku ?? '')}
        confirm={t.end}
        danger={false}
        explain={(error) => <Refused error={error} />}
        onConfirm={async () => {
          await api.connectorListings({
            connection: name,
            lines: [{ sku: ending!.sku, external_sku: null }],
          })
          toast({ title: t.ended })
          await refresh()
        }}
      />
    </Panel>
  )
}

function Link({ name, item, onClose }: { name: string; item: ConnectorKind['item']; onClose: () => void }) {
  const t = useText(words)
  const toast = useToast()
  const [sku, setSku] = useState('')
  const [external, setExternal] = useState('')
  const [type, setType] = useState('PRODUCT')
  const [number, setNumber] = useState('')
  const nameOf = useName()
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.add}
      submit={t.add}
      disabled={!sku.trim() || !external.trim() || !type.trim()}
      onSubmit={async () => {
        await api.connectorListings({
          connection: name,
          lines: [
            {
              sku: sku.trim(),
              external_sku: external.trim(),
              product_type: type.trim(),
              item: number.trim() || null,
            },
          ],
        })
        toast({ title: t.linked })
        await refresh()
      }}
    >
      <Field label={t.sku}>
        <TextInput value={sku} onChange={setSku} maxLength={64} autoComplete="off" />
      </Field>
      <Field label={t.external} hint={t.externalHint}>
        <TextInput value={external} onChange={setExternal} maxLength={40} autoComplete="off" />
      </Field>
      <Field label={t.type} hint={t.typeHint}>
        <TextInput
          value={type}
          onChange={(next) => setType(next.toUpperCase())}
          maxLength={60}
          autoComplete="off"
        />
      </Field>
      {item ? (
        <Field label={t.item(nameOf(item))} hint={t.itemHint}>
          <TextInput value={number} onChange={setNumber} maxLength={40} autoComplete="off" />
        </Field>
      ) : null}
    </FormDialog>
  )
}
