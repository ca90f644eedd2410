create schema fulfilment;
-- Which shelf serves which line. How many units it holds, lacks or has shipped stands in the ledger under its number.
create table fulfilment.allocation (id bigint primary key, "order" bigint not null, line smallint not null, sku bigint not null, shelf bigint not null, place integer not null, per_line integer not null default 1);
create index allocation_order on fulfilment.allocation ("order");
create table fulfilment.shipment (
  id bigint primary key, "order" bigint not null, carrier text, tracking text, lines jsonb not null, shipped_at timestamptz not null, recorded_at timestamptz not null
);
create index shipment_order on fulfilment.shipment ("order");
-- Goods that are owed and not there: a fact was recorded that the shelf could not cover. Somebody owns it, until when, and what comes next.
create table fulfilment.shortage (
  id bigint primary key, version integer not null default 1, allocation bigint not null, "order" bigint not null, line smallint not null, sku bigint not null, place integer not null,
  owner text not null, deadline timestamptz not null, next_step text not null, state text not null check (state in ('open', 'solved', 'cancelled')), opened_at timestamptz not null, closed_at timestamptz
);
create index shortage_open on fulfilment.shortage (deadline, id) where state = 'open';
create index shortage_order on fulfilment.shortage ("order");
create index shortage_sku on fulfilment.shortage (sku) where state = 'open';
