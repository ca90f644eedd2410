import { DateTime, Dialog, formatNumber, Loading, useText } from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { Download } from './download.tsx'
import { Failure } from './failure.tsx'
import { Faults, sums, type Run } from './import-sums.tsx'
import { importWords } from './import-words.ts'

/** An import of before: what it did, which lines it could not take and why. */
export function ImportRun({ run, onClose }: { run: Run; onClose: () => void }) {
  const t = useText(importWords)
  const found = useQuery({
    queryKey: ['imports', 'run', run.run],
    queryFn: () => api.importsRun({ run: run.run }),
  })
  const faults = found.data?.faults ?? []
  return (
    <Dialog open wide onClose={onClose} title={run.name} description={<DateTime at={run.started_at} />}>
      <dl className="counts">
        {sums.map((name) => (
          <div key={name}>
            <dt>{t[name]}</dt>
            <dd>{formatNumber(run[name])}</dd>
          </div>
        ))}
      </dl>
      {run.kept ? <p>{t.keptRows(formatNumber(run.kept))}</p> : null}
      {found.error ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending && run.faulty > 0 ? <Loading lines={3} /> : null}
      {faults.length > 0 ? (
        <>
          <h3>{t.faults}</h3>
          <Faults faults={faults} />
          <p>
            <Download href={`/admin/v1/imports/${run.run}/failed`}>{t.failedRows}</Download>
          </p>
        </>
      ) : null}
    </Dialog>
  )
}
