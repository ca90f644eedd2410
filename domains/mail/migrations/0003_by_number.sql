-- outside transaction
create unique index concurrently message_id on mail.message (id);
