import { sql } from '#kernel/db'
import type { Check, Proof } from '#kernel/ledger'

/** What must hold of orders and projections; the kernel's own checks are in `prove`. */
export const prooves: Check[] = [
  {
    name: 'every order was announced once',
    query: `select 'order ' || h.id as what, '1 event' as expected, count(e.seq)::text as found from orders.header h left join kernel.event e on e.subject = 'order:' || h.id and e.kind = 'orders.placed' group by h.id having count(e.seq) <> 1`,
  },
  {
    name: 'every placed event has its order',
    query: `select 'event ' || e.seq as what, 'an order' as expected, 'none' as found from kernel.event e where e.kind = 'orders.placed' and not exists (select from orders.header h where 'order:' || h.id = e.subject)`,
  },
  {
    name: 'what was sold is owed, paid, waived or refunded',
    query: `select 'order ' || h.id as what, h.total::text as expected, coalesce(sum(t.amount), 0)::text as found
      from orders.header h left join ledger.transfer t on t.ref = h.id and t.reason = 'payments.owed' group by h.id, h.total having coalesce(sum(t.amount), 0) <> h.total`,
  },
  {
    name: 'lines, fees and deductions sum to the total',
    query: `select 'order ' || h.id as what, h.total::text as expected, (h.goods + h.shipping + h.fee - h.discount - h.points)::text as found from orders.header h
      where h.goods + h.shipping + h.fee - h.discount - h.points <> h.total or h.goods <> (select coalesce(sum(amount), 0) from orders.line l where l."order" = h.id)
        or h.total <> (select coalesce(sum((x->>'due')::bigint), 0) from jsonb_array_elements(h.taxes) x)`,
  },
  {
    name: 'no more is held or shipped than was ordered',
    query: `select 'order ' || l."order" || ' line ' || l.line || ' sku ' || a.sku as what, 'at most ' || l.quantity * a.per_line as expected, (a.held + a.shipped)::text as found
      from orders.line l join (
        select f."order", f.line, f.sku, f.per_line, coalesce(sum(h.balance), 0) as held, coalesce(sum(s.balance), 0) as shipped from fulfilment.allocation f
        left join ledger.account h on h.id = (2::bigint << 44) + f.id left join ledger.account s on s.id = (5::bigint << 44) + f.id group by 1, 2, 3, 4) a
      on a."order" = l."order" and a.line = l.line where a.held + a.shipped > l.quantity * a.per_line`,
  },
  {
    name: 'units that bear numbers are where the books count them',
    // On a shelf stands what is free and what is held for its allocations, less what is only owed to them.
    query: `
      with numbered as (select s.id as shelf from stock.shelf s join catalog.sku k on k.id = s.sku and k.serial_kept),
      held as (
        select f.shelf, sum(greatest(coalesce(h.balance, 0) + coalesce(o.balance, 0), 0)) as units from fulfilment.allocation f join numbered n on n.shelf = f.shelf
        left join ledger.account h on h.id = (2::bigint << 44) + f.id left join ledger.account o on o.id = (4::bigint << 44) + f.id group by f.shelf),
      named as (select shelf, count(*) as units from stock.serial where shelf is not null group by shelf)
      select 'shelf ' || n.shelf as what, (coalesce(a.balance, 0) + coalesce(h.units, 0))::text || ' units' as expected, coalesce(r.units, 0)::text || ' numbers' as found
      from numbered n left join ledger.account a on a.id = (1::bigint << 44) + n.shelf left join held h using (shelf) left join named r using (shelf)
      where coalesce(a.balance, 0) + coalesce(h.units, 0) <> coalesce(r.units, 0)
      union all
      select 'serial ' || r.id, 'a SKU kept by number on its own shelf', 'sku ' || r.sku from stock.serial r left join stock.shelf s on s.id = r.shelf join catalog.sku k on k.id = r.sku
      where not k.serial_kept or s.sku <> r.sku
      union all
      select 'under way ' || coalesce(r.journey_line, a.owner), coalesce(a.balance, 0)::text || ' units', coalesce(r.units, 0)::text || ' numbers'
      from (select journey_line, count(*) as units from stock.serial where journey_line is not null group by 1) r
      full join (select a.owner, a.balance from ledger.account a join catalog.sku k on k.id = a.unit and k.serial_kept where a.kind = 3) a on a.owner = r.journey_line
      where coalesce(r.units, 0) <> coalesce(a.balance, 0)
      union all
      select 'order ' || r."order" || ' sku ' || r.sku, 'at most ' || coalesce(a.units, 0), r.units || ' numbers'
      from (select "order", sku, count(*) as units from stock.serial where "order" is not null group by 1, 2) r
      left join lateral (select sum(s.balance) as units from fulfilment.allocation f join ledger.account s on s.id = (5::bigint << 44) + f.id where f."order" = r."order" and f.sku = r.sku) a on true
      where r.units > coalesce(a.units, 0)`,
  },
  {
    name: 'every shortage in the books has an owner',
    query: `select 'allocation ' || a.owner as what, 'an open shortage' as expected, 'none' as found from ledger.account a where a.kind = 4 and a.balance <> 0 and not exists (select from fulfilment.shortage s where s.allocation = a.owner and s.state = 'open')`,
  },
  {
    name: 'the order list equals the orders',
    query: `select 'order ' || coalesce(r."order", h.id) as what, h.id::text as expected, r."order"::text as found
      from kernel.follower f join reads.order_row r on r.generation = f.generation full join orders.header h on h.id = r."order"
      where (f.name is null or f.name = 'order-rows' and f.state = 'live') and (h.id is null or r."order" is null or r.total <> h.total
        or r.owed <> coalesce((select balance from ledger.account where id = (21::bigint << 44) + h.id), 0) or r.captured <> coalesce((select balance from ledger.account where id = (22::bigint << 44) + h.id), 0)
        or r.refunded <> (select coalesce(sum(amount), 0) from payments.record p where p."order" = h.id and p.kind = 'refund'))
        and coalesce(h.recorded_at, now()) < (select moved_at - interval '2 seconds' from kernel.follower where name = 'order-rows' and state = 'live')
        and not exists (select from kernel.event e, kernel.follower f2 where f2.name = 'order-rows' and f2.state = 'live' and e.subject = 'order:' || coalesce(r."order", h.id) and (e.epoch, e.xid, e.seq) > (f2.epoch, f2.xid, f2.seq))`,
  },
]

export const storeProof = (p: Proof, seconds: number) => sql`
  insert into reads.proof (at, transfers, accounts, events, differences, more, seconds)
  values (${p.at}::timestamptz, ${p.transfers}::bigint, ${p.accounts}::bigint, ${p.events}::bigint, ${JSON.stringify(p.differences)}::jsonb, ${p.more}::boolean, ${seconds}::real)`
export const lastProof = sql`select at, transfers, accounts, events, differences, more, seconds from reads.proof order by id desc limit 1`
