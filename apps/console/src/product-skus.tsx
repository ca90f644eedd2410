import type { Answers, Product } from '@akinai/client'
import {
  Badge,
  Button,
  Checkbox,
  DateTime,
  Dialog,
  Field,
  formatNumber,
  NumberInput,
  Panel,
  Select,
  Table,
  TextInput,
  useText,
  type Column,
} from '@akinai/ui'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useName } from './labels.ts'
import {
  missingVariants,
  newSku,
  withVariants,
  type Faults,
  type ProductForm,
  type SkuForm,
} from './product-form.ts'
import { productWords } from './product-words.ts'

export type Terms = Answers['catalog.terms']
type Known = Product['skus'][number]
type Props = {
  form: ProductForm
  before: ProductForm
  product: Product | undefined
  terms: Terms
  faults: Faults
  mayWrite: boolean
  onChange: (skus: SkuForm[]) => void
}

const yen = (price: number | null | undefined) => (price == null ? '—' : `¥${formatNumber(price)}`)
/** The faults of the n-th SKU, without its place. */
const faultsAt = (faults: Faults, at: number): Faults =>
  Object.fromEntries(
    Object.entries(faults).flatMap(([field, words]) =>
      field === `skus/${at}` || field.startsWith(`skus/${at}/`)
        ? [[field.slice(`skus/${at}/`.length), words] as const]
        : [],
    ),
  )

/** What is stocked and priced: a row opens its form; all of it is sent with the product. */
export function Skus(props: Props) {
  const { form, before, product, terms, faults, mayWrite, onChange } = props
  const t = useText(productWords)
  const name = useName()
  const navigate = useNavigate()
  const [open, setOpen] = useState<SkuForm | null>(null)
  const [isAll, setAll] = useState(false)
  const known = (sku: SkuForm): Known | undefined => product?.skus.find((one) => one.id === sku.id)
  const missing = missingVariants(form).length
  const variant = (sku: SkuForm) =>
    form.options
      .map((option) => name(option.values.find((value) => value.code === sku.options[option.code])?.name))
      .filter(Boolean)
      .join(' / ')
  const badge = (sku: SkuForm) => {
    const wrong = Object.values(faultsAt(faults, form.skus.indexOf(sku)))[0]
    const was = before.skus.find((one) => one.key === sku.key)
    if (wrong !== undefined)
      return (
        <>
          <Badge tone="error">{t.wrong}</Badge> <small>{wrong}</small>
        </>
      )
    if (sku.id === undefined) return <Badge tone="accent">{t.isNew}</Badge>
    if (JSON.stringify(was) !== JSON.stringify(sku)) return <Badge tone="accent">{t.changed}</Badge>
    return sku.archived ? <Badge>{t.archived}</Badge> : <Badge tone="ok">{t.live}</Badge>
  }
  const columns: Column<SkuForm>[] = [
    { key: 'sku', head: t.sku, narrow: true, cell: (sku) => <strong>{sku.code || '—'}</strong> },
    ...(form.options.length > 0 ? [{ key: 'variant', head: t.variant, cell: variant }] : []),
    { key: 'jan', head: t.jan, narrow: true, cell: (sku) => <code>{sku.jan}</code> },
    {
      key: 'unit',
      head: t.unit,
      narrow: true,
      cell: (sku) => t.units[sku.unit as keyof typeof t.units] ?? sku.unit,
    },
    {
      key: 'price',
      head: t.price,
      numeric: true,
      cell: (sku) => (
        <>
          {yen(known(sku)?.price)}
          {sku.price === null ? null : <strong> → {yen(sku.price)}</strong>}
          {known(sku)?.prices_to_come?.map((one) => (
            <small key={String(one.from)} className="quiet block">
              {t.coming(yen(one.price))} <DateTime at={String(one.from)} />
            </small>
          ))}
        </>
      ),
    },
    { key: 'state', head: t.state, cell: badge },
    ...(mayWrite
      ? [
          {
            key: 'do',
            head: t.doHead,
            cell: (sku: SkuForm) => (
              <Button
                variant="quiet"
                onClick={() =>
                  onChange(
                    sku.id === undefined
                      ? form.skus.filter((one) => one !== sku)
                      : form.skus.map((one) => (one === sku ? { ...sku, archived: !sku.archived } : one)),
                  )
                }
              >
                {sku.id === undefined ? t.dropSku : sku.archived ? t.resumeSku : t.endSku}
                <span className="ui-unseen"> {sku.code}</span>
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Panel
      title={t.skuTitle}
      actions={
        mayWrite ? (
          <>
            {missing > 0 ? (
              <Button
                disabled={form.skus.length + missing > terms.variants_most}
                onClick={() =>
                  onChange(withVariants(form, known(form.skus[0]!)?.price ?? form.skus[0]?.price ?? null))
                }
              >
                {t.makeMissing(String(missing))}
              </Button>
            ) : null}
            {product ? (
              <Button
                onClick={() =>
                  void navigate({ to: '/products/grid', search: { q: product.code, state: 'all' } })
                }
              >
                {t.inGrid}
              </Button>
            ) : null}
            <Button onClick={() => setAll(true)}>{t.priceAll}</Button>
            <Button onClick={() => setOpen(newSku(form))}>{t.addSku}</Button>
          </>
        ) : undefined
      }
    >
      {missing > 0 ? (
        <p className="quiet">
          {form.skus.length + missing > terms.variants_most
            ? t.tooMany(String(form.skus.length + missing), String(terms.variants_most))
            : t.missingLead(String(missing))}
        </p>
      ) : null}
      <Table
        label={t.skuTitle}
        columns={columns}
        rows={form.skus}
        rowKey={(sku) => sku.key}
        rowLabel={(sku) => sku.code}
        {...(mayWrite ? { onOpen: (sku: SkuForm) => setOpen(sku) } : {})}
        empty={null}
      />
      {open ? (
        <SkuDialog
          sku={open}
          known={known(open)}
          form={form}
          terms={terms}
          faults={faultsAt(faults, form.skus.indexOf(open))}
          onClose={() => setOpen(null)}
          onApply={(sku) => {
            const at = form.skus.findIndex((one) => one.key === sku.key)
            onChange(at < 0 ? [...form.skus, sku] : form.skus.with(at, sku))
            setOpen(null)
          }}
        />
      ) : null}
      {isAll ? (
        <PriceAll
          onClose={() => setAll(false)}
          onApply={(price, price_from) => {
            onChange(form.skus.map((sku) => (sku.archived ? sku : { ...sku, price, price_from })))
            setAll(false)
          }}
        />
      ) : null}
    </Panel>
  )
}

function SkuDialog(props: {
  sku: SkuForm
  known: Known | undefined
  form: ProductForm
  terms: Terms
  faults: Faults
  onClose: () => void
  onApply: (sku: SkuForm) => void
}) {
  const { known, form, terms, faults, onClose, onApply } = props
  const t = useText(productWords)
  const name = useName()
  const id = useId()
  const [sku, setSku] = useState(props.sku)
  const set = (change: Partial<SkuForm>) => setSku({ ...sku, ...change })
  const isNew = sku.id === undefined
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={isNew ? t.addSkuTitle : t.edit}
      description={t.applyLead}
      actions={
        <Button type="submit" form={id} variant="primary">
          {t.apply}
        </Button>
      }
    >
      <form
        id={id}
        className="fields"
        onSubmit={(event) => {
          event.preventDefault()
          onApply(sku)
        }}
      >
        <div className="double">
          <Field label={t.sku} error={faults['code']}>
            <TextInput value={sku.code} onChange={(code) => set({ code })} maxLength={64} />
          </Field>
          <Field label={t.jan} hint={t.janHint} mark="optional" error={faults['jan']}>
            <TextInput
              inputMode="numeric"
              value={sku.jan}
              onChange={(jan) => set({ jan: jan.normalize('NFKC') })}
              maxLength={20}
            />
          </Field>
          {form.options.map((option, at) => (
            <Field
              key={option.key}
              label={name(option.name) || option.code}
              error={at === 0 ? faults['options'] : undefined}
            >
              <Select
                options={option.values.map((value) => ({
                  value: value.code,
                  label: name(value.name) || value.code,
                }))}
                value={sku.options[option.code] ?? null}
                onChange={(value) => set({ options: { ...sku.options, [option.code]: value } })}
              />
            </Field>
          ))}
          <Field label={t.unit}>
            <Select
              options={terms.units.map((value) => ({ value: value as string, label: t.units[value] }))}
              value={sku.unit}
              onChange={(unit) => set({ unit })}
            />
          </Field>
          <Field label={t.decimals} hint={t.decimalsHint} error={faults['decimals']}>
            <NumberInput
              min={0}
              max={3}
              disabled={!isNew}
              value={sku.decimals}
              onChange={(decimals) => set({ decimals: decimals ?? 0 })}
            />
          </Field>
          <Field label={t.casePack} mark="optional">
            <NumberInput min={1} value={sku.case_pack} onChange={(case_pack) => set({ case_pack })} />
          </Field>
          <Field label={t.weight} mark="optional">
            <NumberInput
              min={0}
              value={sku.weight_grams}
              onChange={(weight_grams) => set({ weight_grams })}
            />
          </Field>
          <Field
            label={t.newPrice}
            {...(isNew ? {} : { hint: `${t.now} ${yen(known?.price)}` })}
            mark="optional"
          >
            <NumberInput min={0} before="¥" value={sku.price} onChange={(price) => set({ price })} />
          </Field>
          <Field label={t.from} hint={t.fromHint} mark="optional">
            <TextInput
              type="datetime-local"
              value={sku.price_from}
              onChange={(price_from) => set({ price_from })}
            />
          </Field>
        </div>
        <Field label={t.parts} hint={t.partsHint} mark="optional" error={faults['components']}>
          <TextInput value={sku.parts} onChange={(parts) => set({ parts })} maxLength={1000} />
        </Field>
        <Checkbox label={t.lot} checked={sku.lot_kept} onChange={(lot_kept) => set({ lot_kept })} />
        <Checkbox
          label={t.serial}
          hint={faults['serial_kept'] ?? t.serialHint}
          checked={sku.serial_kept}
          onChange={(serial_kept) => set({ serial_kept })}
        />
        <Checkbox
          label={t.archiveSku}
          hint={t.archiveSkuHint}
          checked={sku.archived}
          onChange={(archived) => set({ archived })}
        />
      </form>
    </Dialog>
  )
}

function PriceAll({
  onClose,
  onApply,
}: {
  onClose: () => void
  onApply: (price: number, from: string) => void
}) {
  const t = useText(productWords)
  const id = useId()
  const [price, setPrice] = useState<number | null>(null)
  const [from, setFrom] = useState('')
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.priceAll}
      description={t.priceAllLead}
      actions={
        <Button type="submit" form={id} variant="primary" disabled={price === null}>
          {t.apply}
        </Button>
      }
    >
      <form
        id={id}
        className="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (price !== null) onApply(price, from)
        }}
      >
        <Field label={t.newPrice}>
          <NumberInput min={0} before="¥" value={price} onChange={setPrice} />
        </Field>
        <Field label={t.from} hint={t.fromHint} mark="optional">
          <TextInput type="datetime-local" value={from} onChange={setFrom} />
        </Field>
      </form>
    </Dialog>
  )
}
