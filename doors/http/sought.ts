import {
  cardsHinted,
  fold,
  hintOf,
  markOf,
  newestCards,
  open,
  seek,
  type Hinted,
  type Sealed,
} from '#domains/persons'
import { joinedWith, personsMarked } from '#flows/reads'
import { ask } from '#kernel/db'
import type { Services } from './route.ts'
import { telephone } from './routes/shapes.ts'

type Reach = Pick<Services, 'pool' | 'vault'>
const page = 500
const pages = 8
const enough = 200

export type Found = {
  /** Who is called or reached so now, with those they are known to be besides. */
  readonly persons: readonly number[]
  /** Cards that say so, also earlier ones, and whose they are: an order keeps the address it was placed with. */
  readonly cards: readonly string[]
  readonly owners: readonly number[]
}
/**
 * Customers by what was typed: a whole mail address or telephone number, its end (four digits at least), the name as it is
 * read (two kana and more) or written; the 200 newest. Whoever asks has seen to it that persons may be seen.
 */
export async function personsSought({ pool, vault }: Reach, q: string): Promise<Found> {
  const sought = seek(q)
  const cards: string[] = []
  const owners = new Set<number>()
  const now = new Set<number>()
  if (!sought) return { persons: [], cards, owners: [] }
  const hint = hintOf(vault, sought.term)
  let before: string | null = null
  for (let n = 0; n < pages && owners.size < enough; n++) {
    const rows: Hinted[] = await ask<Hinted>(pool, cardsHinted(hint, before, page))
    for (const row of rows)
      if (sought.fits(open(vault, row))) {
        cards.push(row.id)
        owners.add(row.person)
        if (row.newest) now.add(row.person)
      }
    if (rows.length < page) break
    before = rows.at(-1)!.id
  }
  for (const person of await marked({ pool, vault }, q)) now.add(person)
  const persons = now.size ? await ask<{ person: number }>(pool, joinedWith([...now])) : []
  return { persons: persons.map((p) => p.person), cards, owners: [...owners] }
}

/** Cards that an earlier version wrote have no hints until the worker has been there; members are found by their marks. */
async function marked({ pool, vault }: Reach, q: string): Promise<number[]> {
  const kind = q.includes('@') ? 'email' : telephone.test(q) ? 'phone' : undefined
  if (!kind) return []
  const found = await ask<{ person: number }>(pool, personsMarked(kind, markOf(vault, kind, q)))
  const cards = await ask<Sealed>(pool, newestCards(found.map((p) => p.person)))
  const wanted = fold(kind, q)
  return cards.filter((r) => fold(kind, open(vault, r)[kind] ?? '') === wanted).map((r) => r.person)
}
