import { sql, type Statement } from '#kernel/db'
import { startOfDay, dayIn, addDays, type Instant } from '#kernel/time'

/** Counted up to here; more is told as one more. */
const most = 10_000
export type Days = {
  readonly from: Instant
  readonly now: Instant
  readonly before: Instant
  readonly then: Instant
}
/** Today in Japan so far, and the same hours of the same weekday a week ago. */
export function todayAndBefore(now: Instant): Days {
  const from = startOfDay('Asia/Tokyo', dayIn('Asia/Tokyo', now))
  return { from, now, before: addDays(from, -7), then: addDays(now, -7) }
}
/** Orders and what they come to by channel, without what was cancelled; in the shop's own currency. */
export const soldOn = (d: Days, shops: readonly number[] | null, place: number | null): Statement => sql`
  select r.channel,
    count(*) filter (where r.placed_at >= ${d.from}::timestamptz)::int as orders, coalesce(sum(r.total) filter (where r.placed_at >= ${d.from}::timestamptz), 0)::bigint as total,
    count(*) filter (where r.placed_at < ${d.then}::timestamptz)::int as orders_before, coalesce(sum(r.total) filter (where r.placed_at < ${d.then}::timestamptz), 0)::bigint as total_before
  from reads.order_row r
  where r.generation = (select generation from kernel.follower where name = 'order-rows' and state = 'live') and r.status <> 'cancelled' and r.currency = 'JPY'
    and ((r.placed_at >= ${d.from}::timestamptz and r.placed_at <= ${d.now}::timestamptz) or (r.placed_at >= ${d.before}::timestamptz and r.placed_at < ${d.then}::timestamptz))
    and (${shops}::int[] is null or r.shop = any(${shops}::int[])) and (${place}::int is null or r.place = ${place}::int)
  group by r.channel order by r.channel`
/** How many orders stand in each state that waits for somebody; 10,001 stands for more. */
export const waitingNow = (shops: readonly number[] | null, place: number | null): Statement => sql`
  select s.status, (select count(*)::int from (select 1 from reads.order_row r
    where r.generation = (select generation from kernel.follower where name = 'order-rows' and state = 'live') and r.status = s.status
      and (${shops}::int[] is null or r.shop = any(${shops}::int[])) and (${place}::int is null or r.place = ${place}::int) limit ${most + 1}::int) x) as orders
  from unnest(array['waiting_payment', 'to_ship', 'part_shipped', 'short']) s(status)`
