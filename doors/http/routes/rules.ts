import { checked } from '#kernel/trust'
import Type, { type Static } from 'typebox'
import { isCorporateNumber, lawKeys, RegistrationWrong, type Settings } from '#domains/shops'
import { InvalidInput } from '../problem.ts'
import { day, nullable, strict } from './shapes.ts'

type Text = { ja: string; en: string }
/** Words of the shop; what is not said in English is told in Japanese. */
export const said = (most: number, least = 0) =>
  Type.Object(
    {
      ja: Type.String({ minLength: least, maxLength: most, ...(least > 0 && { pattern: '\\S' }) }),
      en: Type.String({ maxLength: most }),
    },
    strict,
  )
export const whole = (text: Text): Text => ({ ja: text.ja.trim(), en: text.en.trim() || text.ja.trim() })

const yen = Type.Integer({ minimum: 0, maximum: 10_000_000 })
const days = Type.Array(Type.Integer({ minimum: 0, maximum: 90 }), {
  minItems: 2,
  maxItems: 2,
  description: 'From leaving to arriving: the least and the most',
})
const fields = {
  shipping: Type.Object({ all: yen, free_from: nullable(yen), okinawa: yen }, strict),
  cod_fees: Type.Array(
    Type.Object({ up_to: Type.Integer({ minimum: 1, maximum: 10_000_000 }), fee: yen }, strict),
    { minItems: 1, maxItems: 20, description: 'By amount; the last row’s limit is the largest accepted' },
  ),
  bank_account: said(500),
  transfer_days: Type.Integer({ minimum: 1, maximum: 60 }),
  points_per_100: Type.Integer({ minimum: 0, maximum: 100 }),
  law: Type.Object(
    {
      seller: Type.Optional(said(2000)),
      manager: Type.Optional(said(2000)),
      address: Type.Optional(said(2000)),
      phone: Type.Optional(said(2000)),
      email: Type.Optional(said(2000)),
      price: Type.Optional(said(2000)),
      fees: Type.Optional(said(2000)),
      payment: Type.Optional(said(2000)),
      delivery: Type.Optional(said(2000)),
      returns: Type.Optional(said(2000)),
    },
    strict,
  ),
  payments: Type.Array(Type.Enum(['cod', 'bank_transfer']), { minItems: 1, maxItems: 2, uniqueItems: true }),
  about: nullable(said(10_000)),
  delivery: nullable(
    Type.Object(
      {
        cutoff: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }),
        closed_weekdays: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), {
          maxItems: 6,
          uniqueItems: true,
          description: '0 is Sunday',
        }),
        closed_days: Type.Array(day, { maxItems: 400 }),
        days,
        by_prefecture: Type.Record(Type.String({ pattern: '^([1-9]|[1-3]\\d|4[0-7])$' }), days),
      },
      strict,
    ),
  ),
  refund_limits: Type.Object(
    {
      owner: nullable(yen),
      accountant: nullable(yen),
      call: nullable(yen),
      store: nullable(yen),
    },
    strict,
  ),
}
/** Some of the rules of a shop. */
export const rules = Type.Partial(Type.Object(fields), strict)
type Told = Static<typeof rules>
const wrong = (path: string, message: string) =>
  new InvalidInput([{ path: `body/settings/${path}`, message }])

/** What was told, as it is kept: words trimmed, what is empty left out, days as a pair. */
export function kept(told: Told): Partial<Settings> {
  const { law, delivery, about, bank_account, cod_fees, refund_limits, ...plain } = told
  if (cod_fees?.some((row, i) => i > 0 && row.up_to <= cod_fees[i - 1]!.up_to))
    throw wrong('cod_fees', 'rise from row to row')
  return {
    ...withoutGaps(plain),
    ...(cod_fees && { cod_fees }),
    ...(refund_limits && { refund_limits }),
    ...(bank_account && { bank_account: whole(bank_account) }),
    ...(about !== undefined && { about: about && about.ja.trim() ? whole(about) : null }),
    ...(law && {
      law: Object.fromEntries(
        lawKeys.flatMap((key) => {
          const text = law[key]
          return text?.ja.trim() ? [[key, whole(text)]] : []
        }),
      ),
    }),
    ...(delivery !== undefined && {
      delivery: delivery && {
        ...delivery,
        days: pair('delivery/days', delivery.days),
        by_prefecture: Object.fromEntries(
          Object.entries(delivery.by_prefecture).map(([code, of]) => [
            code,
            pair(`delivery/by_prefecture/${code}`, of),
          ]),
        ),
      },
    }),
  }
}
function pair(path: string, [least = 0, most = 0]: readonly number[]): [number, number] {
  if (least > most) throw wrong(path, 'the least is more than the most')
  return [least, most]
}
const withoutGaps = <T extends object>(of: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  checked(Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)))

export const company = {
  company: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  registration_number: nullable(Type.String({ pattern: '^T\\d{13}$' })),
  sole: Type.Optional(
    Type.Boolean({ description: 'A sole proprietor: their number follows no check digit that is published' }),
  ),
}
/** A company's number is its corporate number, which checks itself. */
export function demandRegistration(told: {
  registration_number: string | null
  sole?: boolean | undefined
}): void {
  const { registration_number: number, sole } = told
  if (number !== null && !sole && !isCorporateNumber(number.slice(1))) throw RegistrationWrong({})
}
