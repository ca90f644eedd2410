create schema webhooks;
-- Where the journal is sent to. The secret is sealed with the installation's key; the one before it signs beside it for a while.
create table webhooks.endpoint (
  id bigint primary key, version integer not null default 1, url text not null, shop integer, kinds jsonb,   -- kinds: null is all
  secret bytea not null, secret_before bytea, before_until timestamptz,
  state text not null check (state in ('on', 'off', 'broken')), failing_since timestamptz, created_at timestamptz not null
);
-- One row an event and endpoint, written in the commit in which the follower has seen the event.
create table webhooks.delivery (
  endpoint bigint not null, epoch integer not null, xid xid8 not null, seq bigint not null, kind text not null,
  state text not null check (state in ('pending', 'done', 'dead')), attempts integer not null default 0, next_at timestamptz not null,
  status integer, failure text, done_at timestamptz, created_at timestamptz not null default now(),
  primary key (endpoint, epoch, xid, seq)
) with (fillfactor = 70);
create index delivery_due on webhooks.delivery (endpoint, next_at) where state = 'pending';
create index delivery_dead on webhooks.delivery (endpoint, epoch, xid, seq) where state = 'dead';
