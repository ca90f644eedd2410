create schema shops;
-- Who issues invoices, under which name goods are sold, and where: from the start, so that a second company can join later.
create table shops.entity (id integer primary key, code text not null unique, name text not null, registration_number text);
create table shops.brand (id integer primary key, code text not null unique, name jsonb not null);
create table shops.shop (
  id integer primary key, code text not null unique, entity integer not null references shops.entity, brand integer not null references shops.brand,
  name jsonb not null, currency text not null default 'JPY', rounding text not null default 'down' check (rounding in ('down', 'half_up', 'up'))
);
-- Fees, texts, calendars and rules hold from a moment on; the newest that has begun is in force, the older ones stay.
create table shops.setting (shop integer not null references shops.shop, name text not null, valid_from timestamptz not null, value jsonb not null, primary key (shop, name, valid_from));
comment on table shops.setting is 'append-only: a new rule is a new row';
