-- outside transaction: the overview and the order list ask for days.
create index concurrently if not exists order_row_placed on reads.order_row (generation, placed_at);
