import type { Answers, Webhook } from '@akinai/client'
import { Checkbox, Field, RadioGroup, Select, TextInput, useText } from '@akinai/ui'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { FormDialog } from './form-dialog.tsx'
import { say, useName } from './labels.ts'
import { useMe } from './me.tsx'
import { ShownOnce } from './shown-once.tsx'
import { webhookWords } from './webhook-words.ts'

type Known = Answers['webhooks']
type Shops = Known['shops']
/** `until`: the secret before signs as well until then. */
export type Shown = { secret: string | null; until?: string }

/** What a number of a shop is called; none is all of them. */
export function useShopName(): (shops: Shops | undefined, shop: number | null) => string {
  const t = useText(webhookWords)
  const name = useName()
  return (shops, shop) =>
    shop === null ? t.shopAll : name(shops?.find((s) => s.shop === shop)?.name) || String(shop)
}

/** A new endpoint, or another address, shop or choice of events for one that is there. */
export function EndpointForm({
  known,
  endpoint,
  onClose,
  onSent,
}: {
  known: Known
  endpoint?: Webhook
  onClose: () => void
  onSent: (secret: string | null, endpoint: number) => void
}) {
  const t = useText(webhookWords)
  const me = useMe()
  const keep = useKeeper()
  const shopName = useShopName()
  // Who works for some shops has one of them told, not all.
  const shops = [...(me.shops === null ? [null] : []), ...known.shops.map((s) => s.shop)]
  const [url, setUrl] = useState(endpoint?.url ?? 'https://')
  const [which, setWhich] = useState<'all' | 'chosen'>(endpoint?.kinds ? 'chosen' : 'all')
  const [kinds, setKinds] = useState<readonly string[]>(endpoint?.kinds ?? [])
  const [shop, setShop] = useState(endpoint ? endpoint.shop : (shops[0] ?? null))
  const wanted = { url: url.trim(), kinds: which === 'all' ? null : [...kinds], shop }
  async function send() {
    if (endpoint) {
      const { endpoint: id, version } = endpoint
      // One that was given up still has everything kept for it; paused it would not.
      const state = endpoint.state === 'off' ? 'off' : 'on'
      const input = { ...wanted, endpoint: id, version, state } as const
      await keep(input, (key) => api.webhookChange(input, { key }))
      onSent(null, id)
    } else {
      const made = await keep(wanted, (key) => api.webhookCreate(wanted, { key }))
      onSent(made.secret, made.endpoint)
    }
    await refresh()
  }
  return (
    <FormDialog
      open
      wide
      onClose={onClose}
      title={endpoint ? t.edit : t.add}
      submit={endpoint ? t.save : t.add}
      disabled={url.trim().length < 9 || (which === 'chosen' && kinds.length === 0)}
      onSubmit={send}
    >
      <Field label={t.url} hint={t.urlHint}>
        <TextInput
          type="url"
          inputMode="url"
          autoComplete="off"
          value={url}
          onChange={setUrl}
          maxLength={2000}
        />
      </Field>
      <Field label={t.shop} hint={t.shopHint}>
        <Select
          value={String(shop ?? 0)}
          onChange={(value) => setShop(Number(value) || null)}
          options={shops.map((one) => ({ value: String(one ?? 0), label: shopName(known.shops, one) }))}
        />
      </Field>
      <RadioGroup
        label={t.kinds}
        value={which}
        onChange={setWhich}
        options={[
          { value: 'all', label: t.kindsAll },
          { value: 'chosen', label: t.kindsChosen },
        ]}
        {...(which === 'chosen' && kinds.length === 0 && { error: t.kindsNone })}
      />
      {which === 'chosen' ? (
        <fieldset className="bare">
          <legend className="ui-unseen">{t.kindsChosen}</legend>
          <div className="double">
            {known.kinds.map((kind) => (
              <Checkbox
                key={kind}
                label={say(t.event, kind)}
                hint={kind}
                checked={kinds.includes(kind)}
                onChange={(on) => setKinds(on ? [...kinds, kind] : kinds.filter((k) => k !== kind))}
              />
            ))}
          </div>
        </fieldset>
      ) : null}
    </FormDialog>
  )
}

/** The secret, shown once. */
export function Secret({ shown, onClose }: { shown: Shown; onClose: () => void }) {
  const t = useText(webhookWords)
  return (
    <ShownOnce
      title={t.secretTitle}
      description={shown.secret === null ? t.secretGone : t.secretOnce}
      label={t.key}
      value={shown.secret}
      done={t.secretDone}
      onClose={onClose}
    >
      {shown.until === undefined ? null : <p>{t.rotateWhat}</p>}
    </ShownOnce>
  )
}
