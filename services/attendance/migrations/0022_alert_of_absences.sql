-- How long after a group's first lesson its school waits before it tells home that a child is away and nobody has said so (ABS-12).
create table alert_setting (
  unit_id uuid primary key,
  minutes int not null check (minutes between 0 and 300)
);
alter table alert_setting enable row level security;
alter table alert_setting force row level security;
create policy of_the_staff on alert_setting for select to {{request}} using (unit_id = any ((select staffed_units())::uuid[]));
create policy by_the_leader on alert_setting for insert to {{request}} with check (unit_id = any ((select led_units())::uuid[]));
create policy of_the_leader on alert_setting for update to {{request}} using (unit_id = any ((select led_units())::uuid[]));
create policy while_open on alert_setting as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy while_open_still on alert_setting as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
grant select, insert, update (minutes) on alert_setting to {{request}};

-- That home is to be told, or was: once per child, unit and day, whoever marks and whatever is killed.
create table unreported_alert (
  child_id uuid not null,
  unit_id uuid not null,
  day date not null,
  due_at timestamptz not null,
  -- SETTLED: it was reported, or the child came, before anybody was told. DROPPED: after that. PHONE: nobody can be told but by a
  -- call that staff make; PHONED: they have.
  state text not null default 'WAITING' check (state in ('WAITING', 'SETTLED', 'TOLD', 'DROPPED', 'PHONE', 'PHONED')),
  -- Something was marked or reported since it was looked at last.
  is_to_check boolean not null default false,
  notice_id uuid not null unique,
  told_at timestamptz,
  primary key (day, unit_id, child_id)
);
create index unreported_alert_due on unreported_alert (due_at) where state = 'WAITING' or is_to_check;
create index unreported_alert_child on unreported_alert (child_id);

alter table unreported_alert enable row level security;
alter table unreported_alert force row level security;
create policy of_the_staff on unreported_alert for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy by_the_staff on unreported_alert for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select marked_seats())::text[]) and state = 'WAITING' and not is_to_check);
-- What is over may begin anew, and a call that was to be made may be made.
create policy of_the_staff_still on unreported_alert for update to {{request}} using (
  child_id || ':' || unit_id = any ((select marked_seats())::text[]) and state in ('SETTLED', 'DROPPED', 'PHONE'))
  with check (child_id || ':' || unit_id = any ((select marked_seats())::text[]) and state in ('WAITING', 'PHONED'));
create policy unless_hidden on unreported_alert as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy while_open on unreported_alert as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy while_open_still on unreported_alert as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
create policy of_the_service on unreported_alert to {{worker}} using (true) with check (true);
create policy of_the_owner on unreported_alert to {{owner}} using (true) with check (true);
create policy of_the_service on alert_setting for select to {{worker}} using (true);
grant select on unreported_alert to {{request}};
grant insert (child_id, unit_id, day, due_at, notice_id) on unreported_alert to {{request}};
grant update (due_at, state, notice_id) on unreported_alert to {{request}};
grant select, delete, update (state, is_to_check, told_at) on unreported_alert to {{worker}};
create policy of_the_service on mark for select to {{worker}} using (true);
grant select on mark to {{worker}};

-- Whatever is marked or reported of a child has its alert looked at anew, whoever stores it. What was withdrawn stands for nothing
-- any more: an alert that it settled is due again.
create function check_alert_anew() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update unreported_alert set is_to_check = true
    where day = new.day and unit_id = new.unit_id and child_id = new.child_id and state in ('SETTLED', 'TOLD', 'PHONE');
  return null;
end $$;
revoke all on function check_alert_anew() from public;
create trigger mark_alert after insert on mark for each row execute function check_alert_anew();
create trigger absence_alert after insert or update on absence for each row execute function check_alert_anew();

-- What was said of a child's day, without the cause: the service's own work reads no report otherwise.
create function said_of(child uuid, at_unit uuid, on_day date) returns jsonb
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('kind', part.kind, 'at', to_char(part.at, 'HH24:MI'), 'isLeave', false)), '[]')
  from absence cross join lateral (values ('AWAY', null::time, arrives_at is null and leaves_at is null),
    ('LATE', arrives_at, arrives_at is not null), ('LEFT_EARLY', leaves_at, leaves_at is not null)) as part(kind, at, is_said)
  where child_id = child and unit_id = at_unit and day = on_day and withdrawn_at is null and part.is_said
$$;
-- Who of the staff sees a child at a unit: as watchers_of, for the service's own work.
create function watchers_at(at_unit uuid, child uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct r.person_id), '{}') from access.enrolment e
  join access.staff_role r on r.unit_id = e.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
  where e.unit_id = at_unit and e.child_id = child
    and (e.named_staff is null or access.is_named(e.named_staff, r.person_id, access.today()))
    and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
    and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
$$;
revoke all on function said_of(uuid, uuid, date), watchers_at(uuid, uuid) from public;
grant execute on function said_of(uuid, uuid, date), watchers_at(uuid, uuid) to {{worker}};

create or replace function erase_person_from_register(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from mark where child_id = erased;
  update mark set marked_by = null where marked_by = erased;
  delete from unreported_alert where child_id = erased;
$$;

-- The clock closes the days on which nobody checked a child out (ABS-16), and marks nothing else.
create policy by_the_clock on mark for insert to {{worker}} with check (is_by_clock and marked_by is null);
grant insert on mark to {{worker}};
