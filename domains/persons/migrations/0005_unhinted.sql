-- outside transaction: cards without hints are few, and none once the worker has been there.
create index concurrently if not exists card_unhinted on persons.card (person) where hints is null;
