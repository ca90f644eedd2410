-- The list is also found by the mall's own number and by who bought, and says what was given back.
alter table reads.order_row add column refunded bigint not null default 0, add column external_id text, add column buyer bigint;
update reads.order_row r set external_id = h.external_id, buyer = h.buyer,
  refunded = coalesce((select sum(p.amount) from payments.record p where p."order" = h.id and p.kind = 'refund'), 0)
from orders.header h where h.id = r."order";
create index order_row_external on reads.order_row (generation, external_id) where external_id is not null;
create index order_row_buyer on reads.order_row (generation, buyer);
