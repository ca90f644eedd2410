import type { Tx } from '#kernel/gate'
import { balance } from '#kernel/ledger'
import { ElsewhereOnly, NoGoods } from './refusals.ts'
import { catalog, fulfilment, orders, stock } from './rooms.ts'

/** Goods were found for a shortage: at the place named, or wherever there are most. They ship from there. What is still missing stays short. */
export async function solveShortage(
  tx: Tx,
  ask: { shortage: number; place?: number; serials?: readonly string[]; within?: number },
): Promise<{ covered: number; left: number }> {
  const s = await shortageWithin(tx, ask)
  const order = await orders.orderById(tx, s.order)
  const goods = { sku: s.sku, place: s.place }
  const [missing, shelves, sku, allocations] = await Promise.all([
    balance(tx, stock.shortOf(s.allocation, goods)),
    stock.shelvesOf(tx, s.sku),
    catalog.skuById(tx, s.sku),
    fulfilment.allocationsOf(tx, s.order),
  ])
  const wanted = -missing
  const usable = shelves
    .filter(
      (x) =>
        x.condition === stock.condition.sellable &&
        x.on_hand > 0 &&
        (ask.place === undefined || x.place === ask.place),
    )
    .toSorted((a, b) => Number(b.place === s.place) - Number(a.place === s.place) || b.on_hand - a.on_hand)
  const short = allocations.find((a) => a.id === s.allocation)!
  // What has left already bore numbers: which ones is what is found out now.
  const gone = short.held < wanted && sku.serial_kept
  const named = gone ? await leftUnits(tx, sku, ask.serials, wanted) : undefined
  if (!gone && ask.serials?.length) throw stock.SerialsNotKept({ sku: sku.code })
  const from = named ? usable.find((x) => stock.standing(named, x.id) === named.units.length) : usable[0]
  if (!from || wanted <= 0) throw NoGoods({ sku: sku.code })
  const quantity = named ? named.units.length : Math.min(wanted, from.on_hand)
  const claim = { sku: s.sku, quantity, code: sku.code }
  // A sale at the till left with its goods: finding them again only puts the books right. Anything else is now claimed where the goods are.
  if (short.held >= wanted) {
    const allocation = fulfilment.allocate(tx, {
      order: s.order,
      line: s.line,
      sku: s.sku,
      shelf: from.id,
      place: from.place,
      perLine: short.per_line,
    })
    stock.coverElsewhere(tx, {
      order: s.order,
      shortage: s.id,
      owing: { ...claim, allocation: s.allocation, place: s.place },
      claim: { ...claim, allocation, shelf: from.id, place: from.place },
    })
  } else
    stock.cover(tx, {
      order: s.order,
      shortage: s.id,
      claim: {
        ...claim,
        allocation: s.allocation,
        shelf: from.id,
        place: from.place,
        ...(named && { serials: named }),
      },
    })
  if (quantity === wanted) fulfilment.closeShortage(tx, s, 'solved')
  orders.touch(tx, order)
  return { covered: quantity, left: wanted - quantity }
}
/** The numbers of goods that a till has sold without them: one at least, and no more than are missing. */
async function leftUnits(
  tx: Tx,
  sku: { id: number; code: string },
  serials: readonly string[] = [],
  wanted: number,
): Promise<stock.Named> {
  if (serials.length === 0 || serials.length > wanted)
    throw stock.SerialsNeeded({ sku: sku.code, wanted, told: serials.length })
  return stock.nameUnits(tx, { sku: sku.id, code: sku.code, serials })
}
/** Somebody else takes it on, or takes longer. */
export async function assignShortage(
  tx: Tx,
  ask: { shortage: number; owner: string; deadline: string; within?: number },
): Promise<{ shortage: number }> {
  const s = await shortageWithin(tx, ask)
  fulfilment.reassign(tx, s, { owner: ask.owner, deadline: new Date(ask.deadline) })
  return { shortage: s.id }
}
/** Somebody of one place solves what that place owes. */
async function shortageWithin(
  tx: Tx,
  ask: { shortage: number; within?: number },
): Promise<fulfilment.Shortage> {
  const s = await fulfilment.shortageById(tx, ask.shortage)
  if (ask.within !== undefined && s.place !== ask.within) throw ElsewhereOnly({ place: String(ask.within) })
  return s
}
