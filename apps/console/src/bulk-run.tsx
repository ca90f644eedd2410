import type { Answers } from '@akinai/client'
import {
  Badge,
  Button,
  EmptyState,
  formatMoney,
  formatNumber,
  Panel,
  Table,
  useText,
  useToast,
  type Tone,
} from '@akinai/ui'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { api, queries, refresh } from './api.ts'
import { bulkWords } from './bulk-words.ts'
import { Download } from './download.tsx'
import { Failure, Refused, unread } from './failure.tsx'

export type Run = Answers['bulk.run']
export const runTones: Record<Run['state'], Tone> = {
  running: 'accent',
  finished: 'ok',
  cancelled: 'warn',
  failed: 'error',
  undoing: 'accent',
  undone: 'neutral',
}
const isUnderWay = (run: Run | undefined) => run?.state === 'running' || run?.state === 'undoing'

/** A run while it goes on and afterwards: how far, what was refused and why, its end, its undoing. */
export function BulkRun({ id, onClose }: { id: string; onClose?: () => void }) {
  const t = useText(bulkWords)
  const toast = useToast()
  const found = useQuery({
    queryKey: ['bulk', id],
    queryFn: () => api.bulkRun({ bulk: id }),
    refetchInterval: (query) => (isUnderWay(query.state.data) || !query.state.data ? 400 : false),
  })
  const act = useMutation({
    networkMode: 'always',
    mutationFn: (what: 'stop' | 'undo') =>
      what === 'stop' ? api.bulkStop({ bulk: id }) : api.bulkUndo({ bulk: id }),
    onSuccess: (run) => queries.setQueryData(['bulk', id], run),
  })
  const run = found.data
  const state = run?.state
  const last = useRef<Run['state'] | undefined>(undefined)
  const { mutateAsync } = act
  useEffect(() => {
    if (state === undefined || run === undefined) return
    const wasUnderWay = last.current === 'running' || last.current === 'undoing' || last.current === undefined
    const isNew = last.current !== state
    const isFirst = last.current === undefined
    last.current = state
    if (!isNew || isUnderWay(run) || !wasUnderWay || (isFirst && !onClose)) return
    void refresh()
    toast({
      title: t.about(t.kind[run.kind], t.state[run.state]),
      words: state === 'undone' ? t.doneWords(formatNumber(run.undone)) : t.doneWords(formatNumber(run.done)),
      tone: run.refused + run.kept > 0 || state === 'failed' ? 'warn' : 'ok',
      ...(run.undoable && {
        undo: async () => {
          await mutateAsync('undo')
          while (
            isUnderWay(
              await queries.fetchQuery({
                queryKey: ['bulk', id],
                queryFn: () => api.bulkRun({ bulk: id }),
                staleTime: 0,
              }),
            )
          )
            await new Promise((resolve) => setTimeout(resolve, 400))
        },
      }),
    })
  }, [id, state, run, onClose, toast, t, mutateAsync])
  if (found.error && !run) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!run) return null
  const isUndo = run.state === 'undoing' || run.state === 'undone'
  const done = isUndo ? run.undone + run.kept : run.done + run.same + run.refused
  const of = isUndo ? run.done : run.matched
  const sums = [
    ['matched', run.matched],
    ['done', run.done],
    ['same', run.same],
    ['refused', run.refused],
    ...(isUndo ? ([['undone', run.undone] as const, ['kept', run.kept] as const] as const) : []),
  ] as const
  return (
    <Panel
      title={t.about(t[run.on], t.kind[run.kind])}
      actions={
        <>
          {run.state === 'running' ? (
            <Button busy={act.isPending} disabled={run.ending} onClick={() => act.mutate('stop')}>
              {run.ending ? t.stopping : t.stop}
            </Button>
          ) : null}
          {run.undoable ? (
            <Button icon="undo" busy={act.isPending} onClick={() => act.mutate('undo')}>
              {t.undo}
            </Button>
          ) : null}
          {onClose && !isUnderWay(run) ? (
            <Button variant="quiet" onClick={onClose}>
              {t.close}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="form" aria-live="polite">
        <p>
          <Badge tone={runTones[run.state]}>{t.state[run.state]}</Badge>{' '}
          {run.amount === null ? null : (
            <span className="quiet">
              {t.amount} {formatMoney(run.amount)}
            </span>
          )}
        </p>
        {isUnderWay(run) ? (
          <>
            <progress aria-label={t.progress} value={done} max={Math.max(1, of)} />
            <p>{t.progressOf(formatNumber(done), formatNumber(of))}</p>
          </>
        ) : null}
        {run.why === null ? null : <p role="alert">{run.why}</p>}
        {act.error ? (
          <div role="alert">
            <Refused error={act.error} />
          </div>
        ) : null}
        <dl className="bulk-sums">
          {sums.map(([name, value]) => (
            <div key={name}>
              <dt>{t[name]}</dt>
              <dd>{formatNumber(value)}</dd>
            </div>
          ))}
        </dl>
      </div>
      {run.refused > 0 && !isUnderWay(run) ? <Refusals run={run} undo={false} /> : null}
      {run.kept > 0 && !isUnderWay(run) ? <Refusals run={run} undo /> : null}
      {onClose ? (
        <p>
          <Link to="/bulk" search={{ run: id }}>
            {t.all_runs}
          </Link>
        </p>
      ) : null}
    </Panel>
  )
}

function Refusals({ run, undo }: { run: Run; undo: boolean }) {
  const t = useText(bulkWords)
  const found = useInfiniteQuery({
    queryKey: ['bulk', run.bulk, 'refusals', undo, run.refused, run.kept],
    queryFn: ({ pageParam }) =>
      api.bulkRefusals({ bulk: run.bulk, undo, limit: 50, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
  const rows = found.data?.pages.flatMap((page) => page.items)
  const title = undo ? t.keptRows : t.refusals
  return (
    <section className="bulk-refusals">
      <h3>{title}</h3>
      <p>
        <Download href={`/admin/v1/bulk/${run.bulk}/refused${undo ? '?undo=true' : ''}`}>{t.file}</Download>
      </p>
      <Table
        label={title}
        rows={rows}
        rowKey={(row) => String(row.item)}
        rowLabel={(row) => row.code}
        columns={[
          {
            key: 'item',
            head: t[run.on],
            narrow: true,
            cell: (row) =>
              row.order !== null ? (
                <Link to="/orders/$order" params={{ order: String(row.order) }}>
                  {row.code}
                </Link>
              ) : run.on === 'products' ? (
                <Link to="/products/$product" params={{ product: String(row.item) }}>
                  {row.code}
                </Link>
              ) : (
                row.code
              ),
          },
          { key: 'why', head: t.why, cell: (row) => row.words },
        ]}
        empty={<EmptyState title={t.noMore} />}
        error={unread(found)}
      />
      {found.hasNextPage ? (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.more}
        </Button>
      ) : null}
    </section>
  )
}
