import { raw, sql, type Statement } from '#kernel/db'

/** Which orders are looked for: of any field, all that fit where it is absent. */
export type OrderFilter = {
  status?: string
  channel?: string
  place?: number
  shops?: readonly number[]
  /** Under any of these: our number, the mall's, whoever bought. */
  found?: { orders: readonly number[]; external: string; buyers: readonly number[] }
  /** Placed at or after, and before. */
  from?: Date
  until?: Date
  /** Of these alone. */
  ids?: readonly number[]
}
/** The conditions after those that `values` belong to, which they are added to. */
function whereOf(ask: OrderFilter, values: unknown[]): string {
  const where: string[] = []
  const add = (value: unknown, says: (at: string) => string) => {
    if (value === undefined) return
    values.push(value)
    where.push(`and ${says(`$${values.length}`)}`)
  }
  // What the overview counts: not given up, in the shop's own currency.
  if (ask.status === 'sold') where.push(`and r.status <> 'cancelled' and r.currency = 'JPY'`)
  else add(ask.status, (at) => `r.status = ${at}`)
  add(ask.channel, (at) => `r.channel = ${at}`)
  add(ask.place, (at) => `r.place = ${at}`)
  add(ask.from, (at) => `r.placed_at >= ${at}::timestamptz`)
  add(ask.until, (at) => `r.placed_at < ${at}::timestamptz`)
  add(ask.shops, (at) => `r.shop = any(${at}::int[])`)
  add(ask.ids, (at) => `r."order" = any(${at}::bigint[])`)
  if (ask.found) {
    const at = values.length
    values.push(ask.found.orders, ask.found.external, ask.found.buyers)
    where.push(
      `and (r."order" = any($${at + 1}::bigint[]) or r.external_id = $${at + 2} or r.buyer = any($${at + 3}::bigint[]))`,
    )
  }
  return where.join(' ')
}
const live = `r.generation = (select generation from kernel.follower where name = 'order-rows' and state = 'live')`
const shown = `r."order", r.channel, r.external_id, r.status, r.payment, r.placed_at, r.currency, r.total, r.owed, r.captured, r.refunded, r.quantity, r.short`

/** The order list, newest first: by status and channel, after a number. One page of the live generation. */
export function orderList({
  limit,
  before,
  ...ask
}: OrderFilter & { before?: number; limit: number }): Statement {
  const values: unknown[] = [before ?? Number.MAX_SAFE_INTEGER]
  // A status, asked for all day, stands in the statement with the length of a page: PostgreSQL knows how many there are of it, and
  // keeps the plan. The rest is planned each time: a plan for any channel would walk all orders for one that has none.
  const { status, shops, ...rest } = ask
  const isStatus =
    status !== undefined &&
    status !== 'sold' &&
    /^[a-z_]{1,20}$/.test(status) &&
    Object.values(rest).every((v) => v === undefined)
  const where = isStatus
    ? `and r.status = '${status}' ${whereOf(shops ? { shops } : {}, values)}`
    : whereOf(ask, values)
  if (!isStatus) values.push(limit)
  const most = isStatus ? String(Math.trunc(limit)) : `$${values.length}`
  return raw(
    `order list ${most} ${where}`,
    `select ${shown} from reads.order_row r where ${live} and r."order" < $1 ${where} order by r."order" desc limit ${most}`,
    values,
  )
}
export type OrderMatch = {
  order: number
  currency: string
  total: number
  owed: number
  captured: number
}
/** All that fit, the oldest first, with their amounts. */
export function orderMatches(ask: OrderFilter, limit: number): Statement {
  const values: unknown[] = [limit]
  const where = whereOf(ask, values)
  return raw(
    `order matches ${where}`,
    `select r."order", r.currency, r.total, r.owed, r.captured from reads.order_row r where ${live} ${where} order by r."order" limit $1`,
    values,
  )
}
/** What all that fit come to, by currency; counted up to a limit. */
export function orderSums(ask: OrderFilter, limit: number): Statement {
  const values: unknown[] = [limit]
  const where = whereOf(ask, values)
  return raw(
    `order sums ${where}`,
    `select m.currency, count(*)::int as count, sum(m.total)::bigint as total, sum(m.owed)::bigint as owed, sum(m.captured)::bigint as captured
     from (select r.currency, r.total, r.owed, r.captured from reads.order_row r where ${live} ${where} limit $1) m group by m.currency order by m.currency`,
    values,
  )
}
/** Rows of the list by their numbers, as they are now. */
export const orderRowsOf = (orders: readonly number[]): Statement =>
  raw(
    'order rows of',
    `select ${shown} from reads.order_row r where ${live} and r."order" = any($1::bigint[]) order by r."order"`,
    [orders],
  )

/** Orders that went to one of these addresses, newest first. */
export const ordersSentTo = (persons: readonly number[], cards: readonly string[]): Statement => sql`
  select "order" from orders.destination where person = any(${[...persons]}::bigint[]) and card = any(${[...cards]}::uuid[]) order by "order" desc limit 1000`

/** The channels of the live list, each found by its index entry; the web and the tills also before they have sold anything. */
export const channelsSeen = (shops: readonly number[] | null): Statement => sql`
  with recursive live as (select generation from kernel.follower where name = 'order-rows' and state = 'live'),
  seen as (
    (select r.channel from reads.order_row r where r.generation = (select generation from live) order by r.channel limit 1)
    union all
    select (select r.channel from reads.order_row r where r.generation = (select generation from live) and r.channel > s.channel order by r.channel limit 1) from seen s where s.channel is not null)
  select channel from (select channel from seen where channel is not null and (${shops}::int[] is null or exists (
    select from reads.order_row r where r.generation = (select generation from live) and r.channel = seen.channel and r.shop = any(${shops}::int[])))
    union values ('web'), ('till')) c
  order by channel <> 'web', channel <> 'till', channel limit 200`

/** Everything about one order but the person: one row, nested as JSON. `note` is the id of what somebody wrote, `words` what earlier versions kept in the row itself. */
export const orderDetail = (order: number): Statement => sql`
  select h.id as "order", h.version, h.shop, h.channel, h.external_id, h.state, h.placed_at, h.recorded_at, h.payment, h.pay_by, h.currency, h.total, h.goods, h.shipping, h.fee, h.discount, h.points, h.taxes, h.terms, h.buyer, (select i.customer from customers.identity i where i.id = h.buyer) as customer,
    coalesce(o.balance, 0) as owed, coalesce(c.balance, 0) as captured,
    (select coalesce(sum(amount), 0)::bigint from payments.record where "order" = h.id and kind = 'refund') as refunded,
    (select jsonb_agg(jsonb_build_object('no', d.no, 'card', d.card, 'person', d.person, 'prefecture', d.prefecture, 'place', p.code) order by d.no) from orders.destination d left join places.place p on p.id = d.place where d."order" = h.id) as destinations,
    (select jsonb_agg(jsonb_build_object(
        'line', l.line, 'code', s.code, 'name', pr.name, 'options', s.options, 'options_text', (select jsonb_build_object('ja', coalesce(string_agg(v->'name'->>'ja', ' / '), ''), 'en', coalesce(string_agg(v->'name'->>'en', ' / '), '')) from jsonb_array_elements(pr.options) o, jsonb_array_elements(o->'values') v where v->>'code' = s.options->>(o->>'code')), 'quantity', l.quantity, 'unit_price', l.unit_price, 'amount', l.amount, 'rate', l.rate, 'trace', l.trace,
        'allocations', (select coalesce(jsonb_agg(jsonb_build_object('allocation', a.id, 'sku', ps.code, 'place', pl.id, 'place_code', pl.code, 'place_name', pl.name, 'per_line', a.per_line,
            'held', coalesce(ha.balance, 0), 'short', -coalesce(sa.balance, 0), 'shipped', coalesce(da.balance, 0), 'serial_kept', ps.serial_kept,
            'serials', (select coalesce(jsonb_agg(x.serial order by x.serial), '[]') from stock.serial x where x."order" = h.id and x.allocation = a.id)) order by a.id), '[]')
          from fulfilment.allocation a join catalog.sku ps on ps.id = a.sku join places.place pl on pl.id = a.place
          left join ledger.account ha on ha.id = (2::bigint << 44) + a.id left join ledger.account sa on sa.id = (4::bigint << 44) + a.id left join ledger.account da on da.id = (5::bigint << 44) + a.id
          where a."order" = h.id and a.line = l.line),
        'returned', (select coalesce(sum((x->>'quantity')::bigint), 0) from returns.record r, jsonb_array_elements(r.lines) x where r."order" = h.id and (x->>'line')::int = l.line)
      ) order by l.line) from orders.line l join catalog.sku s on s.id = l.sku join catalog.product pr on pr.id = s.product where l."order" = h.id) as lines,
    (select coalesce(jsonb_agg(jsonb_build_object('shipment', f.id, 'carrier', f.carrier, 'tracking', f.tracking, 'shipped_at', f.shipped_at, 'lines', f.lines) order by f.id), '[]') from fulfilment.shipment f where f."order" = h.id) as shipments,
    (select coalesce(jsonb_agg(jsonb_build_object('kind', x.kind, 'method', x.method, 'amount', x.amount, 'reason', coalesce(x.reason, case when x.reference in ('cancelled', 'returned') then x.reference end), 'note', x.note, 'words', case when x.reference not in ('cancelled', 'returned') then x.reference end, 'happened_at', x.happened_at) order by x.id), '[]') from payments.record x where x."order" = h.id) as payments,
    (select coalesce(jsonb_agg(jsonb_build_object('shortage', x.id, 'line', x.line, 'owner', x.owner, 'deadline', x.deadline, 'next_step', x.next_step, 'state', x.state) order by x.id), '[]') from fulfilment.shortage x where x."order" = h.id) as shortages,
    (select coalesce(jsonb_agg(jsonb_build_object('seq', e.seq, 'kind', e.kind, 'happened_at', e.happened_at, 'recorded_at', e.recorded_at, 'actor', e.actor,
        'reason', case when e.kind like 'orders.%cancelled' and (e.version > 1 or e.kind <> 'orders.cancelled') then e.body->>'reason' end, 'note', coalesce(e.body->>'note', r.note::text), 'words', coalesce(r.reason, case when e.kind = 'orders.cancelled' and e.version = 1 and e.body->>'reason' <> 'unpaid' then e.body->>'reason' end)) order by e.seq), '[]')
      from (select * from kernel.event where subject = 'order:' || h.id order by seq limit 200) e left join returns.record r on e.kind = 'stock.returned' and r.id = (e.body->>'record')::bigint) as history
  from orders.header h left join ledger.account o on o.id = (21::bigint << 44) + h.id left join ledger.account c on c.id = (22::bigint << 44) + h.id
  where h.id = ${order}::bigint`

/** The places that serve an order. */
export const placesOf = (order: number): Statement =>
  sql`select distinct place from fulfilment.allocation where "order" = ${order}::bigint`

/** Every movement an order caused, in stock, points and money. Kinds 2, 4 and 5 (held, short, shipped) bear the number of an allocation, which knows its line. */
export const orderMovements = (order: number, after: number, limit: number): Statement => sql`
  select t.seq, t.book, t.unit, s.code as sku, a.line, t.reason, t.amount, kd.name as from_kind, kc.name as to_kind, t.actor, t.happened_at, t.recorded_at
  from ledger.transfer t
  left join fulfilment.allocation a on a."order" = t.ref and a.id = case when t.debit >> 44 in (2, 4, 5) then t.debit when t.credit >> 44 in (2, 4, 5) then t.credit end & ((1::bigint << 44) - 1)
  left join catalog.sku s on t.book = 'stock' and s.id = t.unit
  left join ledger.kind kd on kd.kind = t.debit >> 44 left join ledger.kind kc on kc.kind = t.credit >> 44
  where t.ref = ${order}::bigint and t.seq > ${after}::bigint order by t.seq limit ${limit}::int`
