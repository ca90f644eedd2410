import type { Follower } from '#kernel/journal'

/**
 * The order list: one row an order, computed from what was agreed and from the ledger, whenever something happened to the order.
 * Computing it again gives the same row, so events may be read twice and in any grouping.
 */
export const orderRows: Follower = {
  name: 'order-rows',
  batch: 1000,
  kinds: [
    'orders.placed',
    'orders.cancelled',
    'orders.part_cancelled',
    'orders.closed',
    'stock.shipped',
    'stock.released',
    'stock.covered',
    'stock.returned',
    'payments.captured',
    'payments.refunded',
    'fulfilment.shortage_opened',
    'fulfilment.shortage_closed',
  ],
  async project(client, happened, generation) {
    const ids = [...new Set(happened.map((h) => (h.body as { order: number }).order))]
    await client.query({
      name: 'project order rows',
      text: `
      insert into reads.order_row (generation, "order", shop, channel, status, payment, placed_at, total, owed, captured, quantity, short, place, refunded, external_id, buyer, currency)
      select $2, h.id, h.shop, h.channel,
        case when h.state = 'cancelled' then 'cancelled'
             when f.short > 0 then 'short'
             when f.held > 0 and h.payment = 'bank_transfer' and coalesce(o.balance, 0) > 0 then 'waiting_payment'
             when f.held > 0 and f.shipped > 0 then 'part_shipped'
             when f.held > 0 then 'to_ship'
             when f.shipped > 0 then 'shipped'
             else 'returned' end,
        h.payment, h.placed_at, h.total, coalesce(o.balance, 0), coalesce(c.balance, 0), l.quantity, f.short, f.place, p.refunded, h.external_id, h.buyer, h.currency
      from unnest($1::bigint[]) x(id)
      join orders.header h on h.id = x.id
      left join ledger.account o on o.id = (21::bigint << 44) + h.id
      left join ledger.account c on c.id = (22::bigint << 44) + h.id
      cross join lateral (select coalesce(sum(quantity), 0) as quantity from orders.line where "order" = h.id) l
      cross join lateral (select coalesce(sum(amount), 0) as refunded from payments.record where "order" = h.id and kind = 'refund') p
      cross join lateral (
        select coalesce(sum(hb.balance), 0) as held, coalesce(-sum(sb.balance), 0) as short, coalesce(sum(db.balance), 0) as shipped, min(a.place) as place
        from fulfilment.allocation a
        left join ledger.account hb on hb.id = (2::bigint << 44) + a.id
        left join ledger.account sb on sb.id = (4::bigint << 44) + a.id
        left join ledger.account db on db.id = (5::bigint << 44) + a.id
        where a."order" = h.id) f
      on conflict (generation, "order") do update set status = excluded.status, owed = excluded.owed, captured = excluded.captured, refunded = excluded.refunded, short = excluded.short, place = excluded.place
        where (order_row.status, order_row.owed, order_row.captured, order_row.refunded, order_row.short) is distinct from (excluded.status, excluded.owed, excluded.captured, excluded.refunded, excluded.short)`,
      values: [ids, generation],
    })
  },
  async discard(client, generation) {
    await client.query('delete from reads.order_row where generation = $1', [generation])
  },
}
