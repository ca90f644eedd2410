import type { Answers, Member } from '@akinai/client'
import { Checkbox, Field, RadioGroup, Select, TextInput, useLang, useText, useToast } from '@akinai/ui'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { FormDialog } from './form-dialog.tsx'
import { labels, useName } from './labels.ts'
import { useMe } from './me.tsx'
import { usePlaces } from './places.ts'
import { ShownOnce } from './shown-once.tsx'
import { staffWords } from './staff-words.ts'

type Shops = Answers['staff.list']['shops']
export type Link = Answers['staff.invite']
const roles = [
  'owner',
  'merchandiser',
  'store',
  'warehouse',
  'call',
  'marketer',
  'accountant',
  'developer',
] as const

/** Somebody new, or another role, place or choice of shops for somebody who is there. */
export function StaffForm({
  shops,
  member,
  onClose,
  onLink,
}: {
  shops: Shops
  member?: Member
  onClose: () => void
  onLink: (link: Link) => void
}) {
  const t = useText(staffWords)
  const label = useText(labels)
  const name = useName()
  const me = useMe()
  const { lang: mine } = useLang()
  const toast = useToast()
  const keep = useKeeper()
  const places = usePlaces()
  const [person, setPerson] = useState({ family: '', given: '', email: '' })
  const [lang, setLang] = useState<'ja' | 'en'>(mine)
  const [role, setRole] = useState<(typeof roles)[number]>(member?.role ?? 'store')
  const [place, setPlace] = useState(member?.place ?? null)
  const [which, setWhich] = useState<'all' | 'some'>(
    member ? (member.shops === null ? 'all' : 'some') : me.shops === null ? 'all' : 'some',
  )
  const [codes, setCodes] = useState<readonly string[]>(member?.shops?.map((s) => s.code) ?? [])
  const work = { role, place, shops: which === 'all' ? null : [...codes] }
  async function send() {
    if (member) {
      const input = { ...work, staff: member.staff, version: member.version }
      await keep(input, (key) => api.staffChange(input, { key }))
      toast({ title: t.saved })
    } else {
      const input = { ...person, lang, ...work }
      onLink(await keep(input, (key) => api.staffInvite(input, { key })))
    }
    await refresh()
  }
  const said = (part: keyof typeof person) => ({
    value: person[part],
    onChange: (value: string) => setPerson({ ...person, [part]: value }),
    autoComplete: 'off',
  })
  const isNamed =
    member !== undefined ||
    (person.family.trim() !== '' && person.given.trim() !== '' && /^\S+@\S+\.\S+$/.test(person.email))
  return (
    <FormDialog
      open
      wide
      onClose={onClose}
      title={member ? t.edit : t.invite}
      description={member?.name}
      submit={member ? t.save : t.invite}
      disabled={!isNamed || (which === 'some' && codes.length === 0)}
      onSubmit={send}
    >
      {member ? null : (
        <div className="double">
          <Field label={t.family}>
            <TextInput {...said('family')} maxLength={50} />
          </Field>
          <Field label={t.given}>
            <TextInput {...said('given')} maxLength={50} />
          </Field>
          <Field label={t.email}>
            <TextInput {...said('email')} type="email" maxLength={254} />
          </Field>
          <Field label={t.lang}>
            <Select
              value={lang}
              onChange={setLang}
              options={[
                { value: 'ja', label: t.langs.ja },
                { value: 'en', label: t.langs.en },
              ]}
            />
          </Field>
        </div>
      )}
      <div className="double">
        <Field label={t.role}>
          <Select
            value={role}
            onChange={setRole}
            options={roles.map((value) => ({ value, label: label.role[value] }))}
          />
        </Field>
        <Field label={t.place} hint={t.placeHint}>
          <Select
            value={String(place ?? 0)}
            onChange={(value) => setPlace(Number(value) || null)}
            options={[
              { value: '0', label: t.placeNone },
              ...places.map((p) => ({ value: String(p.place), label: name(p.name) })),
            ]}
          />
        </Field>
      </div>
      <RadioGroup
        label={t.shops}
        value={which}
        onChange={setWhich}
        options={[
          { value: 'all', label: t.shopsAll, disabled: me.shops !== null },
          { value: 'some', label: t.shopsSome },
        ]}
        {...(which === 'some' && codes.length === 0 && { error: t.shopsNone })}
      />
      {which === 'some' ? (
        <fieldset className="bare">
          <legend className="ui-unseen">{t.shopsSome}</legend>
          <div className="double">
            {shops.map((s) => (
              <Checkbox
                key={s.code}
                label={name(s.name)}
                checked={codes.includes(s.code)}
                onChange={(on) => setCodes(on ? [...codes, s.code] : codes.filter((c) => c !== s.code))}
              />
            ))}
          </div>
        </fieldset>
      ) : null}
    </FormDialog>
  )
}

/** The link, shown once. */
export function InvitationLink({ shown, onClose }: { shown: Link; onClose: () => void }) {
  const t = useText(staffWords)
  return (
    <ShownOnce
      title={t.linkTitle}
      description={shown.link === null ? t.gone : shown.mailed ? t.mailed : t.unmailed}
      label={t.link}
      hint={t.once}
      value={shown.link}
      done={t.kept}
      onClose={onClose}
    />
  )
}
