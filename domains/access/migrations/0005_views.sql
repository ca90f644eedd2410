-- Lists as members of the staff keep them: which list, narrowed how, under a name. What was sought by is kept of goods alone.
create table access.view (
  id uuid primary key, version integer not null default 1, staff bigint not null references access.staff, list text not null, name text not null,
  search jsonb not null, shared boolean not null, created_at timestamptz not null
);
create index view_staff on access.view (staff);
create index view_shared on access.view (list) where shared;
-- The view that a list begins with, for one member of the staff.
create table access.default_view (id text primary key, version integer not null default 1, staff bigint not null references access.staff, list text not null, view uuid);
