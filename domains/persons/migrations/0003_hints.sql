-- Numbers that say who may be meant by a part of a name or of a telephone number (domains/persons/hints.ts). Null where an earlier
-- version wrote the card: the worker makes them, for it has the key and the database has not.
alter table persons.card add column hints jsonb;
