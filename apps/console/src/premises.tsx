import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  IconButton,
  Menu,
  PageHeader,
  Panel,
  Table,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { Forbidden, Refused, unread, useSaid } from './failure.tsx'
import { useName } from './labels.ts'
import { useMay } from './me.tsx'
import { PlaceForm } from './place-form.tsx'
import type { KeptPlace } from './places.ts'
import { premisesWords } from './premises-words.ts'
import { Tills } from './tills.tsx'

/** Where goods stand and are sold, and the tills there. */
export function Premises() {
  const may = useMay()
  return may('places.write') ? <Places /> : <Forbidden />
}

function Places() {
  const t = useText(premisesWords)
  const name = useName()
  const toast = useToast()
  const said = useSaid()
  const [editing, setEditing] = useState<KeptPlace | 'new'>()
  const [archiving, setArchiving] = useState<KeptPlace>()
  const found = useQuery({ queryKey: ['places', 'all'], queryFn: () => api.placesAll() })
  async function resume({ place, version }: KeptPlace) {
    await api.placesResume({ place, version })
    toast({ title: t.resumed })
    await refresh()
  }
  const columns: Column<KeptPlace>[] = [
    {
      key: 'name',
      head: t.nameHead,
      cell: (row) => (
        <span className="goods">
          <strong>{name(row.name)}</strong>
          <br />
          <small className="quiet">
            {row.postal ? `〒${row.postal.slice(0, 3)}-${row.postal.slice(3)} ` : ''}
            {name(row.address)}
          </small>
        </span>
      ),
    },
    { key: 'code', head: t.code, narrow: true, cell: (row) => <code>{row.code}</code> },
    { key: 'kind', head: t.kind, narrow: true, cell: (row) => kindOf(t.kinds, row.kind) },
    { key: 'web', head: t.web, narrow: true, cell: (row) => (row.sells_web ? t.yes : t.no) },
    { key: 'priority', head: t.priority, numeric: true, cell: (row) => row.priority },
    {
      key: 'state',
      head: t.state,
      narrow: true,
      cell: (row) => (row.archived ? <Badge>{t.archived}</Badge> : <Badge tone="ok">{t.used}</Badge>),
    },
    {
      key: 'acts',
      head: t.acts,
      narrow: true,
      cell: (row) => (
        <Menu
          trigger={<IconButton icon="more" label={t.actsOf(name(row.name))} />}
          items={
            row.archived
              ? [{ label: t.resume, onSelect: () => void resume(row).catch(said) }]
              : [
                  { label: t.edit, onSelect: () => setEditing(row) },
                  { label: t.archive, onSelect: () => setArchiving(row) },
                ]
          }
        />
      ),
    },
  ]
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={
          <Button variant="primary" disabled={!found.data} onClick={() => setEditing('new')}>
            {t.add}
          </Button>
        }
      />
      <div className="stack">
        <Panel title={t.places}>
          <Table
            label={t.places}
            columns={columns}
            rows={found.data?.items}
            rowKey={(row) => String(row.place)}
            rowLabel={(row) => name(row.name)}
            onOpen={(row) => (row.archived ? undefined : setEditing(row))}
            expected={2}
            empty={<EmptyState title={t.empty} />}
            error={unread(found)}
          />
        </Panel>
        {found.data ? <Tills places={found.data.items} /> : null}
      </div>
      {editing ? (
        <PlaceForm
          {...(editing !== 'new' && { place: editing })}
          next={(found.data?.items.length ?? 0) + 1}
          onClose={() => setEditing(undefined)}
        />
      ) : null}
      {archiving ? <Archive place={archiving} onClose={() => setArchiving(undefined)} /> : null}
    </>
  )
}
const kindOf = (kinds: Readonly<Record<string, string>>, kind: string) => kinds[kind] ?? kind

function Archive({ place, onClose }: { place: KeptPlace; onClose: () => void }) {
  const t = useText(premisesWords)
  const name = useName()
  const toast = useToast()
  const keep = useKeeper()
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t.archiveTitle(name(place.name))}
      description={t.archiveWhat}
      confirm={t.archive}
      danger={false}
      explain={(error) => <Refused error={error} />}
      onConfirm={async () => {
        const input = { place: place.place, version: place.version }
        await keep(input, (key) => api.placesArchive(input, { key }))
        toast({ title: t.archivedDone })
        await refresh()
      }}
    />
  )
}
