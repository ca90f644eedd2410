import type { Answers } from '@akinai/client'
import { Field, NumberInput, Select, Textarea, TextInput, useText, useToast, formatNumber } from '@akinai/ui'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { useAtOnce } from './at-once.ts'
import { customerWords } from './customer-words.ts'
import { FormDialog } from './form-dialog.tsx'

export type Customer = Answers['identity']
export type Channel = Customer['consents'][number]['channel']

type Of = { number: number; onClose: () => void }
const fields = [
  'family',
  'given',
  'family_kana',
  'given_kana',
  'organisation',
  'email',
  'phone',
  'postal',
  'prefecture',
  'city',
  'line1',
  'line2',
] as const

export function Contact({ number, person, onClose }: Of & { person: Customer['person'] }) {
  const t = useText(customerWords)
  const toast = useToast()
  const keep = useKeeper()
  const [values, setValues] = useState<{ [Name in (typeof fields)[number]]?: string | undefined }>(
    person ?? {},
  )
  const { family = '', given = '' } = values
  return (
    <FormDialog
      open
      wide
      onClose={onClose}
      title={t.edit}
      description={t.editWhat}
      submit={t.save}
      disabled={!family.trim() || !given.trim()}
      onSubmit={async () => {
        const told = Object.fromEntries(
          fields.flatMap((name) => {
            const value = values[name]?.trim()
            return value ? [[name, value]] : []
          }),
        )
        const input = { identity: number, family, given, ...told }
        await keep(input, (key) => api.identityContact(input, { key }))
        toast({ title: t.saved })
        await refresh()
      }}
    >
      {fields.map((name) => (
        <Field key={name} label={t[name]}>
          <TextInput
            value={values[name] ?? ''}
            type={name === 'email' ? 'email' : name === 'phone' ? 'tel' : 'text'}
            onChange={(next) => setValues({ ...values, [name]: next })}
            maxLength={name === 'email' ? 254 : 100}
            autoComplete="off"
          />
        </Field>
      ))}
    </FormDialog>
  )
}

export function Adjust({ number, onClose }: Of) {
  const t = useText(customerWords)
  const toast = useToast()
  const keep = useKeeper()
  const [way, setWay] = useState<'give' | 'take'>('give')
  const [amount, setAmount] = useState<number | null>(null)
  const [reason, setReason] = useState<keyof typeof t.reasons>('goodwill')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.adjust}
      description={t.adjustLead}
      submit={t[way]}
      disabled={!amount}
      onSubmit={async () => {
        const by = way === 'give' ? amount! : -amount!
        const input = { identity: number, amount: by, reason }
        await keep(input, (key) => api.identityPoints(input, { key }))
        toast({ title: t.adjusted(`${by > 0 ? '+' : '−'}${formatNumber(Math.abs(by))}`) })
        await refresh()
      }}
    >
      <Field label={t.way}>
        <Select
          value={way}
          onChange={(next) => setWay(next)}
          options={[
            { value: 'give', label: t.give },
            { value: 'take', label: t.take },
          ]}
        />
      </Field>
      <Field label={t.amount}>
        <NumberInput value={amount} onChange={setAmount} min={1} max={1_000_000} />
      </Field>
      <Field label={t.reason}>
        <Select
          value={reason}
          onChange={(next) => setReason(next)}
          options={(['goodwill', 'correction', 'campaign'] as const).map((value) => ({
            value,
            label: t.reasons[value],
          }))}
        />
      </Field>
    </FormDialog>
  )
}

export function Consent({ number, channel, onClose }: Of & { channel: Channel }) {
  const t = useText(customerWords)
  const toast = useToast()
  const keep = useKeeper()
  const atOnce = useAtOnce()
  const [given, setGiven] = useState<'yes' | 'no'>('yes')
  const [by, setBy] = useState<keyof typeof t.toldBy>('phone')
  const [day, setDay] = useState('')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.tell(t.channel[channel])}
      submit={t.record}
      onSubmit={async () => {
        const input = {
          identity: number,
          channel,
          given: given === 'yes',
          told_by: by,
          ...(day && { told_at: `${day}T00:00:00+09:00` }),
        }
        void atOnce<Answers['identity']>(
          ['customer', number],
          (seen) => ({
            ...seen,
            consents: [
              ...seen.consents.filter((one) => one.channel !== channel),
              {
                channel,
                given: input.given,
                told_by: by,
                told_at: input.told_at ?? new Date().toISOString(),
              },
            ],
          }),
          async () => {
            await keep(input, (key) => api.identityConsent(input, { key }))
            toast({ title: t.recorded })
          },
        )
      }}
    >
      <Field label={t.answer}>
        <Select
          value={given}
          onChange={(next) => setGiven(next)}
          options={[
            { value: 'yes', label: t.setYes },
            { value: 'no', label: t.setNo },
          ]}
        />
      </Field>
      <Field label={t.where}>
        <Select
          value={by}
          onChange={(next) => setBy(next)}
          options={(['web', 'store', 'phone', 'paper'] as const).map((value) => ({
            value,
            label: t.toldBy[value],
          }))}
        />
      </Field>
      <Field label={t.toldAt} hint={t.today}>
        <TextInput type="date" value={day} onChange={setDay} />
      </Field>
    </FormDialog>
  )
}

export function Note({ number, onClose }: Of) {
  const t = useText(customerWords)
  const toast = useToast()
  const keep = useKeeper()
  const [words, setWords] = useState('')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.writeNote}
      submit={t.keep}
      disabled={!words.trim()}
      onSubmit={async () => {
        const input = { identity: number, words: words.trim() }
        await keep(input, (key) => api.identityNote(input, { key }))
        toast({ title: t.kept })
        await refresh()
      }}
    >
      <Field label={t.notes} hint={t.noteHint}>
        <Textarea value={words} onChange={setWords} rows={4} maxLength={2000} />
      </Field>
    </FormDialog>
  )
}

export function Join({ number, onClose }: Of) {
  const t = useText(customerWords)
  const toast = useToast()
  const keep = useKeeper()
  const [other, setOther] = useState('')
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.joinTitle}
      description={t.joinWhat}
      submit={t.join}
      disabled={!/^\d{1,15}$/.test(other.trim())}
      onSubmit={async () => {
        const input = { identity: number, other: Number(other) }
        await keep(input, (key) => api.identityJoin(input, { key }))
        toast({ title: t.joinedNow })
        await refresh()
      }}
    >
      <Field label={t.other}>
        <TextInput value={other} onChange={setOther} maxLength={15} inputMode="numeric" autoComplete="off" />
      </Field>
    </FormDialog>
  )
}
