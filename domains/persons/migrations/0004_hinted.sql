-- outside transaction: cards are looked up by a hint. What waits to be put in is kept short: whoever fills it up has to put all of it in.
create index concurrently if not exists card_hints on persons.card using gin (hints jsonb_path_ops) with (gin_pending_list_limit = 256);
