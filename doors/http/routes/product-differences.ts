/** What a change of a product was, field by field, in words that a screen can show beside each other. */
import { isDeepStrictEqual } from 'node:util'
import {
  flatFields,
  picturesShown,
  type ChangeRow,
  type Image,
  type Option,
  type Picture,
} from '#domains/catalog'
import type { Difference } from '#flows/assortment'
import type { Lang } from '#kernel/refusal'
import { checked } from '#kernel/trust'

export type Change = ChangeRow
type Text = { ja: string; en: string }
type How = { lang: Lang; categories: ReadonlyMap<number, Text> }
type Said = { sku: string | null; field: string; from: string | null; to: string | null }

const inLang = (text: Text, lang: Lang) => text[lang] || text.ja
const texts = new Set(['name', 'summary', 'description'])
/** A value as one line of text; null is nothing. */
function shown(field: string, value: unknown, how: How): string | null {
  if (value === null || value === undefined || value === '') return null
  if (field === 'options' && Array.isArray(value))
    return (
      checked<Option[]>(value)
        .map(
          (o) => `${inLang(o.name, how.lang)}: ${o.values.map((v) => inLang(v.name, how.lang)).join(', ')}`,
        )
        .join(' / ') || null
    )
  if (field === 'categories')
    return (
      checked<number[]>(value)
        .map((id) => {
          const name = how.categories.get(id)
          return name ? inLang(name, how.lang) : String(id)
        })
        .join(', ') || null
    )
  if (field === 'pictures')
    return (
      checked<Picture[]>(value)
        .map((p) => p.file)
        .join(' ') || null
    )
  if (field === 'components')
    return checked<{ sku: number; quantity: number }[]>(value)
      .map((c) => `${c.sku} × ${c.quantity}`)
      .join(', ')
  if (typeof value === 'object') {
    if (value instanceof Date) return value.toISOString()
    return Object.values(value).map(String).join(' / ') || null
  }
  return String(value)
}
/** Texts are told by language, pictures also by what is said of them, and own fields each by its name. */
function parted(field: string, from: unknown, to: unknown, how: How): Omit<Said, 'sku'>[] {
  const one = (name: string, a: unknown, b: unknown) => ({
    field: name,
    from: shown(field, a, how),
    to: shown(field, b, how),
  })
  if (texts.has(field)) {
    const [a, b] = [checked<Text | null>(from), checked<Text | null>(to)]
    return (['ja', 'en'] as const).map((l) => one(`${field}/${l}`, a?.[l] ?? null, b?.[l] ?? null))
  }
  if (field === 'extension') {
    const [a, b] = [flatFields(checked(from ?? {})), flatFields(checked(to ?? {}))]
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].map((f) => one(f, a[f], b[f]))
  }
  if (field === 'pictures') {
    const [a, b] = [checked<Picture[] | null>(from) ?? [], checked<Picture[] | null>(to) ?? []]
    const alts = (['ja', 'en'] as const).flatMap((l) =>
      b.map((p) => ({
        field: `alt/${l}`,
        from: a.find((q) => q.file === p.file)?.alt[l] || null,
        to: p.alt[l] || null,
      })),
    )
    return [one(field, a, b), ...alts]
  }
  return [one(field, from, to)]
}
const isTold = (d: { from: string | null; to: string | null }) => d.from !== d.to
/** `picture` follows from `pictures`. */
const isOwn = (field: string) => field !== 'picture' && field !== 'position' && field !== 'extension_'

export const saysOf = (differences: readonly Difference[], how: How): Said[] =>
  differences
    .filter((d) => isOwn(d.field))
    .flatMap((d) => parted(d.field, d.from, d.to, how).map((p) => ({ sku: d.sku, ...p })))
    .filter(isTold)

/** A picture that was only ever named is one of the product's pictures, too; where it stayed, the other side's list names it. */
function told({ product }: Image, field: string, other: Image): unknown {
  const { pictures, picture } = product
  if (field !== 'pictures' || !pictures) return product[field as keyof Image['product']]
  const stayed = (other.product.pictures?.[0] ?? pictures[0])?.file ?? null
  return picturesShown({ picture: picture === undefined ? stayed : picture, pictures })
}
export function differencesOf(change: Pick<ChangeRow, 'before' | 'after'>, how: How): Said[] {
  const rows: Difference[] = Object.keys(change.after.product).map((field) => ({
    sku: null,
    field,
    from: told(change.before, field, change.after),
    to: told(change.after, field, change.before),
  }))
  for (const [id, after] of Object.entries(change.after.skus)) {
    const before = change.before.skus[id]
    const code = after?.code ?? before?.code ?? id
    for (const field of Object.keys(after ?? {}))
      rows.push({
        sku: code,
        field: field === 'archived_at' ? 'archived' : field,
        from: field === 'archived_at' ? isSet(before, field) : at(before, field),
        to: field === 'archived_at' ? isSet(after, field) : at(after, field),
      })
  }
  const own = rows.map((d) =>
    d.sku === null && d.field === 'archived_at'
      ? { ...d, field: 'archived', from: d.from !== null, to: d.to !== null }
      : d,
  )
  return saysOf(
    own.filter((d) => !isDeepStrictEqual(d.from ?? null, d.to ?? null)),
    how,
  )
}
const at = (row: object | null | undefined, field: string): unknown =>
  row ? checked<Record<string, unknown>>(row)[field] : null
const isSet = (row: object | null | undefined, field: string) =>
  row ? (at(row, field) ?? null) !== null : null
