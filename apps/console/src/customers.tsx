import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  DateTime,
  EmptyState,
  Field,
  formatNumber,
  PageHeader,
  Pager,
  Table,
  Tabs,
  TextInput,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { useLeft } from './back.ts'
import { BulkList, useAsked } from './bulk-list.tsx'
import { customerWords } from './customer-words.ts'
import { useErrand } from './errands.ts'
import { Forbidden, unread } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useMay } from './me.tsx'
import { cursorOf, paging } from './paging.ts'
import { PersonsFile } from './persons-file.tsx'
import { releaseWords } from './release-words.ts'
import { Views } from './views.tsx'
import { SearchField } from './search-field.tsx'
import { useSelection } from './selection.ts'

const route = getRouteApi('/customers')
const kinds = ['all', 'member', 'guest', 'mall', 'till', 'phone', 'organisation'] as const
type Row = Answers['customers']['items'][number]

export function Customers() {
  const may = useMay()
  return may('members.read') ? <CustomerList /> : <Forbidden />
}

function CustomerList() {
  const t = useText(customerWords)
  const release = useText(releaseWords)
  const may = useMay()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { returnTo, leave } = useLeft('customers')
  const [adding, setAdding] = useState(false)
  useErrand('customers/add', () => setAdding(may('members.write')))
  const kind = kinds.find((one) => one === search.kind) ?? 'all'
  const go = (change: Partial<typeof search>) =>
    void navigate({ to: '/customers', search: { ...search, trail: undefined, ...change } })
  const found = useQuery({
    queryKey: ['customers', search],
    queryFn: () =>
      api.customers({
        ...(kind !== 'all' && { kind }),
        q: search.q,
        cursor: cursorOf(search.trail),
      }),
    placeholderData: keepPreviousData,
  })
  const { onPrevious, onNext } = paging(search.trail, found.data?.next, (trail) => go({ trail }))
  const filter = { ...(kind !== 'all' && { kind }), ...(search.q && { q: search.q }) }
  const selection = useSelection(
    JSON.stringify(filter),
    found.data?.items.map((row) => String(row.identity)) ?? [],
  )
  const { ask, asked } = useAsked<'persons', typeof filter>({
    selection,
    filter,
    onBegun: () => {},
    count: (target) => api.bulkCustomers(target),
  })
  const open = (identity: number) => {
    leave(String(identity))
    void navigate({ to: '/customers/$identity', params: { identity: String(identity) } })
  }
  const columns: Column<Row>[] = [
    { key: 'number', head: t.number, narrow: true, cell: (row) => <strong>{row.identity}</strong> },
    {
      key: 'name',
      head: t.name,
      cell: (row) => (
        <>
          {row.name ?? <span className="quiet">{t.unnamed}</span>}{' '}
          {row.customer === null ? null : <Badge>{t.joined}</Badge>}
        </>
      ),
    },
    { key: 'kind', head: t.kindOf, narrow: true, cell: (row) => t.kind[row.kind] },
    { key: 'card', head: t.card, narrow: true, cell: (row) => row.code ?? '–' },
    { key: 'orders', head: t.orders, numeric: true, cell: (row) => formatNumber(row.orders) },
    { key: 'points', head: t.points, numeric: true, cell: (row) => formatNumber(row.points) },
    { key: 'since', head: t.since, narrow: true, cell: (row) => <DateTime at={row.created_at} /> },
  ]
  const list = (
    <>
      <Table
        label={t.title}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.identity)}
        selected={selection.shown}
        onSelect={selection.pick}
        returnTo={returnTo}
        onOpen={(row) => open(row.identity)}
        empty={
          <EmptyState
            title={t.empty}
            why={t.emptyWhy}
            action={
              <Button onClick={() => void navigate({ to: '/customers', search: {} })}>{t.clear}</Button>
            }
          />
        }
        error={unread(found)}
      />
      <Pager busy={found.isPlaceholderData} onPrevious={onPrevious} onNext={onNext} />
      <BulkList
        list="customers"
        selection={selection}
        filter={filter}
        href="/admin/v1/exports/customers"
        count={(of) => api.bulkCustomers({ filter: of })}
        items={may('persons.export') ? [{ label: release.open, onSelect: () => ask('persons') }] : []}
      >
        {asked ? <PersonsFile {...asked} /> : null}
      </BulkList>
    </>
  )
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={may('members.write') ? <Button onClick={() => setAdding(true)}>{t.add}</Button> : undefined}
      />
      <Views list="customers" search={search} />
      <div className="filters">
        <SearchField
          value={search.q}
          label={t.sought}
          hint={t.hint}
          find={t.find}
          group={t.list}
          maxLength={254}
          onGo={(q) => go({ q })}
        />
      </div>
      <Tabs
        label={t.kinds}
        value={kind}
        onChange={(next) => go({ kind: next === 'all' ? undefined : next })}
        tabs={kinds.map((value) => ({
          value,
          label: value === 'all' ? t.all : t.kind[value],
          content: value === kind ? list : null,
        }))}
      />
      {adding ? <Add onClose={() => setAdding(false)} onAdded={open} /> : null}
    </>
  )
}

function Add({ onClose, onAdded }: { onClose: () => void; onAdded: (identity: number) => void }) {
  const t = useText(customerWords)
  const toast = useToast()
  const keep = useKeeper()
  const [code, setCode] = useState('')
  const [person, setPerson] = useState({ family: '', given: '', email: '', phone: '' })
  const some = Object.values(person).some((value) => value.trim() !== '')
  const whole = Object.values(person).every((value) => value.trim() !== '')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.add}
      submit={t.add}
      disabled={!/^[A-Za-z]{0,3}\d{4,20}$/.test(code.trim()) || (some && !whole)}
      onSubmit={async () => {
        const input = { code: code.trim(), ...(whole && { contact: person }) }
        const made = await keep(input, (key) => api.memberAdd(input, { key }))
        toast({ title: t.added })
        await refresh()
        onAdded(made.member)
      }}
    >
      <Field label={t.card} hint={t.cardHint}>
        <TextInput value={code} onChange={setCode} maxLength={23} autoComplete="off" />
      </Field>
      {(['family', 'given', 'email', 'phone'] as const).map((name) => (
        <Field key={name} label={t[name]}>
          <TextInput
            value={person[name]}
            type={name === 'email' ? 'email' : name === 'phone' ? 'tel' : 'text'}
            onChange={(next) => setPerson({ ...person, [name]: next })}
            maxLength={name === 'email' ? 254 : 50}
            autoComplete="off"
          />
        </Field>
      ))}
    </FormDialog>
  )
}
