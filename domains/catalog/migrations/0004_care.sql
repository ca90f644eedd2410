-- Categories are looked after by people: changed under a version; `first` are the products that come first in it, in their order.
alter table catalog.category add column version integer not null default 1, add column first jsonb not null default '[]';
-- Pictures in their order: [{file, width, height, sizes, alt, skus}]. `picture` stays the file of the first one.
alter table catalog.product add column pictures jsonb not null default '[]';
-- What each change of a product was: the columns and SKUs that differ, before and after.
create table catalog.change (id bigint primary key, product bigint not null, version integer not null, at timestamptz not null, actor bigint not null, what text not null, before jsonb not null, after jsonb not null);
comment on table catalog.change is 'append-only: who changed what';
create index change_product on catalog.change (product, version desc, id desc);
create index product_categories on catalog.product using gin (categories);
