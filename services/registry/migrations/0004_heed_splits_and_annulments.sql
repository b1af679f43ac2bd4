-- The register has said that it split this person in two, and that has not been told yet (FREG-09).
alter table reading add column was_split boolean not null default false;

-- The register's document of an event, until it has been read for annulments (FREG-05). Its id names nobody.
alter table feed_event add column document_id text;
create index feed_event_unexamined on feed_event (sequence) where document_id is not null;
