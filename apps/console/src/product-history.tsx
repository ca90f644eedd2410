import type { Answers, Product } from '@akinai/client'
import { Badge, Button, ConfirmDialog, DateTime, Loading, Panel, useText, useToast } from '@akinai/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { Failure, Refused } from './failure.tsx'
import { historyWords } from './history-words.ts'
import { Picture } from './picture.tsx'

type Difference = Answers['catalog.would_restore']['differences'][number]

/** Who changed what of a product, and the way back. */
export function ProductHistory({
  product,
  mayWrite,
  isDirty,
}: {
  product: Product
  mayWrite: boolean
  isDirty: boolean
}) {
  const t = useText(historyWords)
  const [restoring, setRestoring] = useState<number | null>(null)
  const found = useInfiniteQuery({
    queryKey: ['product-history', product.product, product.version],
    queryFn: ({ pageParam }) =>
      api.catalogHistory({ product: product.product, limit: 10, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const items = found.data?.pages.flatMap((page) => page.items)
  return (
    <Panel title={t.title}>
      <p className="quiet">{t.lead}</p>
      {found.error && !found.data ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : !items ? (
        <Loading lines={3} />
      ) : items.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <div>
          {items.map((one, at) => (
            <section
              key={`${one.version} ${one.what} ${at}`}
              className="change"
              aria-label={t.version(String(one.version))}
            >
              <div className="change-head">
                <Badge tone={one.what === 'archived' ? 'neutral' : 'accent'}>{t.what[one.what]}</Badge>
                <DateTime at={String(one.at)} />
                <span>{one.actor_name ?? t.house}</span>
                <span className="quiet">{t.version(String(one.version))}</span>
                {mayWrite && one.version < product.version ? (
                  <Button
                    variant="quiet"
                    icon="undo"
                    disabled={isDirty}
                    title={isDirty ? t.unsaved : undefined}
                    onClick={() => setRestoring(one.version)}
                  >
                    {t.restore}
                    <span className="ui-unseen"> {t.version(String(one.version))}</span>
                  </Button>
                ) : null}
              </div>
              {one.differences.length > 0 ? <Differences of={one.differences} /> : null}
            </section>
          ))}
          {found.hasNextPage ? <Button onClick={() => void found.fetchNextPage()}>{t.more}</Button> : null}
        </div>
      )}
      {restoring === null ? null : (
        <Restore product={product} version={restoring} onClose={() => setRestoring(null)} />
      )}
    </Panel>
  )
}

function Differences({ of }: { of: readonly Difference[] }) {
  const t = useText(historyWords)
  return (
    <table className="changes">
      <thead className="ui-unseen">
        <tr>
          <th scope="col">{t.field}</th>
          <th scope="col">{t.from}</th>
          <th scope="col">{t.to}</th>
        </tr>
      </thead>
      <tbody>
        {of.map((one) => (
          <tr key={`${one.sku} ${one.field} ${one.to}`}>
            <th scope="row">
              {one.sku ? <small className="quiet block">{one.sku}</small> : null}
              {t.fields[one.field] ?? one.field}
            </th>
            <td className={one.field === 'pictures' ? undefined : 'was'}>
              <Value field={one.field} value={one.from} />
            </td>
            <td>
              <Value field={one.field} value={one.to} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
function Value({ field, value }: { field: string; value: string | null }) {
  const t = useText(historyWords)
  if (value === null) return <span className="quiet">{t.empty}</span>
  if (field === 'archived') return value === 'true' ? t.archivedYes : t.archivedNo
  if (value === 'true') return t.yes
  if (value === 'false') return t.no
  if (field === 'pictures')
    return value
      .split(' ')
      .map((file, at) => <Picture key={`${file} ${at}`} file={file} alt={file.slice(0, 12)} />)
  if (field.endsWith('_from')) return <DateTime at={value} />
  return value.length > 300 ? `${value.slice(0, 300)}…` : value
}

function Restore({ product, version, onClose }: { product: Product; version: number; onClose: () => void }) {
  const t = useText(historyWords)
  const toast = useToast()
  const keep = useKeeper()
  const found = useQuery({
    queryKey: ['would-restore', product.product, version, product.version],
    queryFn: () => api.catalogWouldRestore({ product: product.product, at: version }),
  })
  const restore = (at: number, seen: number) => {
    const input = { product: product.product, at, version: seen }
    return keep(input, (key) => api.catalogRestoreVersion(input, { key }))
  }
  const nothing = found.data?.differences.length === 0
  return (
    <ConfirmDialog
      open
      danger={false}
      onClose={onClose}
      title={t.restoreTitle(String(version))}
      description={nothing ? t.restoreNothing : t.restoreLead}
      confirm={t.restore}
      explain={(error) => <Refused error={error} />}
      onConfirm={async () => {
        const made = await restore(version, product.version)
        toast({
          title: t.restored(String(version)),
          undo: async () => {
            await restore(product.version, made.version)
            await refresh()
          },
        })
        await refresh()
      }}
    >
      {found.error ? <Refused error={found.error} /> : null}
      {found.data ? <Differences of={found.data.differences} /> : null}
    </ConfirmDialog>
  )
}
