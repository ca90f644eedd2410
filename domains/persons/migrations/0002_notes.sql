-- What staff write about somebody's order: a payer's name, why goods came back. It may name anybody, so it is sealed under the key
-- of the person it is about, and leaves with it. Rows and events elsewhere carry the note's id.
create table persons.note (id uuid primary key, person bigint not null, box bytea not null, created_at timestamptz not null);
create index note_person on persons.note (person);
