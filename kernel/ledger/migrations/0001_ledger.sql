create schema ledger;

-- A balance is a cache of the sum of its transfers, kept under lock so that floors can be decided; `akinai prove` recomputes it.
-- Accounts of ephemeral kinds (a hold, an amount owed) leave when they reach zero, so the table stays as small as what is open.
create table ledger.account (
  id bigint primary key,          -- kind * 2^44 + owner
  book text not null check (book in ('stock', 'points', 'money')),
  kind smallint not null,
  owner bigint not null,          -- shelf, allocation, order, member: whatever the kind says
  unit bigint not null,           -- stock: sku; points: programme; money: 0
  currency text,                  -- money only
  place integer, condition smallint, lot bigint, stock_owner integer,  -- stock only
  shop integer,
  balance bigint not null,
  floor bigint,                   -- null: may go negative
  check (floor is null or balance >= floor)
) with (fillfactor = 50);
-- Static columns only: an index that mentioned the balance would make every movement rewrite it.
create index account_unit on ledger.account (unit, kind) where book = 'stock';
create index account_place on ledger.account (place, kind) where book = 'stock';

create table ledger.transfer (
  seq bigint generated always as identity,
  key uuid not null,              -- the request that made it
  line smallint not null,
  debit bigint not null,          -- the account it leaves
  credit bigint not null,         -- the account it enters
  amount bigint not null check (amount > 0),
  book text not null,
  unit bigint not null,
  currency text,
  reason text not null,           -- stock.held, payments.captured, …
  ref bigint,                     -- the order number, count or transfer it belongs to
  actor bigint not null,          -- who asked; 0 is the house itself
  shop integer,
  happened_at timestamptz not null,   -- told: when it was so
  recorded_at timestamptz not null,   -- ours: when we learnt it
  xid xid8 not null default pg_current_xact_id(),
  primary key (key, line),
  check (debit <> credit)
);
comment on table ledger.transfer is 'append-only: a correction is a new transfer';
create index transfer_debit on ledger.transfer (debit, seq);
create index transfer_credit on ledger.transfer (credit, seq);
create index transfer_ref on ledger.transfer (ref) where ref is not null;

-- What the kinds are called, for people who read the tables.
create table ledger.kind (kind smallint primary key, name text not null unique, book text not null, floor bigint, counter boolean not null, ephemeral boolean not null);
