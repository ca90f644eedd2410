create schema carts;
create table carts.cart (
  id uuid primary key, version integer not null default 1, shop integer not null, state text not null check (state in ('open', 'placed')),
  lines jsonb not null,                        -- [{sku, quantity}]
  person bigint, card uuid, prefecture smallint, payment text, adult boolean, member bigint, placed bigint, created_at timestamptz not null
) with (fillfactor = 60);
create index cart_age on carts.cart using brin (created_at);
