import { most, TooManyMatch } from '#domains/bulk'
import { asLine } from '#doors/files'
import type { Lang } from '#kernel/refusal'
import { checked } from '#kernel/trust'
import { Sheet } from '../route.ts'

/** Rows that were chosen one by one, in an address. */
export const chosen = { maxLength: 8500, pattern: '^\\d{1,15}(,\\d{1,15}){0,499}$' }
export const numbersIn = (told: string | undefined): number[] | undefined => told?.split(',').map(Number)

type List<K> = {
  name: string
  /** Headings are an interface: they stay. */
  heads: Readonly<Record<Lang, readonly string[]>>
  lang: Lang
  keys: readonly K[]
  /** Rows that are read at once. */
  page?: number
  rows: (keys: readonly K[]) => Promise<readonly (readonly string[])[]>
}
/** A list as a file. Which rows is settled first, so that none is left out or told twice while others change; each is as it is when it is written. */
export function sheetOf<K>(list: List<K>): string {
  if (list.keys.length > most) throw TooManyMatch({ most })
  return checked<string>(new Sheet(list.name, linesOf(list)))
}
async function* linesOf<K>(list: List<K>) {
  yield `\uFEFF${asLine(list.heads[list.lang])}`
  const { page = 1000 } = list
  for (let at = 0; at < list.keys.length; at += page)
    yield (await list.rows(list.keys.slice(at, at + page))).map((cells) => asLine(cells)).join('')
}
/** A moment on Japan's clock; nothing where there is none. */
export const clock = (at: Date | null): string =>
  at === null
    ? ''
    : Temporal.Instant.fromEpochMilliseconds(at.getTime())
        .toZonedDateTimeISO('Asia/Tokyo')
        .toPlainDateTime()
        .toString({ smallestUnit: 'second' })
        .replace('T', ' ')
