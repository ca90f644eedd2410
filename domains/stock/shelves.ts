import { sql } from '#kernel/db'
import { reader, table, type Tx } from '#kernel/gate'
import { onHand, type Goods } from './accounts.ts'

export type Shelf = {
  id: number
  sku: number
  place: number
  condition: number
  lot: number
  owner: number
  on_hand: number
}
type Row = Omit<Shelf, 'on_hand'> & { created_at: Date }
// Two requests that open the same shelf at once: the later finds the earlier's.
const shelfTable = table<Row>(
  'stock.shelf',
  {
    id: 'bigint',
    sku: 'bigint',
    place: 'integer',
    condition: 'smallint',
    lot: 'bigint',
    owner: 'integer',
    created_at: 'timestamptz',
  },
  { shelf_key: 'rerun' },
  (r) => `${r.sku} ${r.place} ${r.condition} ${r.lot} ${r.owner}`,
)
// 1 << 44 is the kind of on-hand accounts: shelf and balance in one trip, because every checkout asks for both.
const bySku = reader<number, Shelf>(
  'sku',
  (skus) => sql`
  select s.id, s.sku, s.place, s.condition, s.lot, s.owner, coalesce(a.balance, 0) as on_hand
  from stock.shelf s left join ledger.account a on a.id = (1::bigint << 44) + s.id where s.sku = any(${skus}::bigint[])`,
  { keep_ms: 10_000 },
)

// A shelf's numbers never change, and one that another process opened is found at the latest when it is opened again.
const places = reader<number, Omit<Shelf, 'on_hand'>>(
  'sku',
  (skus) =>
    sql`select id, sku, place, condition, lot, owner from stock.shelf where sku = any(${skus}::bigint[])`,
  { keep_ms: 60_000 },
)
/** The shelves of a SKU, for whoever need not know what is on them. */
export const shelfNumbers = (tx: Tx, sku: number): Promise<readonly Omit<Shelf, 'on_hand'>[]> =>
  places.all(tx, sku)

/** Every shelf of a SKU with what is on it now, to plan with. A plan that falls short because a shelf moved since is made again. */
export const shelvesOf = (tx: Tx, sku: number): Promise<readonly Shelf[]> => shelves(tx, sku, true)
/**
 * The same as it stood some seconds ago, for a plan that takes from a shelf: where that shelf has less by now, the ledger
 * says so at commit and the plan is made again. Nobody may be refused for what these lack.
 */
export const shelvesLately = (tx: Tx, sku: number): Promise<readonly Shelf[]> => shelves(tx, sku, tx.again)
async function shelves(tx: Tx, sku: number, fresh: boolean): Promise<readonly Shelf[]> {
  const shelves = await bySku.all(tx, sku, { fresh })
  for (const s of shelves) tx.saw(onHand(s.id, s), s.on_hand)
  return shelves
}
/** What can be promised from a place. */
export const freeOn = (shelves: readonly Shelf[], place: number): number =>
  shelves.reduce((n, s) => (s.place === place && s.condition === 0 ? n + s.on_hand : n), 0)

/** The shelf of some goods, opened when there is none. */
export function shelfFor(tx: Tx, shelves: readonly Omit<Shelf, 'on_hand'>[], g: Goods): number {
  const same = (s: Omit<Shelf, 'on_hand'>) =>
    s.place === g.place &&
    s.condition === (g.condition ?? 0) &&
    s.lot === (g.lot ?? 0) &&
    s.owner === (g.owner ?? 0)
  const found = shelves.find(same)
  if (found) return found.id
  return tx.insert(shelfTable, {
    id: tx.number(),
    sku: g.sku,
    place: g.place,
    condition: g.condition ?? 0,
    lot: g.lot ?? 0,
    owner: g.owner ?? 0,
    created_at: tx.now,
  }).id
}
