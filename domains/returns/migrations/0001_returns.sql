create schema returns;
create table returns.record (
  id bigint primary key, "order" bigint not null, lines jsonb not null, -- [{line, quantity}] of the original order
  place integer not null, condition smallint not null, refund bigint not null, reason text not null, happened_at timestamptz not null, recorded_at timestamptz not null
);
comment on table returns.record is 'append-only: a return that did not happen is shipped out again';
create index record_order on returns.record ("order");
