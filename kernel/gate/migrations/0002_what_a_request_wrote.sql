-- How much each request wrote: a transfer or an event that is taken away, added or changed later does not agree with it.
-- Null for requests of earlier versions, which are not compared.
alter table kernel.request add column transfers integer, add column moved numeric, add column events integer;
-- Answers are forgotten after a while; up to this transfer a request may be missing.
create table kernel.forgotten (one boolean primary key default true check (one), seq bigint not null, event bigint not null);
insert into kernel.forgotten (seq, event) values (0, 0);
