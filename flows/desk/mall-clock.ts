import type { Tx } from '#kernel/gate'
import { addDays } from '#kernel/time'
import type { Picture } from './picture.ts'
import { fulfilment, persons } from './rooms.ts'

/**
 * Days after which a mall's buyer is forgotten: from the last parcel on, and from the order on when there never was one.
 * Malls allow thirty days after delivery. A parcel may arrive on the day it leaves, and forgetting happens once a night: 29.
 */
export const keptAfterParcel = 29
export const keptUnshipped = 60

/**
 * A mall's buyer is ours for the parcels only. Once nothing more of the order will be sent, their clock runs from the last
 * parcel; while something is still to be sent, the bound set with the order holds. What is answered sets the clock.
 */
export async function mallClock(tx: Tx, p: Picture): Promise<(now?: Date) => void> {
  if (!p.order.channel.startsWith('mall:')) return () => {}
  const [clock, last] = await Promise.all([
    persons.clockOf(tx, p.order.buyer),
    fulfilment.lastShipped(tx, p.order.id),
  ])
  return (shipped) => {
    if (!clock) return
    const parcels = [last, shipped].filter((d) => d !== undefined).map(Number)
    const to = addDays(parcels.length ? new Date(Math.max(...parcels)) : tx.now, keptAfterParcel)
    // An order given up before any parcel is no reason to keep them longer.
    if (parcels.length || !clock.erase_at || to < clock.erase_at) persons.setClock(tx, clock, to)
  }
}
