-- What a process does with a file, for all processes to see: how far it is, what came of it, and whether it is to end. Whoever is
-- at it says every second that it lives; when it says so no more, the job has stopped, and any process may go on with it.
create table imports.job (
  id uuid primary key, shop integer not null, kind text not null check (kind in ('take', 'try', 'undo')),
  upload uuid, run bigint, name text not null,
  how jsonb not null,                          -- columns, encoding, from when: what it takes to go on
  actor jsonb not null,                        -- {id, name}: whose number, under which role
  process uuid not null, state text not null check (state in ('working', 'stopped', 'ended', 'failed')), ending boolean not null default false,
  progress jsonb, report jsonb, refusal jsonb,
  started_at timestamptz not null default clock_timestamp(), seen_at timestamptz not null default clock_timestamp(), ended_at timestamptz
);
create index job_of_shop on imports.job (shop, started_at);
-- A file is taken in by one job at a time.
create unique index job_at_work on imports.job (upload) where kind = 'take' and state = 'working';
-- Files that were sent and wait to be taken in, in the parts in which they came: whichever process is asked next has them. They
-- are gone after a crash of the database, and after a day; whoever sent them sends them again.
create unlogged table imports.upload (id uuid primary key, shop integer not null, name text not null, at timestamptz not null default clock_timestamp());
create unlogged table imports.part (upload uuid not null, begins bigint not null, data bytea not null, primary key (upload, begins));
alter table imports.part alter column data set storage external;
