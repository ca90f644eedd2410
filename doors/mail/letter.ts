import type pg from 'pg'
import type { Kind, Spot } from '#domains/mail'
import { open, read, type Sealed, type Vault } from '#domains/persons'
import { shopsAt } from '#domains/shops'
import { letterFacts, orderDetail } from '#flows/reads'
import { ask } from '#kernel/db'
import { compose, type Facts, type Letter, type Sender, type Told } from './compose.ts'

export type House = { pool: pg.Pool; vault: Vault; timeZone: string; baseUrl: string }
/** What a letter says now, and to whom; nothing where the buyer was erased. It is written down nowhere. */
export async function letterOf(
  house: House,
  m: Spot & { kind: Kind; order: number },
): Promise<Letter | undefined> {
  const [[order], [facts]] = await Promise.all([
    ask<Told>(house.pool, orderDetail(m.order)),
    ask<Facts>(house.pool, letterFacts(m, m.order)),
  ])
  const card = order?.destinations?.[0]?.card
  // Who sold it is who they were when it was ordered.
  const all = order ? await ask<Sender & { id: number }>(house.pool, shopsAt(order.placed_at)) : []
  const sender = all.find((s) => s.id === order?.shop)
  const [sealed] = card ? await ask<Sealed>(house.pool, read([card])) : []
  if (!order || !facts || !sender || !sealed) return undefined
  return compose({ ...house, kind: m.kind, order, facts, sender, card: open(house.vault, sealed) })
}
