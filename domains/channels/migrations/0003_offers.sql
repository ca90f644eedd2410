-- Somebody asked for a round while one was under way: another follows at once.
alter table channels.connection add column again boolean not null default false;
-- What an offer is an offer of, in the outside's own numbers, where it is made from here; since when it is there; what was last
-- said of it besides its quantity; when it is to be looked at again although nothing moved: a price begins.
alter table channels.listing add column item text, add column made_at timestamptz, add column said jsonb, add column look_at timestamptz;
