import { open, type Sealed } from '#domains/persons'
import { staffCards } from '#flows/reads'
import { ask } from '#kernel/db'
import type { Services } from './route.ts'

/** What the members of staff among these are called; of anybody else nothing is told. */
export async function staffNames(s: Services, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await ask<Sealed>(s.pool, staffCards([...new Set(ids)]))
  return new Map(
    rows.map((r) => {
      const { family, given } = open(s.vault, r)
      return [r.person, [family, given].filter(Boolean).join(' ')]
    }),
  )
}
