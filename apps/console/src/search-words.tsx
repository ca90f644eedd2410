import { Problem, type Answers } from '@akinai/client'
import {
  Button,
  createText,
  Field,
  formatNumber,
  Loading,
  PageHeader,
  Panel,
  Textarea,
  TextInput,
  useText,
  useToast,
} from '@akinai/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, queries, useKeeper } from './api.ts'
import { Edits } from './edits.tsx'
import { Failure, Forbidden, Refused } from './failure.tsx'
import { useName } from './labels.ts'
import { useMay } from './me.tsx'

const words = createText({
  ja: {
    title: '検索のことば',
    lead: 'お店の検索に、同じ意味のことばと、探すときに要らないことばを教えます。保存するとすぐ検索に使われます。',
    readOnly: '見ることだけができます。',
    same: '同じ意味のことば',
    sameHint: '1行に1組。ことばは「、」で区切ります。例：珈琲、コーヒー、coffee',
    stop: '要らないことば',
    stopHint: '1行に1語。ほかのことばと一緒に探されたときは無視します。例：おすすめ',
    try: '試す',
    tryLabel: 'ことばを入れて試す',
    tryHint: '保存した内容で探します。',
    found: (n: string) => `${n}件`,
    none: '見つかりませんでした。',
    near: '近い商品',
    alone: (line: string) => `${line}行目：同じ意味のことばは2つ以上必要です。`,
    many: (line: string) => `${line}行目：ことばは20個までです。`,
    long: (line: string) => `${line}行目：1つのことばは40文字までです。`,
    saved: '検索のことばを保存しました。',
    reload: '読み込み直す',
  },
  en: {
    title: 'Search words',
    lead: 'Teaches the search of the shop words that mean the same, and words that say nothing. In use as soon as they are saved.',
    readOnly: 'You can only look.',
    same: 'Words that mean the same',
    sameHint: 'A group a line, words parted by commas: coffee, コーヒー, 珈琲',
    stop: 'Words that say nothing',
    stopHint: 'A word a line. Left out when something else is sought with them.',
    try: 'Try it',
    tryLabel: 'Search as a customer would',
    tryHint: 'Searches with what is saved.',
    found: (n: string) => `${n} found`,
    none: 'Nothing was found.',
    near: 'Near matches',
    alone: (line: string) => `Line ${line}: a group needs two words.`,
    many: (line: string) => `Line ${line}: a group has twenty words at most.`,
    long: (line: string) => `Line ${line}: a word has 40 characters at most.`,
    saved: 'The search words were saved.',
    reload: 'Load again',
  },
})
type Saved = Answers['search.words']

export function SearchWords() {
  const may = useMay()
  return may('products.read') ? <Loaded /> : <Forbidden />
}

function Loaded() {
  // What somebody is editing is not replaced behind their back.
  const found = useQuery({
    queryKey: ['search-words'],
    queryFn: () => api.searchWords(),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (found.error && !found.data) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={8} />
  return <Editor key={found.data.version} saved={found.data} />
}

const parts = (line: string) =>
  line
    .split(/[,、，]/)
    .map((word) => word.trim())
    .filter(Boolean)
const linesOf = (text: string) => text.split('\n')

function Editor({ saved }: { saved: Saved }) {
  const t = useText(words)
  const toast = useToast()
  const keep = useKeeper()
  const mayWrite = useMay()('products.write')
  const before = { same: saved.same.map((g) => g.join('、')).join('\n'), stop: saved.stop.join('\n') }
  const [form, setForm] = useState(before)
  const [isChecked, setChecked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const isDirty = form.same !== before.same || form.stop !== before.stop

  const faults = (text: string, least: number) =>
    linesOf(text).flatMap((line, i) => {
      const group = parts(line)
      const at = formatNumber(i + 1)
      if (group.some((word) => word.length > 40)) return [t.long(at)]
      if (group.length > 20) return [t.many(at)]
      return group.length > 0 && group.length < least ? [t.alone(at)] : []
    })
  const wrong = isChecked ? { same: faults(form.same, 2)[0], stop: faults(form.stop, 1)[0] } : {}

  async function save() {
    setChecked(true)
    setFailure(null)
    if (faults(form.same, 2).length + faults(form.stop, 1).length > 0) return
    setBusy(true)
    try {
      const body = {
        version: saved.version,
        same: linesOf(form.same)
          .map(parts)
          .filter((group) => group.length > 0),
        stop: linesOf(form.stop).flatMap(parts),
      }
      await keep(body, (key) => api.searchTeach(body, { key }))
      toast({ title: t.saved })
      await queries.invalidateQueries({ queryKey: ['search-words'] })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <PageHeader title={t.title} words={mayWrite ? t.lead : `${t.lead} ${t.readOnly}`} />
      <div className="stack">
        {failure ? (
          <div className="ui-error-state" role="alert">
            <Refused error={failure} />
            {failure instanceof Problem && failure.code === 'search.words_stale' ? (
              <Button onClick={() => void queries.resetQueries({ queryKey: ['search-words'] })}>
                {t.reload}
              </Button>
            ) : null}
          </div>
        ) : null}
        <div className="double">
          <Panel title={t.same}>
            <Field label={t.same} hint={t.sameHint} error={wrong.same}>
              <Textarea
                rows={12}
                disabled={!mayWrite}
                value={form.same}
                onChange={(same) => setForm({ ...form, same })}
                maxLength={200_000}
              />
            </Field>
          </Panel>
          <Panel title={t.stop}>
            <Field label={t.stop} hint={t.stopHint} error={wrong.stop}>
              <Textarea
                rows={12}
                disabled={!mayWrite}
                value={form.stop}
                onChange={(stop) => setForm({ ...form, stop })}
                maxLength={20_000}
              />
            </Field>
          </Panel>
        </div>
        <Try version={saved.version} />
      </div>
      <Edits
        dirty={isDirty}
        busy={busy}
        onSave={() => void save()}
        onDiscard={() => {
          setForm(before)
          setChecked(false)
          setFailure(null)
        }}
      />
    </>
  )
}

function Try({ version }: { version: number }) {
  const t = useText(words)
  const name = useName()
  const [q, setQ] = useState('')
  const found = useQuery({
    queryKey: ['search-words', 'try', version, q],
    queryFn: () => api.products({ q, limit: 5 }),
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    // What was just saved is found by within a second.
    refetchInterval: 2000,
  })
  return (
    <Panel title={t.try}>
      <Field label={t.tryLabel} hint={t.tryHint}>
        <TextInput type="search" value={q} onChange={setQ} maxLength={100} />
      </Field>
      {q.trim() && found.data ? (
        <div aria-live="polite">
          <p>
            {found.data.total === 0
              ? t.none
              : `${t.found(formatNumber(found.data.total))}${found.data.how === 'all' ? '' : ` · ${t.near}`}`}
          </p>
          <ol>
            {found.data.items.map((item) => (
              <li key={item.code}>
                {name(item.name)} <code>{item.code}</code>
              </li>
            ))}
          </ol>
        </div>
      ) : null}
    </Panel>
  )
}
