-- A sequence number alone is no cursor: a transaction that commits late would put its event behind one that was already read.
-- Followers read (epoch, xid, seq) below the oldest transaction still under way.
create table kernel.epoch (
  epoch integer primary key,
  system_identifier text not null,  -- of the cluster in which its xids were given
  begun_at timestamptz not null default now()
);
create table kernel.event (
  seq bigint generated always as identity primary key,
  epoch integer not null,
  xid xid8 not null default pg_current_xact_id(),
  key uuid not null,                -- the request that made it
  kind text not null,
  version smallint not null,
  subject text not null,
  shop integer,
  actor bigint not null,
  body jsonb not null,              -- ids and amounts only, never personal data
  happened_at timestamptz not null,
  recorded_at timestamptz not null
);
comment on table kernel.event is 'append-only: what happened stays';
create index event_order on kernel.event (epoch, xid, seq);
create index event_subject on kernel.event (subject, seq);

create table kernel.follower (
  name text not null,
  generation integer not null default 1,  -- a projection is rebuilt as the next generation beside the live one, then swapped
  epoch integer not null default 0,
  xid xid8 not null default '0',
  seq bigint not null default 0,
  horizon_epoch integer not null default 0,
  horizon xid8 not null default '0',      -- every event before it has been handled
  state text not null default 'live' check (state in ('live', 'building', 'retired')),
  failures integer not null default 0,
  failed_at timestamptz,
  failure text,                           -- code and place, never content
  moved_at timestamptz not null default now(),
  primary key (name, generation)
);
create unique index follower_live on kernel.follower (name) where state = 'live';
