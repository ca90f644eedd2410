import * as channels from '#domains/channels'
import type { Vault } from '#domains/persons'
import { cancelOrder, recordMallOrder, type MallOrder } from '#flows/desk'
import * as orders from '#domains/orders'
import type { Tx } from '#kernel/gate'

export type RecordSale = {
  message: number
  revision: string
  state: 'pending' | 'placed' | 'shipped' | 'cancelled'
  order: Omit<MallOrder, 'buyer'>
  /** Their number of each of our lines, in order. */
  items: readonly string[]
}
type Outcome = { state: 'done' | 'skipped'; reason?: string; order?: number }

/**
 * A kept message becomes what it says: an order, its cancellation, or nothing new. Messages may come twice, late and in any
 * order: what is older than what was read before is no news.
 */
export const recordSale = (vault: Vault) =>
  async function recordSale(tx: Tx, ask: RecordSale): Promise<Outcome> {
    const message = await channels.messageOf(tx, ask.message)
    if (message.state !== 'waiting') return { state: 'skipped', reason: 'settled' }
    const sale = await channels.saleOf(tx, message.connection, ask.order.external_id)
    if (!sale) throw channels.MessageMissing({ message: ask.message })
    const revision = new Date(ask.revision)
    const told = (o: Outcome): Outcome => {
      channels.settle(tx, message, o)
      return o
    }
    if (revision < sale.revision || (sale.state === 'cancelled' && ask.state !== 'cancelled'))
      return told({
        state: 'skipped',
        reason: 'superseded',
        ...(sale.order !== null && { order: sale.order }),
      })
    if (ask.state === 'pending') {
      if (sale.order === null) channels.advanceSale(tx, sale, { state: 'pending', revision })
      return told({ state: 'skipped', reason: 'pending' })
    }
    if (ask.state === 'cancelled') {
      const order = sale.order === null ? undefined : await orders.orderById(tx, sale.order)
      if (order?.state === 'open') await cancelOrder(vault)(tx, { order: order.id, note: 'mall' })
      channels.advanceSale(tx, sale, { state: 'cancelled', revision })
      return told({
        state: order ? 'done' : 'skipped',
        ...(!order && { reason: 'never_ours' }),
        ...(order && { order: order.id }),
      })
    }
    if (sale.order !== null) {
      channels.advanceSale(tx, sale, { state: ask.state, revision })
      return told({ state: 'skipped', reason: 'known', order: sale.order })
    }
    const { order, already } = await recordMallOrder(vault)(tx, { ...ask.order, buyer: sale.person })
    channels.advanceSale(tx, sale, {
      state: ask.state,
      revision,
      order,
      items: ask.items.map((item, i) => ({ line: i + 1, item })),
    })
    return told({ state: 'done', order, ...(already && { reason: 'known' }) })
  }
