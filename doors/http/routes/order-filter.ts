import Type from 'typebox'
import { allows } from '#domains/access'
import { markOf } from '#domains/persons'
import { personsMarked, type OrderFilter } from '#flows/reads'
import { ask } from '#kernel/db'
import { addDays, startOfDay } from '#kernel/time'
import type { Context } from '../route.ts'
import { day, short, telephone } from './shapes.ts'

const statuses = [
  'all',
  'short',
  'waiting_payment',
  'to_ship',
  'part_shipped',
  'shipped',
  'returned',
  'cancelled',
] as const
/** What a list of orders is narrowed by. */
export const orderFilter = {
  status: Type.Optional(Type.Enum([...statuses])),
  channel: Type.Optional(Type.String({ maxLength: 40, pattern: '^[a-z:_0-9-]+$' })),
  q: Type.Optional(short(254)),
  from: Type.Optional(day),
  to: Type.Optional(day),
}
type Asked = {
  status?: (typeof statuses)[number]
  channel?: string
  q?: string
  from?: string
  to?: string
}
/** The same for the database, within what whoever asks may see. */
export const ordersAsked = async (c: Context<unknown>, q: Asked): Promise<OrderFilter> => ({
  ...(q.status && q.status !== 'all' && { status: q.status }),
  ...(q.channel && { channel: q.channel }),
  ...(q.q?.trim() && { found: await soughtBy(c, q.q.trim()) }),
  // Days are Japan's, both ends included.
  ...(q.from && { from: startOfDay('Asia/Tokyo', q.from) }),
  ...(q.to && { until: addDays(startOfDay('Asia/Tokyo', q.to), 1) }),
  ...(c.within !== undefined && { place: c.within }),
  ...(c.shops && { shops: c.shops }),
})
/** Of orders, whatever else the route is for. */
const seesPersons = (c: Context<unknown>) => {
  const reach = c.session && allows(c.session.role, 'orders.read')
  return reach !== undefined && reach !== 'masked'
}
/** What was typed to find orders by. A mail address or a telephone number finds nothing for somebody who may not see persons. */
async function soughtBy(c: Context<unknown>, q: string) {
  const s = c.services
  const number = /^\d{1,15}$/.test(q) ? Number(q) : 0
  const kind = q.includes('@') ? 'email' : telephone.test(q) ? 'phone' : undefined
  const persons =
    kind && seesPersons(c)
      ? await ask<{ person: number }>(s.pool, personsMarked(kind, markOf(s.vault, kind, q)))
      : []
  return { order: number, external: q, buyers: persons.map((p) => p.person) }
}
