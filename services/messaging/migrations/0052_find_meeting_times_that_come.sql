-- A timer looks twice a second for talks that begin within a day.
create index meeting_time_start on meeting_time (starts_at);
