import type { Member } from '@akinai/client'
import {
  Badge,
  Button,
  DateTime,
  EmptyState,
  IconButton,
  Menu,
  PageHeader,
  Table,
  Tabs,
  useListed,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh } from './api.ts'
import { Forbidden, unread, useSaid } from './failure.tsx'
import { labels, useName } from './labels.ts'
import { useMay, useMe } from './me.tsx'
import { usePlaces } from './places.ts'
import { StaffAct, type Act } from './staff-acts.tsx'
import { InvitationLink, StaffForm, type Link } from './staff-form.tsx'
import { RoleMatrix } from './staff-matrix.tsx'
import { staffWords } from './staff-words.ts'

const tones = {
  active: 'ok',
  invited: 'accent',
  expired: 'warn',
  withdrawn: 'neutral',
  disabled: 'neutral',
} as const

export function Staff() {
  const may = useMay()
  return may('users.read') ? <StaffPage /> : <Forbidden />
}

function StaffPage() {
  const t = useText(staffWords)
  const may = useMay()
  const [view, setView] = useState<'list' | 'matrix'>('list')
  const [inviting, setInviting] = useState(false)
  const [link, setLink] = useState<Link>()
  const found = useQuery({ queryKey: ['staff'], queryFn: () => api.staffList() })
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={
          may('users.write') ? (
            <Button variant="primary" disabled={!found.data} onClick={() => setInviting(true)}>
              {t.invite}
            </Button>
          ) : undefined
        }
      />
      <Tabs
        label={t.tabs}
        value={view}
        onChange={setView}
        tabs={[
          { value: 'list', label: t.list, content: <List onLink={setLink} /> },
          { value: 'matrix', label: t.matrix, content: view === 'matrix' ? <RoleMatrix /> : null },
        ]}
      />
      {found.data && inviting ? (
        <StaffForm shops={found.data.shops} onClose={() => setInviting(false)} onLink={setLink} />
      ) : null}
      {link ? <InvitationLink shown={link} onClose={() => setLink(undefined)} /> : null}
    </>
  )
}

function List({ onLink }: { onLink: (link: Link) => void }) {
  const listed = useListed()
  const t = useText(staffWords)
  const label = useText(labels)
  const name = useName()
  const me = useMe()
  const may = useMay()
  const toast = useToast()
  const said = useSaid()
  const places = usePlaces()
  const found = useQuery({ queryKey: ['staff'], queryFn: () => api.staffList() })
  const [editing, setEditing] = useState<Member>()
  const [acting, setActing] = useState<{ act: Act; member: Member }>()
  async function enable(staff: number) {
    await api.staffEnable({ staff })
    toast({ title: t.enabled })
    await refresh()
  }
  const items = (row: Member) => {
    const act = (which: Act) => ({ label: t[which], onSelect: () => setActing({ act: which, member: row }) })
    const isIn = row.state === 'active'
    const other = row.staff !== me.id
    if (row.state === 'disabled')
      return [{ label: t.enable, onSelect: () => void enable(row.staff).catch(said) }]
    return [
      { label: t.edit, onSelect: () => setEditing(row) },
      ...(isIn ? (other ? [act('reset')] : []) : [act('again')]),
      ...(row.state === 'invited' ? [act('uninvite')] : []),
      ...(other && (row.second_factor || row.passkeys > 0) ? [act('factors')] : []),
      ...(other ? [act('disable')] : []),
    ]
  }
  const columns: Column<Member>[] = [
    {
      key: 'name',
      head: t.name,
      cell: (row) => (
        <span className="goods">
          <strong>{row.name}</strong> {row.staff === me.id ? <Badge tone="accent">{t.me}</Badge> : null}
          <br />
          <small className="quiet address">{row.email}</small>
        </span>
      ),
    },
    { key: 'role', head: t.role, narrow: true, cell: (row) => label.role[row.role] },
    {
      key: 'shops',
      head: t.shops,
      cell: (row) =>
        row.shops === null ? (
          t.shopsEvery
        ) : (
          <span className="goods">{listed(row.shops.map((s) => name(s.name)))}</span>
        ),
    },
    {
      key: 'place',
      head: t.place,
      narrow: true,
      cell: (row) => name(places.find((p) => p.place === row.place)?.name) || '–',
    },
    {
      key: 'factor',
      head: t.factor,
      narrow: true,
      cell: (row) =>
        [row.second_factor ? t.factorApp : '', row.passkeys > 0 ? t.factorKeys(row.passkeys) : '']
          .filter(Boolean)
          .join('・') || <span className="quiet">{t.factorNone}</span>,
    },
    {
      key: 'signedIn',
      head: t.signedIn,
      narrow: true,
      cell: (row) => (row.signed_in_at ? <DateTime at={row.signed_in_at} /> : t.never),
    },
    {
      key: 'state',
      head: t.state,
      narrow: true,
      cell: (row) => <Badge tone={tones[row.state]}>{t.states[row.state]}</Badge>,
    },
    ...(may('users.write')
      ? [
          {
            key: 'acts',
            head: t.acts,
            narrow: true,
            cell: (row: Member) => (
              <Menu trigger={<IconButton icon="more" label={t.actsOf(row.name)} />} items={items(row)} />
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Table
        label={t.title}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.staff)}
        rowLabel={(row) => row.name}
        {...(may('users.write')
          ? { onOpen: (row: Member) => (row.state === 'disabled' ? undefined : setEditing(row)) }
          : {})}
        empty={<EmptyState title={t.empty} />}
        error={unread(found)}
      />
      {found.data && editing ? (
        <StaffForm
          shops={found.data.shops}
          member={editing}
          onClose={() => setEditing(undefined)}
          onLink={onLink}
        />
      ) : null}
      {acting ? (
        <StaffAct
          {...acting}
          onClose={() => setActing(undefined)}
          onLink={(link) => {
            setActing(undefined)
            onLink(link)
          }}
        />
      ) : null}
    </>
  )
}
