import {
  Button,
  Checkbox,
  Field,
  formatNumber,
  NumberInput,
  Panel,
  Select,
  Textarea,
  TextInput,
  useText,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'
import { useName } from './labels.ts'
import { sendRules, Since, useGroup, type Whole } from './settings-form.tsx'
import { settingsWords } from './settings-words.ts'

type Apart = { prefecture: number; least: number | null; most: number | null }
type Form = {
  promises: boolean
  cutoff: string
  weekdays: readonly number[]
  closed: string
  least: number | null
  most: number | null
  apart: readonly Apart[]
}
const weekdays = [1, 2, 3, 4, 5, 6, 0] as const
/** What most couriers need from Honshu, where nothing was said yet. */
const usual = {
  cutoff: '15:00',
  closed_weekdays: [0],
  closed_days: [],
  days: [1, 2],
  by_prefecture: { '1': [2, 3], '46': [2, 3], '47': [3, 5] },
} as const
const linesOf = (text: string) => text.split('\n').map((line) => line.trim().normalize('NFKC'))
/** A day that was or will be: February knows its leap years. */
const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
const isRange = (f: { least: number | null; most: number | null }) =>
  f.least !== null && f.most !== null && f.least <= f.most

/** When orders leave and arrive. */
export function DeliverySettings({ whole }: { whole: Whole }) {
  const t = useText(settingsWords)
  const name = useName()
  const shop = useQuery({ queryKey: ['prefectures'], queryFn: () => api.shop(), staleTime: Infinity })
  const prefectures = shop.data?.prefectures ?? []
  const rule = whole.settings.delivery ?? usual
  const initial: Form = {
    promises: whole.settings.delivery !== null,
    cutoff: rule.cutoff,
    weekdays: [...rule.closed_weekdays],
    closed: rule.closed_days.join('\n'),
    least: rule.days[0] ?? null,
    most: rule.days[1] ?? null,
    apart: Object.entries(rule.by_prefecture).map(([code, [least, most]]) => ({
      prefecture: Number(code),
      least: least ?? null,
      most: most ?? null,
    })),
  }
  const wrongDay = (closed: string) => linesOf(closed).findIndex((line) => line !== '' && !isDay(line))
  const isTwice = (apart: readonly Apart[], at: number) =>
    apart.findIndex((one) => one.prefecture === apart[at]!.prefecture) !== at
  const g = useGroup<Form>(whole, initial, {
    isRight: (f) =>
      !f.promises ||
      (/^([01]\d|2[0-3]):[0-5]\d$/.test(f.cutoff) &&
        f.weekdays.length < 7 &&
        wrongDay(f.closed) < 0 &&
        isRange(f) &&
        f.apart.every((one, at) => isRange(one) && !isTwice(f.apart, at))),
    send: sendRules((f) => ({
      delivery: f.promises
        ? {
            cutoff: f.cutoff,
            closed_weekdays: [...f.weekdays],
            closed_days: linesOf(f.closed).filter(Boolean),
            days: [f.least ?? 0, f.most ?? 0],
            by_prefecture: Object.fromEntries(
              f.apart.map((one) => [String(one.prefecture), [one.least ?? 0, one.most ?? 0]]),
            ),
          }
        : null,
    })),
  })
  const { form, disabled, isChecked } = g
  const bad = wrongDay(form.closed)
  const range = (of: { least: number | null; most: number | null }) =>
    !isChecked || isRange(of) ? undefined : of.least === null || of.most === null ? t.needed : t.backwards
  const days = { min: 0, max: 90, after: t.daysUnit, disabled }
  const change = (at: number, part: Partial<Apart>) =>
    g.set({ apart: form.apart.map((one, i) => (i === at ? { ...one, ...part } : one)) })
  const nameOf = (code: number) => name(prefectures.find((p) => p.code === code)?.name) || String(code)
  const free = prefectures.find((p) => form.apart.every((one) => one.prefecture !== p.code))
  return g.frame(
    <Panel title={t.group.delivery}>
      <div className="fields">
        <Since whole={whole} name="delivery" />
        <Checkbox
          label={t.promises}
          hint={t.promisesHint}
          disabled={disabled}
          checked={form.promises}
          onChange={(promises) => g.set({ promises })}
        />
        {form.promises ? (
          <>
            <div className="double">
              <Field
                label={t.cutoff}
                hint={t.cutoffHint}
                error={isChecked && !/^\d\d:\d\d$/.test(form.cutoff) ? t.needed : undefined}
              >
                <TextInput
                  type="time"
                  disabled={disabled}
                  value={form.cutoff}
                  onChange={(cutoff) => g.set({ cutoff: cutoff.slice(0, 5) })}
                />
              </Field>
            </div>
            <fieldset className="bare">
              <legend className="ui-label">{t.weekdays}</legend>
              <div className="choices">
                {weekdays.map((day) => (
                  <Checkbox
                    key={day}
                    label={t.weekday[day]}
                    disabled={disabled}
                    checked={form.weekdays.includes(day)}
                    onChange={(on) =>
                      g.set({
                        weekdays: on ? [...form.weekdays, day] : form.weekdays.filter((one) => one !== day),
                      })
                    }
                  />
                ))}
              </div>
              {isChecked && form.weekdays.length > 6 ? (
                <p className="ui-field-error" role="alert">
                  {t.weekdaysAll}
                </p>
              ) : null}
            </fieldset>
            <Field
              label={t.closed}
              hint={t.closedHint}
              error={isChecked && bad >= 0 ? t.closedWrong(formatNumber(bad + 1)) : undefined}
            >
              <Textarea
                rows={4}
                disabled={disabled}
                value={form.closed}
                onChange={(closed) => g.set({ closed })}
              />
            </Field>
            <fieldset className="bare">
              <legend className="ui-label">{t.transit}</legend>
              <div className="double">
                <Field label={t.least} error={range(form)}>
                  <NumberInput {...days} value={form.least} onChange={(least) => g.set({ least })} />
                </Field>
                <Field label={t.most}>
                  <NumberInput {...days} value={form.most} onChange={(most) => g.set({ most })} />
                </Field>
              </div>
            </fieldset>
            <fieldset className="bare fields">
              <legend className="ui-label">{t.byPrefecture}</legend>
              {form.apart.map((one, at) => (
                // A row is its place in the list.
                // oxlint-disable-next-line react/no-array-index-key
                <div className="trios" key={at}>
                  <Field
                    label={t.prefecture}
                    error={isChecked && isTwice(form.apart, at) ? t.twice : undefined}
                  >
                    <Select
                      disabled={disabled}
                      value={String(one.prefecture)}
                      onChange={(code) => change(at, { prefecture: Number(code) })}
                      options={prefectures.map((p) => ({ value: String(p.code), label: name(p.name) }))}
                    />
                  </Field>
                  <Field label={t.least} error={range(one)}>
                    <NumberInput {...days} value={one.least} onChange={(least) => change(at, { least })} />
                  </Field>
                  <Field label={t.most}>
                    <NumberInput {...days} value={one.most} onChange={(most) => change(at, { most })} />
                  </Field>
                  <Button
                    variant="quiet"
                    disabled={disabled}
                    onClick={() => g.set({ apart: form.apart.filter((_, i) => i !== at) })}
                  >
                    {t.drop(nameOf(one.prefecture))}
                  </Button>
                </div>
              ))}
              <p>
                <Button
                  disabled={disabled || !free}
                  onClick={() =>
                    free && g.set({ apart: [...form.apart, { prefecture: free.code, least: 2, most: 3 }] })
                  }
                >
                  {t.addPrefecture}
                </Button>
              </p>
            </fieldset>
          </>
        ) : null}
      </div>
    </Panel>,
  )
}
