import type { Answers } from '@akinai/client'
import {
  Button,
  Checkbox,
  Field,
  IconButton,
  Menu,
  TextInput,
  useShortcut,
  useText,
  useToast,
  type MenuItem,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api, queries } from './api.ts'
import { useSaid } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useMay } from './me.tsx'
import { viewWords } from './view-words.ts'

type View = Answers['views.list']['items'][number]
type List = View['list']
type Search = Readonly<Record<string, string | undefined>>
/** What of its address each list is kept by: the server keeps nothing else. */
const keeps: Record<List, readonly string[]> = {
  orders: ['status', 'channel', 'from', 'to'],
  customers: ['kind'],
  products: ['q', 'state'],
  stock: ['q', 'place', 'only'],
  shortages: ['state'],
  mail: ['state'],
  audit: ['actor', 'what', 'from', 'to'],
}
const key = ['views']
/** Views as what Enter does in the palette. */
export function useViewDeeds(): { id: string; label: string; run: () => void }[] {
  const t = useText(viewWords)
  const navigate = useNavigate()
  const found = useQuery({ queryKey: key, queryFn: () => api.viewsList(), staleTime: 60_000 })
  return (found.data?.items ?? []).map((view) => ({
    id: `view ${view.view}`,
    label: t.inList(t.lists[view.list], view.name),
    run: () => void navigate({ to: `/${view.list}`, search: view.search }),
  }))
}
/** Lists that began with their default view: once for each time the console is opened. */
const begun = new Set<List>()
const textOf = (list: List, search: Search) => JSON.stringify(keeps[list].map((name) => search[name] ?? ''))

/** The views of a list, above it; what it shows now can be kept as one more. */
export function Views({ list, search }: { list: List; search: Search }) {
  const t = useText(viewWords)
  const toast = useToast()
  const said = useSaid()
  const may = useMay()
  const navigate = useNavigate()
  const row = useRef<HTMLElement>(null)
  const found = useQuery({ queryKey: key, queryFn: () => api.viewsList(), staleTime: 60_000 })
  const [edited, setEdited] = useState<View | 'new'>()
  const mine = found.data?.items.filter((view) => view.list === list) ?? []
  const now = textOf(list, search)
  const isBare = now === textOf(list, {})
  const current = mine.find((view) => textOf(list, view.search) === now)
  const go = (to: Search, replace = false) => void navigate({ to: `/${list}`, search: to, replace })
  useShortcut({
    keys: 'v',
    label: t.keys,
    group: t.list,
    run: () => row.current?.querySelector<HTMLElement>('button')?.focus(),
  })
  const first = mine.find((view) => view.is_default)
  const isUntouched = Object.values(search).every((value) => value === undefined)
  useEffect(() => {
    if (!found.data || begun.has(list)) return
    begun.add(list)
    if (first && isUntouched) go(first.search, true)
    // Once, when it is first known.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [found.data])
  const again = () => queries.invalidateQueries({ queryKey: key })
  async function keep(view: Pick<View, 'view' | 'name' | 'search' | 'shared'>) {
    await api.viewsKeep({
      view: view.view,
      list,
      name: view.name,
      search: view.search,
      shared: view.shared,
    })
    await again()
  }
  async function begin(view: View | null) {
    await api.viewsDefault({ name: list, view: view?.view ?? null })
    await again()
    toast({ title: t.defaultSet })
  }
  async function remove(view: View) {
    await api.viewsDrop({ view: view.view })
    await again()
    toast({
      title: t.removed(view.name),
      ...(view.own && { undo: () => keep(view) }),
    })
  }
  const itemsOf = (view: View): MenuItem[] => [
    ...(view.own ? [{ label: t.rename, onSelect: () => setEdited(view) }] : []),
    view.is_default
      ? { label: t.unsetDefault, onSelect: () => void begin(null).catch(said) }
      : { label: t.setDefault, onSelect: () => void begin(view).catch(said) },
    ...(view.own || may('users.write')
      ? [{ label: t.remove, danger: true, onSelect: () => void remove(view).catch(said) }]
      : []),
  ]
  if (mine.length === 0 && isBare) return null
  return (
    <nav className="views" aria-label={t.title} ref={row}>
      {mine.length === 0 ? null : <Chip label={t.everything} isCurrent={isBare} onGo={() => go({})} />}
      {mine.map((view) => (
        <span key={view.view} className="view">
          <Chip
            label={view.name}
            title={[view.staff_name === null ? '' : t.of(view.staff_name), view.is_default ? t.first : '']
              .filter(Boolean)
              .join(' / ')}
            isCurrent={view === current}
            isFirst={view.is_default}
            onGo={() => go(view.search)}
          />
          {view === current ? (
            <Menu
              trigger={<IconButton icon="more" label={t.more(view.name)} tooltip={false} />}
              items={itemsOf(view)}
            />
          ) : null}
        </span>
      ))}
      {isBare || current ? null : (
        <Button variant="quiet" icon="plus" onClick={() => setEdited('new')}>
          {t.save}
        </Button>
      )}
      {edited === undefined ? null : (
        <Edit
          list={list}
          view={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onKeep={async ({ name, shared, first: isFirst }) => {
            const told = Object.fromEntries(
              keeps[list].flatMap((one) => (search[one] ? [[one, search[one]]] : [])),
            )
            const id = edited === 'new' ? crypto.randomUUID() : edited.view
            await keep({ view: id, name, shared, search: edited === 'new' ? told : edited.search })
            if (isFirst) await api.viewsDefault({ name: list, view: id })
            await again()
            toast({ title: t.saved })
          }}
        />
      )}
    </nav>
  )
}

function Chip(is: {
  label: string
  title?: string
  isCurrent: boolean
  isFirst?: boolean
  onGo: () => void
}) {
  const t = useText(viewWords)
  return (
    <button
      type="button"
      className="chip"
      aria-current={is.isCurrent ? 'true' : undefined}
      {...(is.title && { title: is.title })}
      onClick={is.onGo}
    >
      {is.label}
      {is.isFirst ? (
        <>
          <span aria-hidden="true"> ★</span>
          <span className="ui-unseen">{t.first}</span>
        </>
      ) : null}
    </button>
  )
}

function Edit(is: {
  list: List
  view: View | undefined
  onClose: () => void
  onKeep: (to: { name: string; shared: boolean; first: boolean }) => Promise<void>
}) {
  const t = useText(viewWords)
  const [name, setName] = useState(is.view?.name ?? '')
  const [shared, setShared] = useState(is.view?.shared ?? false)
  const [first, setFirst] = useState(false)
  const finds = is.list === 'orders' || is.list === 'customers'
  return (
    <FormDialog
      open
      onClose={is.onClose}
      title={is.view ? t.renameTitle : t.saveTitle}
      description={is.view ? undefined : finds ? `${t.saveWhat} ${t.noPersons}` : t.saveWhat}
      submit={t.keep}
      disabled={name.trim() === ''}
      onSubmit={() => is.onKeep({ name: name.trim(), shared, first })}
    >
      <Field label={t.name} hint={t.nameHint}>
        <TextInput value={name} onChange={setName} maxLength={40} required />
      </Field>
      <Checkbox label={t.share} checked={shared} onChange={setShared} />
      {is.view ? null : <Checkbox label={t.asDefault} checked={first} onChange={setFirst} />}
    </FormDialog>
  )
}
