-- A link that was sent and not used yet; the database has its hash alone.
alter table access.staff add column invitation text, add column invited_until timestamptz;
-- When its holder last proved who they are (null: when it began), and the kind of browser, in two words.
alter table access.session add column proven_at timestamptz, add column agent text;
-- The secret of an authenticator app, sealed with the installation's key. `step`: the last one used, which is not taken again.
create table access.totp (
  staff bigint primary key references access.staff, box bytea not null, step bigint not null default 0,
  created_at timestamptz not null default now(), confirmed_at timestamptz
);
create table access.recovery (
  staff bigint not null references access.staff, hash text not null, used_at timestamptz, primary key (staff, hash)
);
-- `note`: what its owner calls it, sealed with the other words about them.
create table access.passkey (
  id text primary key, version integer not null default 1, staff bigint not null references access.staff, public_key bytea not null, counter bigint not null,
  transports jsonb, note uuid, created_at timestamptz not null, used_at timestamptz
);
create index passkey_staff on access.passkey (staff);
-- What a passkey is asked to sign, once.
create table access.challenge (
  hash text primary key, purpose text not null, staff bigint, expires_at timestamptz not null
);
