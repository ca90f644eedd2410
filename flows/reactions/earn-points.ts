import * as customers from '#domains/customers'
import * as fulfilment from '#domains/fulfilment'
import * as orders from '#domains/orders'
import * as points from '#domains/points'
import * as shops from '#domains/shops'
import { StockShipped } from '#domains/stock'
import { unitsOf } from '#flows/desk'
import { sql } from '#kernel/db'
import type { Gate, Tx } from '#kernel/gate'
import { derivedKey } from '#kernel/ids'
import type { Follower } from '#kernel/journal'

/** Points follow the goods: what has been shipped so far has earned so much, and what is missing to it is given now. The till gives its own at once. */
async function earnOnShipment(tx: Tx, ask: { order: number }): Promise<{ earned: number }> {
  const order = await orders.orderById(tx, ask.order)
  const [buyer, rules, lines, allocations, before] = await Promise.all([
    customers.identityById(tx, order.buyer),
    shops.settings(tx, order.shop),
    orders.linesOf(tx, ask.order),
    fulfilment.allocationsOf(tx, ask.order),
    points.earnedFor(tx, ask.order),
  ])
  if (buyer?.kind !== 'member' || order.channel === 'till' || rules.points_per_100 === 0) return { earned: 0 }
  const worth = lines.reduce((sum, l) => {
    const trace = l.trace as { discount: number; points: number }
    const shipped = unitsOf(allocations, l.line, (a) => a.shipped)
    return sum + Math.floor(((l.amount - trace.discount - trace.points) * shipped) / l.quantity)
  }, 0)
  const amount = Math.floor((worth * rules.points_per_100) / 100) - before
  if (amount <= 0) return { earned: 0 }
  // Two shipments of one order may be read at once: the second must see what the first has given.
  orders.touch(tx, order)
  points.earn(tx, { member: order.buyer, order: ask.order, amount })
  return { earned: amount }
}

const ofMembers = async (tx: Tx, ask: { orders: number[] }): Promise<number[]> =>
  (
    await tx.list<{ id: number }>(
      sql`select h.id from orders.header h join customers.identity i on i.id = h.buyer where h.id = any(${ask.orders}::bigint[]) and i.kind = 'member'`,
    )
  ).map((o) => o.id)

/** Follows shipments. The key follows from the event, so a shipment read twice earns once. */
export const shipmentEarns = (gate: Gate): Follower => ({
  name: 'points-on-shipment',
  kinds: [StockShipped.kind],
  batch: 100,
  async react(happened) {
    const shipped = happened.map((h) => ({ ...h, order: (h.body as { order: number }).order }))
    // Most parcels go to people without a card: they are passed over with one question, not with a command each.
    const members = new Set(await gate.read(ofMembers, { orders: shipped.map((s) => s.order) }))
    await Promise.all(
      shipped
        .filter((s) => members.has(s.order))
        .map(({ epoch, seq, order }) =>
          gate.run(earnOnShipment, { order }, { key: derivedKey('points-on-shipment', epoch, seq) }),
        ),
    )
  },
})
