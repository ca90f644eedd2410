create schema customers;
-- A person is a set of identities; orders and points keep the identity they came with, so joining can be undone.
create table customers.identity (
  id bigint primary key, version integer not null default 1, customer bigint, kind text not null check (kind in ('guest', 'member', 'mall', 'phone', 'organisation', 'till')),
  source text not null, shop integer not null, code text unique, created_at timestamptz not null
);
create index identity_customer on customers.identity (customer) where customer is not null;
