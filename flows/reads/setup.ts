import { sql } from '#kernel/db'

/** What still stands at a place, or is on its way there or from there: as long as it does, the place is used. */
export const heldAt = (place: number) => sql`
  select coalesce(sum(a.balance) filter (where a.kind = 1), 0)::bigint as on_hand, coalesce(sum(a.balance) filter (where a.kind = 2), 0)::bigint as held,
    -coalesce(sum(a.balance) filter (where a.kind = 4), 0)::bigint as short,
    (select count(*)::int from stock.journey j where j.state = 'under_way' and (j.origin = ${place}::int or j.target = ${place}::int)) as on_the_way,
    (select count(*)::int from access.device d where d.place = ${place}::int and d.disabled_at is null) as tills
  from ledger.account a where a.book = 'stock' and a.place = ${place}::int and a.kind in (1, 2, 4)`
export type HeldAt = { on_hand: number; held: number; short: number; on_the_way: number; tills: number }

/** How far a shop has come, where the window's memory does not say. */
export const setupState = (shop: number) => sql`
  select (select count(*)::int from access.device d where d.shop = ${shop}::int and d.disabled_at is null) as tills,
    (select count(*)::int from access.staff s where s.disabled_at is null and (s.password is not null or s.pin is not null or s.invitation is not null)) as staff,
    exists (select from orders.header h where h.shop = ${shop}::int) as sold`
export type SetupState = { tills: number; staff: number; sold: boolean }
