create schema channels;
-- One outside system as this shop uses it: which connector, under which channel's name, with which settings.
create table channels.connection (
  id integer generated always as identity primary key,
  code text not null unique,                    -- the channel's name: orders come in as mall:CODE
  connector text not null, shop integer not null, active boolean not null default false,
  settings jsonb not null default '{}',         -- what may be read again
  secrets bytea,                                -- sealed under the installation's key; never answered to anybody
  created_at timestamptz not null default now(), changed_at timestamptz not null default now(),
  busy_until timestamptz,                       -- one process at a time works on it
  -- How the last round went: a code and figures, never what was said.
  tried_at timestamptz, worked_at timestamptz, next_at timestamptz, failures integer not null default 0, failure jsonb,
  reconciled_at timestamptz
);
-- How far a connection has read. Moves in the same commit as what was read is kept, and never back.
create table channels.stream (
  id bigint primary key, version integer not null default 1, connection integer not null references channels.connection,
  name text not null, position jsonb, moved_at timestamptz, unique (connection, name)
);
-- What the outside calls a sale, and what it is here. `revision` is the outside's own time of its newest state that was read here.
create table channels.sale (
  id bigint primary key, version integer not null default 1, connection integer not null references channels.connection,
  external_id text not null, person bigint not null, "order" bigint, state text not null, revision timestamptz not null,
  items jsonb,                                  -- [{line, item}]: which of our lines is which of theirs
  opened_at timestamptz not null, unique (connection, external_id)
);
create index sale_order on channels.sale ("order") where "order" is not null;
create index sale_person on channels.sale (person);
-- Every message, in and out. What it said is a note sealed under the buyer's key: it leaves with the buyer, the row stays.
create table channels.message (
  id bigint primary key, version integer not null default 1, connection integer not null references channels.connection,
  way text not null check (way in ('in', 'out')), kind text not null, external_id text not null,
  mark text not null,                           -- in: a keyed hash of what was said; out: the key of the one effect it may have
  revision timestamptz, note uuid, "order" bigint, body jsonb,
  state text not null check (state in ('waiting', 'done', 'skipped', 'quarantined')),
  reason text, place text,                      -- why it was skipped or set aside: codes and field names
  tries integer not null default 0, next_at timestamptz, unsure boolean not null default false,
  at timestamptz not null, done_at timestamptz, unique (connection, way, kind, mark)
);
create index message_waiting on channels.message (connection, id) where state = 'waiting';
create index message_quarantined on channels.message (connection, id) where state = 'quarantined';
create index message_external on channels.message (connection, external_id);
-- What is offered there, and what was last said about it. A follower marks what moved; many moves are one message.
create table channels.listing (
  connection integer not null references channels.connection, sku bigint not null, external_sku text not null, product_type text not null default 'PRODUCT',
  moved_at timestamptz not null default now(), told_at timestamptz, told integer, tries integer not null default 0, next_at timestamptz, failure text,
  primary key (connection, sku), unique (connection, external_sku)
);
-- Lists that were handed over and are being worked on there.
create table channels.feed (
  connection integer not null references channels.connection, external_id text not null, lines jsonb not null, at timestamptz not null default now(), state text not null default 'open',
  primary key (connection, external_id)
);
-- What went over the wire, with every value hidden that is not known to be harmless.
create table channels.exchange (
  id bigint generated always as identity primary key, connection integer not null references channels.connection, at timestamptz not null default now(),
  operation text not null, method text not null, path text not null, status integer, outage text, ms integer not null, tries integer not null, asked jsonb, answered jsonb
);
create index exchange_connection on channels.exchange (connection, id);
-- That a buyer's data are gone, what they were, and when: for the outside's auditors. Bears no person.
create table channels.certificate (
  connection integer not null references channels.connection, external_id text not null, "order" bigint, last_parcel_at timestamptz, erased_at timestamptz not null,
  days_after_parcel integer, found jsonb not null, checked_at timestamptz not null default now(), primary key (connection, external_id)
);
comment on table channels.certificate is 'append-only';
