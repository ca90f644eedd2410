create schema media;
-- Pictures by what is in them: the same file sent twice is one. What was taken where is not kept (no EXIF).
create table media.file (
  hash text primary key, type text not null, width integer not null, height integer not null,
  data bytea not null, at timestamptz not null default now()
);
comment on table media.file is 'append-only: named by its own content';
-- The same, smaller, as WebP.
create table media.size (
  hash text not null references media.file, width integer not null, data bytea not null, primary key (hash, width)
);
comment on table media.size is 'append-only: named by its own content';
