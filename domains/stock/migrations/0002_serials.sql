-- One unit of a lot that bears a number of its own. How many there are stands in the ledger; this says which one is where, and
-- `akinai prove` compares the two. A unit that is held for an order is still on its shelf: which one it will be is said when it leaves.
create table stock.serial (
  id bigint primary key, version integer not null default 1, sku bigint not null, serial text not null, lot bigint not null default 0,
  state text not null check (state in ('on_shelf', 'in_transit', 'sold', 'gone')),
  shelf bigint references stock.shelf, journey bigint, journey_line bigint, allocation bigint, "order" bigint, created_at timestamptz not null,
  constraint serial_key unique (sku, serial),
  check ((state = 'on_shelf') = (shelf is not null)), check ((state = 'in_transit') = (journey_line is not null)), check ((state = 'in_transit') = (journey is not null)),
  check ((state = 'sold') = (allocation is not null)), check ((state = 'sold') = ("order" is not null))
);
create index serial_shelf on stock.serial (shelf) where shelf is not null;
create index serial_journey on stock.serial (journey_line) where journey_line is not null;
create index serial_order on stock.serial ("order") where "order" is not null;
create index serial_number on stock.serial (serial);
