import Type, { type Static, type TSchema } from 'typebox'
import Value from 'typebox/value'
import { InvalidInput } from '../problem.ts'

export const text = Type.Object({ ja: Type.String(), en: Type.String() })
export const code = Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\p{L}\\p{N}._\\-]+$' })
/** A card's number. No run of letters is long enough to be somebody's name. */
export const card = Type.String({ pattern: '^[A-Za-z]{0,3}\\d{4,20}$' })
export const short = (most = 100) => Type.String({ maxLength: most })
export const word = (most = 100) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
export const quantity = Type.Integer({ minimum: 1, maximum: 1_000_000 })
export const amount = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
export const number = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
// Every month has its own number of days, and February its leap years: what passes is a day that was.
const calendar =
  '((19|20)\\d{2}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))|((19|20)(0[48]|[2468][048]|[13579][26])|2000)-02-29)'
export const instant = Type.String({
  maxLength: 40,
  pattern: `^${calendar}T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?(Z|[+-](0\\d|1[0-4]):[0-5]\\d)$`,
})
export const day = Type.String({ pattern: `^${calendar}$` })
export const uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
export const cursor = Type.Optional(Type.String({ maxLength: 300 }))
export const limit = (most: number, standard: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: most, default: standard }))
export const strict = { additionalProperties: false } as const
export const page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) })
export const nullable = <T extends TSchema>(t: T) => Type.Union([t, Type.Null()])
/** What is written on a unit that bears a number of its own. */
export const serial = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$' })
export const serials = Type.Array(serial, { maxItems: 1000 })
/** By SKU; of a set, those of its parts. */
export const serialsBySku = Type.Array(Type.Object({ sku: code, serials }, strict), { maxItems: 200 })
export const stockLines = (most: number) =>
  Type.Array(Type.Object({ sku: code, quantity, serials: Type.Optional(serials) }, strict), {
    minItems: 1,
    maxItems: most,
  })
export const lines = (most: number) =>
  Type.Array(Type.Object({ sku: code, quantity }, strict), { minItems: 1, maxItems: most })

export const telephone = /^[0-9０-９+\-()（）ー－ ]{9,20}$/
export const contact = Type.Object(
  {
    family: word(50),
    given: word(50),
    family_kana: Type.Optional(short(50)),
    given_kana: Type.Optional(short(50)),
    email: Type.String({ maxLength: 254, pattern: '^[^\\s@"<>]{1,64}@([^\\s@"<>.]+\\.)+[^\\s@"<>.]{2,}$' }),
    phone: Type.String({ pattern: telephone.source }),
  },
  strict,
)
export const address = Type.Object(
  {
    postal: Type.String({ pattern: '^[0-9０-９]{3}[-－ー]?[0-9０-９]{4}$' }),
    prefecture: Type.Integer({ minimum: 1, maximum: 47 }),
    city: word(60),
    line1: word(100),
    line2: Type.Optional(short(100)),
  },
  strict,
)
/** One more row than the page was asked for tells that there is a next one. */
export const cut = <R>(
  rows: R[],
  most: number,
  mark: (last: R) => unknown,
): { items: R[]; next: string | null } => ({
  items: rows.slice(0, most),
  next: rows.length > most ? encode(mark(rows[most - 1]!)) : null,
})
/** Opaque to callers: where the next page begins. */
export const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
/** What a page gave; anything else is refused. */
export function decode<T extends TSchema>(text: string | undefined, shape: T): Static<T> | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Value.Check(shape, value)) return value
  } catch {
    // said below
  }
  throw new InvalidInput([{ path: 'query/cursor', message: 'is not one that a page gave' }])
}
/** Told prices: as high as our own may be. */
export const told = Type.Integer({ minimum: 0, maximum: 100_000_000 })
/** The lines of a fact are worth no more than an amount can say. */
export function demandWorth(of: readonly { quantity: number; unit_price: number }[]): void {
  if (of.reduce((sum, l) => sum + l.quantity * l.unit_price, 0) > 1_000_000_000_000)
    throw new InvalidInput([{ path: 'body/lines', message: 'sum to more than an order can be' }])
}
