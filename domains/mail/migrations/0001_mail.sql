create schema mail;
-- A letter to a buyer, one an event of the journal, written in the commit in which the follower has seen it. Numbers only: who it goes
-- to and what it says is looked up when it is sent or looked at, so that somebody erased has left here, too.
create table mail.message (
  epoch integer not null, xid xid8 not null, seq bigint not null,
  kind text not null check (kind in ('placed', 'shipped', 'cancelled', 'paid', 'refunded')),
  "order" bigint not null, person bigint, shop integer not null,
  state text not null check (state in ('waiting', 'sent', 'failed', 'kept')),   -- kept: there was no SMTP to send it by
  attempts integer not null default 0, next_at timestamptz not null,
  give_up_at timestamptz not null,             -- a letter that is late says what is no longer so
  sent_at timestamptz, failure text,           -- a code: what a mail server answers may quote the address
  created_at timestamptz not null default now(),
  primary key (epoch, xid, seq)
) with (fillfactor = 70);
create index message_due on mail.message (next_at) where state = 'waiting';
create index message_state on mail.message (state, epoch, xid, seq);
create index message_order on mail.message ("order");
