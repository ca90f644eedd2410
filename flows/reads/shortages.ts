import { raw, sql, type Statement } from '#kernel/db'

const shown = `x.id as shortage, x.version, x."order", h.channel, x.line, s.code as sku, s.serial_kept, p.name, pl.id as place_id, pl.code as place, -coalesce(a.balance, 0) as quantity, x.owner, x.deadline, x.next_step, x.state, x.opened_at, x.closed_at,
    (select coalesce(sum(f.balance), 0)::bigint from ledger.account f where f.book = 'stock' and f.unit = x.sku and f.kind = 1 and f.condition = 0) as free
  from fulfilment.shortage x join orders.header h on h.id = x."order" join catalog.sku s on s.id = x.sku join catalog.product p on p.id = s.product join places.place pl on pl.id = x.place
  left join ledger.account a on a.id = (4::bigint << 44) + x.allocation`
/** What is owed and not there, the most pressing first. */
export const shortageList = (ask: {
  state: string
  place: number | null
  shops: readonly number[] | null
  after?: { deadline: string; id: number } | undefined
  limit: number
}): Statement =>
  raw(
    'shortage list',
    `select ${shown}
  where x.state = $1::text and ($2::int is null or x.place = $2::int) and ($3::int[] is null or h.shop = any($3::int[])) and (x.deadline, x.id) > ($4::timestamptz, $5::bigint)
  order by x.deadline, x.id limit $6::int`,
    [ask.state, ask.place, ask.shops, ask.after?.deadline ?? '-infinity', ask.after?.id ?? 0, ask.limit],
  )
/** All of a state, or those of these numbers, the most pressing first. */
export const shortageMatches = (ask: {
  state: string | null
  ids: readonly number[] | null
  place: number | null
  shops: readonly number[] | null
  limit: number
}): Statement => sql`
  select x.id from fulfilment.shortage x join orders.header h on h.id = x."order"
  where (${ask.state}::text is null or x.state = ${ask.state}) and (${ask.ids}::bigint[] is null or x.id = any(${ask.ids}::bigint[]))
    and (${ask.place}::int is null or x.place = ${ask.place}::int) and (${ask.shops}::int[] is null or h.shop = any(${ask.shops}::int[])) order by x.deadline, x.id limit ${ask.limit}::int`
/** Rows of the list by their numbers, as they are now. */
export const shortageRowsOf = (ids: readonly number[]): Statement =>
  raw('shortage rows of', `select ${shown} where x.id = any($1::bigint[]) order by x.deadline, x.id`, [ids])
/** What was sold to whom: of which order and of what each of these is. */
export const shortageCodes = (ids: readonly number[]): Statement => sql`
  select x.id, x."order", s.code as sku from fulfilment.shortage x join catalog.sku s on s.id = x.sku where x.id = any(${[...ids]}::bigint[])`
