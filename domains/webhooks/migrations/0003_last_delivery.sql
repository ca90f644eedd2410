-- outside transaction: when something last reached an endpoint is asked at every look at the list.
create index concurrently if not exists delivery_done on webhooks.delivery (endpoint, done_at) where state = 'done';
