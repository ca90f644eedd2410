-- The answers given, by key: a repeated request is answered again, not done again. Codes, ids and amounts only.
create table kernel.request (
  key uuid primary key,
  digest text not null,
  outcome jsonb not null,
  epoch integer not null,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now()
);
create index request_at on kernel.request using brin (at);
-- Order numbers and internal ids: blocks of 10,000 to a process, unique over processes, with gaps.
create sequence kernel.number increment 10000 start 10000;
