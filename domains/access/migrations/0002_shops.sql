-- A member of staff works for some shops, or for every one (null). What is another shop's is not there for them.
alter table access.staff add column shops jsonb check (shops is null or jsonb_typeof(shops) = 'array' and jsonb_array_length(shops) > 0);
update access.staff set shops = jsonb_build_array(shop) where shop is not null;
alter table access.staff drop column shop;
