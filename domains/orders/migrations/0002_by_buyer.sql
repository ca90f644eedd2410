-- What somebody has bought: for a return whose order is to be found, and for whoever looks at a customer.
create index header_buyer on orders.header (buyer, placed_at);
