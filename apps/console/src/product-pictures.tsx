import { Problem, type Product } from '@akinai/client'
import { Badge, Button, Checkbox, Field, Panel, TextInput, useText, useToast } from '@akinai/ui'
import { useEffect, useId, useRef, useState } from 'react'
import { api } from './api.ts'
import { useName } from './labels.ts'
import { Picture } from './picture.tsx'
import { pictureWords } from './picture-words.ts'
import type { PictureForm, ProductForm } from './product-form.ts'
import { moved, Sortable } from './sortable.tsx'

type Sending = { key: string; name: string; failed?: string }
const bytesMost = 10 * 1_048_576
const kinds = 'image/jpeg,image/png,image/webp,image/avif'

const base64 = (file: Blob) =>
  new Promise<string>((done, fail) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => fail(reader.error ?? new Error('unread'))
    reader.readAsDataURL(file)
  })

/** Pictures in their order: dropped, pasted or chosen; kept at once, and the product’s when it is saved. */
export function Pictures({
  form,
  product,
  mayWrite,
  onChange,
}: {
  form: ProductForm
  product: Product | undefined
  mayWrite: boolean
  onChange: (change: (pictures: readonly PictureForm[]) => PictureForm[]) => void
}) {
  const t = useText(pictureWords)
  const toast = useToast()
  const id = useId()
  const chooser = useRef<HTMLInputElement>(null)
  const replacing = useRef<string | null>(null)
  /** A picture of the page itself is being carried, which browsers call a file, too. */
  const isOwn = useRef(false)
  const [isOver, setOver] = useState(false)
  const [sending, setSending] = useState<readonly Sending[]>([])
  const [all, setAll] = useState(0)
  const waiting = sending.filter((one) => one.failed === undefined).length

  /** In the order chosen, two at a time. */
  async function take(files: readonly File[], place: string | null = null) {
    const asked = files.slice(0, 50).map((file) => ({ file, key: crypto.randomUUID() }))
    setAll((before) => (waiting === 0 ? 0 : before) + asked.length)
    setSending((before) => [
      ...before.filter((one) => one.failed === undefined),
      ...asked.map(({ file, key }) => ({ key, name: file.name })),
    ])
    const fail = (key: string, words: string) =>
      setSending((before) => before.map((one) => (one.key === key ? { ...one, failed: words } : one)))
    const one = async ({ file, key }: (typeof asked)[number]) => {
      if (file.size > bytesMost) return fail(key, t.tooLarge)
      try {
        const kept = await api.picturesKeep({ data: await base64(file) })
        onChange((now) =>
          place !== null && now.some((p) => p.key === place)
            ? now.map((p) => (p.key === place ? { ...p, file: kept.file } : p))
            : now.some((p) => p.file === kept.file)
              ? [...now]
              : [...now, { key, file: kept.file, alt: { ja: '', en: '' }, skus: [] }],
        )
        setSending((before) => before.filter((s) => s.key !== key))
      } catch (error) {
        fail(key, error instanceof Problem ? error.message : t.failed)
      }
    }
    const queue = [...asked]
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await one(next)
    }
    await Promise.all([work(), work()])
  }
  // A file that misses the field would open in the page's place; one from the clipboard has nowhere to be put but here.
  const taking = useRef(take)
  useEffect(() => void (taking.current = take))
  useEffect(() => {
    if (!mayWrite) return
    const carries = (event: DragEvent) =>
      event.dataTransfer?.types.includes('Files') === true && !isOwn.current
    const over = (event: DragEvent) => {
      if (!carries(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const start = () => void (isOwn.current = true)
    const end = () => void (isOwn.current = false)
    const drop = (event: DragEvent) => {
      setOver(false)
      if (!carries(event)) return
      event.preventDefault()
      void taking.current([...(event.dataTransfer?.files ?? [])])
    }
    const paste = (event: ClipboardEvent) => {
      // Text goes where it is typed, also where a program lays a picture of it beside it.
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return
      event.preventDefault()
      void taking.current(files)
    }
    const heard = new AbortController()
    const { signal } = heard
    document.addEventListener('dragstart', start, { signal })
    document.addEventListener('dragend', end, { signal })
    document.addEventListener('dragover', over, { signal })
    document.addEventListener('dragleave', leave, { signal })
    document.addEventListener('drop', drop, { signal })
    document.addEventListener('paste', paste, { signal })
    return () => heard.abort()
  }, [mayWrite])
  const choose = (place: string | null) => {
    const input = chooser.current
    if (!input) return
    replacing.current = place
    // One takes the place of one.
    input.multiple = place === null
    input.click()
  }
  function remove(picture: PictureForm) {
    const at = form.pictures.indexOf(picture)
    onChange((now) => now.filter((p) => p.key !== picture.key))
    toast({
      title: t.removed,
      words: t.removedWords,
      undo: () => onChange((now) => [...now.slice(0, at), picture, ...now.slice(at)]),
    })
  }
  const set = (key: string, change: Partial<PictureForm>) =>
    onChange((now) => now.map((p) => (p.key === key ? { ...p, ...change } : p)))
  return (
    <Panel title={t.title}>
      <div className="fields">
        {mayWrite ? (
          <>
            <button
              type="button"
              className="drop"
              data-over={isOver ? '' : undefined}
              aria-describedby={id}
              onClick={() => choose(null)}
            >
              {t.drop}
            </button>
            <p className="quiet" id={id}>
              {t.rules}
            </p>
            <input
              ref={chooser}
              type="file"
              accept={kinds}
              multiple
              hidden
              onChange={(event) => {
                const files = [...(event.currentTarget.files ?? [])]
                event.currentTarget.value = ''
                // What is dropped or pasted after a choice that was given up takes nobody's place.
                void take(files, replacing.current)
              }}
            />
          </>
        ) : null}
        {waiting > 0 ? (
          <output>
            <progress
              max={all}
              value={all - waiting}
              aria-label={t.sending(String(all - waiting), String(all))}
            />{' '}
            {t.sending(String(all - waiting), String(all))}
          </output>
        ) : null}
        {sending
          .filter((one) => one.failed !== undefined)
          .map((one) => (
            <div key={one.key} className="ui-error-state" role="alert">
              <p>
                <strong>{one.name}</strong> {one.failed}
              </p>
            </div>
          ))}
        {form.pictures.length === 0 ? (
          <p className="quiet">{t.none}</p>
        ) : (
          <Sortable
            items={form.pictures}
            keyOf={(p) => p.key}
            nameOf={(p) => t.nth(String(form.pictures.indexOf(p) + 1))}
            label={t.title}
            className="pictures-list"
            disabled={!mayWrite}
            onMove={(from, to) => onChange((now) => moved(now, from, to))}
          >
            {(p, at) => (
              <>
                <Picture file={p.file} large alt={p.alt.ja || t.nth(String(at + 1))} />
                <div className="fields">
                  <div className="double">
                    {(['ja', 'en'] as const).map((lang) => (
                      <Field
                        key={lang}
                        label={t.alt(t[lang], String(at + 1))}
                        {...(lang === 'ja' ? { hint: t.altHint } : {})}
                        mark="optional"
                      >
                        <TextInput
                          lang={lang}
                          value={p.alt[lang]}
                          onChange={(text) => set(p.key, { alt: { ...p.alt, [lang]: text } })}
                          maxLength={200}
                        />
                      </Field>
                    ))}
                  </div>
                  <Assigned
                    picture={p}
                    at={at}
                    form={form}
                    product={product}
                    onChange={(skus) => set(p.key, { skus })}
                  />
                  <span className="ui-actions">
                    {at === 0 ? <Badge tone="accent">{t.main}</Badge> : null}
                    {mayWrite ? (
                      <>
                        <Button variant="quiet" onClick={() => choose(p.key)}>
                          {t.replace}
                        </Button>
                        <Button variant="quiet" onClick={() => remove(p)}>
                          {t.remove}
                        </Button>
                      </>
                    ) : null}
                  </span>
                </div>
              </>
            )}
          </Sortable>
        )}
      </div>
    </Panel>
  )
}

/** Which SKUs a picture is of; none is all of them. */
function Assigned(props: {
  picture: PictureForm
  at: number
  form: ProductForm
  product: Product | undefined
  onChange: (skus: number[]) => void
}) {
  const { picture, form, product, onChange } = props
  const t = useText(pictureWords)
  const name = useName()
  if (!product || product.skus.length < 2) return null
  return (
    <details>
      <summary>
        {picture.skus.length === 0 ? t.ofAll : t.ofSome(String(picture.skus.length))}
        <span className="ui-unseen"> {t.nth(String(props.at + 1))}</span>
      </summary>
      <div className="choices">
        {product.skus
          .filter((sku) => !sku.archived)
          .map((sku) => (
            <Checkbox
              key={sku.id}
              label={
                form.options
                  .map((o) => name(o.values.find((v) => v.code === sku.options[o.code])?.name))
                  .filter(Boolean)
                  .join(' / ') || sku.code
              }
              checked={picture.skus.includes(sku.id)}
              onChange={(on) =>
                onChange(on ? [...picture.skus, sku.id] : picture.skus.filter((one) => one !== sku.id))
              }
            />
          ))}
      </div>
    </details>
  )
}
