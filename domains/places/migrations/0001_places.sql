create schema places;
create table places.place (
  id integer primary key, version integer not null default 1, code text not null unique, kind text not null check (kind in ('warehouse', 'store', 'factory', 'outside')),
  entity integer not null, name jsonb not null, postal text, address jsonb,
  sells_web boolean not null default true,      -- whether web orders may be shipped from here
  priority smallint not null default 100,       -- lower is asked first
  archived_at timestamptz
);
