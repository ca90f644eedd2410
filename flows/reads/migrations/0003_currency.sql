-- An order taken over from another shop may be in its own currency.
alter table reads.order_row add column currency text not null default 'JPY';
update reads.order_row r set currency = h.currency from orders.header h where h.id = r."order" and h.currency <> 'JPY';
