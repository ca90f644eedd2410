import { markMoved } from '#domains/channels'
import { sql } from '#kernel/db'
import type { Follower } from '#kernel/journal'

const listedWith = (skus: readonly number[]) => sql`
  select distinct l.sku from channels.listing l join catalog.sku s on s.id = l.sku
  where l.sku = any(${[...skus]}::bigint[]) or s.components is not null and exists (
    select from jsonb_array_elements(s.components) c where (c->>'sku')::bigint = any(${[...skus]}::bigint[]))`

/** What is listed and lies at one of these places, alone or as a part of a set. */
const listedAt = (places: readonly number[]) => sql`
  with here as (select distinct h.sku from stock.shelf h where h.place = any(${[...places]}::int[]))
  select distinct l.sku from channels.listing l join catalog.sku s on s.id = l.sku
  where l.sku in (select sku from here) or s.components is not null and exists (
    select from jsonb_array_elements(s.components) c where (c->>'sku')::bigint in (select sku from here))`

/** What moved on a shelf, costs something else or is described anew is told to whoever offers it: each SKU once, however often it moved since. */
export const levelsMoved: Follower = {
  name: 'levels-moved',
  batch: 2000,
  kinds: [
    'orders.placed',
    'orders.cancelled',
    'orders.part_cancelled',
    'stock.received',
    'stock.counted',
    'stock.shipped',
    'stock.released',
    'stock.covered',
    'stock.returned',
    'stock.sent',
    'stock.arrived',
    'pricing.price_changed',
    'catalog.product_changed',
    // Whether the web is served from a place is its own to say.
    'places.place_changed',
  ],
  async project(client, happened) {
    const skus = new Set<number>()
    const places = new Set<number>()
    for (const h of happened) {
      const { skus: moved = [], place } = h.body as { skus?: number[]; place?: number }
      for (const sku of moved) skus.add(sku)
      if (h.kind === 'places.place_changed') places.add(place!)
    }
    const { rows } = await client.query(listedWith([...skus]))
    if (places.size) rows.push(...(await client.query(listedAt([...places]))).rows)
    if (rows.length) await client.query(markMoved(rows.map((r: { sku: number }) => r.sku)))
  },
}

/** What may be promised elsewhere: what lies free where we sell from. Of a set, as many as its scarcest part allows. */
export const freeLevels = (skus: readonly number[]) => sql`
  with wanted as (
    select s.id as sku, (c->>'sku')::bigint as part, (c->>'quantity')::bigint as per from catalog.sku s cross join lateral jsonb_array_elements(s.components) c where s.id = any(${[...skus]}::bigint[]) and s.components is not null
    union all select s.id, s.id, 1 from catalog.sku s where s.id = any(${[...skus]}::bigint[]) and s.components is null),
  free as (
    select h.sku, sum(a.balance) as units from stock.shelf h join ledger.account a on a.id = (1::bigint << 44) + h.id join places.place p on p.id = h.place
    where h.sku in (select part from wanted) and h.condition = 0 and h.owner = 0 and p.sells_web group by h.sku)
  select w.sku, greatest(0, min(floor(coalesce(f.units, 0) / w.per)))::int as quantity from wanted w left join free f on f.sku = w.part group by w.sku`

/** Which of ours their codes stand for, where they do not use our own. */
export const ourCodes = (connection: number, codes: readonly string[]) => sql`
  select l.external_sku, s.code from channels.listing l join catalog.sku s on s.id = l.sku where l.connection = ${connection}::int and l.external_sku = any(${[...codes]}::text[])`
