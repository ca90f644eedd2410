import * as channels from '#domains/channels'
import type { Vault } from '#domains/persons'
import { changeMallOrder, recordMallOrder, type MallOrder } from '#flows/desk'
import type { Tx } from '#kernel/gate'
import { startOfTime } from '#kernel/time'

export type RecordSale = {
  message: number
  revision: string
  state: 'pending' | 'placed' | 'shipped' | 'cancelled'
  order: Omit<MallOrder, 'buyer'>
  /** Their number of each of our lines, in order. */
  items: readonly string[]
}
type Outcome = {
  state: 'done' | 'skipped' | 'quarantined' | 'waiting'
  reason?: string
  order?: number
}
/** Why a message that only makes an order complete waits for its second turn. */
const givenUpBefore = 'given_up_before'

/**
 * A kept message becomes what it says: an order, its change, its cancellation, or nothing new. Messages may come twice,
 * late and in any order, and the same is here in the end: what is older than what was read before is no news, except that
 * an order of which first its end was heard is recorded all the same, and ended.
 */
export const recordSale = (vault: Vault) =>
  async function recordSale(tx: Tx, ask: RecordSale): Promise<Outcome> {
    const message = await channels.messageOf(tx, ask.message)
    if (message.state !== 'waiting') return { state: 'skipped', reason: 'settled' }
    const sale = await channels.saleOf(tx, message.connection, ask.order.external_id)
    if (!sale) throw channels.MessageMissing({ message: ask.message })
    const revision = new Date(ask.revision)
    const told = (o: Outcome): Outcome => {
      const known = { ...o, ...(o.order === undefined && sale.order !== null && { order: sale.order }) }
      const { state } = known
      if (state === 'waiting')
        channels.putOff(tx, message, { reason: givenUpBefore, until: startOfTime, unsure: false })
      else channels.settle(tx, message, { ...known, state })
      return known
    }
    const record = async () => {
      const { order, already } = await recordMallOrder(vault)(tx, { ...ask.order, buyer: sale.person })
      return { order, already, items: ask.items.map((item, i) => ({ line: i + 1, item })) }
    }
    const sold = ask.state === 'placed' || ask.state === 'shipped'
    if (sale.state === 'cancelled' && ask.state !== 'cancelled') {
      if (sold && sale.order === null) {
        const { order, items } = await record()
        channels.advanceSale(tx, sale, { state: 'cancelled', revision: sale.revision, order, items })
        return told({ state: 'waiting', order })
      }
      if (message.reason === givenUpBefore && sale.order !== null) {
        await changeMallOrder(tx, { order: sale.order, left: undefined })
        return told({ state: 'done', reason: givenUpBefore })
      }
      return told({ state: 'skipped', reason: 'superseded' })
    }
    if (revision < sale.revision) return told({ state: 'skipped', reason: 'superseded' })
    if (ask.state === 'pending') {
      if (sale.order === null) channels.advanceSale(tx, sale, { state: 'pending', revision })
      return told({ state: 'skipped', reason: 'pending' })
    }
    if (ask.state !== 'cancelled' && sale.order === null) {
      const { order, already, items } = await record()
      channels.advanceSale(tx, sale, { state: ask.state, revision, order, items })
      return told({ state: 'done', order, ...(already && { reason: 'known' }) })
    }
    if (sale.order === null) {
      channels.advanceSale(tx, sale, { state: 'cancelled', revision })
      return told({ state: 'skipped', reason: 'never_ours' })
    }
    const changed = await changeMallOrder(tx, {
      order: sale.order,
      left:
        ask.state === 'cancelled'
          ? undefined
          : { items: itemsLeft(sale.items ?? [], ask), total: ask.order.total },
    })
    // A person looks at it; what was read stays what it was, so that a replay asks again.
    if (changed === 'grew' || changed === 'left_the_house')
      return told({ state: 'quarantined', reason: changed })
    channels.advanceSale(tx, sale, { state: ask.state, revision })
    return told(
      changed === 'given_up' ? { state: 'done', reason: changed } : { state: 'skipped', reason: 'known' },
    )
  }

/** How many of each of their items are left, and which of our lines those are. */
function itemsLeft(known: readonly { line: number; item: string }[], ask: RecordSale) {
  const left = new Map<string, { lines: number[]; quantity: number }>()
  for (const { line, item } of known) {
    const at = left.get(item)
    if (at) at.lines.push(line)
    else left.set(item, { lines: [line], quantity: 0 })
  }
  ask.items.forEach((item, i) => {
    const at = left.get(item) ?? { lines: [], quantity: 0 }
    left.set(item, { ...at, quantity: at.quantity + ask.order.lines[i]!.quantity })
  })
  return [...left.values()]
}
