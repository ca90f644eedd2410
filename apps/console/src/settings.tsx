import {
  Badge,
  Button,
  Field,
  formatNumber,
  Loading,
  PageHeader,
  Panel,
  Tabs,
  TextInput,
  useText,
  useToast,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api } from './api.ts'
import { Failure, Forbidden } from './failure.tsx'
import { useMay } from './me.tsx'
import { faultOf, numberOf, RegistrationFields, registrationOf } from './registration.tsx'
import { DeliverySettings } from './settings-delivery.tsx'
import { FeeSettings, LimitSettings, PaymentSettings } from './settings-money.tsx'
import { Both, sendRules, Since, textOf, useGroup, type Whole } from './settings-form.tsx'
import { settingsWords } from './settings-words.ts'

const route = getRouteApi('/settings')
const groups = {
  law: LawSettings,
  fees: FeeSettings,
  payments: PaymentSettings,
  delivery: DeliverySettings,
  company: CompanySettings,
  about: AboutSettings,
  limits: LimitSettings,
}
type Group = keyof typeof groups
const names = Object.keys(groups).filter((name): name is Group => Object.hasOwn(groups, name))

export function Settings() {
  const may = useMay()
  return may('settings.read') ? <SettingsPage /> : <Forbidden />
}

function SettingsPage() {
  const t = useText(settingsWords)
  const mayWrite = useMay()('settings.write')
  const { of } = route.useSearch()
  const navigate = useNavigate()
  // What somebody is editing is not replaced behind their back.
  const found = useQuery({
    queryKey: ['settings'],
    queryFn: () => api.settings(),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const group = names.find((name) => name === of) ?? 'law'
  if (found.error && !found.data) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading lines={8} />
  const whole = found.data
  return (
    <>
      <PageHeader title={t.title} words={mayWrite ? t.lead : `${t.lead} ${t.readOnly}`} />
      <Tabs
        label={t.groups}
        value={group}
        onChange={(next) => void navigate({ to: '/settings', search: { of: next } })}
        tabs={names.map((name) => {
          const Form = groups[name]
          return {
            value: name,
            label: t.group[name],
            ...(name === 'law' && whole.law_missing.length > 0 && { count: whole.law_missing.length }),
            content: name === group ? <Form key={whole.version} whole={whole} /> : null,
          }
        })}
      />
    </>
  )
}

type LawName = keyof (typeof settingsWords)['ja']['law']
type Law = Partial<Record<LawName, { ja: string; en: string }>>

function LawSettings({ whole }: { whole: Whole }) {
  const t = useText(settingsWords)
  const toast = useToast()
  const samples = samplesOf(whole)
  // What the law wants is the server's to say; how it is called, and how it is filled in, is said here.
  const lawNames = whole.law_keys.filter((key): key is LawName => Object.hasOwn(t.law, key))
  const textIn = (law: Law, name: LawName) => law[name] ?? { ja: '', en: '' }
  const initial: Law = Object.fromEntries(lawNames.map((name) => [name, textOf(whole.settings.law[name])]))
  const g = useGroup<Law>(whole, initial, { isRight: () => true, send: sendRules((law) => ({ law })) })
  const isMissing = (name: LawName) => name !== 'email' && textIn(g.form, name).ja.trim() === ''
  const missing = lawNames.filter(isMissing)
  function fill() {
    const more = missing.flatMap((name) => {
      const text = samples[name]
      return text ? [[name, text] as const] : []
    })
    g.set(Object.fromEntries(more))
    toast({ title: t.filled })
  }
  return g.frame(
    <Panel
      title={t.group.law}
      actions={
        !g.disabled && missing.some((name) => samples[name]) ? (
          <Button onClick={fill}>{t.fill}</Button>
        ) : undefined
      }
    >
      <div className="fields">
        <p>{t.lawLead}</p>
        <p>
          {missing.length > 0 ? (
            <Badge tone="warn">{t.lawMissing(missing.length)}</Badge>
          ) : (
            <Badge tone="ok">{t.lawWhole}</Badge>
          )}
        </p>
        <Since whole={whole} name="law" />
        {lawNames.map((name) => (
          <Both
            key={name}
            label={t.law[name]}
            note={isMissing(name) ? ` ${t.missing}` : ''}
            hint={t.lawHint[name]}
            rows={name === 'returns' || name === 'fees' ? 4 : 2}
            most={2000}
            disabled={g.disabled}
            value={textIn(g.form, name)}
            onChange={(text) => g.set({ [name]: text })}
          />
        ))}
      </div>
    </Panel>,
  )
}
/** What the law page may say, from what the shop's other settings are, in both languages. */
function samplesOf(whole: Whole): Law {
  const [ja, en] = [settingsWords.ja.sample, settingsWords.en.sample]
  const { shipping, cod_fees, payments, transfer_days } = whole.settings
  const n = (value: number) => formatNumber(value)
  const free = shipping.free_from === null ? null : n(shipping.free_from)
  const cod = payments.includes('cod') && cod_fees[0] ? n(cod_fees[0].fee) : null
  const fees = [n(shipping.all), n(shipping.okinawa), free, cod] as const
  const pay = (words: typeof ja, between: string) =>
    [
      payments.includes('cod') && words.cod,
      payments.includes('bank_transfer') && words.bank(n(transfer_days)),
    ]
      .filter(Boolean)
      .join(between)
  return {
    seller: { ja: whole.company, en: '' },
    price: { ja: ja.price, en: en.price },
    fees: { ja: ja.fees(...fees), en: en.fees(...fees) },
    payment: { ja: pay(ja, ''), en: pay(en, ' ') },
    delivery: { ja: ja.delivery, en: en.delivery },
    returns: { ja: ja.returns, en: en.returns },
  }
}

function CompanySettings({ whole }: { whole: Whole }) {
  const t = useText(settingsWords)
  const g = useGroup(
    whole,
    {
      name: textOf(whole.name),
      company: whole.company,
      registration: registrationOf(whole.registration_number),
    },
    {
      isRight: (form) =>
        form.name.ja.trim() !== '' && form.company.trim() !== '' && faultOf(form.registration) === undefined,
      send: ({ name, company, registration }, version, key) =>
        api.settingsCompany(
          {
            version,
            name,
            company,
            registration_number: numberOf(registration),
            sole: registration.legal === 'person',
          },
          { key },
        ),
    },
  )
  const needed = (text: string) => (g.isChecked && text.trim() === '' ? t.needed : undefined)
  return g.frame(
    <Panel title={t.group.company}>
      <div className="fields">
        <p>{t.companyLead}</p>
        <p className="quiet">
          {t.code} <code>{whole.code}</code>
        </p>
        <Both
          label={t.name}
          rows={1}
          most={60}
          error={needed(g.form.name.ja)}
          disabled={g.disabled}
          value={g.form.name}
          onChange={(name) => g.set({ name })}
        />
        <Field label={t.company} error={needed(g.form.company)}>
          <TextInput
            disabled={g.disabled}
            maxLength={100}
            autoComplete="off"
            value={g.form.company}
            onChange={(company) => g.set({ company })}
          />
        </Field>
        <RegistrationFields
          value={g.form.registration}
          isChecked={g.isChecked}
          disabled={g.disabled}
          onChange={(registration) => g.set({ registration })}
        />
      </div>
    </Panel>,
  )
}

function AboutSettings({ whole }: { whole: Whole }) {
  const t = useText(settingsWords)
  const g = useGroup(whole, textOf(whole.settings.about), {
    isRight: () => true,
    send: sendRules((about) => ({ about: about.ja.trim() ? about : null })),
  })
  return g.frame(
    <Panel title={t.group.about}>
      <div className="fields">
        <Since whole={whole} name="about" />
        <Both
          label={t.about}
          hint={t.aboutHint}
          rows={12}
          most={10_000}
          disabled={g.disabled}
          value={g.form}
          onChange={g.set}
        />
      </div>
    </Panel>,
  )
}
