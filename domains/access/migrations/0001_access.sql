create schema access;
create table access.staff (
  id bigint primary key, version integer not null default 1, role text not null, shop integer, place integer,
  password text, pin text, created_at timestamptz not null, disabled_at timestamptz
);
create table access.session (
  id text primary key,                          -- a hash: what the browser holds is not in the database
  staff bigint not null references access.staff, kind text not null check (kind in ('console', 'till')), device bigint,
  created_at timestamptz not null default now(), expires_at timestamptz not null, ended_at timestamptz
);
create index session_staff on access.session (staff);
create table access.device (id bigint primary key, version integer not null default 1, code text not null unique, place integer not null, shop integer not null, key_hash text not null, disabled_at timestamptz);
create table access.api_key (
  id bigint primary key, version integer not null default 1, hash text not null unique, role text not null, name text not null, created_by bigint not null, created_at timestamptz not null, expires_at timestamptz not null, revoked_at timestamptz
);
