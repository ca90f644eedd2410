/** What comes in is parsed and checked here, and trusted inside. */
import { Compile } from 'typebox/compile'
import type { TSchema } from 'typebox'
import Value from 'typebox/value'
import { checked } from '#kernel/trust'
import { InvalidInput } from './problem.ts'

/** More than the largest body we take in has: a product with 5,000 SKUs of fifteen fields. Naming what is wrong with a body costs a thousand times what seeing it does: 0.9 s for 300,000 parts. */
const partsMost = 100_000
/** No deeper than 32, no more than 100,000 parts, nothing that reaches for a prototype, and no text that a database cannot keep. */
export function parseJson(text: string): unknown {
  if (text === '') return {}
  let depth = 0
  let parts = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (quoted) {
      if (c === 92) i++
      else if (c === 34) quoted = false
    } else if (c === 34) quoted = true
    else if (c === 123 || c === 91) {
      if (++depth > 32) throw new InvalidInput([{ path: '/', message: 'too deep' }])
    } else if (c === 125 || c === 93) depth--
    else if (c === 44 && ++parts > partsMost)
      throw new InvalidInput([{ path: '/', message: `more than ${partsMost} parts` }])
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new InvalidInput([{ path: '/', message: 'JSON' }])
  }
  if (/"(?:__proto__|constructor|prototype)"\s*:/.test(text))
    throw new InvalidInput([{ path: '/', message: '__proto__' }])
  // Escapes only can bring them in: a body without is not walked through.
  if (/\\u(?:0000|[dD][89a-fA-F])/.test(text)) demandText(value, 'body')
  return value
}

/** PostgreSQL keeps no NUL and no half of a surrogate pair: they are refused here, by name, instead of breaking a command. */
export function demandText(value: unknown, where: string): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      throw new InvalidInput([{ path: where, message: 'has characters that cannot be kept' }])
  } else if (typeof value === 'object' && value !== null)
    for (const [name, part] of Object.entries(value)) {
      demandText(name, where)
      demandText(part, `${where}/${name}`)
    }
}

export type Check = (value: unknown, where: string) => unknown
type Part = { type?: unknown; enum?: readonly unknown[] }
/** Reads the plain cases by themselves; the library, which works out each schema anew, costs a tenth of a list. */
function converter(schema: TSchema): (value: unknown) => unknown {
  const parts = new Map(
    Object.entries(checked<{ properties?: Record<string, Part> }>(schema).properties ?? {}),
  )
  const plain = (part: Part | undefined, text: unknown): unknown => {
    if (!part || typeof text !== 'string') return undefined
    if (part.type === 'string' || part.enum?.includes(text)) return text
    if (part.type === 'integer' && /^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text)
    if (part.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
    return undefined
  }
  return (value) => {
    const read: Record<string, unknown> = {}
    for (const [name, text] of Object.entries(checked<Record<string, unknown>>(value)))
      if ((read[name] = plain(parts.get(name), text)) === undefined) return Value.Convert(schema, value)
    return read
  }
}
/** `convert`: from the text of an address to numbers and truth values. */
export function checker(schema: TSchema | undefined, convert: boolean): Check {
  if (!schema) return () => undefined
  const compiled = Compile(schema)
  const converted = converter(schema)
  return (value, where) => {
    if (convert) demandText(value, where)
    const read = convert ? converted(value) : value
    if (!compiled.Check(read))
      throw new InvalidInput(
        [...compiled.Errors(read)]
          .slice(0, 20)
          .map((e) => ({ path: where + (e.instancePath || '/'), message: e.message })),
      )
    return read
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** A guest has no name that a key could belong to, and the answer may bear a cart's token: only a key that nobody hits upon will do. */
export const isKey = (key: unknown, guest: boolean): key is string =>
  typeof key === 'string' && key.length >= 8 && key.length <= 100 && (!guest || uuid.test(key))
