create schema payments;
-- Evidence beside the ledger's amounts: by which means, with which reference of the outside.
create table payments.record (
  id bigint primary key, "order" bigint not null, kind text not null check (kind in ('capture', 'refund')), method text not null, amount bigint not null check (amount > 0),
  reference text, actor bigint not null, happened_at timestamptz not null, recorded_at timestamptz not null
);
comment on table payments.record is 'append-only: a mistake is refunded or captured again';
create index record_order on payments.record ("order");
