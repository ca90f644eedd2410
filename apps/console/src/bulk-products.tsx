import {
  ConfirmDialog,
  Field,
  formatNumber,
  NumberInput,
  Select,
  TextInput,
  useText,
  type MenuItem,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from './api.ts'
import { BulkList, useAsked, useBegin, type Asked } from './bulk-list.tsx'
import { bulkWords } from './bulk-words.ts'
import { Refused } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { instantOf } from './japan.ts'
import { useName } from './labels.ts'
import { useMay } from './me.tsx'
import type { Selection } from './selection.ts'

type Filter = { q?: string; state?: 'live' | 'archived' | 'all' }
type Kind = 'archive' | 'resume' | 'file_in' | 'file_out' | 'reprice'
const kinds = ['archive', 'resume', 'file_in', 'file_out', 'reprice'] as const
type Props = Asked<Kind, Filter>

/** What can be done with many products; all of it can be taken back. */
export function BulkProducts(is: { selection: Selection; filter: Filter; onBegun: (run: string) => void }) {
  const t = useText(bulkWords)
  const may = useMay()
  const { ask, asked } = useAsked<Kind, Filter>({ ...is, count: (target) => api.bulkProducts(target) })
  const items: MenuItem[] = kinds
    .filter((kind) => may(kind === 'reprice' ? 'prices.write' : 'products.write'))
    .map((kind) => ({ label: t.kind[kind], onSelect: () => ask(kind) }))
  return (
    <BulkList
      list="products"
      selection={is.selection}
      filter={is.filter}
      count={(of) => api.bulkProducts({ filter: of })}
      items={items}
    >
      {asked?.kind === 'archive' || asked?.kind === 'resume' ? <Look {...asked} /> : null}
      {asked?.kind === 'file_in' || asked?.kind === 'file_out' ? <File {...asked} /> : null}
      {asked?.kind === 'reprice' ? <Reprice {...asked} /> : null}
    </BulkList>
  )
}

function Look(is: Props) {
  const t = useText(bulkWords)
  const { count } = is.counted
  const begin = useBegin(is, { count })
  return (
    <ConfirmDialog
      open
      danger={false}
      onClose={is.onClose}
      title={t.kind[is.kind]}
      description={is.kind === 'archive' ? t.archiveWhat : t.resumeWhat}
      count={{ value: count, noun: t.products }}
      confirm={t.withCount(t.kind[is.kind], formatNumber(count))}
      onConfirm={() =>
        begin({}, (input, key) =>
          is.kind === 'archive' ? api.bulkArchive(input, { key }) : api.bulkResume(input, { key }),
        )
      }
      explain={(error) => <Refused error={error} />}
    />
  )
}

function File(is: Props) {
  const t = useText(bulkWords)
  const name = useName()
  const { count } = is.counted
  const begin = useBegin(is, { count })
  const found = useQuery({ queryKey: ['categories'], queryFn: () => api.categoriesList() })
  const [category, setCategory] = useState('')
  const all = found.data?.items.filter((one) => !one.archived) ?? []
  const pathOf = (id: number | null): string => {
    const one = all.find((c) => c.category === id)
    return one ? [pathOf(one.parent), name(one.name)].filter(Boolean).join(' › ') : ''
  }
  return (
    <FormDialog
      open
      onClose={is.onClose}
      title={t.kind[is.kind]}
      description={`${t.withCount(t.products, formatNumber(count))} ${t.reversible}`}
      submit={t.withCount(t.kind[is.kind], formatNumber(count))}
      disabled={category === ''}
      onSubmit={() =>
        begin({ category }, (input, key) =>
          api.bulkFile(
            { ...input, category: Number(category), way: is.kind === 'file_in' ? 'in' : 'out' },
            { key },
          ),
        )
      }
    >
      <Field label={t.category}>
        <Select
          options={all.map((one) => ({ value: String(one.category), label: pathOf(one.category) }))}
          value={category}
          onChange={setCategory}
        />
      </Field>
    </FormDialog>
  )
}

function Reprice(is: Props) {
  const t = useText(bulkWords)
  const { count } = is.counted
  const begin = useBegin(is, { count })
  const [way, setWay] = useState<'up' | 'down'>('down')
  const [size, setSize] = useState<number | null>(10)
  const [by, setBy] = useState<'percent' | 'yen'>('percent')
  const [round, setRound] = useState<'1' | '10' | '100'>('1')
  const [from, setFrom] = useState('')
  const most = by === 'yen' ? 10_000_000 : way === 'down' ? 99 : 1000
  return (
    <FormDialog
      open
      onClose={is.onClose}
      title={t.kind.reprice}
      description={`${t.withCount(t.products, formatNumber(count))} ${t.repriceWhat}`}
      submit={t.withCount(t.kind.reprice, formatNumber(count))}
      disabled={!size || size > most}
      onSubmit={() => {
        const terms = {
          by,
          change: way === 'up' ? size! : -size!,
          round: round === '1' ? (1 as const) : round === '10' ? (10 as const) : (100 as const),
          ...(from && { from: instantOf(from) }),
        }
        return begin(terms, (input, key) => api.bulkReprice({ ...input, ...terms }, { key }))
      }}
    >
      <Field label={t.way}>
        <Select
          options={[
            { value: 'down', label: t.down },
            { value: 'up', label: t.up },
          ]}
          value={way}
          onChange={setWay}
        />
      </Field>
      <Field label={t.size}>
        <NumberInput min={1} max={most} value={size} onChange={setSize} />
      </Field>
      <Field label={t.unit}>
        <Select
          options={[
            { value: 'percent', label: t.percent },
            { value: 'yen', label: t.yen },
          ]}
          value={by}
          onChange={setBy}
        />
      </Field>
      <Field label={t.round}>
        <Select
          options={[
            { value: '1', label: t.round1 },
            { value: '10', label: t.round10 },
            { value: '100', label: t.round100 },
          ]}
          value={round}
          onChange={setRound}
        />
      </Field>
      <Field label={t.from} hint={t.fromHint} mark="optional">
        <TextInput type="datetime-local" value={from} onChange={setFrom} />
      </Field>
    </FormDialog>
  )
}
