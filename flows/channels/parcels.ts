import * as channels from '#domains/channels'
import * as fulfilment from '#domains/fulfilment'
import type { Gate, Tx } from '#kernel/gate'
import { derivedKey } from '#kernel/ids'
import type { Follower } from '#kernel/journal'

type Shipped = { order: number; shipment: number }

/** Says to the outside that a parcel has left: one message a parcel, however often the event is read. */
export async function queueParcel(tx: Tx, ask: Shipped): Promise<{ message: number | null }> {
  const [sale, shipment] = await Promise.all([
    channels.saleOfOrder(tx, ask.order),
    fulfilment.shipmentById(tx, ask.shipment),
  ])
  // A parcel of which the outside told us need not be told back.
  if (!sale || !shipment || sale.state === 'shipped') return { message: null }
  const at = { connection: sale.connection, way: 'out', kind: 'parcel', mark: String(ask.shipment) } as const
  if (await channels.isKept(tx, at)) return { message: null }
  const units = new Map<number, number>()
  // Of a set each part is on the paper: the line ships as often as its first part does.
  for (const l of shipment.lines) if (!units.has(l.line)) units.set(l.line, l.quantity)
  const items = [...units].flatMap(([line, quantity]) => {
    const item = sale.items?.find((i) => i.line === line)?.item
    return item === undefined ? [] : [{ item, quantity }]
  })
  if (items.length === 0) return { message: null }
  return {
    message: channels.keepMessage(tx, {
      ...at,
      external_id: sale.external_id,
      order: ask.order,
      body: {
        parcel: String(ask.shipment),
        shipped_at: shipment.shipped_at.toISOString(),
        carrier: shipment.carrier,
        tracking: shipment.tracking,
        items,
      },
    }),
  }
}
const ofOutside = async (tx: Tx, ask: { orders: readonly number[] }): Promise<number[]> => {
  const found = await Promise.all(ask.orders.map((o) => channels.saleOfOrder(tx, o)))
  return ask.orders.filter((_, i) => found[i] !== undefined)
}
export const parcelsOut = (gate: Gate): Follower => ({
  name: 'parcels-out',
  kinds: ['stock.shipped'],
  async react(happened) {
    const shipped = happened.map((h) => h.body as Shipped)
    const theirs = new Set(await gate.read(ofOutside, { orders: [...new Set(shipped.map((s) => s.order))] }))
    await Promise.all(
      shipped
        .filter((s) => theirs.has(s.order))
        .map((s) =>
          gate.run(
            queueParcel,
            { order: s.order, shipment: s.shipment },
            { key: derivedKey('parcel-out', s.shipment) },
          ),
        ),
    )
  },
})
