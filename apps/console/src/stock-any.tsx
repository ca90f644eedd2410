import { Field, NumberInput, Select, TextInput, useText, useToast } from '@akinai/ui'
import { useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { FormDialog } from './form-dialog.tsx'
import { useName } from './labels.ts'
import { usePlaces } from './places.ts'
import { stockWords } from './stock-words.ts'

/** Goods that no row shows yet: the first that come to a place, or were counted there. */
export function RecordAny({ onClose }: { onClose: () => void }) {
  const t = useText(stockWords)
  const name = useName()
  const toast = useToast()
  const keep = useKeeper()
  const places = usePlaces()
  const [sku, setSku] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [deed, setDeed] = useState<'count' | 'receive'>('count')
  const [quantity, setQuantity] = useState<number | null>(null)
  const place = chosen ?? places[0]?.code ?? ''
  const isReceipt = deed === 'receive'
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t.first}
      description={t.firstLead}
      submit={isReceipt ? t.receive : t.count}
      disabled={sku.trim() === '' || place === '' || quantity === null || (isReceipt && quantity === 0)}
      onSubmit={async () => {
        const input = { place, lines: [{ sku: sku.trim().normalize('NFKC'), quantity: quantity ?? 0 }] }
        if (isReceipt) await keep(input, (key) => api.stockReceive(input, { key }))
        else await keep(input, (key) => api.stockCount(input, { key }))
        toast({ title: isReceipt ? t.received : t.counted })
        await refresh()
      }}
    >
      <Field label={t.firstDeed}>
        <Select
          value={deed}
          onChange={setDeed}
          options={[
            { value: 'count', label: t.firstCount },
            { value: 'receive', label: t.firstReceive },
          ]}
        />
      </Field>
      <Field label={t.sku}>
        <TextInput autoComplete="off" spellCheck={false} maxLength={64} value={sku} onChange={setSku} />
      </Field>
      <Field label={t.place}>
        <Select
          value={place}
          onChange={setChosen}
          options={places.map((p) => ({ value: p.code, label: name(p.name) }))}
        />
      </Field>
      <Field label={isReceipt ? t.quantity : t.onShelf}>
        <NumberInput min={0} value={quantity} onChange={setQuantity} />
      </Field>
    </FormDialog>
  )
}
