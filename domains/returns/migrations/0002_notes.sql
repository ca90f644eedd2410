-- Why goods came back is a note with the persons now. `reason` holds what earlier versions wrote.
alter table returns.record alter column reason drop not null, add column note uuid;
