import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  Dialog,
  Field,
  formatNumber,
  Loading,
  Panel,
  TextInput,
  useText,
  useToast,
} from '@akinai/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api, refresh } from './api.ts'
import { useAtOnce } from './at-once.ts'
import { useLeft } from './back.ts'
import { categoryWords } from './category-words.ts'
import { Failure } from './failure.tsx'
import { useName } from './labels.ts'
import { Picture } from './picture.tsx'
import { moved, Sortable } from './sortable.tsx'
import { Wrong } from './wrong.tsx'

export type Category = Answers['categories.list']['items'][number]

type Product = Answers['categories.products']['items'][number]

/** What stands in a category, and which of it the shop shows first. */
export function CategoryProducts({ category, mayWrite }: { category: Category; mayWrite: boolean }) {
  const t = useText(categoryWords)
  const name = useName()
  const toast = useToast()
  const found = useQuery({
    queryKey: ['category-products', category.category, category.version],
    queryFn: () => api.categoriesProducts({ category: category.category }),
    placeholderData: keepPreviousData,
  })
  const atOnce = useAtOnce()
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [isFiling, setFiling] = useState(false)
  const lines = useRef<HTMLDivElement>(null)
  const { returnTo, leave } = useLeft('category-products')
  const isRead = found.data !== undefined
  useEffect(() => {
    if (isRead && returnTo)
      lines.current?.querySelector<HTMLElement>(`a[href$="/products/${returnTo}"]`)?.focus()
  }, [isRead, returnTo])
  if (found.error && !found.data) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={6} />
  const all = found.data.items
  const first = all.filter((one) => one.first)
  const firstIds = first.map((one) => one.product)
  const others = all.filter((one) => !one.first)
  async function save(next: readonly number[]) {
    setSaving(true)
    await atOnce<Answers['categories.products']>(
      ['category-products', category.category],
      (seen) => ({
        ...seen,
        items: [
          ...next
            .flatMap((id) => seen.items.find((one) => one.product === id) ?? [])
            .map((one) => ({ ...one, first: true })),
          ...seen.items.filter((one) => !next.includes(one.product)).map((one) => ({ ...one, first: false })),
        ],
      }),
      async () => {
        await api.categoriesOrder({
          category: category.category,
          version: category.version,
          first: [...next],
        })
      },
    )
    setSaving(false)
  }
  async function takeOut(product: Product) {
    const file = (add: number[], remove: number[]) =>
      api.categoriesFile({ category: category.category, add, remove })
    setFailure(null)
    try {
      await file([], [product.product])
      toast({
        title: t.takenOut(name(product.name)),
        undo: async () => {
          await file([product.product], [])
          await refresh()
        },
      })
      await refresh()
    } catch (error) {
      setFailure(error)
    }
  }
  const line = (one: Product) => (
    <span className="ware">
      <Picture file={one.picture} />
      <span>
        <Link
          to="/products/$product"
          params={{ product: String(one.product) }}
          onClick={() => leave(String(one.product))}
        >
          {name(one.name)}
        </Link>{' '}
        {one.archived ? <Badge>{t.archived}</Badge> : null}
        <small className="quiet block">{one.code}</small>
      </span>
    </span>
  )
  return (
    <div className="stack" ref={lines}>
      <Panel
        title={t.products(name(category.name))}
        actions={mayWrite ? <Button onClick={() => setFiling(true)}>{t.file}</Button> : undefined}
      >
        <Wrong error={failure} />
        {all.length === 0 ? <p className="quiet">{t.noProducts}</p> : null}
        {all.length > 0 ? (
          <section className="fields">
            <h3>{t.first}</h3>
            <p className="quiet">{first.length === 0 ? t.firstEmpty : t.firstLead}</p>
            <Sortable
              items={first}
              keyOf={(one) => String(one.product)}
              nameOf={(one) => name(one.name)}
              label={t.first}
              className="wares"
              disabled={!mayWrite}
              onMove={(from, to) => {
                if (!isSaving) void save(moved(firstIds, from, to))
              }}
            >
              {(one) => (
                <>
                  {line(one)}
                  {mayWrite ? (
                    <Button
                      variant="quiet"
                      disabled={isSaving}
                      onClick={() => void save(firstIds.filter((id) => id !== one.product))}
                    >
                      {t.putBack}
                    </Button>
                  ) : null}
                </>
              )}
            </Sortable>
          </section>
        ) : null}
        {others.length > 0 ? (
          <section className="fields">
            <h3>{t.others}</h3>
            <ul className="sortable wares">
              {others.map((one) => (
                <li key={one.product}>
                  {line(one)}
                  {mayWrite ? (
                    <span className="ui-actions">
                      <Button
                        variant="quiet"
                        disabled={isSaving}
                        onClick={() => void save([...firstIds, one.product])}
                      >
                        {t.putFirst}
                      </Button>
                      <Button variant="quiet" onClick={() => void takeOut(one)}>
                        {t.takeOut}
                      </Button>
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
            {all.length >= 500 ? <p className="quiet">{t.all(formatNumber(500))}</p> : null}
          </section>
        ) : null}
      </Panel>
      {isFiling ? <FileDialog category={category} inside={all} onClose={() => setFiling(false)} /> : null}
    </div>
  )
}

function FileDialog({
  category,
  inside,
  onClose,
}: {
  category: Category
  inside: readonly Product[]
  onClose: () => void
}) {
  const t = useText(categoryWords)
  const name = useName()
  const [q, setQ] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const asked = q.normalize('NFKC').trim()
  const found = useQuery({
    queryKey: ['products', 'to file', asked],
    queryFn: () => api.catalogProducts({ q: asked || undefined, limit: 20 }),
    placeholderData: keepPreviousData,
  })
  async function put(product: number) {
    setFailure(null)
    try {
      await api.categoriesFile({ category: category.category, add: [product], remove: [] })
      await refresh()
    } catch (error) {
      setFailure(error)
    }
  }
  return (
    <Dialog open wide onClose={onClose} title={t.file} description={t.fileLead}>
      <div className="fields">
        <Field label={t.search}>
          <TextInput type="search" value={q} onChange={setQ} maxLength={100} />
        </Field>
        <Wrong error={failure} />
        <ul className="sortable wares">
          {found.data?.items.map((one) => (
            <li key={one.product}>
              <span className="ware">
                <Picture file={one.picture} />
                <span>
                  {name(one.name)} <small className="quiet block">{one.code}</small>
                </span>
              </span>
              {inside.some((p) => p.product === one.product) ? (
                <Badge tone="ok">{t.isIn}</Badge>
              ) : (
                <Button onClick={() => void put(one.product)}>{t.put}</Button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
