-- Who said it, and until when a price for a while holds. A sale ends by a row of rule `end`; what was taken back is followed by one of rule `withdrawn`:
-- both cost what is paid without them, so that whoever reads the price in force needs to know neither.
alter table pricing.price add column actor bigint, add column valid_until timestamptz;
