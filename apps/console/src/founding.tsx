import {
  Button,
  Checkbox,
  EmptyState,
  Field,
  NumberInput,
  PageHeader,
  Panel,
  RadioGroup,
  Textarea,
  TextInput,
  useText,
  useToast,
} from '@akinai/ui'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { api, queries, useKeeper } from './api.ts'
import { useMay } from './me.tsx'
import { isPlainCode } from './places.ts'
import { digitsOf, PostalField } from './postal.tsx'
import { faultOf, numberOf, RegistrationFields, type Registration } from './registration.tsx'
import { setupWords } from './setup-words.ts'
import { Wrong } from './wrong.tsx'

/** What most couriers in Japan take for it, tax included. */
const codFees = [
  { up_to: 10_000, fee: 330 },
  { up_to: 30_000, fee: 440 },
  { up_to: 100_000, fee: 660 },
  { up_to: 300_000, fee: 1100 },
]
const blank = {
  company: '',
  name: '',
  nameEn: '',
  code: 'shop',
  kind: 'warehouse' as 'warehouse' | 'store',
  place: '',
  postal: '',
  address: '',
  account: '',
  all: 800 as number | null,
  okinawa: 1500 as number | null,
  free: 10_000 as number | null,
  days: 7 as number | null,
}
type Form = typeof blank

/** In place of every screen while there is no shop. */
export function Founding() {
  const t = useText(setupWords)
  const may = useMay()
  return may('settings.write') ? <FoundingForm /> : <EmptyState title={t.noShop} why={t.noShopWhy} />
}

function FoundingForm() {
  const t = useText(setupWords)
  const toast = useToast()
  const keep = useKeeper()
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const [f, setForm] = useState<Form>(blank)
  const [registration, setRegistration] = useState<Registration>({ legal: 'company', number: '' })
  const [payments, setPayments] = useState<readonly ('cod' | 'bank_transfer')[]>(['cod', 'bank_transfer'])
  const [isChecked, setChecked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const set = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }))
  const hasBank = payments.includes('bank_transfer')
  const empty = (text: string) => (text.trim() === '' ? t.needed : undefined)
  const faults = {
    company: empty(f.company),
    name: empty(f.name),
    code: isPlainCode(f.code) ? undefined : t.codeWrong,
    place: empty(f.place),
    postal: digitsOf(f.postal).length === 7 ? undefined : t.postalWrong,
    address: empty(f.address),
    payments: payments.length === 0 ? t.payNeeded : undefined,
    account: hasBank ? empty(f.account) : undefined,
    all: f.all === null ? t.needed : undefined,
    okinawa: f.okinawa === null ? t.needed : undefined,
    days: hasBank && f.days === null ? t.needed : undefined,
  }
  const of = (name: keyof typeof faults) => (isChecked ? faults[name] : undefined)
  const isWrong = Object.values(faults).some(Boolean) || faultOf(registration) !== undefined

  async function found() {
    setChecked(true)
    setFailure(null)
    if (isWrong) {
      // Once the faults are shown, the first one is where to go on.
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] input')?.focus(),
      )
      return
    }
    setBusy(true)
    try {
      const both = (ja: string, en = '') => ({ ja, en })
      const input = {
        company: f.company,
        registration_number: numberOf(registration),
        sole: registration.legal === 'person',
        name: both(f.name, f.nameEn),
        code: f.code,
        place: {
          kind: f.kind,
          code: `${f.kind}-1`,
          name: both(f.place),
          postal: digitsOf(f.postal),
          address: both(f.address),
        },
        settings: {
          payments: [...payments],
          shipping: { all: f.all ?? 0, okinawa: f.okinawa ?? 0, free_from: f.free },
          cod_fees: codFees,
          ...(hasBank && { bank_account: both(f.account), transfer_days: f.days ?? 7 }),
        },
      }
      await keep(input, (key) => api.setupFound(input, { key }))
      toast({ title: t.done })
      await navigate({ to: '/setup' })
      await queries.invalidateQueries()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const typed = (name: 'company' | 'name' | 'nameEn' | 'code' | 'place' | 'address', most: number) => ({
    value: f[name],
    onChange: (value: string) => set({ [name]: value }),
    maxLength: most,
    autoComplete: 'off',
  })
  const money = (name: 'all' | 'okinawa' | 'free') => ({
    min: 0,
    max: 10_000_000,
    value: f[name],
    onChange: (value: number | null) => set({ [name]: value }),
    after: t.yen,
  })
  return (
    <>
      <PageHeader title={t.title} words={t.lead} />
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) void found()
        }}
      >
        <Panel title={t.company}>
          <div className="fields">
            <Field label={t.companyName} hint={t.companyHint} error={of('company')}>
              <TextInput {...typed('company', 100)} />
            </Field>
            <RegistrationFields value={registration} isChecked={isChecked} onChange={setRegistration} />
          </div>
        </Panel>
        <Panel title={t.shop}>
          <div className="double">
            <Field label={t.name} error={of('name')}>
              <TextInput {...typed('name', 60)} />
            </Field>
            <Field label={t.nameEn} hint={t.nameEnHint} mark="optional">
              <TextInput {...typed('nameEn', 60)} />
            </Field>
            <Field label={t.code} hint={t.codeHint} error={of('code')}>
              <TextInput {...typed('code', 40)} spellCheck={false} />
            </Field>
          </div>
        </Panel>
        <Panel title={t.place}>
          <div className="fields">
            <p className="quiet">{t.placeLead}</p>
            <RadioGroup
              label={t.kind}
              value={f.kind}
              onChange={(kind) => set({ kind })}
              options={(['warehouse', 'store'] as const).map((kind) => ({
                value: kind,
                label: t.kindHints[kind],
              }))}
            />
            <div className="double">
              <Field label={t.placeName} error={of('place')}>
                <TextInput {...typed('place', 60)} />
              </Field>
              <PostalField
                label={t.postal}
                hint={t.postalHint}
                error={of('postal')}
                value={f.postal}
                address={f.address}
                onChange={(postal) => set({ postal })}
                onAddress={(address) => set({ address })}
              />
            </div>
            <Field label={t.address} hint={t.addressHint} error={of('address')}>
              <TextInput {...typed('address', 200)} />
            </Field>
          </div>
        </Panel>
        <Panel title={t.pay}>
          <div className="fields">
            <fieldset className="bare">
              <legend className="ui-label">{t.payments}</legend>
              {(['cod', 'bank_transfer'] as const).map((way) => (
                <Checkbox
                  key={way}
                  label={t.payment[way]}
                  {...(way === 'cod' && { hint: t.codHint })}
                  checked={payments.includes(way)}
                  onChange={(on) =>
                    setPayments(on ? [...payments, way] : payments.filter((one) => one !== way))
                  }
                />
              ))}
              {of('payments') ? (
                <p className="ui-field-error" role="alert">
                  {faults.payments}
                </p>
              ) : null}
            </fieldset>
            {hasBank ? (
              <div className="double">
                <Field label={t.account} hint={t.accountHint} error={of('account')}>
                  <Textarea
                    rows={2}
                    maxLength={500}
                    value={f.account}
                    onChange={(account) => set({ account })}
                  />
                </Field>
                <Field label={t.days} error={of('days')}>
                  <NumberInput
                    min={1}
                    max={60}
                    value={f.days}
                    onChange={(days) => set({ days })}
                    after={t.daysAfter}
                  />
                </Field>
              </div>
            ) : null}
            <div className="double">
              <Field label={t.shipping} hint={t.taxed} error={of('all')}>
                <NumberInput {...money('all')} />
              </Field>
              <Field label={t.okinawa} hint={t.taxed} error={of('okinawa')}>
                <NumberInput {...money('okinawa')} />
              </Field>
              <Field label={t.freeFrom} hint={t.freeHint} mark="optional">
                <NumberInput {...money('free')} />
              </Field>
            </div>
          </div>
        </Panel>
        {isChecked && isWrong ? (
          <p className="ui-field-error" role="alert">
            {t.wrong}
          </p>
        ) : null}
        <Wrong error={failure} />
        <p>
          <Button type="submit" variant="primary" busy={busy}>
            {t.submit}
          </Button>
        </p>
      </form>
    </>
  )
}
