insert into kernel.epoch (epoch, system_identifier) select 1, system_identifier::text from pg_control_system();
