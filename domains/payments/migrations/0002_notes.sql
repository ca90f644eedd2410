-- What was typed is a note with the persons now; a refund says by a code what it followed from. `reference` holds what earlier versions wrote.
alter table payments.record add column reason text check (reason in ('desk', 'cancelled', 'returned')), add column note uuid;
