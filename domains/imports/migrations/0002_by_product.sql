-- A run touches a product once. With one index alone no plan, made while the table was empty, can take the wrong one.
alter table imports.touched drop constraint touched_pkey, add primary key (run, product);
drop index imports.touched_product;
alter table imports.undone add column product bigint not null;
alter table imports.undone drop constraint undone_pkey, add primary key (run, product);
