-- Each unit bears a number of its own, and is received, sold and returned by it.
alter table catalog.sku add column serial_kept boolean not null default false;
