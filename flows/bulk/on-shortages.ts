import { assignShortage, solveShortage } from '#flows/desk'
import type { Tx } from '#kernel/gate'
import { bulk, fulfilment, orders } from './rooms.ts'

type Ask = {
  shortage: number
  how: bulk.How
  shops: readonly number[] | null
  within: number | undefined
}
/** One shortage of a run, by the flow that does it for one; answers whether there was anything to do. */
export async function doShortage(tx: Tx, kind: bulk.Kind, ask: Ask): Promise<boolean> {
  const s = await fulfilment.shortageById(tx, ask.shortage)
  const order = await orders.orderById(tx, s.order)
  if (ask.shops && !ask.shops.includes(order.shop)) throw fulfilment.ShortageMissing({ shortage: s.id })
  const within = ask.within === undefined ? {} : { within: ask.within }
  if (kind === 'solve') {
    await solveShortage(tx, {
      shortage: s.id,
      ...(ask.within !== undefined && { place: ask.within }),
      ...within,
    })
    return true
  }
  const { owner, deadline } = ask.how.assign!
  if (s.owner === owner && s.deadline.getTime() === Date.parse(deadline)) return false
  await assignShortage(tx, { shortage: s.id, owner, deadline, ...within })
  return true
}
