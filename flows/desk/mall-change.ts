import type { Tx } from '#kernel/gate'
import { giveUp } from './cancel-order.ts'
import { pictureOf, unitsOf } from './picture.ts'

export type MallChange = {
  order: number
  /** What the mall says is left of it; nothing: it has given it up. */
  left: { items: readonly { lines: readonly number[]; quantity: number }[]; total: number } | undefined
}
type Changed = 'nothing' | 'given_up' | 'grew' | 'left_the_house'

/**
 * A mall has given up an order that is here, or a part of it: a fact. What is still here goes back to its shelf, and its
 * money is waived or counts as given back, whatever anybody may refund: the mall has done it. What has left the house
 * comes back by a return or not at all, and an order that grew cannot be served unseen: a person looks at those.
 */
export async function changeMallOrder(tx: Tx, ask: MallChange): Promise<Changed> {
  const p = await pictureOf(tx, ask.order)
  if (p.order.state === 'cancelled') return 'nothing'
  const held = (line: number) => unitsOf(p.allocations, line, (a) => a.held)
  const shipped = (line: number) => unitsOf(p.allocations, line, (a) => a.shipped)
  if (!ask.left) {
    if (!p.allocations.some((a) => a.held > 0)) return 'left_the_house'
    await giveUp(tx, p, { reason: 'desk' })
    return 'given_up'
  }
  const units = new Map<number, number>()
  for (const { lines, quantity } of ask.left.items) {
    // One item of theirs may be several lines of ours: what is left of it fills them in turn.
    let left = quantity
    for (const l of p.lines.filter((x) => lines.includes(x.line))) {
      const told = Math.min(left, l.quantity)
      left -= told
      const gone = held(l.line) + shipped(l.line) - told
      if (gone > held(l.line)) return 'left_the_house'
      if (gone > 0) units.set(l.line, gone)
    }
    if (left > 0) return 'grew'
  }
  const over = p.owed + p.captured - ask.left.total
  if (units.size === 0 && over <= 0) return over < 0 && isUntouched(p) ? 'grew' : 'nothing'
  if (p.order.state !== 'open') return 'left_the_house'
  await giveUp(tx, p, { reason: 'desk', part: { units, total: ask.left.total } })
  return 'given_up'
}
/** Nothing of it was given up, shipped or given back: what is due is what the order was placed at. */
const isUntouched = (p: Awaited<ReturnType<typeof pictureOf>>) => p.owed + p.captured === p.order.total
