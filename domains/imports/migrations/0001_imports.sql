create schema imports;
-- Files of products that were taken in. A file is known by its bytes, a batch by the line it begins on.
create table imports.run (
  id bigint primary key, version integer not null default 1,
  file text not null,                          -- first 32 hex digits of the SHA-256 of the bytes, unpacked
  terms text not null,                         -- hash of shop, columns and options: the same file under other terms is another run
  attempt integer not null, name text not null, encoding text not null, shop integer not null,
  list text not null,                          -- what is missing of this list's latest run is discontinued
  headings jsonb not null, prices_from timestamptz, discontinue boolean not null,
  state text not null check (state in ('running', 'cancelled', 'done', 'undoing', 'undone')), rows bigint not null default 0,
  staff bigint not null, started_at timestamptz not null, ended_at timestamptz, undone_at timestamptz,
  unique (file, terms, attempt)
);
create index run_of_list on imports.run (shop, list, started_at);
create table imports.batch (
  run bigint not null, line bigint not null,   -- below 0: products the file does not name
  rows integer not null, created integer not null, changed integer not null, unchanged integer not null, discontinued integer not null, prices integer not null,
  faulty integer not null, faults jsonb not null, failed jsonb not null, recorded_at timestamptz not null,
  primary key (run, line)
);
comment on table imports.batch is 'append-only: what was taken in stays known, so the same file changes nothing';
-- What a file said about a product, and what the product was before, to be restored.
create table imports.touched (
  run bigint not null, line bigint not null, product bigint not null, kind text not null check (kind in ('new', 'changed', 'unchanged', 'discontinued')),
  after integer not null,                      -- the product's version
  before jsonb, prices jsonb not null,         -- [{sku, price, from, was}]
  primary key (run, line)
);
comment on table imports.touched is 'append-only: it says what an import did';
create index touched_product on imports.touched (run, product);
create table imports.undone (
  run bigint not null, line bigint not null, outcome text not null check (outcome in ('restored', 'archived', 'kept')), why text, recorded_at timestamptz not null,
  primary key (run, line)
);
comment on table imports.undone is 'append-only: it says what taking an import back did';
