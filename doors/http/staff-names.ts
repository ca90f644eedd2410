import { open, type Sealed } from '#domains/persons'
import { staffCards } from '#flows/reads'
import { ask } from '#kernel/db'
import type { Services } from './route.ts'

/** What the members of staff among these are called, and where they are written to; of anybody else nothing is told. */
export async function staffFaces(
  s: Services,
  ids: readonly number[],
): Promise<Map<number, { name: string; email: string }>> {
  const rows = await ask<Sealed>(s.pool, staffCards([...new Set(ids)]))
  return new Map(
    rows.map((r) => {
      const { family, given, email } = open(s.vault, r)
      return [r.person, { name: [family, given].filter(Boolean).join(' '), email: email ?? '' }]
    }),
  )
}
export async function staffNames(s: Services, ids: readonly number[]): Promise<Map<number, string>> {
  return new Map([...(await staffFaces(s, ids))].map(([id, { name }]) => [id, name]))
}
