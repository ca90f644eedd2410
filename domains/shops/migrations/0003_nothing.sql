-- A rule can be that there is none: no story, no estimate of delivery.
alter table shops.setting alter column value drop not null;
