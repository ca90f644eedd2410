-- How much of what the outside allows is used up, for each of its operations, counted by all processes together: `full_at` is
-- when the allowance would be whole again. Forgotten in a crash, as each process forgot it before: unlogged.
create unlogged table channels.turn (
  connection integer not null, operation text not null, full_at timestamptz not null,
  rate double precision,                        -- a second; what the outside has said, where it differs from what it publishes
  primary key (connection, operation)
) with (fillfactor = 50);
