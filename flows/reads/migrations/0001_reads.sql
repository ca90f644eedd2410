create schema reads;
-- Projections: made from the journal, read by lists, thrown away and built again at will. Rows bear the generation they were built for.
create table reads.order_row (
  generation integer not null, "order" bigint not null, shop integer not null, channel text not null, status text not null, payment text not null,
  placed_at timestamptz not null, total bigint not null, owed bigint not null, captured bigint not null, quantity bigint not null, short bigint not null, place integer,
  primary key (generation, "order")
) with (fillfactor = 70);
create index order_row_status on reads.order_row (generation, status, "order" desc);
create index order_row_channel on reads.order_row (generation, channel, "order" desc);
create table reads.proof (id bigint generated always as identity primary key, at timestamptz not null, transfers bigint not null, accounts bigint not null, events bigint not null, differences jsonb not null, more boolean not null, seconds real not null);
