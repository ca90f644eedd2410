/**
 * Letters that stand in one place of the table of JIS X 0208 and that Microsoft's table (CP932) reads as another: 〜 is
 * written with the code that comes back as ～. Source: Unicode's mappings JIS0208.TXT and CP932.TXT.
 */
const twins: Record<string, string> = {
  '\u00A2': '\uFFE0',
  '\u00A3': '\uFFE1',
  '\u00AC': '\uFFE2',
  '\u2014': '\u2015',
  '\u2016': '\u2225',
  '\u2212': '\uFF0D',
  '\u301C': '\uFF5E',
}
const twin = new RegExp(`[${Object.keys(twins).join('')}]`, 'g')
/** The text as it comes back from a file in CP932 in which all its letters have a code. */
export const inCp932 = (text: string): string => text.replace(twin, (letter) => twins[letter]!)

/** What a file in CP932 tells, with the letters as they are where the file could not have told them apart. */
export function untwinned<T>(told: T, is: unknown): T
export function untwinned(told: unknown, is: unknown): unknown {
  if (typeof told === 'string') return typeof is === 'string' && inCp932(is) === told ? is : told
  if (Array.isArray(told)) return told.map((t, i) => untwinned(t, Array.isArray(is) ? is[i] : undefined))
  if (told === null || typeof told !== 'object') return told
  const known = new Map(Object.entries(is ?? {}).map(([key, value]) => [inCp932(key), { key, value }]))
  return Object.fromEntries(
    Object.entries(told).map(([key, value]) => {
      const own = known.get(key)
      return [own?.key ?? key, untwinned(value, own?.value)]
    }),
  )
}
