-- The stream's last event when this database turned out to be older than what it had told, as after a restore: places in
-- the order of telling go on above that event's, and meeting it again changes nothing more.
alter table outbox_position add column surpassed_event_id uuid;
