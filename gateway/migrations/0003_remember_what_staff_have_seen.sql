-- Up to where a member of staff has seen identity in this session, by its own clock: what they write elsewhere waits until it
-- is heard there (S-05).
alter table session add column seen_at timestamptz;
