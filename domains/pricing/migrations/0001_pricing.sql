create schema pricing;
-- What a SKU costs in a shop from a moment on. Ten-thousandths of a minor unit: 7.5 yen is 75000. Nothing is overwritten.
create table pricing.price (
  id bigint primary key, sku bigint not null, shop integer not null, unit_price bigint not null check (unit_price >= 0), valid_from timestamptz not null, rule text not null default 'list',
  unique (sku, shop, valid_from, rule)
);
comment on table pricing.price is 'append-only: price history is evidence (二重価格)';
create table pricing.tax_rate (class text not null, rate integer not null, valid_from date not null, primary key (class, valid_from)); -- ten-thousandths: 1000 is 10 %
comment on table pricing.tax_rate is 'append-only: a return uses the rate of its day';
insert into pricing.tax_rate values ('standard', 800, '2014-04-01'), ('standard', 1000, '2019-10-01'), ('reduced', 800, '2014-04-01'), ('zero', 0, '1989-04-01');
create index price_from on pricing.price (valid_from); -- which prices began since I last looked
