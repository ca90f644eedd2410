create schema stock;
-- The key of every stock account: which goods, where, in which condition, of which lot, whose. Serials are units of a lot.
create table stock.shelf (
  id bigint primary key, sku bigint not null, place integer not null, condition smallint not null default 0, -- 0 sellable, 1 quarantine, 2 used
  lot bigint not null default 0, owner integer not null default 0, created_at timestamptz not null,
  constraint shelf_key unique (sku, place, condition, lot, owner)
);
create index shelf_place on stock.shelf (place, sku);
create table stock.journey (
  id bigint primary key, version integer not null default 1, origin integer not null, target integer not null, state text not null check (state in ('under_way', 'arrived')),
  lines jsonb not null, sent_at timestamptz not null, arrived_at timestamptz
);
comment on table stock.journey is 'goods on their way between two of our places; how many is in the ledger';
create index journey_open on stock.journey (id) where state = 'under_way';
