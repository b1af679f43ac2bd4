-- When it was told last that what the register says of somebody cannot be read; null: it can, or nobody was told yet.
alter table reading add column failed_at timestamptz;
create index reading_failed on reading (person_id) where failed_at is not null;
-- Since when we have not been sure of what the register says of somebody: an event about them came, or was lost, after that
-- instant and has not been read. Null for whoever is only read because of us.
alter table reading add column unsure_since timestamptz;
create index reading_unsure_since on reading (unsure_since) where unsure_since is not null;

-- Up to when all that the register said was heard, read and told, as we told it last.
alter table feed_pointer add column told_up_to timestamptz;
