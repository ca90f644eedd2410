import { Problem, type Answers } from '@akinai/client'
import { Button, DateTime, Field, Textarea, TextInput, useText, useToast } from '@akinai/ui'
import { useRef, useState, type ReactNode } from 'react'
import { api, queries, useKeeper } from './api.ts'
import { Edits } from './edits.tsx'
import { Refused } from './failure.tsx'
import { useMay } from './me.tsx'
import { settingsWords } from './settings-words.ts'

export type Whole = Answers['settings']
type Rules = Parameters<typeof api.settingsChange>[0]['settings']
type Text = { ja: string; en: string }
/** English that only repeats the Japanese was never written. */
export const textOf = (text: Text | null | undefined): Text => ({
  ja: text?.ja ?? '',
  en: text && text.en !== text.ja ? text.en : '',
})

/** One group of settings being edited: what it was, what it is to be, and what keeps it from being saved. */
export function useGroup<F extends object>(
  whole: Whole,
  initial: F,
  given: { isRight: (form: F) => boolean; send: (form: F, version: number, key: string) => Promise<unknown> },
) {
  const t = useText(settingsWords)
  const toast = useToast()
  const keep = useKeeper()
  const mayWrite = useMay()('settings.write')
  const [before] = useState(initial)
  const [form, setForm] = useState(initial)
  const [isChecked, setChecked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const page = useRef<HTMLDivElement>(null)
  async function save() {
    setChecked(true)
    setFailure(null)
    if (!given.isRight(form)) {
      requestAnimationFrame(() => page.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    setBusy(true)
    try {
      await keep({ form, version: whole.version }, (key) => given.send(form, whole.version, key))
      toast({ title: t.saved })
      await queries.invalidateQueries({ queryKey: ['settings'] })
      await queries.invalidateQueries({ queryKey: ['setup'] })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const bar = (
    <Edits
      dirty={JSON.stringify(form) !== JSON.stringify(before)}
      busy={busy}
      onSave={() => void save()}
      onDiscard={() => {
        setForm(before)
        setChecked(false)
        setFailure(null)
      }}
    />
  )
  const alert = failure ? (
    <div className="ui-error-state" role="alert">
      <Refused error={failure} />
      {failure instanceof Problem && failure.code === 'shops.stale' ? (
        <Button onClick={() => void queries.resetQueries({ queryKey: ['settings'] })}>{t.reload}</Button>
      ) : null}
    </div>
  ) : null
  return {
    form,
    set: (part: Partial<F>) => setForm((was) => ({ ...was, ...part })),
    isChecked,
    disabled: !mayWrite,
    /** Around the fields of the group. */
    frame: (children: ReactNode) => (
      <div className="stack" ref={page}>
        {alert}
        {children}
        {bar}
      </div>
    ),
  }
}
export const sendRules =
  <F,>(rules: (form: F) => Rules) =>
  (form: F, version: number, key: string) =>
    api.settingsChange({ version, settings: rules(form) }, { key })

/** Since when a rule holds, and who set it. */
export function Since({ whole, name }: { whole: Whole; name: string }) {
  const t = useText(settingsWords)
  const set = whole.since.find((one) => one.name === name)
  return (
    <p className="quiet">
      {set ? (
        <>
          {t.since} <DateTime at={String(set.at)} /> {t.from}
          {set.by_name ? t.by(set.by_name) : ''}
        </>
      ) : (
        t.never
      )}
    </p>
  )
}

/** Words in both languages, side by side. */
export function Both({
  label,
  hint,
  error,
  note = '',
  rows = 2,
  most,
  value,
  disabled,
  onChange,
}: {
  label: string
  hint?: string
  error?: string | undefined
  /** Beside the Japanese, which is what is needed. */
  note?: string
  /** One: a line alone. */
  rows?: number
  most: number
  value: Text
  disabled: boolean
  onChange: (value: Text) => void
}) {
  const t = useText(settingsWords)
  const field = (lang: 'ja' | 'en') => {
    const given = {
      disabled,
      maxLength: most,
      value: value[lang],
      onChange: (typed: string) => onChange({ ...value, [lang]: typed }),
    }
    return (
      <Field
        label={`${t.inLang(label, t[lang])}${lang === 'ja' ? note : ''}`}
        hint={lang === 'ja' ? hint : t.enHint}
        error={lang === 'ja' ? error : undefined}
      >
        {rows === 1 ? <TextInput {...given} autoComplete="off" /> : <Textarea {...given} rows={rows} />}
      </Field>
    )
  }
  return (
    <div className="double">
      {field('ja')}
      {field('en')}
    </div>
  )
}
