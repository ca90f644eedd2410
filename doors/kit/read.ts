import { BadRow } from './connector.ts'

type Part = Readonly<Record<string, unknown>>
/** Reads fields out of what the outside said, naming the field that is not as it must be. What is not asked for is not looked at. */
export const part = (value: unknown, at: string): Part => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadRow('missing', at)
  return value as Part
}
export const maybePart = (value: unknown): Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {}
export const list = (value: unknown, at: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw new BadRow('missing', at)
  return value
}
export const maybeList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const text = (value: unknown, at: string, most = 200): string => {
  if (typeof value !== 'string' || value.trim() === '') throw new BadRow('missing', at)
  if (value.length > most) throw new BadRow('too_long', at)
  if (value.includes('\0') || !value.isWellFormed()) throw new BadRow('characters', at)
  return value
}
/** Cut where it is too long, without what a database cannot keep. */
export const maybeText = (value: unknown, most = 200): string | undefined => {
  if (typeof value !== 'string') return undefined
  const kept = value.replaceAll('\0', '').toWellFormed().trim().slice(0, most)
  return kept === '' ? undefined : kept
}
export const moment = (value: unknown, at: string): string => {
  const told = text(value, at, 40)
  const read = /^\d{4}-\d\d-\d\dT/.test(told) ? Date.parse(told) : Number.NaN
  if (Number.isNaN(read) || read < Date.parse('1990-01-01') || read > Date.parse('2100-01-01'))
    throw new BadRow('not_a_moment', at)
  return new Date(read).toISOString()
}
export const count = (value: unknown, at: string, most = 1_000_000): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most)
    throw new BadRow('not_a_count', at)
  return value
}
/** Whole yen from a decimal text: `1980` and `1980.00`, never `1980.5`. */
export const yen = (amount: unknown, currency: unknown, at: string): number => {
  if (currency !== 'JPY') throw new BadRow('currency', at)
  if (typeof amount !== 'string' || !/^-?\d{1,12}(?:\.0+)?$/.test(amount)) throw new BadRow('not_yen', at)
  return Number(amount)
}
/** What a message is called and how new it is, also where the rest of it cannot be read: `?`, and older than all others. */
export const head = (id: unknown, revision: unknown): { id: string; revision: string } => {
  const name = maybeText(id, 80)
  const at = maybeText(revision, 40)
  const read = at && /^\d{4}-/.test(at) ? Date.parse(at) : Number.NaN
  return {
    id: name && /^[\x21-\x7e]+$/.test(name) ? name : '?',
    revision: Number.isNaN(read) ? '1990-01-01T00:00:00.000Z' : new Date(read).toISOString(),
  }
}
