import type { Answers } from '@akinai/client'
import { Button, DateTime, Dialog, Field, formatNumber, Select, useText, useToast } from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import type { Asked } from './bulk-list.tsx'
import { Download } from './download.tsx'
import { Wrong } from './wrong.tsx'
import { releaseWords } from './release-words.ts'

type Kind = Answers['customers']['items'][number]['kind']
type Props = Asked<'persons', { kind?: Kind; q?: string }>
const reasons = ['mailing', 'move', 'authority', 'own_wish', 'other'] as const

/** Customers with who they are, as a file: asked of another owner, waited for, then taken. */
export function PersonsFile(is: Props) {
  const t = useText(releaseWords)
  const rows = 'ids' in is.target ? { ids: is.target.ids.join(',') } : is.target.filter
  const found = useQuery({
    queryKey: ['releases', rows],
    queryFn: () => api.releasesList({ ...rows, all: true }),
    refetchInterval: 5000,
  })
  const fits = found.data?.items.filter((r) => r.own && r.fits && r.persons >= is.counted.count)
  const given = fits?.find((r) => r.state === 'given')
  const asked = fits?.find((r) => r.state === 'asked')
  return (
    <Dialog open onClose={is.onClose} title={t.open} description={t.what(formatNumber(is.counted.count))}>
      <Wrong error={found.error} />
      {given ? (
        <div className="stack">
          <output>
            {t.givenBy(given.decided_by_name ?? '–')} {t.until} <DateTime at={given.until!} />
          </output>
          <p>
            <Download
              href={`/admin/v1/exports/persons?${new URLSearchParams({ ...rows, release: given.release })}`}
            >
              {t.download}
            </Download>
          </p>
        </div>
      ) : asked ? (
        <Waiting until={asked.until!} />
      ) : fits ? (
        <Ask target={is.target} />
      ) : null}
    </Dialog>
  )
}

function Waiting({ until }: { until: string }) {
  const t = useText(releaseWords)
  const navigate = useNavigate()
  return (
    <div className="stack">
      <output>
        {t.waiting} {t.until} <DateTime at={until} />
      </output>
      <p>
        <Button onClick={() => void navigate({ to: '/releases' })}>{t.toList}</Button>
      </p>
    </div>
  )
}

function Ask({ target }: Pick<Props, 'target'>) {
  const t = useText(releaseWords)
  const toast = useToast()
  const keep = useKeeper()
  const [reason, setReason] = useState<(typeof reasons)[number]>('mailing')
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  async function ask() {
    setBusy(true)
    setFailure(undefined)
    try {
      const input = { ...target, reason }
      await keep(input, (key) => api.releasesAsk(input, { key }))
      toast({ title: t.asked })
      await refresh()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <p>{t.rule}</p>
      <Field label={t.reasonOf}>
        <Select
          value={reason}
          onChange={setReason}
          options={reasons.map((value) => ({ value, label: t.reason[value] }))}
        />
      </Field>
      <Wrong error={failure} />
      <p>
        <Button variant="primary" type="submit" busy={busy}>
          {t.ask}
        </Button>
      </p>
    </form>
  )
}
