import Type from 'typebox'
import { allows } from '#domains/access'
import { ordersSentTo, type OrderFilter } from '#flows/reads'
import { ask } from '#kernel/db'
import { addDays, startOfDay } from '#kernel/time'
import type { Context } from '../route.ts'
import { personsSought } from '../sought.ts'
import { day, instant, short } from './shapes.ts'

const statuses = [
  'all',
  'short',
  'waiting_payment',
  'to_ship',
  'part_shipped',
  'shipped',
  'returned',
  'cancelled',
  'sold',
] as const
/** What a list of orders is narrowed by. */
export const orderFilter = {
  status: Type.Optional(Type.Enum([...statuses])),
  channel: Type.Optional(Type.String({ maxLength: 40, pattern: '^[a-z:_0-9-]+$' })),
  q: Type.Optional(short(254)),
  from: Type.Optional(day),
  to: Type.Optional(day),
  until: Type.Optional(instant),
}
type Asked = {
  status?: (typeof statuses)[number]
  channel?: string
  q?: string
  from?: string
  to?: string
  until?: string
}
/** The same for the database, within what whoever asks may see. */
export const ordersAsked = async (c: Context<unknown>, q: Asked): Promise<OrderFilter> => ({
  ...(q.status && q.status !== 'all' && { status: q.status }),
  ...(q.channel && { channel: q.channel }),
  ...(q.q?.trim() && { found: await soughtBy(c, q.q.trim()) }),
  // Days are Japan's, both ends included.
  ...(q.from && { from: startOfDay('Asia/Tokyo', q.from) }),
  ...(q.to && { until: addDays(startOfDay('Asia/Tokyo', q.to), 1) }),
  // A moment of the day says more than the day.
  ...(q.until && { until: new Date(q.until) }),
  ...(c.within !== undefined && { place: c.within }),
  ...(c.shops && { shops: c.shops }),
})
/** Of orders, whatever else the route is for. */
const seesPersons = (c: Context<unknown>) => {
  const reach = c.session && allows(c.session.role, 'orders.read')
  return reach !== undefined && reach !== 'masked'
}
/** What was typed to find orders by: numbers, and whoever may be meant, as far as persons may be seen. */
async function soughtBy(c: Context<unknown>, q: string) {
  const number = /^\d{1,15}$/.test(q) ? [Number(q)] : []
  if (!seesPersons(c)) return { orders: number, external: q, buyers: [] }
  const { persons, cards, owners } = await personsSought(c.services, q)
  const sent = cards.length ? await ask<{ order: number }>(c.services.pool, ordersSentTo(owners, cards)) : []
  return { orders: [...number, ...sent.map((o) => o.order)], external: q, buyers: persons }
}
