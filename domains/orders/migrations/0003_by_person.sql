-- outside transaction: orders are found by whom they went to, also where a member bought for somebody.
create index concurrently if not exists destination_person on orders.destination (person);
