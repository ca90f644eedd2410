import { Problem, type Product } from '@akinai/client'
import {
  Badge,
  Button,
  Checkbox,
  Field,
  Loading,
  NumberInput,
  PageHeader,
  Panel,
  Select,
  Textarea,
  TextInput,
  useListed,
  useText,
  useToast,
} from '@akinai/ui'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api, refresh, useKeeper } from './api.ts'
import { useAtOnce } from './at-once.ts'
import { useBack } from './back.ts'
import { Edits } from './edits.tsx'
import { Failure, Forbidden, Refused } from './failure.tsx'
import { useName } from './labels.ts'
import { useMay } from './me.tsx'
import {
  bodyOf,
  faultsOf,
  formOf,
  newProduct,
  untranslated,
  type Faults,
  type ProductForm,
} from './product-form.ts'
import { ProductHistory } from './product-history.tsx'
import { Options } from './product-options.tsx'
import { Pictures } from './product-pictures.tsx'
import { ProductPrices } from './product-prices.tsx'
import { Skus, type Terms } from './product-skus.tsx'
import { productWords } from './product-words.ts'

const route = getRouteApi('/products/$product')

export function ProductPage() {
  const may = useMay()
  const { product } = route.useParams()
  if (!may('products.read')) return <Forbidden />
  return <Loaded key={product} product={product === 'new' ? undefined : Number(product)} />
}

function Loaded({ product }: { product: number | undefined }) {
  const t = useText(productWords)
  const back = useBack('/console/products', t.back)
  // What somebody is editing is not replaced behind their back: it is read again when they have saved, or when they say so.
  const [isDirty, setDirty] = useState(false)
  const still = { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false } as const
  const terms = useQuery({ queryKey: ['terms'], queryFn: () => api.catalogTerms(), ...still })
  const found = useQuery({
    queryKey: ['product', product],
    queryFn: () => api.catalogProduct({ product: product ?? 0 }),
    enabled: product !== undefined && !isDirty,
    ...still,
  })
  const error = (!terms.data && terms.error) || (!found.data && found.error)
  if (error)
    return (
      <>
        <PageHeader title={t.title} back={back} />
        <Failure error={error} onRetry={() => void Promise.all([terms.refetch(), found.refetch()])} />
      </>
    )
  if (!terms.data || (product !== undefined && !found.data)) return <Loading lines={8} />
  return (
    <Editor
      key={found.data ? `${found.data.product} ${found.data.version}` : 'new'}
      product={found.data}
      terms={terms.data}
      onDirty={setDirty}
      onRead={() => found.refetch()}
    />
  )
}

/** The server's words at the fields they are about. */
function faultsIn(error: unknown, words: string): Faults {
  if (!(error instanceof Problem)) return {}
  const { errors, detail, title } = error.fields
  if (typeof detail?.['at'] === 'string') return { [detail['at']]: title }
  return Object.fromEntries((errors ?? []).map((one) => [one.path.replace(/^body\//, ''), words]))
}

function Editor({
  product,
  terms,
  onDirty,
  onRead,
}: {
  product: Product | undefined
  terms: Terms
  onDirty: (isDirty: boolean) => void
  onRead: () => Promise<unknown>
}) {
  const t = useText(productWords)
  const name = useName()
  const toast = useToast()
  const keep = useKeeper()
  const atOnce = useAtOnce()
  const back = useBack('/console/products', t.back)
  const navigate = useNavigate()
  const may = useMay()
  const mayWrite = may('products.write')
  const seesPrices = may('prices.read')
  const plansPrices = may('prices.write')
  const [before] = useState(() => (product ? formOf(product) : newProduct()))
  const [form, setForm] = useState(before)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [isChecked, setChecked] = useState(false)
  const alert = useRef<HTMLDivElement>(null)
  const own = isChecked ? faultsOf(form, t.fault) : {}
  const faults: Faults = { ...faultsIn(failure, t.fault.server), ...own }
  const isDirty = JSON.stringify(form) !== JSON.stringify(before)
  useEffect(() => onDirty(isDirty), [isDirty, onDirty])
  const done = useRef(false)
  const isWrong = failure !== null || Object.keys(own).length > 0
  useEffect(() => {
    if (isWrong) alert.current?.scrollIntoView({ block: 'nearest' })
  }, [isWrong, failure])
  const set = (change: Partial<ProductForm>) => setForm((now) => ({ ...now, ...change }))

  async function save() {
    setChecked(true)
    setFailure(null)
    if (Object.keys(faultsOf(form, t.fault)).length > 0) return
    setBusy(true)
    try {
      const body = bodyOf(form, before)
      if (product) {
        const input = { product: product.product, version: product.version, ...body }
        await keep(input, (key) => api.catalogChange(input, { key }))
        toast({ title: t.saved })
        await Promise.all([onRead(), refresh()])
      } else {
        const made = await keep(body, (key) => api.catalogCreate(body, { key }))
        toast({ title: t.created })
        done.current = true
        void refresh()
        await navigate({
          to: '/products/$product',
          params: { product: String(made.product) },
          replace: true,
        })
      }
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  async function turn(away: boolean) {
    if (!product) return
    setFailure(null)
    setBusy(true)
    const way = (archive: boolean, version: number, key?: string) => {
      const input = { product: product.product, version }
      const options = key === undefined ? {} : { key }
      return archive ? api.catalogArchive(input, options) : api.catalogRestore(input, options)
    }
    await atOnce<Product>(
      ['product', product.product],
      (seen) => ({ ...seen, archived_at: away ? new Date().toISOString() : null }),
      async () => {
        const { version } = await keep({ away, version: product.version }, (key) =>
          way(away, product.version, key),
        )
        toast({
          title: away ? t.archived_ : t.restored_,
          ...(away ? { words: t.archivedWords } : {}),
          undo: async () => {
            await way(!away, version)
            await refresh()
          },
        })
      },
    )
    setBusy(false)
  }
  const isAway = product !== undefined && product.archived_at !== null
  return (
    <>
      <PageHeader
        title={product ? name(product.name) : t.newTitle}
        back={back}
        badges={
          product ? isAway ? <Badge>{t.archived}</Badge> : <Badge tone="ok">{t.live}</Badge> : undefined
        }
        words={mayWrite ? product?.code : t.readOnly}
        actions={
          product && mayWrite ? (
            <Button disabled={isDirty || busy} onClick={() => void turn(!isAway)}>
              {isAway ? t.restore : t.archive}
            </Button>
          ) : undefined
        }
      />
      <div className="stack">
        {isWrong ? (
          <div className="ui-error-state" role="alert" ref={alert}>
            {failure ? (
              <Refused error={failure} />
            ) : (
              <>
                <p>
                  <strong>{t.faults}</strong>
                </p>
                <p>{t.faultsTodo(String(Object.keys(own).length))}</p>
              </>
            )}
            {failure instanceof Problem && failure.code === 'catalog.changed_meanwhile' ? (
              <Button onClick={() => void onRead()}>{t.reload}</Button>
            ) : null}
          </div>
        ) : null}
        <fieldset className="stack bare" disabled={!mayWrite}>
          <Basics form={form} terms={terms} faults={faults} set={set} />
          <Texts form={form} faults={faults} set={set} />
          <Pictures
            form={form}
            product={product}
            mayWrite={mayWrite}
            onChange={(change) => setForm((now) => ({ ...now, pictures: change(now.pictures) }))}
          />
          <Options options={form.options} faults={faults} onChange={(options) => set({ options })} />
          <Skus
            form={form}
            before={before}
            product={product}
            terms={terms}
            faults={faults}
            mayWrite={mayWrite}
            onChange={(skus) => set({ skus })}
          />
          <Own form={form} terms={terms} faults={faults} set={set} />
        </fieldset>
        {product && seesPrices ? <ProductPrices product={product} mayWrite={plansPrices} /> : null}
        {product ? <ProductHistory product={product} mayWrite={mayWrite} isDirty={isDirty} /> : null}
      </div>
      <Edits
        isDone={() => done.current}
        dirty={isDirty}
        busy={busy}
        onSave={() => void save()}
        onDiscard={() => {
          setForm(before)
          setChecked(false)
          setFailure(null)
        }}
      />
    </>
  )
}

type Part = { form: ProductForm; faults: Faults; set: (change: Partial<ProductForm>) => void }

function Basics({ form, terms, faults, set }: Part & { terms: Terms }) {
  const t = useText(productWords)
  const name = useName()
  const ages = [...new Set([18, 20, ...(form.age === null ? [] : [form.age])])].sort((a, b) => a - b)
  return (
    <Panel title={t.facts}>
      <div className="fields">
        <div className="double">
          <Field label={t.code} hint={t.codeHint} error={faults['code']}>
            <TextInput value={form.code} onChange={(code) => set({ code })} maxLength={64} />
          </Field>
          <Field label={t.brand} mark="optional" error={faults['brand']}>
            <TextInput value={form.brand} onChange={(brand) => set({ brand })} maxLength={100} />
          </Field>
          <Field label={t.kana} hint={t.kanaHint} mark="optional" error={faults['kana']}>
            <TextInput value={form.kana} onChange={(kana) => set({ kana })} maxLength={200} />
          </Field>
          <Field label={t.taxClass} error={faults['tax_class']}>
            <Select
              options={terms.tax_classes.map((one) => ({
                value: one.class,
                label: t.rate(t.taxes[one.class], String(one.rate / 100)),
              }))}
              value={form.tax_class}
              onChange={(tax_class) => set({ tax_class })}
            />
          </Field>
          <Field label={t.nextTax} error={faults['tax_change/tax_class']}>
            <Select
              options={[
                { value: '', label: t.nextTaxNone },
                ...terms.tax_classes.map((one) => ({
                  value: one.class as ProductForm['next_tax_class'],
                  label: t.rate(t.taxes[one.class], String(one.rate / 100)),
                })),
              ]}
              value={form.next_tax_class}
              onChange={(next_tax_class) => set({ next_tax_class })}
            />
          </Field>
          {form.next_tax_class ? (
            <Field label={t.nextTaxFrom} error={faults['tax_change/from']}>
              <TextInput
                type="datetime-local"
                value={form.next_tax_from}
                onChange={(next_tax_from) => set({ next_tax_from })}
              />
            </Field>
          ) : null}
          <Field label={t.age} error={faults['age']}>
            <Select
              options={[
                { value: '', label: t.ageNone },
                ...ages.map((age) => ({ value: String(age), label: t.ageOf(String(age)) })),
              ]}
              value={form.age === null ? '' : String(form.age)}
              onChange={(age) => set({ age: age === '' ? null : Number(age) })}
            />
          </Field>
        </div>
        <fieldset className="bare">
          <legend className="ui-label">{t.categories}</legend>
          <div className="choices">
            {terms.categories.map((one) => (
              <Checkbox
                key={one.code}
                label={name(one.name)}
                checked={form.categories.includes(one.code)}
                onChange={(on) =>
                  set({
                    categories: on
                      ? [...form.categories, one.code]
                      : form.categories.filter((code) => code !== one.code),
                  })
                }
              />
            ))}
          </div>
        </fieldset>
      </div>
    </Panel>
  )
}

function Texts({ form, faults, set }: Part) {
  const listed = useListed()
  const t = useText(productWords)
  const missing = untranslated(form)
  return (
    <Panel
      title={t.texts}
      actions={
        missing.length > 0 ? (
          <Badge tone="warn">
            {t.untranslated}: {listed(missing.map((one) => t.textNames[one as keyof typeof t.textNames]))}
          </Badge>
        ) : undefined
      }
    >
      {missing.length > 0 ? <p className="quiet">{t.untranslatedLead}</p> : null}
      <div className="double">
        {(['ja', 'en'] as const).map((lang) => (
          <section key={lang} className="fields" aria-label={t[lang]}>
            <h3>{t[lang]}</h3>
            <Field
              label={t.inLang(t.name, t[lang])}
              {...(lang === 'en' ? { mark: 'optional' as const } : {})}
              error={faults[`name/${lang}`]}
            >
              <TextInput
                lang={lang}
                value={form.name[lang]}
                onChange={(text) => set({ name: { ...form.name, [lang]: text } })}
                maxLength={200}
              />
            </Field>
            <Field label={t.inLang(t.summary, t[lang])} mark="optional" error={faults[`summary/${lang}`]}>
              <TextInput
                lang={lang}
                value={form.summary[lang]}
                onChange={(text) => set({ summary: { ...form.summary, [lang]: text } })}
                maxLength={500}
              />
            </Field>
            <Field
              label={t.inLang(t.description, t[lang])}
              mark="optional"
              error={faults[`description/${lang}`]}
            >
              <Textarea
                lang={lang}
                rows={6}
                value={form.description[lang]}
                onChange={(text) => set({ description: { ...form.description, [lang]: text } })}
                maxLength={10_000}
              />
            </Field>
          </section>
        ))}
      </div>
    </Panel>
  )
}

/** What the merchant's own extensions declare; nothing when there are none. */
function Own({ form, terms, faults, set }: Part & { terms: Terms }) {
  const t = useText(productWords)
  const name = useName()
  if (terms.fields.length === 0) return null
  const put = (field: string, value: string | number | boolean | null) =>
    set({ fields: { ...form.fields, [field]: value } })
  return (
    <Panel title={t.extension}>
      <div className="double">
        {terms.fields.map(({ field, label, kind }) => {
          const value = form.fields[field] ?? null
          return (
            <Field key={field} label={name(label)} hint={field} error={faults[`fields/${field}`]}>
              {kind === 'yes_no' ? (
                <Select
                  options={[
                    { value: '', label: t.unset },
                    { value: 'yes', label: t.yes },
                    { value: 'no', label: t.no },
                  ]}
                  value={value === null ? '' : value === true ? 'yes' : 'no'}
                  onChange={(next) => put(field, next === '' ? null : next === 'yes')}
                />
              ) : kind === 'number' ? (
                <NumberInput
                  value={typeof value === 'number' ? value : null}
                  onChange={(next) => put(field, next)}
                />
              ) : (
                <TextInput
                  value={typeof value === 'string' ? value : ''}
                  onChange={(next) => put(field, next)}
                  maxLength={2000}
                />
              )}
            </Field>
          )
        })}
      </div>
    </Panel>
  )
}
