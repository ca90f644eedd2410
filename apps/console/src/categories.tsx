import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  EmptyState,
  Field,
  formatNumber,
  IconButton,
  Loading,
  Menu,
  PageHeader,
  Panel,
  Select,
  TextInput,
  useText,
  useToast,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { useAtOnce } from './at-once.ts'
import { CategoryProducts, type Category } from './category-products.tsx'
import { categoryWords } from './category-words.ts'
import { Failure, Forbidden } from './failure.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useName } from './labels.ts'
import { useMay } from './me.tsx'
import { moved, Sortable } from './sortable.tsx'

type Asking = { what: 'add' } | { what: 'edit' | 'move' | 'close'; of: Category }
const route = getRouteApi('/categories')

export function Categories() {
  return useMay()('products.read') ? <Loaded /> : <Forbidden />
}

function Loaded() {
  const t = useText(categoryWords)
  const name = useName()
  const mayWrite = useMay()('products.write')
  const search = route.useSearch()
  const found = useQuery({ queryKey: ['categories'], queryFn: () => api.categoriesList() })
  const [asking, setAsking] = useState<Asking | null>(null)
  if (found.error && !found.data)
    return (
      <>
        <PageHeader title={t.title} />
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      </>
    )
  if (!found.data) return <Loading lines={8} />
  const all = found.data.items
  const live = all.filter((one) => !one.archived)
  const gone = all.filter((one) => one.archived)
  const chosen = live.find((one) => String(one.category) === search.category)
  return (
    <>
      <PageHeader
        title={t.title}
        words={t.lead}
        actions={
          mayWrite ? (
            <Button variant="primary" onClick={() => setAsking({ what: 'add' })}>
              {t.add}
            </Button>
          ) : undefined
        }
      />
      <div className="beside">
        <Panel title={t.tree}>
          {live.length === 0 ? (
            <EmptyState title={t.empty} why={t.emptyWhy} />
          ) : (
            <Branch all={live} parent={null} chosen={chosen} mayWrite={mayWrite} onAsk={setAsking} />
          )}
          {gone.length > 0 ? (
            <details>
              <summary>
                {t.archivedOnes} <span className="ui-count">{formatNumber(gone.length)}</span>
              </summary>
              <ul className="plain">
                {gone.map((one) => (
                  <li key={one.category} className="quiet">
                    {name(one.name)} <code>{one.code}</code>
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
        </Panel>
        {chosen ? (
          <CategoryProducts key={chosen.category} category={chosen} mayWrite={mayWrite} />
        ) : (
          <EmptyState title={t.choose} why="" />
        )}
      </div>
      {asking?.what === 'add' || asking?.what === 'edit' ? (
        <NameDialog
          of={asking.what === 'edit' ? asking.of : undefined}
          all={live}
          onClose={() => setAsking(null)}
        />
      ) : null}
      {asking?.what === 'move' ? (
        <MoveDialog of={asking.of} all={live} onClose={() => setAsking(null)} />
      ) : null}
      {asking?.what === 'close' ? (
        <CloseDialog of={asking.of} all={live} onClose={() => setAsking(null)} />
      ) : null}
    </>
  )
}

/** The neighbours stand in their new order where they stood; everything else stays where it is. */
function inOrder(all: readonly Category[], neighbours: readonly Category[]): Category[] {
  const theirs = new Set(neighbours.map((one) => one.category))
  let at = 0
  return all.map((one) => (theirs.has(one.category) ? (neighbours[at++] ?? one) : one))
}

/** One level of the tree: neighbours are put in order, each with what stands below it. */
function Branch(props: {
  all: readonly Category[]
  parent: Category | null
  chosen: Category | undefined
  mayWrite: boolean
  onAsk: (asking: Asking) => void
}) {
  const { all, parent, chosen, mayWrite, onAsk } = props
  const t = useText(categoryWords)
  const name = useName()
  const toast = useToast()
  const navigate = useNavigate()
  const atOnce = useAtOnce()
  const [isMoving, setMoving] = useState(false)
  const shown = all.filter((one) => one.parent === (parent?.category ?? null))
  if (shown.length === 0) return null
  async function move(from: number, to: number) {
    const next = moved(shown, from, to)
    const what = next[to]
    if (!what) return
    setMoving(true)
    await atOnce<Answers['categories.list']>(
      ['categories'],
      (seen) => ({ ...seen, items: inOrder(seen.items, next) }),
      async () => {
        await api.categoriesMove({
          category: what.category,
          version: what.version,
          parent: what.parent,
          next: next[to + 1]?.category ?? null,
        })
        toast({ title: t.moved })
      },
    )
    setMoving(false)
  }
  return (
    <>
      <Sortable
        items={shown}
        keyOf={(one) => String(one.category)}
        nameOf={(one) => name(one.name)}
        label={parent ? name(parent.name) : t.tree}
        className="branch"
        disabled={!mayWrite}
        onMove={(from, to) => {
          if (!isMoving) void move(from, to)
        }}
      >
        {(one) => (
          <div className="leaf">
            <div className="leaf-line">
              <button
                type="button"
                className="leaf-name"
                aria-current={one === chosen ? 'true' : undefined}
                onClick={() =>
                  void navigate({ to: '/categories', search: { category: String(one.category) } })
                }
              >
                {name(one.name)}
              </button>
              {one.name.en === '' ? <Badge tone="warn">{t.untranslated}</Badge> : null}
              <span className="quiet">{t.productCount(formatNumber(one.products))}</span>
              {mayWrite ? (
                <Menu
                  trigger={<IconButton icon="more" label={t.actions(name(one.name))} tooltip={false} />}
                  items={[
                    { label: t.edit, onSelect: () => onAsk({ what: 'edit', of: one }) },
                    { label: t.move, onSelect: () => onAsk({ what: 'move', of: one }) },
                    'rule',
                    { label: t.close, danger: true, onSelect: () => onAsk({ what: 'close', of: one }) },
                  ]}
                />
              ) : null}
            </div>
            <Branch {...props} parent={one} />
          </div>
        )}
      </Sortable>
    </>
  )
}

/** Names with those above them, without a category and what stands below it. */
function usePlaces(all: readonly Category[], without?: Category) {
  const name = useName()
  const trail = (one: Category): Category[] => {
    const above = all.find((c) => c.category === one.parent)
    return above ? [...trail(above), one] : [one]
  }
  // In the order of the tree.
  const below = (parent: number | null): Category[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.category)])
  return below(null)
    .filter((one) => !without || !trail(one).includes(without))
    .map((one) => ({
      value: String(one.category),
      label: trail(one)
        .map((c) => name(c.name))
        .join(' › '),
    }))
}

function NameDialog({
  of,
  all,
  onClose,
}: {
  of: Category | undefined
  all: readonly Category[]
  onClose: () => void
}) {
  const t = useText(categoryWords)
  const toast = useToast()
  const keep = useKeeper()
  const places = usePlaces(all)
  const [code, setCode] = useState(of?.code ?? '')
  const [ja, setJa] = useState(of?.name.ja ?? '')
  const [en, setEn] = useState(of?.name.en ?? '')
  const [parent, setParent] = useState('')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={of ? t.edit : t.add}
      submit={of ? t.save : t.add}
      disabled={ja.trim() === '' || !/^[a-z0-9][a-z0-9-]{0,39}$/.test(code)}
      onSubmit={async () => {
        const told = { code, name: { ja: ja.trim(), en: en.trim() } }
        if (of) {
          const input = { ...told, category: of.category, version: of.version }
          await keep(input, (key) => api.categoriesChange(input, { key }))
        } else {
          const input = { ...told, parent: parent === '' ? null : Number(parent) }
          await keep(input, (key) => api.categoriesCreate(input, { key }))
        }
        await refresh()
        toast({ title: t.saved })
      }}
    >
      <Field label={t.name(t.ja)}>
        <TextInput lang="ja" value={ja} onChange={setJa} maxLength={60} />
      </Field>
      <Field label={t.name(t.en)} hint={t.enHint} mark="optional">
        <TextInput lang="en" value={en} onChange={setEn} maxLength={60} />
      </Field>
      <Field label={t.code} hint={t.codeHint}>
        <TextInput
          value={code}
          onChange={(next) => setCode(next.normalize('NFKC').toLowerCase())}
          maxLength={40}
        />
      </Field>
      {of ? null : (
        <Field label={t.parent}>
          <Select options={[{ value: '', label: t.top }, ...places]} value={parent} onChange={setParent} />
        </Field>
      )}
    </FormDialog>
  )
}

function MoveDialog({ of, all, onClose }: { of: Category; all: readonly Category[]; onClose: () => void }) {
  const t = useText(categoryWords)
  const name = useName()
  const toast = useToast()
  const places = usePlaces(all, of)
  const [parent, setParent] = useState(of.parent === null ? '' : String(of.parent))
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.move}
      description={t.moveLead(name(of.name))}
      submit={t.moveTo}
      onSubmit={async () => {
        await api.categoriesMove({
          category: of.category,
          version: of.version,
          parent: parent === '' ? null : Number(parent),
          next: null,
        })
        await refresh()
        toast({ title: t.moved })
      }}
    >
      <Field label={t.parent}>
        <Select options={[{ value: '', label: t.top }, ...places]} value={parent} onChange={setParent} />
      </Field>
    </FormDialog>
  )
}

/** Products go in parts: so many in a command, until none is left and the category is put away. */
function CloseDialog({ of, all, onClose }: { of: Category; all: readonly Category[]; onClose: () => void }) {
  const t = useText(categoryWords)
  const name = useName()
  const toast = useToast()
  const places = usePlaces(all, of)
  const [into, setInto] = useState('')
  const [done, setDone] = useState(0)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.close}
      description={t.closeLead(name(of.name), formatNumber(of.products))}
      submit={t.close}
      onSubmit={async () => {
        let count = 0
        for (let left = true; left;) {
          const answer = await api.categoriesClose({
            category: of.category,
            version: of.version,
            into: into === '' ? null : Number(into),
          })
          left = answer.left
          count += answer.moved
          setDone(count)
        }
        await refresh()
        toast({ title: t.closed(formatNumber(count)) })
      }}
    >
      <Field label={t.into}>
        <Select options={[{ value: '', label: t.nowhere }, ...places]} value={into} onChange={setInto} />
      </Field>
      {done > 0 ? <output className="quiet">{t.closing(formatNumber(done))}</output> : null}
    </FormDialog>
  )
}
