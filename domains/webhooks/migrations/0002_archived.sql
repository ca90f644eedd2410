-- An endpoint that is used no more: off, and out of the list. A server of before sees one that is off.
alter table webhooks.endpoint add column archived_at timestamptz;
