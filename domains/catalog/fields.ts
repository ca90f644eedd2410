import { FieldUnfit, FieldUnknown } from './refusals.ts'

type Text = { ja: string; en: string }
export type FieldValue = string | number | boolean
/** A field of a merchant's own: what it is called, and what may stand in it. */
export type Field = { readonly label: Text; readonly kind: 'text' | 'number' | 'yes_no' }
type Told = Readonly<Record<string, FieldValue | null>>
type Kept = Readonly<Record<string, Readonly<Record<string, FieldValue>>>>

const declared = new Map<string, Readonly<Record<string, Field>>>()
const plain = /^[a-z][a-z0-9_]{0,39}$/

/** An extension says which fields of its own products have, under the name of its folder. What was not declared cannot be written. */
export function declareFields(namespace: string, fields: Readonly<Record<string, Field>>): void {
  for (const name of [namespace, ...Object.keys(fields)])
    if (!plain.test(name)) throw new Error(`extension ${namespace}: “${name}” is no name for a field`)
  declared.set(namespace, fields)
}
/** Every field that may be written, as `namespace.key`. */
export const declaredFields = (): (Field & { field: string })[] =>
  [...declared].flatMap(([namespace, fields]) =>
    Object.entries(fields).map(([key, f]) => ({
      field: `${namespace}.${key}`,
      label: f.label,
      kind: f.kind,
    })),
  )

const kindOf = { text: 'string', number: 'number', yes_no: 'boolean' } as const
/** What is kept from now on: the fields told are set, or taken away by null; all others stay, also those of an extension that has gone. */
export function withFields(kept: Kept, told: Told): Record<string, Record<string, FieldValue>> {
  const next = Object.fromEntries(
    Object.entries(kept).map(([namespace, fields]) => [namespace, { ...fields }]),
  )
  for (const [field, value] of Object.entries(told)) {
    const [namespace = '', key = ''] = field.split('.')
    const fields = declared.get(namespace) ?? {}
    const of = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (!of || field !== `${namespace}.${key}`) throw FieldUnknown({ field, at: `fields/${field}` })
    if (value !== null && typeof value !== kindOf[of.kind])
      throw FieldUnfit({ field, kind: of.kind, at: `fields/${field}` })
    const mine = (next[namespace] ??= {})
    if (value === null) delete mine[key]
    else mine[key] = value
  }
  return next
}
/** As `namespace.key` → value. */
export const flatFields = (kept: Kept): Record<string, FieldValue> =>
  Object.fromEntries(
    Object.entries(kept).flatMap(([namespace, fields]) =>
      Object.entries(fields).map(([key, value]) => [`${namespace}.${key}`, value]),
    ),
  )
