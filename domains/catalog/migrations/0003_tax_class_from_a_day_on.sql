-- Goods change their tax class on a day (a law, a decision): said beforehand, in force from its moment on. What was sold keeps the rate it was sold at.
alter table catalog.product add column next_tax_class text, add column next_tax_from timestamptz,
  add constraint product_next_tax check ((next_tax_class is null) = (next_tax_from is null));
create index product_tax_due on catalog.product (next_tax_from) where next_tax_from is not null;
