import { sql, type Statement } from '#kernel/db'

/** What is owed and not there, the most pressing first. */
export const shortageList = (ask: {
  state: string
  place: number | null
  shops: readonly number[] | null
  after?: { deadline: string; id: number } | undefined
  limit: number
}): Statement => sql`
  select x.id as shortage, x.version, x."order", h.channel, x.line, s.code as sku, s.serial_kept, p.name, pl.id as place_id, pl.code as place, -coalesce(a.balance, 0) as quantity, x.owner, x.deadline, x.next_step, x.state, x.opened_at, x.closed_at,
    (select coalesce(sum(f.balance), 0)::bigint from ledger.account f where f.book = 'stock' and f.unit = x.sku and f.kind = 1 and f.condition = 0) as free
  from fulfilment.shortage x join orders.header h on h.id = x."order" join catalog.sku s on s.id = x.sku join catalog.product p on p.id = s.product join places.place pl on pl.id = x.place
  left join ledger.account a on a.id = (4::bigint << 44) + x.allocation
  where x.state = ${ask.state}::text and (${ask.place}::int is null or x.place = ${ask.place}::int) and (${ask.shops}::int[] is null or h.shop = any(${ask.shops}::int[])) and (x.deadline, x.id) > (${ask.after?.deadline ?? '-infinity'}::timestamptz, ${ask.after?.id ?? 0}::bigint)
  order by x.deadline, x.id limit ${ask.limit}::int`
