-- A file of persons leaves with two people (TRUST.md, roles): one asks, another gives or refuses. What was sought is not kept: `target`
-- is a keyed hash of which rows are meant, so that what is taken is what was asked for.
create table access.release (
  id uuid primary key, version integer not null default 1, shop integer not null, scope text not null check (scope in ('all', 'narrowed', 'chosen')),
  target text not null, persons integer not null check (persons > 0),
  reason text not null check (reason in ('mailing', 'move', 'authority', 'own_wish', 'other')),
  asked_by bigint not null references access.staff, asked_at timestamptz not null,
  decision text check (decision in ('given', 'refused')), decided_by bigint references access.staff, decided_at timestamptz,
  check (decided_by <> asked_by), check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null))
);
create index release_shop on access.release (shop, asked_at);
