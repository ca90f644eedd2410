create schema catalog;
create table catalog.category (id integer primary key, code text not null unique, parent integer references catalog.category, name jsonb not null, position integer not null default 0, archived_at timestamptz);
create table catalog.product (
  id bigint primary key, version integer not null default 1, code text not null unique, brand text,
  name jsonb not null, kana text, summary jsonb, description jsonb,   -- texts by language
  tax_class text not null, age smallint, picture text,
  options jsonb not null default '[]',        -- [{code, name, values: [{code, name, colour}]}]
  categories jsonb not null default '[]',
  extension jsonb not null default '{}',      -- a merchant's own fields, under the name of their extension
  created_at timestamptz not null, archived_at timestamptz
);
create index product_live on catalog.product (id) where archived_at is null;
create table catalog.sku (
  id bigint primary key, version integer not null default 1, product bigint not null references catalog.product,
  code text not null unique, jan text unique, options jsonb not null default '{}', position smallint not null default 0,
  unit text not null default 'piece', decimals smallint not null default 0 check (decimals between 0 and 3), case_pack integer, weight_grams integer,
  lot_kept boolean not null default false,
  components jsonb,                           -- a set: [{sku, quantity}], else null
  archived_at timestamptz
);
create index sku_product on catalog.sku (product);
