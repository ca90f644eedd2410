create schema search;
-- What a merchant teaches the search of a shop: words that mean the same, words that say nothing.
create table search.words (
  id integer primary key,            -- the shop
  version integer not null default 1,
  same jsonb not null,               -- [[words that mean the same]]
  stop jsonb not null                -- [words]
);
