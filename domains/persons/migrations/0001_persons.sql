create schema persons;
-- The only place where a person's data are. Encrypted under a key per person and source, itself wrapped by the installation's key:
-- destroying the row erases the person, also from every copy of the boxes.
create table persons.key (
  id bigint primary key,                      -- the identity it belongs to
  version integer not null default 1, source text not null,
  wrapped bytea not null, created_at timestamptz not null, erase_at timestamptz
);
create index key_clock on persons.key (erase_at) where erase_at is not null;
create table persons.card (id uuid primary key, person bigint not null, box bytea not null, created_at timestamptz not null);
create index card_person on persons.card (person);
-- Finds a person by an exact value without storing it: a keyed hash of the folded mail address or telephone number.
create table persons.mark (person bigint not null, kind text not null, mark bytea not null, primary key (kind, mark, person));
create index mark_person on persons.mark (person);
-- What was erased and when: replayed after a restore, before anything is served.
create table persons.erasure (person bigint primary key, source text not null, reason text not null, at timestamptz not null);
comment on table persons.erasure is 'append-only: a restore replays it';
