-- One key names one act of somebody, which may make many rows.
alter table absence drop constraint absence_reported_by_idempotency_key_key;
alter table absence add column request_hash text;
alter table absence add constraint absence_key
  unique (reported_by, idempotency_key, child_id, unit_id, day);

-- What somebody else said of a day that was reported before. The first stands; staff are shown both (ABS-14). With the cause in it, it
-- is for those who may read causes, and for whoever said it.
create table absence_repeat (
  absence_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  cause text check (cause in ('SICK', 'DAY_OFF', 'APPOINTMENT', 'OTHER')),
  arrives_at time,
  leaves_at time,
  correlation_id uuid not null,
  -- Null once whoever said it has been erased (RET-08).
  reported_by uuid,
  reported_at timestamptz not null default now(),
  idempotency_key text check (length(idempotency_key) between 1 and 64),
  request_hash text,
  unique (absence_id, reported_by, idempotency_key),
  foreign key (absence_id, child_id, unit_id) references absence (id, child_id, unit_id) on delete cascade
);
create index absence_repeat_key on absence_repeat (reported_by, idempotency_key);

alter table absence_repeat enable row level security;
alter table absence_repeat force row level security;
create policy of_the_owner on absence_repeat to {{owner}} using (true) with check (true);
create policy of_the_reporter on absence_repeat for select to {{request}} using (
  reported_by = (select access.person()) and (
    child_id = any ((select access.children())::uuid[])
    or child_id || ':' || unit_id = any ((select access.seats())::text[])));
create policy of_the_staff on absence_repeat for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[])
  and (unit_id = any ((select cause_units())::uuid[]) or child_id || ':' || unit_id = any ((select cause_seats())::text[])));
create policy unless_hidden on absence_repeat as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy by_whoever_reports on absence_repeat for insert to {{request}} with check (
  reported_by = (select access.person()) and (
    child_id = any ((select access.children())::uuid[])
    or child_id || ':' || unit_id = any ((select access.seats())::text[])));
create policy while_open on absence_repeat as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
grant select, insert on absence_repeat to {{request}};

-- The staff who have the child in their charge report on a guardian's word (ABS-02). Of what granted leave made, nothing is changed here.
create policy by_the_staff on absence for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select access.seats())::text[]) and reported_by = (select access.person()));
create policy by_the_staff on absence_cause for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));
grant insert (request_hash) on absence to {{request}};

create policy changed_by_a_guardian on absence for update to {{request}} using (
  child_id = any ((select access.children())::uuid[]) and leave_id is null);
create policy changed_by_the_staff on absence for update to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]) and leave_id is null);
create policy changed_while_open on absence as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
grant update (arrives_at, leaves_at, corrected_at, withdrawn_at) on absence to {{request}};

create policy changed_by_a_guardian on absence_cause for delete to {{request}} using (
  child_id = any ((select access.children())::uuid[]));
create policy changed_by_the_staff on absence_cause for delete to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[])
  and (unit_id = any ((select cause_units())::uuid[]) or child_id || ':' || unit_id = any ((select cause_seats())::text[])));
create policy changed_while_open on absence_cause as restrictive for delete to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
grant delete on absence_cause to {{request}};

create function erase_person_from_repeats(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update absence_repeat set reported_by = null where reported_by = erased;
$$;
revoke all on function erase_person_from_repeats(uuid) from public;
grant execute on function erase_person_from_repeats(uuid) to {{worker}};

-- Weekends and public holidays too, as a few kindergartens are.
alter table unit_calendar add column is_open_every_day boolean not null default false;
