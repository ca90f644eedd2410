-- What somebody said about being written to or called, each time they said it; the newest word about a channel holds.
create table customers.consent (
  id bigint primary key, identity bigint not null references customers.identity, channel text not null check (channel in ('mail', 'sms', 'line', 'phone', 'post')),
  given boolean not null, told_by text not null check (told_by in ('web', 'store', 'phone', 'paper')), told_at timestamptz not null, recorded_at timestamptz not null
);
comment on table customers.consent is 'append-only: a record that advertising was agreed to is kept (特定電子メール法)';
create index consent_identity on customers.consent (identity, channel, told_at desc, id desc);
-- That staff wrote something about somebody: who, when. The words are a sealed note of the person's.
create table customers.note (
  id bigint primary key, version integer not null default 1, identity bigint not null references customers.identity, note uuid not null,
  staff bigint not null, written_at timestamptz not null, removed_at timestamptz
);
create index note_identity on customers.note (identity, id desc);
