create schema bulk;
-- One action on many rows, asked for once. What matched when it was asked is kept with it; whoever walks it says every second that
-- it lives, and when it says so no more, another process goes on. Numbers and codes only: what was sought by is not kept.
create table bulk.run (
  id uuid primary key, version integer not null default 1,
  digest text not null,                        -- of what was asked: the same key with another body is refused
  shop integer not null, kind text not null, how jsonb not null, filter jsonb not null, lang text not null,
  staff bigint not null, session text, origin text, pin boolean not null,
  undo_staff bigint, undo_session text, undo_origin text,
  matched integer not null, amount bigint,
  done integer not null default 0, same integer not null default 0, refused integer not null default 0, undone integer not null default 0, kept integer not null default 0,
  state text not null check (state in ('running', 'finished', 'cancelled', 'failed', 'undoing', 'undone')),
  why text,                                    -- the code of what ended it
  ending boolean not null default false, process uuid, seen_at timestamptz,
  started_at timestamptz not null default clock_timestamp(), ended_at timestamptz, undone_at timestamptz
);
create index run_of_shop on bulk.run (shop, started_at);
create index run_at_work on bulk.run (started_at) where state in ('running', 'undoing');
-- `amount`: what was shown and confirmed; where another one is found, the row is left alone.
create table bulk.item (run uuid not null, n integer not null, item bigint not null, amount bigint, primary key (run, n));
-- Written in the commit of what it tells of.
create table bulk.outcome (
  run uuid not null, item bigint not null, outcome text not null check (outcome in ('done', 'same', 'refused')), code text, detail jsonb,
  before jsonb,                                -- what it takes to set it back
  recorded_at timestamptz not null, primary key (run, item)
);
create table bulk.returned (
  run uuid not null, item bigint not null, outcome text not null check (outcome in ('undone', 'kept')), code text, detail jsonb,
  recorded_at timestamptz not null, primary key (run, item)
);
