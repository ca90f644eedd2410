-- Who did what, when and with what outcome. `mark` is keyed with the installation's secret: a row that the house did not write has none.
create table access.deed (
  id uuid primary key, seq bigint generated always as identity unique, at timestamptz not null, actor bigint not null, session text,
  route text not null, subject text, shop integer, outcome text not null, origin text, mark bytea not null
);
comment on table access.deed is 'append-only: what was done stays';
create index deed_actor on access.deed (actor, seq);
-- Each entry's place and hash, over the hash before it: written behind, by one process at a time, so that nobody waits for it.
create table access.link (no bigint primary key, deed uuid not null unique, hash bytea not null, linked_at timestamptz not null default now());
comment on table access.link is 'append-only: the chain of deeds';
