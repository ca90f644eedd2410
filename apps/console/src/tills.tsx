import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  ConfirmDialog,
  DateTime,
  EmptyState,
  Field,
  IconButton,
  Menu,
  Panel,
  Select,
  Table,
  TextInput,
  useText,
  useToast,
  type Column,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { Refused, unread, useSaid } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useName } from './labels.ts'
import { isPlainCode, type KeptPlace } from './places.ts'
import { premisesWords } from './premises-words.ts'
import { ShownOnce } from './shown-once.tsx'

type Till = Answers['tills']['items'][number]
type Key = { code: string; key: string | null }

export function Tills({ places }: { places: readonly KeptPlace[] }) {
  const t = useText(premisesWords)
  const name = useName()
  const toast = useToast()
  const said = useSaid()
  const [adding, setAdding] = useState(false)
  const [asking, setAsking] = useState<{ act: 'renew' | 'disable'; till: Till }>()
  const [shown, setShown] = useState<Key>()
  const found = useQuery({ queryKey: ['tills'], queryFn: () => api.tills() })
  const stores = places.filter((p) => p.kind === 'store' && !p.archived)
  async function enable({ till }: Till) {
    await api.tillsEnable({ till })
    toast({ title: t.enabledDone })
    await refresh()
  }
  const columns: Column<Till>[] = [
    { key: 'code', head: t.till, cell: (row) => <strong>{row.code}</strong> },
    {
      key: 'place',
      head: t.place,
      narrow: true,
      cell: (row) => name(places.find((p) => p.place === row.place)?.name),
    },
    {
      key: 'opened',
      head: t.opened,
      narrow: true,
      cell: (row) => (row.opened_at ? <DateTime at={String(row.opened_at)} /> : t.never),
    },
    {
      key: 'state',
      head: t.state,
      narrow: true,
      cell: (row) => (row.disabled ? <Badge>{t.off}</Badge> : <Badge tone="ok">{t.on}</Badge>),
    },
    {
      key: 'acts',
      head: t.acts,
      narrow: true,
      cell: (row) => (
        <Menu
          trigger={<IconButton icon="more" label={t.actsOf(row.code)} />}
          items={
            row.disabled
              ? [{ label: t.enable, onSelect: () => void enable(row).catch(said) }]
              : [
                  { label: t.renew, onSelect: () => setAsking({ act: 'renew', till: row }) },
                  { label: t.disable, onSelect: () => setAsking({ act: 'disable', till: row }) },
                ]
          }
        />
      ),
    },
  ]
  return (
    <Panel
      title={t.tills}
      actions={
        <Button disabled={stores.length === 0} onClick={() => setAdding(true)}>
          {t.addTill}
        </Button>
      }
    >
      <p className="quiet">{t.tillsLead(`${location.origin}/till/`)}</p>
      <p className="quiet">{t.pinWhat}</p>
      <Table
        label={t.tills}
        columns={columns}
        rows={found.data?.items}
        rowKey={(row) => String(row.till)}
        rowLabel={(row) => row.code}
        expected={2}
        empty={
          stores.length === 0 ? (
            <EmptyState title={t.noStores} why={t.noStoresWhy} />
          ) : (
            <EmptyState title={t.noTills} why={t.noTillsWhy} />
          )
        }
        error={unread(found)}
      />
      {adding ? (
        <TillForm
          stores={stores}
          taken={found.data?.items.map((row) => row.code) ?? []}
          onClose={() => setAdding(false)}
          onMade={setShown}
        />
      ) : null}
      {asking ? <TillAct {...asking} onClose={() => setAsking(undefined)} onMade={setShown} /> : null}
      {shown ? (
        <ShownOnce
          title={t.keyTitle}
          description={shown.key === null ? t.keyGone : t.keyOnce(shown.code)}
          label={t.key}
          value={shown.key}
          done={t.keyKept}
          onClose={() => setShown(undefined)}
        />
      ) : null}
    </Panel>
  )
}

function TillForm({
  stores,
  taken,
  onClose,
  onMade,
}: {
  stores: readonly KeptPlace[]
  taken: readonly string[]
  onClose: () => void
  onMade: (key: Key) => void
}) {
  const t = useText(premisesWords)
  const name = useName()
  const keep = useKeeper()
  const [place, setPlace] = useState(stores[0]?.code ?? '')
  const [typed, setTyped] = useState<string>()
  const free = (n: number): string => (taken.includes(`${place}-${n}`) ? free(n + 1) : `${place}-${n}`)
  const code = typed ?? free(1)
  const isCode = isPlainCode(code)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.addTill}
      submit={t.addTill}
      disabled={!isCode || place === ''}
      onSubmit={async () => {
        const input = { code, place }
        const { key } = await keep(input, (mine) => api.tillsAdd(input, { key: mine }))
        onMade({ code, key })
        await refresh()
      }}
    >
      <Field label={t.place}>
        <Select
          value={place}
          onChange={setPlace}
          options={stores.map((p) => ({ value: p.code, label: name(p.name) }))}
        />
      </Field>
      <Field label={t.till} hint={t.tillHint} error={isCode ? undefined : t.codeWrong}>
        <TextInput autoComplete="off" spellCheck={false} maxLength={40} value={code} onChange={setTyped} />
      </Field>
    </FormDialog>
  )
}

function TillAct({
  act,
  till,
  onClose,
  onMade,
}: {
  act: 'renew' | 'disable'
  till: Till
  onClose: () => void
  onMade: (key: Key) => void
}) {
  const t = useText(premisesWords)
  const toast = useToast()
  const keep = useKeeper()
  const input = { till: till.till }
  const isRenewal = act === 'renew'
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={isRenewal ? t.renewTitle(till.code) : t.disableTitle(till.code)}
      description={isRenewal ? t.renewWhat : t.disableWhat}
      confirm={t[act]}
      danger={false}
      explain={(error) => <Refused error={error} />}
      onConfirm={async () => {
        if (isRenewal) {
          const { key } = await keep(input, (mine) => api.tillsRenew(input, { key: mine }))
          onMade({ code: till.code, key })
        } else {
          await keep(input, (mine) => api.tillsDisable(input, { key: mine }))
          toast({ title: t.disabledDone })
        }
        await refresh()
      }}
    />
  )
}
