-- Whoever changes a shop or its company has seen it as it was.
alter table shops.shop add column version integer not null default 1;
alter table shops.entity add column version integer not null default 1;
-- Who set a rule; of those from before nobody knows.
alter table shops.setting add column set_by bigint;
-- What a company is called and its number, each from a moment on: a letter about an order says what was so when it was placed.
create table shops.company (
  entity integer not null references shops.entity, valid_from timestamptz not null, name text not null, registration_number text, set_by bigint,
  primary key (entity, valid_from)
);
comment on table shops.company is 'append-only: a new name is a new row';
