-- Rows of the order list change with every step of an order. At a million of them a fifth is a lot to wait for: a twentieth is swept.
alter table reads.order_row set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
