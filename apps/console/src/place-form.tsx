import { Checkbox, Field, NumberInput, Select, TextInput, useText, useToast } from '@akinai/ui'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { FormDialog } from './form-dialog.tsx'
import { digitsOf, PostalField } from './postal.tsx'
import { isPlainCode, type KeptPlace } from './places.ts'
import { premisesWords } from './premises-words.ts'
import { textOf } from './settings-form.tsx'

const kinds = ['warehouse', 'store', 'factory', 'outside'] as const

/** A new place, or another name, kind, address or turn for one that is there. */
export function PlaceForm({
  place,
  next,
  onClose,
}: {
  place?: KeptPlace
  /** For a code that nobody has to think of. */
  next: number
  onClose: () => void
}) {
  const t = useText(premisesWords)
  const toast = useToast()
  const keep = useKeeper()
  const [kind, setKind] = useState(kinds.find((one) => one === place?.kind) ?? 'store')
  const [name, setName] = useState(textOf(place?.name))
  const [code, setCode] = useState<string>()
  const [postal, setPostal] = useState(place?.postal ?? '')
  const [address, setAddress] = useState(textOf(place?.address))
  const [sellsWeb, setSellsWeb] = useState(place?.sells_web ?? true)
  const [priority, setPriority] = useState<number | null>(place?.priority ?? 50)
  const shownCode = code ?? `${kind}-${next}`
  const isCode = isPlainCode(shownCode)
  const digits = digitsOf(postal)
  const isPostal = postal.trim() === '' || digits.length === 7
  async function send() {
    const told = {
      kind,
      name,
      postal: digits.length === 7 ? digits : null,
      address: address.ja.trim() ? address : null,
      sells_web: sellsWeb,
      priority: priority ?? 50,
    }
    if (place) {
      const input = { ...told, place: place.place, version: place.version }
      await keep(input, (key) => api.placesChange(input, { key }))
      toast({ title: t.saved })
    } else {
      const input = { ...told, code: shownCode }
      await keep(input, (key) => api.placesAdd(input, { key }))
      toast({ title: t.added })
    }
    await refresh()
  }
  return (
    <FormDialog
      open
      wide
      onClose={onClose}
      title={place ? t.edit : t.add}
      submit={place ? t.save : t.add}
      disabled={name.ja.trim() === '' || !isPostal || priority === null || (!place && !isCode)}
      onSubmit={send}
    >
      <div className="double">
        <Field label={t.name}>
          <TextInput
            autoComplete="off"
            maxLength={60}
            value={name.ja}
            onChange={(ja) => setName({ ...name, ja })}
          />
        </Field>
        <Field label={t.nameEn} hint={t.nameEnHint} mark="optional">
          <TextInput
            autoComplete="off"
            maxLength={60}
            value={name.en}
            onChange={(en) => setName({ ...name, en })}
          />
        </Field>
        <Field label={t.kind}>
          <Select
            value={kind}
            onChange={setKind}
            options={kinds.map((value) => ({ value, label: t.kinds[value] }))}
          />
        </Field>
        {place ? null : (
          <Field label={t.code} hint={t.codeHint} error={isCode ? undefined : t.codeWrong}>
            <TextInput
              autoComplete="off"
              spellCheck={false}
              maxLength={40}
              value={shownCode}
              onChange={setCode}
            />
          </Field>
        )}
        <PostalField
          label={t.postal}
          hint={t.postalHint}
          error={isPostal || digits.length < 7 ? undefined : t.postalWrong}
          value={postal}
          address={address.ja}
          onChange={setPostal}
          onAddress={(ja) => setAddress({ ...address, ja })}
        />
      </div>
      <Field label={t.address}>
        <TextInput
          autoComplete="off"
          maxLength={200}
          value={address.ja}
          onChange={(ja) => setAddress({ ...address, ja })}
        />
      </Field>
      <Checkbox label={t.sellsWeb} hint={t.sellsWebHint} checked={sellsWeb} onChange={setSellsWeb} />
      <Field label={t.priority} hint={t.priorityHint}>
        <NumberInput min={0} max={32_767} value={priority} onChange={setPriority} />
      </Field>
    </FormDialog>
  )
}
