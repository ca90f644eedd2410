create schema orders;
-- What was agreed. What has been paid, shipped and refunded stands in the ledger and is read from there.
create table orders.header (
  id bigint primary key, version integer not null default 1,
  shop integer not null, entity integer not null, brand integer not null,
  seller integer not null,                     -- whose goods: another entity's when sold on consignment
  channel text not null, external_id text, cart uuid unique,
  buyer bigint not null, payer bigint not null,
  state text not null check (state in ('open', 'closed', 'cancelled')),   -- a person's decision; nothing that the ledger knows
  currency text not null, goods bigint not null, shipping bigint not null, fee bigint not null, discount bigint not null, points bigint not null, total bigint not null,
  taxes jsonb not null,                        -- [{rate, due, tax}]: rounded once per rate
  payment text not null, pay_by timestamptz,
  terms jsonb,                                 -- the final confirmation as it was shown (特商法 12-6)
  placed_at timestamptz not null, recorded_at timestamptz not null,
  check ((channel = 'web') = (external_id is null))
) with (fillfactor = 80);
create unique index header_external on orders.header (channel, external_id) where external_id is not null;
create index header_pay_by on orders.header (pay_by) where state = 'open' and pay_by is not null;
-- Destinations and lines are written in the same commit as their order, by one verb; `akinai prove` checks it. A foreign key would look the order up three times more for each.
create table orders.destination (
  "order" bigint not null, no smallint not null, card uuid, person bigint, prefecture smallint, place integer,
  primary key ("order", no)
);
create table orders.line (
  "order" bigint not null, line smallint not null, destination smallint not null, sku bigint not null, quantity bigint not null check (quantity > 0),
  unit_price bigint not null, amount bigint not null, tax_class text not null, rate integer not null,
  trace jsonb not null,                        -- list price, rule and its version, share of each discount and of points, rounding
  original_order bigint, original_line smallint,   -- of what this is the return or exchange
  primary key ("order", line)
);
