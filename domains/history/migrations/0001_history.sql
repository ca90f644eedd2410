create schema history;
-- Files of the past that were taken in. A file is known by its bytes, a document by its file and first line: never by what it says.
create table history.file (
  id text primary key,                         -- first 32 hex digits of the SHA-256 of the bytes
  channel text not null, lines bigint not null, started_at timestamptz not null
);
create table history.document (
  file text not null, line bigint not null, kind text not null check (kind in ('opening', 'buyers', 'sale', 'credit', 'adjustment')),
  ref bigint,                                  -- the order, or the number of the credit
  told bigint not null default 0,              -- ten-thousandths of a minor unit, as the file says: quantity times price
  units bigint not null default 0, amount bigint not null default 0, refunded bigint not null default 0, unlinked_units bigint not null default 0, credited bigint not null default 0,
  recorded_at timestamptz not null,
  primary key (file, line, kind)
);
comment on table history.document is 'append-only: what was taken in stays known, so the same file changes nothing';
create index document_ref on history.document (ref) where ref is not null;
