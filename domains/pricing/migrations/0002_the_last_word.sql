-- A price that was set for a day to come may be corrected before it comes: of two for one moment the one that was said last holds. Both stay.
alter table pricing.price add column recorded_at timestamptz not null default now();
alter table pricing.price drop constraint price_sku_shop_valid_from_rule_key;
create index price_in_force on pricing.price (sku, shop, valid_from desc, recorded_at desc, id desc);
